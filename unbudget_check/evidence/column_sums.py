"""Sums that hold across the columns of a table: they may choose among equal readings of a row.

They never alter a figure. A row that could be cut in several ways, all equal in print, is read in
the way in which the sums hold that hold in the other rows, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from unbudget_check.notation.numerals import numeral_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.lexicon import NumberStyle

FEWEST_COLUMNS = 3  # a sum and two parts
FEWEST_BEARING_ROWS = 2  # rows that bear a sum out
MOST_COLUMNS = 24  # beyond that the sums are too many to try
MOST_COLUMNS_OF_TRIPLES = 9  # columns up to which any three may make a sum
NEAREST_COLUMNS = 5  # in wider tables only columns as near as this
MOST_DECIMALS = 6  # decimals kept when figures of one table are put on one scale

Values = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """Column ``total`` is the sum of the columns ``parts``; ``weight`` tells how sure that is."""

    total: int
    parts: tuple[int, ...]
    weight: int = 1


def value_of(text: str, style: NumberStyle) -> int | None:
    """A printed figure in millionths, or None for a blank, "n/a" or words; a dash is nothing."""
    number = numeral_reader(style)(text).number
    if number is None:
        return None
    shift = MOST_DECIMALS + number.exponent
    return number.units * int(10**shift) if shift >= 0 else number.units // int(10**-shift)


def find_sums(rows: Sequence[Values], width: int) -> tuple[ColumnSum, ...]:
    """The sums that most of the rows bear out."""
    if not FEWEST_COLUMNS <= width <= MOST_COLUMNS or len(rows) < FEWEST_BEARING_ROWS:
        return ()
    found = []
    for total in _possible(width):
        held = _held(rows, total)
        if 4 * held >= 3 * len(rows):
            weight = 2 if any(_is_telling(row, total) for row in rows) else 1
            found.append(ColumnSum(total.total, total.parts, weight))
    return tuple(found)


def score(row: Values, sums: Sequence[ColumnSum]) -> int:
    """How many of the sums hold in a row, the surer ones counting more."""
    return sum(total.weight for total in sums if _holds(row, total))


def _possible(width: int) -> Iterator[ColumnSum]:
    """One of three columns made by the other two; a run that makes the next; all but one."""
    reach = width if width <= MOST_COLUMNS_OF_TRIPLES else NEAREST_COLUMNS
    for first, second, third in combinations(range(width), 3):
        if third - first < reach:
            yield ColumnSum(third, (first, second))
            yield ColumnSum(second, (first, third))
            yield ColumnSum(first, (second, third))
    for total in range(3, width):
        for first in range(max(total - MOST_COLUMNS_OF_TRIPLES, 0), total - 2):
            yield ColumnSum(total, tuple(range(first, total)))
    yield ColumnSum(0, tuple(range(1, width)))


def _held(rows: Sequence[Values], total: ColumnSum) -> int:
    return sum(_holds(row, total) for row in rows)


def _holds(row: Values, total: ColumnSum) -> bool:
    """Whether the parts make the total, none of them blank."""
    computed = 0
    for part in total.parts:
        value = row[part]
        if value is None:
            return False
        computed += value
    return computed == row[total.total]


def _is_telling(row: Values, total: ColumnSum) -> bool:
    """Whether the sum says something in this row: at least two of its parts are not nothing."""
    return _holds(row, total) and sum(bool(row[part]) for part in total.parts) > 1
