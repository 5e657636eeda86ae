"""What is still to be explained, and what was found: the state of one search for causes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.diagnose.repairs import repairs_of
from unbudget_check.diagnose.slips import UNKNOWN
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from unbudget_check.diagnose.board import Board, Span
    from unbudget_check.diagnose.moves import Move
    from unbudget_check.diagnose.repairs import Hints, Repair

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
        return self.repairs[0].change if self.repairs else sum(self.span) // 2


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
    """The board, the ties that are broken and not yet explained, and the causes found."""

    board: Board
    hints: Hints
    lost: set[int]
    causes: list[Cause] = field(default_factory=list)
    moves: dict[int, Sequence[Move]] = field(default_factory=dict)

    def suspect(self, figure: int, span: Span) -> Suspicion:
        """A figure with its likely repairs, and how unlikely the best of them is."""
        repairs = repairs_of(self.board, self.hints, figure, span)
        cost = repairs[0].cost if repairs else UNKNOWN
        if figure in self.hints.doubtful:
            cost -= DOUBTFUL
        return Suspicion(figure, span, repairs, cost + self._standing(figure))

    def settle(self, figure: int, change: int) -> None:
        """Correct a figure for good."""
        self.board.change(figure, change)
        self.board.settled.add(figure)
        self._forget(self.board.touching[figure])

    def tell(self, ties: Collection[int], suspects: Iterable[Suspicion]) -> None:
        """Note the cause of some broken ties: its only suspect, or several that are alternatives."""
        told, listed = tuple(sorted(tie for tie in ties if tie in self.lost)), tuple(suspects)
        how = Localisation.CELL if len(listed) == 1 else Localisation.ALTERNATIVES
        if told:
            self.causes.append(Cause(told, listed, how))

    def tell_alone(self, tie: int, suspects: Iterable[Suspicion] = ()) -> None:
        """Note a broken tie that no change explains without breaking as much."""
        self.causes.append(Cause((tie,), tuple(suspects), Localisation.NONE))

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
