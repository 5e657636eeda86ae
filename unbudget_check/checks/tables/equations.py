"""Equations between columns or rows, by their roles or as headings and labels print them.

base + change = estimate; a total column and those that it adds up; "lines 10 and 17".
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.evidence.settle import MOST_SUPPORT_BITS, trial_of
from unbudget_check.evidence.weight import (
    FAILURE_BITS,
    HEADINGS_BITS,
    PAIR,
    loss_of,
    standing_of,
    weigh,
)
from unbudget_check.lexicon import plain_digits
from unbudget_check.model.claims import Remark, place_of
from unbudget_check.model.facts import (
    IN_PER_CENT,
    ROWS_OF_TOTALS,
    UNSUMMED,
    CellKind,
    ColumnRole,
    Reading,
    RowRole,
    Spot,
    Standing,
)
from unbudget_check.model.number import Number, comparable, last_of
from unbudget_check.profiles import factors
from unbudget_check.rulebook.equation import parse_equation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts

    Roles = Mapping[str, Sequence[int]]
    from unbudget_check.model.claims import Claims
    from unbudget_check.rulebook.equation import Equation
    from unbudget_check.rulebook.rule import Rule

    Terms = Sequence[tuple[int, int]]
    from collections.abc import Container, Iterator

    from unbudget_check.evidence.weight import Trial
    from unbudget_check.model.facts import Footing, Tie

    Way = Sequence[tuple[int, int]]


SLID = "slid"
# One column that equals another is no equation.
FEWEST_TERMS = 3
FACTORS = factors()
_WITHOUT_CHANGE = parse_equation("base + change = estimate")
_YEARS = re.compile(r"\d+")

# A mean, weighted or not, differs from the plain one by no more than one part in so many.
MEAN_PARTS = 5
# The rows have borne a tie out before it is written: what its words say beside that.
_PRIORS = {"formula": HEADINGS_BITS, "heading": 3, "found": -3}

# A label that names rows by their numbers speaks of them, in all but one of a thousand.
NAMES_BITS = 10
# Of more rows not every combination of signs is tried.
MOST_NAMED = 4
_NAME, _NUMBER = re.compile(r"\w{1,4}"), re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,%]|\s?%)")
_RANGE = re.compile(r"(?<![\d.,])(\d{1,3})\s*[-–]\s*(\d{1,3})(?![\d.,%])")


@once
def sides_of(facts: DocumentFacts) -> Sequence[tuple[int, TableFacts, Roles]]:
    """Table number, table, and role -> columns, for every set of columns with its own change."""
    found: list[tuple[int, TableFacts, Roles]] = []
    for index, table in enumerate(facts.tables):
        sides: dict[int, dict[str, list[int]]] = {}
        for column in table.columns:
            sides.setdefault(column.side, {}).setdefault(column.role, []).append(column.index)
        found.extend((index, table, sides[side]) for side in sorted(sides))
    return found


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
            reading = _equation_reading(table, rows, terms, around, side)
            _write_equation(table, counted, terms, number, claims, reading)


def check_negative_level(facts: DocumentFacts, _rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each estimate that a cut larger than its base leaves below nil.

    A level is an amount or a number of posts that there is: where all others of both columns are,
    one below nil was cut by more than there was. A table must say what it counts, and a row that
    may be what one row has less than others is no level.
    """
    for _, table, columns in sides_of(facts):
        if not {"base", "change", "estimate"} <= columns.keys() or not table.unit:
            continue
        nets = {
            row
            for footing in table.footings
            if table.rows[footing.total].role not in ROWS_OF_TOTALS
            or min(footing.signs, default=1) < 0
            for row in (footing.total, *footing.parts)
        }
        base, change, estimate = (columns[name][0] for name in ("base", "change", "estimate"))
        below = []
        levels = 0
        for r, row in enumerate(table.rows):
            figures = [table.grid[r][column] for column in (base, change, estimate)]
            if row.role is RowRole.HEADING or min(figures) < 0 or r in nets:
                continue
            before, moved, after = (facts.numbers[figure].units for figure in figures)
            levels += before >= 0
            if after < 0:
                below.append((r, before > 0 > moved))
        if len(below) == 1 and below[0][1] and levels >= FEWEST_TERMS:
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
    nil = all(table.numerals[r][change].reading is not CellKind.FIGURE for r in rows)
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
    return terms if len(terms) >= FEWEST_TERMS else []


def _as_derived(terms: Terms, columns: Mapping[str, Sequence[int]]) -> Terms:
    """The same equation, solved for the change where that stands last: there it is the result."""
    change = columns.get("change", [-1])[0]
    if change < max((column for column, _ in terms), default=change + 1):
        return terms
    sign = next(coefficient for column, coefficient in terms if column == change)
    ordered = sorted(terms, key=lambda term: term[0] != change)
    return [(column, coefficient * sign) for column, coefficient in ordered]


def _equation_reading(
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


def _write_equation(
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
    return all(pair == (CellKind.FIGURE, CellKind.NIL) for pair in readings)


def check_row_sums(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write stated column - parts = 0 where headings, or the agreement of the rows, say so."""
    _write_row_sums(facts, ("heading", "found"), number, claims)


def check_formula(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write the formulas that the headings print, such as (5)=(4)-(3), row by row."""
    _write_row_sums(facts, ("formula",), number, claims)


def check_formula_columns(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on each printed formula that names a wrong column, with what all rows bear out."""
    for table in facts.tables:
        for tie in (tie for tie in table.ties if tie.meant):
            printed = table.columns[tie.stated].formula
            spot = Spot(table.ordinal, 0, tie.stated)
            at = claims.read(_row_sum_reading(table, tie))
            claims.remarks.append(Remark(number, spot, None, tie.meant, printed, at))


def _write_row_sums(
    facts: DocumentFacts, origins: Container[str], number: int, claims: Claims
) -> None:
    for index, table in enumerate(facts.tables):
        rows = [r for r, row in enumerate(table.rows) if row.role is not RowRole.HEADING]
        sums = [(f.total, *f.parts) for f in table.footings if min(f.signs, default=1) > 0]
        summed = {place for each in sums for place in each}
        for tie in table.ties:
            if tie.origin not in origins:
                continue
            columns = (tie.stated, *(part for part, _ in tie.parts))
            signs = [1, *(-sign for _, sign in tie.parts)]
            added = [
                r
                for r in rows
                if r not in tie.exceptions
                and not _is_of_another_kind(facts, table, r, columns, signs)
                and not (
                    tie.origin == "found"
                    and summed
                    and r not in summed
                    and _is_turned(facts, table, r, columns)
                )
            ]
            added = _of_one_kind(facts, table, added, columns, signs)
            members = [[table.grid[r][column] for column in columns] for r in added]
            places = [place_of(table, row, tie.stated) for row in added]
            at = claims.read(_row_sum_reading(table, tie))
            claims.add(index, number, members, signs, places, _doubt(tie), reading=at)


def _of_one_kind(
    facts: DocumentFacts,
    table: TableFacts,
    rows: Sequence[int],
    columns: Sequence[int],
    signs: Sequence[int],
) -> list[int]:
    """The rows without those that fail because more, or something else, is added up there.

    A figure of a column of words, which is blank or nil in all rows that hold, makes up what is
    missing; or all figures of a row are finer than any in these.
    """
    gaps: dict[int, int] = {}
    held, finest, coarsest = [], 0, dict[int, int]()
    for row in rows:
        members = zip(columns, signs, strict=True)
        terms = [(f, s) for c, s in members if (f := table.grid[row][c]) >= 0]
        if table.grid[row][columns[0]] >= 0 and len(terms) > 1:
            trial = trial_of(terms, facts.numbers, facts.counts)
            lasts = [last_of(n) for figure, _ in terms if (n := facts.numbers[figure]).units]
            if trial.holds:
                held.append(row)
                finest = min(finest, *lasts, 0)
            else:
                least = min(facts.numbers[figure].exponent for figure, _ in terms)
                gaps[row] = comparable(Number(trial.stated - trial.computed, least))
                coarsest[row] = max(lasts, default=0)
    left = {row for row in gaps if held and coarsest[row] < finest}
    for column in range(min(columns), max(columns) if gaps else 0):
        numbers = [numerals[column].number for numerals in table.numerals]
        if table.columns[column].role is ColumnRole.TEXT and not any(
            printed.units for row in held if (printed := numbers[row]) is not None
        ):
            left |= {
                row
                for row, gap in gaps.items()
                if (own := numbers[row]) is not None and abs(comparable(own)) == abs(gap)
            }
    return [row for row in rows if row not in left]


def _is_turned(facts: DocumentFacts, table: TableFacts, row: int, columns: Sequence[int]) -> bool:
    """Whether the variance of a result has its own sign: what costs less leaves more.

    A result is what one total leaves of another, or at least no addend and no total as other rows
    are: only such rows are asked about. In all others a sign that differs from those around it is
    a slip.
    """
    figures = [table.grid[row][column] for column in columns]
    if len(figures) != PAIR + 1 or min(figures) < 0:
        return False
    turned = zip([figures] * PAIR, ((1, -1, 1), (1, 1, -1)), strict=True)
    ties = (tuple(zip(each, signs, strict=True)) for each, signs in turned)
    return any(trial_of(tie, facts.numbers, facts.counts).holds for tie in ties)


def _is_of_another_kind(
    facts: DocumentFacts,
    table: TableFacts,
    row: int,
    columns: Sequence[int],
    signs: Sequence[int],
) -> bool:
    """Whether a sum that fails across a row says nothing, as the rows above it are made otherwise.

    Such are rows of means, of the highest figures and of rates, for which a total column holds no
    sum, and totals of columns in which each figure is that of its own column: then only the rows
    that are added up can be wrong.
    """
    terms = [(f, s) for c, s in zip(columns, signs, strict=True) if (f := table.grid[row][c]) >= 0]
    if table.grid[row][columns[0]] < 0 or len(terms) < PAIR:
        return False
    trial = trial_of(terms, facts.numbers, facts.counts)
    if trial.holds:
        return False
    if table.rows[row].unit == IN_PER_CENT:
        return True
    is_sum = max(signs[1:]) < 0
    if len(terms) > PAIR and is_sum and _is_mean(trial):
        return True
    return any(
        footing.total == row and all(_adds_up(facts, table, footing, c) for c in columns)
        for footing in table.footings
    )


def _is_mean(trial: Trial) -> bool:
    """Whether a "total" lies near the mean of its parts, far from their sum as no misprint is."""
    among = 0 <= min(trial.figures) <= trial.stated <= max(trial.figures)
    gap = trial.stated * len(trial.figures) - trial.computed
    return among and MEAN_PARTS * abs(gap) <= trial.computed and loss_of(trial) >= FAILURE_BITS


def _adds_up(facts: DocumentFacts, table: TableFacts, footing: Footing, column: int) -> bool:
    """Whether a total is, to the last digit, what its rows make in a column, or both are blank."""
    if footing.above:
        return False
    figures = [table.grid[row][column] for row in (footing.total, *footing.parts)]
    signs = (1, *(-sign for sign in footing.signs or (1,) * len(footing.parts)))
    terms = [pair for pair in zip(figures, signs, strict=True) if pair[0] >= 0]
    if figures[0] < 0:
        return not terms
    trial = trial_of(terms, facts.numbers, facts.counts)
    return trial.stated == trial.computed


def _row_sum_reading(table: TableFacts, tie: Tie) -> Reading:
    """That a column is the sum of others."""
    headings = [table.columns[column].heading for column, _ in tie.parts]
    spot = Spot(table.ordinal, 0, tie.stated)
    return Reading("equation", spot, ", ".join(headings), _PRIORS[tie.origin])


def _doubt(tie: Tie) -> str:
    return "no heading says so, but the rows agree" if tie.origin == "found" else ""


def check_named_rows(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write stated - rows named in the label = 0, with the signs that the columns bear out."""
    for index, table in enumerate(facts.tables):
        names = _names(table)
        for at, row in enumerate(table.rows):
            ways = list(_ways(table, at, names)) if row.role is not RowRole.HEADING else []
            found = _best(facts, table, at, ways)
            if found is None:
                continue
            way, prior = found
            label = ", ".join(table.rows[each].label for each, _ in way)
            reading = claims.read(Reading("derived", Spot(index, at, 0), label, prior))
            signs = [1, *(-sign for _, sign in way)]
            for column in table.columns:
                members = [table.grid[each][column.index] for each in (at, *(r for r, _ in way))]
                if column.role not in UNSUMMED and members[0] >= 0:
                    place = place_of(table, at, column.index)
                    claims.add(index, number, [members], signs, [place], reading=reading)


def _names(table: TableFacts) -> Mapping[str, int]:
    """The rows by their printed numbers, where each has one of its own."""
    found: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        cell = table.cells[at][0] if table.cells[at] else None
        first = plain_digits(cell.text.strip(" .)(#")) if cell is not None else ""
        name = row.marker or (first if _NAME.fullmatch(first) else "")
        if name.isdigit():
            if name in found:
                return {}
            found[name] = at
    return found


def _ways(table: TableFacts, at: int, names: Mapping[str, int]) -> Iterator[Way]:
    """What a row may follow from, as its label names them: a run of rows, or some with signs."""
    if not names:
        return
    cells = zip(table.cells[at], table.grid[at], strict=True)
    texts = [cell.text for cell, figure in cells if cell is not None and figure < 0]
    text = plain_digits(" ".join(texts))
    for first, last in _RANGE.findall(text):
        run = [row for name, row in names.items() if int(first) <= int(name) <= int(last)]
        if len(run) > 1 and at not in run:
            yield [(row, 1) for row in run]
    named = [names[name] for name in dict.fromkeys(_NUMBER.findall(text)) if name in names]
    rows = [row for row in named if row != at]
    if 1 < len(rows) <= MOST_NAMED:
        for signs in product((1, -1), repeat=len(rows)):
            if max(signs) > 0:
                yield list(zip(rows, signs, strict=True))


def _best(
    facts: DocumentFacts, table: TableFacts, at: int, ways: Sequence[Way]
) -> tuple[Way, int] | None:
    """The way that the columns bear out best, with the bits for it before they are looked at."""
    prior = NAMES_BITS - len(ways).bit_length()
    best: tuple[int, Way] | None = None
    for way in ways:
        trials = []
        for column in table.columns:
            figures = [table.grid[each][column.index] for each in (at, *(row for row, _ in way))]
            signs = [1, *(-sign for _, sign in way)]
            terms = [(f, sign) for f, sign in zip(figures, signs, strict=True) if f >= 0]
            if column.role not in UNSUMMED and figures[0] >= 0 and len(terms) > 1:
                trials.append(trial_of(terms, facts.numbers, facts.counts))
        weight = weigh(trials, prior)
        is_told = standing_of(weight) is Standing.BORNE_OUT and weight.said > 0
        if is_told and (best is None or weight.bits > best[0]):
            best = weight.bits, way
    return (best[1], prior) if best is not None else None
