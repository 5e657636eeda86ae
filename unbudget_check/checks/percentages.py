"""Percentages of change: the change over the base, at the printed precision."""

from __future__ import annotations

import re
from itertools import chain, combinations, permutations, product
from typing import TYPE_CHECKING

from unbudget_check.checks.sides import sides_of
from unbudget_check.evidence.weight import (
    HEADINGS_BITS,
    growth_trial,
    in_one_unit,
    quotient_trial,
    rate_trial,
    standing_of,
    weigh,
)
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import UNSUMMED, ColumnRole, RowRole, Spot
from unbudget_check.model.formulas import parse_quotient
from unbudget_check.model.reading import Reading, Standing, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.evidence.weight import Amount, Trial
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.number import Number
    from unbudget_check.rulebook.rule import Rule

    Pair = tuple[int, int]
    # The columns that are added up to the part of a rate (or what exceeds the base), and the base.
    Way = tuple[tuple[int, ...], tuple[int, ...]]
    # Rate and amounts by column, of each row.
    Rows = Sequence[tuple[Number, Mapping[int, Amount]]]

# A quotient that the heading prints may be a rate, which is not in per cent.
FORMULA_BITS = 4
# Where nothing else that the table prints can be the base, the headings are believed against a
# handful of figures: a whole column was then calculated from others.
UNRIVALLED_BITS = 40
# Wider tables are not searched for part and base.
WIDEST = 14
ADJUSTED = "adjusted"
_YEARS = re.compile(r"\d+")


def check_percentage(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim percentage = part / base for every row that prints all three.

    Part and base are those that a formula in the heading divides, or the columns that the rule
    names, unless the rows bear out two others.
    """
    for index, table, columns in sides_of(facts):
        for stated in columns.get(ColumnRole.PERCENTAGE, ()):
            said, prior = said_pair(table, stated, rule.parameters["part"], rule.parameters["base"])
            found = _borne_out(facts, index, stated, said, prior) if said else None
            if found is not None:
                pair, prior = found
                reading = claims.read(_reading(table, stated, pair, prior))
                claims.percentages += _claims(facts, index, (stated, *pair), number, reading)


def said_pair(
    table: TableFacts, stated: int, part: str = ColumnRole.CHANGE, base: str = ColumnRole.BASE
) -> tuple[Pair | None, int]:
    """Part and base by the words of the headings, and the bits of these words."""
    names = parse_quotient(table.columns[stated].formula)
    marks = {column.mark: column.index for column in table.columns if column.mark}
    if names and all(name in marks for name in names):
        return (marks[names[0]], marks[names[1]]), FORMULA_BITS
    side = table.columns[stated].side
    named = [
        next((c.index for c in table.columns if c.side == side and c.role == role), None)
        for role in (part, base)
    ]
    is_rate = table.columns[stated].role is ColumnRole.PERCENTAGE
    if not is_rate or named[0] is None or named[1] is None:
        return None, 0
    return (named[0], named[1]), HEADINGS_BITS


def _borne_out(
    facts: DocumentFacts, index: int, stated: int, said: Pair, prior: int
) -> tuple[Pair, int] | None:
    """The pair that the rows bear out, with the bits for it before they are looked at.

    None where the base is another sum.
    """
    table = facts.tables[index]
    weight = _weight(table, facts.numbers, (stated, *said), prior)
    if not weight.failed:
        return said, prior
    amounts = [c.index for c in table.columns if c.role not in UNSUMMED]
    if len(amounts) > WIDEST:
        return said, prior
    rows = list(_rows(table, facts.numbers, stated, amounts))
    pairs = [((part,), (base,)) for part, base in permutations(amounts, 2)]
    unsaid = -len(pairs).bit_length()
    other, best = _best(rows, pairs, rate_trial, unsaid)
    # How much one column exceeds a base, which is one or two others: that base is seldom named in
    # full ("compared with what was approved, without transfers").
    bases = [*((base,) for base in amounts), *combinations(amounts, 2)]
    excesses = [((later,), base) for later, base in product(amounts, bases) if later not in base]
    cost = -(len(amounts) * len(bases)).bit_length()
    growth, _ = _best(rows, excesses, growth_trial, cost)
    least = max(weight.bits, 0)
    if max(other.bits, growth.bits) > least:
        if standing_of(growth) is Standing.BORNE_OUT and growth.bits > other.bits:
            return None
        if best and standing_of(other) is Standing.BORNE_OUT:
            (part,), (base,) = best
            return (part, base), unsaid
    # A formula may divide without meaning per cent: nothing but the rows can say that.
    prior += UNRIVALLED_BITS if prior == HEADINGS_BITS else 0
    return said, prior


def _best(
    rows: Rows, ways: Sequence[Way], trial_of: Callable[[Number, Amount, Amount], Trial], prior: int
) -> tuple[Weight, Way | None]:
    """The way to make the rates of all rows for which most speaks, if any rate comes right."""
    shown = {
        columns: [_sum(amounts, columns) for _, amounts in rows] for columns in {*chain(*ways)}
    }
    best: tuple[Weight, Way | None] = Weight(), None
    for way in ways:
        parts, bases = (shown[columns] for columns in way)
        trials = [
            trial_of(rate, part, base)
            for (rate, _), part, base in zip(rows, parts, bases, strict=True)
            if part and base
        ]
        if any(trial.spread and trial.holds for trial in trials):
            weight = weigh(trials, prior)
            best = (weight, way) if weight.bits > best[0].bits else best
    return best


def _rows(
    table: TableFacts, numbers: Sequence[Number], stated: int, amounts: Sequence[int]
) -> Iterator[tuple[Number, Mapping[int, Amount]]]:
    """The rate of each row that prints one, and its amounts by column, in one unit."""
    for row in table.grid:
        printed = [column for column in amounts if row[column] >= 0]
        if row[stated] >= 0 and printed:
            found = in_one_unit([numbers[row[column]] for column in printed])
            yield numbers[row[stated]], dict(zip(printed, found, strict=True))


def _sum(amounts: Mapping[int, Amount], columns: Sequence[int]) -> Amount | None:
    """The amounts of some columns added up, where the row prints them all."""
    found = [amounts[column] for column in columns if column in amounts]
    if len(found) < len(columns):
        return None
    return sum(amount for amount, _ in found), sum(hidden for _, hidden in found)


def _weight(
    table: TableFacts, numbers: Sequence[Number], columns: Sequence[int], prior: int
) -> Weight:
    """What the rows say of stated = part / base in these columns."""
    rows = ([row[column] for column in columns] for row in table.grid)
    figures = ([numbers[f] for f in row] for row in rows if min(row) >= 0)
    return weigh((quotient_trial(*each) for each in figures), prior)


def _reading(table: TableFacts, stated: int, pair: Pair, prior: int) -> Reading:
    """That a column is the percentage of these two; like tables have the same base."""
    headings = [table.columns[column].heading for column in (stated, *pair)]
    alike = tuple(_YEARS.sub("", heading.casefold()) for heading in headings)
    other = " / ".join(headings[1:])
    spot = Spot(table.ordinal, 0, stated)
    return Reading("percentage", spot, other, prior, alike=(("percentage", alike),))


def _claims(
    facts: DocumentFacts, index: int, columns: Sequence[int], number: int, reading: int
) -> Iterator[PercentClaim]:
    """The percentages of all rows that print the three columns."""
    table = facts.tables[index]
    for r, row in enumerate(table.rows):
        stated, part, base = (table.grid[r][column] for column in columns)
        if row.role is RowRole.HEADING or min(stated, part, base) < 0:
            continue
        excuse = ADJUSTED if _is_footnoted(table, r, (columns[0], columns[2])) else ""
        yield PercentClaim(number, index, stated, part, base, excuse, reading)


def _is_footnoted(table: TableFacts, row: int, columns: tuple[int, ...]) -> bool:
    """Whether one of the cells carries a footnote mark of its own."""
    return any(
        bool(table.numerals[row][column].marks)
        or ((cell := table.cells[row][column]) is not None and bool(cell.marks))
        for column in columns
    )
