"""Totals and subtotals against the rows that they add up, in every column of figures.

The total below the last part of a table against the subtotals of all its parts (1), (2), (3).
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import FAILURE_BITS, loss_of
from unbudget_check.model.claims import Remark, Skipped, place_of
from unbudget_check.model.facts import (
    ROWS_OF_TOTALS,
    UNSUMMED,
    CellKind,
    ColumnRole,
    Reading,
    RowRole,
    Spot,
    meaning_of,
)
from unbudget_check.model.number import ZERO, Number, decimal_of, last_of, scaled
from unbudget_check.notation.years import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.evidence.weight import Trial
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Footing, TableFacts
    from unbudget_check.rulebook.rule import Rule


AVERAGE, UNDIVIDED, UNSTATED = "average", "not-broken-down", "not-stated"
# Amounts side by side in one table rarely differ by more than this factor.
LIKE_AMOUNTS_FACTOR = 50
# Parts from which a total far from their sum is improbable as a slip, and parts from which a total
# of the size of one of them is.
SEVERAL, MANY = 3, 8
# What headings say that do not tell in what a column counts, such as "Average grade".
UNSAID, TOTALLED = frozenset({"", "details"}), frozenset({"total"})
NIL = Number(0)
# Units in which every column of amounts is added up.
KNOWN = frozenset({"money", "posts"})
# Columns that must do without a row before it is called left out.
SEVERAL_COLUMNS = 2
# Other columns that must confirm a footing before one column is taken to be of another kind.
BEARING_COLUMNS = 2


def check_footing(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated total - parts = 0 for every footing of the kind that the rule names."""
    kind = rule.parameters["kind"]
    for index, table in enumerate(facts.tables):
        for footing in table.footings:
            if footing.kind == kind:
                _write(facts, index, footing, number, claims)


def _write(facts: DocumentFacts, index: int, footing: Footing, number: int, claims: Claims) -> None:
    table = facts.tables[index]
    columns, members = [], []
    for column in table.columns:
        if column.role in UNSUMMED or column.index in footing.exceptions:
            continue
        figures = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
        columns.append(column)
        members.append(figures)
    # Where a table of amounts has one column, nothing else can be what its total adds up.
    filled = sum(max(figures) >= 0 for figures in members)
    is_only = filled == 1 and footing.labelled and table.unit in KNOWN
    rates = [
        at
        for at, column in enumerate(columns)
        if _is_rate(facts, column, members, at, is_only=is_only)
    ]
    claims.skipped.extend(Skipped(index, AVERAGE) for _ in rates)
    columns = [column for at, column in enumerate(columns) if at not in rates]
    members = [figures for at, figures in enumerate(members) if at not in rates]
    for at in reversed(range(len(columns))):
        if why := _why_not(facts, table, footing, columns[at]):
            claims.skipped.append(Skipped(index, why))
            del columns[at], members[at]
    places = [place_of(table, footing.total, column.index) for column in columns]
    signs = [1, *(-sign for sign in signs_of(footing))]
    reading = read_footing(facts, index, footing, claims)
    claims.add(index, number, members, signs, places, reading=reading)
    for turned in table.turned:
        rows = (footing.total, *footing.parts)
        figures = [table.grid[row][turned.stated] for row in rows]
        place = place_of(table, footing.total, turned.stated)
        own = [1] * len(rows)
        if min(signs_of(footing)) < 0:
            # What is in favour in revenue is against it in costs: the row says which.
            own = [turned.signs[row] * turned.signs[footing.total] for row in rows]
        summed = [sign * way for sign, way in zip(signs, own, strict=False)]
        claims.add(index, number, [figures], summed, [place], reading=reading)


def read_footing(facts: DocumentFacts, index: int, footing: Footing, claims: Claims) -> int:
    """Announce that these rows are the parts of that total; returns the number of the reading."""
    table = facts.tables[index]
    stated = next((figure for figure in table.grid[footing.total] if figure >= 0), -1)
    at = facts.spots[stated] if stated >= 0 else Spot(index, footing.total, 0)
    label = table.rows[footing.total].label
    return claims.read(Reading("footing", at, label, footing.weight.prior, sums=True))


def _why_not(facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column) -> str:
    """Why nothing is to be added up in a column, or nothing."""
    if _is_undivided(table, footing, column):
        return UNDIVIDED
    if _is_unstated(facts, table, footing, column):
        return UNSTATED
    return AVERAGE if _is_of_another_kind(facts, table, footing, column) else ""


def _is_unstated(facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column) -> bool:
    """Whether a dash in place of a total says that there is none, as others in the table do.

    One total that was left out is a slip, and so is a whole row; several in one row, or one column,
    beside others that add up are meant so: parts of several kinds, a time that has not ended.
    """
    if not _is_dash_for_a_sum(facts, table, footing, column) or not footing.weight.held:
        return False
    beside = (other for other in table.columns if other.role not in UNSUMMED)
    dashes = sum(_is_dash_for_a_sum(facts, table, footing, other) for other in beside)
    below = (each for each in table.footings if each.total != footing.total)
    dashes += sum(_is_dash_for_a_sum(facts, table, each, column) for each in below)
    return dashes > 1 or _is_pending(table, footing, column)


def _is_pending(table: TableFacts, footing: Footing, column: Column) -> bool:
    """Whether most parts are dashes, too, and no other column has any: these are not known yet."""
    rows = (footing.total, *footing.parts)
    dashes = Counter(
        other.index
        for other in table.columns
        for row in rows
        if table.numerals[row][other.index].reading is CellKind.NIL
    )
    return set(dashes) == {column.index} and 2 * dashes[column.index] > len(rows)


def _is_dash_for_a_sum(
    facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column
) -> bool:
    if table.numerals[footing.total][column.index].reading is not CellKind.NIL:
        return False
    trial = trial_in(facts, table, footing, column)
    return trial is not None and not trial.holds


def _is_undivided(table: TableFacts, footing: Footing, column: Column) -> bool:
    """Whether a total stands above typed zeros alone: there it was not broken down.

    A dash says that there is nothing; a zero in a worksheet may be a cell that nobody filled in.
    """
    stated, *parts = (table.numerals[row][column.index] for row in (footing.total, *footing.parts))
    return (
        footing.kind == "column"
        and bool(stated.number and stated.number.units)
        and len(parts) > 1
        and all(p.reading is CellKind.FIGURE and p.number and not p.number.units for p in parts)
    )


def _is_of_another_kind(
    facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column
) -> bool:
    """Whether a column that nothing is known of holds codes, rates or the like: no sum of its own.

    Its total is far off, as no misprint is, and it adds up nowhere else in its table.
    """
    unknown = column.role is ColumnRole.AMOUNT and not (column.year or column.concept)
    if not unknown or table.unit in KNOWN or footing.weight.held < BEARING_COLUMNS:
        return False
    trial = trial_in(facts, table, footing, column)
    if trial is None or trial.holds or loss_of(trial) < FAILURE_BITS:
        return False
    others = (trial_in(facts, table, each, column) for each in table.footings if each != footing)
    if any(each.holds and each.addends > 1 for each in others if each is not None):
        return False
    return not _is_tied(facts, table, footing, column)


def _is_tied(facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column) -> bool:
    """Whether the rows add a column to others, all of which add up: then it must do so, too."""
    ties = ({tie.stated, *dict(tie.parts)} for tie in table.ties)
    for others in (tie - {column.index} for tie in ties if column.index in tie):
        trials = [trial_in(facts, table, footing, table.columns[each]) for each in others]
        if all(trial is not None and trial.holds for trial in trials):
            return True
    return False


def check_left_out(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the row that a total leaves out, though it stands among the rows that it adds up.

    Of a workbook with formulas, their own rules tell it.
    """
    del rule
    for index, table in enumerate(facts.tables) if not facts.worksheets.sheets else ():
        taken = {row for each in table.footings for row in (each.total, *each.parts)}
        taken |= {each.stated for each in table.ratios if not each.across}
        taken |= {each.stated for each in table.averages if not each.across}
        for footing in table.footings:
            left = [row for row in rows_between(table, footing) if row not in taken]
            if len(left) == 1 and _is_left_out(facts, table, footing, left[0]):
                claims.remarks.append(_left_out(facts, index, footing, left[0], number))


def rows_between(table: TableFacts, footing: Footing) -> Iterator[int]:
    """The items between the first row that a total adds up and the total, or the last such row."""
    rows = (footing.total, *footing.parts)
    between = range(min(rows) + 1, max(rows))
    return (at for at in between if at not in rows and table.rows[at].role is RowRole.ITEM)


def _is_left_out(facts: DocumentFacts, table: TableFacts, footing: Footing, row: int) -> bool:
    """Whether a row is like those that a total adds up, and several columns do without it.

    Rows of another depth are parts of their neighbours, figures of another size or precision count
    something else.
    """
    own, parts = table.rows[row], [table.rows[part] for part in footing.parts]
    if table.rows[footing.total].role not in ROWS_OF_TOTALS or footing.weight.failed:
        return False
    kinds = {(each.depth, each.unit) for each in (own, *parts)}
    if len(kinds) > 1 or set(signs_of(footing)) != {1}:
        return False
    if any(_repeats(facts, table, row, part) for part in footing.parts):
        return False  # the total of that one alone
    telling = []
    for column in table.columns:
        figure = table.grid[row][column.index]
        if column.role in UNSUMMED or figure < 0 or not facts.numbers[figure].units:
            continue
        trial = trial_in(facts, table, footing, column)
        beside = [table.grid[part][column.index] for part in footing.parts]
        others = [facts.numbers[each] for each in beside if each >= 0]
        if trial is None or not trial.holds or not is_alike(facts.numbers[figure], others):
            return False
        telling.append(facts.numbers[figure])
    return len(telling) >= SEVERAL_COLUMNS and not all(map(may_be_year, telling))


def _repeats(facts: DocumentFacts, table: TableFacts, one: int, other: int) -> bool:
    """Whether two rows print the same figures."""
    pairs = zip(table.grid[one], table.grid[other], strict=True)
    numbers = facts.numbers
    return all(max(a, b) < 0 or (min(a, b) >= 0 and numbers[a] == numbers[b]) for a, b in pairs)


def _left_out(facts: DocumentFacts, index: int, footing: Footing, row: int, number: int) -> Remark:
    """The remark on a row that a total leaves out, at the first total that would be another."""
    table = facts.tables[index]
    at = next(
        column.index
        for column in table.columns
        if column.role not in UNSUMMED
        and table.grid[row][column.index] >= 0
        and facts.numbers[table.grid[row][column.index]].units
    )
    stated, missing = (facts.numbers[table.grid[each][at]] for each in (footing.total, row))
    finest = min(stated.exponent, missing.exponent)
    return Remark(
        number,
        Spot(index, footing.total, at),
        Number(scaled(stated, finest) + scaled(missing, finest), finest),
        other=table.rows[row].label,
        parts=tuple((Spot(index, part, at), 1) for part in sorted((*footing.parts, row))),
    )


def is_alike(number: Number, others: Sequence[Number]) -> bool:
    """Whether a figure has the size and the digits of others."""
    sizes = [abs(decimal_of(other)) for other in others if other.units]
    usual, size = median(sizes) if sizes else ZERO, abs(decimal_of(number))
    is_like = usual <= LIKE_AMOUNTS_FACTOR * size <= LIKE_AMOUNTS_FACTOR**2 * usual
    return is_like and any(other.exponent == number.exponent for other in others)


def may_be_year(number: Number) -> bool:
    """Whether a figure may be a year among amounts."""
    return number.exponent == 0 and number.units in YEARS


def trial_in(
    facts: DocumentFacts, table: TableFacts, footing: Footing, column: Column
) -> Trial | None:
    """What a footing says in one column, or None where the total is blank there."""
    figures = [table.grid[row][column.index] for row in (footing.total, *footing.parts)]
    signs = [1, *(-sign for sign in signs_of(footing))]
    terms = [pair for pair in zip(figures, signs, strict=False) if pair[0] >= 0]
    known = figures[0] >= 0 and len(terms) > 1
    return trial_of(terms, facts.numbers, facts.counts) if known else None


def signs_of(footing: Footing) -> tuple[int, ...]:
    """How each part enters the total: +1, or -1 for a deduction."""
    return footing.signs or (1,) * (len(footing.parts) + len(footing.above))


def _is_rate(
    facts: DocumentFacts,
    column: Column,
    members: Sequence[Sequence[int]],
    at: int,
    *,
    is_only: bool,
) -> bool:
    """Whether a "total" lies among its parts, as rates and averages do and sums of amounts do not.

    Asked only of columns whose heading says nothing that is known. A column of the same size and
    precision that is added up speaks against it, since a slip may move a sum among its parts; but
    one such column does not where the total is far from the sum, and none where it is the mean.
    """
    stated, parts, last = _sum(facts, members[at])
    if not parts or not stated or min(parts) * max(parts) < 0:
        return False
    if stated == sum(parts) or not min(parts) <= stated <= max(parts):
        return False
    far = len(parts) >= SEVERAL and 2 * abs(sum(parts)) >= 3 * abs(stated) and not column.year
    if far and column.concept in UNSAID | TOTALLED and _is_strange(facts, members[at]):
        return True
    if column.role is not ColumnRole.AMOUNT or column.concept not in UNSAID:
        return False
    good = 0
    for other, figures in enumerate(members):
        total, addends, other_last = _sum(facts, figures)
        alike = last == other_last and abs(total) <= LIKE_AMOUNTS_FACTOR * abs(
            stated
        ) <= LIKE_AMOUNTS_FACTOR**2 * abs(total)
        good += other != at and alike and total == sum(addends)
    if good:
        return far and (good == 1 or _is_mean(facts, members, at))
    return (len(parts) >= SEVERAL and not is_only) or _is_mean(facts, members, at)


def _is_strange(facts: DocumentFacts, figures: Sequence[int]) -> bool:
    """Whether no misprint of any figure explains a total among many parts."""
    terms = [(figure, -1 if at else 1) for at, figure in enumerate(figures) if figure >= 0]
    return len(terms) > MANY and loss_of(trial_of(terms, facts.numbers, facts.counts)) >= (
        FAILURE_BITS
    )


def _is_mean(facts: DocumentFacts, members: Sequence[Sequence[int]], at: int) -> bool:
    """Whether the total is the mean of its parts, to one unit printed, plain or weighted.

    Weights are the parts of any other column, such as the posts to which a unit cost belongs.
    """
    stated = facts.numbers[members[at][0]]
    weighings = [[facts.numbers[w] if w >= 0 else NIL for w in column] for column in members]
    weighings[at] = [Number(1)] * len(members[at])
    for weights in weighings:
        pairs = [
            (decimal_of(weight), decimal_of(facts.numbers[part]))
            for weight, part in zip(weights[1:], members[at][1:], strict=True)
            if part >= 0
        ]
        whole = sum(weight for weight, _ in pairs)
        gap = decimal_of(stated) * whole - sum(weight * part for weight, part in pairs)
        if whole > 0 and abs(gap) <= whole * decimal_of(Number(1, stated.exponent)):
            return True
    return False


def _sum(facts: DocumentFacts, figures: Sequence[int]) -> tuple[int, list[int], int]:
    """Stated total and parts in their finest unit, and what they were rounded to.

    A blank total counts as nil.
    """
    numbers = [facts.numbers[figure] for figure in figures if figure >= 0]
    finest = min((number.exponent for number in numbers), default=0)
    amounts = [scaled(number, finest) for number in numbers]
    last = min(map(last_of, numbers), default=0)
    return (amounts[0], amounts[1:], last) if figures[0] >= 0 and amounts else (0, [], last)


def check_parts(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write total of all parts - subtotal of each part = 0, columns matched by what they mean."""
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
