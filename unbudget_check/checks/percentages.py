"""Percentages of change: the change over the base, at the printed precision."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from unbudget_check.checks.sides import sides_of
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.facts import UNSUMMED, ColumnRole, RowRole
from unbudget_check.model.formulas import parse_quotient
from unbudget_check.model.number import Number, decimal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

HUNDRED = decimal_of(Number(100))
# Two other columns are taken for part and base when two thirds of so many rows bear them out.
ENOUGH = 4
# Wider tables are not searched for them.
WIDEST = 14
ADJUSTED = "adjusted"


def check_percentage(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Claim percentage = part / base for every row that prints all three.

    Part and base are those that a formula in the heading divides, or the columns that the rule
    names, unless the rows speak for two others.
    """
    divided = {}
    for index, table, columns in sides_of(facts):
        divided[index] = _divided(facts, table)
        stated = columns.get("percentage")
        if stated is None or stated in divided[index]:
            continue
        named = [columns.get(rule.parameters[name]) for name in ("part", "base")]
        pair = _pair(facts, table, stated, named)
        if pair is not None:
            _claim(index, table, [stated, *pair], number, claims)
    for index, pairs in divided.items():
        for stated, pair in pairs.items():
            if pair is not None:
                _claim(index, facts.tables[index], [stated, *pair], number, claims)


def _divided(facts: DocumentFacts, table: TableFacts) -> dict[int, tuple[int, int] | None]:
    """Part and base of each percentage whose heading prints the quotient of two columns.

    None where the rows do not bear it out: it may be a rate, which is not in per cent.
    """
    marks = {column.mark: column.index for column in table.columns if column.mark}
    found: dict[int, tuple[int, int] | None] = {}
    for column in table.columns:
        names = parse_quotient(column.formula) if column.role is ColumnRole.PERCENTAGE else None
        if names and all(name in marks for name in names):
            pair = marks[names[0]], marks[names[1]]
            agreed, voted = _fit(facts, table, column.index, pair)
            found[column.index] = pair if 2 * agreed >= voted else None
    return found


def _pair(
    facts: DocumentFacts, table: TableFacts, stated: int, named: Sequence[int | None]
) -> tuple[int, int] | None:
    """The columns of part and base: those named, or those that nearly all rows bear out."""
    part, base = named
    given = (part, base) if part is not None and base is not None else None
    if given is not None:
        agreed, voted = _fit(facts, table, stated, given)
        if voted < ENOUGH or 3 * agreed >= voted:
            return given
    amounts = [c.index for c in table.columns if c.role not in UNSUMMED]
    if len(amounts) <= WIDEST:
        for pair in permutations(amounts, 2):
            agreed, voted = _fit(facts, table, stated, pair)
            if voted >= ENOUGH and 3 * agreed >= 2 * voted:
                return pair
    return given


def _fit(
    facts: DocumentFacts, table: TableFacts, stated: int, pair: tuple[int, int]
) -> tuple[int, int]:
    """In how many rows the percentage is the quotient, to one unit printed, and of how many."""
    agreed = voted = 0
    for row in table.grid:
        figures = [row[column] for column in (stated, *pair)]
        if min(figures) < 0:
            continue
        rate, part, base = (decimal_of(facts.numbers[figure]) for figure in figures)
        if not base or not rate:
            continue
        step = decimal_of(Number(1, facts.numbers[figures[0]].exponent))
        voted += 1
        agreed += abs(rate * base - HUNDRED * part) <= step * abs(base)
    return agreed, voted


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
