"""Results that sentences set beside their targets: in the order that the words say, and as shown.

What a performance measure shows below a sentence proves one number by the other: where the result
agrees, another target is a contradiction, and the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import PAIR, Trial, standing_of, weigh
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import Standing
from unbudget_check.model.number import agree, decimal_of, printed, scaled
from unbudget_check.model.prose import CaptionKind, Outturn, additions, numbers_of
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.number import Notation, Number
    from unbudget_check.model.prose import Comparison, Echo, Quantity, Series
    from unbudget_check.rulebook.rule import Rule


# A difference: where it is, and what the measure shows.
Contradiction = tuple["Quantity", "Number"]

# What is said of a target is said of the measure below: of 98 lone results in 31 documents all are
# those that it shows, or what a year added. Where the number has the words of the caption or of a
# series, too, its sentence says twice that it counts the same: 130 numbers of 132 did.
SAME_THING_BITS, SAME_WORDS_BITS = 6, 6
# So near below a sentence stands the caption of its measure.
MEASURE_PASSAGES_BELOW = 4
# What a measure counts stands among its first words: number of registers kept.
FIRST = 3


def check_target(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on words such as "exceeded" that result and target contradict.

    By the numbers of the sentence itself, or by those of the measure below it. Where less may be
    better, only equal numbers tell anything.
    """
    shown = rule.parameters["numbers"] == "measure"
    for comparison in facts.prose.comparisons:
        pair = _of_measure(comparison) if shown else _of_sentence(comparison)
        if pair is None or _holds(comparison, *pair):
            continue
        if agree(*pair) or not (_is_falling(comparison) or _is_unseen(facts, comparison)):
            said = _order(*pair, notation_in(facts, comparison.at))
            claims.remarks.append(Remark(number, comparison.at, text=said))


def check_target_unmet(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a target that is said to be met, and a sentence later not to be."""
    _ = rule
    outturns: defaultdict[int, list[Comparison]] = defaultdict(list)
    for comparison in facts.prose.comparisons:
        outturns[comparison.at.passage].append(comparison)
    for found in outturns.values():
        last = found[-1]
        if last.unmet and all(each.outturn is not Outturn.MISSED for each in found):
            claims.remarks.append(Remark(number, last.at, text=last.unmet))


def check_target_measure(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a result or target that is another in the performance measure.

    With proof "number" the other number of the sentence agrees with the measure. A lone number
    must have the words of the measure, or look like a misprint of what is shown: else it may count
    something else.
    """
    proved = rule.parameters["proof"] == "number"
    echoed = {each.quantity.span for each in facts.prose.echoes}
    for comparison in facts.prose.comparisons:
        for quantity, shown in _proved(comparison) if proved else _likely(comparison):
            words = SAME_WORDS_BITS if quantity.span in echoed else 0
            if proved or is_borne_out([(quantity.number, shown)], words):
                claims.remarks.append(Remark(number, quantity.span, shown))


def is_borne_out(pairs: Iterable[tuple[Number, Number]], words: int = 0) -> bool:
    """Whether numbers of a sentence are those that a measure shows, though some of them differ."""
    trials = []
    for stated, shown in pairs:
        alike = agree(stated, shown)
        finest = min(stated.exponent, shown.exponent)
        value = scaled(stated, finest)
        trials.append(Trial(value, value if alike else scaled(shown, finest), terms=PAIR))
    return standing_of(weigh(trials, SAME_THING_BITS + words)) is Standing.BORNE_OUT


def is_contradicted(comparison: Comparison) -> bool:
    """Whether its own numbers or those of the measure contradict what is said of a target."""
    pair = _of_sentence(comparison)
    broken = pair is not None and not _holds(comparison, *pair)
    return broken or any(_proved(comparison)) or any(_likely(comparison))


def _of_sentence(comparison: Comparison) -> tuple[Number, Number] | None:
    """Result and target, where the sentence prints both and no measure shows others."""
    target = comparison.target
    if target is None or len(comparison.reached) != 1 or any(_proved(comparison)):
        return None
    if _is_added(comparison):
        return None
    pair = comparison.reached[0].number, target.number
    shown = [_latest(series) for series in comparison.series]
    is_shown = any(p is not None and agree(r, pair[0]) and agree(p, pair[1]) for r, p in shown)
    return pair if comparison.is_alike or is_shown else None


def _of_measure(comparison: Comparison) -> tuple[Number, Number] | None:
    """Result and target as shown, where the sentence prints only one of the two."""
    target, shown = comparison.target, [_latest(series) for series in comparison.series]
    if target is not None and comparison.reached:
        return None
    pairs = [
        (reached, planned)
        for reached, planned in shown
        if planned is not None
        and (agree(planned, target.number) if target else _is_among(reached, comparison))
    ]
    return pairs[0] if len(pairs) == 1 else None


def _is_falling(comparison: Comparison) -> bool:
    """Whether less may be better: the measure goes down, or without one the words suggest it."""
    fallen = [_goes_down(each) for each in comparison.series if each.planned]
    return any(fallen) if fallen else comparison.falls


def _is_unseen(facts: DocumentFacts, comparison: Comparison) -> bool:
    """Whether a figure below shows the measure, unread: it may say that less is better."""
    if comparison.series:
        return False
    last = comparison.at.passage + MEASURE_PASSAGES_BELOW
    below = (each for each in facts.prose.captions if comparison.at.passage < each.passage <= last)
    return next((each.kind for each in below), None) is CaptionKind.FIGURE


def _goes_down(series: Series) -> bool:
    first, last = series.reached[min(series.reached)], series.planned[max(series.planned)]
    return decimal_of(last) < decimal_of(first)


def _proved(comparison: Comparison) -> Iterator[Contradiction]:
    """The number that differs from the measure, where the other one agrees."""
    target = comparison.target
    if target is None:
        return
    shown = [_latest(series) for series in comparison.series]
    pairs = [(reached, planned) for reached, planned in shown if planned is not None]
    by_result = [pair for pair in pairs if _is_among(pair[0], comparison)]
    by_target = [pair for pair in pairs if agree(pair[1], target.number)]
    if len(by_result) == 1 and not by_target:
        yield target, by_result[0][1]
    lone = len(comparison.reached) == 1 and not _is_added(comparison)
    if len(by_target) == 1 and not by_result and lone:
        yield comparison.reached[0], by_target[0][0]


def _likely(comparison: Comparison) -> Iterator[Contradiction]:
    """A lone number that differs from the only measure, which bears out the words."""
    if len(comparison.series) != 1:
        return
    (series,) = comparison.series
    if any(
        agree(each.number, known) for each in comparison.reached for known in numbers_of(series)
    ):
        return  # of another year, or what the last one added
    reached, planned = _latest(series)
    target, found = comparison.target, comparison.reached
    if planned is None:
        alone = len(found) == 1 and _is_counted(found[0].noun, series)
        if alone and not agree(found[0].number, reached):
            yield found[0], reached
    elif not _holds(comparison, reached, planned):
        return
    elif target is not None and not found and not agree(target.number, planned):
        yield target, planned
    elif target is None and len(found) == 1 and not agree(found[0].number, reached):
        yield found[0], reached


def _is_added(comparison: Comparison) -> bool:
    """Whether the result is what a year added to the level that the target speaks of."""
    return any(
        _is_among(gain, comparison) and not _is_among(_latest(series)[0], comparison)
        for series in comparison.series
        for gain in additions(series)
    )


def _is_counted(noun: str, series: Series) -> bool:
    """Whether a series counts what a number of the sentence counts: beside it, or in its name."""
    beside = series.nouns.get(max(series.reached))
    if beside is not None or not noun:
        return noun == beside
    return noun in series.name.split()[:FIRST]


def _latest(series: Series) -> tuple[Number, Number | None]:
    """The last result that a series shows, and the target of that year."""
    year = max(series.reached)
    return series.reached[year], series.planned.get(year)


def _is_among(number: Number, comparison: Comparison) -> bool:
    return any(agree(number, each.number) for each in comparison.reached)


def _holds(comparison: Comparison, reached: Number, target: Number) -> bool:
    """Whether result and target stand as the words say, or may do so before rounding."""
    if reached.exponent != target.exponent and agree(reached, target):
        return True
    one, other = decimal_of(reached), decimal_of(target)
    match comparison.outturn:
        case Outturn.EXCEEDED:
            return one > other
        case Outturn.MET:
            return one >= other
        case Outturn.MISSED:
            return one < other


def _order(one: Number, other: Number, notation: Notation) -> str:
    """Two numbers as they stand to each other: 12 < 13."""
    left, right = decimal_of(one), decimal_of(other)
    sign = "=" if left == right else "<" if left < right else ">"
    return f"{printed(one, notation)} {sign} {printed(other, notation)}"


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
