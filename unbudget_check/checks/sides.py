"""The columns of a table by role, set by set where several sets stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.facts import DocumentFacts, TableFacts


def sides_of(facts: DocumentFacts) -> Iterator[tuple[int, TableFacts, Mapping[str, int]]]:
    """Table number, table, and role -> column, for every set of columns with a change of its own.

    Where a role comes twice in one set, the first column has it.
    """
    for index, table in enumerate(facts.tables):
        sides: dict[int, dict[str, int]] = {}
        for column in table.columns:
            sides.setdefault(column.side, {}).setdefault(column.role, column.index)
        yield from ((index, table, sides[side]) for side in sorted(sides))
