"""How much figures speak for or against a reading, in bits (logarithms of odds, base 2).

A tie that holds speaks for a reading by how unlikely that is by chance: the significant digits of
the figure, less what rounding allows. A tie that fails speaks against it, since a published figure
is seldom wrong, and less so where the difference looks like a misprint, which chance seldom gives.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.evidence.slips import cost_of, slip_between
from unbudget_check.model.facts import Standing, Weight
from unbudget_check.model.finding import Confidence
from unbudget_check.model.number import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.facts import Settled
    from unbudget_check.model.number import Number

    # An amount, and twice what rounding may hide of it.
    Amount = tuple[int, int]

# A published figure is wrong once in 300 to 1,000 (measured on 36 fascicles): 2**-9.
FAILURE_BITS = 9
# A failure always speaks against a reading, however well a misprint explains it.
LEAST_LOSS_BITS = 2
# A total that was left out is the commonest slip.
MISSING_BITS = 6
# A row that nobody filled in is one slip, however many columns it breaks.
EMPTY_ROW_BITS = 4
# A difference of half a total or more is no part that was forgotten.
FAR_BITS = 8
# A sum of one figure and nils repeats that figure, as many wrong readings do.
COPY_BITS = 1
# An item, its subtotal and its totals fail by the same amount; more rows than that are no one slip.
MOST_LINKED_ROWS = 6
# Two figures that are held against each other, and nothing else.
PAIR = 2
# Quotients of unrelated amounts lie in any of three orders of magnitude, and have either sign.
SPREAD_BITS = 3
# Rounding of part and base may hide so many units of a rate before they prove nothing of it.
COARSEST = 16
# No single tie proves more than this: figures that belong together resemble each other.
MOST_GAIN_BITS = 12
# Costs of slips are thousandths of natural logarithms; so many are one bit.
NATS_A_BIT = 693
# Of columns whose headings name a base, a change, its factors, an estimate or a percentage, one
# in a thousand means something else by them.
HEADINGS_BITS = 10
# However plain, words alone never outweigh figures that contradict them.
MOST_WORDS_BITS = 16
# Odds of 16 to 1 bear a reading out; odds below 1 refute it.
BORNE_OUT_BITS = 4
# Margins from which findings are reported with high and with medium confidence (make bench-accuracy
# prints how often findings of each were true in the audited documents).
HIGH_BITS, MEDIUM_BITS = 16, 8


class Trial(NamedTuple):
    """One tie of a reading: what is stated against what the other figures make of it.

    All in one unit. The tie holds where ``2 * abs(stated - computed) <= allowance``. ``addends``
    counts the figures other than nil that were added up, ``terms`` all of them with the stated.
    ``spread`` are the bits of a quotient beyond its digits: quotients of figures that do not belong
    together lie orders of magnitude apart, and have either sign. Where ``sums`` is true, parts are
    added up: a total of them that was left out is the commonest slip.
    ``figures`` are those that make up what is computed, where each may be the misprinted one.
    """

    stated: int
    computed: int
    allowance: int = 0
    addends: int = 2
    terms: int = 3
    spread: int = 0
    sums: bool = False
    figures: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether rounding explains the difference."""
        return 2 * abs(self.stated - self.computed) <= self.allowance


NOTHING = Trial(0, 0)


def in_one_unit(numbers: Sequence[Number], *, rounded: bool = False) -> list[Amount]:
    """The numbers in the finest unit of them all; with ``rounded`` whole ones are not exact."""
    finest = min(number.exponent for number in numbers)
    return [(scaled(n, finest), _half(n, finest, rounded=rounded)) for n in numbers]


def _half(number: Number, finest: int, *, rounded: bool) -> int:
    """Twice what rounding may hide of an amount; whole numbers are mostly taken to be exact."""
    is_exact = number.exponent >= 0 and not rounded
    return 0 if is_exact else int(10 ** (number.exponent - finest))


def quotient_trial(rate: Number, part: Number, base: Number) -> Trial:
    """That a rate is a part over its base in per cent, in units of the rate's last digit."""
    over, under = in_one_unit((part, base))
    return rate_trial(rate, over, under)


def ratio_trial(
    rate: Number, part: Number, base: Number, *, power: int, growth: bool, rounded: bool
) -> Trial:
    """That a rate is a part over its base, or what the part has more, times a power of ten.

    ``rounded`` says that whole numbers, too, stand for what was rounded to them.
    """
    over, under = in_one_unit((part, base), rounded=rounded)
    return (growth_trial if growth else rate_trial)(rate, over, under, power)


def growth_trial(rate: Number, later: Amount, base: Amount, power: int = 2) -> Trial:
    """That an amount exceeds a base in the same unit by so much per cent."""
    return rate_trial(rate, (later[0] - base[0], later[1] + base[1]), base, power)


def rate_trial(rate: Number, part: Amount, base: Amount, power: int = 2) -> Trial:
    """The same of a part and a base in one unit; ``power`` is 0 for a plain quotient."""
    (over, part_hides), (under, base_hides) = part, base
    if not under:
        return NOTHING  # nothing is a percentage of nothing
    digits = power - rate.exponent
    if digits < 0:
        finer = int(10**-digits)
        under, base_hides = under * finer, base_hides * finer
    hundred = int(10 ** max(digits, 0))
    hidden = hundred * part_hides + abs(rate.units) * base_hides
    size = abs(under)
    if hidden >= COARSEST * size:
        return NOTHING  # so coarse that nearly any rate is theirs
    if 2 * abs(rate.units * under - hundred * over) <= rate.step * size + hidden:
        computed = rate.units
    else:
        whole, rest = divmod(hundred * abs(over), size)
        whole += 2 * rest >= size
        computed = whole if (over < 0) == (under < 0) else -whole
    return Trial(rate.units, computed, rate.step + hidden // size, spread=SPREAD_BITS)


def weigh(trials: Iterable[Trial], prior: int = 0) -> Weight:
    """The evidence of all ties of one reading.

    Ties that state the same figure, or that fail by the same amount, follow from one another more
    often than not (Other, Total and Estimate that differ alike) and count once. Quotients do not
    follow from one another, but one that repeats another says little more than a copy: there may be
    one rate in all rows. A total, or a row of parts, that nobody filled in is one slip.
    """
    holding: list[Trial] = []
    broken: list[Trial] = []
    for trial in trials:
        if trial.stated or trial.computed:
            (holding if trial.holds else broken).append(trial)
    gains = _gains(holding)
    is_one_slip = len(broken) > 1 and _have_an_empty_row(broken)
    losses = [EMPTY_ROW_BITS] if is_one_slip else _losses(broken)
    return Weight(len(gains), len(losses), sum(gains), sum(losses), prior)


def _gains(holding: Iterable[Trial]) -> list[int]:
    """The bits of each tie that holds and does not follow from another."""
    stated: dict[int, int] = {}
    rates: dict[int, list[int]] = {}
    for trial in holding:
        gain = gain_of(trial)
        if trial.spread:
            again = rates.setdefault(trial.stated, [])
            again.append(min(gain, COPY_BITS) if again else gain)
        else:
            size = abs(trial.stated)
            stated[size] = max(stated.get(size, 0), gain)
    return [*stated.values(), *chain.from_iterable(rates.values())]


def _losses(broken: Iterable[Trial]) -> list[int]:
    """The bits of each tie that fails and does not follow from another."""
    failed: dict[tuple[int, int], int] = {}
    times: Counter[int] = Counter()
    for at, trial in enumerate(broken, 1):
        left_out = trial.sums and not trial.stated
        missed = 0 if left_out else abs(trial.stated - trial.computed)
        slip = missed, -at if trial.spread else times[missed] // MOST_LINKED_ROWS
        times[missed] += 1
        failed[slip] = min(failed.get(slip, FAILURE_BITS), loss_of(trial))
    return list(failed.values())


def _have_an_empty_row(broken: Sequence[Trial]) -> bool:
    """Whether one part is nil in every sum that fails, and what is missing is a small part."""
    size = len(broken[0].figures)
    if not all(trial.sums and len(trial.figures) == size for trial in broken):
        return False
    is_empty = not all(map(any, zip(*(trial.figures for trial in broken), strict=True)))
    return is_empty and max(map(loss_of, broken)) <= FAR_BITS


def gain_of(trial: Trial) -> int:
    """The bits of a tie that holds: how unlikely by chance.

    Noughts at the end say nothing, and neither do the digits that rounding may change.
    """
    bits = abs(trial.stated).bit_length() - (trial.allowance + 1).bit_length()
    bits = max(bits if trial.spread else min(bits, significance(trial.stated)), 0) + trial.spread
    is_copy = trial.terms > PAIR and trial.addends < PAIR
    return min(bits, COPY_BITS if is_copy else MOST_GAIN_BITS)


def loss_of(trial: Trial) -> int:
    """The bits of a tie that fails: fewer where a misprint, or a small difference, explains it."""
    if trial.sums and not trial.stated:
        return MISSING_BITS
    return _loss(trial.stated, trial.computed, trial.figures)


@lru_cache(maxsize=65536)
def _loss(stated: int, computed: int, figures: tuple[int, ...]) -> int:
    """The same of bare figures: the readings of a table try the same sums again and again.

    A misprint of any of its figures does; the more there are, the more easily one does by chance.
    Noughts that all figures end in say nothing: 12,000 for 10,000 is 12 for 10.
    """
    parts: Sequence[int] = figures
    if stated % 10 == computed % 10 == 0:
        stated, computed, *parts = _without_noughts(stated, computed, *figures)
    missed = stated - computed
    widest = max(abs(stated), abs(computed)).bit_length()
    close = FAILURE_BITS - max(widest - missed.bit_length() - 1, 0)
    if close <= LEAST_LOSS_BITS:
        return LEAST_LOSS_BITS
    costs = [
        cost_of(slip, *pair) // NATS_A_BIT
        for pair in ((stated, computed), *((each, each + missed) for each in parts))
        # Nil stands for so much that a figure in its place shows no misprint.
        if all(pair) and (slip := slip_between(*pair)) is not None
    ]
    misprint = FAILURE_BITS + min(costs, default=widest) + len(parts).bit_length() - widest
    return max(min(close, misprint, FAILURE_BITS), LEAST_LOSS_BITS)


def _without_noughts(*amounts: int) -> tuple[int, ...]:
    """The amounts in the largest power of ten that divides them all."""
    digits = str(gcd(*amounts))
    power = int(10 ** (len(digits) - len(digits.rstrip("0")))) if any(amounts) else 1
    return tuple(amount // power for amount in amounts)


def significance(value: int) -> int:
    """How much a figure says, in bits: round figures meet by chance more easily."""
    value = abs(value)
    while value and value % 10 == 0:
        value //= 10
    return value.bit_length()


def standing_of(weight: Weight) -> Standing:
    """Whether the document bears a reading out.

    A reading that more than half of its ties break is a wrong reading, whatever the others say,
    unless the rest of the document bears it out better than these break it.
    """
    is_broken = weight.said > 1 and weight.failed > weight.held
    if weight.bits < 0 or (is_broken and weight.prior <= max(weight.loss, MOST_WORDS_BITS)):
        return Standing.REFUTED
    return Standing.BORNE_OUT if weight.bits >= BORNE_OUT_BITS else Standing.UNDECIDED


def is_doubtful(weight: Weight, rare: int) -> bool:
    """Whether a reading is refuted, or has more failures than one in ``rare`` of its ties.

    A single failure is a slip. A rule that no word announces may hold with exceptions.
    """
    is_crowd = weight.failed > 1 and weight.failed * rare > weight.said
    return is_crowd or standing_of(weight) is Standing.REFUTED


def confidence_of(settled: Settled) -> Confidence:
    """The confidence of what a reading finds: the margin of its evidence, calibrated."""
    if settled.standing is not Standing.BORNE_OUT or settled.margin < MEDIUM_BITS:
        return Confidence.LOW
    return Confidence.HIGH if settled.margin >= HIGH_BITS else Confidence.MEDIUM
