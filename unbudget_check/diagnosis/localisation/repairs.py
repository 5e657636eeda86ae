"""What a suspect figure should be: every value that its ties allow, the likeliest first.

How well a figure fits beside another column of its table: what was spent beside what was asked.

Of all columns that one is taken whose ratio to the figure's own varies least from row to row. The
logarithm of the ratio is taken to follow Laplace's distribution around its median; logarithms
are counted in sixteenths of a bit, so that everything is a whole number. A dash beside a value, and
a value beside a dash, are as unlikely as they are rare among the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.localisation.board import middle
from unbudget_check.evidence.slips import Slip, cost_of, nats, slip_between

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from unbudget_check.diagnosis.localisation.board import Board, Rate, Span


# A wider range of values is given as a range only; slips would explain it by chance.
WIDEST_REPAIR_RANGE = 120

# Ratios of fewer rows say nothing; ratios that never vary are not taken at their word.
FEWEST_RATIOS, LEAST_SPREAD = 6, 4
# A thousand times the natural logarithm of two: the median distance is that of half the rows.
HALF = 693
# However odd a figure is, more than this is not concluded.
MOST_ODDNESS = 8000


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
    values = range(low, high + 1) if high - low < WIDEST_REPAIR_RANGE else ()
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


@dataclass(frozen=True, slots=True)
class Likeness:
    """The column that a column resembles most: its number, the usual ratio, and how it varies.

    ``nil`` is the cost of nil beside a value, ``value`` that of a value beside nil.
    """

    column: int
    ratio: int
    spread: int
    nil: int
    value: int

    def cost(self, value: int, beside: int) -> int:
        """How unlikely a value is beside that of the other column."""
        if value and beside:
            distance = abs(_logarithm(value) - _logarithm(beside) - self.ratio)
            return min(HALF * distance // self.spread, MOST_ODDNESS)
        if value:
            return self.value
        return self.nil if beside else 0


def likeness_of(columns: Sequence[Sequence[int]], own: int) -> Likeness | None:
    """The column most like one of these columns, or None; all have the same rows, 0 for nothing."""
    found = []
    for other, figures in enumerate(columns):
        pairs = list(zip(columns[own], figures, strict=True))
        ratios = [_logarithm(a) - _logarithm(b) for a, b in pairs if a and b]
        if other != own and len(ratios) >= FEWEST_RATIOS:
            middle = median_low(ratios)
            spread = max(median_low(abs(ratio - middle) for ratio in ratios), LEAST_SPREAD)
            nil = _rarity([not a for a, b in pairs if b])
            value = _rarity([bool(a) for a, b in pairs if not b])
            found.append(Likeness(other, middle, spread, nil, value))
    return min(found, key=lambda each: each.spread, default=None)


def _rarity(cases: Sequence[bool]) -> int:
    """The cost of what was so in some of the cases, half a case being granted to either side."""
    return nats(2 * len(cases) + 2) - nats(2 * sum(cases) + 1)


def _logarithm(value: int) -> int:
    """The binary logarithm of a figure's size, in sixteenths."""
    return int((abs(value) ** 16).bit_length())
