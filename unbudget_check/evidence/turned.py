"""Columns of variances whose sign is turned in some rows: favourable for revenue, and for costs."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import Trial, is_doubtful, standing_of, weigh
from unbudget_check.model.facts import Turned
from unbudget_check.model.number import quantum_of, scaled
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.evidence.ratios import Line

# So many rows of either sign at least: fewer are a slip of the sign.
ENOUGH = 2
# Wider tables are not searched.
WIDEST = 12
# Errors are no more than one row in so many, or one.
RARE = 12


def find_turned(lines: Sequence[Line]) -> Iterator[Turned]:
    """The lines that are the difference of two others, or its opposite, in runs of places."""
    if not ENOUGH < len(lines) <= WIDEST:
        return
    for stated in range(len(lines)):
        others = [at for at in range(len(lines)) if at != stated]
        pairs = list(combinations(others, 2))
        for one, other in pairs:
            found = _turned(lines, (stated, one, other), len(pairs) * len(lines))
            if found is not None:
                yield found
                break


def _turned(lines: Sequence[Line], trio: tuple[int, int, int], tried: int) -> Turned | None:
    """The signs of all places, where both occur, they seldom change, and the figures agree."""
    signs: list[int] = []
    trials: list[Trial] = []
    for stated, one, other in zip(*(lines[at] for at in trio), strict=True):
        sign = signs[-1] if signs else 1
        if stated is not None and one is not None and other is not None:
            finest = min(each.exponent for each in (stated, one, other))
            amounts = [scaled(each, finest) for each in (stated, one, other)]
            hidden = sum(quantum_of(n, finest) for n in (stated, one, other) if n.exponent < 0)
            gap = amounts[1] - amounts[2]
            if gap and 2 * abs(amounts[0] + gap) <= hidden:
                sign = -1
            elif gap and 2 * abs(amounts[0] - gap) <= hidden:
                sign = 1
            trials.append(
                Trial(amounts[0], sign * gap, hidden, bool(amounts[1]) + bool(amounts[2]))
            )
            if len(trials) == ENOUGH + 1 and not any(t.holds for t in trials):
                return None
        signs.append(sign)
    told = [sign for sign, number in zip(signs, lines[trio[0]], strict=True) if number is not None]
    changes = sum(before != after for before, after in pairwise(told))
    weight = weigh(trials, -tried.bit_length() - changes * len(told).bit_length())
    is_mixed = min(told.count(1), told.count(-1)) >= ENOUGH
    is_sure = standing_of(weight) is Standing.BORNE_OUT and not is_doubtful(weight, RARE)
    if not is_mixed or not is_sure or weight.held < 2 * ENOUGH:
        return None
    return Turned(trio[0], (trio[1], trio[2]), tuple(signs), weight)
