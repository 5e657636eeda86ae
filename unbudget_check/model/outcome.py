"""How a relation came out: exact, within rounding (drift or implausible), impossible, unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Verdict(IntEnum):
    """The grade of one relation, from held exactly to proved wrong."""

    EXACT = 0  # holds to the last digit
    DRIFT = 1  # inside the provable bound, in a place that drifts
    IMPLAUSIBLE = 2  # inside the bound, but not to be expected there
    IMPOSSIBLE = 3  # outside the bound: no rounding can explain it


class Bound(IntEnum):
    """What rounding alone can say about one relation, before anything is known of its place."""

    EXACT = 0  # the printed figures agree to the last digit that they have in common
    WITHIN = 1  # they differ, but some true amounts behind them agree
    BEYOND = 2  # no amounts that print as these figures agree
    UNJUDGED = 3  # a percentage of a base that may be nothing


class Rounding(StrEnum):
    """How the author rounded; the mode decides which ends of a figure's interval belong to it."""

    UNKNOWN = "unknown"
    HALF_AWAY = "half-away"
    HALF_EVEN = "half-even"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """All linear relations of a run against the intervals of their figures, one entry a relation.

    ``residuals`` (stated minus computed) count units of ``10**scale`` of the figures. Doubled, so
    that whole numbers suffice: ``deviations`` is the residual measured from the middle of the
    intervals (twice the residual, unless the author truncated), ``allowances`` how far from there
    rounding can reach. ``spreads`` adds up the squares of coefficient x quantum: twelve times the
    variance of independent rounding. ``carriers`` counts the figures that are not nil and carry
    rounding, or is 0 where quanta differ. ``bounds`` holds values of ``Bound``.

    The first four have dtype int64, or object (exact Python integers) where 64 bits could
    overflow.
    """

    residuals: NDArray[Any]
    deviations: NDArray[Any]
    allowances: NDArray[Any]
    spreads: NDArray[Any]
    carriers: NDArray[np.int32]
    bounds: NDArray[np.int8]

    def __len__(self) -> int:
        """How many relations were judged."""
        return len(self.bounds)
