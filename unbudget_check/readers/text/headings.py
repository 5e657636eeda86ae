"""Place the headings over their columns when the print has lost where they stood.

In text taken from a PDF the headings of a table fall over several lines, and a heading that spans
several columns comes first, wherever it stood. What is left is the order of the words, the years
and the terms that a language file lists. One text may allow several readings; the number of columns
of the rows below decides between them.

What stands under a heading of changes.

The printed words of heading lines, taken apart into years, terms of columns and other words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import product, takewhile
from typing import TYPE_CHECKING

from unbudget_check.notation.column_concepts import BRACKETED, terms_of
from unbudget_check.notation.years import YEAR_OR_SPAN
from unbudget_check.profiles import factors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.readers.text.pages import Textline


# Terms that belong to a year; the factors of a change; what makes up a change in all.
DATED = frozenset({"expenditure", "approved", "estimate", "recosted", "number"})
_FACTORS = frozenset(factors())
_TOTALS = frozenset({"total", "change", "subtotal"})
_UNDER_CHANGES = _FACTORS | _TOTALS | {"percentage", "share"}

YEAR = re.compile(YEAR_OR_SPAN)

_HYPHENS = {"\u2010": "-", "\u2011": "-", "\u00ad": ""}
LONGEST_HEADINGS_CHARS = 400  # characters of headings; a longer text above figures is no heading

_YEARLESS = frozenset({"total", "recosting", "subtotal"})
_COMPARING = frozenset({"change", "percentage"})
SEVERAL = 2


def run_of_changes(concepts: Sequence[str]) -> tuple[int, int] | None:
    """The columns that a heading of changes spans, by the concepts of the headings below it.

    The first column and the number of columns of the longest run of factors, total, percentage.
    """
    best: tuple[int, int] | None = None
    first = 0
    while first < len(concepts):
        end = first
        while end < len(concepts) and concepts[end] in _UNDER_CHANGES:
            end += 1
        if end - first > 1 and (best is None or end - first > best[1]):
            best = (first, end - first)
        first = max(end, first + 1)
    return best


class PieceSort(StrEnum):
    """What a piece of a heading is."""

    YEAR = "year"
    TERM = "term"
    BRACKET = "bracket"
    MARK = "mark"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HeadingPiece:
    """One piece of the headings: as printed, with its concept, and the lines it stands on.

    ``halves`` are the two terms that it may be as well: "total" and "change" of "total change".
    """

    sort: PieceSort
    text: str
    concept: str
    first: int  # position of its first and last printed line among the heading lines
    last: int
    halves: tuple[HeadingPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stream:
    """The heading lines without blanks, letter by letter, and where each letter was printed."""

    letters: str
    origins: tuple[tuple[int, int], ...]
    starts: frozenset[int]  # letters that come after a blank or a new line


def pieces_of(textlines: Sequence[Textline], code: str | None) -> tuple[HeadingPiece, ...]:
    """The pieces of heading lines in reading order; terms may run over several lines."""
    stream = _stream(textlines)
    if len(stream.letters) > LONGEST_HEADINGS_CHARS:
        return ()
    found: list[HeadingPiece] = []
    at = 0
    while at < len(stream.letters):
        sort, concept, end = _next(stream, at, code)
        piece = _piece(stream, textlines, (at, end), (sort, concept))
        middle = _middle(stream, at, end, code) if sort is PieceSort.TERM else None
        if middle is not None:
            spans = ((at, middle), (middle, end))
            names = [terms_of(code)[0][stream.letters[slice(*span)]] for span in spans]
            halves = tuple(
                _piece(stream, textlines, span, (PieceSort.TERM, name))
                for span, name in zip(spans, names, strict=True)
            )
            piece = replace(piece, halves=halves)
        found.append(piece)
        at = end
    return tuple(found)


def covered(textlines: Sequence[Textline], pieces: Sequence[HeadingPiece]) -> list[bool]:
    """For each line whether years, terms and brackets account for it, but for a letter or two."""
    known = [0] * len(textlines)
    other = [0] * len(textlines)
    for piece in pieces:
        counts = other if piece.sort is PieceSort.OTHER else known
        letters = sum(map(str.isalnum, piece.text))
        for at in range(piece.first, piece.last + 1):
            counts[at] += letters
    return [bool(known[at]) and other[at] <= max(1, known[at] // 5) for at in range(len(textlines))]


def _stream(textlines: Sequence[Textline]) -> _Stream:
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    starts: set[int] = set()
    for position, textline in enumerate(textlines):
        blank = True
        for place, character in enumerate(textline.text):
            if character.isspace():
                blank = True
                continue
            if blank:
                starts.add(len(letters))
                blank = False
            plain = unicodedata.normalize("NFKC", character).casefold()
            for letter in _HYPHENS.get(plain, plain):
                letters.append(letter)
                origins.append((position, place))
    return _Stream("".join(letters), tuple(origins), frozenset(starts))


def _next(stream: _Stream, at: int, code: str | None) -> tuple[PieceSort, str, int]:
    """The piece that begins at a letter: its sort, its concept and its end."""
    letters = stream.letters
    year = _year_end(stream, at)
    if year:
        return PieceSort.YEAR, "", year
    concepts, pattern = terms_of(code)
    term = pattern.match(letters, at)
    while term and not _stands_alone(stream, at, term.end()):
        term = pattern.match(letters, at, term.end() - 1)
    if term:
        return PieceSort.TERM, concepts[term[0]], term.end()
    bracket = BRACKETED.match(letters, at)
    if bracket:
        concept = concepts.get(bracket[0][1:-1], "")
        return (PieceSort.TERM if concept else PieceSort.BRACKET), concept, bracket.end()
    end = at + 1
    while end < len(letters) and end not in stream.starts and not _opens(stream, end, code):
        end += 1
    text = letters[at:end]
    is_mark = len(text) == 1 and at in stream.starts and bool(re.fullmatch(r"[a-z*†‡]", text))
    return (PieceSort.MARK if is_mark else PieceSort.OTHER), "", end


def _year_end(stream: _Stream, at: int) -> int | None:
    """Where a year ends that begins at a letter, if one does and no other digit touches it."""
    letters = stream.letters
    if at and at not in stream.starts and letters[at - 1].isdigit():
        return None
    found = YEAR.match(letters, at)
    end = found.end() if found else 0
    is_whole = end >= len(letters) or end in stream.starts or not letters[end].isdigit()
    return end if found and is_whole else None


def _middle(stream: _Stream, start: int, end: int, code: str | None) -> int | None:
    """Where a term falls into two terms, at a printed blank; None where it does not."""
    concepts = terms_of(code)[0]
    for at in range(start + 1, end):
        if at in stream.starts and stream.letters[start:at] in concepts:
            return at if stream.letters[at:end] in concepts else None
    return None


def _opens(stream: _Stream, at: int, code: str | None) -> bool:
    """Whether a year, a bracket or a term begins inside a word, as in scripts without blanks."""
    if stream.letters[at] == "(":
        return True
    if _year_end(stream, at):
        return True
    term = terms_of(code)[1].match(stream.letters, at)
    return bool(term and _stands_alone(stream, at, term.end()))


def _stands_alone(stream: _Stream, start: int, end: int) -> bool:
    """Whether letters are whole words; in scripts without blanks any run of letters is."""
    letters = stream.letters
    if start not in stream.starts and _is_spaced(letters[start]) and _is_spaced(letters[start - 1]):
        return False
    if end >= len(letters) or end in stream.starts:
        return True
    return not (_is_spaced(letters[end - 1]) and _is_spaced(letters[end]))


def _is_spaced(letter: str) -> bool:
    """Whether a letter belongs to a script that sets blanks between its words."""
    return letter.isalpha() and letter < "\u2e80"


def _piece(
    stream: _Stream,
    textlines: Sequence[Textline],
    span: tuple[int, int],
    meaning: tuple[PieceSort, str],
) -> HeadingPiece:
    (first, start), (last, end) = stream.origins[span[0]], stream.origins[span[1] - 1]
    if first == last:
        text = textlines[first].text[start : end + 1]
    else:
        between = [textlines[at].bare for at in range(first + 1, last)]
        text = " ".join(
            [
                textlines[first].text[start:].strip(),
                *between,
                textlines[last].text[: end + 1].strip(),
            ]
        )
    return HeadingPiece(meaning[0], " ".join(text.split()), meaning[1], first, last)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The heading of one column: its printed pieces, its concept, its footnote marks."""

    texts: tuple[str, ...] = ()
    concept: str = ""
    year: str = ""
    marks: str = ""
    last: int = 0  # position of its last heading line


@dataclass(frozen=True, slots=True)
class TableHeadings:
    """The headings of a table: over the labels, over each column of figures, and over groups.

    A group is its text, its first column of figures (from 0) and how many it spans.
    """

    label: str
    leaves: tuple[Leaf, ...]
    groups: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _PieceReading:
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
def readings_of(pieces: tuple[HeadingPiece, ...]) -> tuple[TableHeadings, ...]:
    """Every way to read the pieces as headings of columns, the most usual one first.

    Kept for a while, because the tables of one document repeat their headings.
    """
    whole = _interleaved(tuple(_compared(pieces)))
    concepts = {piece.concept for piece in pieces}
    spans = (True, False) if "change" in concepts else (False,)
    leads = (False, True) if any(piece.sort is PieceSort.OTHER for piece in pieces) else (False,)
    totals = (False, True) if concepts & _YEARLESS else (False,)
    halves = (False, True) if any(piece.halves for piece in pieces) else (False,)
    found: list[TableHeadings] = []
    for halved, change, other, total in product(halves, spans, leads, totals):
        taken = [part for piece in whole for part in (halved and piece.halves) or (piece,)]
        heading = _read(taken, _PieceReading(change, other, total))
        if heading is not None and heading not in found:
            found.append(heading)
    blocks = _side_by_side(whole)
    return (*found, blocks) if blocks else tuple(found)


def _side_by_side(pieces: Sequence[HeadingPiece]) -> TableHeadings | None:
    """Groups such as sources of funds, printed first, over the same headings again and again."""
    dated = next((at for at, piece in enumerate(pieces) if piece.sort is PieceSort.YEAR), 0)
    names: dict[int, list[str]] = {}
    for piece in pieces[:dated]:
        if piece.concept != "label":
            names.setdefault(piece.first, []).append(piece.text)
    plain = _PieceReading(change_spans=False, other_words_lead=False, totals_take_years=False)
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
    return TableHeadings(label, heading.leaves, groups)


def _interleaved(pieces: tuple[HeadingPiece, ...]) -> tuple[HeadingPiece, ...]:
    """Years in one line and as many of their words in the next: each year takes its own word."""
    for at, piece in enumerate(pieces):
        if piece.sort is PieceSort.YEAR and (not at or pieces[at - 1].sort is not PieceSort.YEAR):
            years = list(takewhile(lambda p: p.sort is PieceSort.YEAR, pieces[at:]))
            words = list(takewhile(lambda p: p.concept in DATED, pieces[at + len(years) :]))
            if SEVERAL <= len(years) == len(words):
                pairs = [part for pair in zip(years, words, strict=True) for part in pair]
                return (*pieces[:at], *pairs, *pieces[at + len(pairs) :])
    return pieces


def _compared(pieces: Sequence[HeadingPiece]) -> Iterator[HeadingPiece]:
    """The pieces, with "2026 vs. 2025" after a change or percentage as words of that heading."""
    left = 0
    for at, piece in enumerate(pieces):
        if left:
            left -= 1
            yield replace(piece, sort=PieceSort.BRACKET)
            continue
        yield piece
        after = [p.sort for p in pieces[at + 1 : at + 4]]
        if piece.concept in _COMPARING and after == [
            PieceSort.YEAR,
            PieceSort.OTHER,
            PieceSort.YEAR,
        ]:
            left = len(after) if len(pieces[at + 2].text) <= len("versus") else 0


def _read(pieces: Sequence[HeadingPiece], reading: _PieceReading) -> TableHeadings | None:
    growth = _Growth()
    for piece in pieces:
        _take(growth, piece, reading)
    groups: tuple[tuple[str, int, int], ...] = ()
    if growth.group:
        run = run_of_changes(["" if leaf.year else leaf.concept for leaf in growth.leaves])
        if run is None or growth.group_at > sum(run):
            return None
        groups = ((growth.group, *run),)
    return TableHeadings(" ".join(growth.label), tuple(growth.leaves), groups)


def _take(growth: _Growth, piece: HeadingPiece, reading: _PieceReading) -> None:
    """Adds one piece: a new leaf, or more words of the leaf before it."""
    last = growth.leaves[-1] if growth.leaves else None
    if piece.sort is PieceSort.MARK and last is not None:
        growth.leaves[-1] = replace(last, marks=last.marks + piece.text)
    elif piece.sort is PieceSort.YEAR:
        _take_year(growth, piece)
    elif piece.concept == "label" and not growth.has_label:
        # What came before it and was no term is part of the same heading.
        growth.has_label = True
        growth.label.append(piece.text)
    elif piece.concept == "change" and reading.change_spans and not growth.group:
        growth.group, growth.group_at = piece.text, len(growth.leaves)
    elif piece.sort is PieceSort.TERM and piece.concept != "label":
        _take_term(growth, piece, reading)
    elif last is None and not (growth.has_label and reading.other_words_lead):
        growth.label.append(piece.text)
    elif reading.other_words_lead and _leads(piece, last):
        growth.leaves.append(_leaf(piece))
    elif last is not None:
        growth.leaves[-1] = _with(last, piece)


def _take_year(growth: _Growth, piece: HeadingPiece) -> None:
    last = growth.leaves[-1] if growth.leaves else None
    # "Expenditure 2024": the year follows its word, unless each year has come before its own.
    if last is not None and last.concept in DATED and not last.year:
        growth.leaves[-1] = replace(_with(last, piece), year=piece.text)
    else:
        growth.leaves.append(replace(_leaf(piece), year=piece.text))


def _take_term(growth: _Growth, piece: HeadingPiece, reading: _PieceReading) -> None:
    last = growth.leaves[-1] if growth.leaves else None
    takers = DATED | _YEARLESS if reading.totals_take_years else DATED
    if last is not None and last.year and not last.concept and piece.concept in takers:
        growth.leaves[-1] = replace(_with(last, piece), concept=piece.concept)
    else:
        growth.leaves.append(_leaf(piece))


def _leaf(piece: HeadingPiece) -> Leaf:
    return Leaf((piece.text,), piece.concept, last=piece.last)


def _with(leaf: Leaf, piece: HeadingPiece) -> Leaf:
    """The leaf with one more piece; words that were printed without a blank stay together."""
    return replace(leaf, texts=(*leaf.texts, piece.text), last=piece.last)


def _leads(piece: HeadingPiece, last: Leaf | None) -> bool:
    """Whether unlisted words may head a column: real words after a heading that is complete."""
    letters = sum(map(str.isalpha, piece.text))
    complete = last is None or bool(last.concept) or not last.year
    return piece.sort is PieceSort.OTHER and letters > 1 and complete
