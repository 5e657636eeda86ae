"""Understand one table: its columns, rows, figures and the sums that it claims.

A cell may list grades: "1 D-2, 4 D-1 and 10 P-5" are counts with their grades.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from statistics import median_low
from typing import TYPE_CHECKING

from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import BORNE_OUT_BITS, standing_of, weigh
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.document import UNPLACED, Flaw
from unbudget_check.model.facts import (
    BLANK,
    IN_PER_CENT,
    UNCALCULATED,
    UNREAD,
    UNSUMMED,
    WORDS,
    CellKind,
    Column,
    ColumnRole,
    GradeList,
    Numeral,
    Row,
    RowRole,
    Standing,
    TableFacts,
)
from unbudget_check.model.number import Number, last_of
from unbudget_check.notation.figures import LONGEST_FIGURE_CHARS
from unbudget_check.notation.numerals import on_a_side
from unbudget_check.notation.years import YEAR_ALONE
from unbudget_check.understand.tables.columns import find_ties, untied, with_derived
from unbudget_check.understand.tables.headings import columns_of
from unbudget_check.understand.tables.layout import (
    BY_ORDER_BITS,
    NUMERIC,
    TableLayout,
    are_crossed,
    lay_out,
    other_headings,
    without_headings,
)
from unbudget_check.understand.tables.precision import settle_precision
from unbudget_check.understand.tables.rows import estimated, is_count, rows_of, settle_units
from unbudget_check.understand.tables.staircase import without_steps
from unbudget_check.understand.tables.sums import Amounts, Top, in_one_unit, sums_of
from unbudget_check.understand.tables.variance import (
    evidence_of,
    figures_in,
    settle_by_figures,
    wins,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language, NumberStyle
    from unbudget_check.model.document import Cell, Table, Worksheets
    from unbudget_check.understand.tables.candidates import Declared
    from unbudget_check.understand.tables.context import Context
    from unbudget_check.understand.tables.variance import Rows


# A list of fewer grades may be a remark on single posts.
FEWEST_LISTED_GRADES = 2

_WORDY = (ColumnRole.LABEL, ColumnRole.TEXT)


def read_grade_list(text: str, language: Language) -> tuple[tuple[str, int], ...]:
    """(grade, count) in printed order, or nothing where the text says more than a list."""
    bare = normalise(text).rstrip(" .。;")
    if not bare[:1].isdigit():
        return ()
    item, rest = _patterns(language.code)
    found = [(match["grade"], int(match["count"])) for match in item.finditer(bare)]
    if len(found) < FEWEST_LISTED_GRADES or rest.sub("", item.sub("", bare)).strip():
        return ()
    names = _names(language.grades)
    return tuple((names[re.sub(r"\s", "", grade)], count) for grade, count in found)


def _names(grades: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {re.sub(r"\s", "", term): grade for grade, terms in grades.items() for term in terms}


@lru_cache(maxsize=8)
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One item of a list, and what may stand between items."""
    language = load_language(code)
    terms = sorted({t for found in language.grades.values() for t in found}, key=len, reverse=True)
    # Blanks may be missing, or stand before a bracket.
    printed = (re.escape(term).replace(r"\ ", r"\s*").replace(r"\(", r"\s*\(") for term in terms)
    grade = "|".join(printed)
    counters = "|".join(map(re.escape, language.lists["counter"]))
    between = rf"\s*(?:{counters})?\s*" if counters else r"\s*"
    separators = "|".join(map(re.escape, language.lists["separator"]))
    item = re.compile(
        rf"(?P<count>\d{{1,5}}){between}(?P<grade>{grade})(?![a-z\d/-])\s*(?:[a-z](?!\w))?"
    )
    return item, re.compile(rf"(?:{separators}|\s)+")


@dataclass(slots=True)
class Numbering:
    """The figures of a table: value, whether it is a count, and (row, column, item) of each."""

    first: int
    estimates: frozenset[int] = frozenset()
    numbers: list[Number] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, number: Number, place: tuple[int, int, int], *, counted: bool) -> int:
        """Take up one more figure and give it its number in the document's vector."""
        self.numbers.append(number)
        self.counts.append(counted)
        self.places.append(place)
        return self.first + len(self.numbers) - 1


def number_figures(
    facts: TableFacts, first: int, language: Language
) -> tuple[TableFacts, Numbering]:
    """The table with its grid of figure numbers, counting from ``first``, and its grade lists."""
    numbering = Numbering(first, estimates=estimated(facts.rows, facts.numerals))
    grid = tuple(
        tuple(_number(facts, numbering, r, column) for column in facts.columns)
        for r in range(len(facts.rows))
    )
    lists = tuple(_numbered(found, numbering) for found in _grade_lists(facts, grid, language))
    return replace(facts, grid=grid, lists=lists), numbering


def _number(facts: TableFacts, numbering: Numbering, row: int, column: Column) -> int:
    numeral = facts.numerals[row][column.index]
    if column.role in _WORDY:
        return BLANK
    if numeral.reading in NUMERIC and numeral.number is not None:
        # What is rounded to noughts was not counted one by one.
        counted = is_count(facts.rows[row], column, numeral.number, numbering.estimates)
        return numbering.add(numeral.number, (row, column.index, 0), counted=counted)
    return _absence(facts.cells[row][column.index], numeral)


def _absence(cell: Cell | None, numeral: Numeral) -> int:
    """Why a cell holds no figure: a blank, a formula without a value, or words."""
    if cell is not None and cell.flaw is Flaw.UNCALCULATED:
        return UNCALCULATED
    if numeral.reading is CellKind.BLANK:
        return BLANK
    text = cell.text.strip() if cell is not None else ""
    # A single letter, such as x or F, stands for a figure that is withheld.
    hides = len(text) == 1 or any(map(str.isdigit, text))
    return UNREAD if hides and numeral.reading is CellKind.TEXT else WORDS


def _grade_lists(
    facts: TableFacts, grid: Sequence[Sequence[int]], language: Language
) -> Iterator[tuple[GradeList, tuple[tuple[str, int], ...]]]:
    """Cells of words that list posts by grade, beside the one number that they explain."""
    wordy = [column.index for column in facts.columns if column.role is ColumnRole.TEXT]
    for r, row in enumerate(facts.rows):
        beside = [number for number in grid[r] if number >= 0]
        year = YEAR_ALONE.search(row.label)
        for column in wordy if len(beside) == 1 else ():
            cell = facts.cells[r][column]
            stated = read_grade_list(cell.text, language) if cell is not None else ()
            if stated:
                yield GradeList(r, column, beside[0], (), int(year[0]) if year else None), stated


def _numbered(
    found: tuple[GradeList, tuple[tuple[str, int], ...]], numbering: Numbering
) -> GradeList:
    """The list with a figure number for each of its counts."""
    place, stated = found
    items = tuple(
        (grade, numbering.add(Number(count), (place.row, place.column, item), counted=True))
        for item, (grade, count) in enumerate(stated, 1)
    )
    return replace(place, items=items)


@dataclass(frozen=True, slots=True)
class UnderstoodTable:
    """A table's facts, its figures in the order of its grid, and the rows that it leaves open."""

    facts: TableFacts
    numbers: tuple[Number, ...]
    counts: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]
    tops: tuple[Top, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What a table inherits from the one that it continues: open rows, and columns."""

    tops: tuple[Top, ...] = ()
    columns: tuple[Column, ...] = ()


def understand_table(  # noqa: PLR0913, PLR0917  where it stands, and all that is known before it
    table: Table,
    context: Context,
    language: Language,
    ordinal: int,
    first: int,
    before: Before,
    worksheets: Worksheets,
) -> UnderstoodTable | None:
    """The facts of one table, or None where it holds no figures.

    ``ordinal`` numbers the table in its document, ``first`` its first figure in the vector.
    """
    if not language.numbers.side and _has_sides(table, language.numbers):
        # Which side of an account is positive is for its figures to say.
        styles = [replace(language.numbers, side=side) for side in (1, -1)]
        languages = [replace(language, numbers=style) for style in styles]
        read = [
            understand_table(table, context, each, ordinal, first, before, worksheets)
            for each in languages
        ]
        weights = [_agreement(each, first) if each else 0 for each in read]
        # Where all amounts have a side, nothing depends on which is which.
        is_even = weights[0] == weights[1] >= BORNE_OUT_BITS
        if is_even or abs(weights[0] - weights[1]) >= BORNE_OUT_BITS:
            return read[weights.index(max(weights))]
    layout = lay_out(table, language.numbers)
    if layout is None:
        return None
    layout, levels = without_steps(layout)
    columns, is_unplaced = _columns(layout, context, language, before)
    if table.is_by_order and is_unplaced:
        columns = columns_of(without_headings(layout), language)
        table = replace(table, doubt=" ".join(filter(None, (UNPLACED, table.doubt))))
    rows = rows_of(layout, columns, language, levels)
    body = [layout.numerals[row.index] for row in rows]
    rows = settle_units(rows, body, columns, context.units)
    facts = _table_facts(table, context, ordinal, columns, rows, layout)
    facts = with_derived(facts, language)
    facts, numbering = number_figures(facts, first, language)
    amounts = in_one_unit(facts)
    declared = _declared(facts, worksheets) if worksheets else {}
    footings, unclear, tops = sums_of(facts, amounts, before.tops, declared, language.code)
    facts = replace(facts, footings=tuple(footings), unclear=tuple(unclear))
    return UnderstoodTable(
        _with_ties(facts, amounts),
        tuple(numbering.numbers),
        tuple(numbering.counts),
        tuple(numbering.places),
        tuple(tops),
    )


def _has_sides(table: Table, style: NumberStyle) -> bool:
    """Whether some amount says on which side of an account it stands: 446.43 CR."""
    sided = replace(style, side=1)
    return any(
        on_a_side(cell.text, sided) is not None
        for row in table.rows
        for cell in row
        if cell.number is None and 0 < len(cell.text) <= LONGEST_FIGURE_CHARS
    )


def _agreement(read: UnderstoodTable, first: int) -> int:
    """How well the rows and columns of a table add up, in bits; its first figure is numbered so."""
    facts = read.facts
    trials = []
    for tie in facts.ties:
        for figures in facts.grid:
            terms = [(tie.stated, -1), *tie.parts]
            printed = [(figures[at] - first, sign) for at, sign in terms if figures[at] != BLANK]
            if figures[tie.stated] != BLANK and len(printed) > 1:
                trials.append(trial_of(printed, read.numbers, read.counts))
    return sum(footing.weight.bits for footing in facts.footings) + weigh(trials).bits


def _declared(facts: TableFacts, worksheets: Worksheets) -> Mapping[int, Declared]:
    """What the formulas of a worksheet add up; only few documents have any."""
    from unbudget_check.understand.tables.candidates import declared_sums

    return declared_sums(facts, worksheets)


def _columns(
    layout: TableLayout, context: Context, language: Language, before: Before
) -> tuple[tuple[Column, ...], bool]:
    """The columns, below the headings that the rows bear out: mostly those in their grid column.

    Also whether the rows refute what is printed there, and nothing else that the print allows.
    """
    body = layout.numerals[layout.body :]
    rows = figures_in(body)
    columns = _settled(columns_of(layout, language), rows, context)
    inherited = before.columns if len(before.columns) == len(columns) else ()
    if not layout.body and inherited:
        return _settled(inherited, rows, context), False  # it goes on without its headings
    now = evidence_of(columns, rows, body)
    is_refuted = now.failed >= now.held or standing_of(now) is Standing.REFUTED
    if not (now.failed and is_refuted) and not are_crossed(layout):
        return columns, False
    best = columns, now
    others = ((columns_of(other, language), cost) for other, cost in other_headings(layout))
    again = [(inherited, BY_ORDER_BITS)] if _is_reordered(inherited, columns) else []
    for found, cost in (*again, *others):
        settled = _settled(found, rows, context)
        weight = evidence_of(settled, rows, body)
        weight = replace(weight, prior=weight.prior - cost)
        if weight.bits > best[1].bits and wins(weight, now):
            best = settled, weight
    return best[0], standing_of(best[1]) is Standing.REFUTED


def _settled(columns: tuple[Column, ...], rows: Rows, context: Context) -> tuple[Column, ...]:
    """The columns with the roles that their figures tell."""
    if context.units and context.units[0].kind == IN_PER_CENT:
        columns = tuple(map(_as_share, columns))
    return settle_by_figures(columns, rows)


def _is_reordered(before: Sequence[Column], columns: Sequence[Column]) -> bool:
    """Whether a table that goes on prints the headings of its first part in another order."""
    printed, again = ([c.heading for c in found] for found in (before, columns))
    return printed != again and sorted(printed) == sorted(again)


def _table_facts(
    table: Table,
    context: Context,
    ordinal: int,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    layout: TableLayout,
) -> TableFacts:
    """The table as laid out, before its figures are numbered and its sums are found."""
    numerals = settle_precision(rows, columns, [layout.numerals[row.index] for row in rows])
    unit = context.units[0] if context.units else None
    return TableFacts(
        ordinal,
        context.number,
        context.part,
        context.title,
        unit.kind if unit else "",
        unit.scale if unit else 0,
        columns,
        rows,
        tuple(layout.cells[row.index] for row in rows),
        numerals,
        (),
        doubt=table.doubt,
        address=table.address,
        part_title=context.part_title,
        marks="".join(cell.marks for cells in table.rows for cell in cells if cell.marks),
    )


def _with_ties(facts: TableFacts, amounts: Amounts) -> TableFacts:
    """The table with the ties across its columns that the rows bear out."""
    values, quanta = amounts
    rows = [
        r
        for r, row in enumerate(facts.rows)
        if row.role is not RowRole.HEADING
        # Rows of means, of rates and of the highest figures say nothing of sums.
        and not (row.role is RowRole.MEMO and row.unit == IN_PER_CENT)
    ]
    rows = _of_usual_precision(facts, rows)
    figures = [values[r] for r in rows]
    ties = find_ties(facts.columns, figures, [quanta[facts.rows[r].block] for r in rows])
    unclear = untied(facts.columns, figures, ties)
    placed = (
        replace(tie, exceptions=frozenset(rows[at] for at in tie.exceptions))
        if tie.exceptions
        else tie
        for tie in ties
    )
    return replace(facts, ties=tuple(placed), unclear_columns=unclear)


def _of_usual_precision(facts: TableFacts, rows: Sequence[int]) -> list[int]:
    """The rows without those whose figures are all finer than any of most rows: rates, or means."""
    summed = [column.index for column in facts.columns if column.role not in UNSUMMED]
    found: dict[int, tuple[int, int]] = {}
    for r in rows:
        numbers = (facts.numerals[r][column].number for column in summed)
        lasts = [last_of(number) for number in numbers if number is not None and number.units]
        if lasts:
            found[r] = max(lasts), min(lasts)
    usual = median_low(last for last, _ in found.values()) if found else 0
    finest = min((finest for last, finest in found.values() if last >= usual), default=0)
    return [r for r in rows if r not in found or found[r][0] >= finest]


def _as_share(column: Column) -> Column:
    """In a table of percentages every figure is a share: only their total of 100 can be checked."""
    if column.role in (ColumnRole.LABEL, ColumnRole.TEXT):
        return column
    return replace(column, role=ColumnRole.SHARE)
