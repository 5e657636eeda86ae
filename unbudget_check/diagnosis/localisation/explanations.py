"""Explain broken ties exactly: by one figure where that is possible, or by two.

Every change is found after which all ties of the changed figures hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnosis.localisation.board import middle
from unbudget_check.diagnosis.localisation.repairs import likeliest, repairs_of
from unbudget_check.diagnosis.localisation.search import best_moves, meeting

if TYPE_CHECKING:
    from collections.abc import Collection

    from unbudget_check.diagnosis.localisation.board import Board, Span
    from unbudget_check.diagnosis.localisation.repairs import Hints

# Figure -> the changes that serve equally well.
Explanation = dict[int, "Span"]
# Changes of a first figure that are followed up in search of a second one.
TRIED = 400


def explained_by_one(
    board: Board, group: Collection[int], *, strictly: bool = True
) -> list[Explanation]:
    """The figures that stand in all of these ties, with the changes that make everything hold.

    Strictly, no sum of nothing but nil may break, either.
    """
    found = []
    for figure in _common(board, group):
        span = meeting(board, figure, strictly=strictly)
        if span is not None:
            found.append({figure: span})
    return found


def explained_by_two(
    board: Board,
    hints: Hints,
    group: Collection[int],
    lost: Collection[int],
    *,
    strictly: bool = True,
) -> list[Explanation]:
    """All pairs of figures that explain the ties of a group together.

    One of the two stands in any tie that one cares to choose; what its change leaves broken, the
    other must explain alone.
    """
    figures = [figure for tie in group for figure in _common(board, [tie])]
    reach = max((len(board.touching[figure]) for figure in figures), default=0)
    if len(group) > 2 * reach:
        return []
    found: dict[tuple[int, ...], Explanation] = {}
    tried = 0
    chosen = min(group, key=lambda tie: (len(board.members[tie]), tie))
    for first in sorted(_common(board, [chosen])):
        if not _common(board, [tie for tie in group if tie not in board.touching[first]]):
            continue
        for move in best_moves(board, first, lost):
            tried += 1
            if tried > TRIED:
                return []
            change = likeliest(repairs_of(board, hints, first, move.span), move.span)
            for second, span in _completing(board, group, first, change, strictly=strictly):
                pair, changes = tuple(sorted((first, second))), {first: move.span, second: span}
                found[pair] = min(found.get(pair, changes), changes, key=_size)
    return list(found.values())


def _size(explanation: Explanation) -> list[int]:
    """How much is changed at most: of two explanations by the same figures, the smaller is kept."""
    return sorted((abs(middle(*span)) for span in explanation.values()), reverse=True)


def _completing(
    board: Board, group: Collection[int], first: int, change: int, *, strictly: bool
) -> list[tuple[int, Span]]:
    """The figures that alone explain what is broken once the first one is changed."""
    awake = {tie for tie in board.touching[first] if strictly and board.is_idle_sum(tie)}
    board.change(first, change)
    board.silent -= awake
    broken = [
        tie
        for tie in {*group, *board.touching[first]}
        if tie not in board.silent and not board.holds(tie)
    ]
    found = []
    for figure in _common(board, broken) - {first} if broken else ():
        meets = meeting(board, figure, strictly=strictly)
        if meets is not None:
            found.append((figure, meets))
    board.silent |= awake
    board.change(first, -change)
    return found


def _common(board: Board, ties: Collection[int]) -> set[int]:
    """The figures that may be suspected and stand in all of these ties; all, of none."""
    if not ties:
        return board.touching.keys() - board.settled
    first, *others = sorted(ties, key=lambda tie: len(board.members[tie]))
    shared = [f for f in board.members[first] if f in board.touching and f not in board.settled]
    for tie in others:
        shared = [figure for figure in shared if tie in board.touching[figure]]
        if not shared:
            break
    return set(shared)
