"""Columns and rows that are quotients, the growth or the averages of others of their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.percentages import said_pair
from unbudget_check.checks.places import place_of
from unbudget_check.evidence.weight import ratio_trial
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import ColumnRole, Reading, RowRole, Spot
from unbudget_check.model.number import decimal_of
from unbudget_check.model.reading import Reading as Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Average, DocumentFacts, Ratio, TableFacts
    from unbudget_check.rulebook.rule import Rule

PERCENT = 2
YEARS = range(1900, 2101)
GROWTH, PERCENTAGE, QUOTIENT = "growth", "percentage", "quotient"
# The figures of an average are rounded each on its own, and so is the average.
_PLACE = ("average", ColumnRole.SHARE.value)


def check_ratios(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim stated = part / base, or their growth, for each line that the figures bear out."""
    for index, table in enumerate(facts.tables):
        for ratio in table.ratios:
            if _kind(ratio) != rule.parameters["kind"] or _is_said(table, ratio):
                continue
            at = claims.read(_reading(table, ratio, (ratio.part, ratio.base)))
            for stated, part, base in _places(table, ratio, ratio.part, ratio.base):
                if min(stated, part, base) >= 0 and _says(facts, ratio, (stated, part, base)):
                    claims.percentages.append(
                        PercentClaim(
                            number,
                            index,
                            stated,
                            part,
                            base,
                            reading=at,
                            power=ratio.power,
                            growth=ratio.growth,
                            rounded=ratio.rounded,
                        )
                    )


def check_averages(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write n x average - sum of the n figures = 0, place by place; blanks are left out."""
    del rule
    for index, table in enumerate(facts.tables):
        for mean in table.averages:
            at = claims.read(_reading(table, mean, (mean.parts[0], mean.parts[-1])))
            for stated, *parts in _places(table, mean, *mean.parts):
                figures = [part for part in parts if part >= 0]
                count = len(parts) if mean.blanks else len(figures)
                if stated >= 0 and len(figures) > 1:
                    signs = [count, *[-1] * len(figures)]
                    place = (*_PLACE, table.part or "")
                    claims.add(index, number, [[stated, *figures]], signs, [place], reading=at)


def check_turned(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write variance = budget - actual, or its opposite, row by row with the sign of its rows."""
    del rule
    for index, table in enumerate(facts.tables):
        for each in table.turned:
            headings = ", ".join(table.columns[part].heading for part in each.parts)
            spot = Spot(table.ordinal, 0, each.stated)
            at = claims.read(Decision("derived", spot, headings, each.weight.prior))
            for row, (figures, sign) in enumerate(zip(table.grid, each.signs, strict=True)):
                members = [figures[column] for column in (each.stated, *each.parts)]
                if min(members) >= 0 and all(_is_printed(facts, f) for f in members):
                    place = place_of(table, row, each.stated)
                    claims.add(index, number, [members], [1, -sign, sign], [place], reading=at)


def _says(facts: DocumentFacts, ratio: Ratio, figures: Sequence[int]) -> bool:
    """Whether a place says anything: years do not.

    A dash among percentages is nil; elsewhere it may stand for what does not apply.
    """
    rate, part, base = (facts.numbers[figure] for figure in figures)
    is_share = ratio.across and ratio.power == PERCENT and not ratio.growth
    if not is_share and not all(_is_printed(facts, figure) for figure in figures):
        return False
    if all(decimal_of(each) in YEARS for each in (rate, part, base)):
        return False
    is_nothing = not rate.units and not part.units
    power, growth, rounded = ratio.power, ratio.growth, ratio.rounded
    trial = ratio_trial(rate, part, base, power=power, growth=growth, rounded=rounded)
    return bool(trial.stated or trial.computed) or is_nothing


def _is_printed(facts: DocumentFacts, figure: int) -> bool:
    spot = facts.spots[figure]
    if not isinstance(spot, Spot):
        return False
    return facts.tables[spot.table].numerals[spot.row][spot.column].reading is Reading.FIGURE


def _kind(ratio: Ratio) -> str:
    if ratio.growth:
        return GROWTH
    return PERCENTAGE if ratio.power == PERCENT else QUOTIENT


def _is_said(table: TableFacts, ratio: Ratio) -> bool:
    """Whether the headings say of a column of percentages which two columns it divides."""
    return ratio.across and said_pair(table, ratio.stated)[0] is not None


def _places(table: TableFacts, line: Ratio | Average, *others: int) -> Iterator[Sequence[int]]:
    """The figures of each place of some lines, the stated one first."""
    lines = (line.stated, *others)
    if line.across:
        for row, figures in zip(table.rows, table.grid, strict=True):
            if row.role is not RowRole.HEADING:
                yield [figures[at] for at in lines]
    else:
        for column in range(len(table.columns)):
            yield [table.grid[at][column] for at in lines]


def _reading(table: TableFacts, line: Ratio | Average, others: Sequence[int]) -> Decision:
    """That a line follows from these others."""
    names = [
        table.columns[at].heading if line.across else table.rows[at].label
        for at in dict.fromkeys(others)
    ]
    row, column = (0, line.stated) if line.across else (line.stated, 0)
    spot = Spot(table.ordinal, row, column)
    return Decision("derived", spot, ", ".join(names), line.weight.prior)
