"""What a sheet of the findings workbook holds, before it becomes a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FINDINGS, PROOFS, DOCUMENTS, UNCHECKED = "Findings", "Proofs", "Documents", "Not checked"


@dataclass(frozen=True, slots=True)
class Link:
    """A text or count that leads to a row of a sheet, counted from 1 with the head."""

    shown: str | int
    sheet: str
    row: int


Entry = str | int | Decimal | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how many characters wide it is."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: the first ``kept`` columns stay in sight; ``colored`` is the one of severities."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    kept: int = 1
    colored: int | None = None


def columns(**widths: int) -> tuple[Column, ...]:
    """Columns by their headings, with ``_`` for blanks."""
    return tuple(Column(name.replace("_", " "), width) for name, width in widths.items())
