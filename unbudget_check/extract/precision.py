"""To which precision a column prints its figures: a dash, zeros left out, whole hundreds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.numerals import nil_numeral
from unbudget_check.model.facts import UNSUMMED, Column, ColumnRole, Numeral, Reading, Row
from unbudget_check.model.number import Number, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    Body = Sequence[Sequence[Numeral]]

_RATES = (ColumnRole.PERCENTAGE, ColumnRole.SHARE)
# A habit shows in so many figures.
ENOUGH = 3
# Figures that all end in noughts were rounded to them, unless chance of 2**-24 or less made it so;
# one nought at the end of one figure is log2(10) bits, in tenths.
ROUNDED_BITS, NOUGHT_DECIBITS = 24, 33
# Who rounds to more than thousands writes thousands or millions: such amounts were set so.
MOST_NOUGHTS = 3


def settle_precision(
    rows: Sequence[Row], columns: Sequence[Column], body: Body
) -> tuple[tuple[Numeral, ...], ...]:
    """The cells with the precision that their column and block print.

    A dash is nil at the usual precision. Where a program left out trailing zeros (12.5, 13,
    14.25), every figure of the column has the finest one. Where all whole figures of a block end
    in noughts (in hundreds, say), they were rounded to these.
    """
    body = _coarsened(rows, columns, body)
    printed = _printed(rows, columns, body)
    usual = {place: found.most_common(1)[0][0] for place, found in printed.items()}
    blocks: dict[int, Counter[int]] = {}
    for (block, _), exponent in usual.items():
        blocks.setdefault(block, Counter())[exponent] += 1
    fallbacks = {block: found.most_common(1)[0][0] for block, found in blocks.items()}
    trimmed = _trimmed(rows, columns, body, printed)
    return tuple(
        tuple(
            _settled(
                numeral,
                _usual(usual, row.block, column, fallbacks.get(row.block, 0)),
                trimmed.get((row.block, column.index)),
            )
            for numeral, column in zip(numerals, columns, strict=True)
        )
        for row, numerals in zip(rows, body, strict=True)
    )


def _coarsened(rows: Sequence[Row], columns: Sequence[Column], body: Body) -> Body:
    """The cells of blocks whose figures are all rounded to tens, hundreds or more, so coarse."""
    found: dict[int, set[int]] = {}
    for row, numerals in zip(rows, body, strict=True):
        for column in columns:
            number = numerals[column.index].number if column.role not in UNSUMMED else None
            if number is not None and number.units:
                # A figure with decimals is rounded to no nought.
                units = number.units if number.exponent == 0 else 1
                found.setdefault(row.block, set()).add(abs(units))
    coarse = {block: _noughts(figures) for block, figures in found.items()}
    if not any(coarse.values()):
        return body
    return [
        [
            _in_noughts(numeral, coarse.get(row.block, 0) if c.role not in UNSUMMED else 0)
            for numeral, c in zip(numerals, columns, strict=True)
        ]
        for row, numerals in zip(rows, body, strict=True)
    ]


def _noughts(figures: set[int]) -> int:
    """In how many noughts all figures end, where that is no chance."""
    least = min(len(str(each)) - len(str(each).rstrip("0")) for each in figures)
    are_rounded = len(figures) * least * NOUGHT_DECIBITS >= 10 * ROUNDED_BITS
    return least if are_rounded and least <= MOST_NOUGHTS else 0


def _in_noughts(numeral: Numeral, noughts: int) -> Numeral:
    if not noughts or numeral.number is None or numeral.reading is not Reading.FIGURE:
        return numeral
    return replace(numeral, number=Number(numeral.number.units // 10**noughts, noughts))


def _settled(numeral: Numeral, usual: int, finest: int | None) -> Numeral:
    if numeral.reading is Reading.NIL:
        return nil_numeral(usual if finest is None else finest)
    if finest is not None and numeral.reading is Reading.FIGURE:
        return _at_precision(numeral, finest)
    return numeral


@lru_cache(maxsize=65536)
def _at_precision(numeral: Numeral, finest: int) -> Numeral:
    if numeral.number is None or numeral.number.exponent <= finest:
        return numeral
    return replace(numeral, number=Number(scaled(numeral.number, finest), finest))


def _printed(
    rows: Sequence[Row], columns: Sequence[Column], body: Body
) -> dict[tuple[int, int], Counter[int]]:
    """(block, column) -> how often each exponent is printed there."""
    printed: dict[tuple[int, int], Counter[int]] = {}
    for row, numerals in zip(rows, body, strict=True):
        for column in columns:
            numeral = numerals[column.index]
            if numeral.reading is Reading.FIGURE and numeral.number is not None:
                found = printed.setdefault((row.block, column.index), Counter())
                found[numeral.number.exponent] += 1
    return printed


def _trimmed(
    rows: Sequence[Row],
    columns: Sequence[Column],
    body: Body,
    printed: dict[tuple[int, int], Counter[int]],
) -> dict[tuple[int, int], int]:
    """(block, column) -> the finest exponent, where trailing zeros were left out.

    So it is where precision varies, most figures have the finest one, and no decimal ends in 0.
    """
    mixed = {
        place: min(found)
        for place, found in printed.items()
        if len(found) > 1
        and sum(found.values()) >= ENOUGH
        and 2 * found[min(found)] >= sum(found.values())
    }
    for row, numerals in zip(rows, body, strict=True) if mixed else ():
        for column in columns:
            numeral = numerals[column.index]
            number = numeral.number if numeral.reading is Reading.FIGURE else None
            if number is not None and number.exponent < 0 and number.units % 10 == 0:
                mixed.pop((row.block, column.index), None)
    return mixed


def _usual(usual: dict[tuple[int, int], int], block: int, column: Column, fallback: int) -> int:
    """The precision of a column in a block; percentages are printed alike in all blocks."""
    if column.role in _RATES:
        others = [found for (_, index), found in usual.items() if index == column.index]
        fallback = min(others, default=fallback)
    return usual.get((block, column.index), fallback)
