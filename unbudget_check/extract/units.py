"""In which unit each row of a table counts, and where one block of rows ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.extract.structure import COUNTED
from unbudget_check.model.facts import (
    RATES,
    Column,
    ColumnRole,
    Numeral,
    Reading,
    Row,
    RowRole,
)
from unbudget_check.model.number import is_half

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.languages import Unit
    from unbudget_check.model.number import Number

POSTS, COUNT, PERCENTAGE = "posts", "count", "percentage"
_WHOLE = frozenset({POSTS, COUNT})


def settle_units(
    rows: Sequence[Row],
    numerals: Sequence[Sequence[Numeral]],
    columns: Sequence[Column],
    units: Sequence[Unit],
) -> tuple[Row, ...]:
    """The rows with their block and unit.

    A table with two units (money above, posts below) ends a block with each grand total; a block
    without decimals counts posts. ``units`` are the printed units in order, possibly none.
    """
    kinds = [unit.kind for unit in units]
    if len(set(kinds)) > 1:
        rows = _split_at_totals(rows)
    settled = {
        block: _unit_of_block(block, rows, numerals, columns, kinds)
        for block in {row.block for row in rows}
    }
    return tuple(
        row if row.unit == settled[row.block] else replace(row, unit=settled[row.block])
        for row in rows
    )


# From here on numbers of things are seldom counted one by one.
MANY = 10_000
# Half a day here and there is counted, too; one figure in ten with decimals would be by chance
# what amounts with their zeros left out print whole.
HALVES = 10


def is_count(row: Row, column: Column, number: Number) -> bool:
    """Whether a figure counts things one by one, so that rounding can excuse nothing.

    Large numbers of persons and the like are estimates, each rounded on its own.
    """
    if row.unit == PERCENTAGE or column.role in RATES:
        return False
    if row.unit not in _WHOLE and column.role is not ColumnRole.NUMBER:
        return False
    one = 10 ** max(-number.exponent, 0)
    return number.step <= one and (row.unit == POSTS or abs(number.units) < MANY * one)


def _split_at_totals(rows: Sequence[Row]) -> list[Row]:
    """A new block begins with the first heading or item after a grand total."""
    block, ended, split = 0, False, []
    for row in rows:
        if ended and row.role in (RowRole.HEADING, RowRole.ITEM):
            block, ended = block + 1, False
        ended = ended or row.role is RowRole.TOTAL
        split.append(row if row.block == block else replace(row, block=block))
    return split


def _unit_of_block(
    block: int,
    rows: Sequence[Row],
    numerals: Sequence[Sequence[Numeral]],
    columns: Sequence[Column],
    kinds: Sequence[str],
) -> str:
    figures = [
        numeral.number
        for row, read in zip(rows, numerals, strict=True)
        if row.block == block
        for numeral, column in zip(read, columns, strict=True)
        if numeral.reading is Reading.FIGURE and column.role not in RATES
    ]
    fine = [number for number in figures if number and number.exponent < 0]
    has_decimals = bool(fine)
    if not kinds:
        graded = sum(column.concept == "grade" for column in columns) > 1
        counted = _unit_of_counts([row for row in rows if row.block == block])
        if counted == COUNT and len(fine) * HALVES < len(figures) and all(map(is_half, fine)):
            return COUNT
        return "" if has_decimals else POSTS if graded else counted
    if len(set(kinds)) == 1:
        return kinds[0]
    if has_decimals:
        return next((kind for kind in kinds if kind not in _WHOLE), kinds[0])
    if POSTS in kinds and any(row.unit for row in rows) and block:
        return POSTS
    return kinds[min(block, len(kinds) - 1)]


def _unit_of_counts(rows: Sequence[Row]) -> str:
    """What whole numbers count where no unit is printed: posts by grade, or numbered items."""
    if sum(bool(row.grade) for row in rows) > 1:
        return POSTS
    items = [row for row in rows if row.role is RowRole.ITEM]
    totalled = any(row.role in (RowRole.TOTAL, RowRole.SUBTOTAL) for row in rows)
    numbered = sum(row.marker.isdigit() or row.concept == COUNTED for row in items)
    return COUNT if not totalled and len(items) > 1 and 2 * numbered >= len(items) else ""
