"""Whether each stated percentage can be the quotient of its part and its base, as printed.

All three stand for intervals. The quotients of two intervals are an interval again while the base
cannot be nothing, and it must meet that of the percentage. Nothing is ever divided: a/b <= p is
asked as a <= p*b. Counts have no width. Printed figures are used because readers have no others;
an author who divides unrounded amounts stays within the bound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.judgement.residuals import Intervals, intervals_of, mirrored
from unbudget_check.model.outcome import Bound, Rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Percentages

# Every product stays below this, or exact Python integers take over.
ROOM = 2**62
# Percentages taken up at a time: few enough to stay in the cache.
CHUNK = 2**14


def judge_percentages(
    figures: Figures, percentages: Percentages, rounding: Rounding = Rounding.UNKNOWN
) -> NDArray[np.int8]:
    """One ``Bound`` a percentage.

    EXACT: the quotient of the printed figures, rounded half away from zero (or by the known mode)
    at the precision of the percentage. WITHIN: explained only by the rounding of part and base.
    BEYOND: by nothing. UNJUDGED: the base is nil, or so coarse that it may be. A dash is nil at
    the quantum of its column.
    """
    bounds = np.zeros(len(percentages), dtype=np.int8)
    for start in range(0, len(percentages), CHUNK):
        rows = slice(start, start + CHUNK)
        bounds[rows] = _bounds(figures, percentages, rows, rounding)
    return bounds


def _bounds(
    figures: Figures, percentages: Percentages, rows: slice, rounding: Rounding
) -> NDArray[np.int8]:
    """The bounds of a few percentages."""
    numbers = [each[rows] for each in (percentages.stated, percentages.parts, percentages.bases)]
    values = [figures.values.take(each) for each in numbers]
    quanta = [figures.quanta.take(each) for each in numbers]
    if not _fit(values, quanta, int(percentages.powers[rows].max(initial=0)) - figures.scale):
        values = [each.astype(object) for each in values]
    stated, part, base = (
        intervals_of(*each, rounding) for each in zip(values, quanta, strict=True)
    )
    mode = Rounding.HALF_AWAY if rounding is Rounding.UNKNOWN else rounding
    quotient = intervals_of(values[0], quanta[0], mode)
    part_alone, base_alone = (intervals_of(each, 0 * each, rounding) for each in values[1:])
    bounds = np.full(len(values[0]), Bound.BEYOND, dtype=np.int8)
    hundred, one, shift = _units(percentages, rows, figures.scale, values[0].dtype)
    bounds[_meet(_shifted(stated, shift), part, base, hundred, one)] = Bound.WITHIN
    exact = _shifted(quotient, shift), part_alone, base_alone
    bounds[_meet(*exact, hundred, one)] = Bound.EXACT
    bounds[(base.low <= 0) & (base.high >= 0)] = Bound.UNJUDGED
    return bounds


def _units(
    percentages: Percentages, rows: slice, scale: int, kind: np.dtype[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Twice 100 (or another power) and 1 in units of the vector, and twice what a growth lacks."""
    powers = [int(power) - scale for power in percentages.powers[rows]]
    hundred = np.array([2 * 10 ** max(power, 0) for power in powers], dtype=kind)
    one = np.array([10 ** max(-power, 0) for power in powers], dtype=kind)
    return hundred, one, hundred * percentages.growths[rows]


def _shifted(stated: Intervals, shift: NDArray[Any]) -> Intervals:
    """The stated growth with the base itself added: 105 per cent for a growth of 5."""
    return replace(stated, low=stated.low + shift, high=stated.high + shift)


def _meet(
    stated: Intervals, part: Intervals, base: Intervals, hundred: NDArray[Any], one: NDArray[Any]
) -> NDArray[np.bool_]:
    """Whether 100 * part / base can be the stated percentage; meaningless where a base may be 0.

    The smallest quotient is that of the smallest part, over the largest base while the part is
    positive and over the smallest base when it is negative; the largest quotient correspondingly.
    """
    turned = base.high < 0
    part, base = mirrored(part, turned), mirrored(base, turned)
    least = np.where(part.low > 0, base.high, base.low)
    owns_least = np.where(part.low > 0, base.owns_high, base.owns_low) | (part.low == 0)
    most = np.where(part.high > 0, base.low, base.high)
    owns_most = np.where(part.high > 0, base.owns_low, base.owns_high) | (part.high == 0)
    under = hundred * part.low - one * stated.high * least
    over = hundred * part.high - one * stated.low * most
    reaches_down = (under < 0) | ((under == 0) & part.owns_low & owns_least & stated.owns_high)
    reaches_up = (over > 0) | ((over == 0) & part.owns_high & owns_most & stated.owns_low)
    meet: NDArray[np.bool_] = reaches_down & reaches_up
    return meet


def _fit(values: list[NDArray[Any]], quanta: list[NDArray[Any]], digits: int) -> bool:
    """Whether no product of two ends can overflow 64 bits; a quotient has so many more digits."""
    if any(each.dtype == object for each in (*values, *quanta)):
        return False
    stated, part, base = (
        2 * int(np.abs(value).max(initial=0)) + 2 * int(quantum.max(initial=0)) + 1
        for value, quantum in zip(values, quanta, strict=True)
    )
    one, hundred = int(10 ** max(-digits, 0)), 2 * int(10 ** max(digits, 0))
    return max(hundred * part, one * (stated + hundred) * base) < ROOM
