"""Which rows each total adds up, voted by the columns and confirmed by the labels.

Rows are read from the top down. Open rows wait on a stack; a total takes the rows from some
point of the stack to its top. Labels propose that point, the columns vote on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.judge.votes import Vote, vote
from unbudget_check.model.facts import Footing, Row, RowRole

if TYPE_CHECKING:
    from collections.abc import Sequence

# So many open rows are tried as the parts of one total; longer data files have labelled totals.
DEEPEST = 120
# A sum that no label announces must be this unlikely by chance, in bits, and more in long tables.
CERTAIN = 12


@dataclass(frozen=True, slots=True)
class Open:
    """A row that no total has taken yet: its position, or (table, row) of an earlier part."""

    position: int
    values: tuple[int | None, ...]
    depth: int = 0
    above: tuple[int, int] | None = None


@dataclass(slots=True)
class _Walk:
    """The state of one walk down the rows of a block."""

    quanta: Sequence[int]
    stack: list[Open]
    inherited: int
    headings: list[tuple[str, int]] = field(default_factory=list)
    closed: int = 0
    ended: int = 0
    footings: list[Footing] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)


def find_footings(
    rows: Sequence[tuple[int, Row]],
    values: Sequence[tuple[int | None, ...]],
    quanta: Sequence[int],
    above: Sequence[Open] = (),
) -> tuple[tuple[Footing, ...], tuple[int, ...], tuple[Open, ...]]:
    """The totals of one block, the totals whose parts stay unclear, and the rows left open.

    ``rows`` pairs positions with rows; ``values[position]`` are its figures in all summable
    columns, in one unit; ``above`` are the open rows of the earlier parts of the same table.
    """
    walk = _Walk(quanta, list(above), len(above))
    labelled = any(row.role in (RowRole.TOTAL, RowRole.SUBTOTAL) for _, row in rows)
    final = (
        -1 if labelled else max((at for at, row in rows if row.role is RowRole.ITEM), default=-1)
    )
    for position, row in rows:
        if row.role is RowRole.HEADING:
            walk.headings.append((row.marker, len(walk.stack)))
        elif row.role in (RowRole.TOTAL, RowRole.SUBTOTAL):
            _close_labelled(walk, position, row, values[position])
        elif row.role is RowRole.ITEM:
            _close_unlabelled(walk, position, row, values[position], last=position == final)
    return tuple(walk.footings), tuple(walk.unclear), tuple(walk.stack[walk.inherited :])


def _close_labelled(walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...]) -> None:
    natural = _natural_start(walk, row)
    votes = _suffix_votes(walk, stated, DEEPEST)
    natural_vote = votes.get(natural)
    best = max(
        votes,
        key=lambda at: (votes[at].agreed - votes[at].disagreed, at == natural, votes[at].bits, -at),
        default=None,
    )
    chosen = _choose(best, natural, votes, natural_vote)
    if chosen is None:
        if walk.stack:
            walk.unclear.append(position)
            _replace(walk, natural, position, stated, row)
        else:
            walk.stack.append(Open(position, stated, row.depth))
        return
    announced = chosen in (natural, 0) if row.role is RowRole.TOTAL else chosen == natural
    _record(walk, chosen, position, votes[chosen], labelled=announced)
    _replace(walk, chosen, position, stated, row)


def _choose(
    best: int | None, natural: int, votes: dict[int, Vote], natural_vote: Vote | None
) -> int | None:
    """The start that at least half of the columns bear out; a lone column follows its label."""
    if best is None:
        return None
    won = votes[best]
    if won.voted and 2 * won.agreed >= won.voted:
        return best
    if natural_vote is not None and (
        natural_vote.voted <= 1
        or natural_vote.agreed
        or 2 * natural_vote.near >= natural_vote.voted
    ):
        return natural
    return None


def _natural_start(walk: _Walk, row: Row) -> int:
    """Where the parts of a total begin, as its label says it."""
    if row.role is RowRole.TOTAL:
        return walk.ended if walk.ended < len(walk.stack) - 1 else 0
    if row.reference:
        for marker, at in reversed(walk.headings):
            if marker == row.reference and at < len(walk.stack):
                return at
        # A reference to no heading above names the part itself: Subtotal, 1.
        return min(walk.inherited, max(len(walk.stack) - 1, 0))
    if walk.inherited <= walk.closed < len(walk.stack):
        return walk.closed
    return min(walk.inherited, max(len(walk.stack) - 1, 0))


def _suffix_votes(walk: _Walk, stated: Sequence[int | None], deepest: int) -> dict[int, Vote]:
    """For every start on the stack, how the columns vote on the rows from there to the top."""
    sums = [0] * len(stated)
    counts = [0] * len(stated)
    votes: dict[int, Vote] = {}
    for at in range(len(walk.stack) - 1, max(len(walk.stack) - deepest, 0) - 1, -1):
        for column, value in enumerate(walk.stack[at].values):
            if value is not None:
                sums[column] += value
                counts[column] += 1
        votes[at] = vote(stated, sums, counts, walk.quanta)
    return votes


def _close_unlabelled(
    walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...], *, last: bool
) -> None:
    """A row that no label calls a total is one all the same, if chance cannot explain its sums."""
    start = _unannounced_start(walk, stated, last=last)
    if start is None:
        walk.stack.append(Open(position, stated, row.depth))
        return
    votes = _suffix_votes(walk, stated, DEEPEST)
    _record(walk, start, position, votes[start], labelled=False)
    _replace(walk, start, position, stated, row)


def _unannounced_start(walk: _Walk, stated: tuple[int | None, ...], *, last: bool) -> int | None:
    """Where the parts of an unannounced total begin, if chance cannot explain its sums.

    The more starts and rows there are to try, the less a match proves. The last row of a block
    is its total more often than not: the sum of all open rows needs less proof there.
    """
    length = len(walk.stack) - walk.inherited
    if length <= 1:
        return None
    needed = CERTAIN + 2 * length.bit_length()
    votes = _suffix_votes(walk, stated, DEEPEST // 2)
    sure = [
        at
        for at, found in votes.items()
        if walk.inherited <= at < len(walk.stack) - 1
        and 4 * found.agreed >= 3 * found.voted
        and found.bits >= needed
    ]
    if sure:
        return max(sure, key=lambda at: (votes[at].agreed, votes[at].bits, -at))
    whole = votes.get(walk.inherited) if last else None
    if whole is None or whole.bits < CERTAIN:
        return None
    fits = 2 * whole.agreed > whole.voted or (2 * whole.agreed == whole.voted == whole.near)
    return walk.inherited if fits else None


def _record(walk: _Walk, start: int, position: int, found: Vote, *, labelled: bool) -> None:
    taken = walk.stack[start:]
    walk.footings.append(
        Footing(
            position,
            tuple(part.position for part in taken if part.above is None),
            found.agreed,
            found.voted,
            labelled,
            tuple(part.above for part in taken if part.above is not None),
        )
    )


def _replace(
    walk: _Walk, start: int, position: int, stated: tuple[int | None, ...], row: Row
) -> None:
    """The total stands for its parts from here on."""
    del walk.stack[start:]
    walk.inherited = min(walk.inherited, start)
    walk.stack.append(Open(position, stated, row.depth))
    walk.closed = len(walk.stack)
    if row.role is RowRole.TOTAL:
        walk.ended = len(walk.stack)
    walk.headings = [(marker, at) for marker, at in walk.headings if at < start]
