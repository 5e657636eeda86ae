"""Which true amounts a printed figure may stand for, by the way in which its author rounded.

| mode                | 12                      | 0                       | -12      |
|---------------------|-------------------------|-------------------------|----------|
| unknown             | 11.5 to 12.5            | -0.5 to 0.5             | mirrored |
| half away from zero | 11.5 up to but not 12.5 | between -0.5 and 0.5    | mirrored |
| half to even        | 11.5 to 12.5 (for 13 neither end) | -0.5 to 0.5   | mirrored |
| truncated           | 12 up to but not 13     | between -1 and 1        | mirrored |

A count (quantum 0) stands for itself. Ends are doubled, so that they are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.model.outcome import Rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Intervals:
    """One interval a figure: twice its ends, and whether the ends belong to it."""

    low: NDArray[Any]
    high: NDArray[Any]
    owns_low: NDArray[np.bool_]
    owns_high: NDArray[np.bool_]


def intervals_of(values: NDArray[Any], quanta: NDArray[Any], rounding: Rounding) -> Intervals:
    """The intervals of some figures, from their values and quanta."""
    below = above = quanta
    if rounding is Rounding.TRUNCATED:
        below, above = 2 * quanta * (values <= 0), 2 * quanta * (values >= 0)
    return Intervals(2 * values - below, 2 * values + above, *owned_ends(values, quanta, rounding))


def owned_ends(
    values: NDArray[Any], quanta: NDArray[Any], rounding: Rounding
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the low end and the high end of each figure's interval belong to it."""
    if rounding is Rounding.UNKNOWN:
        owned = np.ones(values.shape, dtype=np.bool_)
        return owned, owned
    if rounding is Rounding.HALF_EVEN:
        owned = values % np.where(quanta == 0, 1, 2 * quanta) == 0
        return owned, owned
    return (values > 0) | (quanta == 0), (values < 0) | (quanta == 0)


def mirrored(intervals: Intervals, where: NDArray[np.bool_]) -> Intervals:
    """The intervals of the same amounts with their signs turned, at some places only."""
    if not where.any():
        return intervals
    return Intervals(
        np.where(where, -intervals.high, intervals.low),
        np.where(where, -intervals.low, intervals.high),
        np.where(where, intervals.owns_high, intervals.owns_low),
        np.where(where, intervals.owns_low, intervals.owns_high),
    )
