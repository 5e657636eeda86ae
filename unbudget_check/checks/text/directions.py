"""Sentences by which something rose or fell: the two numbers, and the table that shows them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import BORNE_OUT_BITS, PAIR, Trial, standing_of, weigh
from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, Standing, Weight
from unbudget_check.model.number import Number, agree, decimal_of, number_of, printed
from unbudget_check.model.prose import ReferenceKind
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.prose import Movement, Quantity, Span
    from unbudget_check.rulebook.rule import Rule

PERCENTAGE = "percentage"
# A sentence that names a table and tells from where to where something moved restates it.
NAMED_TABLE_BITS = 3


def check_direction(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on what rose to a smaller number or fell to a larger one, or by something else."""
    _ = rule
    for movement in facts.prose.movements:
        one, other = movement.first.number, movement.last.number
        first, last = decimal_of(one), decimal_of(other)
        is_rounded = one.exponent != other.exponent and agree(one, other)
        if (last - first) * movement.direction > 0 or is_rounded:
            if movement.change is not None and not _moved_by(movement, movement.change):
                notation = notation_in(facts, movement.at)
                numbers = one, other, number_of(abs(last - first))
                signs = [printed(each, notation) for each in numbers]
                said = "{1} - {0} = {2}" if last > first else "{0} - {1} = {2}"
                claims.remarks.append(Remark(number, movement.at, text=said.format(*signs)))
            continue
        notation = notation_in(facts, movement.at)
        sign = "=" if first == last else "<" if first < last else ">"
        said = f"{printed(one, notation)} {sign} {printed(other, notation)}"
        claims.remarks.append(Remark(number, movement.at, text=said))


def _moved_by(movement: Movement, change: Quantity) -> bool:
    """Whether a change lies between the numbers, as far as they are printed: also in per cent."""
    first, last = decimal_of(movement.first.number), decimal_of(movement.last.number)
    said, moved = decimal_of(change.number), abs(last - first)
    numbers = (movement.first.number, movement.last.number, change.number)
    coarsest = decimal_of(Number(1, max(each.exponent for each in numbers)))
    if change.is_percent and first:
        rate = decimal_of(Number(1, change.number.exponent))
        relative = abs(100 * moved / first - said) <= rate
        return relative or (movement.first.is_percent and abs(moved - said) <= coarsest)
    return abs(moved - said) <= (coarsest if coarsest > 1 else 0)


def check_movement_table(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on numbers that moved, where the table that the paragraph names shows others.

    Of the two percentages of a sentence the table must show one, in the year that it belongs to;
    of counts, one row or column that the rest of the sentence bears out.
    """
    _ = rule
    for movement in facts.prose.movements:
        tables = _named(facts, movement.at.passage)
        if not movement.first.is_percent:
            found = _miscounted(facts, tables, movement)
        else:
            rates = [table for table in tables if table.unit == PERCENTAGE]
            found = list(_differing(facts, rates, movement))
        if len(found) == 1:
            quantity, shown = found[0]
            claims.remarks.append(Remark(number, quantity.span, shown))


def _named(facts: DocumentFacts, passage: int) -> list[TableFacts]:
    """The tables that a passage refers to."""
    numbers = {
        each.number
        for each in facts.prose.references
        if each.at.passage == passage and each.kind is ReferenceKind.TABLE and not each.is_outside
    }
    return [each for each in facts.tables if each.number in numbers]


def _miscounted(
    facts: DocumentFacts, tables: list[TableFacts], movement: Movement
) -> list[tuple[Quantity, Number]]:
    """What differs from the one row or column of a named table that is borne out by the rest."""
    said = [movement.first, movement.last, *([movement.change] if movement.change else [])]
    readings: list[tuple[Weight, list[tuple[Quantity, Number]]]] = []
    for first, last in (pair for table in tables for pair in _stocks(facts, table)):
        moved = number_of(abs(decimal_of(last) - decimal_of(first)))
        pairs = list(zip(said, (first, last, moved), strict=False))
        trials = (
            Trial(one.number.units, int(decimal_of(other)), addends=1, terms=PAIR)
            for one, other in pairs
            if one.number.exponent == 0 and not one.is_percent
        )
        wrong = [pair for pair in pairs if not agree(pair[0].number, pair[1])]
        readings.append((weigh(trials, NAMED_TABLE_BITS), wrong))
    best = max(readings, key=lambda each: each[0].bits, default=(Weight(), []))
    clear = sum(best[0].bits - each[0].bits < BORNE_OUT_BITS for each in readings) == 1
    is_told = clear and best[0].held and standing_of(best[0]) is Standing.BORNE_OUT
    return best[1][:1] if is_told else []


def _stocks(facts: DocumentFacts, table: TableFacts) -> Iterator[tuple[Number, Number]]:
    """What was approved and what is proposed, in each row or in each column of a table."""
    before = [c.index for c in table.columns if c.role is ColumnRole.BASE]
    after = [c.index for c in table.columns if c.role is ColumnRole.ESTIMATE]
    above = [r for r, row in enumerate(table.rows) if row.concept == "approved"]
    below = [r for r, row in enumerate(table.rows) if row.concept == "proposed"]
    cells = [
        ((r, one), (r, two)) for r in range(len(table.rows)) for one in before for two in after
    ]
    columns = range(len(table.columns))
    cells += [((one, c), (two, c)) for c in columns for one in above for two in below]
    for pair in cells:
        figures = [table.grid[r][c] for r, c in pair]
        if all(figure >= 0 for figure in figures):
            first, last = (facts.numbers[figure] for figure in figures)
            yield first, last


def _differing(
    facts: DocumentFacts, tables: list[TableFacts], movement: Movement
) -> Iterator[tuple[Quantity, Number]]:
    """What the rows show in the last two years, where one of both differs; none if one agrees."""
    found: list[tuple[Quantity, Number]] = []
    for table in tables:
        columns = _of_results(table, facts.language)[-2:]
        for figures in table.grid:
            shown = [facts.numbers[figures[c]] for c in columns if figures[c] >= 0]
            if len(shown) < 2:
                continue
            pairs = list(zip((movement.first, movement.last), shown, strict=True))
            wrong = [pair for pair in pairs if not agree(pair[0].number, pair[1])]
            if not wrong:
                return
            found += wrong if len(wrong) == 1 else []
    yield from found


def _of_results(table: TableFacts, code: str) -> list[int]:
    """The columns that show what was reached, by their headings, in the order of their years."""
    reached = _reached(code)
    found = [
        (column.year, at)
        for at, column in enumerate(table.columns)
        if column.year is not None and reached.search(normalise(column.heading))
    ]
    return [at for _, at in sorted(found)]


@lru_cache(maxsize=8)
def _reached(code: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_language(code).comparisons["reached"])))


def check_offset(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on a change that is said to be offset by another one of the same direction."""
    for each in facts.prose.offsets:
        text = facts.prose.passages[each.change.passage].text
        said = text[each.change.start : each.change.end]
        unless = tuple(_stated(facts, (each.change, each.other)))
        claims.remarks.append(Remark(number, each.other, text=said, unless=unless))


def _stated(facts: DocumentFacts, words: Iterable[Span]) -> Iterator[int]:
    """The figures of the changes to which some words belong."""
    for word in words:
        for mention in facts.prose.mentions:
            span = mention.span
            if span.passage == word.passage and span.start <= word.start < span.end:
                yield mention.figure
