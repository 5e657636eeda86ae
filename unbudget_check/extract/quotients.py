"""Columns without a known heading that are percentages, because the rows say so.

In a table whose headings are not understood, a column of percentages looks like one of amounts, and
its total like a wrong sum. But each of its figures is the quotient of two others in the same row.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import quotient_trial, standing_of, weigh
from unbudget_check.model.facts import ColumnRole, Reading
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.facts import Column, Numeral
    from unbudget_check.model.number import Number

# A rate, its part and its base.
LEAST = 3
# A column may hold one rate, or one average, in all its rows: so many must differ.
ENOUGH = 4
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
    prior = -(len(amounts) ** 2).bit_length()
    found = {
        amounts[rate]
        for rate in unknown
        if any(_fits(rows, rate, *pair, prior) for pair in _pairs(len(amounts), rate))
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


def _fits(
    rows: Sequence[Sequence[Number | None]], rate: int, part: int, base: int, prior: int
) -> bool:
    """Whether the rows bear out that a column is part / base in per cent."""
    trials = []
    for row in rows:
        stated, one, other = row[rate], row[part], row[base]
        if stated and one and other and stated.units:
            trials.append(quotient_trial(stated, one, other))
    found = weigh(trials, prior)
    rates = {trial.stated for trial in trials if trial.holds}
    return len(rates) >= ENOUGH and standing_of(found) is Standing.BORNE_OUT
