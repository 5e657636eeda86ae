"""Reads an equation of a rule or a mapping, such as ``technical + mandates + other = change``.

The grammar is tiny on purpose, so that such a file can never hold code::

    equation = sum "=" name | name "=" sum      the name alone is the stated figure
    sum      = ["-"] term {("+" | "-") term}
    term     = [whole number] name
    name     = a word, or anything in quotes: '2026 estimate' = '2025 budget' + change
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from unbudget_check.errors import UserError

TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]{1,6})|(?P<name>[^\W\d]\w*|'[^']+'|"[^"]+")|(?P<sign>[-+=]))"""
)


@dataclass(frozen=True, slots=True)
class Equation:
    """``stated`` is the sum of coefficient x name over ``parts``, in the order as written."""

    stated: str
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """One word of the equation; ``at`` counts characters from 1, as an editor does."""

    kind: str
    text: str
    at: int


def parse_equation(text: str) -> Equation:
    """The equation that a text states; raises UserError with the character where it breaks off."""
    tokens = _tokens(text)
    middle = [at for at, token in enumerate(tokens) if token.text == "="]
    if len(middle) != 1:
        raise _mistake(text, len(text), f"it needs one '=', and there are {len(middle)}")
    left, right = tokens[: middle[0]], tokens[middle[0] + 1 :]
    end = tokens[middle[0]].at
    if [token.kind for token in right] != ["name"]:
        if [token.kind for token in left] != ["name"]:
            raise _mistake(text, end, "beside '=' a name must stand alone: the stated figure")
        left, right, end = right, left, len(text) + 1
    parts = _terms(text, left, end)
    names = [name for _, name in parts] + [right[0].text]
    for name in names:
        if names.count(name) > 1:
            raise _mistake(text, 1, f"'{name}' stands in it twice")
    return Equation(right[0].text, parts)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise _mistake(text, at + 1, f"'{text[at]}' cannot stand in an equation")
        kind = match.lastgroup
        tokens.append(_Token(kind, match[kind].strip("'\""), match.start(kind) + 1))
        at = match.end()
    return tokens


def _terms(text: str, tokens: list[_Token], end: int) -> tuple[tuple[int, str], ...]:
    """The signed terms left of the ``=`` that stands at character ``end``."""
    parts: list[tuple[int, str]] = []
    sign, factor, due = 1, 1, True  # due: a term must follow
    for place, token in enumerate(tokens):
        if token.kind == "sign":
            if due and (place or token.text == "+"):
                raise _mistake(text, token.at, f"a name is missing before '{token.text}'")
            sign, factor, due = (-1 if token.text == "-" else 1), 1, True
        elif not due or (token.kind == "number" and factor != 1):
            raise _mistake(text, token.at, f"'+' or '-' is missing before '{token.text}'")
        elif token.kind == "number":
            factor = int(token.text)
            if factor == 0:
                raise _mistake(text, token.at, "a coefficient cannot be 0")
        else:
            parts.append((sign * factor, token.text))
            due = False
    if due:
        where = "at the end" if end > len(text) else "before '='"
        raise _mistake(text, end, f"a name is missing {where}")
    return tuple(parts)


def _mistake(text: str, at: int, reason: str) -> UserError:
    return UserError(f"the equation '{text}' cannot be read at character {max(at, 1)}: {reason}")
