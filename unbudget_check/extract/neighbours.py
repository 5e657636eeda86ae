"""Roles that columns have only beside one another: base, proposal, change and its factors."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from unbudget_check.model.facts import Column, ColumnRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Three factors at most stand before the change that they add up to.
NEAR = 3
_FACTORS = (ColumnRole.TECHNICAL, ColumnRole.MANDATES)


def settle_roles(columns: Sequence[Column], concept_of: Callable[[str], str]) -> tuple[Column, ...]:
    """The same columns with the roles that only their neighbours tell.

    ``concept_of`` gives the concept that a heading names by itself.
    """
    return tuple(_settle_amounts(_settle_changes(_settle_groups(columns, concept_of))))


def _settle_groups(columns: Sequence[Column], concept_of: Callable[[str], str]) -> list[Column]:
    """Under a heading of changes, columns with words of their own are factors of the total."""
    settled: list[Column] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        settled += _settle_group(found, concept_of) if concept_of(group) == "change" else found
    return settled


def _settle_group(group: list[Column], concept_of: Callable[[str], str]) -> list[Column]:
    """The columns below one heading of changes."""
    strangers = {c.index for c in group if _is_stranger(c, concept_of)}
    totals = {c.index for c in group if c.role is ColumnRole.TOTAL}
    known = {c.index for c in group if c.role in _FACTORS or c.concept == "other"}
    if not totals and len(strangers) > 1:
        plain = dict.fromkeys(strangers, (ColumnRole.AMOUNT, ""))
    elif len(totals) == 1 and strangers:
        plain = dict.fromkeys(strangers | known, (ColumnRole.FACTOR, ""))
        plain |= dict.fromkeys(totals, (ColumnRole.CHANGE, "change"))
    elif len(totals) == 1 and not known:
        plain = dict.fromkeys(totals, (ColumnRole.CHANGE, "total"))
    else:
        plain = {}
    return [
        replace(c, role=plain[c.index][0], concept=plain[c.index][1]) if c.index in plain else c
        for c in group
    ]


def _is_stranger(column: Column, concept_of: Callable[[str], str]) -> bool:
    """Whether a column has nothing of a change but the heading that it stands under."""
    if column.role in (ColumnRole.AMOUNT, ColumnRole.NUMBER):
        return column.concept != "other"
    return column.role is ColumnRole.CHANGE and concept_of(column.heading) != "change"


def _settle_changes(columns: list[Column]) -> list[Column]:
    """Under a heading of changes, "other" is a factor and "total" is the change itself."""
    factors = {c.index for c in columns if c.role in _FACTORS}
    return [_settle_change(column, factors) for column in columns]


def _settle_change(column: Column, factors: set[int]) -> Column:
    if column.concept == "other" and any(abs(column.index - f) < NEAR for f in factors):
        return replace(column, role=ColumnRole.OTHER)
    if column.role is ColumnRole.TOTAL and any(0 < column.index - f <= NEAR for f in factors):
        return replace(column, role=ColumnRole.CHANGE)
    return column


def _settle_amounts(columns: list[Column]) -> list[Column]:
    """Among approvals and estimates, the later year is the estimate, the earlier one the base.

    Columns of which neither years nor known words say so stay amounts: they may be rates.
    Within one group of headings: a table may hold several sources of funds side by side.
    """
    settled = list(columns)
    for side, group in enumerate(_change_groups(columns)):
        for column in group:
            if column.side != side:
                settled[column.index] = replace(column, side=side)
        amounts = [
            c
            for c in group
            if c.role is ColumnRole.AMOUNT and c.concept in ("approved", "estimate")
        ]
        if len(amounts) <= 1:
            amounts = [c for c in group if c.role is ColumnRole.AMOUNT]
        if not _is_told(amounts, group):
            continue
        ordered = sorted(amounts, key=lambda c: (c.year or 0, c.concept == "estimate", c.index))
        if len(ordered) > 1:
            earlier, later = ordered[-2:]
            settled[earlier.index] = replace(earlier, role=ColumnRole.BASE, side=side)
            settled[later.index] = replace(later, role=ColumnRole.ESTIMATE, side=side)
    return settled


def _is_told(amounts: Sequence[Column], group: Sequence[Column]) -> bool:
    """Whether a year, a known word or a change beside them tells amounts from an earlier year."""
    changes = (ColumnRole.CHANGE, *_FACTORS)
    return any(c.year or c.concept in ("approved", "estimate") for c in amounts) or any(
        c.role in changes for c in group
    )


def _change_groups(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of each change: those under its own heading, or all where it has none."""
    changes = [c for c in columns if c.role is ColumnRole.CHANGE]
    if len(changes) <= 1:
        return [list(columns)]
    names = [c.group for c in changes]
    if len(set(names)) == len(names):
        return [[c for c in columns if c.group == name] for name in names]
    groups, first = [], 0
    for change in changes:
        # Side by side without headings of their own: each set of columns ends with its change.
        groups.append([c for c in columns if first <= c.index <= change.index])
        first = change.index + 1
    return groups
