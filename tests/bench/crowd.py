"""A folder of 2,000 documents of which five spoil their process: all others must be reported."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from unbudget_check import engine
from unbudget_check.model.options import Bounds, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = 2_000
BOUNDS = Bounds(seconds=10)
UNREADABLE = 777


def _spoil(number: int) -> None:
    """What some documents do to the process that checks them."""
    match number:
        case 100:
            os.kill(os.getpid(), signal.SIGKILL)
        case 900:
            time.sleep(9999)
        case 1234:
            bytearray(8 << 30)
        case 1500:
            os.abort()


def _written(number: int, random: Random) -> bytes:
    """A table of which one total is wrong."""
    if number == UNREADABLE:
        return b"PK\3\4junk"
    first = [random.randrange(100, 9999) for _ in range(3)]
    wrong = sum(first) + 9 * 10 ** random.randrange(1, 3)
    labels = ("Beds", "Linen", "Soap")
    rows = "".join(f"{label},{each},{each}\n" for label, each in zip(labels, first, strict=True))
    return f"Item,2024,2025\n{rows}Total,{wrong},{sum(first)}\n".encode()


def report() -> Iterator[str]:
    """How many of the documents were reported, and what is said of the others."""
    check_opened = engine._check_opened  # documents cannot do what is put here, libraries can

    def spoiled(path: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  as given
        _spoil(int(Path(path).stem))
        return check_opened(path, *rest, **more)

    random = Random(11)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(DOCUMENTS):
            Path(folder, f"{number:04}.csv").write_bytes(_written(number, random))
        engine._check_opened = spoiled
        started = time.monotonic()
        try:
            documents = engine.check([folder], Wishes(bounds=BOUNDS)).documents
        finally:
            engine._check_opened = check_opened
        spent = time.monotonic() - started
    checked = [each for each in documents if each.status == "checked"]
    found = sum(len(each.findings) for each in checked)
    yield "A crowd of documents, of which five spoil the process that checks them:"
    yield f"  {len(documents)} given, {len(checked)} checked, {found} findings, {spent:.0f} s"
    for each in documents:
        if each.status != "checked":
            yield f"  {Path(each.path).name}: {each.reason}"
