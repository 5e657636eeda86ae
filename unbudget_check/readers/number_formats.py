"""Number formats of workbooks, such as ``#,##0.0_);(#,##0.0)``, taken apart into sections.

Source: ECMA-376 part 1, 18.8.31. A format has up to four sections: for positive and negative
numbers, for nil and for text; a condition in square brackets can replace that choice.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from unbudget_check.model.number import Number

LONGEST = 255  # characters of a format that Excel allows

TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | (?P<space>_.)
    | (?P<fill>\*.)
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]
    | \[(?P<condition>[<>=]+\s*-?[\d.]+)\]
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[(?P<colour>[^\]]*)\]
    | (?P<general>General)
    | (?P<daytime>AM/PM|A/P)
    | (?P<date>y+|m+|d+|h+|s+|e+(?![+-]))
    | (?P<exponent>E[+-])
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"([<>=]+)\s*(-?)(\d*)\.?(\d*)")


class Kind(Enum):
    """What a token of a format stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    PERCENT = "percent"
    GENERAL = "general"
    TEXT = "text"
    DATE = "date"


class Token(NamedTuple):
    """One piece of a section: a placeholder, or text that is printed as it stands."""

    kind: Kind
    text: str


class Condition(NamedTuple):
    """A comparison that chooses a section, such as ``>=1000``."""

    sign: str
    bound: Number


class Section(NamedTuple):
    """One section: how many digits are printed, how they are grouped, scaled and surrounded.

    ``thousands`` counts trailing commas, each of which divides by a thousand. ``is_whole`` marks
    sections that print all digits of a number: General, and text. ``is_plain`` marks those that
    are read as if they were General: dates, and fractions and powers of ten, which print a figure
    less exactly than it is held.
    """

    tokens: tuple[Token, ...]
    decimals: int
    grouped: bool
    thousands: int
    percents: int
    is_whole: bool
    is_plain: bool
    coloured: bool
    condition: Condition | None

    def has(self, kind: Kind) -> bool:
        """Whether a kind of token occurs."""
        return any(token.kind is kind for token in self.tokens)


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a number format, four at most; an empty format counts as General."""
    pieces: list[list[re.Match[str]]] = [[]]
    for match in TOKEN.finditer(code[:LONGEST] or "General"):
        if match.group("other") == ";":
            pieces.append([])
        else:
            pieces[-1].append(match)
    return tuple(_section(piece) for piece in pieces[:4])


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    commas: list[int] = []  # how many digit places stood before each comma
    places = [index for index, match in enumerate(matches) if match.group("digit")]
    condition, coloured, plain = None, False, False
    for index, match in enumerate(matches):
        kind = str(match.lastgroup)
        if kind == "comma" and places and index > places[0]:
            commas.append(sum(place < index for place in places))
        elif kind == "condition":
            condition = _condition(match.group("condition"))
        elif kind == "colour":
            coloured = coloured or not match.group("colour").upper().startswith("DBNUM")
        else:
            plain = plain or kind == "exponent" or (match.group() == "/" and bool(places))
            token = _token(kind, match)
            tokens.extend([token] if token else [])
    point = next((i for i, token in enumerate(tokens) if token.kind is Kind.POINT), len(tokens))
    decimals = sum(token.kind is Kind.DIGIT for token in tokens[point:])
    whole = len(places) - decimals
    # A comma between digit places groups; one after the last whole place divides by a thousand.
    thousands = sum(count in {whole, len(places)} for count in commas)
    kinds = {token.kind for token in tokens}
    return Section(
        tuple(tokens),
        decimals,
        thousands < len(commas),
        thousands,
        sum(token.kind is Kind.PERCENT for token in tokens),
        bool(kinds & {Kind.GENERAL, Kind.TEXT}),
        plain or Kind.DATE in kinds,
        coloured,
        condition,
    )


def _token(kind: str, match: re.Match[str]) -> Token | None:
    """The token that a piece of a format stands for, or None for one that prints nothing."""
    text = match.group(kind)
    if kind in {"quoted", "escaped", "currency", "other", "comma"}:
        return Token(Kind.LITERAL, text) if text else None
    if kind == "space":
        return Token(Kind.LITERAL, " ")
    if kind == "fill":
        return None
    if kind in {"date", "daytime", "elapsed"}:
        return Token(Kind.DATE, text.lower())
    if kind == "exponent":
        return Token(Kind.LITERAL, "")
    return Token(Kind(kind), text)


def _condition(text: str) -> Condition | None:
    match = CONDITION.match(text)
    if not match:
        return None
    sign, minus, whole, fraction = match.groups()
    units = int(whole + fraction or "0")
    return Condition(sign, Number(-units if minus else units, -len(fraction)))
