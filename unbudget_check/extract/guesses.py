"""Which open rows a total may add up: guesses from the stack, each with the vote of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from unbudget_check.judge.votes import Vote, vote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Figures = Sequence[int | None]

# A difference is formed of the last few rows: net = gross - deductions, change = new - old.
REACH = 12
# Columns that screen the starts of an unannounced total before all columns vote.
SCREENS = 3


@dataclass(frozen=True, slots=True)
class Open:
    """A row that no total has taken yet: its position, or (table, row) of an earlier part.

    ``is_total`` is true for a row that has taken others itself.
    """

    position: int
    values: tuple[int | None, ...]
    depth: int = 0
    above: tuple[int, int] | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """Rows from ``start`` of the stack on: which of them are parts, with which signs."""

    start: int
    taken: tuple[int, ...]
    signs: tuple[int, ...]
    vote: Vote


def sums_from(
    stack: Sequence[Open], stated: Figures, quanta: Sequence[int], deepest: int
) -> dict[int, Vote]:
    """For every start from ``deepest`` to the top, the vote on the sum of the rows from there."""
    sums = [0] * len(stated)
    counts = [0] * len(stated)
    votes: dict[int, Vote] = {}
    for at in range(len(stack) - 1, max(deepest, 0) - 1, -1):
        for column, value in enumerate(stack[at].values):
            if value is not None:
                sums[column] += value
                counts[column] += 1
        votes[at] = vote(stated, sums, counts, quanta)
    return votes


def plain(stack: Sequence[Open], start: int, found: Vote) -> Guess:
    """The guess that all rows from a start to the top are added up."""
    taken = tuple(range(start, len(stack)))
    return Guess(start, taken, (1,) * len(taken), found)


def shallowest(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int]
) -> Guess | None:
    """The guess that only the rows of the smallest indentation count, the others are "of which"."""
    depth = min((part.depth for part in stack[start:]), default=0)
    taken = tuple(at for at in range(start, len(stack)) if stack[at].depth == depth)
    if len(taken) == len(stack) - start:
        return None
    return _signed(stack, start, taken, (1,) * len(taken), stated, quanta)


def differences(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int]
) -> Iterator[Guess]:
    """Guesses that the rows after a total are taken from it: gross, less ..., net."""
    for start in range(len(stack) - 2, max(len(stack) - REACH, lowest) - 1, -1):
        if stack[start].is_total:
            taken = tuple(range(start, len(stack)))
            signs = (1, *[-1] * (len(taken) - 1))
            yield _signed(stack, start, taken, signs, stated, quanta)


def changes(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int]
) -> Iterator[Guess]:
    """Guesses that a row is what one of the last rows has more than another."""
    near = range(max(len(stack) - REACH, lowest), len(stack))
    for old, new in combinations(near, 2):
        yield _signed(stack, len(stack), (new, old), (1, -1), stated, quanta)


def screened(stack: Sequence[Open], lowest: int, deepest: int, stated: Figures) -> list[int]:
    """The starts at which the largest of the stated figures come out nearly right."""
    largest = sorted(
        (column for column, value in enumerate(stated) if value),
        key=lambda column: -abs(stated[column] or 0),
    )[:SCREENS]
    sums = [0] * len(largest)
    starts = []
    for at in range(len(stack) - 1, max(lowest, deepest) - 1, -1):
        values = stack[at].values
        for place, column in enumerate(largest):
            sums[place] += values[column] or 0
        pairs = zip(largest, sums, strict=True)
        if any(_is_near(stated[column] or 0, total) for column, total in pairs):
            starts.append(at)
    return starts


def _is_near(stated: int, total: int) -> bool:
    """Whether rounding might explain the difference; the exact test comes with the vote."""
    return abs(stated - total) * 200 <= abs(stated) + 20_000


def _signed(
    stack: Sequence[Open],
    start: int,
    taken: tuple[int, ...],
    signs: tuple[int, ...],
    stated: Figures,
    quanta: Sequence[int],
) -> Guess:
    sums = [0] * len(stated)
    counts = [0] * len(stated)
    for at, sign in zip(taken, signs, strict=True):
        for column, value in enumerate(stack[at].values):
            if value is not None:
                sums[column] += sign * value
                counts[column] += 1
    return Guess(start, taken, signs, vote(stated, sums, counts, quanta))
