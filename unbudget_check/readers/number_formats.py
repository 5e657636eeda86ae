"""Number formats of workbooks, such as ``#,##0.0_);(#,##0.0)``, taken apart into sections.

Source: ECMA-376 part 1, 18.8.31. A format has up to four sections: for positive and negative
numbers, for nil and for text; a condition in square brackets can replace that choice.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.number import Number

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_FORMAT_CHARS = 255  # characters of a format that Excel allows

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


class TokenKind(Enum):
    """What a token of a format stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    PERCENT = "percent"
    GENERAL = "general"
    TEXT = "text"
    DATE = "date"


class FormatToken(NamedTuple):
    """One piece of a section: a placeholder, or text that is printed as it stands."""

    kind: TokenKind
    text: str


class Condition(NamedTuple):
    """A comparison that chooses a section, such as ``>=1000``."""

    sign: str
    bound: Number


class Section(NamedTuple):
    """One section: how many digits are printed, how they are grouped, scaled and surrounded.

    ``thousands`` counts trailing commas, each of which divides by a thousand. ``is_whole`` marks
    sections that print all digits of a number: General, and text. ``is_plain`` marks those that
    are read as if they were General: dates and fractions. ``mantissa`` counts the decimals before
    a power of ten. ``names_scale`` says that a word stands beside digits divided by thousands.
    ``frame`` is what is printed before and behind the digits, where nothing stands between them:
    so are nearly all formats, and such figures are put together much faster.
    """

    tokens: tuple[FormatToken, ...]
    decimals: int
    grouped: bool
    thousands: int
    percents: int
    is_whole: bool
    is_plain: bool
    coloured: bool
    condition: Condition | None
    mantissa: int | None = None
    frame: tuple[str, str] | None = None
    has_digits: bool = False
    names_scale: bool = False
    is_date: bool = False

    def has(self, kind: TokenKind) -> bool:
        """Whether a kind of token occurs."""
        return any(token.kind is kind for token in self.tokens)


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a number format, four at most; an empty format counts as General."""
    pieces: list[list[re.Match[str]]] = [[]]
    for match in TOKEN.finditer(code[:LONGEST_FORMAT_CHARS] or "General"):
        if match.group("other") == ";":
            pieces.append([])
        else:
            pieces[-1].append(match)
    return tuple(_section(piece) for piece in pieces[:4])


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[FormatToken] = []
    commas: list[int] = []  # how many digit places stood before each comma
    places = [index for index, match in enumerate(matches) if match.group("digit")]
    condition, coloured, plain, mantissa = None, False, False, None
    for index, match in enumerate(matches):
        kind = str(match.lastgroup)
        if kind == "comma" and places and index > places[0]:
            commas.append(sum(place < index for place in places))
        elif kind == "condition":
            condition = _condition(match.group("condition"))
        elif kind == "colour":
            coloured = coloured or not match.group("colour").upper().startswith("DBNUM")
        else:
            plain = plain or (match.group() == "/" and bool(places))
            if kind == "exponent" and mantissa is None:
                mantissa = sum(token.kind is TokenKind.DIGIT for token in tokens[_point(tokens) :])
            token = _token(kind, match)
            tokens.extend([token] if token else [])
    decimals = sum(token.kind is TokenKind.DIGIT for token in tokens[_point(tokens) :])
    whole = len(places) - decimals
    # A comma between digit places groups; one after the last whole place divides by a thousand.
    thousands = sum(count in {whole, len(places)} for count in commas)
    kinds = {token.kind for token in tokens}
    return Section(
        tuple(tokens),
        decimals,
        thousands < len(commas),
        thousands,
        sum(token.kind is TokenKind.PERCENT for token in tokens),
        bool(kinds & {TokenKind.GENERAL, TokenKind.TEXT}),
        plain,
        coloured,
        condition,
        mantissa,
        _frame(tokens),
        TokenKind.DIGIT in kinds,
        thousands > 0
        and any(c.isalpha() for t in tokens if t.kind is TokenKind.LITERAL for c in t.text),
        _is_date(tokens),
    )


def _is_date(tokens: Sequence[FormatToken]) -> bool:
    """Whether a date or a time is printed: where digits come first, letters are literals."""
    kinds = (
        t.kind for t in tokens if t.kind in {TokenKind.DATE, TokenKind.DIGIT, TokenKind.GENERAL}
    )
    return next(kinds, None) is TokenKind.DATE


def _point(tokens: Sequence[FormatToken]) -> int:
    """Where the decimal point stands, or else the end."""
    return next((i for i, token in enumerate(tokens) if token.kind is TokenKind.POINT), len(tokens))


def _frame(tokens: Sequence[FormatToken]) -> tuple[str, str] | None:
    """The texts around the digits, where these are 0, 0.0, #,##0.00 or the like, else None."""
    places = [
        i for i, token in enumerate(tokens) if token.kind in {TokenKind.DIGIT, TokenKind.POINT}
    ]
    if not places or places[-1] - places[0] >= len(places):
        return None
    whole, point, fraction = "".join(tokens[place].text for place in places).partition(".")
    if whole.lstrip("#") != "0" or fraction.strip("0") or bool(point) != bool(fraction):
        return None
    before, after = tokens[: places[0]], tokens[places[-1] + 1 :]
    return "".join(t.text for t in before), "".join(t.text for t in after)


def _token(kind: str, match: re.Match[str]) -> FormatToken | None:
    """The token that a piece of a format stands for, or None for one that prints nothing."""
    text = match.group(kind)
    if kind in {"quoted", "escaped", "currency", "other", "comma"}:
        return FormatToken(TokenKind.LITERAL, text) if text else None
    if kind == "space":
        return FormatToken(TokenKind.LITERAL, " ")
    if kind == "fill":
        return None
    if kind in {"date", "daytime", "elapsed"}:
        return FormatToken(
            TokenKind.DATE, f"[{text.lower()}]" if kind == "elapsed" else text.lower()
        )
    if kind == "exponent":
        return FormatToken(TokenKind.LITERAL, "")
    return FormatToken(TokenKind(kind), text)


def _condition(text: str) -> Condition | None:
    match = CONDITION.match(text)
    if not match:
        return None
    sign, minus, whole, fraction = match.groups()
    units = int(whole + fraction or "0")
    return Condition(sign, Number(-units if minus else units, -len(fraction)))
