"""Whether a balance is what was there, and came, less what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.plugin_api import CheckWithParameters, place_of

if TYPE_CHECKING:
    from unbudget_check.plugin_api import Claims, DocumentFacts, Rule, TableFacts


def check_balance(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write balance - opening - received + paid = 0 for every row of every ledger."""
    for index, table in enumerate(facts.tables):
        columns = _columns(table, rule)
        if columns is None:
            continue
        grid = table.grid
        members = [[row[column] for column in columns] for row in grid]
        places = [place_of(table, row, columns[0]) for row in range(len(grid))]
        claims.add(index, number, members, (1, -1, -1, 1), places)


def _columns(table: TableFacts, rule: Rule) -> tuple[int, ...] | None:
    """The columns of the equation, or None for a table that is no ledger."""
    places = {column.heading: column.index for column in table.columns}
    headings = (rule.parameters["balance"], "Opening", "Received", "Paid")
    if not all(heading in places for heading in headings):
        return None
    return tuple(places[heading] for heading in headings)


BALANCE = CheckWithParameters(check_balance, {"balance": ("Closing", "Balance")})
