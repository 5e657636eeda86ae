"""What a column may hold besides amounts: codes, years and rates, with a notation of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise
from unbudget_check.model.facts import RATES, ColumnRole, Defect, Reading

if TYPE_CHECKING:
    from unbudget_check.model.facts import Column, TableFacts

_TEXTUAL = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
# A letter among digits is a slip; so many in one column, or a third of it, are codes.
CODES = 2
THIRD = 3
_YEARS = range(1900, 2101)


def figured(table: TableFacts) -> list[Column]:
    """The columns of a table that are meant to hold figures."""
    return [column for column in table.columns if column.role not in _TEXTUAL]


def are_codes(table: TableFacts, column: int) -> bool:
    """Whether a column holds codes, such as V7207, 29.2.1 or 007: then nothing there is a slip."""
    printed = [
        numerals[column]
        for numerals in table.numerals
        if numerals[column].reading in (Reading.FIGURE, Reading.MALFORMED)
    ]
    grouped = sum(numeral.defect is Defect.GROUPING for numeral in printed)
    if grouped >= CODES and grouped * 2 > len(printed):
        return True  # references such as 29.2.1, one below the other
    texts = [cell.text.strip() for cells in table.cells if (cell := cells[column]) is not None]
    if sum(text.isdecimal() and text[0] == "0" < text[1:2] for text in texts) >= CODES:
        return True
    letters = [numeral for numeral in printed if numeral.defect is Defect.LETTER]
    unread = [numeral for numeral in letters if numeral.number is None]
    return len(unread) >= CODES and len(letters) * THIRD >= len(printed)


def is_rate(table: TableFacts, row: int, column: int) -> bool:
    """Whether a cell is printed with a per cent sign, or its row is one of rates."""
    cell = table.cells[row][column]
    return table.rows[row].concept == "rate" or (cell is not None and "%" in cell.text)


def is_added(table: TableFacts, column: Column, language: str) -> bool:
    """Whether a column holds amounts: neither rates nor years nor codes."""
    found = [
        (r, number)
        for r, numerals in enumerate(table.numerals)
        if (number := numerals[column.index].number) is not None
    ]
    years = sum(number.exponent == 0 and number.units in _YEARS for _, number in found)
    rates = sum(is_rate(table, r, column.index) for r, _ in found)
    return (
        column.role not in RATES
        and normalise(column.heading) not in load_language(language).rows["rate"]
        and max(years, rates) * 2 <= len(found)
        and not are_codes(table, column.index)
    )
