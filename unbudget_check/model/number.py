"""What one printed number is: a whole number of quanta, never a float.

A *quantum* is the weight of the last printed digit: ``25 358.9`` is 253 589 quanta of ``10**-1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, Overflow
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

# Scaling by powers of ten is exact; anything that would lose a digit must stop the program.
EXACT = Context(prec=200, traps=[Inexact, Overflow])
# The only place where a quotient is formed: a proposed percentage, rounded as print does it.
QUOTIENT = Context(prec=60, rounding=ROUND_HALF_UP)
# Spreadsheet programs keep fifteen digits; what is stored beyond them is noise of binary numbers.
KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
ZERO = Decimal(0)
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WRITTEN = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
BINARY_DIGITS = KEPT.prec
# Nobody means more decimals than these; a figure with more of them and too many digits is binary.
MOST_DECIMALS_MEANT = 6
# No printed figure has a finer digit: what is as long as that is read as text.
FINEST_EXPONENT = -60
# How nothing is printed.
NIL = "–"


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: ``units`` quanta of ``10**exponent`` each, rounded to ``step`` of them."""

    units: int
    exponent: int = 0
    step: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Notation:
    """The marks with which figures are printed; ``pairs`` stand above the thousands in India.

    ``minus`` is a sign, or the opening bracket.
    """

    decimal: str = "."
    group: str = " "
    minus: str = "("
    pairs: bool = False


UNITED_NATIONS = Notation()


def decimal_of(number: Number) -> Decimal:
    """The number as an exact decimal that keeps the printed precision."""
    return Decimal(number.units).scaleb(number.exponent, EXACT)


def number_of(value: Decimal) -> Number:
    """An exact decimal as a printed number with the same precision."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        message = f"not a finite number: {value}"
        raise TypeError(message)
    units = int("".join(map(str, digits)))
    return Number(-units if sign else units, exponent)


def exact(text: str) -> Decimal:
    """A decimal as a report writes it, in plain digits; raises ValueError for anything else."""
    if not _PLAIN.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def kept(value: Decimal | Fraction, digits: Context = QUOTIENT) -> Decimal:
    """A value with so many digits as a context keeps: those of quotients, or of spreadsheets."""
    if isinstance(value, Decimal):
        return digits.plus(value)
    return digits.divide(Decimal(value.numerator), Decimal(value.denominator))


def total_of(values: Iterable[Decimal]) -> Decimal:
    """The sum of decimals, to the last digit."""
    total = ZERO
    for value in values:
        total = EXACT.add(total, value)
    return total


def written(text: str) -> Number | None:
    """A number as programs write it, such as 12.50 or 1.5e6; None for anything else.

    A binary number knows ``BINARY_DIGITS`` digits: what is written after them is noise.
    """
    if not _WRITTEN.fullmatch(text):
        return None
    value = Decimal(text)
    number = number_of(value)
    if not FINEST_EXPONENT < number.exponent <= -FINEST_EXPONENT:
        return None
    if len(str(abs(number.units))) > BINARY_DIGITS and number.exponent < -MOST_DECIMALS_MEANT:
        number = number_of(kept(value, KEPT).normalize())
    return number if number.exponent <= 0 else Number(number.units * 10**number.exponent)


def scaled(number: Number, exponent: int) -> int:
    """The number counted in units of ``10**exponent``, which must not be coarser than its own."""
    if number.exponent == exponent:
        return number.units
    if number.exponent < exponent:
        message = f"{number} has digits finer than 10**{exponent}"
        raise ValueError(message)
    return number.units * int(10 ** (number.exponent - exponent))


def quantum_of(number: Number, exponent: int) -> int:
    """To how many units of ``10**exponent`` the number was rounded."""
    return number.step * int(10 ** (number.exponent - exponent))


def comparable(number: Number, scale: int = 0) -> int:
    """The number times ``10**scale``, counted so finely that it can be compared with any other."""
    return number.units * int(10 ** (number.exponent + scale - FINEST_EXPONENT))


def last_of(number: Number) -> int:
    """The exponent of the last digit that was printed, and not filled up with noughts."""
    return number.exponent + len(str(number.step)) - 1


def from_scaled(value: int, exponent: int, printed: int) -> Number:
    """A value counted in ``10**exponent``, at precision ``10**printed`` when it loses no digit."""
    units, rest = divmod(value, int(10 ** max(printed - exponent, 0)))
    return Number(value, exponent) if rest or printed < exponent else Number(units, printed)


def is_half(number: Number) -> bool:
    """Whether a number with decimals is a whole number of halves, as 12.5 days are."""
    return number.exponent < 0 and 2 * number.units % int(10**-number.exponent) == 0


def agree(one: Number, other: Number) -> bool:
    """Whether two numbers are the same, as far as the coarser of the two is printed."""
    least, coarser = sorted((one.exponent, other.exponent))
    gap = abs(scaled(one, least) - scaled(other, least))
    # Where both are printed alike, nothing was rounded.
    return gap == 0 or (coarser > least and 2 * gap <= int(10 ** (coarser - least)))


def percentage(part: int, base: int, exponent: int, power: int = 2) -> Number:
    """``part`` over ``base`` in per cent, rounded half away from zero at ``10**exponent``.

    Or times another power of ten: 0 for a plain quotient.
    """
    quotient = QUOTIENT.divide(Decimal(part).scaleb(power, EXACT), Decimal(base))
    return number_of(quotient.quantize(Decimal(1).scaleb(exponent), context=QUOTIENT))


def printed(number: Number, notation: Notation = UNITED_NATIONS) -> str:
    """The number as a table prints it: by default thin groups of three, brackets for minus."""
    digits = str(abs(number.units)).rjust(1 - min(number.exponent, 0), "0")
    if number.exponent > 0:
        digits += "0" * number.exponent
    cut = len(digits) + min(number.exponent, 0)
    whole, fraction = str(int(digits[:cut])), digits[cut:]
    figure = _in_groups(whole, notation) + (f"{notation.decimal}{fraction}" if fraction else "")
    if number.units >= 0:
        return figure
    return f"({figure})" if notation.minus == "(" else notation.minus + figure


def _in_groups(whole: str, notation: Notation) -> str:
    last = whole[-3:]
    if not notation.pairs or len(whole) <= len(last):
        return f"{int(whole):,}".replace(",", notation.group)
    head = whole[: -len(last)]
    odd = len(head) % 2
    pieces = [head[:odd]] * odd + [head[at : at + 2] for at in range(odd, len(head), 2)]
    return notation.group.join([*pieces, last])
