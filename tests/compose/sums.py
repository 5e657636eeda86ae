"""Sums over the leaves: the figures of a component, an object, a grade or of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.figures import (
    APPROPRIATION,
    APPROVED_POSTS,
    CHANGES,
    COMPONENTS,
    EXPENDITURE,
    FACTORS,
    POST_CHANGES,
)
from tests.compose.printed import count, percent, tenths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PROGRAMME = ("1", "2", "3")


def money(names: Collection[str], components: Collection[str] = COMPONENTS) -> tuple[int, ...]:
    """Expenditure, appropriation and the three factors of some objects in some components."""
    places = [COMPONENTS.index(component) for component in components]
    return (
        sum(EXPENDITURE[name][place] for name in names for place in places),
        sum(APPROPRIATION[name][place] for name in names for place in places),
        *(_factor(CHANGES, names, components, factor) for factor in FACTORS),
    )


def posts(grades: Collection[str], components: Collection[str] = COMPONENTS) -> tuple[int, ...]:
    """Approved posts and the three factors of some grades in some components."""
    places = [COMPONENTS.index(component) for component in components]
    return (
        sum(APPROVED_POSTS[grade][place] for grade in grades for place in places),
        *(_factor(POST_CHANGES, grades, components, factor) for factor in FACTORS),
    )


def money_row(label: str, values: tuple[int, ...]) -> tuple[str, ...]:
    """A printed row of eight columns: from expenditure to estimate, with total and percentage."""
    spent, base, *factors = values
    change = sum(factors)
    printed = (tenths(value) for value in (spent, base, *factors, change))
    return (label, *printed, percent(change, base), tenths(base + change))


def short_money_row(label: str, values: tuple[int, ...]) -> tuple[str, ...]:
    """A printed row of a source of funds with a single column of changes."""
    spent, base, change = values
    printed = (tenths(value) for value in (spent, base, change))
    return (label, *printed, percent(change, base), tenths(base + change))


def post_row(label: str, values: tuple[int, ...]) -> tuple[str, ...]:
    """A printed row of posts: approved, three factors, their total, proposed."""
    base, *factors = values
    change = sum(factors)
    return (label, *(count(value) for value in (base, *factors, change, base + change)))


def short_post_row(label: str, values: tuple[int, ...]) -> tuple[str, ...]:
    """A printed row of posts with a single column of changes."""
    base, change = values
    return (label, count(base), count(change), count(base + change))


def added(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The sum of rows of equal length, column by column."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _factor(
    changes: tuple[tuple[str, str, str, int], ...],
    names: Collection[str],
    components: Collection[str],
    factor: str,
) -> int:
    return sum(
        amount
        for name, component, cause, amount in changes
        if name in names and component in components and cause == factor
    )
