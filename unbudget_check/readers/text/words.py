"""Split a printed line into words that are figures or pieces of figures, or into cells.

Where column borders are lost, ``450 2 452`` may be one, two or three figures; here it is three
*atoms*, with the blanks that stand between them.

One printed line cut at its tabs or upright strokes into cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.column_numbers import is_numbering_row
from unbudget_check.notation.figures import (
    FIGURE,
    NUMERIC,
    WordKind,
    can_carry,
    is_entry,
    is_group,
    kind_of,
    may_end_figures,
    words_of,
)
from unbudget_check.notation.years import YEAR, is_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.text.pages import Idiom, Textline


# Blanks that a typesetter puts inside one figure, not between two.
_GLUE = frozenset("\u00a0\u2002\u2007\u2009\u202f")
_THREE = 3
_UNSPACED = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST_ROW = 4000  # characters; a longer line is no row of a table
TAB = 4  # a tab is a wide gap

STROKE = "|"
MOST_COLUMNS = 400


_BRACKETS = (("(", ")"), ("（", "）"))


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of the tail: text, place in the line, and the blanks before it.

    ``gap`` counts the blanks before the atom; 0 is a single blank that binds digits together.
    ``carries`` says that a group of three digits may follow; ``groups`` that it can be one.
    ``marks`` are footnote letters behind it, ``marked_end`` is where a typed mark behind it ends.
    """

    text: str
    start: int
    end: int
    gap: int
    kind: WordKind
    carries: bool = False
    groups: bool = False
    opened: bool = False
    closed: bool = False
    decimals: int = -1
    marks: str = ""
    marked_end: int = 0


def tail_of(text: str, style: NumberStyle) -> tuple[Atom, ...]:
    """The atoms at the end of a printed line, left to right; empty where it ends in words."""
    last = text.rsplit(None, 1)[-1:] if len(text) <= LONGEST_ROW else None
    if not last or not may_end_figures(last[0], style):
        return ()
    words = list(words_of(style).finditer(text))
    kinds = [kind_of(word[0], style) for word in words]
    first = len(words)
    while first and _belongs(words, kinds, first - 1):
        first -= 1
    if _leads_label(text, words[first:], kinds[first:], words[first - 1].end() if first else -1):
        first += 1
    behind = _is_behind(text, words[first:], kinds[first:])
    atoms: list[Atom] = []
    waiting = None
    for at in range(first, len(words)):
        word, kind = words[at], kinds[at]
        if kind is WordKind.MARK:
            if word[0].isalpha():
                # A raised letter, which text shows no longer as such.
                atoms[-1] = replace(atoms[-1], carries=False, marks=atoms[-1].marks + word[0])
            else:
                atoms[-1] = replace(atoms[-1], carries=False, marked_end=word.end())
        elif kind is WordKind.CURRENCY and behind and atoms:
            closed = atoms[-1].closed or word[0].endswith((")", "）"))
            atoms[-1] = replace(atoms[-1], end=word.end(), carries=False, closed=closed)
        elif kind is WordKind.CURRENCY:
            waiting = at
        else:
            led = at if waiting is None else waiting
            start = words[led].start()
            gap = _gap(text, words[led - 1].end() if led else 0, start)
            atoms.append(_atom(text[start : word.end()], start, gap, kind, style))
            waiting = None
    return tuple(atoms)


def _leads_label(
    text: str, words: Sequence[re.Match[str]], kinds: Sequence[WordKind], end: int
) -> bool:
    """Whether the currency before the first figure ends the label, which ends at ``end``.

    It is the figure's own where each figure has one, or where a wide gap sets both apart.
    """
    if not kinds or kinds[0] is not WordKind.CURRENCY:
        return False
    figures = sum(kind in NUMERIC for kind in kinds)
    is_apart = end >= 0 and _gap(text, end, words[0].start()) > 1
    return kinds.count(WordKind.CURRENCY) < figures and not is_apart


def _is_behind(text: str, words: Sequence[re.Match[str]], kinds: Sequence[WordKind]) -> bool:
    """Whether currencies stand behind their figures here, not before them."""
    if WordKind.CURRENCY not in kinds or kinds[0] is WordKind.CURRENCY:
        return False
    if WordKind.CURRENCY in kinds[-2:] and kinds[-1] in (WordKind.CURRENCY, WordKind.MARK):
        return True
    at = kinds.index(WordKind.CURRENCY)
    before, after = words[at - 1].end(), words[at + 1].start()
    return _gap(text, before, words[at].start()) <= _gap(text, words[at].end(), after)


def are_years(tail: Sequence[Atom]) -> bool:
    """Whether a tail is bare years, as headings print them."""
    return all(is_year(atom.text) for atom in tail)


def width(text: str) -> int:
    """How many places a text takes on the page; an ideograph takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)


def place_of(text: str, at: int) -> int:
    """The place on the page of a character of a printed line."""
    return at if text.isascii() else width(text[:at])


def fewest_figures(tail: Sequence[Atom]) -> int:
    """How many figures a tail makes if every group of digits is joined that can be."""
    return len(tail) - sum(b.groups and a.carries for a, b in pairwise(tail))


def spaces_thousands(tails: Sequence[Sequence[Atom]]) -> bool:
    """Whether thousands are set apart by blanks here, not by commas, points or not at all."""
    texts = [atom.text for tail in tails for atom in tail if atom.kind is WordKind.FIGURE]
    otherwise = sum(bool(re.search(r"\d[.,'’]\d{3}(?!\d)|\d{5}", text)) for text in texts)
    unspaced = sum(_UNSPACED.search(t) is not None and not re.search(YEAR, t) for t in texts)
    spaced = sum(b.groups and a.carries for tail in tails for a, b in pairwise(tail))
    return spaced >= otherwise + unspaced


def _belongs(words: Sequence[re.Match[str]], kinds: Sequence[WordKind], at: int) -> bool:
    """Whether a word is part of the tail; a mark or a misread digit only beside a figure."""
    kind, text = kinds[at], words[at][0]
    if kind in (WordKind.FIGURE, WordKind.NIL, WordKind.ABSENT):
        return True
    if kind is WordKind.LOOKALIKE and re.search(r"[.,]", text):
        return True
    if kind is WordKind.TORN and at and len(text) > _THREE:
        return True
    if kind is WordKind.CURRENCY and kinds[at + 1 : at + 2] and kinds[at + 1] in NUMERIC:
        return True
    if (
        kind is WordKind.MARK
        and at
        and (kinds[at - 1] is WordKind.CURRENCY or words[at - 1][0] == "%")
    ):
        at -= 1
    before = kinds[at - 1] if at else WordKind.OTHER
    if before is WordKind.ABSENT and kind is WordKind.MARK:
        return not text.isalpha()
    return kind is not WordKind.OTHER and before in NUMERIC


def _gap(text: str, left: int, right: int) -> int:
    between = text[left:right]
    if len(between) == 1:
        return 0 if between in _GLUE else (TAB if between == "\t" else 1)
    return width(between) + (TAB - 1) * between.count("\t")


def _atom(text: str, start: int, gap: int, kind: WordKind, style: NumberStyle) -> Atom:
    found = FIGURE.fullmatch(text) if kind in (WordKind.FIGURE, WordKind.TORN) else None
    if not found:
        return Atom(text, start, start + len(text), gap, kind)
    digits, front, back = found["digits"], found["front"], found["back"]
    pieces = re.split(r"(\D)", digits)
    marked = pieces[1::2]
    decimal = bool(marked) and (marked[-1] in style.decimal or len(pieces[-1]) != _THREE)
    return Atom(
        text,
        start,
        start + len(text),
        gap,
        kind,
        carries=can_carry(found),
        groups=is_group(found, style.decimal),
        opened="(" in front or "（" in front,
        closed=")" in back or "）" in back,
        decimals=len(pieces[-1]) if decimal else 0,
    )


def numbers_cells(texts: Sequence[str]) -> bool:
    """Whether the cells of a line number the columns; a label may stand before the numbers."""
    return is_numbering_row(texts) or is_numbering_row(texts[1:], texts[0] if texts else "")


@dataclass(frozen=True, slots=True)
class CellRow:
    """One line cut at its delimiters: the cells' texts, and the first character of each."""

    textline: Textline
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    figures: int


def cut_cells(textline: Textline, delimiter: str, idiom: Idiom) -> CellRow:
    """The cells of one line; strokes may also frame the row at both ends."""
    text = textline.text
    if delimiter == STROKE:
        framed = text.strip()
        lead = text.index(framed[:1]) if framed else 0
        body = framed.removeprefix(STROKE)
        offset = lead + len(framed) - len(body)
        body = body.removesuffix(STROKE)
    else:
        body, offset = text.rstrip("\n"), 0
    texts, starts = [], []
    for piece in body.split(delimiter)[:MOST_COLUMNS]:
        starts.append(offset + len(piece) - len(piece.lstrip()))
        texts.append(piece.strip())
        offset += len(piece) + 1
    figures = sum(is_entry(cell, idiom.style) for cell in texts[1:])
    figures = 0 if numbers_cells(texts) else figures
    return CellRow(textline, tuple(texts), tuple(starts), figures)


def has_open_bracket(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)
