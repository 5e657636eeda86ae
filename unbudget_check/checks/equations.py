"""Equations between the columns of a row, such as base + change = estimate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.checks.places import place_of
from unbudget_check.checks.sides import sides_of
from unbudget_check.evidence.settle import MOST_SUPPORT_BITS, trial_of
from unbudget_check.evidence.weight import HEADINGS_BITS, weigh
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.facts import Reading as Printed
from unbudget_check.model.reading import Reading
from unbudget_check.rulebook.equation import parse_equation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.equation import Equation
    from unbudget_check.rulebook.rule import Rule

    Terms = Sequence[tuple[int, int]]

SLID = "slid"
# One column that equals another is no equation.
FEWEST = 3
FACTORS = ("technical", "mandates", "other")
_WITHOUT_CHANGE = parse_equation("base + change = estimate")
_YEARS = re.compile(r"\d+")


def check_equation(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write the equation for every row of the unit that the rule names, in every table it fits.

    That the columns mean the equation is one reading, whatever the rows count: money above bears
    it out for the posts below, and tables with the same headings for one another.
    """
    equation = parse_equation(rule.parameters["equation"])
    posts = rule.parameters["unit"] == "posts"
    for side, (_, table, columns) in enumerate(sides_of(facts)):
        terms = _as_derived(_resolve(equation, columns), columns)
        rows = [r for r, row in enumerate(table.rows) if row.role is not RowRole.HEADING]
        counted = [r for r in rows if (table.rows[r].unit == "posts") == posts]
        if terms and counted:
            around = _around_nil(facts, table, rows, columns)
            reading = _reading(table, rows, terms, around, side)
            _write(table, counted, terms, number, claims, reading)


def check_negative_level(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each estimate that a cut larger than its base leaves below nil.

    A level is an amount or a number of posts that there is: where all others of both columns are,
    one below nil was cut by more than there was.
    """
    del rule
    for _, table, columns in sides_of(facts):
        if not {"base", "change", "estimate"} <= columns.keys():
            continue
        base, change, estimate = (columns[name][0] for name in ("base", "change", "estimate"))
        below = []
        levels = 0
        for r, row in enumerate(table.rows):
            figures = [table.grid[r][column] for column in (base, change, estimate)]
            if row.role is RowRole.HEADING or min(figures) < 0:
                continue
            before, moved, after = (facts.numbers[figure].units for figure in figures)
            levels += before >= 0
            if after < 0:
                below.append((r, before > 0 > moved))
        if len(below) == 1 and below[0][1] and levels >= FEWEST:
            claims.remarks.append(Remark(number, Spot(table.ordinal, below[0][0], estimate)))


def _around_nil(
    facts: DocumentFacts,
    table: TableFacts,
    rows: Sequence[int],
    columns: Mapping[str, Sequence[int]],
) -> int:
    """The bits of base + factors = estimate, where the change between them was left out."""
    change = columns.get("change", [-1])[0]
    whole = _resolve(_WITHOUT_CHANGE, {k: v for k, v in columns.items() if k != "change"})
    nil = all(table.numerals[r][change].reading is not Printed.FIGURE for r in rows)
    if change < 0 or not whole or not nil:
        return 0
    told = (
        [(table.grid[r][column], sign) for column, sign in whole if table.grid[r][column] >= 0]
        for r in rows
    )
    found = weigh(trial_of(terms, facts.numbers, facts.counts) for terms in told if terms)
    return max(min(found.bits, MOST_SUPPORT_BITS), 0)


def _resolve(equation: Equation, columns: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """(column, coefficient) of each term, the stated column first; empty where it does not fit.

    Factors of a change that a table leaves out are nothing, and those in words of their own are
    added; a change that is not printed is the sum of its factors.
    """
    if equation.stated not in columns:
        return []
    factors = [c for name in (*FACTORS, ColumnRole.FACTOR) for c in columns.get(name, ())]
    terms = [(columns[equation.stated][0], 1)]
    for coefficient, name in equation.parts:
        if name in FACTORS:
            found = [c for c in factors if c in columns.get(name, ())]
            if name == FACTORS[-1]:
                found += columns.get(ColumnRole.FACTOR, ())
        elif name == "change" and name not in columns and factors:
            found = factors
        elif name not in columns:
            return []
        else:
            found = [columns[name][0]]
        terms.extend((column, -coefficient) for column in found)
    return terms if len(terms) >= FEWEST else []


def _as_derived(terms: Terms, columns: Mapping[str, Sequence[int]]) -> Terms:
    """The same equation, solved for the change where that stands last: there it is the result."""
    change = columns.get("change", [-1])[0]
    if change < max((column for column, _ in terms), default=change + 1):
        return terms
    sign = next(coefficient for column, coefficient in terms if column == change)
    ordered = sorted(terms, key=lambda term: term[0] != change)
    return [(column, coefficient * sign) for column, coefficient in ordered]


def _reading(
    table: TableFacts, rows: Sequence[int], terms: Terms, around: int, side: int
) -> Reading:
    """That these columns mean this equation, as they do in like tables.

    The equations of one set of columns bear one another out: they rest on the same headings.
    """
    headings = [table.columns[column].heading for column, _ in terms]
    alike = tuple(_YEARS.sub("", heading.casefold()) for heading in headings)
    spot = Spot(table.ordinal, rows[0], terms[0][0])
    other = ", ".join(headings[1:])
    keys = [("equation", alike)] if around else [("equation", alike), ("side", side)]
    return Reading("equation", spot, other, HEADINGS_BITS + around, alike=tuple(keys))


def _write(
    table: TableFacts,
    rows: Sequence[int],
    terms: Terms,
    number: int,
    claims: Claims,
    reading: Reading,
) -> None:
    """Write one tie a row, under the reading of all of them."""
    members = [[table.grid[r][column] for column, _ in terms] for r in rows]
    written = [at for at, row in enumerate(members) if row[0] >= 0 and max(row[1:]) >= 0]
    places = [place_of(table, rows[at], terms[0][0]) for at in written]
    signs = [sign for _, sign in terms]
    doubt = SLID if _has_slid(table, [rows[at] for at in written]) else ""
    told = [members[at] for at in written]
    claims.add(table.ordinal, number, told, signs, places, doubt, reading=claims.read(reading))


def _has_slid(table: TableFacts, rows: Sequence[int]) -> bool:
    """Whether every row prints a figure before the base and none in it: one column off, perhaps."""
    roles = {column.role: column.index for column in table.columns}
    spent, base = roles.get(ColumnRole.EXPENDITURE), roles.get(ColumnRole.BASE)
    if spent is None or base is None:
        return False
    readings = [(table.numerals[r][spent].reading, table.numerals[r][base].reading) for r in rows]
    return all(pair == (Printed.FIGURE, Printed.NIL) for pair in readings)
