"""Equations between the columns of a row, such as base + change = estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.places import place_of
from unbudget_check.checks.sides import sides_of
from unbudget_check.judge.votes import Vote
from unbudget_check.model.claims import Skipped
from unbudget_check.model.facts import ColumnRole, Reading, RowRole
from unbudget_check.model.number import scaled
from unbudget_check.rulebook.equation import parse_equation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.equation import Equation
    from unbudget_check.rulebook.rule import Rule

SLID = "slid"
UNPROVED = "not-borne-out"
# One column that equals another is no equation.
FEWEST = 3
FACTORS = ("technical", "mandates", "other")
# With so many rows against it an equation is not what the table means.
MANY = 4


def check_equation(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write the equation for every row of the unit that the rule names, in every table it fits."""
    equation = parse_equation(rule.parameters["equation"])
    posts = rule.parameters["unit"] == "posts"
    for index, table, columns in sides_of(facts):
        rows = [
            r
            for r, row in enumerate(table.rows)
            if (row.unit == "posts") == posts and row.role is not RowRole.HEADING
        ]
        terms = _as_derived(_resolve(equation, columns), columns)
        if rows and terms:
            _write(facts, index, rows, terms, number, claims)


def _resolve(equation: Equation, columns: Mapping[str, int]) -> list[tuple[int, int]]:
    """(column, coefficient) of each term, the stated column first; empty where it does not fit.

    Factors of a change that a table leaves out are nothing; a change that is not printed is the
    sum of its factors.
    """
    if equation.stated not in columns:
        return []
    terms = [(columns[equation.stated], 1)]
    for coefficient, name in equation.parts:
        factors = [columns[factor] for factor in FACTORS if factor in columns]
        if name in columns:
            terms.append((columns[name], -coefficient))
        elif name == "change" and factors:
            terms.extend((factor, -coefficient) for factor in factors)
        elif name not in FACTORS:
            return []
    return terms if len(terms) >= FEWEST else []


def _as_derived(
    terms: Sequence[tuple[int, int]], columns: Mapping[str, int]
) -> list[tuple[int, int]]:
    """The same equation, solved for the change where that stands last: there it is the result."""
    change = columns.get("change", -1)
    if change < max((column for column, _ in terms), default=change + 1):
        return list(terms)
    sign = next(coefficient for column, coefficient in terms if column == change)
    ordered = sorted(terms, key=lambda term: term[0] != change)
    return [(column, coefficient * sign) for column, coefficient in ordered]


def _write(
    facts: DocumentFacts,
    index: int,
    rows: Sequence[int],
    terms: Sequence[tuple[int, int]],
    number: int,
    claims: Claims,
) -> None:
    table = facts.tables[index]
    members = [[table.grid[r][column] for column, _ in terms] for r in rows]
    written = [at for at, row in enumerate(members) if row[0] >= 0 and max(row[1:]) >= 0]
    found = _vote(facts, [members[at] for at in written], [sign for _, sign in terms])
    if found.voted >= MANY and 2 * found.agreed < found.voted and not _is_defined(table, terms):
        claims.skipped.append(Skipped(index, UNPROVED, len(written)))
        return
    places = [place_of(table, rows[at], terms[0][0]) for at in written]
    signs = [sign for _, sign in terms]
    slid = _has_slid(table, [rows[at] for at in written])
    claims.add(index, number, [members[at] for at in written], signs, places, SLID if slid else "")


def _has_slid(table: TableFacts, rows: Sequence[int]) -> bool:
    """Whether every row prints a figure before the base and none in it: one column off, perhaps."""
    roles = {column.role: column.index for column in table.columns}
    spent, base = roles.get(ColumnRole.EXPENDITURE), roles.get(ColumnRole.BASE)
    if spent is None or base is None:
        return False
    readings = [(table.numerals[r][spent].reading, table.numerals[r][base].reading) for r in rows]
    return all(pair == (Reading.FIGURE, Reading.NIL) for pair in readings)


def _is_defined(table: TableFacts, terms: Sequence[tuple[int, int]]) -> bool:
    """Whether headings that can mean nothing else define the tie: factors below their change."""
    names = {table.columns[column].role.value for column, _ in terms[1:]}
    return names <= set(FACTORS)


def _vote(facts: DocumentFacts, members: Sequence[Sequence[int]], signs: Sequence[int]) -> Vote:
    """How many rows bear the equation out; rows of nothing but nil have no say."""
    agreed = voted = 0
    for row in members:
        there = [(number, sign) for number, sign in zip(row, signs, strict=True) if number >= 0]
        numbers = [facts.numbers[number] for number, _ in there]
        finest = min(number.exponent for number in numbers)
        amounts = [scaled(number, finest) for number in numbers]
        if not any(amounts):
            continue
        residual = sum(a * sign for a, (_, sign) in zip(amounts, there, strict=True))
        allowance = sum(
            0 if facts.counts[number] else int(10 ** (facts.numbers[number].exponent - finest))
            for number, _ in there
        )
        voted += 1
        agreed += 2 * abs(residual) <= allowance
    return Vote(agreed, voted, 0)
