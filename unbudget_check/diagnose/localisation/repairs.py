"""What a suspect figure should be: every value that its ties allow, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.rates import middle
from unbudget_check.evidence.slips import Slip, cost_of, slip_between

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from unbudget_check.diagnose.localisation.board import Board, Span
    from unbudget_check.diagnose.localisation.rates import Rate

# A wider range of values is given as a range only; slips would explain it by chance.
WIDEST = 120


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the figures beside their ties.

    ``step`` tells the weight of its last printed digit in units of the vector, ``copied`` from
    where a printed figure may have been copied, or None, and ``odd`` how unlikely a value is in
    its place, as a cost; ``doubtful`` figures are written wrongly, and suspected before all others.
    """

    step: Callable[[int], int]
    copied: Callable[[int], Slip | None]
    odd: Callable[[int, int], int]
    doubtful: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of a figure, the slip that it would undo, and how unlikely all that is."""

    change: int
    slip: Slip | None
    cost: int


def repairs_of(board: Board, hints: Hints, figure: int, span: Span) -> tuple[Repair, ...]:
    """The changes within a span, the likeliest first; none where the span is wide."""
    value, step = board.values[figure], hints.step(figure)
    low, high = -(-(value + span[0]) // step), (value + span[1]) // step
    if low > high or value % step:
        # Exact ties of finer figures: the right one has digits that are not printed here.
        step, low, high = 1, value + span[0], value + span[1]
    values = range(low, high + 1) if high - low < WIDEST else ()
    found = [_repair(board, hints, figure, step, v) for v in values if v * step != value]
    return tuple(sorted(found, key=lambda repair: (repair.cost, repair.change)))


def likeliest(repairs: Sequence[Repair], span: Span) -> int:
    """The one change to try of those that serve equally well."""
    return repairs[0].change if repairs else middle(*span)


def _repair(board: Board, hints: Hints, figure: int, step: int, proposed: int) -> Repair:
    stated = board.values[figure] // step
    change = proposed * step - board.values[figure]
    slip = slip_between(stated, proposed)
    copied = hints.copied(figure) if slip in {None, Slip.VALUE} and stated else None
    slip = copied or slip
    return Repair(change, slip, cost_of(slip, stated, proposed) + _misfit(board, figure, change))


def _misfit(board: Board, figure: int, change: int) -> int:
    """How much less likely the sums of a figure become by chance of rounding, as a cost.

    The residual of a sum that drifts is close to normal, with a twelfth of the spread as variance;
    a sum that is broken as it stands says nothing about its likelihood before.
    """
    cost = 0
    for tie in board.touching[figure]:
        if tie in board.rates and board.rates[tie].stated == figure:
            cost += _misquoted(board, board.rates[tie], change)
        elif tie in board.sums and board.limits[tie] and board.spreads[tie]:
            before = board.residuals[tie] if board.holds(tie) else 0
            after = board.residuals[tie] + board.coefficients[tie, figure] * change
            cost += 6000 * (after * after - before * before) // board.spreads[tie]
    return cost


def _misquoted(board: Board, rate: Rate, change: int) -> int:
    """How far a percentage is from the quotient of its part and base as they are printed."""
    values = board.values
    base = rate.one * values[rate.base]
    gap = base * (values[rate.stated] + change) - rate.hundred * values[rate.part]
    return abs(500 * gap // (base * max(rate.quanta[0], 1))) if base else 0
