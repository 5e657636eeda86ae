"""What a sheet of the findings workbook holds, before it becomes a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Link:
    """A text or count that leads to a row of a sheet, counted from 1 with the head."""

    shown: str | int
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Tinted:
    """A word on a colour."""

    shown: str
    color: str


Entry = str | int | Decimal | Link | Tinted | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how many characters wide it is."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet, of which the first ``kept`` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    kept: int = 1


def columns(lang: str, widths: Mapping[str, int]) -> tuple[Column, ...]:
    """Columns by the names of their headings."""
    return tuple(Column(say(lang, f"heads.{name}"), width) for name, width in widths.items())
