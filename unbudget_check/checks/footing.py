"""Totals and subtotals against the rows that they add up, in every column of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.claims import place_of
from unbudget_check.model.facts import ColumnRole

if TYPE_CHECKING:
    from unbudget_check.checks.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, Footing, TableFacts
    from unbudget_check.rulebook.rule import Rule

# Figures of these columns are never added up: a percentage of a total is no sum of percentages.
UNSUMMED = frozenset(
    {ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.PERCENTAGE, ColumnRole.SHARE, ColumnRole.DETAILS}
)


def check_footing(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated total - parts = 0 for every footing of the kind that the rule names."""
    kind = rule.parameters["kind"]
    for index, table in enumerate(facts.tables):
        for footing in table.footings:
            if footing.kind == kind:
                _write(index, table, footing, number, claims)


def _write(index: int, table: TableFacts, footing: Footing, number: int, claims: Claims) -> None:
    columns = [column for column in table.columns if column.role not in UNSUMMED]
    members = [
        [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
        for column in columns
    ]
    places = [place_of(table, footing.total, column.index) for column in columns]
    signs = [1] + [-1] * len(footing.parts)
    claims.add(index, number, members, signs, places, doubt_of(footing))


def doubt_of(footing: Footing) -> str:
    """Why a footing is less than certain, or nothing."""
    if not footing.labelled:
        return "no label says so, but the columns agree"
    if 2 * footing.agreed < footing.voted:
        return "only the label says so"
    return ""
