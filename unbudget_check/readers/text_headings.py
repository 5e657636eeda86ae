"""Which headings stood over which column, when the print has lost where they stood.

In text taken from a PDF the headings of a table fall over several lines, and a heading that spans
several columns comes first, wherever it stood. What is left is the order of the words, the years
and the terms that a language file lists. One text may allow several readings; the number of columns
of the rows below decides between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product, takewhile
from typing import TYPE_CHECKING

from unbudget_check.readers.text_changes import DATED, run_of_changes
from unbudget_check.readers.text_terms import Piece, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_YEARLESS = frozenset({"total", "recosting", "subtotal"})
_COMPARING = frozenset({"change", "percentage"})
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """The heading of one column: its printed pieces, its concept, its footnote marks."""

    texts: tuple[str, ...] = ()
    concept: str = ""
    year: str = ""
    marks: str = ""
    last: int = 0  # position of its last heading line


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a table: over the labels, over each column of figures, and over groups.

    A group is its text, its first column of figures (from 0) and how many it spans.
    """

    label: str
    leaves: tuple[Leaf, ...]
    groups: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the doubtful pieces are taken."""

    change_spans: bool  # the word for changes stands over several columns
    other_words_lead: bool  # words that no language file lists head a column of their own
    totals_take_years: bool  # a total after a year is the total of that year


@dataclass(slots=True)
class _Growth:
    """The leaves while they are put together."""

    label: list[str] = field(default_factory=list)
    has_label: bool = False
    leaves: list[Leaf] = field(default_factory=list)
    group: str = ""
    group_at: int = 0


@lru_cache(maxsize=64)
def readings_of(pieces: tuple[Piece, ...]) -> tuple[Heading, ...]:
    """Every way to read the pieces as headings of columns, the most usual one first.

    Kept for a while, because the tables of one document repeat their headings.
    """
    whole = _interleaved(tuple(_compared(pieces)))
    concepts = {piece.concept for piece in pieces}
    spans = (True, False) if "change" in concepts else (False,)
    leads = (False, True) if any(piece.sort is Sort.OTHER for piece in pieces) else (False,)
    totals = (False, True) if concepts & _YEARLESS else (False,)
    halves = (False, True) if any(piece.halves for piece in pieces) else (False,)
    found: list[Heading] = []
    for halved, change, other, total in product(halves, spans, leads, totals):
        taken = [part for piece in whole for part in (halved and piece.halves) or (piece,)]
        heading = _read(taken, _Reading(change, other, total))
        if heading is not None and heading not in found:
            found.append(heading)
    blocks = _side_by_side(whole)
    return (*found, blocks) if blocks else tuple(found)


def _side_by_side(pieces: Sequence[Piece]) -> Heading | None:
    """Groups such as sources of funds, printed first, over the same headings again and again."""
    dated = next((at for at, piece in enumerate(pieces) if piece.sort is Sort.YEAR), 0)
    names: dict[int, list[str]] = {}
    for piece in pieces[:dated]:
        if piece.concept != "label":
            names.setdefault(piece.first, []).append(piece.text)
    plain = _Reading(change_spans=False, other_words_lead=False, totals_take_years=False)
    heading = _read(pieces[dated:], plain)
    if heading is None or len(names) < SEVERAL or len(heading.leaves) % len(names):
        return None
    each = len(heading.leaves) // len(names)
    shapes = ["" if leaf.year else leaf.concept for leaf in heading.leaves]
    if each < SEVERAL or shapes != shapes[:each] * len(names):
        return None
    texts = [" ".join(words) for words in names.values()]
    groups = tuple((text, each * at, each) for at, text in enumerate(texts))
    label = " ".join(piece.text for piece in pieces[:dated] if piece.concept == "label")
    return Heading(label, heading.leaves, groups)


def _interleaved(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Years in one line and as many of their words in the next: each year takes its own word."""
    for at, piece in enumerate(pieces):
        if piece.sort is Sort.YEAR and (not at or pieces[at - 1].sort is not Sort.YEAR):
            years = list(takewhile(lambda p: p.sort is Sort.YEAR, pieces[at:]))
            words = list(takewhile(lambda p: p.concept in DATED, pieces[at + len(years) :]))
            if SEVERAL <= len(years) == len(words):
                pairs = [part for pair in zip(years, words, strict=True) for part in pair]
                return (*pieces[:at], *pairs, *pieces[at + len(pairs) :])
    return pieces


def _compared(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with "2026 vs. 2025" after a change or percentage as words of that heading."""
    left = 0
    for at, piece in enumerate(pieces):
        if left:
            left -= 1
            yield replace(piece, sort=Sort.BRACKET)
            continue
        yield piece
        after = [p.sort for p in pieces[at + 1 : at + 4]]
        if piece.concept in _COMPARING and after == [Sort.YEAR, Sort.OTHER, Sort.YEAR]:
            left = len(after) if len(pieces[at + 2].text) <= len("versus") else 0


def _read(pieces: Sequence[Piece], reading: _Reading) -> Heading | None:
    growth = _Growth()
    for piece in pieces:
        _take(growth, piece, reading)
    groups: tuple[tuple[str, int, int], ...] = ()
    if growth.group:
        run = run_of_changes(["" if leaf.year else leaf.concept for leaf in growth.leaves])
        if run is None or growth.group_at > sum(run):
            return None
        groups = ((growth.group, *run),)
    return Heading(" ".join(growth.label), tuple(growth.leaves), groups)


def _take(growth: _Growth, piece: Piece, reading: _Reading) -> None:
    """Adds one piece: a new leaf, or more words of the leaf before it."""
    last = growth.leaves[-1] if growth.leaves else None
    if piece.sort is Sort.MARK and last is not None:
        growth.leaves[-1] = replace(last, marks=last.marks + piece.text)
    elif piece.sort is Sort.YEAR:
        _take_year(growth, piece)
    elif piece.concept == "label" and not growth.has_label:
        # What came before it and was no term is part of the same heading.
        growth.has_label = True
        growth.label.append(piece.text)
    elif piece.concept == "change" and reading.change_spans and not growth.group:
        growth.group, growth.group_at = piece.text, len(growth.leaves)
    elif piece.sort is Sort.TERM and piece.concept != "label":
        _take_term(growth, piece, reading)
    elif last is None and not (growth.has_label and reading.other_words_lead):
        growth.label.append(piece.text)
    elif reading.other_words_lead and _leads(piece, last):
        growth.leaves.append(_leaf(piece))
    elif last is not None:
        growth.leaves[-1] = _with(last, piece)


def _take_year(growth: _Growth, piece: Piece) -> None:
    last = growth.leaves[-1] if growth.leaves else None
    # "Expenditure 2024": the year follows its word, unless each year has come before its own.
    if last is not None and last.concept in DATED and not last.year:
        growth.leaves[-1] = replace(_with(last, piece), year=piece.text)
    else:
        growth.leaves.append(replace(_leaf(piece), year=piece.text))


def _take_term(growth: _Growth, piece: Piece, reading: _Reading) -> None:
    last = growth.leaves[-1] if growth.leaves else None
    takers = DATED | _YEARLESS if reading.totals_take_years else DATED
    if last is not None and last.year and not last.concept and piece.concept in takers:
        growth.leaves[-1] = replace(_with(last, piece), concept=piece.concept)
    else:
        growth.leaves.append(_leaf(piece))


def _leaf(piece: Piece) -> Leaf:
    return Leaf((piece.text,), piece.concept, last=piece.last)


def _with(leaf: Leaf, piece: Piece) -> Leaf:
    """The leaf with one more piece; words that were printed without a blank stay together."""
    return replace(leaf, texts=(*leaf.texts, piece.text), last=piece.last)


def _leads(piece: Piece, last: Leaf | None) -> bool:
    """Whether unlisted words may head a column: real words after a heading that is complete."""
    letters = sum(map(str.isalpha, piece.text))
    complete = last is None or bool(last.concept) or not last.year
    return piece.sort is Sort.OTHER and letters > 1 and complete
