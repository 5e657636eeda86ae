"""The columns of a table by role, set by set where several sets stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts

    Roles = Mapping[str, Sequence[int]]


@once
def sides_of(facts: DocumentFacts) -> Sequence[tuple[int, TableFacts, Roles]]:
    """Table number, table, and role -> columns, for every set of columns with its own change."""
    found: list[tuple[int, TableFacts, Roles]] = []
    for index, table in enumerate(facts.tables):
        sides: dict[int, dict[str, list[int]]] = {}
        for column in table.columns:
            sides.setdefault(column.side, {}).setdefault(column.role, []).append(column.index)
        found.extend((index, table, sides[side]) for side in sorted(sides))
    return found
