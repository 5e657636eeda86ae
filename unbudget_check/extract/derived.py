"""Columns and rows that follow from others of their table: quotients, growth, averages.

Nothing of them is added up. Words that call a line so ("ratio", "average") are bits; figures alone
find the others, in tables whose headings do not say already what follows from what.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.evidence.averages import find_averages
from unbudget_check.evidence.ratios import GROWTH, RATE, find_ratios
from unbudget_check.evidence.turned import find_turned
from unbudget_check.extract.units import PERCENTAGE
from unbudget_check.extract.variance import evidence_of, figures_in
from unbudget_check.languages import normalise
from unbudget_check.model.facts import (
    RATES,
    Average,
    ColumnRole,
    Ratio,
    Reading,
    RowRole,
    TableFacts,
    Turned,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.languages import Language
    from unbudget_check.model.facts import Column
    from unbudget_check.model.number import Number

    Line = Sequence[Number | None]

# What words say, in bits: of lines that are called an average, few are none.
AVERAGE_BITS = 10
YEARS = range(1900, 2101)
# A table that leads from a base to an estimate says so in its headings.
_EXPLAINED = frozenset({ColumnRole.BASE, ColumnRole.CHANGE, ColumnRole.ESTIMATE})
_TOTALS = frozenset({ColumnRole.TOTAL, ColumnRole.SUBTOTAL})
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT})


def with_derived(table: TableFacts, language: Language) -> TableFacts:
    """The table with the lines that follow from others, which are no addends of anything.

    Columns among them are rates, whatever their headings are, and rows are memo items.
    """
    if _is_explained(table):
        return table
    found = [*_found(table, language, across=True), *_found(table, language, across=False)]
    turned = tuple(_turned(table))
    columns = {each.stated for each in found if each.across} | {each.stated for each in turned}
    rows = {each.stated for each in found if not each.across}
    return replace(
        table,
        columns=tuple(
            replace(column, role=ColumnRole.RATE)
            if column.index in columns and column.role not in {*RATES, *_TOTALS}
            else column
            for column in table.columns
        ),
        rows=tuple(
            replace(
                row, role=RowRole.MEMO if row.role is RowRole.ITEM else row.role, unit=PERCENTAGE
            )
            if at in rows
            else row
            for at, row in enumerate(table.rows)
        ),
        ratios=tuple(each for each in found if isinstance(each, Ratio)),
        averages=tuple(each for each in found if isinstance(each, Average)),
        turned=turned,
    )


def _is_explained(table: TableFacts) -> bool:
    """Whether the headings say what leads from a base to an estimate, and the rows bear it out."""
    if not {column.role for column in table.columns} >= _EXPLAINED:
        return False
    known = evidence_of(table.columns, figures_in(table.numerals), table.numerals)
    return known.held > known.failed


def _found(table: TableFacts, language: Language, *, across: bool) -> Iterator[Ratio | Average]:
    """The columns, or the rows, that follow from others."""
    columns = [column.index for column in table.columns if column.role not in _WORDY]
    grid = [[_number(table, row, column) for column in columns] for row in range(len(table.rows))]
    figured = [
        row for row, figures in enumerate(grid) if any(figures) and not _is_of_years(figures)
    ]
    lines: list[Line]
    if across:
        lines, numbers = [[grid[r][c] for r in figured] for c in range(len(columns))], columns
        texts = [_heading(table.columns[index]) for index in columns]
    else:
        lines, numbers = [grid[row] for row in figured], figured
        texts = [normalise(table.rows[row].label) for row in figured]
    words = language.derived
    taken = set()
    for mean in find_averages(lines, dict.fromkeys(_called(texts, words["average"]), AVERAGE_BITS)):
        taken.add(mean.stated)
        first, last = numbers[mean.parts[0]], numbers[mean.parts[-1]]
        parts = tuple(columns if across else range(len(table.rows)))
        run = tuple(part for part in parts if first <= part <= last)
        if mean.blanks:
            run = tuple(numbers[part] for part in mean.parts)
        yield replace(mean, across=across, stated=numbers[mean.stated], parts=run)
    named = {at: kind for kind in (GROWTH, RATE) for at in _called(texts, words[kind])}
    if across:
        rates = (at for at, c in enumerate(columns) if table.columns[c].role in RATES)
        named |= dict.fromkeys(rates, RATE)
    for ratio in find_ratios(lines, named, strict=not across):
        if ratio.stated not in taken:
            stated, part, base = (numbers[at] for at in (ratio.stated, ratio.part, ratio.base))
            yield replace(ratio, across=across, stated=stated, part=part, base=base)


def _turned(table: TableFacts) -> Iterator[Turned]:
    """The columns of variances whose sign is turned in some rows."""
    columns = [c.index for c in table.columns if c.role not in {*_WORDY, *RATES}]
    rows = range(len(table.rows))
    lines = [[_number(table, row, column) for row in rows] for column in columns]
    for each in find_turned(lines):
        one, other = (columns[part] for part in each.parts)
        yield replace(each, stated=columns[each.stated], parts=(one, other))


def _is_of_years(figures: Line) -> bool:
    """Whether a row prints nothing but years: it belongs to the headings."""
    whole = [n.units // 10**-n.exponent for n in figures if n is not None and n.exponent <= 0]
    return bool(whole) and all(each in YEARS for each in whole)


def _called(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """The lines whose headings or labels have one of the words."""
    return [at for at, text in enumerate(texts) if any(_has(text, word) for word in words)]


def _has(text: str, word: str) -> bool:
    """Whether a word stands in a text; letters of an alphabet may not go on before or after it."""
    at = text.find(word)
    if at < 0:
        return False
    around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
    return not (word[0].isalpha() and any(c.isalpha() and c < "\u2e80" for c in around))


def _heading(column: Column) -> str:
    return normalise(f"{column.group} {column.heading}")


def _number(table: TableFacts, row: int, column: int) -> Number | None:
    numeral = table.numerals[row][column]
    return numeral.number if numeral.reading is Reading.FIGURE else None
