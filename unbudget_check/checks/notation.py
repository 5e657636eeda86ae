"""Figures that are written wrongly: grouping, brackets, signs, letters, precision, blanks."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.checks.blanks import blanks
from unbudget_check.checks.habits import are_codes, figured, is_rate
from unbudget_check.checks.once import once
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import RATES, Defect, Reading, Spot
from unbudget_check.model.number import is_half

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

_MALFORMED = Reading.MALFORMED
# A column shows its habit with so many figures, nine in ten alike.
ENOUGH = 5
NINE_TENTHS = 9, 10
# A column prints its figures with two precisions at most; a third says that it has no habit.
PRECISIONS = 2


def check_notation(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every cell with the defect that the rule names."""
    defect = rule.parameters["defect"]
    find = _finder(facts, defect)
    for index, table in enumerate(facts.tables):
        for row, column in find(table):
            numeral = table.numerals[row][column]
            computed = numeral.number if numeral.reading is Reading.MALFORMED else None
            text = _with_a_gap(table, row, column) if defect == Defect.LETTER else ""
            claims.remarks.append(Remark(number, Spot(index, row, column), computed, text))


def _finder(facts: DocumentFacts, defect: str) -> Callable[[TableFacts], Iterator[tuple[int, int]]]:
    """What finds the cells of a table with a defect, as (row, column)."""
    if defect == "blank":
        return partial(blanks, language=facts.language)
    if defect == "fraction":
        return _fractions
    if defect == "precision":
        return partial(_finer, habits=_habits(facts))
    return partial(_malformed, defect=defect, places=_malformed_places(facts))


def _with_a_gap(table: TableFacts, row: int, column: int) -> str:
    """A figure as printed, with a question mark where its letter stands."""
    cell = table.cells[row][column]
    return re.sub(r"(?<=\d)[^\W\d_]|[^\W\d_](?=\d)", "?", cell.text.strip()) if cell else ""


def _malformed(
    table: TableFacts, defect: str, places: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    found = [
        (row, column)
        for row, column in places.get(table.ordinal, ())
        if table.numerals[row][column].defect == defect
    ]
    if found and defect in (Defect.LETTER, Defect.GROUPING):
        codes = {column for _, column in found if are_codes(table, column)}
        found = [place for place in found if place[1] not in codes]
    for place in found:
        if not (defect == Defect.LETTER and _is_name(table, *place)):
            yield place


@once
def _malformed_places(facts: DocumentFacts) -> Mapping[int, list[tuple[int, int]]]:
    """Table -> the places of its malformed figures, row by row."""
    return {
        ordinal: [
            (row, column.index)
            for row, numerals in enumerate(table.numerals)
            for column in figured(table)
            if numerals[column.index].reading is _MALFORMED
        ]
        for ordinal, table in enumerate(facts.tables)
    }


def _is_name(table: TableFacts, row: int, column: int) -> bool:
    """Whether what looks like a figure with a letter is a word: O2 and I among other words.

    A slip is not made twice with the same letter in the same figure; a name comes again.
    """
    cell = table.cells[row][column]
    alike = sum(
        other is not None and cell is not None and other.text.strip() == cell.text.strip()
        for cells in table.cells
        for other in cells
    )
    words = Counter(numeral.reading for numeral in table.numerals[row])
    return alike > 1 or words[Reading.TEXT] > words[Reading.FIGURE] + 1


def _exponents(table: TableFacts, column: Column, block: int) -> dict[int, int]:
    """Row -> printed decimals (negative) of the figures of one column in one block.

    Rates in a column of amounts do not count, nor half days among things that are counted, nor does
    a column without any habit.
    """
    found = {
        r: numeral.number
        for r, row in enumerate(table.rows)
        if row.block == block
        and (column.role in RATES or not is_rate(table, r, column.index))
        and (numeral := table.numerals[r][column.index]).reading is Reading.FIGURE
        and numeral.number is not None
        and not (row.unit == "count" and is_half(numeral.number))
    }
    kinds = {number.exponent for number in found.values() if number.units}
    if len(kinds) > PRECISIONS:
        return {}
    return {r: number.exponent for r, number in found.items()}


def _finer(table: TableFacts, habits: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Figures with more decimals than their column and its neighbours print.

    The habit is that of nine tenths of the block, or of nine tenths of all figures of the same
    unit in the document, where most of the block shares it.
    """
    amounts = [column for column in figured(table) if column.role not in RATES]
    blocks = sorted({row.block for row in table.rows})
    for columns, among in (
        *((amounts, (block,)) for block in blocks),
        *(([column], tuple(blocks)) for column in figured(table) if column.role in RATES),
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
        amounts = [column for column in figured(table) if column.role not in RATES]
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


def _fractions(table: TableFacts) -> Iterator[tuple[int, int]]:
    """Counts of posts with a decimal part."""
    for r, row in enumerate(table.rows):
        for column in figured(table):
            number = table.numerals[r][column.index].number
            counted = row.unit == "posts" and column.role not in RATES
            if (
                counted
                and number is not None
                and number.units % int(10 ** max(-number.exponent, 0))
            ):
                yield r, column.index
