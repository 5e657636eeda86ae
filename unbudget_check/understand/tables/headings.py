"""Find the heading, year and role of each column, alone and beside its neighbours.

Roles that columns have only beside one another: base, proposal, change and its factors.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import HEADINGS_BITS
from unbudget_check.lexicon import normalise, plain_digits
from unbudget_check.model.facts import CellKind, Column, ColumnRole
from unbudget_check.model.number import decimal_of
from unbudget_check.notation.column_concepts import concept_of
from unbudget_check.notation.column_numbers import (
    FORMULA,
    is_column_number,
    is_divided,
    parse_quotient,
)
from unbudget_check.notation.figures import are_padded
from unbudget_check.notation.years import YEAR
from unbudget_check.understand.tables.layout import NUMERIC, TableLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.facts import Numeral


# Three factors at most stand before the change that they add up to.
MOST_FACTORS_BEFORE = 3
_FACTORS = (ColumnRole.TECHNICAL, ColumnRole.MANDATES)

# A rate in a heading ("Fringe, 32%") says how amounts were reckoned, and makes them no percentages.
_PERCENT = re.compile(r"(?<!\d)(?<!\d\s)%")
# A year may carry the letter of a footnote: 2024b, 2024 a/.
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)(?:[a-z](?![a-z])/?|\s+[a-z]/(?!\w))?")
# Chance hardly lets so many figures below each other grow by one each.
COUNTED_ROWS = 5
# Shorter numbers may be of anything.
SHORTEST_CODE = 2
# Codes of more digits are printed without marks between them.
LEAST_GROUPED = 3
# Of 9,074 percentages in 31 documents and 385 tables 2 in 100 are as large, and of 108,446 amounts
# 30: such a figure is four bits against a column of rates, and one below half a bit for it.
LARGEST_RATE, LARGE_BITS, SMALL_A_BIT = 1000, 4, 2
_RATED = frozenset({"percentage", "share"})
# What has a value, or stands for none; a malformed figure alone may be a word.
_VALUED = NUMERIC - {CellKind.MALFORMED}
# Concepts that mean the same role wherever they stand.
_ROLES = {
    "expenditure": ColumnRole.EXPENDITURE,
    "technical": ColumnRole.TECHNICAL,
    "mandates": ColumnRole.MANDATES,
    "change": ColumnRole.CHANGE,
    "percentage": ColumnRole.PERCENTAGE,
    "share": ColumnRole.SHARE,
    "subtotal": ColumnRole.SUBTOTAL,
    "total": ColumnRole.TOTAL,
    "number": ColumnRole.NUMBER,
    "page": ColumnRole.TEXT,
    "label": ColumnRole.TEXT,
}


def settle_roles(columns: Sequence[Column], concept_of: Callable[[str], str]) -> tuple[Column, ...]:
    """The same columns with the roles that only their neighbours tell.

    ``concept_of`` gives the concept that a heading names by itself.
    """
    return tuple(_settle_amounts(_settle_changes(_settle_groups(columns, concept_of))))


def _settle_groups(columns: Sequence[Column], concept_of: Callable[[str], str]) -> list[Column]:
    """Under a heading of changes, columns with words of their own are factors of the total."""
    settled: list[Column] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        settled += _settle_group(found, concept_of) if concept_of(group) == "change" else found
    return settled


def _settle_group(group: list[Column], concept_of: Callable[[str], str]) -> list[Column]:
    """The columns below one heading of changes."""
    strangers = {c.index for c in group if _is_stranger(c, concept_of)}
    totals = {c.index for c in group if c.role is ColumnRole.TOTAL}
    known = {c.index for c in group if c.role in _FACTORS or c.concept == "other"}
    if not totals and len(strangers) > 1:
        plain = dict.fromkeys(strangers, (ColumnRole.AMOUNT, ""))
    elif len(totals) == 1 and strangers:
        plain = dict.fromkeys(strangers | known, (ColumnRole.FACTOR, ""))
        plain |= dict.fromkeys(totals, (ColumnRole.CHANGE, "change"))
    elif len(totals) == 1 and not known:
        plain = dict.fromkeys(totals, (ColumnRole.CHANGE, "total"))
    else:
        plain = {}
    return [
        replace(c, role=plain[c.index][0], concept=plain[c.index][1]) if c.index in plain else c
        for c in group
    ]


def _is_stranger(column: Column, concept_of: Callable[[str], str]) -> bool:
    """Whether a column has nothing of a change but the heading that it stands under."""
    if column.role in (ColumnRole.AMOUNT, ColumnRole.NUMBER):
        return column.concept != "other"
    return column.role is ColumnRole.CHANGE and concept_of(column.heading) != "change"


def _settle_changes(columns: list[Column]) -> list[Column]:
    """Under a heading of changes, "other" is a factor and "total" is the change itself."""
    factors = {c.index for c in columns if c.role in _FACTORS}
    return [_settle_change(column, factors) for column in columns]


def _settle_change(column: Column, factors: set[int]) -> Column:
    if column.concept == "other" and any(
        abs(column.index - f) < MOST_FACTORS_BEFORE for f in factors
    ):
        return replace(column, role=ColumnRole.OTHER)
    if column.role is ColumnRole.TOTAL and any(
        0 < column.index - f <= MOST_FACTORS_BEFORE for f in factors
    ):
        return replace(column, role=ColumnRole.CHANGE)
    return column


def _settle_amounts(columns: list[Column]) -> list[Column]:
    """Among approvals and estimates, the later year is the estimate, the earlier one the base.

    Columns of which neither years nor known words say so stay amounts: they may be rates.
    Within one group of headings: a table may hold several sources of funds side by side.
    """
    settled = list(columns)
    for side, group in enumerate(_change_groups(columns)):
        for column in group:
            if column.side != side:
                settled[column.index] = replace(column, side=side)
        amounts = [
            c
            for c in group
            if c.role is ColumnRole.AMOUNT and c.concept in ("approved", "estimate")
        ]
        if len(amounts) <= 1:
            amounts = [c for c in group if c.role is ColumnRole.AMOUNT]
        if not _is_told(amounts, group):
            continue
        ordered = sorted(amounts, key=lambda c: (c.year or 0, c.concept == "estimate", c.index))
        if len(ordered) > 1:
            earlier, later = ordered[-2:]
            settled[earlier.index] = replace(earlier, role=ColumnRole.BASE, side=side)
            settled[later.index] = replace(later, role=ColumnRole.ESTIMATE, side=side)
    return settled


def _is_told(amounts: Sequence[Column], group: Sequence[Column]) -> bool:
    """Whether a year, a known word or a change beside them tells amounts from an earlier year."""
    changes = (ColumnRole.CHANGE, *_FACTORS)
    return any(c.year or c.concept in ("approved", "estimate") for c in amounts) or any(
        c.role in changes for c in group
    )


def _change_groups(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of each change: those under its own heading, or all where it has none."""
    changes = [c for c in columns if c.role is ColumnRole.CHANGE]
    if len(changes) <= 1:
        return [list(columns)]
    names = [c.group for c in changes]
    if len(set(names)) == len(names):
        return [[c for c in columns if c.group == name] for name in names]
    groups, first = [], 0
    for change in changes:
        # Side by side without headings of their own: each set of columns ends with its change.
        groups.append([c for c in columns if first <= c.index <= change.index])
        first = change.index + 1
    return groups


def columns_of(layout: TableLayout, language: Language) -> tuple[Column, ...]:
    """The columns of a table, left to right, with their roles."""
    heads = _heading_texts(layout)
    columns = [_column(index, texts, layout, language) for index, texts in enumerate(heads)]
    marks = {column.mark for column in columns}
    columns = [_as_quotient(column, marks) for column in columns]
    return settle_roles(columns, lambda heading: concept_of(heading, language.code))


def _as_quotient(column: Column, marks: Container[str]) -> Column:
    """A column whose printed formula divides is no amount; the quotient of two is a percentage."""
    if column.role is not ColumnRole.SHARE and is_divided(column.formula):
        names = parse_quotient(column.formula)
        if names and all(name in marks for name in names):
            return replace(column, role=ColumnRole.PERCENTAGE, concept="percentage")
    return column


def _heading_texts(layout: TableLayout) -> list[list[str]]:
    """The texts over each column from the top down, without repeats; the leaf comes last."""
    heads: list[list[str]] = []
    for column in range(layout.width):
        texts: list[str] = []
        for row in range(layout.body):
            text = layout.spans[row][column]
            if text and text not in texts:
                texts.append(text)
        heads.append(texts)
    return heads


def _column(index: int, texts: Sequence[str], layout: TableLayout, language: Language) -> Column:
    if index == 0 or not _holds_figures(layout, index):
        role = ColumnRole.LABEL if index == 0 else ColumnRole.TEXT
        return Column(index, " ".join(texts), role)
    marks = [text for text in texts if is_column_number(text)]
    words = [text for text in texts if text not in marks]
    group = words[0] if len(words) > 1 and _is_shared(layout, index, words[0]) else ""
    heading = " ".join(words[1:] if group else words)
    years = _YEAR.findall(plain_digits(heading)) or _YEAR.findall(plain_digits(group))
    formula = next((text for text in texts if "=" in text and FORMULA.search(text)), "")
    mark = _mark(marks, formula)
    concept = "grade" if _is_grade(heading, language) else concept_of(heading, language.code)
    if not concept and group:
        concept = concept_of(group, language.code)
        if concept in _RATED and _are_beyond_rates(layout, index):
            group, concept = "", ""  # what stands to the left covers another column only
    if concept == "label" and _covers_stub(layout, words[-1]):
        concept = ""  # a heading of the labels that reaches over the figures names none of these
    if concept == "label" and (heading[-1:].isdecimal() or _prints_amounts(layout, index)):
        concept = ""  # expenditure by item is no item, nor is what belongs to component 2
    if concept != "share" and (_PERCENT.search(heading) or _is_in_per_cent(layout, index)):
        concept = "percentage"
    return Column(
        index,
        heading or group,
        _ROLES.get(concept, ColumnRole.AMOUNT),
        group,
        int(years[0]) if years else None,
        mark,
        formula,
        concept,
    )


def _is_grade(heading: str, language: Language) -> bool:
    """Whether a heading is the name of a grade."""
    bare = normalise(heading)
    return any(bare in terms for terms in language.grades.values())


def _is_in_per_cent(layout: TableLayout, column: int) -> bool:
    """Whether most figures of a column are printed with a per cent sign."""
    cells = [
        row[column]
        for row, read in zip(
            layout.cells[layout.body :], layout.numerals[layout.body :], strict=True
        )
        if read[column].reading is CellKind.FIGURE
    ]
    return sum(cell is not None and "%" in cell.text for cell in cells) * 2 > len(cells)


def _are_beyond_rates(layout: TableLayout, column: int) -> bool:
    """Whether the sizes of its figures outweigh the heading that makes a column one of rates."""
    numbers = [row[column].number for row in layout.numerals[layout.body :]]
    sizes = [abs(decimal_of(number)) for number in numbers if number is not None and number.units]
    large = sum(size >= LARGEST_RATE for size in sizes)
    return LARGE_BITS * large - (len(sizes) - large) // SMALL_A_BIT > HEADINGS_BITS


def _prints_amounts(layout: TableLayout, column: int) -> bool:
    """Whether most figures of a column have groups of digits or decimals, as no code has."""
    numerals = [row[column] for row in layout.numerals[layout.body :]]
    cells = [row[column] for row in layout.cells[layout.body :]]
    amounts = figures = 0
    for numeral, cell in zip(numerals, cells, strict=True):
        if numeral.reading is CellKind.FIGURE and numeral.number is not None and cell is not None:
            figures += 1
            digits = len(str(abs(numeral.number.units)))
            amounts += numeral.number.exponent < 0 or (
                sum(map(str.isdecimal, cell.text)) < len(cell.text.strip())
                and digits > LEAST_GROUPED
            )
    return figures > 0 and 2 * amounts > figures


def _holds_figures(layout: TableLayout, column: int) -> bool:
    """Whether at least as many cells below the headings hold figures as hold words.

    Numbers that count the rows, or the documents behind them, and codes are no figures, nor is
    what looks like a figure but has a value in no row: 16x20.
    """
    readings = [
        row[column].reading
        for row in layout.numerals[layout.body :]
        if not _is_label_before_figure(row, column)
    ]
    figures = sum(reading in NUMERIC for reading in readings)
    return (
        any(reading in _VALUED for reading in readings)
        and figures >= sum(reading is CellKind.TEXT for reading in readings)
        and not _counts_on(layout, column)
        and not _are_codes(layout, column)
    )


def _is_label_before_figure(row: Sequence[Numeral], column: int) -> bool:
    """Whether the only words of a row stand right before its only figure: they name a total."""
    if row[column].reading is not CellKind.TEXT or column + 1 >= len(row):
        return False
    others = (read.reading for at, read in enumerate(row) if at not in {column, column + 1})
    return row[column + 1].reading in NUMERIC and all(each is CellKind.BLANK for each in others)


def _counts_on(layout: TableLayout, column: int) -> bool:
    """Whether each cell of a column is the whole number after the one above it."""
    texts = [row[column].strip() for row in layout.spans[layout.body :]]
    texts = [text for text in texts if text]
    if len(texts) < COUNTED_ROWS or not all(text.isdecimal() for text in texts):
        return False
    return all(int(above) + 1 == int(below) for above, below in pairwise(texts))


def _are_codes(layout: TableLayout, column: int) -> bool:
    """Whether a column before the first words of its rows holds digits of one length: 4010, 4110.

    Behind these words there are figures, as there are none before remarks. What noughts tell to be
    codes may stand anywhere, with others beside it that are repeated: 901, 01, 04, 200.
    """
    body = range(layout.body, len(layout.spans))
    texts = _digits_below(layout, column)
    if not texts:
        return False
    if are_padded(texts):
        return True
    beside = (_digits_below(layout, at) for at in (column - 1, column + 1))
    if 2 * len(set(texts)) <= len(texts) and any(found and are_padded(found) for found in beside):
        return True
    kinds = [[layout.numerals[row][at].reading for row in body] for at in range(layout.width)]
    wordy = (at for at, found in enumerate(kinds) if 2 * found.count(CellKind.TEXT) > len(body))
    words = next(wordy, 0)
    return column < words and any(CellKind.FIGURE in found for found in kinds[words + 1 :])


def _digits_below(layout: TableLayout, column: int) -> list[str]:
    """What is printed below the headings of a column of digits of one length, as codes are."""
    rows = layout.spans[layout.body :] if 0 <= column < layout.width else ()
    texts = [text for row in rows if (text := row[column].strip())]
    is_even = len(set(map(len, texts))) == 1 and len(texts[0]) >= SHORTEST_CODE
    return texts if is_even and all(map(str.isdecimal, texts)) else []


def _is_shared(layout: TableLayout, index: int, text: str) -> bool:
    """Whether a heading covers a neighbouring column, too: then it names a group."""
    neighbours = [index - 1, index + 1]
    return any(
        0 < other < layout.width and layout.spans[row][other] == text
        for row in range(layout.body)
        for other in neighbours
    )


def _covers_stub(layout: TableLayout, text: str) -> bool:
    """Whether a heading stands over the labels, too."""
    return any(layout.spans[row][0] == text for row in range(layout.body))


def _mark(marks: Sequence[str], formula: str) -> str:
    found = FORMULA.search(formula)
    if found:
        return found[1]
    return re.sub(r"\W", "", marks[0]) if marks else ""
