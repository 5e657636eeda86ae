"""The total below the last part of a table against the subtotals of all its parts (1), (2), (3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.footing import read_footing, signs_of
from unbudget_check.checks.places import place_of
from unbudget_check.model.facts import UNSUMMED, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Footing, TableFacts
    from unbudget_check.rulebook.rule import Rule


def check_parts(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write total of all parts - subtotal of each part = 0, columns matched by what they mean."""
    del rule
    for index, table, footing in _footings(facts):
        columns = [column for column in table.columns if column.role not in UNSUMMED]
        found = [(column, _members(facts, table, footing, column)) for column in columns]
        # A column that another part does not have claims nothing about all parts.
        members = [figures for _, figures in found if figures]
        places = [
            place_of(table, footing.total, column.index) for column, figures in found if figures
        ]
        signs = [1, *(-sign for sign in signs_of(footing))]
        reading = read_footing(facts, index, footing, claims)
        claims.add(index, number, members, signs, places, reading=reading)


def _footings(facts: DocumentFacts) -> Iterator[tuple[int, TableFacts, Footing]]:
    for index, table in enumerate(facts.tables):
        yield from ((index, table, f) for f in table.footings if f.kind == "parts")


def _members(
    facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column
) -> list[int]:
    """The total, the rows of its own part, and the rows of the parts above, in one column."""
    members = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
    for ordinal, row in footing.above:
        other = facts.tables[ordinal]
        found = _same_column(other, column)
        if found is None:
            return []
        members.append(other.grid[row][found])
    return members


def _same_column(table: TableFacts, wanted: Column) -> int | None:
    """The column of another part that means the same; headings differ between the parts."""
    meaning = meaning_of(wanted)
    for column in table.columns:
        if meaning is not None and meaning_of(column) == meaning:
            return column.index
    return None
