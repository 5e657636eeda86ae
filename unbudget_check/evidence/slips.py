"""Which slip of the pen turns one figure into another, and how likely it is.

Figures are whole numbers of printed last digits here, so that 12.5 is 125. Likelihoods are costs:
thousandths of minus the natural logarithm of a probability, added up in whole numbers. A slip that
can fall in many ways (any other digit at any place) is as much less likely each time.
"""

from __future__ import annotations

from enum import StrEnum

from unbudget_check.model.finding import MISPLACED, OPPOSITE


class Slip(StrEnum):
    """The kinds of slip; the values are what the JSON report says."""

    SIGN = OPPOSITE
    TRANSPOSED = "digits transposed"
    DIGIT = "one digit"
    MISSING_DIGIT = "missing digit"
    EXTRA_DIGIT = "extra digit"
    SHIFTED = "shifted mark"  # a decimal or thousands mark in another place
    UNIT = "another unit"  # a thousand times too much: dollars in a table of thousands
    DASH = "dash for a value"
    VALUE = "value for a dash"
    ROW_ABOVE = "value of the row above"
    ROW_BELOW = "value of the row below"
    OTHER_COLUMN = "value of another column"
    GRAND_TOTAL = "copy of the grand total"
    OTHER_TABLE = "value of another table"
    MISPLACED = MISPLACED  # in one sum instead of another, which lacks it


# How much a slip costs before it is asked in how many ways it can fall.
COMMON, RARE, COPIED, INVENTED = 1500, 2200, 3000, 4500
COSTS = {
    Slip.SIGN: COMMON,
    Slip.TRANSPOSED: COMMON,
    Slip.DIGIT: COMMON,
    Slip.MISSING_DIGIT: RARE,
    Slip.EXTRA_DIGIT: RARE,
    Slip.SHIFTED: RARE,
    Slip.UNIT: RARE,
    Slip.VALUE: INVENTED,
}
# After these slips any value may have been meant.
ANY_VALUE = frozenset(Slip) - {
    Slip.SIGN,
    Slip.TRANSPOSED,
    Slip.DIGIT,
    Slip.MISSING_DIGIT,
    Slip.EXTRA_DIGIT,
    Slip.SHIFTED,
    Slip.UNIT,
    Slip.VALUE,
}
# The noughts by which units of money differ.
THOUSAND = 3
# No slip that is known, and each digit of a figure that could be any.
UNKNOWN, ANY_DIGIT = 6000, 2303


def slip_between(stated: int, proposed: int) -> Slip | None:
    """The slip that prints ``stated`` where ``proposed`` was meant, or None."""
    if stated == 0 or proposed == 0:
        return Slip.DASH if stated == 0 else Slip.VALUE
    if stated == -proposed:
        return Slip.SIGN
    if (stated < 0) != (proposed < 0):
        return None
    return _between_digits(str(abs(stated)), str(abs(proposed)))


def cost_of(slip: Slip | None, stated: int, proposed: int) -> int:
    """How unlikely a slip is, among all that might have happened to a figure."""
    digits = len(str(abs(stated)))
    if slip is None:
        turned = COPIED if (stated < 0) != (proposed < 0) else 0
        return UNKNOWN + turned + ANY_DIGIT * max(digits, len(str(abs(proposed))))
    if slip is Slip.DASH:
        return COMMON + ANY_DIGIT * len(str(abs(proposed)))
    cost, ways = COSTS.get(slip, COPIED), 1
    match slip:
        case Slip.TRANSPOSED:
            ways = digits - 1
        case Slip.DIGIT:
            ways = 9 * digits
        case Slip.MISSING_DIGIT:
            ways = 10 * (digits + 1)
        case Slip.EXTRA_DIGIT:
            ways = digits
    return cost + nats(ways)


def cost_of_misplacing(amount: int, over: int, under: int) -> int:
    """How unlikely it is that an amount was counted in one figure instead of another.

    Both are as printed. A part of a figure may be any amount, and leaves less to chance where
    nothing was printed before. A whole figure printed in the place of another, or exchanged with
    it, is known by its own digits; round ones meet by chance. Few amounts have another sign.
    """
    digits = _significant(amount) - (under == 0)
    if over in {amount, under + amount}:
        digits = _significant(amount) - _significant(over)
    turned = (over * (over - amount) < 0) + (under * (under + amount) < 0)
    return COMMON + UNKNOWN * turned + ANY_DIGIT * max(digits, 0)


def _significant(value: int) -> int:
    return len(str(abs(value)).rstrip("0"))


def _between_digits(stated: str, proposed: str) -> Slip | None:
    longer = len(stated) - len(proposed)
    if longer == 0:
        return _same_length(stated, proposed)
    if stated.rstrip("0") == proposed.rstrip("0"):
        return Slip.UNIT if abs(longer) == THOUSAND else Slip.SHIFTED
    if _is_rounded_tenth(stated, proposed):
        return Slip.SHIFTED
    if longer == 1 and _is_without_one(proposed, stated):
        return Slip.EXTRA_DIGIT
    if longer == -1 and _is_without_one(stated, proposed):
        return Slip.MISSING_DIGIT
    return None


def _same_length(stated: str, proposed: str) -> Slip | None:
    pairs = list(zip(stated, proposed, strict=True))
    differing = [at for at, (one, other) in enumerate(pairs) if one != other]
    if len(differing) == 1:
        return Slip.DIGIT
    first, *others = differing
    swapped = pairs[first] == pairs[first + 1][::-1]
    return Slip.TRANSPOSED if others == [first + 1] and swapped else None


def _is_without_one(short: str, long: str) -> bool:
    """Whether one digit left out of the longer text gives the shorter one."""
    at = next((at for at, digit in enumerate(short) if digit != long[at]), len(short))
    return short[at:] == long[at + 1 :]


def _is_rounded_tenth(stated: str, proposed: str) -> bool:
    """Whether the mark moved one place to the left, and the last digit was rounded away."""
    return len(proposed) == len(stated) + 1 and int(stated) == (int(proposed) + 5) // 10


def nats(ways: int) -> int:
    """1000 * ln(ways), to a tenth of a nat, in whole numbers."""
    return 87 * ((max(ways, 1) ** 8).bit_length() - 1)
