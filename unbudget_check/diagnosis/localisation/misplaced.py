"""Amounts that were counted in one sum instead of another: too much here is too little there.

A post in the wrong box of a chart, an amount one row or column further, a quantity booked in the
sibling section: two sums fail by opposite amounts, and what they belong to holds. That is one slip,
however many figures have to be changed for it; it is weighed against two that have nothing to do
with each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.diagnosis.localisation.board import UNBOUNDED
from unbudget_check.diagnosis.localisation.explanations import explained_by_one, explained_by_two
from unbudget_check.diagnosis.localisation.repairs import Repair
from unbudget_check.diagnosis.localisation.search import Cause, Suspicion
from unbudget_check.evidence.slips import ANY_DIGIT, ANY_VALUE, Slip, cost_of_misplacing
from unbudget_check.evidence.weight import FAILURE_BITS, NATS_A_BIT
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.diagnosis.localisation.board import Board
    from unbudget_check.diagnosis.localisation.search import Search

# So much likelier than anything else is clear (twenty times), and as good as certain (3,000 times).
CLEAR, CERTAIN = 3_000, 8_000
# Of more pairs of figures none is singled out.
MOST_PAIRS = 4_000
# How many times as large an amount is whose last digits rounding may hide.
MANY_TIMES = 1_000
# Of more broken sums that belong together none is compared with the others.
MOST_SIBLINGS = 400
# Among more pairs of groups that could all have one amount, partners meet by chance.
MOST_CROWDED = 60


class _Siblings(NamedTuple):
    """Two broken sums, one of which adds up to as much more as the other to less; their groups."""

    over: int
    under: int
    groups: tuple[frozenset[int], frozenset[int]]


_Groups = frozenset[frozenset[int]]


class _Pair(NamedTuple):
    """A figure that holds too much, one that holds too little, and how unlikely that is."""

    cost: int
    over: Suspicion
    under: Suspicion


def tell_misplaced(search: Search, groups: Sequence[frozenset[int]]) -> None:
    """Explain two groups of broken ties, or one, where clearly an amount is in the wrong place.

    A group with several partners has none, unless a figure of it stands in one sum with a figure
    of a single one: nothing else tells to which of them the amount belongs.
    """
    found = {frozenset(each.groups): each for each in _siblings(search, groups)}
    _explain_lone(search, _beside(search, _explain_lone(search, found)))


def _explain_lone(
    search: Search, found: Mapping[_Groups, _Siblings]
) -> Mapping[_Groups, _Siblings]:
    """Explain the groups that have one partner; those that have several are given back."""
    partners = Counter(group for pair in found for group in pair)
    crowded = {}
    for pair, siblings in found.items():
        if any(partners[group] > 1 for group in pair):
            crowded[pair] = siblings
        else:
            _explain(search, siblings)
    return crowded


def _beside(search: Search, found: Mapping[_Groups, _Siblings]) -> dict[_Groups, _Siblings]:
    """The pairs of groups that only two figures explain, each of which breaks a sum alone."""
    board = search.board
    if len(found) > MOST_CROWDED:
        return {}
    return {
        pair: siblings
        for pair, siblings in found.items()
        if not any(explained_by_one(board, group) for group in pair)
        and explained_by_two(board, search.hints, frozenset().union(*pair), search.lost)
    }


def _siblings(search: Search, groups: Sequence[frozenset[int]]) -> Iterator[_Siblings]:
    """The broken sums that fail by opposite amounts and take the same part in a sum that holds."""
    board = search.board
    group_of = {
        tie: group
        for group in groups
        for tie in group
        if tie in search.printed and tie in board.sums and not _may_be_rounding(board, tie)
    }
    families: defaultdict[tuple[int, int, bool], dict[int, int]] = defaultdict(dict)
    for tie in sorted(group_of):
        for at, figure in enumerate(board.members[tie]):
            for other in board.touching.get(figure, ()):
                if other in board.sums and other not in search.lost and other not in board.silent:
                    role = other, board.coefficients[other, figure], not at
                    families[role][tie] = board.residuals[tie]
    for family in families.values():
        ordered = sorted(family, key=lambda tie: (family[tie], tie))
        residuals = [family[tie] for tie in ordered]
        for over in ordered[: bisect_left(residuals, 0)] if len(ordered) <= MOST_SIBLINGS else ():
            reach = _reach(board, over, ordered)
            first = bisect_left(residuals, -family[over] - reach)
            for under in ordered[first : bisect_right(residuals, reach - family[over])]:
                yield _Siblings(over, under, (group_of[over], group_of[under]))


def _may_be_rounding(board: Board, tie: int) -> bool:
    """Whether a sum misses by no more than four standard deviations of the rounding of its figures.

    So small a difference is no amount that could stand elsewhere.
    """
    return 3 * board.residuals[tie] ** 2 <= 4 * board.spreads[tie]


def _reach(board: Board, over: int, ties: Sequence[int]) -> int:
    """How far apart two opposite amounts may be: what rounding explains of many times as much."""
    limit = max(board.limits[tie] for tie in ties) // 2
    rounding = isqrt(2 * max(board.spreads[tie] for tie in ties))
    is_large = abs(board.residuals[over]) >= MANY_TIMES * rounding
    return max(limit, rounding) if is_large else limit


def _explain(search: Search, siblings: _Siblings) -> None:
    """Take the groups as one slip, if that is clearly likelier than two."""
    board, group = search.board, siblings.groups[0] | siblings.groups[1]
    is_one = siblings.groups[0] == siblings.groups[1]
    known = [explained_by_one(board, each) for each in siblings.groups]
    if all(known) and not is_one:
        alone = [
            [_alone(search, *each) for one in found for each in one.items()] for found in known
        ]
        chance = sum(min(cost for cost, _ in side) for side in alone)
        sides = [[each for _, each in side] for side in alone]
        crowded = len(sides[0]) * len(sides[1]) > MOST_PAIRS
        tried = [] if crowded else [(one, two) for one in sides[0] for two in sides[1]]
    else:
        found = explained_by_two(board, search.hints, group, search.lost)
        both = [[_alone(search, *each) for each in pair.items()] for pair in found]
        if any(known) and (is_one or not both):
            return
        chance = min((one[0] + other[0] for one, other in both), default=UNBOUNDED)
        tried = [(one[1], other[1]) for one, other in both]
    pairs = sorted(_pairs(search, tried), key=_oddness)
    if is_one and not pairs:
        return
    amount = abs(board.residuals[siblings.over])
    step = search.hints.step(board.members[siblings.over][0])
    least = pairs[0].cost if pairs else cost_of_misplacing(amount // step, 0, 1)
    if chance + FAILURE_BITS * NATS_A_BIT - least >= CLEAR:
        _tell(search, siblings, group, pairs)


def _alone(search: Search, figure: int, span: tuple[int, int]) -> tuple[int, Suspicion]:
    """How unlikely it is that a figure is wrong by itself, and by just so much."""
    suspicion = search.compared(search.suspect(figure, span))
    slip = suspicion.repairs[0].slip if suspicion.repairs else None
    if slip not in ANY_VALUE - {Slip.DASH}:
        return suspicion.cost, suspicion
    return suspicion.cost + ANY_DIGIT * len(str(abs(suspicion.change))), suspicion


def _pairs(search: Search, tried: Iterable[tuple[Suspicion, Suspicion]]) -> Iterator[_Pair]:
    """Of pairs of figures those that opposite changes put right, weighed as misplaced amounts.

    Where rounding leaves several amounts, none is known.
    """
    board, hints = search.board, search.hints
    for pair in tried:
        over, under = sorted(pair, key=lambda each: each.change)
        amount, most = max(-over.span[1], under.span[0]), min(-over.span[0], under.span[1])
        if amount != most or amount <= 0:
            continue
        step = hints.step(over.figure)
        values = (board.values[each.figure] // step for each in (over, under))
        cost = cost_of_misplacing(amount // step, *values)
        moved = [
            replace(each, repairs=(Repair(change, Slip.MISPLACED, cost),), cost=0)
            for each, change in ((over, -amount), (under, amount))
        ]
        odd = sum(search.compared(each).cost for each in moved)
        yield _Pair(cost + odd, moved[0], moved[1])


def _oddness(pair: _Pair) -> tuple[int, int, int]:
    return pair.cost, pair.over.figure, pair.under.figure


def _tell(
    search: Search, siblings: _Siblings, group: frozenset[int], pairs: Sequence[_Pair]
) -> None:
    """Name the two figures where they are certain or clear, else the two sums."""
    lead = pairs[1].cost - pairs[0].cost if pairs[1:] else UNBOUNDED
    if pairs and lead >= CERTAIN:
        search.name(pairs[0].over, pairs[0].under)
        search.close(group)
        return
    named: tuple[Suspicion, ...] = ()
    if pairs and lead >= CLEAR:
        named = pairs[0].over, pairs[0].under
    else:
        sums = [search.board.members[tie] for tie in (siblings.over, siblings.under)]
        # Of a sum with one part, such as the posts of a box, the part is counted.
        counted = (each[1] if not each[2:] else each[0] for each in sums)
        named = tuple(Suspicion(each, (-UNBOUNDED, UNBOUNDED), (), 0) for each in counted)
    amount = abs(search.board.residuals[siblings.over])
    told = tuple(sorted(search.printed & group))
    search.causes.append(Cause(told, named, Localisation.ALTERNATIVES, amount))
    search.close(group)
