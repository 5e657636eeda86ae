"""Charts: slices add up to the total beside them, and show the figures of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import BORNE_OUT_BITS, PAIR, Trial, standing_of, weigh
from unbudget_check.model.claims import NO_TABLE, Remark, Skipped
from unbudget_check.model.facts import Reading, Standing
from unbudget_check.model.meaning import REGULAR, Kind
from unbudget_check.model.number import Number, decimal_of, printed, scaled
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.charts import Chart, ChartSum, Labelled, Slice
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

LOST = "slice-lost"
# A caption names the component and the year, and labels what is counted.
SAME_WORDS_BITS = 6
# The label of a point says its value, or it would be of no use.
LABEL_BITS = 8
# Per cent of a quotient, and thousands or millions of an amount.
SHIFTS = (2, -3, 3, -6, 6)
# Numbering, component, measure, unit -> (figure, scale) of a table.
Targets = dict[tuple[str, str, str, str], tuple[int, int]]
Pair = tuple[int, int]


def check_chart_sums(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write total - slices = 0 for every total that a figure prints."""
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
    facts: DocumentFacts, chart: Chart, tally: ChartSum, slices: Mapping[int, Slice]
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


def check_chart_table(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write figure of a chart - that of a table = 0, for the component that fits the chart best."""
    years = {chart.year for chart in facts.charts}
    targets = {year: _targets(facts, year) for year in years}
    for chart in facts.charts:
        for group in chart.groups:
            known: list[list[Pair]] = []
            for entity in chart.entities:
                pairs = list(_pairs(chart, entity, group, targets[chart.year]))
                if not pairs or pairs in known:
                    continue
                known.append(pairs)
                spot = facts.spots[pairs[0][0]]
                contest = "chart", spot
                at = claims.read(Reading("chart", spot, entity, SAME_WORDS_BITS, contest))
                units = {each.figure: each.unit for each in group}
                places = [(units[figure], "charts", "") for figure, _ in pairs]
                claims.add(NO_TABLE, number, pairs, [1, -1], places, reading=at)


def check_chart_label(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on labels that were typed over another value than the chart draws.

    What the labels of a series show is read from all of them: the values, the heights of stacks, or
    one of both in thousands or per cent.
    """
    for points in (points for chart in facts.charts for points in chart.series):
        ways = [
            [(each, _shifted(each.stacked if stacked else each.drawn, places)) for each in points]
            for stacked in (False, True)
            for places in (0, *SHIFTS)
        ]
        weights = [weigh(_trials(way), 0 if at else LABEL_BITS) for at, way in enumerate(ways)]
        best, *others = sorted(range(len(ways)), key=lambda at: -weights[at].bits)
        close = weights[best].bits - weights[others[0]].bits < BORNE_OUT_BITS
        if close or standing_of(weights[best]) is not Standing.BORNE_OUT:
            continue
        for trial, (point, meant) in zip(_trials(ways[best]), ways[best], strict=True):
            if not trial.holds:
                claims.remarks.append(
                    Remark(number, point.at, text=printed(meant, notation_in(facts, point.at)))
                )


def _shifted(number: Number, places: int) -> Number:
    return Number(number.units, number.exponent + places)


def _trials(way: Iterable[tuple[Labelled, Number]]) -> list[Trial]:
    """The labels of a series against what they may show, each to the precision of the coarser."""
    found = []
    for point, meant in way:
        finest = min(point.printed.exponent, meant.exponent)
        quantum = int(10 ** (max(point.printed.exponent, meant.exponent) - finest))
        loose = quantum if point.printed.exponent != meant.exponent else 0
        stated, computed = scaled(point.printed, finest), scaled(meant, finest)
        found.append(Trial(stated, computed, loose, terms=PAIR))
    return found


def _targets(facts: DocumentFacts, year: int | None) -> Targets:
    """What the tables propose for a year from the regular budget."""
    found: Targets = {}
    for fact in facts.meanings:
        meaning = fact.meaning
        if (meaning.kind, meaning.year, meaning.source) == (Kind.PROPOSED, year, REGULAR):
            key = meaning.scope, meaning.entity, meaning.measure, meaning.unit
            found.setdefault(key, (fact.figure, fact.scale))
    return found


def _pairs(chart: Chart, entity: str, group: Iterable[Slice], targets: Targets) -> Iterator[Pair]:
    for each in group:
        found = targets.get((chart.scope, entity, each.measure, each.unit))
        if found is not None and found[1] == each.scale:
            yield each.figure, found[0]
