"""Blank cells where the rest of the row and the column prints a figure or a dash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.habits import figured, is_added
from unbudget_check.model.facts import ROWS_OF_TOTALS, Reading, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.facts import Column, TableFacts

# So many rows show that a column is filled throughout.
ENOUGH = 5


def blanks(table: TableFacts, language: str) -> Iterator[tuple[int, int]]:
    """Blank cells in rows of figures, where the rest of the column prints a figure or a dash."""
    for block in sorted({row.block for row in table.rows}):
        rows = [
            r
            for r, row in enumerate(table.rows)
            if row.block == block and row.role is not RowRole.HEADING
        ]
        for column in figured(table):
            blank = [r for r in rows if table.numerals[r][column.index].reading is Reading.BLANK]
            lone = len(rows) >= ENOUGH and len(blank) == 1 and is_added(table, column, language)
            if (
                lone
                and table.rows[blank[0]].role not in ROWS_OF_TOTALS
                and _has_neighbours(table, blank[0], column)
            ):
                yield blank[0], column.index


def _has_neighbours(table: TableFacts, row: int, column: Column) -> bool:
    """Whether every other column of figures is filled in this row: then the blank stands out."""
    others = [c for c in figured(table) if c.index != column.index]
    return len(others) > 1 and all(
        table.numerals[row][c.index].reading not in (Reading.BLANK, Reading.TEXT) for c in others
    )
