"""The total below the last part of a table against the subtotals of all its parts (1), (2), (3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.footing import UNSUMMED, doubt_of
from unbudget_check.checks.places import place_of
from unbudget_check.model.facts import meaning_of

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Footing, TableFacts
    from unbudget_check.rulebook.rule import Rule


def check_parts(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write total of all parts - subtotal of each part = 0, columns matched by what they mean."""
    del rule
    for index, table in enumerate(facts.tables):
        for footing in table.footings:
            if footing.kind == "parts":
                for column in table.columns:
                    if column.role not in UNSUMMED:
                        _write(facts, index, table, footing, column, number, claims)


def _write(
    facts: DocumentFacts,
    index: int,
    table: TableFacts,
    footing: Footing,
    column: Column,
    number: int,
    claims: Claims,
) -> None:
    members = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
    for ordinal, row in footing.above:
        other = facts.tables[ordinal]
        found = _same_column(other, column)
        members.append(other.grid[row][found] if found is not None else -1)
    place = place_of(table, footing.total, column.index)
    signs = [1] + [-1] * (len(members) - 1)
    claims.add(index, number, [members], signs, [place], doubt_of(footing))


def _same_column(table: TableFacts, wanted: Column) -> int | None:
    """The column of another part that means the same; headings differ between the parts."""
    meaning = meaning_of(wanted)
    for column in table.columns:
        if meaning is not None and meaning_of(column) == meaning:
            return column.index
    return None
