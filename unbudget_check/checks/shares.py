"""Shares of a total: each is its amount over the total amount, and together they make 100."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.footing import read_footing
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import UNSUMMED, ColumnRole
from unbudget_check.model.number import Number, decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Footing, TableFacts
    from unbudget_check.rulebook.rule import Rule

WHOLE = decimal_of(Number(100))
# So many shares in a hundred must fit an amount column before it is taken for their source.
MOST = 80


def check_shares(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write 100 - shares = 0 where the total row of a column of shares prints 100."""
    del rule
    for index, table in enumerate(facts.tables):
        for column, footing in _totalled(facts, table):
            members = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
            signs = [1] + [-1] * len(footing.parts)
            place = ("percentage", "share", table.part or "")
            reading = read_footing(facts, index, footing, claims)
            claims.add(index, number, [members], signs, [place], reading=reading)


def check_share_of_total(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim share = amount / total amount, for the amount column that most shares fit."""
    del rule
    for index, table in enumerate(facts.tables):
        for column, footing in _totalled(facts, table):
            amounts = _amounts_behind(facts, table, column, footing)
            if amounts is not None:
                claims.percentages.extend(_claims(index, table, (column, amounts), footing, number))


def _amounts_behind(
    facts: DocumentFacts, table: TableFacts, column: Column, footing: Footing
) -> Column | None:
    """The column of amounts that most shares fit, where enough of them fit one."""
    amounts = [c for c in table.columns if c.role not in UNSUMMED]

    def fits(amount: Column) -> tuple[int, int]:
        """To one unit printed and, where several columns have the same shares, to half a unit."""
        both = (1, 2)
        whole, half = (_fits(facts, table, column, amount, footing, each) for each in both)
        return whole, half

    best = max(amounts, key=fits, default=None)
    return best if best is not None and fits(best)[0] >= MOST else None


def _claims(
    index: int, table: TableFacts, columns: tuple[Column, Column], footing: Footing, number: int
) -> Iterator[PercentClaim]:
    share, amounts = (column.index for column in columns)
    base = table.grid[footing.total][amounts]
    for row in footing.parts:
        stated, part = table.grid[row][share], table.grid[row][amounts]
        if min(stated, part, base) >= 0:
            yield PercentClaim(number, index, stated, part, base)


def _totalled(facts: DocumentFacts, table: TableFacts) -> Iterator[tuple[Column, Footing]]:
    """Columns of percentages whose total row prints 100, with that total."""
    for column in table.columns:
        if column.role not in (ColumnRole.PERCENTAGE, ColumnRole.SHARE):
            continue
        for footing in table.footings:
            stated = table.grid[footing.total][column.index]
            if (
                stated >= 0
                and decimal_of(facts.numbers[stated]) == WHOLE
                and len(footing.parts) > 1
            ):
                yield column, footing


def _fits(
    facts: DocumentFacts,
    table: TableFacts,
    column: Column,
    amounts: Column,
    footing: Footing,
    finer: int,
) -> int:
    """How many shares in a hundred are their amount over the total, to a unit printed or finer."""
    base = table.grid[footing.total][amounts.index]
    fit = tried = 0
    for row in footing.parts:
        stated, part = table.grid[row][column.index], table.grid[row][amounts.index]
        if min(stated, part, base) < 0 or not facts.numbers[base].units:
            continue
        share, amount, total = (decimal_of(facts.numbers[i]) for i in (stated, part, base))
        step = decimal_of(Number(1, facts.numbers[stated].exponent))
        tried += 1
        fit += finer * abs(share * total - WHOLE * amount) <= step * abs(total)
    return 100 * fit // tried if tried > 1 else 0
