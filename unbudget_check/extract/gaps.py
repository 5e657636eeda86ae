"""Why figures of a table have no meaning: what of its caption, rows or columns is unclear."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.extract.meaning import KIND_OF_COLUMN, MONEY_UNIT, POSTS_UNIT
from unbudget_check.model.facts import RATES, ROWS_OF_TOTALS, ColumnRole, RowRole

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from unbudget_check.model.facts import DocumentFacts, TableFacts

PERCENTAGES = "gap-percentages"
UNCOUNTED = "gap-uncounted"
UNTITLED = "gap-untitled"
UNCLEAR = "gap-unclear"
SIDES = "gap-sides"
COLUMNS = "gap-columns"
SUBTOTALS = "gap-subtotals"
NOTES = "gap-notes"
ROWS = "gap-rows"
SLIPPED = "gap-slipped"
_UNITS = (MONEY_UNIT, POSTS_UNIT)


def gaps_of(facts: DocumentFacts) -> Mapping[int, Mapping[str, int]]:
    """Table -> reason -> how many of its figures have no meaning for that reason."""
    meant = {fact.figure for fact in facts.meanings}
    known = {fact.table for fact in facts.meanings}
    return {
        table.ordinal: Counter(
            _reason(table, r, c, meant) if table.ordinal in known else _reason_of_table(table, r, c)
            for r, row in enumerate(table.grid)
            for c, figure in enumerate(row)
            if figure >= 0 and figure not in meant
        )
        for table in facts.tables
    }


def _reason_of_table(table: TableFacts, row: int, column: int) -> str:
    """Why a figure has no meaning where none of its table has one."""
    if _is_quotient(table, row, column):
        return PERCENTAGES
    if not table.number:
        return UNTITLED
    if table.rows[row].unit not in _UNITS:
        return UNCOUNTED
    return SIDES if len({each.side for each in table.columns}) > 1 else UNCLEAR


def _reason(table: TableFacts, row: int, column: int, meant: Container[int]) -> str:
    """Why a figure has no meaning where others of its table have one."""
    found, role = table.rows[row], table.columns[column].role
    if _is_quotient(table, row, column):
        return PERCENTAGES
    if found.unit not in _UNITS:
        return UNCOUNTED
    if role not in KIND_OF_COLUMN and role is not ColumnRole.NUMBER:
        return COLUMNS
    if any(figure in meant for figure in table.grid[row]):
        return SLIPPED
    if found.role in ROWS_OF_TOTALS:
        return SUBTOTALS
    return ROWS if found.role is RowRole.ITEM else NOTES


def _is_quotient(table: TableFacts, row: int, column: int) -> bool:
    return table.columns[column].role in RATES or table.rows[row].unit == "percentage"
