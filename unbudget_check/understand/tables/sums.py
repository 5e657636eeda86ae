"""The sums that one table claims: which rows its totals take, and which rows it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from unbudget_check.model.facts import (
    ROWS_OF_TOTALS,
    UNSUMMED,
    Footing,
    Row,
    RowRole,
    TableFacts,
    meaning_of,
)
from unbudget_check.model.number import Number, quantum_of, scaled
from unbudget_check.notation.rates import rates_in
from unbudget_check.understand.tables.candidates import Open
from unbudget_check.understand.tables.found_sums import as_sum, find_sums
from unbudget_check.understand.tables.rows import COUNT, POSTS, estimated, is_count
from unbudget_check.understand.tables.structure import find_structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.understand.tables.candidates import Declared

# Units in which every column of amounts is added up.
_KNOWN = frozenset({"money", POSTS})
# Rows that end a section of a table.
BREAKS = frozenset({RowRole.HEADING, RowRole.SPACER})
# Figures by row and column, None for a blank, and by block the quantum of each column.
Amounts = tuple[list[tuple[int | None, ...]], dict[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Top:
    """A row that later parts of the same table may total: its figures by meaning of column."""

    table: int
    row: int
    figures: dict[tuple[str, str, int], Number]


def sums_of(
    facts: TableFacts,
    amounts: Amounts,
    tops_above: Sequence[Top],
    declared: Mapping[int, Declared],
    language: str,
) -> tuple[list[Footing], list[str], list[Top]]:
    """The footings of all blocks, the totals whose parts stay unclear, the rows left open.

    ``declared`` is what formulas add up, by the position of their row.
    """
    values, quanta = amounts
    footings: list[Footing] = []
    unclear: list[str] = []
    tops: list[Top] = []
    inherited = [_open(top, facts) for top in tops_above]
    for block in sorted({row.block for row in facts.rows}):
        rows = [(r, row) for r, row in enumerate(facts.rows) if row.block == block]
        if not rows:
            continue
        found = find_structure(
            rows,
            values,
            quanta[block],
            inherited,
            has_unit=facts.unit in _KNOWN,
            declared=declared,
            rates=_rates(rows, language),
        )
        said = [_widened(each, facts, amounts) for each in found.footings]
        footings.extend(replace(f, kind=_kind(f, facts)) for f in _settled(rows, amounts, said))
        unclear.extend(facts.rows[r].label for r in found.unclear)
        tops.extend(_top(row.position, facts) for row in found.left)
        inherited = []
    return footings, unclear, tops


def _widened(footing: Footing, facts: TableFacts, amounts: Amounts) -> Footing:
    """The footing with one more row beside its parts, where that makes it hold everywhere.

    That row is blank, or nil, wherever the footing holds: so nothing told that it belongs to it.
    """
    if not footing.weight.failed or footing.above:
        return footing
    values, quanta = amounts
    widths = quanta[facts.rows[footing.total].block]
    signs = footing.signs or (1,) * len(footing.parts)
    missed: dict[int, int] = {}
    held = []
    for column, stated in enumerate(values[footing.total]):
        figures = [
            (values[part][column] or 0) * sign
            for part, sign in zip(footing.parts, signs, strict=True)
        ]
        gap = (stated or 0) - sum(figures)
        if stated is not None and any(figures):
            if 2 * abs(gap) > widths[column] * (len(figures) + 1):
                missed[column] = gap
            else:
                held.append(column)
    first, last = min(footing.total, *footing.parts), max(footing.total, *footing.parts)
    for row in range(first, last + 1):
        is_free = row not in footing.parts and row != footing.total
        if not is_free or any(values[row][column] for column in held) or not missed:
            continue
        for sign in (1, -1):
            if all(values[row][column] == sign * gap for column, gap in missed.items()):
                weight = replace(footing.weight, failed=0, loss=0)
                parts, signs = (*footing.parts, row), (*signs, sign)
                return replace(footing, parts=parts, signs=signs, weight=weight)
    return footing


def _settled(
    rows: Sequence[tuple[int, Row]], amounts: Amounts, said: Sequence[Footing]
) -> list[Footing]:
    """The sums that words say, and those that the figures bear out beside them.

    What no word says, and what fails somewhere, gives way to other parts that hold everywhere.
    """
    doubted = {
        each.total for each in said if each.weight.failed and not each.labelled and not each.above
    }
    found = list(_borne_out(rows, amounts, [each for each in said if each.total not in doubted]))
    held = {each.total for each in found if not each.weight.failed and not each.exceptions}
    doubted -= held
    kept = [each for each in said if each.total not in held]
    return [*kept, *(each for each in found if each.total not in doubted)]


def _rates(rows: Sequence[tuple[int, Row]], language: str) -> dict[int, Number]:
    """The one rate that the label of a row prints."""
    found = {
        at: rates_in(row.label, language) for at, row in rows if row.role is not RowRole.HEADING
    }
    return {at: rates[0] for at, rates in found.items() if len(rates) == 1}


def _borne_out(
    rows: Sequence[tuple[int, Row]], amounts: Amounts, said: Sequence[Footing]
) -> Iterator[Footing]:
    """The sums among the rows of a block that its columns bear out, beyond those that are known."""
    values, quanta = amounts
    widths = quanta[rows[0][1].block]
    place = {position: at for at, (position, _) in enumerate(rows)}
    lines = [
        [None if v is None else (v, w) for v, w in zip(values[position], widths, strict=True)]
        for position, _ in rows
    ]
    known = [
        as_sum(place[each.total], [place[part] for part in each.parts], each.signs)
        for each in said
        if not each.above
    ]
    breaks = (row.role in BREAKS for _, row in rows)
    stated = {total for total, *_ in known}
    under = {part for _, parts, _ in known for part in parts}
    for found in find_sums(lines, known, list(accumulate(breaks))):
        total, parts, signs = found.total, found.parts, tuple[int, ...]()
        if total in stated:
            # One sum of each row is enough where words or the form of the page say it; but what
            # remains of it below another such row is a sum of its own: expenditure, surplus.
            other, last = parts[0], parts[-1]
            if len(parts) != 2 or total > other or other not in stated or last in stated | under:
                continue
            total, parts, signs = last, (total, other), (1, -1)
        yield Footing(
            rows[total][0],
            tuple(rows[part][0] for part in parts),
            labelled=False,
            weight=found.weight,
            exceptions=found.exceptions,
            signs=signs,
        )


def in_one_unit(facts: TableFacts) -> Amounts:
    """All summable figures in the finest printed unit, and the quantum of each column and block."""
    exponent = min(
        (n.number.exponent for row in facts.numerals for n in row if n.number is not None),
        default=0,
    )
    estimates = estimated(facts.rows, facts.numerals)
    summed = [column.role not in UNSUMMED for column in facts.columns]
    values: list[tuple[int | None, ...]] = []
    quanta: dict[int, list[int]] = {}
    for row, numerals in zip(facts.rows, facts.numerals, strict=True):
        widths = quanta.setdefault(row.block, [0] * len(facts.columns))
        figures: list[int | None] = []
        for column, numeral in zip(facts.columns, numerals, strict=True):
            if not summed[column.index] or numeral.number is None:
                figures.append(None)
                continue
            figures.append(scaled(numeral.number, exponent))
            if not is_count(row, column, numeral.number, estimates):
                # Decimals that are all nought excuse a difference, but bear out no sum.
                number = numeral.number
                if number.exponent < 0 and number.step != 1:
                    number = replace(number, step=1)
                quantum = quantum_of(number, exponent)
                widths[column.index] = max(widths[column.index], quantum)
        values.append(tuple(figures))
    return values, {block: tuple(widths) for block, widths in quanta.items()}


def _kind(footing: Footing, facts: TableFacts) -> str:
    """Which rule tells a footing: over parts, posts by grade, blocks of one table, or plain."""
    if footing.above:
        return "parts"
    total = facts.rows[footing.total]
    concepts = {facts.rows[part].concept for part in footing.parts}
    if {"posts", "non_post"} <= concepts or {"professional", "general"} <= concepts:
        return "blocks"
    is_above = footing.total < min(footing.parts, default=footing.total)
    if is_above and total.role not in ROWS_OF_TOTALS:
        return "items"
    if total.unit == POSTS:
        return "posts"
    return "items" if total.unit == COUNT else "column"


def _top(position: int, facts: TableFacts) -> Top:
    figures = {
        meaning: numeral.number
        for column, numeral in zip(facts.columns, facts.numerals[position], strict=True)
        if numeral.number is not None and column.role not in UNSUMMED
        if (meaning := meaning_of(column)) is not None
    }
    return Top(facts.ordinal, position, figures)


def _open(top: Top, facts: TableFacts) -> Open:
    exponent = min(
        (n.number.exponent for row in facts.numerals for n in row if n.number is not None),
        default=0,
    )
    values = []
    for column in facts.columns:
        meaning = meaning_of(column)
        number = top.figures.get(meaning) if meaning else None
        finer = number is not None and number.exponent < exponent
        values.append(None if number is None or finer else scaled(number, exponent))
    falls = frozenset(range(len(values)))  # it is not known whether any does
    return Open(-1, tuple(values), above=(top.table, top.row), falls=falls)
