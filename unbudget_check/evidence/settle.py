"""Which readings of the checks are told: each is weighed against its own figures and its rivals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import (
    BORNE_OUT_BITS,
    PAIR,
    Trial,
    gain_of,
    ratio_trial,
    standing_of,
    weigh,
)
from unbudget_check.model.claims import CERTAIN, Claims
from unbudget_check.model.facts import Reading, Settled, Standing, Weight
from unbudget_check.model.number import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.claims import PercentClaim, Relation
    from unbudget_check.model.number import Number

# The rest of a document supports a reading by no more than this: five figures in a row that
# contradict it are an error made five times, a dozen are another reading.
MOST_SUPPORT_BITS = 56
# Words alone make a reading nearly certain from odds of 32 to 1: what it breaks is then a note.
PLAIN_WORDS_BITS = 5


def settle(claims: Claims, numbers: Sequence[Number], counts: Sequence[bool]) -> Claims:
    """The claims without the ties of readings that the document does not bear out.

    A refuted reading writes nothing and is listed as skipped; of an undecided one the ties that
    hold stay, and those that fail only where its words are plain. A tie that was written before,
    perhaps solved for another figure, is not written again; one that somebody doubts gives way.
    """
    trials: defaultdict[int, list[Trial]] = defaultdict(list)
    for at, reading in enumerate(claims.readings):
        trials[at] += [trial_of(terms, numbers, counts) for terms in reading.witnesses]
    tried = [trial_of(tie.terms, numbers, counts) for tie in claims.ties]
    for tie, trial in zip(claims.ties, tried, strict=True):
        if tie.reading != CERTAIN and not tie.excuse:
            sums = claims.readings[tie.reading].sums
            trials[tie.reading].append(trial._replace(sums=True) if sums else trial)
    for claim in claims.percentages:
        if claim.reading != CERTAIN and not claim.excuse:
            trials[claim.reading].append(_percent_trial(claim, numbers))
    weights = [weigh(trials[at], each.prior) for at, each in enumerate(claims.readings)]
    weights = _supported(claims.readings, weights)
    broken = [tie for tie, trial in zip(claims.ties, tried, strict=True) if not trial.holds]
    for at, bits in _agreeing(claims, broken, numbers).items():
        weights[at] = replace(weights[at], prior=weights[at].prior + bits)
    settled = tuple(_against_rivals(claims.readings, weights))
    found = Claims(
        readings=claims.readings,
        remarks=claims.remarks,
        skipped=claims.skipped,
        settled=settled,
        computed=claims.computed,
        unevaluated=claims.unevaluated,
    )
    told = [
        (_key(tie), tie)
        for tie, trial in zip(claims.ties, tried, strict=True)
        if _is_told(tie.reading, settled)
        or (_holds_undecided(tie.reading, settled) and trial.holds)
    ]
    plain = {key for key, tie in told if not tie.doubt}
    written: set[tuple[tuple[int, int], ...]] = set()
    for key, tie in told:
        if key not in written and not (tie.doubt and key in plain):
            written.add(key)
            _write(found, tie)
    found.percentages += [
        claim
        for claim in claims.percentages
        if _is_told(claim.reading, settled)
        or (_holds_undecided(claim.reading, settled) and _percent_trial(claim, numbers).holds)
    ]
    return found


def _agreeing(
    claims: Claims, broken: Iterable[Relation], numbers: Sequence[Number]
) -> dict[int, int]:
    """Reading -> the bits by which one of another kind names the same figure, and its value.

    Both fail by themselves; that they would both hold with one other value of the only figure that
    they share is no chance.
    """
    named: defaultdict[tuple[int, int, int], list[tuple[int, frozenset[int]]]] = defaultdict(list)
    for tie in (tie for tie in broken if not tie.excuse):
        figures = frozenset(figure for figure, _ in tie.terms)
        finest = min(numbers[figure].exponent for figure in figures)
        missed = sum(scaled(numbers[figure], finest) * weight for figure, weight in tie.terms)
        for figure, weight in tie.terms:
            value, rest = divmod(scaled(numbers[figure], finest) * weight - missed, weight)
            if value and not rest:
                exponent, units = finest, value
                while units % 10 == 0:
                    exponent, units = exponent + 1, units // 10
                named[figure, units, exponent].append((tie.reading, figures))
    found: dict[int, int] = {}
    for (figure, units, _), told in named.items():
        for (one, its), (other, others) in permutations(told, 2):
            if one != CERTAIN and its & others == {figure} and _differ(claims, one, other):
                bits = gain_of(Trial(units, units, terms=PAIR))
                found[one] = max(found.get(one, 0), bits)
    return found


def _differ(claims: Claims, one: int, other: int) -> bool:
    """Whether two readings are of different kinds: those of one kind may be wrong together."""
    return other == CERTAIN or claims.readings[one].kind != claims.readings[other].kind


def trial_of(
    terms: Sequence[tuple[int, int]],
    numbers: Sequence[Number],
    counts: Sequence[bool],
    *,
    sums: bool = False,
) -> Trial:
    """A tie between figures as a trial, in the finest unit of its figures."""
    finest = min([numbers[figure].exponent for figure, _ in terms])
    amounts = []
    allowance = 0
    for figure, weight in terms:
        number = numbers[figure]
        unit = int(10 ** (number.exponent - finest)) * weight
        amounts.append(number.units * unit)
        if not counts[figure]:
            allowance += number.step * abs(unit)
    stated, *others = amounts
    figures = tuple([-each for each in others])
    addends = len(others) - others.count(0)
    return Trial(stated, sum(figures), allowance, addends, len(terms), 0, sums, figures)


def _percent_trial(claim: PercentClaim, numbers: Sequence[Number]) -> Trial:
    stated, part, base = (numbers[each] for each in (claim.stated, claim.part, claim.base))
    power, growth, rounded = claim.power, claim.growth, claim.rounded
    return ratio_trial(stated, part, base, power=power, growth=growth, rounded=rounded)


def _supported(readings: Sequence[Reading], weights: Sequence[Weight]) -> list[Weight]:
    """The weights with the figures of like readings elsewhere as further bits before their own."""
    sums: defaultdict[object, int] = defaultdict(int)
    for reading, weight in zip(readings, weights, strict=True):
        for key in reading.alike:
            sums[key] += weight.gain - weight.loss
    found = []
    for reading, weight in zip(readings, weights, strict=True):
        others = sum(sums[key] - weight.gain + weight.loss for key in reading.alike)
        support = max(min(others, MOST_SUPPORT_BITS), -MOST_SUPPORT_BITS)
        found.append(replace(weight, prior=weight.prior + support) if support else weight)
    return found


def _against_rivals(readings: Sequence[Reading], weights: Sequence[Weight]) -> Iterable[Settled]:
    """Each reading with its standing: of rivals, the one with most evidence, if it wins clearly."""
    contests: defaultdict[object, list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        contests[at if reading.contest is None else reading.contest].append(at)
    found: dict[int, Settled] = {}
    for rivals in contests.values():
        first, *others = sorted(rivals, key=lambda at: (-weights[at].bits, weights[at].failed, at))
        second = weights[others[0]] if others else None
        standing = standing_of(weights[first])
        close = second is not None and weights[first].bits - second.bits < BORNE_OUT_BITS
        if close and weights[first].failed and standing is Standing.BORNE_OUT:
            standing = Standing.UNDECIDED
        found[first] = Settled(readings[first], weights[first], standing, second)
        for at in others:
            found[at] = Settled(readings[at], weights[at], Standing.REFUTED, weights[first])
    return (found[at] for at in range(len(readings)))


def _is_told(reading: int, settled: Sequence[Settled]) -> bool:
    """Whether all ties of a reading are judged, those that fail with them."""
    if reading == CERTAIN:
        return True
    found = settled[reading]
    plain = found.standing is Standing.UNDECIDED and found.reading.prior >= PLAIN_WORDS_BITS
    return found.standing is Standing.BORNE_OUT or plain


def _holds_undecided(reading: int, settled: Sequence[Settled]) -> bool:
    return settled[reading].standing is Standing.UNDECIDED


def refused(claims: Claims) -> Iterator[Settled]:
    """The readings that fail and are not told; one that lost to a better rival is no news."""
    for at, found in enumerate(claims.settled):
        other = found.runner_up
        lost = other is not None and other.bits > found.weight.bits
        if found.weight.failed and not lost and not _is_told(at, claims.settled):
            yield found


def _key(tie: Relation) -> tuple[tuple[int, int], ...]:
    """What two ties share that tie the same figures in the same way."""
    ordered = sorted(tie.terms)
    sign = ordered[0][1]
    return tuple((figure, coefficient * sign) for figure, coefficient in ordered)


def _write(found: Claims, tie: Relation) -> None:
    """Write a tie into the matrix."""
    found.matrix.append(tie.terms, tie.rule, found.places.setdefault(tie.place, len(found.places)))
    found.kept.append(tie)
