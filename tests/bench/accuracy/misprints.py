"""The slips that are planted in a printed cell: what it would read if the slip had happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.evidence.slips import Slip

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from unbudget_check.model.number import Number

DASH = "–"
ANY = "any other figure"
# A value of another table is planted by copying from none: it is any other figure.
KINDS = (*(slip for slip in Slip if slip is not Slip.OTHER_TABLE), ANY)


def misprint(
    kind: str, number: Number, beside: Mapping[str, Number], chance: random.Random
) -> int | None:
    """The figure with a slip of one kind, in last digits; None where it would stay as it is.

    ``beside`` holds the figures that a copying hand may slide to, by the kind of slip.
    """
    units = _slipped(kind, number.units, chance)
    if kind in beside:
        other = beside[kind]
        units = other.units if other.exponent == number.exponent else None
    return None if units == number.units else units


def _slipped(kind: str, units: int, chance: random.Random) -> int | None:
    if kind == Slip.VALUE:
        return chance.randrange(11, 99_999) if units == 0 else None
    if units == 0 or kind not in FORMS:
        return None
    changed = FORMS[kind](str(abs(units)), chance)
    sign = -1 if (units < 0) != (kind == Slip.SIGN) else 1
    return sign * int(changed) if changed else None


def _transposed(digits: str, chance: random.Random) -> str | None:
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    places = [at for at in places if at or digits[1] != "0"]
    if not places:
        return None
    at = chance.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _digit(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits))
    lowest = 1 if at == 0 and len(digits) > 1 else 0
    others = [str(d) for d in range(lowest, 10) if str(d) != digits[at]]
    return digits[:at] + chance.choice(others) + digits[at + 1 :]


def _without_one(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits))
    return digits[:at] + digits[at + 1 :]


def _with_one_more(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits) + 1)
    return digits[:at] + str(chance.randrange(1, 10)) + digits[at:]


def _shifted(digits: str, chance: random.Random) -> str:
    return digits + "0" if chance.random() < 0.5 or len(digits) < 2 else digits[:-1]


FORMS: dict[str, Callable[[str, random.Random], str | None]] = {
    Slip.SIGN: lambda digits, _: digits,
    Slip.DASH: lambda _, __: "0",
    Slip.TRANSPOSED: _transposed,
    Slip.DIGIT: _digit,
    Slip.MISSING_DIGIT: _without_one,
    Slip.EXTRA_DIGIT: _with_one_more,
    Slip.SHIFTED: _shifted,
    ANY: lambda digits, chance: str(chance.randrange(1, 10 ** len(digits))),
}


def printed_as(units: int, exponent: int) -> str:
    """A figure as fascicles print it: groups of three, brackets for minus, a dash for nil."""
    if not units:
        return DASH
    digits = str(abs(units)).rjust(1 - min(exponent, 0), "0")
    cut = len(digits) + min(exponent, 0)
    whole = f"{int(digits[:cut]):,}".replace(",", "\N{NO-BREAK SPACE}")
    text = whole + (f".{digits[cut:]}" if digits[cut:] else "")
    return f"({text})" if units < 0 else text
