"""What a cell or the label of a chart shows: its number format decides, in whole numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.model.number import Number
from unbudget_check.readers.number_formats import Kind, Section, sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.number_formats import Condition, Token

# Spreadsheets keep and show 15 digits; what a binary number holds beyond them is noise.
SIGNIFICANT = 15
LONGEST = 30  # digits of a figure that is still printed in full under the General format


# A unit behind the digits; a single letter may be a power of ten.
_UNIT = re.compile(r"(?<=\d)\s*[^\W\d_]{2,}\.?(?=[\s)]*$)")


def show_figure(value: float, code: str) -> str:
    """The figure that a cell shows, without words for its unit, such as kr.

    Where the format divides by thousands, such words may name what it divides by, and stay.
    """
    is_scaled = any(section.thousands for section in sections_of(code))
    shown = show_number(value, code)
    return shown if is_scaled else _UNIT.sub("", shown)


def show_number(value: float, code: str) -> str:
    """The text that a cell shows for a number under a number format."""
    number = _number(value)
    return "" if number is None else show(number, code)


def show(number: Number, code: str) -> str:
    """The text that is shown for an exact number under a number format.

    Rounds half away from zero at the last printed digit, as spreadsheet programs do. A negative
    number that the format tells only by its colour gets a minus sign.
    """
    sections = sections_of(code)
    index = _choice(number, sections)
    section = sections[index]
    if section.is_plain:
        body = _general(_magnitude(number))
    elif section.is_whole:
        body = _filled(section, _general(_magnitude(number)))
    else:
        body = _digits(_magnitude(number), section)
    is_negative = number.units < 0
    if is_negative and (_needs_sign(index, sections) or _tells_by_colour(section)):
        return f"-{body.strip()}"
    return body.strip()


def show_text(text: str, code: str) -> str:
    """The text that a cell shows for a text under a number format."""
    sections = sections_of(code)
    section = sections[-1]
    if not section.has(Kind.TEXT):
        # Three semicolons and nothing else hide a cell.
        return text if section.tokens or len(sections) <= 3 else ""
    return "".join(text if t.kind is Kind.TEXT else t.text for t in section.tokens).strip()


def _number(value: float) -> Number | None:
    """A number of a workbook at the 15 digits that spreadsheets keep; whole numbers unchanged.

    None for the infinite and undefined values that no spreadsheet program shows.
    """
    if isinstance(value, int):
        return Number(value)
    digits, _, power = format(value, f".{SIGNIFICANT}g").partition("e")
    if not digits[-1].isdigit():
        return None
    whole, _, fraction = digits.partition(".")
    return Number(int(whole + fraction), int(power or "0") - len(fraction))


def _magnitude(number: Number) -> Number:
    return Number(abs(number.units), number.exponent)


def _choice(number: Number, sections: Sequence[Section]) -> int:
    """Which section shows a number."""
    if any(section.condition for section in sections[:2]):
        for index, section in enumerate(sections):
            if section.condition is None or _holds(section.condition, number):
                return index
        return len(sections) - 1
    counted = [s for s in sections if not s.has(Kind.TEXT)] if len(sections) > 1 else sections
    if number.units < 0 and len(counted) > 1:
        return 1
    return 2 if number.units == 0 and len(counted) > 2 else 0


def _holds(condition: Condition, number: Number) -> bool:
    exponent = min(condition.bound.exponent, number.exponent)
    left = number.units * int(10 ** (number.exponent - exponent))
    right = condition.bound.units * int(10 ** (condition.bound.exponent - exponent))
    return (
        ("=" in condition.sign and left == right and condition.sign != "<>")
        or (condition.sign in {"<", "<=", "<>"} and left < right)
        or (condition.sign in {">", ">=", "<>"} and left > right)
    )


def _needs_sign(index: int, sections: Sequence[Section]) -> bool:
    """Whether a minus is set before a negative number: not by a section made for negatives."""
    condition = sections[index].condition
    if condition is not None:
        return not (condition.sign.startswith("<") and condition.bound.units <= 0)
    return index == 0 or any(section.condition for section in sections)


def _tells_by_colour(section: Section) -> bool:
    """Red digits without a bracket or a minus would lose their sign in the text."""
    literals = "".join(token.text for token in section.tokens if token.kind is Kind.LITERAL)
    has_digits = section.has(Kind.DIGIT) or section.has(Kind.GENERAL)
    return section.coloured and has_digits and not any(mark in literals for mark in "(-−–")


def _general(number: Number) -> str:
    """All digits of a number, without trailing zeros behind the point."""
    units, exponent = number.units, number.exponent
    while exponent < 0 and units % 10 == 0:
        units, exponent = units // 10, exponent + 1
    digits = str(units)
    if len(digits) + abs(exponent) > LONGEST + SIGNIFICANT:
        return f"{digits}E{exponent}"
    if exponent >= 0:
        return digits + "0" * (exponent if units else 0)
    digits = digits.rjust(1 - exponent, "0")
    return f"{digits[:exponent]}.{digits[exponent:]}"


def _filled(section: Section, body: str) -> str:
    whole = (Kind.GENERAL, Kind.TEXT)
    return "".join(body if token.kind in whole else token.text for token in section.tokens)


def _digits(number: Number, section: Section) -> str:
    """A number in the digit places of a section."""
    exponent = number.exponent + 2 * section.percents - 3 * section.thousands
    units = rounded(number.units, exponent, -section.decimals)
    digits = str(units).rjust(section.decimals + 1, "0")
    cut = len(digits) - section.decimals
    whole, fraction = digits[:cut].lstrip("0"), digits[cut:]
    point = next(
        (i for i, token in enumerate(section.tokens) if token.kind is Kind.POINT),
        len(section.tokens),
    )
    before = _whole(section.tokens[:point], whole, grouped=section.grouped)
    return before + _fraction(section.tokens[point:], fraction)


def rounded(units: int, exponent: int, target: int) -> int:
    """``units`` of ``10**exponent`` counted in ``10**target``, half away from zero."""
    if exponent >= target:
        return units * int(10 ** (exponent - target))
    step = int(10 ** (target - exponent))
    return (2 * units + step) // (2 * step)


def _whole(tokens: Sequence[Token], digits: str, *, grouped: bool) -> str:
    """The digits before the point, filled in from the right; the first place takes all the rest."""
    places = sum(token.kind is Kind.DIGIT for token in tokens)
    shown: list[str] = []
    left = digits
    count = 0
    for token in reversed(tokens):
        if token.kind is not Kind.DIGIT:
            shown.append(token.text)
            continue
        places -= 1
        piece = left[-1:] if places else left
        left = left[: len(left) - len(piece)]
        piece = piece or {"0": "0", "?": " "}.get(token.text, "")
        for digit in reversed(piece):
            if grouped and count and count % 3 == 0 and digit.isdigit():
                shown.append(",")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _fraction(tokens: Sequence[Token], digits: str) -> str:
    """The digits behind the point; optional places drop their trailing zeros."""
    places = [token.text for token in tokens if token.kind is Kind.DIGIT]
    kept = len(places)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    shown: list[str] = []
    place = 0
    for token in tokens:
        if token.kind is Kind.DIGIT:
            shown.append(digits[place] if place < kept else "")
            place += 1
        elif token.kind is not Kind.POINT or kept:
            shown.append(token.text)
    return "".join(shown)
