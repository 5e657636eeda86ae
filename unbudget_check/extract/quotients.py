"""Columns without a known heading that are percentages, because the rows say so.

In a table whose headings are not understood, a column of percentages looks like one of amounts, and
its total like a wrong sum. But each of its figures is the quotient of two others in the same row.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole, Reading
from unbudget_check.model.number import Number, scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.facts import Column, Numeral

# A rate, its part and its base.
LEAST = 3
# So many rows must bear it out, and two thirds of all that say anything.
ENOUGH = 4
# So many against it are enough to look no further.
AGAINST = 3
# What the rows say together, in bits: small rates fit by chance.
CERTAIN = 14
HUNDRED = 100
# Wider tables are not searched.
WIDEST = 14
_RATES = frozenset({ColumnRole.PERCENTAGE, ColumnRole.SHARE})
_NO_AMOUNTS = frozenset({*_RATES, ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.NUMBER})


def with_quotients(
    columns: tuple[Column, ...], numerals: Sequence[Sequence[Numeral]]
) -> tuple[Column, ...]:
    """The columns; where no heading says per cent, those that divide two others are percentages."""
    amounts = [column.index for column in columns if column.role not in _NO_AMOUNTS]
    unknown = [
        amounts.index(column.index)
        for column in columns
        if column.role is ColumnRole.AMOUNT and column.year is None
    ]
    is_said = any(column.role in _RATES for column in columns)
    if is_said or not unknown or not LEAST <= len(amounts) <= WIDEST:
        return columns
    rows = [[_number(row, column) for column in amounts] for row in numerals]
    found = {
        amounts[rate]
        for rate in unknown
        if any(_fits(rows, rate, *pair) for pair in _pairs(len(amounts), rate))
    }
    return tuple(
        replace(column, role=ColumnRole.PERCENTAGE, concept="percentage")
        if column.index in found
        else column
        for column in columns
    )


def _pairs(count: int, rate: int) -> Iterable[tuple[int, int]]:
    return permutations([column for column in range(count) if column != rate], 2)


def _number(row: Sequence[Numeral], column: int) -> Number | None:
    numeral = row[column] if column < len(row) else None
    return numeral.number if numeral and numeral.reading is Reading.FIGURE else None


def _fits(rows: Sequence[Sequence[Number | None]], rate: int, part: int, base: int) -> bool:
    """Whether a column is part / base in per cent, in so many rows that it is no chance."""
    agreed = against = bits = 0
    for row in rows:
        figures = [number for number in (row[rate], row[part], row[base]) if number is not None]
        if len(figures) < len((rate, part, base)) or not all(each.units for each in figures):
            continue
        if _is_quotient(*figures):
            agreed += 1
            bits += abs(figures[0].units).bit_length()
        else:
            against += 1
            if against == AGAINST:
                return False
    return agreed >= ENOUGH and agreed >= 2 * against and bits >= CERTAIN


def _is_quotient(rate: Number, part: Number, base: Number) -> bool:
    """Whether a rate is part / base in per cent, rounded to its last digit."""
    finest = min(rate.exponent, part.exponent, base.exponent, 0)
    stated, divided, divisor, one, last = (
        scaled(each, finest) for each in (rate, part, base, Number(1), Number(1, rate.exponent))
    )
    return 2 * abs(stated * divisor - HUNDRED * divided * one) <= last * abs(divisor)
