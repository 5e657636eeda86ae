"""Which figures to blame for what is broken, and what they should be: the fewest that explain it.

Broken ties that share figures are explained together: by one figure where that is possible, else
by two, every such explanation being found exactly; beyond that by *interval stabbing*: the change
that satisfies most ties, less those it breaks, is applied, and what is left is explained in turn.
Explanations that are equally good are all kept: nothing is decided by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from unbudget_check.diagnose.board import board_around
from unbudget_check.diagnose.explain import explained_by_one, explained_by_two
from unbudget_check.diagnose.moves import Move, best_moves
from unbudget_check.diagnose.pairs import Pair, pairs_of
from unbudget_check.diagnose.search import Search

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from unbudget_check.diagnose.board import Board
    from unbudget_check.diagnose.explain import Explanation
    from unbudget_check.diagnose.repairs import Hints
    from unbudget_check.diagnose.search import Cause, Suspicion
    from unbudget_check.diagnose.ties import Ties

Mending = TypeVar("Mending", Move, Pair)
# Among more moves than this, pairs meet by chance; and a search that has looked at so many in all
# is given up: what is so entangled is better told as it stands.
CROWDED, MOST = 4_000, 100_000
# Groups with more broken ties are not localised: each tie is told by itself.
LARGEST = 400


def localise(ties: Ties, broken: Iterable[int], hints: Hints) -> tuple[Cause, ...]:
    """The causes of all broken ties, in the order of these ties."""
    lost = frozenset(broken)
    if not lost:
        return ()
    search = Search(board_around(ties, lost), hints, set(lost), lost)
    for tie in sorted(lost & search.board.silent):
        search.tell_alone(tie)
        search.close([tie])
    for group in _groups(search.board, search.lost):
        if len(group) > LARGEST:
            _give_up(search, group)
    while search.lost:
        _explain_exactly(search)
        for group in _groups(search.board, search.lost):
            _stab(search, group)
    return tuple(sorted(search.causes, key=lambda cause: cause.ties))


def _groups(board: Board, lost: Iterable[int]) -> list[frozenset[int]]:
    """Broken ties that share figures, directly or by way of others."""
    parent: dict[int, int] = {}

    def root(figure: int) -> int:
        while parent.setdefault(figure, figure) != figure:
            parent[figure] = parent[parent[figure]]
            figure = parent[figure]
        return figure

    ordered = sorted(lost)
    for tie in ordered:
        first, *others = board.members[tie]
        for figure in others:
            parent[root(figure)] = root(first)
    groups: dict[int, list[int]] = {}
    for tie in ordered:
        groups.setdefault(root(board.members[tie][0]), []).append(tie)
    return [frozenset(group) for group in groups.values()]


def _explain_exactly(search: Search) -> None:
    """Settle every group that one figure, or else two, explain without breaking anything.

    What is certain comes first: each correction may tell more about the figures beside it.
    """
    while True:
        open_to_doubt: dict[frozenset[int], list[Explanation]] = {}
        settled = False
        for group in _groups(search.board, search.lost):
            # A group may have been explained with the one before it.
            found = _explanations(search, group) if group <= search.lost else []
            if len(found) == 1:
                _adopt(search, group, found)
                settled = True
            elif found:
                open_to_doubt[group] = found
        if not settled:
            break
    for group, found in open_to_doubt.items():
        if group <= search.lost:
            _adopt(search, group, found)


def _explanations(search: Search, group: frozenset[int]) -> list[Explanation]:
    """The shortest explanations of a group: by one figure, else by two, else none."""
    board, hints, lost = search.board, search.hints, search.lost
    found = explained_by_one(board, group)
    return found or explained_by_two(board, hints, group, lost)


def _adopt(search: Search, group: Collection[int], found: Sequence[Explanation]) -> None:
    """Take equally short explanations: what they share is named, the rest are alternatives."""
    board = search.board
    weighed = [_weighed(search, each) for each in found]
    if weighed[1:]:
        weighed = [{f: search.compared(s) for f, s in each.items()} for each in weighed]
        weighed.sort(key=_cost)
    best = weighed[0]
    shared = set.intersection(*(set(each) for each in found))
    near = {tie for figure in best for tie in board.touching[figure]}
    settled = set(group) | (near & search.lost)
    for figure in sorted(shared):
        search.tell(settled & set(board.touching[figure]), [best[figure]])
    left = [tie for tie in settled if shared.isdisjoint(board.members[tie])]
    for figures, ties in _by_suspects(board, left, found).items():
        ranked: dict[int, Suspicion] = {}
        for each in weighed:
            for figure in sorted(figures & each.keys()):
                ranked.setdefault(figure, each[figure])
        search.tell(ties, ranked.values())
    for figure in shared:
        search.settle(figure, best[figure].change)
    search.close(settled)


def _weighed(search: Search, explanation: Explanation) -> dict[int, Suspicion]:
    """An explanation with the likely repairs of its figures, each weighed after the one before."""
    board = search.board
    found: dict[int, Suspicion] = {}
    for figure, span in explanation.items():
        found[figure] = search.suspect(figure, span)
        board.change(figure, found[figure].change)
    for figure, suspicion in found.items():
        board.change(figure, -suspicion.change)
    return found


def _cost(weighed: dict[int, Suspicion]) -> int:
    return sum(suspicion.cost for suspicion in weighed.values())


def _by_suspects(
    board: Board, ties: Iterable[int], found: Iterable[Explanation]
) -> dict[frozenset[int], list[int]]:
    """Ties with the figures that some explanation changes in them, those alike together."""
    suspects = {figure for explanation in found for figure in explanation}
    alike: dict[frozenset[int], list[int]] = {}
    for tie in ties:
        alike.setdefault(frozenset(suspects.intersection(board.members[tie])), []).append(tie)
    return alike


def _stab(search: Search, group: Collection[int]) -> None:
    """Apply the change that mends most, or tell the ties on which several changes are as good."""
    moves = _moves(search, group)
    best = max((_rank(move) for move in moves), default=(0, 0))
    search.looks += len(moves)
    if best[0] <= 1 and _stab_twice(search, moves, 2 * max(best[0], 0)):
        return
    if best[0] <= 0 or search.looks > MOST:
        _give_up(search, group)
        return
    rivals = _by_tie([move for move in moves if _rank(move) == best])
    alone = [found[0] for found in rivals.values() if _is_alone(found[0], rivals)]
    if alone:
        weighed = ((_compared(search, move), move) for move in dict.fromkeys(alone))
        suspicion, move = min(weighed, key=lambda pair: pair[0].cost)
        _apply(search, suspicion, move.settled)
        search.close(move.settled)
    else:
        _tell_rivals(search, min(rivals.items(), key=lambda pair: (len(pair[1]), pair[0]))[1])


def _stab_twice(search: Search, moves: Sequence[Move], least: int) -> bool:
    """Apply the two changes that mend more together than two do alone, if no others do as much."""
    pairs = list(pairs_of(search.board, moves, search.lost)) if len(moves) <= CROWDED else []
    most = max((pair.gain for pair in pairs), default=0)
    rivals = _by_tie([pair for pair in pairs if pair.gain == most])
    alone = [found[0] for found in rivals.values() if _is_alone(found[0], rivals)]
    if most <= least or not alone:
        return False
    pair = alone[0]
    for move in (pair.one, pair.other):
        own = pair.settled.intersection(search.board.touching[move.figure])
        _apply(search, search.suspect(move.figure, move.span), own)
    search.close(pair.settled)
    return True


def _apply(search: Search, suspicion: Suspicion, ties: Collection[int]) -> None:
    search.tell(ties, [suspicion])
    search.settle(suspicion.figure, suspicion.change)


def _by_tie(found: Iterable[Mending]) -> dict[int, list[Mending]]:
    """What mends each tie."""
    rivals: dict[int, list[Mending]] = {}
    for each in found:
        for tie in each.settled:
            rivals.setdefault(tie, []).append(each)
    return rivals


def _is_alone(found: Mending, rivals: Mapping[int, Sequence[Mending]]) -> bool:
    """Whether nothing else mends as much of the same."""
    return all(rivals[tie] == [found] for tie in found.settled)


def _tell_rivals(search: Search, rivals: Sequence[Move]) -> None:
    """Several changes mend the same ties equally well: one cause, all its figures."""
    ties = frozenset.intersection(*(move.settled for move in rivals))
    ranked: dict[int, Suspicion] = {}
    for suspicion in sorted((_compared(search, move) for move in rivals), key=lambda s: s.cost):
        ranked.setdefault(suspicion.figure, suspicion)
    search.tell(ties, ranked.values())
    search.close(ties)


def _moves(search: Search, group: Collection[int]) -> list[Move]:
    """Every move of every figure that may be suspected in some ties; known ones are kept."""
    figures = {figure for tie in group for figure in search.board.members[tie]}
    figures = (figures & search.board.touching.keys()) - search.board.settled
    for figure in figures - search.moves.keys():
        search.moves[figure] = best_moves(search.board, figure, search.lost)
    return [move for figure in sorted(figures) for move in search.moves[figure]]


def _compared(search: Search, move: Move) -> Suspicion:
    return search.compared(search.suspect(move.figure, move.span))


def _rank(move: Move) -> tuple[int, int]:
    """How many ties fewer are broken afterwards, and how many it mends."""
    return move.gain, len(move.settled)


def _give_up(search: Search, group: Collection[int]) -> None:
    """Tell each tie by itself, with the changes that break no more than they mend."""
    bounded = len(group) > LARGEST or search.looks > MOST
    moves = [] if bounded else _moves(search, group)
    for tie in sorted(group):
        able = [_compared(search, m) for m in moves if tie in m.settled and not m.gain]
        search.tell_alone(tie, sorted(able, key=lambda each: each.cost))
    search.close(group)
