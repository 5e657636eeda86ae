"""To which precision a column prints its figures: a dash, zeros left out, whole hundreds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from math import gcd
from typing import TYPE_CHECKING

from unbudget_check.model.facts import UNSUMMED, CellKind, Column, ColumnRole, Numeral, Row
from unbudget_check.model.number import Number
from unbudget_check.notation.numerals import nil_numeral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Body = Sequence[Sequence[Numeral]]

_RATES = (ColumnRole.PERCENTAGE, ColumnRole.SHARE)
# A habit shows in so many figures.
FEWEST_FIGURES = 3
# Figures that all end in noughts were rounded to them, unless chance of 2**-24 or less made it so;
# a nought at the end of a figure is log2(10) bits, in tenths, and a nought or a five log2(5).
ENOUGH_DECIBITS, NOUGHT_DECIBITS, FIVE_DECIBITS = 240, 33, 23
# Statistical offices round counts of persons to fives.
FIVE = 5
_ALL = -1  # all columns of a block
# Who rounds to more than thousands writes thousands or millions: such amounts were set so.
MOST_NOUGHTS = 3
# People print one or two decimals as they mean them; more that are all nought set a program.
FINEST_PRINTED = -2


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
    habits = {
        block: [
            (
                _usual(usual, block, column, fallbacks.get(block, 0)),
                trimmed.get((block, column.index)),
            )
            for column in columns
        ]
        for block in {row.block for row in rows}
    }
    return tuple(
        tuple(
            _settled(numeral, *habit)
            for numeral, habit in zip(numerals, habits[row.block], strict=True)
        )
        for row, numerals in zip(rows, body, strict=True)
    )


def _coarsened(rows: Sequence[Row], columns: Sequence[Column], body: Body) -> Body:
    """The cells with the step to which all figures of their block, or column, were rounded."""
    found: defaultdict[tuple[int, int], defaultdict[int, set[int]]]
    found = defaultdict(lambda: defaultdict(set))
    for row, numerals in zip(rows, body, strict=True):
        for column in columns:
            number = numerals[column.index].number if column.role not in UNSUMMED else None
            if number is not None and number.units:
                for place in ((row.block, _ALL), (row.block, column.index)):
                    found[place][number.exponent].add(abs(number.units))
    lasts = {
        place: last
        for place, figures in found.items()
        if (last := _last_of(figures, whole=place[1] == _ALL))
    }
    if not lasts:
        return body
    return [
        [
            numeral
            if c.role in UNSUMMED
            else _rounded(numeral, lasts.get((row.block, _ALL)) or lasts.get((row.block, c.index)))
            for numeral, c in zip(numerals, columns, strict=True)
        ]
        for row, numerals in zip(rows, body, strict=True)
    ]


def _last_of(figures: Mapping[int, set[int]], *, whole: bool) -> tuple[int, int] | None:
    """The exponent and the step of the last digit, where all end in noughts or fives by no chance.

    ``figures`` are the units printed with each exponent. Decimals that are all nought say nothing
    of the noughts before the mark; neither do a few figures of one column, where not ``whole``.
    """
    least = min(figures)
    if FINEST_PRINTED <= least < 0:
        return None
    common = gcd(*(unit * 10 ** (e - least) for e, units in figures.items() for unit in units))
    place = least + len(str(common)) - len(str(common).rstrip("0"))
    count = sum(map(len, figures.values()))
    if place > 0 and (least < 0 or not whole or count * place * NOUGHT_DECIBITS < ENOUGH_DECIBITS):
        place = 0
    if place > MOST_NOUGHTS:
        return None
    noughts = sum(max(place - e, 0) * len(units) for e, units in figures.items())
    is_coarse = noughts * NOUGHT_DECIBITS >= ENOUGH_DECIBITS
    # Halves are counts of days or the like, and exact.
    fives = least >= 0 and not common // 10 ** (place - least) % FIVE
    if fives and count * FIVE_DECIBITS >= ENOUGH_DECIBITS and (is_coarse or place == least):
        return place, FIVE
    return (place, 1) if is_coarse else None


def _rounded(numeral: Numeral, last: tuple[int, int] | None) -> Numeral:
    number = numeral.number
    if last is None or number is None or numeral.reading is not CellKind.FIGURE:
        return numeral
    place, step = last
    step = step * 10 ** (place - number.exponent) if number.exponent <= place else 1
    return replace(numeral, number=replace(number, step=step))


def _settled(numeral: Numeral, usual: int, finest: int | None) -> Numeral:
    if numeral.reading is CellKind.NIL:
        return nil_numeral(usual if finest is None else finest)
    if finest is not None and numeral.reading is CellKind.FIGURE:
        return _at_precision(numeral, finest)
    return numeral


def _at_precision(numeral: Numeral, finest: int) -> Numeral:
    if numeral.number is None or numeral.number.exponent <= finest:
        return numeral
    number, more = numeral.number, 10 ** (numeral.number.exponent - finest)
    return replace(numeral, number=Number(number.units * more, finest, number.step))


def _printed(
    rows: Sequence[Row], columns: Sequence[Column], body: Body
) -> dict[tuple[int, int], Counter[int]]:
    """(block, column) -> how often each exponent is printed there."""
    printed: defaultdict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for row, numerals in zip(rows, body, strict=True):
        for column in columns:
            numeral = numerals[column.index]
            if numeral.reading is CellKind.FIGURE and numeral.number is not None:
                printed[row.block, column.index][numeral.number.exponent] += 1
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
        and sum(found.values()) >= FEWEST_FIGURES
        and 2 * found[min(found)] >= sum(found.values())
    }
    for row, numerals in zip(rows, body, strict=True) if mixed else ():
        for column in columns:
            numeral = numerals[column.index]
            number = numeral.number if numeral.reading is CellKind.FIGURE else None
            if number is not None and number.exponent < 0 and number.units % 10 == 0:
                mixed.pop((row.block, column.index), None)
    return mixed


def _usual(usual: dict[tuple[int, int], int], block: int, column: Column, fallback: int) -> int:
    """The precision of a column in a block; percentages are printed alike in all blocks."""
    if column.role in _RATES:
        others = [found for (_, index), found in usual.items() if index == column.index]
        fallback = min(others, default=fallback)
    return usual.get((block, column.index), fallback)
