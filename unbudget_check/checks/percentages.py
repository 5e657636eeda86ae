"""Percentages of change: the change over the base, at the printed precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.sides import sides_of
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import RowRole

if TYPE_CHECKING:
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

ADJUSTED = "the percentage or its base carries a footnote, which may adjust the base"


def check_percentage(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim percentage = part / base for every row that prints all three."""
    wanted = ("percentage", rule.parameters["part"], rule.parameters["base"])
    for index, table, columns in sides_of(facts):
        if all(name in columns for name in wanted):
            _claim(index, table, [columns[name] for name in wanted], number, claims)


def _claim(index: int, table: TableFacts, columns: list[int], number: int, claims: Claims) -> None:
    for r, row in enumerate(table.rows):
        stated, part, base = (table.grid[r][column] for column in columns)
        if row.role is RowRole.HEADING or min(stated, part, base) < 0:
            continue
        excuse = ADJUSTED if _is_footnoted(table, r, (columns[0], columns[2])) else ""
        claims.percentages.append(PercentClaim(number, index, stated, part, base, excuse))


def _is_footnoted(table: TableFacts, row: int, columns: tuple[int, ...]) -> bool:
    """Whether one of the cells carries a footnote mark of its own."""
    return any(
        bool(table.numerals[row][column].marks)
        or ((cell := table.cells[row][column]) is not None and bool(cell.marks))
        for column in columns
    )
