"""Print a corrected figure as the wrong one was printed: its marks, its digits, its brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.model.number import NIL, Number, number_of, printed, scaled

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.number import Notation

# One figure with the blanks and marks between its digits.
_FIGURE = re.compile(r"\d(?:[.,٫٬'’\u00a0\u2007\u2009\u202f ]?\d)*")
_MARK = re.compile(r"\D")
# What nothing is printed as, and a minus: hyphens, dashes and the sign itself.
_DASH = "-\u2010-\u2015\u2212"
_NOTHING = re.compile(rf"\s*(?:[{_DASH}]|\.{{2,3}}|…)?\s*")
_OPENED = re.compile(r"\(\s*[$€£¥]?\s*$")
_CLOSED = re.compile(r"\s*%?\s*\)")
_SIGNED = re.compile(rf"(?<!\w)[{_DASH}]\s?[$€£¥]?$")


@dataclass(frozen=True, slots=True)
class Reprint:
    """What to print in place of ``text[start:end]``."""

    start: int
    end: int
    figure: str


def reprint(text: str, stated: Decimal, proposed: Decimal, notation: Notation) -> Reprint | None:
    """The piece of a text that prints ``stated``, and ``proposed`` printed in the same way.

    None where ``stated`` is not printed exactly once, where the printed form has no room for the
    digits of the other, or where only words say that it is negative.
    """
    was, meant = number_of(stated), number_of(proposed)
    if not was.units and _NOTHING.fullmatch(text):
        return Reprint(0, len(text), printed(meant, notation))
    found = [each for each in _FIGURE.finditer(text) if _digits(each[0]) == _digits_of(was)]
    if len(found) != 1 or meant.exponent < was.exponent:
        return None
    fewer = max(min(meant.exponent, 0) - was.exponent, 0)
    (start, end), figure = found[0].span(), found[0][0]
    begin, finish, negative = _sign(text, start, end)
    if negative != (was.units < 0):
        return None
    units = abs(scaled(meant, was.exponent)) // 10**fewer
    put = _like(figure, was, units, notation, fewer)
    if negative == (meant.units < 0):
        return Reprint(start, end, put)
    if not meant.units:
        return Reprint(begin, finish, NIL) if (begin, finish) == (0, len(text)) else None
    around = text[begin:start], text[end:finish]
    if negative:  # its sign goes, and what else stands there stays
        kept = (re.sub(rf"[({_DASH}]\s?", "", around[0]), around[1].replace(")", ""))
    elif notation.minus == "(":
        kept = (f"({around[0]}", f"{around[1]})")
    else:
        kept = (notation.minus + around[0], around[1])
    return Reprint(begin, finish, kept[0] + put + kept[1])


def _digits(figure: str) -> str:
    return "".join(str(int(each)) for each in figure if each.isdecimal()).lstrip("0")


def _digits_of(number: Number) -> str:
    return str(abs(number.units)).lstrip("0")


def _sign(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Where a figure begins and ends with its sign or its brackets, and whether it is negative."""
    opened, closed = _OPENED.search(text, 0, start), _CLOSED.match(text, end)
    if opened and closed:
        return opened.start(), closed.end(), True
    signed = _SIGNED.search(text, 0, start)
    return (signed.start(), end, True) if signed else (start, end, False)


def _like(figure: str, was: Number, units: int, notation: Notation, fewer: int) -> str:
    """Digits in the groups, with the decimals (or so many fewer) and in the script of a figure."""
    marks = _MARK.findall(figure)
    has_decimals = bool(marks) and marks[-1] == notation.decimal and was.exponent != 0
    decimals = len(figure) - figure.rindex(marks[-1]) - 1 if has_decimals else 0
    groups = marks[:-1] if has_decimals else marks
    # A figure without groups that has room for one, such as 1970.5, is printed without.
    whole = len(_MARK.sub("", figure)) - decimals
    group = groups[0] if groups else notation.group if whole <= 3 else ""
    style = replace(notation, group=group)
    put = printed(Number(units, -max(decimals - fewer, 0)), style)
    zero = ord(figure[0]) - int(figure[0])
    return "".join(chr(zero + int(each)) if each.isdecimal() else each for each in put)
