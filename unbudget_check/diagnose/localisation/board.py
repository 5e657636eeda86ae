"""The ties around what is broken, as a board on which corrections are tried and taken back.

A *tie* is a relation of the matrix or a percentage; percentages are numbered after the relations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.rates import Rate, span_of_rate
from unbudget_check.diagnose.localisation.ties import rate_of, rates_with, sums_with, trio_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from unbudget_check.diagnose.localisation.ties import Ties

# The lowest and the highest change of a figure that a tie allows; low > high allows none.
Span = tuple[int, int]
Term = tuple[int, int]


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
