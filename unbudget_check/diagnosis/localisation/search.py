"""What is still to be explained, and what was found: the state of one search for causes.

Where to stab: the changes of one figure that satisfy most of its ties.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.localisation.board import UNBOUNDED, middle
from unbudget_check.diagnosis.localisation.repairs import likeliest, repairs_of
from unbudget_check.evidence.slips import cost_of
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from unbudget_check.diagnosis.localisation.board import Board, Span
    from unbudget_check.diagnosis.localisation.repairs import Hints, Repair


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
        return max(map(abs, self.span)) >= UNBOUNDED // 2


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why ties are broken; ``suspects`` come the likeliest first.

    Percentages are numbered after the relations. ``misplaced`` is the amount that was counted with
    the first of two suspects instead of the second, or 0: these are the figures, or where several
    pairs could have it, the stated ones of the two sums. ``left_out`` is the first figure of the
    row that every broken column of a total leaves out, or -1.
    """

    ties: tuple[int, ...]
    suspects: tuple[Suspicion, ...]
    localisation: Localisation
    misplaced: int = 0
    left_out: int = -1


@dataclass(slots=True)
class Search:
    """The board, the ties that are broken and not yet explained, and the causes found.

    Ties that are broken in print are reported; others may break on the way and must be mended too.
    """

    board: Board
    hints: Hints
    lost: set[int]
    printed: frozenset[int]
    causes: list[Cause] = field(default_factory=list)
    named: list[tuple[Suspicion, ...]] = field(default_factory=list)
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

    def name(self, *suspicions: Suspicion) -> None:
        """Correct figures for good: a sum of nothing but nil was no witness, and now becomes one.

        Their percentages stay silent: whether these hold is asked when all amounts are right.
        """
        board = self.board
        ties = {tie for each in suspicions for tie in board.touching[each.figure]}
        woken = {tie for tie in ties if board.is_idle_sum(tie)}
        for each in suspicions:
            board.change(each.figure, each.change)
            board.settled.add(each.figure)
        board.silent -= woken
        self.named.append(suspicions)
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
        """All causes: each named figure, or the pair of an amount, has all that it mends."""
        board = self.board
        open_ties = {tie for cause in self.causes for tie in cause.ties}
        named = []
        for suspects in self.named:
            touched = {tie for each in suspects for tie in board.touching[each.figure]}
            ties = tuple(sorted(self.printed.intersection(touched) - open_ties))
            if ties and suspects[1:]:
                named.append(Cause(ties, suspects, Localisation.CELLS, suspects[1].change))
            elif ties:
                named.append(Cause(ties, suspects, Localisation.CELL))
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


@dataclass(frozen=True, slots=True)
class Move:
    """A figure, the changes that serve equally well, and the ties that these settle and break."""

    figure: int
    span: Span
    settled: frozenset[int]
    spoiled: frozenset[int]

    @property
    def moves(self) -> tuple[Move, ...]:
        """What there is to do: only this."""
        return (self,)

    @property
    def gain(self) -> int:
        """How many ties fewer are broken afterwards."""
        return len(self.settled) - len(self.spoiled)


def meeting(board: Board, figure: int, *, strictly: bool = False) -> Span | None:
    """The changes with which every tie of a figure holds, or None; silent ties have no say.

    Strictly, sums of nothing but nil have one, too.
    """
    low = high = None
    for tie in board.touching[figure]:
        if tie in board.silent and not (strictly and board.is_idle_sum(tie)):
            continue
        least, most = board.span(tie, figure)
        low = least if low is None else max(low, least)
        high = most if high is None else min(high, most)
        if low > high:
            return None
    return None if low is None or high is None else (low, high)


def best_moves(board: Board, figure: int, lost: Collection[int]) -> list[Move]:
    """For each broken tie of a figure, the changes that satisfy it and most of the others.

    The spans of all ties are stabbed at every low end; where most meet, that is a move.
    """
    ties = [tie for tie in board.touching[figure] if tie not in board.silent]
    spans = {tie: board.span(tie, figure) for tie in ties}
    found: dict[Span, Move] = {}
    for must in ties:
        if must not in lost or spans[must][0] > spans[must][1]:
            continue
        for low in sorted({max(spans[must][0], spans[tie][0]) for tie in ties}):
            if low > spans[must][1]:
                break
            move = _stab(figure, low, spans, lost)
            found.setdefault(move.span, move)
    most = {
        must: max((m.gain for m in found.values() if must in m.settled), default=0) for must in ties
    }
    return [
        move
        for move in found.values()
        if any(move.gain == most[tie] for tie in move.settled)
        and not move.span[0] <= 0 <= move.span[1]
    ]


def _stab(figure: int, at: int, spans: dict[int, Span], lost: Collection[int]) -> Move:
    """The move through one point: all spans that hold it, and where they all meet."""
    through = [tie for tie, (low, high) in spans.items() if low <= at <= high]
    span = max(spans[tie][0] for tie in through), min(spans[tie][1] for tie in through)
    return Move(
        figure,
        span,
        frozenset(tie for tie in through if tie in lost),
        frozenset(t for t, (low, high) in spans.items() if low <= 0 <= high and t not in through),
    )
