"""What charts and organization charts show: figures with labels, outside any table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """The printed place of a figure of a chart.

    ``figure`` is the number of its caption, ``row`` the category or the unit, ``column`` the
    series or the source of funds, ``item`` the grade.
    """

    figure: str = ""
    row: str = ""
    column: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class ChartSum:
    """A figure of the vector and the figures that add up to it."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """One figure of a chart, and what it counts as a table would call it.

    ``measure`` is a grade, an object of expenditure, resources and the like; ``unit`` is "money"
    or "posts" and ``scale`` the power of ten of one printed unit.
    """

    figure: int
    measure: str
    unit: str
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point of a chart of Word: the printed label, the value, and the height of the stack there.

    A label that nobody typed over prints the value; the stack ends with this point.
    """

    at: Span
    printed: Number
    drawn: Number
    stacked: Number


@dataclass(frozen=True, slots=True)
class Chart:
    """One numbered figure: what its charts show, list by list, and what of it adds up.

    ``entities`` are the components that it may be about: its caption and the headings above it
    may differ. ``series`` are the points of those in which somebody typed over labels.
    """

    number: str
    scope: str
    entities: tuple[str, ...]
    year: int | None
    groups: tuple[tuple[Slice, ...], ...]
    tallies: tuple[ChartSum, ...] = ()
    series: tuple[tuple[Labelled, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """The posts of a unit that one source of funds pays.

    ``stated`` is the figure of their number, where it is printed; ``grades`` are (grade, figure)
    in printed order, and none where it is not sure which posts belong to this source.
    """

    source: str
    stated: int | None
    grades: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """One box of an organization chart.

    ``entities`` are (scope, component) pairs: what its name means in each numbering of the
    document. ``total`` is the figure of all its posts, where that is printed. ``tallies`` are the
    sums that the box claims. ``unclear`` says why its list cannot be relied on.
    """

    name: str
    entities: tuple[tuple[str, str], ...]
    staff: tuple[Staff, ...]
    total: int | None
    tallies: tuple[ChartSum, ...]
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """One organization chart: its boxes in reading order.

    ``year`` is the last one printed in a heading above it.
    """

    units: tuple[OrgUnit, ...]
    year: int | None = None
