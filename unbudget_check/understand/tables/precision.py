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
    # A block, one of its rows, and one of its columns, or all of them.
    _Place = tuple[int, int, int]

_RATES = (ColumnRole.PERCENTAGE, ColumnRole.SHARE)
# Figures in which a habit shows.
FEWEST_FIGURES = 3
# Figures that all end in noughts were rounded to them, unless chance of 2**-24 or less made it so;
# a nought at the end of a figure is log2(10) bits, in tenths.
ENOUGH_DECIBITS, NOUGHT_DECIBITS = 240, 33
# In a row of fewer figures they may all be whole by chance, where many of a table are.
ENOUGH_IN_ROW = 8
# Statistical offices round counts of persons to multiples of five or three at random, so that
# nobody can be made out: that a figure is one is log2(5) bits, or log2(3). One that is none is a
# misprint, once in 300 to 1,000 figures, and no more than one in so many.
BASES = ((5, 23), (3, 15))
MISPRINT_DECIBITS, FEW = 90, 12
# At least one in this many of them is odd.
FEW_ROUND = 4
_ALL = -1  # all rows, or columns, of a block
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
    """The cells with the step to which all figures of their block, row or column were rounded."""
    found: defaultdict[_Place, defaultdict[int, set[int]]]
    found = defaultdict(lambda: defaultdict(set))
    summed = [column.index for column in columns if column.role not in UNSUMMED]
    for at, (row, numerals) in enumerate(zip(rows, body, strict=True)):
        for column in summed:
            number = numerals[column].number
            if number is not None and number.units:
                for place in _places(row, at, column):
                    found[place][number.exponent].add(abs(number.units))
    lasts = {
        place: last
        for place, figures in found.items()
        if (last := _last_of(figures, place)) is not None
    }
    based = {
        block: base
        for (block, row, column), figures in found.items()
        if row == column == _ALL and (base := _base_of(figures)) > 1
    }
    if not based and not lasts:
        return body
    return [
        [
            _rounded(
                numeral,
                max((lasts[p] for p in _places(row, at, c) if p in lasts), default=None),
                based.get(row.block, 1),
            )
            if c in summed
            else numeral
            for c, numeral in enumerate(numerals)
        ]
        for at, (row, numerals) in enumerate(zip(rows, body, strict=True))
    ]


def _places(row: Row, at: int, column: int) -> tuple[_Place, ...]:
    """The groups of figures that may be rounded alike: a block, one of its columns, a row."""
    return (row.block, _ALL, _ALL), (row.block, _ALL, column), (row.block, at, _ALL)


def _last_of(figures: Mapping[int, set[int]], place: _Place) -> int | None:
    """The exponent of the last digit, where all figures of a group end in noughts by no chance.

    ``figures`` are the units printed with each exponent. Decimals that are all nought say nothing
    of the noughts before the mark; neither do a few figures of one column or row.
    """
    _, row, column = place
    least = min(figures)
    count = sum(map(len, figures.values()))
    if FINEST_PRINTED <= least < 0 or (row != _ALL and (least >= 0 or count < ENOUGH_IN_ROW)):
        return None
    common = gcd(*(unit * 10 ** (e - least) for e, units in figures.items() for unit in units))
    last = least + len(str(common)) - len(str(common).rstrip("0"))
    is_part = column != _ALL or count * last * NOUGHT_DECIBITS < ENOUGH_DECIBITS
    if last > 0 and (least < 0 or is_part):
        last = 0
    noughts = sum(max(last - e, 0) * len(units) for e, units in figures.items())
    is_coarse = noughts * NOUGHT_DECIBITS >= ENOUGH_DECIBITS
    return last if is_coarse and last <= MOST_NOUGHTS else None


def _base_of(figures: Mapping[int, set[int]]) -> int:
    """The number of which the whole figures of a block are multiples by no chance, or 1.

    Beside them stand means and shares, with decimals; a few others are misprints.
    """
    whole = [unit * 10**e for e, units in figures.items() if e >= 0 for unit in units]
    if not whole or min(figures) < FINEST_PRINTED:
        return 1
    for base, decibits in BASES:
        others = sum(unit % base != 0 for unit in whole)
        # Amounts in tens are no multiples of five that anybody rounded to.
        if len(whole) > FEW_ROUND * sum(unit % (2 * base) == base for unit in whole):
            continue
        if decibits * (len(whole) - others) - MISPRINT_DECIBITS * others >= ENOUGH_DECIBITS:
            return 1 if others * FEW > len(whole) else base
    return 1


def _rounded(numeral: Numeral, last: int | None, base: int) -> Numeral:
    """The cell with the step to which its figure was rounded.

    Offices that publish multiples of a small number draw at random which of two they print: each
    may be off by anything less than that number.
    """
    number = numeral.number
    if number is None or numeral.reading is not CellKind.FIGURE:
        return numeral
    step = 10 ** max((last if last is not None else number.exponent) - number.exponent, 0)
    step = max(step, number.step)  # what was printed in thousands or millions
    if base > 1 and number.exponent >= 0:
        step = max(step, 2 * (base - 1))
    return numeral if step == 1 else replace(numeral, number=replace(number, step=step))


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
