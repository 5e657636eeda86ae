"""Two changes that together mend a relation which neither mends alone.

Two wrong figures of one row, or two figures of a column that were exchanged: each is named by its
other relation, and only both make the relation hold that they share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.rates import middle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from unbudget_check.diagnose.localisation.board import Board
    from unbudget_check.diagnose.localisation.moves import Move


@dataclass(frozen=True, slots=True)
class Pair:
    """Two moves and the relation in which they meet."""

    one: Move
    other: Move
    settled: frozenset[int]
    spoiled: frozenset[int]

    @property
    def moves(self) -> tuple[Move, ...]:
        """What there is to do: both."""
        return self.one, self.other

    @property
    def gain(self) -> int:
        """How many ties fewer are broken afterwards."""
        return len(self.settled) - len(self.spoiled)


def pairs_of(board: Board, moves: Sequence[Move], lost: Collection[int]) -> Iterator[Pair]:
    """All pairs of these moves that meet in a relation and make it hold."""
    meeting: defaultdict[int, list[tuple[int, Move]]] = defaultdict(list)
    for move in moves:
        for tie in board.touching[move.figure]:
            if tie in board.sums and tie not in move.settled and tie not in board.silent:
                effect = board.coefficients[tie, move.figure] * middle(*move.span)
                meeting[tie].append((effect, move))
    for tie, found in meeting.items():
        for one, other in _completing(found, -board.residuals[tie], board.limits[tie] // 2):
            yield _pair(one, other, tie, lost)


def _completing(
    found: list[tuple[int, Move]], missing: int, reach: int
) -> Iterator[tuple[Move, Move]]:
    """Moves of two figures whose effects add up to what is missing, more or less."""
    found.sort(key=lambda pair: pair[0])
    effects = [effect for effect, _ in found]
    for at, (effect, move) in enumerate(found):
        first = max(bisect_left(effects, missing - effect - reach), at + 1)
        for _, other in found[first : bisect_right(effects, missing - effect + reach)]:
            if other.figure != move.figure:
                yield move, other


def _pair(one: Move, other: Move, tie: int, lost: Collection[int]) -> Pair:
    return Pair(
        one,
        other,
        one.settled | other.settled | ({tie} if tie in lost else set()),
        (one.spoiled | other.spoiled) - {tie},
    )
