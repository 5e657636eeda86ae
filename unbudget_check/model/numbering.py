"""Printed numbers of paragraphs, tables and figures as counts: 29E.8, 29E.VIII, 29E with eight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import numeric

if TYPE_CHECKING:
    from collections.abc import Iterator

# The ideographs of one to ten.
IDEOGRAPHS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
TEN = 10
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_STEPS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# A range of more numbers is a slip or no range at all.
LONGEST_RANGE = 60


def is_ideographic(text: str) -> bool:
    """Whether a text is a number in ideographs, such as twelve in Chinese."""
    return bool(text) and not text.isascii() and all(numeric(c, -1) > 0 for c in text)


def ideographic(text: str) -> int:
    """The number up to ninety-nine that ideographs stand for: tens, ten, ones."""
    values = [int(numeric(character)) for character in text]
    if TEN not in values:
        return values[0]
    at = values.index(TEN)
    tens = values[0] if at else 1
    return TEN * tens + (values[at + 1] if values[at + 1 :] else 0)


def roman(text: str) -> int:
    """The number that Roman numerals in small letters stand for."""
    values = [_ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def counted(number: str) -> tuple[str, str, int] | None:
    """The numbering, the notation and the count of a printed number; None for anything else.

    29E.24 is ("29E", "digit", 24), 8.II.IV is ("8.II", "roman", 4), and a lone (c) a letter.
    """
    scope, _, last = number.rpartition(".")
    if re.fullmatch(r"[0-9]+", last):
        return scope, "digit", int(last)
    if re.fullmatch(r"[IVXLC]+", last):
        return scope, "roman", roman(last.lower())
    if is_ideographic(last):
        return scope, "ideograph", ideographic(last)
    if re.fullmatch(r"[a-z]", last):
        return scope, "letter", ord(last) - ord("a") + 1
    return None


def printed_number(scope: str, notation: str, count: int) -> str:
    """A count as it is printed in a numbering: the inverse of :func:`counted`."""
    if notation == "digit":
        last = str(count)
    elif notation == "letter":
        last = chr(ord("a") + count - 1)
    elif notation == "roman":
        last = _in_roman(count).upper()
    else:
        tens, ones = divmod(count, TEN)
        last = IDEOGRAPHS[tens - 1] if tens > 1 else ""
        last += IDEOGRAPHS[TEN - 1] if tens else ""
        last += IDEOGRAPHS[ones - 1] if ones else ""
    return f"{scope}.{last}" if scope else last


def between(low: str, high: str) -> Iterator[str]:
    """The numbers between two others of the same numbering; none where these are no range."""
    first, last = counted(low), counted(high)
    if first and last and first[:2] == last[:2] and last[2] - first[2] <= LONGEST_RANGE:
        scope, notation, count = first
        yield from (printed_number(scope, notation, each) for each in range(count + 1, last[2]))


def _in_roman(count: int) -> str:
    text = ""
    for step, letters in _ROMAN_STEPS:
        text += letters * (count // step)
        count %= step
    return text
