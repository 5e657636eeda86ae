"""Sums that hold across the columns of a table: they may choose among equal readings of a row.

They never alter a figure. A row that could be cut in several ways, all equal in print, is read in
the way in which the sums hold that hold in the other rows, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.languages import NumberStyle

FEWEST_COLUMNS = 3  # a sum and two parts
ENOUGH = 2  # rows that bear a sum out
MOST_COLUMNS = 24  # beyond that the sums are too many to try
NARROW = 9  # columns up to which any three may make a sum
NEAR = 5  # in wider tables only columns as near as this
FINEST = 6  # decimals kept when figures of one table are put on one scale

Values = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Column ``total`` is the sum of the columns ``parts``; ``weight`` tells how sure that is."""

    total: int
    parts: tuple[int, ...]
    weight: int = 1


def value_of(text: str, style: NumberStyle) -> int | None:
    """A printed figure in millionths, or None for a blank, "n/a" or words; a dash is nothing."""
    bare = text.strip()
    if bare in style.nil:
        return 0
    digits = re.findall(r"\d+", bare)
    if not digits:
        return None
    marks = re.findall(r"(?<=\d)[^\d\s](?=\d)", bare)
    has_fraction = bool(marks) and marks[-1] in style.decimal
    fraction = digits.pop()[:FINEST] if has_fraction else ""
    units = int("".join(digits)[-30:] + fraction.ljust(FINEST, "0"))
    is_negative = bare[0] in "(（-–—−‑"
    return -units if is_negative else units


def find_sums(rows: Sequence[Values], width: int, known: Sequence[Sum] = ()) -> tuple[Sum, ...]:
    """The sums that most of the rows bear out; ``known`` are those that the headings promise."""
    if not FEWEST_COLUMNS <= width <= MOST_COLUMNS:
        return ()
    found = [total for total in known if not rows or 2 * _held(rows, total) >= len(rows)]
    taken = {(total.total, total.parts) for total in found}
    for total in _possible(width):
        if (total.total, total.parts) in taken or len(rows) < ENOUGH:
            continue
        held = _held(rows, total)
        if 4 * held >= 3 * len(rows):
            weight = 2 if any(_is_telling(row, total) for row in rows) else 1
            found.append(Sum(total.total, total.parts, weight))
    return tuple(found)


def score(row: Values, sums: Sequence[Sum]) -> int:
    """How many of the sums hold in a row, the surer ones counting more."""
    return sum(total.weight for total in sums if _holds(row, total))


def _possible(width: int) -> Iterator[Sum]:
    """One of three columns made by the other two; a run that makes the next; all but one."""
    reach = width if width <= NARROW else NEAR
    for first, second, third in combinations(range(width), 3):
        if third - first < reach:
            yield Sum(third, (first, second))
            yield Sum(second, (first, third))
            yield Sum(first, (second, third))
    for total in range(3, width):
        for first in range(max(total - NARROW, 0), total - 2):
            yield Sum(total, tuple(range(first, total)))
    yield Sum(0, tuple(range(1, width)))


def _held(rows: Sequence[Values], total: Sum) -> int:
    return sum(_holds(row, total) for row in rows)


def _holds(row: Values, total: Sum) -> bool:
    stated = row[total.total]
    if stated is None:
        return False
    computed = 0
    for part in total.parts:
        value = row[part]
        if value is None:
            return False
        computed += value
    return computed == stated


def _is_telling(row: Values, total: Sum) -> bool:
    """Whether the sum says something in this row: at least two of its parts are not nothing."""
    return _holds(row, total) and sum(bool(row[part]) for part in total.parts) > 1
