"""What is still to be explained, and what was found: the state of one search for causes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.rates import FAR, middle
from unbudget_check.diagnose.localisation.repairs import likeliest, repairs_of
from unbudget_check.evidence.slips import cost_of
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from unbudget_check.diagnose.localisation.board import Board, Span
    from unbudget_check.diagnose.localisation.moves import Move
    from unbudget_check.diagnose.localisation.repairs import Hints, Repair

# Where nothing else decides: a leaf before a subtotal before a total.
LEAF, SUBTOTAL, TOTAL = 0, 1, 2
# A figure that is written wrongly is suspected before any that a slip would explain.
DOUBTFUL = 30_000


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A figure that may be wrong, the changes that its ties allow, and the likely ones among them.

    Changes count units of the vector; ``repairs`` are ordered, the likeliest first.
    """

    figure: int
    span: Span
    repairs: tuple[Repair, ...]
    cost: int

    @property
    def change(self) -> int:
        """The likeliest change."""
        return likeliest(self.repairs, self.span)

    @property
    def is_open(self) -> bool:
        """Whether the changes that the ties allow have no end, so that none is named."""
        return max(map(abs, self.span)) >= FAR // 2


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why ties are broken; ``suspects`` come the likeliest first.

    Percentages are numbered after the relations.
    """

    ties: tuple[int, ...]
    suspects: tuple[Suspicion, ...]
    localisation: Localisation


@dataclass(slots=True)
class Search:
    """The board, the ties that are broken and not yet explained, and the causes found.

    Ties that are broken in print are told; others may break on the way and must be mended too.
    """

    board: Board
    hints: Hints
    lost: set[int]
    printed: frozenset[int]
    causes: list[Cause] = field(default_factory=list)
    named: list[Suspicion] = field(default_factory=list)
    moves: dict[int, Sequence[Move]] = field(default_factory=dict)
    looks: int = 0

    def suspect(self, figure: int, span: Span) -> Suspicion:
        """A figure with its likely repairs, and how unlikely the best of them is."""
        repairs = repairs_of(self.board, self.hints, figure, span)
        if repairs:
            return Suspicion(figure, span, repairs, repairs[0].cost)
        value = self.board.values[figure]
        return Suspicion(figure, span, (), cost_of(None, value, value + middle(*span)))

    def compared(self, suspicion: Suspicion) -> Suspicion:
        """The same beside others: what tells figures apart that their ties do not."""
        figure, hints = suspicion.figure, self.hints
        value = self.board.values[figure]
        cost = suspicion.cost + self._standing(figure)
        cost += hints.odd(figure, value + suspicion.change) - hints.odd(figure, value)
        if figure in hints.doubtful:
            cost -= DOUBTFUL
        return replace(suspicion, cost=cost)

    def name(self, suspicion: Suspicion) -> None:
        """Correct a figure for good: a sum of nothing but nil was no witness, and now becomes one.

        Its percentage stays silent: whether that holds is asked when all amounts are right.
        """
        board, figure = self.board, suspicion.figure
        ties = board.touching[figure]
        woken = {tie for tie in ties if board.is_idle_sum(tie)}
        board.change(figure, suspicion.change)
        board.settled.add(figure)
        board.silent -= woken
        self.named.append(suspicion)
        self.lost.update(tie for tie in woken if not board.holds(tie))
        self._forget(ties)

    def tell(self, ties: Iterable[int], suspects: Sequence[Suspicion]) -> None:
        """Note some broken ties with the alternatives that explain them, or with none."""
        told = tuple(sorted(self.printed.intersection(ties)))
        how = Localisation.ALTERNATIVES if suspects else Localisation.NONE
        if told:
            self.causes.append(Cause(told, tuple(suspects), how))

    def tell_alone(self, tie: int, suspects: Sequence[Suspicion], how: Localisation) -> None:
        """Note a broken tie that no change was found to explain."""
        if tie in self.printed:
            self.causes.append(Cause((tie,), tuple(suspects), how))

    def tell_stated(self, tie: int) -> None:
        """Note a tie that is broken by rules finer than the board's, at the figure it states."""
        stated = self.board.members[tie][0]
        suspicion = self.suspect(stated, self.board.span(tie, stated))
        self.causes.append(Cause((tie,), (suspicion,), Localisation.CELL))

    def told(self) -> list[Cause]:
        """All causes: each named figure has all that it mends."""
        open_ties = {tie for cause in self.causes for tie in cause.ties}
        named = []
        for suspicion in self.named:
            ties = self.printed.intersection(self.board.touching[suspicion.figure]) - open_ties
            if ties:
                named.append(Cause(tuple(sorted(ties)), (suspicion,), Localisation.CELL))
        return [*self.causes, *named]

    def close(self, ties: Collection[int]) -> None:
        """These ties are explained; those that are not mended bear no further witness."""
        self.lost -= set(ties)
        self.board.silent.update(tie for tie in ties if not self.board.holds(tie))
        self._forget(ties)

    def _forget(self, ties: Iterable[int]) -> None:
        for tie in ties:
            for figure in self.board.members[tie]:
                self.moves.pop(figure, None)

    def _standing(self, figure: int) -> int:
        """Whether a figure is a total of others in all, some or none of its sums."""
        board = self.board
        ties = [tie for tie in board.touching[figure] if tie in board.sums]
        stated = sum(board.members[tie][0] == figure for tie in ties)
        if not stated:
            return LEAF
        return TOTAL if stated == len(ties) else SUBTOTAL
