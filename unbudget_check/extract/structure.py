"""Which rows each total adds up, voted by the columns and confirmed by the labels.

Rows are read from the top down. Open rows wait on a stack; a total takes the rows from some
point of the stack to its top. Labels propose that point, the columns vote on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.extract.guesses import (
    Guess,
    Open,
    changes,
    differences,
    plain,
    screened,
    shallowest,
    sums_from,
)
from unbudget_check.model.facts import ROWS_OF_TOTALS, Footing, Row, RowRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.judge.votes import Vote

# So many open rows are tried as the parts of one total; a label may name more.
DEEPEST = 120
# A sum that no label announces must be this unlikely by chance, in bits, and more in long tables.
CERTAIN = 12
# So much more where only a bare majority of the columns agree.
OVERWHELMING = 14
CHANGE = "change"


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
    labelled = any(row.role in ROWS_OF_TOTALS for _, row in rows)
    items = [at for at, row in rows if row.role is RowRole.ITEM]
    final = -1 if labelled else max(items, default=-1)
    for position, row in rows:
        if row.role is RowRole.HEADING:
            walk.headings.append((row.marker, len(walk.stack)))
        elif row.role in ROWS_OF_TOTALS:
            _close_labelled(walk, position, row, values[position])
        elif row.concept == CHANGE and _record_change(walk, position, values[position]):
            continue
        elif row.role is RowRole.ITEM:
            _close_unlabelled(walk, position, row, values[position], last=position == final)
    return tuple(walk.footings), tuple(walk.unclear), tuple(walk.stack[walk.inherited :])


def _close_labelled(walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...]) -> None:
    """Settle the parts of a row that its label calls a total."""
    if not walk.stack:
        walk.stack.append(Open(position, stated, row.depth))
        return
    natural = _natural_start(walk, row)
    votes = sums_from(walk.stack, stated, walk.quanta, min(natural, len(walk.stack) - DEEPEST))
    last = len(walk.stack) - 1
    if row.role is RowRole.TOTAL and natural < last and not walk.stack[last].is_total:
        del votes[last]  # a grand total that repeats the last item would leave out all others
    best = max(
        votes,
        key=lambda at: (votes[at].agreed - votes[at].disagreed, at == natural, votes[at].bits, -at),
    )
    if row.role is RowRole.TOTAL and _is_borne_out(votes[natural]):
        # Rows that a grand total would leave out in some columns only are wrong in these.
        best = natural
    guess: Guess | None = plain(walk.stack, best, votes[best])
    if not _is_borne_out(votes[best]):
        guess = _otherwise(walk, natural, votes[natural], stated)
    if guess is None:
        walk.unclear.append(position)
    else:
        announced = guess.start == natural or (row.role is RowRole.TOTAL and guess.start == 0)
        _record(walk, guess, position, labelled=announced)
    _replace(walk, natural if guess is None else guess.start, position, stated, row)


def _is_borne_out(found: Vote) -> bool:
    """Whether at least half of the columns agree."""
    return found.voted > 0 and 2 * found.agreed >= found.voted


def _otherwise(
    walk: _Walk, natural: int, found: Vote, stated: tuple[int | None, ...]
) -> Guess | None:
    """What else a labelled total may be: without its "of which" rows, or a difference.

    A lone column follows its label, and so do columns that agree or miss by little.
    """
    others = list(differences(walk.stack, walk.inherited, stated, walk.quanta))
    without = shallowest(walk.stack, natural, stated, walk.quanta)
    if without is not None:
        others.append(without)
    fitting = [guess for guess in others if _is_borne_out(guess.vote)]
    if fitting:
        return max(fitting, key=lambda guess: (guess.vote.agreed, guess.vote.bits))
    if found.voted <= 1 or found.agreed or 2 * found.near >= found.voted:
        return plain(walk.stack, natural, found)
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


def _close_unlabelled(
    walk: _Walk, position: int, row: Row, stated: tuple[int | None, ...], *, last: bool
) -> None:
    """A row that no label calls a total is one all the same, if chance cannot explain its sums."""
    guess = _unannounced(walk, stated, last=last)
    if guess is None:
        walk.stack.append(Open(position, stated, row.depth))
        return
    _record(walk, guess, position, labelled=False)
    _replace(walk, guess.start, position, stated, row)


def _unannounced(walk: _Walk, stated: tuple[int | None, ...], *, last: bool) -> Guess | None:
    """The parts of an unannounced total, if chance cannot explain its sums.

    The more starts and rows there are to try, the less a match proves. The last row of a block
    is its total more often than not: the sum of all open rows needs less proof there.
    """
    length = len(walk.stack) - walk.inherited
    if length <= 1:
        return None
    needed = CERTAIN + 2 * length.bit_length()
    deepest = len(walk.stack) - DEEPEST // 2
    starts = screened(walk.stack, walk.inherited, deepest, stated)
    votes = sums_from(walk.stack, stated, walk.quanta, min(starts, default=len(walk.stack)))
    guesses = [plain(walk.stack, at, votes[at]) for at in starts if at < len(walk.stack) - 1]
    if last:
        guesses += differences(walk.stack, walk.inherited, stated, walk.quanta)
    sure = [g for g in guesses if _is_sure(g.vote, needed) and _adds_up(walk, g, stated)]
    if sure:
        return max(sure, key=lambda guess: (guess.vote.agreed, guess.vote.bits, -guess.start))
    whole = votes.get(walk.inherited) if last else None
    if whole is None or whole.bits < CERTAIN:
        return None
    guess = plain(walk.stack, walk.inherited, whole)
    fits = 2 * whole.agreed > whole.voted or (2 * whole.agreed == whole.voted == whole.near)
    return guess if fits and _adds_up(walk, guess, stated) else None


def _adds_up(walk: _Walk, guess: Guess, stated: tuple[int | None, ...]) -> bool:
    """Whether at least two parts hold figures where it agrees: what repeats a row is no total."""
    parts = [walk.stack[at].values for at in guess.taken]
    agreed = []
    for column, value in enumerate(stated):
        figures = [part[column] or 0 for part in parts]
        total = sum(sign * figure for sign, figure in zip(guess.signs, figures, strict=True))
        reach = walk.quanta[column] * (len(parts) + 1)
        if value is not None and 2 * abs(value - total) <= reach:
            agreed.append(figures)
    return sum(map(any, zip(*agreed, strict=True))) > 1


def _is_sure(found: Vote, needed: int) -> bool:
    """Three quarters of the columns, or a bare majority that chance explains still less."""
    most = 4 * found.agreed >= 3 * found.voted
    enough = needed if most else needed + OVERWHELMING
    return found.bits >= enough and 2 * found.agreed > found.voted


def _record_change(walk: _Walk, position: int, stated: tuple[int | None, ...]) -> bool:
    """A row of changes is what one row above has more than another; it is no part of a total."""
    guesses = changes(walk.stack, walk.inherited, stated, walk.quanta)
    sure = [guess for guess in guesses if _is_sure(guess.vote, CERTAIN)]
    if sure:
        best = max(sure, key=lambda guess: (guess.vote.agreed, guess.vote.bits))
        _record(walk, best, position, labelled=True)
    return bool(sure)


def _record(walk: _Walk, guess: Guess, position: int, *, labelled: bool) -> None:
    taken = [walk.stack[at] for at in guess.taken]
    own = [at for at, part in enumerate(taken) if part.above is None]
    others = [at for at, part in enumerate(taken) if part.above is not None]
    walk.footings.append(
        Footing(
            position,
            tuple(taken[at].position for at in own),
            guess.vote.agreed,
            guess.vote.voted,
            labelled,
            tuple(part.above for part in taken if part.above is not None),
            signs=tuple(guess.signs[at] for at in (*own, *others)),
        )
    )


def _replace(
    walk: _Walk, start: int, position: int, stated: tuple[int | None, ...], row: Row
) -> None:
    """The total stands for its parts from here on."""
    del walk.stack[start:]
    walk.inherited = min(walk.inherited, start)
    walk.stack.append(Open(position, stated, row.depth, is_total=True))
    walk.closed = len(walk.stack)
    if row.role is RowRole.TOTAL:
        walk.ended = len(walk.stack)
    # The innermost heading ends here; those that opened with it, further out, go on.
    while walk.headings and walk.headings[-1][1] > start:
        walk.headings.pop()
    if walk.headings and walk.headings[-1][1] == start:
        walk.headings.pop()
