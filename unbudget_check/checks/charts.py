"""Charts: slices add up to the total beside them, and show the figures of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.claims import NO_TABLE, Remark, Skipped
from unbudget_check.model.meaning import Kind
from unbudget_check.model.number import decimal_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.charts import Chart, Slice, Tally
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

REGULAR = "regular"
UNLIKE = "chart-unlike"
LOST = "slice-lost"
# Numbering, component, measure, unit -> (figure, scale) of a table.
Targets = dict[tuple[str, str, str, str], tuple[int, int]]
Pair = tuple[int, int]


def check_chart_sums(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write total - slices = 0 for every total that a figure prints."""
    del rule
    for chart in facts.charts:
        slices = {each.figure: each for group in chart.groups for each in group}
        for tally in chart.tallies:
            if _has_lost(facts, chart, tally, slices):
                claims.skipped.append(Skipped(NO_TABLE, LOST, label=chart.number))
                continue
            place = slices[tally.total].unit, "charts", ""
            signs = [1, *(-1 for _ in tally.parts)]
            claims.add(NO_TABLE, number, [[tally.total, *tally.parts]], signs, [place])


def _has_lost(
    facts: DocumentFacts, chart: Chart, tally: Tally, slices: Mapping[int, Slice]
) -> bool:
    """Whether the chart falls short by just what a table shows and none of its slices does.

    In text taken from a PDF a slice may be lost together with its label.
    """
    known = [decimal_of(facts.numbers[figure]) for figure in (tally.total, *tally.parts)]
    short = known[0] - sum(known[1:])
    if short <= 0:
        return False
    there = {slices[figure].measure for figure in tally.parts}
    return any(
        decimal_of(facts.numbers[figure]) == short
        for (scope, entity, measure, _), (figure, _) in _targets(facts, chart.year).items()
        if scope == chart.scope and entity in chart.entities and measure not in there
    )


def check_chart_table(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write figure of a chart - the same figure of a table = 0, where most of the chart agrees."""
    del rule
    years = {chart.year for chart in facts.charts}
    targets = {year: _targets(facts, year) for year in years}
    for chart in facts.charts:
        for group in _compared(facts, chart, targets[chart.year]):
            if 2 * sum(_agree(facts, pair) for pair in group) < len(group):
                claims.skipped.append(Skipped(NO_TABLE, UNLIKE, len(group), chart.number))
                continue
            units = {each.figure: each.unit for slices in chart.groups for each in slices}
            places = [(units[figure], "charts", "") for figure, _ in group]
            claims.add(NO_TABLE, number, group, [1, -1], places)


def check_chart_label(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on labels that were typed over another value than the chart draws."""
    del rule
    for chart in facts.charts:
        claims.remarks.extend(Remark(number, at, text=printed(drawn)) for at, drawn in chart.typed)


def _targets(facts: DocumentFacts, year: int | None) -> Targets:
    """What the tables propose for a year from the regular budget."""
    found: Targets = {}
    for fact in facts.meanings:
        meaning = fact.meaning
        if (meaning.kind, meaning.year, meaning.source) == (Kind.PROPOSED, year, REGULAR):
            key = meaning.scope, meaning.entity, meaning.measure, meaning.unit
            found.setdefault(key, (fact.figure, fact.scale))
    return found


def _compared(facts: DocumentFacts, chart: Chart, targets: Targets) -> list[list[Pair]]:
    """List by list the figures that a table prints, too, for the component that fits best."""
    best: tuple[int, list[list[Pair]]] = (0, [])
    for entity in chart.entities:
        groups = [list(_pairs(chart, entity, group, targets)) for group in chart.groups]
        agreed = sum(_agree(facts, pair) for group in groups for pair in group)
        if agreed > best[0]:
            best = agreed, groups
    return best[1]


def _pairs(chart: Chart, entity: str, group: Iterable[Slice], targets: Targets) -> Iterator[Pair]:
    for each in group:
        found = targets.get((chart.scope, entity, each.measure, each.unit))
        if found is not None and found[1] == each.scale:
            yield each.figure, found[0]


def _agree(facts: DocumentFacts, pair: Pair) -> bool:
    one, other = (decimal_of(facts.numbers[figure]) for figure in pair)
    return one == other
