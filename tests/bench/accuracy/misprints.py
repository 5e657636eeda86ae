"""The slips that are planted in a printed cell: what it would read if the slip had happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.slips import Slip

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from unbudget_check.model.number import Number

DASH = "–"
# Two slips have more than one form; "digit exchanged at random" stands for any other figure.
KINDS = (*Slip, "any other figure")


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
    digits, sign = str(abs(units)), -1 if units < 0 else 1
    if kind == Slip.VALUE:
        return chance.randrange(11, 99_999) if units == 0 else None
    if units == 0:
        return None
    changed: str | None = None
    match kind:
        case Slip.SIGN:
            changed, sign = digits, -sign
        case Slip.DASH:
            changed = "0"
        case Slip.TRANSPOSED:
            changed = _transposed(digits, chance)
        case Slip.DIGIT:
            changed = _digit(digits, chance)
        case Slip.MISSING_DIGIT:
            at = chance.randrange(len(digits))
            changed = digits[:at] + digits[at + 1 :] if len(digits) > 1 else None
        case Slip.EXTRA_DIGIT:
            at = chance.randrange(len(digits) + 1)
            changed = digits[:at] + str(chance.randrange(1, 10)) + digits[at:]
        case Slip.SHIFTED:
            changed = digits + "0" if chance.random() < 0.5 or len(digits) < 2 else digits[:-1]
        case "any other figure":
            changed = str(chance.randrange(1, 10 ** len(digits)))
        case _:
            return None
    return sign * int(changed) if changed else None


def _transposed(digits: str, chance: random.Random) -> str | None:
    places = [
        at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and digits[at + 1 :][:1]
    ]
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


def printed_as(units: int, exponent: int) -> str:
    """A figure as fascicles print it: groups of three, brackets for minus, a dash for nil."""
    if not units:
        return DASH
    digits = str(abs(units)).rjust(1 - min(exponent, 0), "0")
    cut = len(digits) + min(exponent, 0)
    whole = f"{int(digits[:cut]):,}".replace(",", "\N{NO-BREAK SPACE}")
    text = whole + (f".{digits[cut:]}" if digits[cut:] else "")
    return f"({text})" if units < 0 else text
