"""How a relation came out: exact, within rounding (drift or implausible), impossible, unchecked."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Verdict(IntEnum):
    """The grade of one relation, from held exactly to proved wrong."""

    EXACT = 0  # holds to the last digit
    DRIFT = 1  # inside the provable bound, in a place that drifts
    IMPLAUSIBLE = 2  # inside the bound, but not to be expected there
    IMPOSSIBLE = 3  # outside the bound: no rounding can explain it


class Rounding(StrEnum):
    """How the author rounded; the mode decides which ends of a figure's interval belong to it."""

    UNKNOWN = "unknown"
    HALF_AWAY = "half-away"
    HALF_EVEN = "half-even"
    TRUNCATED = "truncated"
