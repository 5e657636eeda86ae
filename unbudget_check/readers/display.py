"""What a cell or a chart label shows for a number, a date or a time under its number format.

What a workbook cell shows for a date or a time: the number format chooses the pieces.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.number import Number
from unbudget_check.readers.number_formats import Section, TokenKind, sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.readers.number_formats import Condition, FormatToken


# Spreadsheets keep and show 15 digits; what a binary number holds beyond them is noise.
SIGNIFICANT = 15
# Digits that the General format shows in a wide cell; money keeps its two decimals beyond that.
GENERAL_DIGITS, GENERAL_DECIMALS = 10, 2
MOST_DIGITS = 45  # digits of a number that is no figure any more
POWERS = tuple(10**power for power in range(SIGNIFICANT))
_STORED = re.compile(r"([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,4}))?")

# The names of months and days come from the C locale, which is English everywhere.
PATTERNS = {
    "yy": "%y",
    "yyyy": "%Y",
    "mmm": "%b",
    "mmmm": "%B",
    "mm": "%m",
    "dd": "%d",
    "ddd": "%a",
    "dddd": "%A",
    "hh": "%H",
    "ss": "%S",
    "am/pm": "%p",
    "a/p": "%p",
}

DAY = 86_400  # seconds
LAST = 2_958_465  # the number of the last day of the year 9999
LEAP = 60  # day 60 of 1900 is the 29 February that the first spreadsheet program invented


class ShownCell(NamedTuple):
    """What a cell shows: the text, and the figure that it says, whatever is printed around it.

    ``number`` has the digits that the format prints: 12.5 per cent is 12.5, and 1.2M is 1200000
    rounded to hundred thousands; it is None for the dash that stands for nil. ``held`` is the
    number as it is stored, at the same scale, where it has more digits than are shown.
    """

    text: str
    number: Number | None = None
    held: Number | None = None


def stored_number(text: str) -> Number | None:
    """A number as a file holds it, at the 15 digits that spreadsheets keep.

    Whole numbers are unchanged. None for what is no number, or none that a program shows.
    """
    match = _STORED.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, power = match.groups(default="")
    if not (whole or fraction):
        return None
    units, exponent = int(whole + fraction), int(power or 0) - len(fraction)
    if exponent:
        noise = len(str(units)) - SIGNIFICANT
        if noise > 0 and exponent < 0:
            units, exponent = rounded(units, 0, noise), exponent + noise
        while exponent < 0 and units % 10 == 0:
            if not units:
                return Number(0)
            units, exponent = units // 10, exponent + 1
        if exponent > 0:
            if exponent > MOST_DIGITS:
                return None
            units, exponent = units * int(10**exponent), 0
        elif exponent < -MOST_DIGITS:
            return Number(0)
    return Number(-units if sign == "-" else units, exponent)


def show(number: Number, code: str) -> ShownCell:
    """What is shown for an exact number under a number format.

    Rounds half away from zero at the last printed digit, as spreadsheet programs do. A negative
    number that the format tells only by its colour gets a minus sign.
    """
    sections = sections_of(code)
    is_negative = number.units < 0
    index = _choice(number, sections) if len(sections) > 1 or sections[0].condition else 0
    section = sections[index]
    body, figure, scale = _body(Number(abs(number.units), number.exponent), section)
    text = body.strip()
    if is_negative and figure.units and (_needs_sign(index, sections) or _tells_by_colour(section)):
        text = f"-{text}"
    if not figure.units and number.units == 0 and not any(map(str.isalnum, text)):
        return ShownCell(text)
    if is_negative:
        figure = Number(-figure.units, figure.exponent, figure.step)
    held = Number(number.units, number.exponent + scale)
    if number.exponent + scale > 0:
        held = Number(number.units * int(10 ** (number.exponent + scale)))
    is_finer = held.exponent < figure.exponent or figure.step > 1
    return ShownCell(text, figure, held if is_finer and not _same(held, figure) else None)


def show_stored(text: str, code: str) -> ShownCell:
    """What is shown for a number as a file holds it; raises ValueError where it is none."""
    return shower_of(code)(text)


@lru_cache(maxsize=4096)
def shower_of(code: str) -> Callable[[str], ShownCell]:
    """What reads a stored number and shows it under one format; raises ValueError for no number.

    A million cells of a workbook come through here: a positive number of few digits, under a
    format that only frames them, is put together without a look at its pieces.
    """

    def pieced(text: str) -> ShownCell:
        number = stored_number(text)
        if number is None:
            raise ValueError(text)
        return show(number, code)

    section, *others = sections_of(code)
    if code == "General":
        return partial(_general_quickly, pieced)
    scaled = section.names_scale or section.mantissa is not None or section.is_plain
    if section.frame is None or scaled or any(each.condition for each in (section, *others)):
        return pieced
    decimals, grouped = section.decimals, section.grouped
    before, after = section.frame[0].lstrip(), section.frame[1].rstrip()
    places = decimals + 2 * section.percents - 3 * section.thousands
    step = 10**decimals

    def framed(text: str) -> ShownCell:
        whole, point, fraction = text.partition(".")
        more = places - len(fraction)
        is_plain = whole.isdecimal() and (fraction.isdecimal() or not point)
        if not is_plain or more < 0 or len(text) > SIGNIFICANT:
            number = stored_number(text)
            more = places + number.exponent if number else -1
            if number is None or number.units <= 0 or more < 0:
                return pieced(text)
            units = number.units * POWERS[more]
        else:
            units = int(whole + fraction) * POWERS[more]
        if not units:
            return pieced(text)
        if decimals:
            high, low = divmod(units, step)
            mark = f"{before}{high:,}" if grouped else f"{before}{high}"
            return ShownCell(f"{mark}.{low:0{decimals}d}{after}", Number(units, -decimals))
        return ShownCell(
            f"{before}{units:,}{after}" if grouped else f"{before}{units}{after}", Number(units)
        )

    return framed if 0 <= places < len(POWERS) else pieced


@lru_cache(maxsize=4096)
def decimals_of(code: str) -> int | None:
    """How many decimals a format shows that divides and multiplies by nothing, else None."""
    sections = sections_of(code)
    alike = {(s.decimals, s.percents, s.thousands) for s in sections if s.has_digits}
    is_simple = len(alike) == 1 and not any(
        s.is_plain or s.is_date or s.mantissa is not None or s.is_whole for s in sections
    )
    decimals, percents, thousands = alike.pop() if alike else (0, 0, 0)
    return decimals if is_simple and not (percents or thousands) else None


def _general_quickly(pieced: Callable[[str], ShownCell], text: str) -> ShownCell:
    """What the General format shows: mostly just the digits that are stored."""
    whole, point, fraction = text.partition(".")
    if len(text) <= SIGNIFICANT and whole.isdecimal() and not point:
        return ShownCell(text, Number(int(whole)))
    most = max(GENERAL_DIGITS - len(whole), GENERAL_DECIMALS)
    if not (whole.isdecimal() and fraction.isdecimal()) or len(fraction) > most:
        return pieced(text)
    if fraction[-1] == "0" or len(text) > SIGNIFICANT:
        return pieced(text)
    return ShownCell(text, Number(int(whole + fraction), -len(fraction)))


def _same(one: Number, other: Number) -> bool:
    least = min(one.exponent, other.exponent)
    left = one.units * int(10 ** (one.exponent - least))
    return left == other.units * int(10 ** (other.exponent - least))


def _body(number: Number, section: Section) -> tuple[str, Number, int]:
    """The text of a number that is not negative, its figure, and by which power this is scaled."""
    if section.mantissa is not None:
        return *_power(number, section.mantissa), 0
    if section.is_plain or section.is_date or section.is_whole:
        body, figure = _general(number)
        return _filled(section, body) if section.is_whole else body, figure, 0
    if not section.has_digits:
        return "".join(token.text for token in section.tokens), _general(number)[1], 0
    scale = 2 * section.percents - 3 * section.thousands
    units = rounded(number.units, number.exponent + scale, -section.decimals)
    body = _digits(units, section)
    if not section.names_scale:
        return body, Number(units, -section.decimals), scale
    # A word for thousands or millions stands beside the digits: the amount is meant in full.
    exponent = 3 * section.thousands - section.decimals
    if exponent <= 0:
        return body, Number(units, exponent), scale + 3 * section.thousands
    step = int(10**exponent)
    return body, Number(units * step, 0, step), scale + 3 * section.thousands


def show_text(text: str, code: str) -> str:
    """The text that a cell shows for a text under a number format."""
    sections = sections_of(code)
    section = sections[-1]
    if not section.has(TokenKind.TEXT):
        # Three semicolons and nothing else hide a cell.
        return text if section.tokens or len(sections) <= 3 else ""
    return "".join(text if t.kind is TokenKind.TEXT else t.text for t in section.tokens).strip()


def _choice(number: Number, sections: Sequence[Section]) -> int:
    """Which section shows a number."""
    if any(section.condition for section in sections[:2]):
        for index, section in enumerate(sections):
            if section.condition is None or _holds(section.condition, number):
                return index
        return len(sections) - 1
    counted = [s for s in sections if not s.has(TokenKind.TEXT)] if len(sections) > 1 else sections
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
    literals = "".join(token.text for token in section.tokens if token.kind is TokenKind.LITERAL)
    has_digits = section.has(TokenKind.DIGIT) or section.has(TokenKind.GENERAL)
    return section.coloured and has_digits and not any(mark in literals for mark in "(-−–")


def _general(number: Number) -> tuple[str, Number]:
    """The digits of a number without trailing zeros, as far as a wide cell shows them."""
    units, exponent = number.units, number.exponent
    if exponent >= 0:
        return str(units * int(10**exponent)), Number(units * int(10**exponent))
    whole = max(len(str(units)) + exponent, 1)
    decimals = max(GENERAL_DIGITS - whole, GENERAL_DECIMALS)
    if -exponent > decimals:
        units, exponent = rounded(units, exponent, -decimals), -decimals
    while exponent < 0 and units % 10 == 0:
        units, exponent = units // 10, exponent + 1
    if not exponent:
        return str(units), Number(units)
    digits = str(units).rjust(1 - exponent, "0")
    return f"{digits[:exponent]}.{digits[exponent:]}", Number(units, exponent)


def _power(number: Number, decimals: int) -> tuple[str, Number]:
    """A number as digits and a power of ten, such as 1.23E+05."""
    units, exponent = number.units, number.exponent
    last = exponent + len(str(units)) - 1 - decimals if units else -decimals
    units = rounded(units, exponent, last)
    if len(str(units)) > decimals + 1:
        units, last = units // 10, last + 1
    digits = str(units).rjust(decimals + 1, "0")
    fraction = f".{digits[1:]}" if decimals else ""
    text = f"{digits[0]}{fraction}E{last + decimals:+03d}"
    if last <= 0:
        return text, Number(units, last)
    return text, Number(units * int(10**last), 0, int(10**last))


def _filled(section: Section, body: str) -> str:
    whole = (TokenKind.GENERAL, TokenKind.TEXT)
    return "".join(body if token.kind in whole else token.text for token in section.tokens)


def _digits(units: int, section: Section) -> str:
    """A number, rounded to the decimals of a section, in its digit places."""
    digits = str(units).rjust(section.decimals + 1, "0")
    cut = len(digits) - section.decimals
    whole, fraction = digits[:cut].lstrip("0"), digits[cut:]
    point = next(
        (i for i, token in enumerate(section.tokens) if token.kind is TokenKind.POINT),
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


def _whole(tokens: Sequence[FormatToken], digits: str, *, grouped: bool) -> str:
    """The digits before the point, filled in from the right; the first place takes all the rest."""
    places = sum(token.kind is TokenKind.DIGIT for token in tokens)
    shown: list[str] = []
    left = digits
    count = 0
    for token in reversed(tokens):
        if token.kind is not TokenKind.DIGIT:
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


def _fraction(tokens: Sequence[FormatToken], digits: str) -> str:
    """The digits behind the point; optional places drop their trailing zeros."""
    places = [token.text for token in tokens if token.kind is TokenKind.DIGIT]
    kept = len(places)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    shown: list[str] = []
    place = 0
    for token in tokens:
        if token.kind is TokenKind.DIGIT:
            shown.append(digits[place] if place < kept else "")
            place += 1
        elif token.kind is not TokenKind.POINT or kept:
            shown.append(token.text)
    return "".join(shown)


def show_serial(number: Number, code: str, *, from_1904: bool) -> str:
    """The date or time that a number of days stands for; empty where it stands for none.

    Days count from 1900, or from 1904 in workbooks that began on an old Macintosh.
    """
    seconds = rounded(number.units * DAY, number.exponent, 0) if number.units > 0 else 0
    days, rest = divmod(seconds, DAY)
    if number.units < 0 or days > LAST:
        return ""
    pieces = [t.text for t in sections_of(code)[0].tokens if t.kind is TokenKind.DATE]
    if any(piece.startswith("[") for piece in pieces):
        return show_date(timedelta(seconds=seconds), code)
    since = datetime(1900, 1, 1) + timedelta(seconds=rest)  # noqa: DTZ001  cells have no zone
    if not days and not any(piece[0] in "yde" for piece in pieces):
        return show_date(since.time(), code)
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if days >= LEAP else 31)
    return show_date(
        since.replace(year=first.year, month=first.month, day=first.day) + timedelta(days=days),
        code,
    )


def show_date(value: date | datetime | time | timedelta, code: str) -> str:
    """The text of a date or time under a number format; ISO form where the format names none."""
    if isinstance(value, timedelta):
        return str(value)
    tokens = sections_of(code)[0].tokens
    if not any(token.kind is TokenKind.DATE for token in tokens):
        return value.isoformat()
    if isinstance(value, time):
        moment = datetime.combine(date(1900, 1, 1), value)
    elif isinstance(value, datetime):
        moment = value
    else:
        moment = datetime.combine(value, time())
    return "".join(_piece(moment, tokens, index) for index in range(len(tokens))).strip()


def _piece(moment: datetime, tokens: Sequence[FormatToken], index: int) -> str:
    token = tokens[index]
    if token.kind is not TokenKind.DATE:
        return token.text
    name = token.text
    if name[0] == "m" and len(name) <= len("mm") and _is_minute(tokens, index):
        return str(moment.minute).rjust(len(name), "0")
    if len(name) == 1:
        return {"y": moment.strftime("%y"), "e": str(moment.year)}.get(name) or str(
            {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[name]
        )
    if name[0] == "e" or len(name) == len("yyy"):
        return {"y": str(moment.year), "e": str(moment.year)}.get(name[0]) or moment.strftime(
            PATTERNS[name]
        )
    return moment.strftime(PATTERNS.get(name, "%B"))


def _is_minute(tokens: Sequence[FormatToken], index: int) -> bool:
    """An m after hours or before seconds is minutes, not the month."""
    before = [t.text for t in tokens[:index] if t.kind is TokenKind.DATE]
    after = [t.text for t in tokens[index + 1 :] if t.kind is TokenKind.DATE]
    return bool((before and before[-1][0] == "h") or (after and after[0][0] == "s"))
