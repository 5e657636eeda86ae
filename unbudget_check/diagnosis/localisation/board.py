"""The ties around what is broken, as a board on which corrections are tried and taken back.

A *tie* is a relation of the matrix or a percentage; percentages are numbered after the relations.
A percentage is a tie of three intervals, 100 x part = stated x base (``judgement.percentages``).
Solved for one figure, the two others give an interval again; everything is doubled, because half
a quantum is no whole number, and nothing is ever divided but by whole numbers, rounded inwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Percentages, Relations


# Wider than any printed amount: no bound.
UNBOUNDED = 10**40

# The lowest and the highest change of a figure that a tie allows; low > high allows none.
Span = tuple[int, int]
Term = tuple[int, int]


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
    if high >= UNBOUNDED // 2:
        return low
    return high if low <= -UNBOUNDED // 2 else (low + high) // 2


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
    high = (
        _down(2 * rate.hundred * part[1] + quantum * least, 2 * least) if least > 0 else UNBOUNDED
    )
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


@dataclass(frozen=True, slots=True)
class Ties:
    """All that is claimed: relations, what each may miss, and percentages that could be judged.

    ``limits[r]`` is twice what relation r may miss without being broken (0 where it must be
    exact); ``spreads[r]`` is twelve times the variance of its rounding. ``excused`` ties prove
    nothing; they are neither broken nor witnesses.
    """

    figures: Figures
    relations: Relations
    residuals: Sequence[int] | NDArray[Any]
    limits: Sequence[int] | NDArray[Any]
    spreads: Sequence[int] | NDArray[Any]
    percentages: Percentages
    excused: Collection[int] = ()


def mends(ties: Ties, tie: int, figure: int, change: int) -> bool:
    """Whether a tie of printed figures holds once one of them, and nothing else, is changed."""
    count, values = len(ties.relations), ties.figures.values
    if tie < count:
        coefficient = dict(ties.relations.terms(tie)).get(figure, 0)
        return 2 * abs(int(ties.residuals[tie]) + coefficient * change) <= ties.limits[tie]
    rate = rate_of(ties, tie - count)
    found = {each: int(values[each]) for each in (rate.stated, rate.part, rate.base)}
    low, high = span_of_rate(rate, figure, found)
    return low <= found[figure] + change <= high


def rate_of(ties: Ties, percentage: int) -> Rate:
    """One percentage as a tie of three figures."""
    stated, part, base = trio_of(ties, percentage)
    quanta, scale = ties.figures.quanta, ties.figures.scale
    digits = int(ties.percentages.powers[percentage]) - scale
    hundred = int(10 ** max(digits, 0))
    return Rate(
        stated,
        part,
        base,
        (int(quanta[stated]), int(quanta[part]), int(quanta[base])),
        hundred,
        int(10 ** max(-digits, 0)),
        hundred * int(ties.percentages.growths[percentage]),
    )


def trio_of(ties: Ties, percentage: int) -> tuple[int, int, int]:
    """Stated percentage, part and base."""
    found = ties.percentages
    return int(found.stated[percentage]), int(found.parts[percentage]), int(found.bases[percentage])


def sums_with(ties: Ties, involved: Collection[int]) -> list[int]:
    """The relations with a term among some figures."""
    hits = np.isin(ties.relations.figures, np.fromiter(involved, dtype=np.int64))
    rows = np.searchsorted(ties.relations.pointers, np.flatnonzero(hits), side="right") - 1
    return [r for r in np.unique(rows).tolist() if r not in ties.excused]


def rates_with(ties: Ties, involved: Collection[int]) -> list[int]:
    """The percentages with a figure among some figures."""
    found, count = ties.percentages, len(ties.relations)
    wanted = np.fromiter(involved, dtype=np.int64)
    hits = np.isin(found.stated, wanted)
    for figures in (found.parts, found.bases):
        hits |= np.isin(figures, wanted)
    return [p for p in np.flatnonzero(hits).tolist() if count + p not in ties.excused]


def figures_of(ties: Ties, tie: int) -> tuple[int, ...]:
    """The figures of a relation or of a percentage, the stated one first."""
    count = len(ties.relations)
    if tie >= count:
        return trio_of(ties, tie - count)
    return tuple(figure for figure, _ in ties.relations.terms(tie))


@dataclass(slots=True)
class Board:
    """The ties near some broken ones; ``values`` are the figures with the changes tried so far.

    ``members[tie]`` are its figures, the stated one first; ``touching[figure]`` the ties of each
    figure that may be suspected; *settled* figures have been corrected and are not asked again.
    *Silent* ties are no witnesses: *idle* ones hold for nothing but nil (a whole row of dashes may
    be missing), others were given up.
    """

    sums: Mapping[int, Sequence[Term]]
    rates: Mapping[int, Rate]
    members: Mapping[int, Sequence[int]]
    limits: dict[int, int]
    spreads: Mapping[int, int]
    residuals: dict[int, int]
    values: dict[int, int]
    idle: frozenset[int]
    silent: set[int]
    coefficients: Mapping[tuple[int, int], int]
    touching: Mapping[int, Sequence[int]]
    settled: set[int] = field(default_factory=set)

    def holds(self, tie: int) -> bool:
        """Whether a tie holds, or misses by no more than rounding explains in its place."""
        if tie in self.sums:
            return 2 * abs(self.residuals[tie]) <= self.limits[tie]
        rate = self.rates[tie]
        low, high = span_of_rate(rate, rate.stated, self.values)
        return low <= self.values[rate.stated] <= high

    def span(self, tie: int, figure: int) -> Span:
        """The further changes of a figure with which a tie would hold."""
        if tie in self.sums:
            return _span(self.coefficients[tie, figure], self.residuals[tie], self.limits[tie])
        low, high = span_of_rate(self.rates[tie], figure, self.values)
        return low - self.values[figure], high - self.values[figure]

    def is_idle_sum(self, tie: int) -> bool:
        """Whether a sum holds for nothing but nil, and was not given up."""
        return tie in self.idle and tie in self.sums and tie in self.silent and self.holds(tie)

    def change(self, figure: int, amount: int) -> None:
        """Change a figure; the opposite amount takes it back."""
        self.values[figure] += amount
        for tie in self.touching[figure]:
            if tie in self.sums:
                self.residuals[tie] += self.coefficients[tie, figure] * amount


def _span(coefficient: int, residual: int, limit: int) -> Span:
    """Solve 2 * |residual + coefficient * change| <= limit."""
    low, high = -limit - 2 * residual, limit - 2 * residual
    if coefficient < 0:
        low, high, coefficient = -high, -low, -coefficient
    return -(-low // (2 * coefficient)), high // (2 * coefficient)


def board_around(ties: Ties, broken: Iterable[int]) -> Board:
    """The broken ties with every tie of every figure that stands in one of them."""
    count = len(ties.relations)
    lost = frozenset(broken) - frozenset(ties.excused)
    involved = {f for tie in lost if tie < count for f, _ in ties.relations.terms(tie)}
    involved.update(f for tie in lost if tie >= count for f in trio_of(ties, tie - count))
    near = rates_with(ties, involved)
    # A percentage of a corrected amount may have to be corrected with it.
    involved.update(int(ties.percentages.stated[p]) for p in near)
    sums = {r: ties.relations.terms(r) for r in sums_with(ties, involved)}
    rates = {count + p: rate_of(ties, p) for p in rates_with(ties, involved)}
    board = _board(ties, sums, rates, involved)
    for tie in lost:
        if tie in sums and board.holds(tie):
            # Inside what rounding could explain, but implausible: any improvement counts.
            board.limits[tie] = 2 * abs(board.residuals[tie]) - 1
    # A known mode of rounding judges percentages more finely than a board does.
    board.silent.update(tie for tie in rates if board.holds(tie) == (tie in lost))
    return board


def _board(
    ties: Ties,
    sums: Mapping[int, Sequence[Term]],
    rates: Mapping[int, Rate],
    involved: Collection[int],
) -> Board:
    members = {tie: [figure for figure, _ in terms] for tie, terms in sums.items()}
    members |= {tie: [rate.stated, rate.part, rate.base] for tie, rate in rates.items()}
    touching: dict[int, list[int]] = {figure: [] for figure in involved}
    for tie, figures in members.items():
        for figure in figures:
            if figure in touching:
                touching[figure].append(tie)
    everyone = {figure for figures in members.values() for figure in figures}
    values = {figure: int(ties.figures.values[figure]) for figure in everyone}
    idle = {tie for tie in sums if not any(values[figure] for figure in members[tie])}
    idle |= {t for t, rate in rates.items() if not (values[rate.stated] or values[rate.part])}
    return Board(
        sums,
        rates,
        members,
        {tie: int(ties.limits[tie]) for tie in sums},
        {tie: int(ties.spreads[tie]) for tie in sums},
        {tie: int(ties.residuals[tie]) for tie in sums},
        values,
        frozenset(idle),
        idle,
        {(tie, figure): c for tie, terms in sums.items() for figure, c in terms},
        touching,
    )


def connected(sets: Iterable[Sequence[int]]) -> dict[int, int]:
    """Figure -> one figure that stands for all that these sets connect with it."""
    parent: dict[int, int] = {}

    def root(figure: int) -> int:
        while parent.setdefault(figure, figure) != figure:
            parent[figure] = parent[parent[figure]]
            figure = parent[figure]
        return figure

    for first, *others in sets:
        for figure in others:
            parent[root(figure)] = root(first)
    return {figure: root(figure) for figure in list(parent)}
