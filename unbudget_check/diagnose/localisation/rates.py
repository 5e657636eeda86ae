"""Which changes of one of its three figures would make a stated percentage possible.

A percentage is a tie of three intervals, 100 x part = stated x base (see ``judge.percentages``).
Solved for one figure, the two others give an interval again; everything is doubled, because half
a quantum is no whole number, and nothing is ever divided but by whole numbers, rounded inwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Wider than any printed amount: no bound.
FAR = 10**40


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage: figure numbers, their quanta, and 100 and 1 in units of the vector.

    ``shift`` is what a growth lacks of the quotient: 100 per cent, else 0.
    """

    stated: int
    part: int
    base: int
    quanta: tuple[int, int, int]
    hundred: int
    one: int
    shift: int = 0


def span_of_rate(rate: Rate, figure: int, values: Mapping[int, int]) -> tuple[int, int]:
    """The lowest and highest value of one figure that the two others allow; low > high for none."""
    figures, shifts = (rate.stated, rate.part, rate.base), (rate.shift, 0, 0)
    stated, part, base = (
        (2 * (values[f] + more) - q, 2 * (values[f] + more) + q)
        for f, q, more in zip(figures, rate.quanta, shifts, strict=True)
    )
    if figure == rate.stated:
        low, high = _stated(rate, part, base)
        return low - rate.shift, high - rate.shift
    if figure == rate.part:
        return _part(rate, stated, base)
    return _base(rate, stated, part, values[rate.base])


def middle(low: int, high: int) -> int:
    """The middle of a range; of one without an end, the end that it has."""
    if high >= FAR // 2:
        return low
    return high if low <= -FAR // 2 else (low + high) // 2


def _stated(rate: Rate, part: tuple[int, int], base: tuple[int, int]) -> tuple[int, int]:
    part, base = _upright(part, base)
    if base[0] <= 0:
        return 1, 0
    # Multiples of 2 * one, over the base that makes the quotient smallest and largest.
    least = base[1] if part[0] > 0 else base[0]
    most = base[0] if part[1] > 0 else base[1]
    quantum, one = rate.quanta[0], rate.one
    low = _up(2 * rate.hundred * part[0] - quantum * one * least, 2 * one * least)
    high = _down(2 * rate.hundred * part[1] + quantum * one * most, 2 * one * most)
    return low, high


def _part(rate: Rate, stated: tuple[int, int], base: tuple[int, int]) -> tuple[int, int]:
    if base[0] <= 0 <= base[1]:
        return 1, 0
    products = [rate.one * s * b for s in stated for b in base]
    reach = 2 * rate.hundred * rate.quanta[1]
    return (
        _up(min(products) - reach, 4 * rate.hundred),
        _down(max(products) + reach, 4 * rate.hundred),
    )


def _base(rate: Rate, stated: tuple[int, int], part: tuple[int, int], base: int) -> tuple[int, int]:
    """The base must be so large, and while the percentage is no nil, not larger than so."""
    if base < 0:
        low, high = _base(rate, stated, (-part[1], -part[0]), -base)
        return -high, -low
    if stated[1] < 0 or (stated[0] <= 0 and part[1] < 0):
        part, stated = (-part[1], -part[0]), (-stated[1], -stated[0])
    quantum, most, least = rate.quanta[2], rate.one * stated[1], rate.one * stated[0]
    if part[1] < 0 or (part[0] > 0 and most <= 0):
        return 1, 0
    low = _up(2 * rate.hundred * part[0] - quantum * most, 2 * most) if part[0] > 0 else 1
    high = _down(2 * rate.hundred * part[1] + quantum * least, 2 * least) if least > 0 else FAR
    return low, high


def _upright(
    part: tuple[int, int], divisor: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both with their signs turned where the divisor is negative."""
    if divisor[1] >= 0:
        return part, divisor
    return (-part[1], -part[0]), (-divisor[1], -divisor[0])


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _down(numerator: int, denominator: int) -> int:
    return numerator // denominator
