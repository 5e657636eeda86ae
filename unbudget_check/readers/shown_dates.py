"""What a workbook cell shows for a date or a time: the number format chooses the pieces."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from unbudget_check.readers.number_formats import Kind, sections_of
from unbudget_check.readers.shown_numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.number import Number
    from unbudget_check.readers.number_formats import Token

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


def show_serial(number: Number, code: str, *, from_1904: bool) -> str:
    """The date or time that a number of days stands for; empty where it stands for none.

    Days count from 1900, or from 1904 in workbooks that began on an old Macintosh.
    """
    seconds = rounded(number.units * DAY, number.exponent, 0) if number.units > 0 else 0
    days, rest = divmod(seconds, DAY)
    if number.units < 0 or days > LAST:
        return ""
    pieces = [t.text for t in sections_of(code)[0].tokens if t.kind is Kind.DATE]
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
    if not any(token.kind is Kind.DATE for token in tokens):
        return value.isoformat()
    if isinstance(value, time):
        moment = datetime.combine(date(1900, 1, 1), value)
    elif isinstance(value, datetime):
        moment = value
    else:
        moment = datetime.combine(value, time())
    return "".join(_piece(moment, tokens, index) for index in range(len(tokens))).strip()


def _piece(moment: datetime, tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    if token.kind is not Kind.DATE:
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


def _is_minute(tokens: Sequence[Token], index: int) -> bool:
    """An m after hours or before seconds is minutes, not the month."""
    before = [t.text for t in tokens[:index] if t.kind is Kind.DATE]
    after = [t.text for t in tokens[index + 1 :] if t.kind is Kind.DATE]
    return bool((before and before[-1][0] == "h") or (after and after[0][0] == "s"))
