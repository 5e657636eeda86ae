"""Figures that are written wrongly: grouping, brackets, signs, letters, precision, blanks.

Codes, years and rates in a column have a notation of their own. Of a workbook: figures that are
text, and formulas that were never calculated.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.checks.tables.footing import trial_in
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.document import Flaw
from unbudget_check.model.facts import (
    RATES,
    ROWS_OF_TOTALS,
    CellKind,
    ColumnRole,
    Defect,
    RowRole,
    Spot,
)
from unbudget_check.model.number import EXACT, decimal_of, is_half
from unbudget_check.notation.years import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.document import Cell
    from unbudget_check.model.facts import Column, DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule


_TEXTUAL = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
# A letter among digits is a slip; from this many in one column, or a third of it, they are codes.
CODES = 2
THIRD = 3

# Rows that show that a column is filled throughout.
FEWEST_FILLED_ROWS = 5

_MALFORMED = CellKind.MALFORMED
# Figures in which a column shows its habit, nine in ten alike.
FEWEST_OF_A_HABIT = 5
NINE_TENTHS = 9, 10
# So many figures of a row, all alike, are its own habit.
FEWEST_OF_A_ROW = 3
# Wider rows are not searched for a product.
WIDEST_PRODUCTS = 40
# A column prints its figures with two precisions at most; a third says that it has no habit.
PRECISIONS = 2


def figured(table: TableFacts) -> list[Column]:
    """The columns of a table that are meant to hold figures."""
    return [column for column in table.columns if column.role not in _TEXTUAL]


def are_codes(table: TableFacts, column: int) -> bool:
    """Whether a column holds codes, such as V7207, 29.2.1 or 007: then nothing there is a slip."""
    rows = range(len(table.numerals))
    return _hold_codes(table, [(row, column) for row in rows])


def _hold_codes(table: TableFacts, line: Sequence[tuple[int, int]]) -> bool:
    """Whether the cells of a column, or those of a row behind its label, are codes."""
    printed = [
        numeral
        for row, column in line
        if (numeral := table.numerals[row][column]).reading in (CellKind.FIGURE, _MALFORMED)
    ]
    grouped = sum(numeral.defect is Defect.GROUPING for numeral in printed)
    if grouped >= CODES and grouped * 2 > len(printed):
        return True  # references such as 29.2.1, one below the other
    cells = (table.cells[row][column] for row, column in line)
    texts = [cell.text.strip() for cell in cells if cell is not None]
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
    years = sum(number.exponent == 0 and number.units in YEARS for _, number in found)
    rates = sum(is_rate(table, r, column.index) for r, _ in found)
    return (
        column.role not in RATES
        and normalise(column.heading) not in load_language(language).rows["rate"]
        and max(years, rates) * 2 <= len(found)
        and not are_codes(table, column.index)
    )


def blanks(table: TableFacts, language: str) -> Iterator[tuple[int, int]]:
    """Blank cells in rows of figures, where the rest of the column prints a figure or a dash."""
    totals = {footing.total for footing in table.footings}
    for block in sorted({row.block for row in table.rows}):
        rows = [
            r
            for r, row in enumerate(table.rows)
            if row.block == block and row.role is not RowRole.HEADING
        ]
        for column in figured(table):
            blank = [r for r in rows if table.numerals[r][column.index].reading is CellKind.BLANK]
            lone = (
                len(rows) >= FEWEST_FILLED_ROWS
                and len(blank) == 1
                and is_added(table, column, language)
            )
            if (
                lone
                and table.rows[blank[0]].role not in ROWS_OF_TOTALS
                and blank[0] not in totals
                and _has_neighbours(table, blank[0], column)
            ):
                yield blank[0], column.index


def _has_neighbours(table: TableFacts, row: int, column: Column) -> bool:
    """Whether every other column of figures is filled in this row: then the blank stands out."""
    others = [c for c in figured(table) if c.index != column.index]
    return len(others) > 1 and all(
        table.numerals[row][c.index].reading not in (CellKind.BLANK, CellKind.TEXT) for c in others
    )


def check_notation(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on every cell with the defect that the rule names."""
    defect = rule.parameters["defect"]
    find = _finder(facts, defect)
    for index, table in enumerate(facts.tables):
        for row, column in find(table):
            numeral = table.numerals[row][column]
            computed = numeral.number if numeral.reading is CellKind.MALFORMED else None
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
        columns = {column for _, column in found if are_codes(table, column)}
        widths = range(1, len(table.columns))
        rows = {row for row, _ in found if _hold_codes(table, [(row, at) for at in widths])}
        found = [(row, at) for row, at in found if row not in rows and at not in columns]
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
    return alike > 1 or words[CellKind.TEXT] > words[CellKind.FIGURE] + 1


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
        and (numeral := table.numerals[r][column.index]).reading is CellKind.FIGURE
        and numeral.number is not None
        and not (is_half(numeral.number) and _is_counted(table, r, column))
    }
    kinds = {number.exponent for number in found.values() if number.units}
    if len(kinds) > PRECISIONS:
        return {}
    return {r: number.exponent for r, number in found.items()}


def _is_counted(table: TableFacts, row: int, column: Column) -> bool:
    """Whether a figure counts things: of its row, or those that the word behind it names."""
    cell = table.cells[row][column.index]
    return table.rows[row].unit == "count" or (
        cell is not None and cell.text.strip()[-1:].isalpha()
    )


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
            finer = [place for place, exponent in printed.items() if exponent < usual]
            own, of = (Counter(row for row, _ in places) for places in (finer, printed))
            # A row of nothing but finer figures counts in another unit: full-time equivalents.
            yield from (
                (r, c)
                for r, c in finer
                if not FEWEST_OF_A_ROW <= of[r] == own[r] and not _is_factor(table, r, c)
            )


def _is_factor(table: TableFacts, row: int, column: int) -> bool:
    """Whether a figure times another of its row is a third, to the last digit: 14.5 x 200 = 2,900.

    Its decimals are meant, then.
    """
    numbers = [numeral.number for numeral in table.numerals[row]]
    own = numbers[column]
    others = [n for at, n in enumerate(numbers) if at != column and n is not None and n.units]
    if own is None or len(others) > WIDEST_PRODUCTS:
        return False
    products = {EXACT.multiply(decimal_of(own), decimal_of(other)) for other in others}
    return not products.isdisjoint(map(decimal_of, others))


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
    return of >= FEWEST_OF_A_HABIT and times * whole >= of * most


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


def check_flaw(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the first cell of each column with the flaw that the rule names, and how many.

    A rate or a code that is stored as text is missing from no sum.
    """
    wanted = Flaw(rule.parameters["flaw"])
    found = [
        (table, column, row)
        for table, row, column, cell in _cells(facts)
        if cell.flaw is wanted
        and not (cell.flaw is Flaw.TEXT and is_rate(facts.tables[table], row, column))
    ]
    places = {(table, column) for table, column, _ in found} if wanted is Flaw.TEXT else set()
    codes = {place for place in places if _are_codes(facts, *place)}
    found = [each for each in found if each[:2] not in codes]
    counts = Counter((table, column) for table, column, _ in found)
    first = {(table, column): row for table, column, row in reversed(found)}
    for (table, column), row in sorted(first.items()):
        text = str(counts[table, column])
        claims.remarks.append(Remark(number, Spot(table, row, column), text=text))


def _cells(facts: DocumentFacts) -> Iterator[tuple[int, int, int, Cell]]:
    for index, table in enumerate(facts.tables):
        for row, cells in enumerate(table.cells):
            yield from ((index, row, c, cell) for c, cell in enumerate(cells) if cell is not None)


def _are_codes(facts: DocumentFacts, table: int, column: int) -> bool:
    """Whether a column is text throughout, plain digits, and adds up nowhere: line numbers."""
    shown = facts.tables[table]
    cells = [cell for row in shown.cells if (cell := row[column]) is not None and cell.text]
    if not all(cell.flaw is Flaw.TEXT and cell.text.isdecimal() for cell in cells):
        return False
    trials = (trial_in(facts, shown, f, shown.columns[column]) for f in shown.footings)
    return not any(trial.holds for trial in trials if trial is not None)
