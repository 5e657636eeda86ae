"""Facts as CSV: one row a fact, amounts as digits, texts that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
from dataclasses import fields
from io import StringIO
from typing import TYPE_CHECKING

from unbudget_check.model.fact_row import FactRow
from unbudget_check.reporters.data.plain_data import defused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

COLUMNS = tuple(field.name for field in fields(FactRow))


def render(rows: Sequence[FactRow]) -> str:
    """A heading and all rows; what does not apply is empty, a truth is "true" or "false"."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row, name) for name in COLUMNS])
    return stream.getvalue()


def _cell(row: FactRow, name: str) -> str:
    value: str | int | Decimal | None = getattr(row, name)
    if name == "value":
        return f"{row.value:f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else defused(str(value))
