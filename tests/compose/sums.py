"""Sums over the leaves: the figures of a component, an object, a grade or of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.figures import FACTORS
from tests.compose.printed import count, percent, tenths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tests.compose.office import Office


def money(
    office: Office, names: Collection[str], components: Collection[str] | None = None
) -> tuple[int, ...]:
    """Expenditure, appropriation and the three factors of some objects in some components."""
    chosen = office.components if components is None else components
    places = [office.components.index(component) for component in chosen]
    return (
        sum(office.expenditure[name][place] for name in names for place in places),
        sum(office.appropriation[name][place] for name in names for place in places),
        *(_factor(office.changes, names, chosen, factor) for factor in FACTORS),
    )


def posts(
    office: Office, grades: Collection[str], components: Collection[str] | None = None
) -> tuple[int, ...]:
    """Approved posts and the three factors of some grades in some components."""
    chosen = office.components if components is None else components
    places = [office.components.index(component) for component in chosen]
    return (
        sum(office.approved_posts[grade][place] for grade in grades for place in places),
        *(_factor(office.post_changes, grades, chosen, factor) for factor in FACTORS),
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
