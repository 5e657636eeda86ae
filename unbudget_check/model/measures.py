"""What sentences say of results: whether a target was met, and what rose or fell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.model.number import decimal_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span


class Outturn(StrEnum):
    """How a result came out beside its target."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence; ``noun`` is the word behind it, which says what is counted."""

    span: Span
    number: Number
    is_percent: bool = False
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One measure that a performance figure or table shows: year -> what was reached or planned.

    ``nouns`` are the words behind the numbers, where cells begin with a number.
    """

    name: str
    reached: Mapping[int, Number]
    planned: Mapping[int, Number]
    nouns: Mapping[int, str]


def additions(series: Series) -> Iterator[Number]:
    """What each year that a series shows added to the one before."""
    values = [decimal_of(series.reached[year]) for year in sorted(series.reached, reverse=True)]
    yield from (number_of(new - old) for new, old in pairwise(values))


def numbers_of(series: Series) -> Iterator[Number]:
    """All that a series shows or gives by adding up: results, targets, additions, their sum."""
    years = sorted(series.reached, reverse=True)
    yield from (series.reached[year] for year in years)
    yield from series.planned.values()
    values = [decimal_of(series.reached[year]) for year in years]
    yield from additions(series)
    if len(values) > 1:
        yield number_of(sum(values[1:], values[0]))


@dataclass(frozen=True, slots=True)
class Measure:
    """A performance figure or table: its series, and the text of its cells.

    ``last`` is the passage right before it, ``captions`` are those that name it, and ``told`` the
    passages that lead to it, nearest first. ``cumulative`` are the words of a caption by which
    each number includes those of the years before.
    """

    last: int
    captions: tuple[int, ...]
    told: tuple[int, ...]
    series: tuple[Series, ...]
    cells: tuple[str, ...]
    cumulative: Span | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """A number of a sentence that a measure shows again: all that it has for the same thing.

    The first of ``shown`` is the likeliest.
    """

    quantity: Quantity
    shown: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence that sets a result beside its target.

    ``at`` are the words that do so; ``reached`` are the numbers that may be the result, ``target``
    is the number of the target, where one is printed. ``falls`` says that less may be better.
    ``series`` are what the performance measure below shows. ``unmet`` are the words of a further
    sentence of the passage by which a target was not met. Unless ``is_alike``, the sentence does
    not show that result and target count the same.
    """

    outturn: Outturn
    at: Span
    reached: tuple[Quantity, ...]
    target: Quantity | None
    falls: bool
    series: tuple[Series, ...] = ()
    unmet: str = ""
    is_alike: bool = True


@dataclass(frozen=True, slots=True)
class Movement:
    """A sentence by which something rose (+1) or fell (-1) from one number to another.

    ``change`` is by how much, where it says so: a decrease of 46 posts, from 291 to 245.
    """

    at: Span
    direction: int
    first: Quantity
    last: Quantity
    change: Quantity | None = None
