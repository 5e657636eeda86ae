"""Where to stab: the changes of one figure that satisfy most of its ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from unbudget_check.diagnose.localisation.board import Board, Span


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
