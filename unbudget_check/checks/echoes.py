"""What performance measures show again: numbers of sentences, and what a caption says of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.checks.targets import is_borne_out, is_contradicted
from unbudget_check.model.claims import Remark
from unbudget_check.model.measures import numbers_of
from unbudget_check.model.notation import notation_in
from unbudget_check.model.number import agree, decimal_of, printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.measures import Echo
    from unbudget_check.model.number import Notation, Number
    from unbudget_check.rulebook.rule import Rule


def check_measure_number(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a number that the measure does not have for the same thing.

    What is said of a target in the same passage is judged by itself.
    """
    _ = rule
    judged = {each.at.passage for each in facts.prose.comparisons if is_contradicted(each)}
    # What was planned is no result: of 138 numbers with the words of a measure in 31 documents, 8
    # were none of its own, and 6 of these were targets.
    targets = {each.target.span for each in facts.prose.comparisons if each.target}
    told: defaultdict[int, list[Echo]] = defaultdict(list)
    for echo in facts.prose.echoes:
        if echo.quantity.span not in targets:
            told[echo.quantity.span.passage].append(echo)
    for passage, echoes in told.items():
        shown = _shown(facts, passage)
        pairs = [(each, _nearest(each, shown)) for each in echoes]
        wrong = [(each, near) for each, near in pairs if not agree(each.quantity.number, near)]
        borne_out = is_borne_out((each.quantity.number, near) for each, near in pairs)
        if wrong and borne_out and passage not in judged:
            claims.remarks.append(Remark(number, wrong[0][0].quantity.span, wrong[0][1]))


def _shown(facts: DocumentFacts, passage: int) -> list[Number]:
    """All that the measures show to which a passage leads."""
    measures = (each for each in facts.prose.measures if passage in each.told)
    return [
        number for measure in measures for each in measure.series for number in numbers_of(each)
    ]


def _nearest(echo: Echo, shown: Sequence[Number]) -> Number:
    """What a measure shows for a number: the same, be it of another year, else the likeliest."""
    same = (each for each in (*echo.shown, *shown) if agree(echo.quantity.number, each))
    return next(same, echo.shown[0])


def check_cumulative(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a cumulative measure that falls from one year to the next."""
    _ = rule
    for measure in facts.prose.measures:
        every = [years for each in measure.series for years in (each.reached, each.planned)]
        notation = notation_in(facts, measure.cumulative)
        falls = [said for years in every if (said := _fall(years, notation))]
        if measure.cumulative and falls:
            claims.remarks.append(Remark(number, measure.cumulative, text=falls[0]))


def _fall(years: Mapping[int, Number], notation: Notation) -> str:
    """The first two years in which the later number is the smaller one, as printed."""
    for first, last in pairwise(sorted(years)):
        old, new = years[first], years[last]
        if decimal_of(new) < decimal_of(old) and not agree(old, new):
            return f"{printed(old, notation)} ({first}) > {printed(new, notation)} ({last})"
    return ""
