"""Writes every composed budget into a folder, clean and with slips, for whoever looks at one."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.budgets import BUDGETS, SLIPS_EACH
from tests.budgets.slips import planted

folder = Path(sys.argv[1])
for budget in BUDGETS:
    book = budget.book()
    (folder / budget.file).write_bytes(budget.bytes_of(book))
    for number, (slip, other) in enumerate(planted(book, book.rng, SLIPS_EACH), start=1):
        path = folder / f"{Path(budget.file).stem}-slip{number}.{budget.suffix}"
        path.write_bytes(budget.bytes_of(other))
        sys.stdout.write(f"{path.name}: {slip.name}\n")
