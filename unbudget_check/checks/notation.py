"""Figures that are written wrongly: grouping, brackets, signs, letters, precision, blanks."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, Defect, Reading, RowRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

_MALFORMED = Reading.MALFORMED
_TEXTUAL = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
_RATES = frozenset({ColumnRole.PERCENTAGE, ColumnRole.SHARE})
_TOTALS = frozenset({RowRole.TOTAL, RowRole.SUBTOTAL})
# A column shows its habit with so many figures, nine in ten alike.
ENOUGH = 5
NINE_TENTHS = 9, 10
# A column prints its figures with two precisions at most; a third says that it has no habit.
PRECISIONS = 2
# A letter among digits is a slip; so many in one column, or a third of it, are codes.
CODES = 2
THIRD = 3
_YEARS = range(1900, 2101)


def check_notation(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every cell with the defect that the rule names."""
    defect = rule.parameters["defect"]
    find = {"blank": _blanks, "fraction": _fractions}.get(defect)
    if defect == "precision":
        find = partial(_finer, habits=_habits(facts))
    for index, table in enumerate(facts.tables):
        places = find(table) if find else _malformed(table, defect)
        for row, column in places:
            numeral = table.numerals[row][column]
            computed = numeral.number if numeral.reading is Reading.MALFORMED else None
            text = _with_a_gap(table, row, column) if defect == Defect.LETTER else ""
            claims.remarks.append(Remark(number, index, row, column, computed, text))


def _figured(table: TableFacts) -> list[Column]:
    return [column for column in table.columns if column.role not in _TEXTUAL]


def _with_a_gap(table: TableFacts, row: int, column: int) -> str:
    """A figure as printed, with a question mark where its letter stands."""
    cell = table.cells[row][column]
    return re.sub(r"[^\W\d_]", "?", cell.text.strip()) if cell else ""


def _malformed(table: TableFacts, defect: str) -> Iterator[tuple[int, int]]:
    columns = [column.index for column in _figured(table)]
    if defect == Defect.LETTER:
        columns = [column for column in columns if not _are_codes(table, column)]
    for row, numerals in enumerate(table.numerals):
        for column in columns:
            if numerals[column].reading is _MALFORMED and numerals[column].defect == defect:
                yield row, column


def _are_codes(table: TableFacts, column: int) -> bool:
    """Whether a column holds codes such as V7207: then its letters are no slips."""
    printed = [
        numerals[column]
        for numerals in table.numerals
        if numerals[column].reading in (Reading.FIGURE, _MALFORMED)
    ]
    letters = [numeral for numeral in printed if numeral.defect is Defect.LETTER]
    unread = [numeral for numeral in letters if numeral.number is None]
    return len(unread) >= CODES and len(letters) * THIRD >= len(printed)


def _exponents(table: TableFacts, column: Column, block: int) -> dict[int, int]:
    """Row -> printed decimals (negative) of the figures of one column in one block.

    Rates in a column of amounts do not count, nor does a column without any habit.
    """
    found = {
        r: numeral.number
        for r, row in enumerate(table.rows)
        if row.block == block
        and (column.role in _RATES or not _is_rate(table, r, column.index))
        and (numeral := table.numerals[r][column.index]).reading is Reading.FIGURE
        and numeral.number is not None
    }
    kinds = {number.exponent for number in found.values() if number.units}
    if len(kinds) > PRECISIONS:
        return {}
    return {r: number.exponent for r, number in found.items()}


def _is_rate(table: TableFacts, row: int, column: int) -> bool:
    """Whether a cell is printed with a per cent sign, or its row is one of rates."""
    cell = table.cells[row][column]
    return table.rows[row].concept == "rate" or (cell is not None and "%" in cell.text)


def _finer(table: TableFacts, habits: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Figures with more decimals than their column and its neighbours print.

    The habit is that of nine tenths of the block, or of nine tenths of all figures of the same
    unit in the document, where most of the block shares it.
    """
    amounts = [column for column in _figured(table) if column.role not in _RATES]
    blocks = sorted({row.block for row in table.rows})
    for columns, among in (
        *((amounts, (block,)) for block in blocks),
        *(([column], tuple(blocks)) for column in _figured(table) if column.role in _RATES),
    ):
        printed = {
            (row, column.index): exponent
            for column in columns
            for block in among
            for row, exponent in _exponents(table, column, block).items()
        }
        every = Counter(printed.values())
        usual, times = every.most_common(1)[0] if every else (0, 0)
        if _is_habit(times, len(printed)) or (
            columns == amounts and habits.get(table.unit) == usual
        ):
            yield from (place for place, exponent in printed.items() if exponent < usual)


def _habits(facts: DocumentFacts) -> dict[str, int]:
    """Unit -> the exponent that nine tenths of its amounts in the document are printed with."""
    printed: dict[str, Counter[int]] = {}
    for table in facts.tables:
        found = printed.setdefault(table.unit, Counter())
        amounts = [column for column in _figured(table) if column.role not in _RATES]
        for block in {row.block for row in table.rows if row.unit == table.unit}:
            for column in amounts:
                found.update(_exponents(table, column, block).values())
    return {
        unit: found.most_common(1)[0][0]
        for unit, found in printed.items()
        if unit and found and _is_habit(found.most_common(1)[0][1], sum(found.values()))
    }


def _is_habit(times: int, of: int) -> bool:
    most, whole = NINE_TENTHS
    return of >= ENOUGH and times * whole >= of * most


def _blanks(table: TableFacts) -> Iterator[tuple[int, int]]:
    """Blank cells in rows of figures, where the rest of the column prints a figure or a dash."""
    for block in sorted({row.block for row in table.rows}):
        rows = [
            r
            for r, row in enumerate(table.rows)
            if row.block == block and row.role is not RowRole.HEADING
        ]
        for column in _figured(table):
            blank = [r for r in rows if table.numerals[r][column.index].reading is Reading.BLANK]
            lone = len(rows) >= ENOUGH and len(blank) == 1 and _is_added(table, column)
            if (
                lone
                and table.rows[blank[0]].role not in _TOTALS
                and _has_neighbours(table, blank[0], column)
            ):
                yield blank[0], column.index


def _is_added(table: TableFacts, column: Column) -> bool:
    """Whether a column holds amounts: neither rates nor years nor codes."""
    found = [
        (r, number)
        for r, numerals in enumerate(table.numerals)
        if (number := numerals[column.index].number) is not None
    ]
    years = sum(number.exponent == 0 and number.units in _YEARS for _, number in found)
    rates = sum(_is_rate(table, r, column.index) for r, _ in found)
    return (
        column.role not in _RATES
        and max(years, rates) * 2 <= len(found)
        and not _are_codes(table, column.index)
    )


def _has_neighbours(table: TableFacts, row: int, column: Column) -> bool:
    """Whether every other column of figures is filled in this row: then the blank stands out."""
    others = [c for c in _figured(table) if c.index != column.index]
    return len(others) > 1 and all(
        table.numerals[row][c.index].reading not in (Reading.BLANK, Reading.TEXT) for c in others
    )


def _fractions(table: TableFacts) -> Iterator[tuple[int, int]]:
    """Counts of posts with a decimal part."""
    for r, row in enumerate(table.rows):
        for column in _figured(table):
            number = table.numerals[r][column.index].number
            counted = row.unit == "posts" and column.role not in _RATES
            if (
                counted
                and number is not None
                and number.units % int(10 ** max(-number.exponent, 0))
            ):
                yield r, column.index
