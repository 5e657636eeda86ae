"""The printed words of heading lines, taken apart into years, terms of columns and other words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.readers.text_concepts import BRACKETED, YEAR, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_pages import Textline

_HYPHENS = {"\u2010": "-", "\u2011": "-", "\u00ad": ""}
LONGEST = 400  # characters of headings; a longer text above figures is no heading


class Sort(StrEnum):
    """What a piece of a heading is."""

    YEAR = "year"
    TERM = "term"
    BRACKET = "bracket"
    MARK = "mark"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the headings: as printed, with its concept, and the lines it stands on.

    ``halves`` are the two terms that it may be as well: "total" and "change" of "total change".
    """

    sort: Sort
    text: str
    concept: str
    first: int  # position of its first and last printed line among the heading lines
    last: int
    halves: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stream:
    """The heading lines without blanks, letter by letter, and where each letter was printed."""

    letters: str
    origins: tuple[tuple[int, int], ...]
    starts: frozenset[int]  # letters that come after a blank or a new line


def pieces_of(textlines: Sequence[Textline], code: str | None) -> tuple[Piece, ...]:
    """The pieces of heading lines in reading order; terms may run over several lines."""
    stream = _stream(textlines)
    if len(stream.letters) > LONGEST:
        return ()
    found: list[Piece] = []
    at = 0
    while at < len(stream.letters):
        sort, concept, end = _next(stream, at, code)
        piece = _piece(stream, textlines, (at, end), (sort, concept))
        middle = _middle(stream, at, end, code) if sort is Sort.TERM else None
        if middle is not None:
            spans = ((at, middle), (middle, end))
            names = [terms_of(code)[0][stream.letters[slice(*span)]] for span in spans]
            halves = tuple(
                _piece(stream, textlines, span, (Sort.TERM, name))
                for span, name in zip(spans, names, strict=True)
            )
            piece = replace(piece, halves=halves)
        found.append(piece)
        at = end
    return tuple(found)


def covered(textlines: Sequence[Textline], pieces: Sequence[Piece]) -> list[bool]:
    """For each line whether years, terms and brackets account for it, but for a letter or two."""
    known = [0] * len(textlines)
    other = [0] * len(textlines)
    for piece in pieces:
        counts = other if piece.sort is Sort.OTHER else known
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


def _next(stream: _Stream, at: int, code: str | None) -> tuple[Sort, str, int]:
    """The piece that begins at a letter: its sort, its concept and its end."""
    letters = stream.letters
    year = _year_end(stream, at)
    if year:
        return Sort.YEAR, "", year
    concepts, pattern = terms_of(code)
    term = pattern.match(letters, at)
    while term and not _stands_alone(stream, at, term.end()):
        term = pattern.match(letters, at, term.end() - 1)
    if term:
        return Sort.TERM, concepts[term[0]], term.end()
    bracket = BRACKETED.match(letters, at)
    if bracket:
        concept = concepts.get(bracket[0][1:-1], "")
        return (Sort.TERM if concept else Sort.BRACKET), concept, bracket.end()
    end = at + 1
    while end < len(letters) and end not in stream.starts and not _opens(stream, end, code):
        end += 1
    text = letters[at:end]
    is_mark = len(text) == 1 and at in stream.starts and bool(re.fullmatch(r"[a-z*†‡]", text))
    return (Sort.MARK if is_mark else Sort.OTHER), "", end


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
    meaning: tuple[Sort, str],
) -> Piece:
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
    return Piece(meaning[0], " ".join(text.split()), meaning[1], first, last)
