"""Split a printed line into words that are figures or pieces of figures, or into cells.

Where column borders are lost, ``450 2 452`` may be one, two or three figures; here it is three
*atoms*, with the blanks that stand between them.

One printed line cut at its tabs or upright strokes into cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.notation.column_numbers import is_numbering
from unbudget_check.notation.years import YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.text.pages import Idiom, Textline


_WORD = re.compile(r"\S+")
_YEAR = re.compile(YEAR)
# A wide comma is a comma of the sentence unless exactly three digits follow.
_FIGURE = re.compile(
    r"(?P<front>[(（\-–—−‑+]{0,3}(?:US)?[$€£¥]?)"
    r"(?P<digits>(?:\d+(?:(?:[.,'’．٫٬]|，(?=\d{3}(?!\d)))\d+)*|[.,]\d+))"
    r"(?P<torn>[.,]?)(?P<back>[)）%]{0,2})(?P<mark>[a-z*†‡]?)"
)
_LOOKALIKE = re.compile(r"[(（]?(?=\S*\d)(?=\S*[OoIlS])[\dOoIlS]+(?:[.,][\dOoIlS]+)*[)）]?|[OoIl]")
_MARK = re.compile(r"[a-kmnp-z]|[*†‡]{1,3}|[¹²³ᵃᵇᶜᵈ]")
# Blanks that a typesetter puts inside one figure, not between two.
_GLUE = frozenset("\u00a0\u2002\u2007\u2009\u202f")
_THREE = 3
LONGEST_ROW = 4000  # characters; a longer line is no row of a table
TAB = 4  # a tab is a wide gap

STROKE = "|"
MOST_COLUMNS = 400


class WordKind(StrEnum):
    """What one word at the end of a printed line can be."""

    FIGURE = "figure"
    NIL = "nil"
    ABSENT = "absent"
    MARK = "mark"  # a footnote letter that stands alone
    TORN = "torn"  # digits that end in a decimal mark: decimals were lost, or a sentence ends
    LOOKALIKE = "lookalike"  # digits with a letter among them, as scanners leave them
    OTHER = ""


_BRACKETS = (("(", ")"), ("（", "）"))


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of the tail: text, place in the line, and the blanks before it.

    ``gap`` counts the blanks before the atom; 0 is a single blank that binds digits together.
    ``carries`` says that a group of three digits may follow; ``groups`` that it can be one.
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


def tail_of(text: str, style: NumberStyle) -> tuple[Atom, ...]:
    """The atoms at the end of a printed line, left to right; empty where it ends in words."""
    last = text.rsplit(None, 1)[-1:] if len(text) <= LONGEST_ROW else None
    if not last or kind_of(last[0], style) is WordKind.OTHER:
        return ()
    words = list(_WORD.finditer(text))
    first = len(words)
    while first and _belongs(words, first - 1, style):
        first -= 1
    atoms: list[Atom] = []
    for at in range(first, len(words)):
        word = words[at]
        kind = kind_of(word[0], style)
        if kind is WordKind.MARK or word[0] == "%":
            if atoms:
                mark = "" if word[0] == "%" else word[0]
                atoms[-1] = replace(atoms[-1], carries=False, marks=atoms[-1].marks + mark)
            continue
        gap = _gap(text, words[at - 1].end() if at else 0, word.start())
        atoms.append(_atom(word, gap, kind, style))
    return tuple(atoms)


def is_year(atom: Atom) -> bool:
    """Whether an atom is a bare year, as headings print it."""
    return _YEAR.fullmatch(atom.text) is not None


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
    unspaced = sum(bool(re.search(r"(?<!\d)\d{4}(?!\d)", t)) and not _YEAR.search(t) for t in texts)
    spaced = sum(b.groups and a.carries for tail in tails for a, b in pairwise(tail))
    return spaced >= otherwise + unspaced


@lru_cache(maxsize=4096)
def kind_of(word: str, style: NumberStyle) -> WordKind:
    """What one word can be at the end of a printed line."""
    if word in style.nil:
        return WordKind.NIL
    found = _FIGURE.fullmatch(word)
    if found:
        return WordKind.TORN if found["torn"] else WordKind.FIGURE
    if word == "%" or _MARK.fullmatch(word):
        return WordKind.MARK
    if _LOOKALIKE.fullmatch(word):
        return WordKind.LOOKALIKE
    return (
        WordKind.ABSENT
        if len(word) < TAB * _THREE and normalise(word) in style.absent
        else WordKind.OTHER
    )


def _belongs(words: Sequence[re.Match[str]], at: int, style: NumberStyle) -> bool:
    """Whether a word is part of the tail; a mark or a misread digit only beside a figure."""
    kind = kind_of(words[at][0], style)
    if kind in (WordKind.FIGURE, WordKind.NIL, WordKind.ABSENT):
        return True
    if kind is WordKind.LOOKALIKE and re.search(r"[.,]", words[at][0]):
        return True
    if kind is WordKind.TORN and at and len(words[at][0]) > _THREE:
        return True
    before = kind_of(words[at - 1][0], style) if at else WordKind.OTHER
    return kind is not WordKind.OTHER and before in (WordKind.FIGURE, WordKind.NIL, WordKind.TORN)


def _gap(text: str, left: int, right: int) -> int:
    between = text[left:right]
    if len(between) == 1:
        return 0 if between in _GLUE else (TAB if between == "\t" else 1)
    return width(between) + (TAB - 1) * between.count("\t")


def _atom(word: re.Match[str], gap: int, kind: WordKind, style: NumberStyle) -> Atom:
    text = word[0]
    found = _FIGURE.fullmatch(text) if kind in (WordKind.FIGURE, WordKind.TORN) else None
    if not found:
        return Atom(text, word.start(), word.end(), gap, kind)
    digits, front, back = found["digits"], found["front"], found["back"]
    pieces = re.split(r"(\D)", digits)
    marked = pieces[1::2]
    decimal = bool(marked) and (marked[-1] in style.decimal or len(pieces[-1]) != _THREE)
    lone = len(pieces) == (3 if decimal else 1)
    return Atom(
        text,
        word.start(),
        word.end(),
        gap,
        kind,
        carries=not (marked or back or found["mark"] or found["torn"])
        and _can_carry(digits, front),
        groups=lone and not front and len(pieces[0]) == _THREE,
        opened="(" in front or "（" in front,
        closed=")" in back or "）" in back,
        decimals=len(pieces[-1]) if decimal else 0,
    )


def _can_carry(digits: str, front: str) -> bool:
    """Digits that a group of three may follow: 1 to 3 of them, and not a lone zero."""
    return len(digits) <= _THREE and (not front or digits[0] != "0") and digits not in {"0", "00"}


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
    figures = sum(_is_figure(cell, idiom) for cell in texts[1:])
    if is_numbering(" ".join(filter(None, texts))) or is_numbering(
        " ".join(filter(None, texts[1:]))
    ):
        figures = 0
    return CellRow(textline, tuple(texts), tuple(starts), figures)


def _is_figure(text: str, idiom: Idiom) -> bool:
    """Whether a cell is one figure or dash; a bare year belongs to the headings."""
    if kind_of(text, idiom.style) is WordKind.NIL:
        return True
    tail = tail_of(text, idiom.style)
    whole = bool(tail) and not text[: tail[0].start].strip()
    return whole and not (len(tail) == 1 and is_year(tail[0]))


def has_open_bracket(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)
