"""Which figures to blame for what is broken, and what they should be: the fewest that explain it.

An explanation is a set of changes after which every tie of the changed figures holds. Broken ties
that share figures are explained together: by one figure where that is possible, else by two, every
such explanation being found exactly; beyond that by *interval stabbing*: the change that satisfies
most ties, less those it breaks, is applied, and what is left is explained in turn. Explanations
that are equally good are all kept: nothing is decided by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnosis.localisation.board import board_around, connected
from unbudget_check.diagnosis.localisation.explanations import explained_by_one, explained_by_two
from unbudget_check.diagnosis.localisation.misplaced import tell_misplaced
from unbudget_check.diagnosis.localisation.search import Search
from unbudget_check.diagnosis.localisation.stabbing import (
    MOST_BROKEN_TIES,
    give_up,
    stab,
    tell_rivals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from unbudget_check.diagnosis.localisation.board import Board, Ties
    from unbudget_check.diagnosis.localisation.explanations import Explanation
    from unbudget_check.diagnosis.localisation.repairs import Hints
    from unbudget_check.diagnosis.localisation.search import Cause, Suspicion


# Between explanations of one length, so much likelier is as good as certain (3,000 times): but
# only of missing values, since any other slip may fit by chance.
DECISIVE = 8_000


def localise(ties: Ties, broken: Iterable[int], hints: Hints) -> tuple[Cause, ...]:
    """The causes of all broken ties, in the order of these ties."""
    lost = frozenset(broken)
    if not lost:
        return ()
    board = board_around(ties, lost)
    # Figures that no tie connects have nothing to tell about each other.
    regions = connected(board.members.values())
    found: dict[int, set[int]] = {}
    for tie in lost:
        found.setdefault(regions[board.members[tie][0]], set()).add(tie)
    causes = [cause for region in found.values() for cause in _causes(board, hints, region)]
    return tuple(sorted(causes, key=lambda cause: (cause.ties, _figures(cause))))


def _causes(board: Board, hints: Hints, lost: set[int]) -> list[Cause]:
    """The causes of broken ties that have figures or other ties in common."""
    search = Search(board, hints, lost, frozenset(lost))
    for tie in sorted(lost & board.silent):
        search.tell_stated(tie)
        search.close([tie])
    for group in _groups(board, search.lost):
        if len(group) > MOST_BROKEN_TIES:
            give_up(search, group)
    while search.lost:
        _explain_exactly(search)
        groups = _groups(board, search.lost)
        # What is mended in one group may tell more about another, so what is sure comes first.
        for step in (stab, tell_rivals, give_up):
            done = [step(search, group) for group in groups]
            if any(done):
                break
    return search.told()


def _figures(cause: Cause) -> tuple[int, ...]:
    return tuple(suspicion.figure for suspicion in cause.suspects)


def _groups(board: Board, lost: Iterable[int]) -> list[frozenset[int]]:
    """Broken ties that share figures, directly or by way of others."""
    ordered = sorted(lost)
    if len(ordered) <= 1:
        return [frozenset(ordered)] if ordered else []
    roots = connected(board.members[tie] for tie in ordered)
    groups: dict[int, list[int]] = {}
    for tie in ordered:
        groups.setdefault(roots[board.members[tie][0]], []).append(tie)
    return [frozenset(group) for group in groups.values()]


def _explain_exactly(search: Search) -> None:
    """Settle every group that one figure, or else two, explain without breaking anything.

    What is certain comes first, and of that what breaks no sum of nothing but nil: each correction
    may tell more about the figures beside it. An amount that was counted in the wrong place breaks
    two groups, which are explained together before either is by itself.
    """
    tell_misplaced(search, _groups(search.board, search.lost))
    doubtful: dict[frozenset[int], list[Explanation]] = {}
    while _settle_certain(search, _by_one, doubtful) or _settle_certain(
        search, _by_one_or_two, doubtful
    ):
        doubtful.clear()
    for group, found in doubtful.items():
        if group <= search.lost:
            _adopt(search, group, found)


def _settle_certain(
    search: Search,
    explain: Callable[[Search, frozenset[int]], list[Explanation]],
    doubtful: dict[frozenset[int], list[Explanation]],
) -> bool:
    """Adopt what is certain and note what is not; whether anything was adopted."""
    settled = False
    for group in _groups(search.board, search.lost):
        # A group may have been explained with the one before it.
        found = explain(search, group) if group <= search.lost else []
        if found and _is_certain(search, group, found):
            _adopt(search, group, found)
            settled = True
        elif found:
            doubtful.setdefault(group, found)
    return settled


def _by_one(search: Search, group: frozenset[int]) -> list[Explanation]:
    return explained_by_one(search.board, group)


def _by_one_or_two(search: Search, group: frozenset[int]) -> list[Explanation]:
    """By two figures, or by one among dashes, which asks for another beside it; else by both."""
    board, hints, lost = search.board, search.hints, search.lost
    if explained_by_one(board, group):
        return []
    found = explained_by_one(board, group, strictly=False)
    found += explained_by_two(board, hints, group, lost)
    found = found or explained_by_two(board, hints, group, lost, strictly=False)
    return _dashes_first(search, found)


def _dashes_first(search: Search, found: Sequence[Explanation]) -> list[Explanation]:
    """Where dashes for values explain everything, nothing that is far less likely is asked."""
    values = search.board.values
    costs = [_cost(_weighed(search, each)) for each in found]
    missing = [not any(values[figure] for figure in each) for each in found]
    least = min((cost for cost, dash in zip(costs, missing, strict=True) if dash), default=None)
    return [
        each
        for each, cost, dash in zip(found, costs, missing, strict=True)
        if dash or least is None or cost < least + DECISIVE
    ]


def _is_certain(search: Search, group: Collection[int], found: Sequence[Explanation]) -> bool:
    """Whether what all explanations share is enough by itself."""
    if len(found) == 1 or not set.intersection(*map(set, found)):
        return len(found) == 1
    board = search.board
    shared = _shared([_weighed(search, each) for each in found])
    for suspicion in shared:
        board.change(suspicion.figure, suspicion.change)
    enough = bool(shared) and all(board.holds(tie) for tie in group)
    for suspicion in shared:
        board.change(suspicion.figure, -suspicion.change)
    return enough


def _shared(weighed: Sequence[dict[int, Suspicion]]) -> list[Suspicion]:
    """The changes of the first explanation that every other one makes, too."""
    return [
        suspicion
        for figure, suspicion in sorted(weighed[0].items())
        if all(
            figure in each and each[figure].span[0] <= suspicion.change <= each[figure].span[1]
            for each in weighed
        )
    ]


def _adopt(search: Search, group: Collection[int], found: Sequence[Explanation]) -> None:
    """Take equally short explanations: what they share is named, the rest are alternatives."""
    board = search.board
    weighed = [_weighed(search, each) for each in found]
    if weighed[1:]:
        weighed = [{f: search.compared(s) for f, s in each.items()} for each in weighed]
        weighed.sort(key=_cost)
    near = {tie for figure in weighed[0] for tie in board.touching[figure]}
    settled = set(group) | (near & search.lost)
    for suspicion in _shared(weighed):
        search.name(suspicion)
    # A sum of nil may have been woken by one change, and mended by the next.
    settled |= {tie for tie in near & search.lost if board.holds(tie)}
    left = [tie for tie in sorted(settled) if not board.holds(tie)]
    for ties, suspects in _alternatives(board, left, weighed):
        search.tell(ties, suspects)
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


def _alternatives(
    board: Board, ties: Iterable[int], weighed: Sequence[dict[int, Suspicion]]
) -> Iterator[tuple[list[int], list[Suspicion]]]:
    """Ties with the suspects whose change mends them by itself, those alike together."""
    alike: dict[frozenset[tuple[int, int]], list[int]] = {}
    suspects: dict[tuple[int, int], Suspicion] = {}
    for tie in ties:
        able = []
        for suspicion in (each for explanation in weighed for each in explanation.values()):
            figure, change = suspicion.figure, suspicion.change
            if figure in board.settled or figure not in board.members[tie]:
                continue
            low, high = board.span(tie, figure)
            if low <= change <= high:
                suspects.setdefault((figure, change), suspicion)
                able.append((figure, change))
        alike.setdefault(frozenset(able), []).append(tie)
    for keys, found in alike.items():
        yield found, [suspects[key] for key in suspects if key in keys]
