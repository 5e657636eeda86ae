"""The cells of a worksheet or a data file before its tables are distinguished."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.document import Cell, Flaw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.model.number import Number


class GridCell(NamedTuple):
    """One cell that is not blank; ``column`` counts from 0 at the left edge of the sheet.

    A tuple, because a sheet may hold a million of them and each becomes a Cell only once.
    ``number`` and ``held`` are those of :class:`Cell`.
    """

    column: int
    text: str
    marks: str = ""
    indent: int = 0
    flaw: Flaw = Flaw.NONE
    rows: int = 1
    columns: int = 1
    number: Number | None = None
    held: Number | None = None


class Grid(NamedTuple):
    """A sheet: its entries row by row, left to right, and how its places are called.

    ``place(row, column)`` is the address of a place, counted from 0; ``lines[row]`` the physical
    line of the file on which a row begins, where the file has lines.
    """

    rows: Sequence[Sequence[GridCell]]
    place: Callable[[int, int], str]
    sheet: str = ""
    lines: Sequence[int] = ()

    def line(self, row: int) -> int | None:
        """The physical line of a row, or None where the file has none."""
        return self.lines[row] if self.lines else None


def cell_of(entry: GridCell, grid: Grid, row: int, corner: tuple[int, int]) -> Cell:
    """An entry as a cell of the table whose first place is ``corner``."""
    return Cell(
        entry.text,
        row - corner[0],
        entry.column - corner[1],
        entry.rows,
        entry.columns,
        entry.marks,
        entry.indent,
        grid.place(row, entry.column),
        grid.line(row),
        entry.flaw,
        "",
        entry.number,
        entry.held,
    )


@cache
def column_letters(column: int) -> str:
    """The name that spreadsheets give to a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def indent_of(text: str) -> int:
    """How many blanks stand before a label."""
    return len(text) - len(text.lstrip())
