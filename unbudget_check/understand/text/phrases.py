"""Set phrases with a number: what stands behind a percentage, and passages printed again."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise, plain_digits
from unbudget_check.model.prose import SPOKEN, PassageKind, Phrase, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.prose import Passage

# Words, or ideographs, of a phrase that can be looked for again: behind a percentage, or around a
# number.
WORDS, IDEOGRAPHS = 8, 14
# Two copies that agree show which number the third should have.
COPIES = 3
PHRASE_CHARS = 400  # in which they stand
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;](?=\s|\Z)|[\u3002\uff1b]")
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?<![.,])(?![\w/-])")
_WRITTEN = (*SPOKEN, PassageKind.NOTE, PassageKind.HEADING)


def phrases_of(passages: Iterable[Passage], code: str) -> tuple[Phrase, ...]:
    """All such phrases: the percentages in reading order, then the copies."""
    written = [passage for passage in passages if passage.kind in _WRITTEN]
    return (*_rates(written, code), *_copies(written))


def _rates(passages: Iterable[Passage], code: str) -> Iterator[Phrase]:
    """The percentages of passages, by the words behind them."""
    terms, percentage = _percentage(code)
    for passage in passages:
        text = plain_digits(passage.text)
        plain = text.casefold()
        is_told = any(term in plain for term in terms)
        for match in percentage.finditer(text, passage.body) if is_told else ():
            behind = text[match.end() : match.end() + PHRASE_CHARS]
            words = _first_words(_STOP.split(behind, maxsplit=1)[0])
            if words:
                span = Span(passage.index, *match.span("number"))
                yield Phrase((words,), match["number"], span, WORDS)


def _copies(passages: Iterable[Passage]) -> Iterator[Phrase]:
    """The numbers of passages that are printed again and again, by all that stands around them."""
    again: defaultdict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for passage in passages:
        text = plain_digits(passage.text)
        again[_NUMBER.sub("0", text[passage.body :])].append((passage, text))
    for frame, printed in again.items():
        words = sum(map(_size, _WORD.findall(frame))) if len(printed) >= COPIES else 0
        if words < WORDS:
            continue
        numbers = [list(_NUMBER.finditer(text, passage.body)) for passage, text in printed]
        before = _beginnings([match[0] for match in found] for found in numbers)
        behind = _beginnings([match[0] for match in found[::-1]] for found in numbers)
        for (passage, _), found, first, last in zip(printed, numbers, before, behind, strict=True):
            for match, led, left in zip(found, first[:-1], last[-2::-1], strict=True):
                span = Span(passage.index, *match.span())
                yield Phrase((frame, str(led), str(left)), match[0], span, words)


def _beginnings(sequences: Iterable[Sequence[str]]) -> list[list[int]]:
    """The beginnings of each sequence, the empty one first, equal ones by the same number."""
    known: dict[tuple[int, str], int] = {}
    found = []
    for sequence in sequences:
        numbers = [0]
        for each in sequence:
            numbers.append(known.setdefault((numbers[-1], each), len(known) + 1))
        found.append(numbers)
    return found


def _size(word: str) -> int:
    """How many words a piece without blanks is: ideographs make one two by two or so."""
    return max(len(word) * WORDS // IDEOGRAPHS, 1) if word.upper() == word.lower() else 1


def _first_words(text: str) -> str:
    """The beginning of a text that makes a phrase, in small letters; "" where it is too short."""
    words = 0
    for word in _WORD.finditer(text):
        words += _size(word[0])
        if words >= WORDS:
            return normalise(text[: word.end()])
    return ""


@lru_cache(maxsize=8)
def _percentage(code: str) -> tuple[list[str], re.Pattern[str]]:
    """The words for per cent, and the form of a percentage."""
    terms = sorted(load_language(code).prose["per_cent"], key=len, reverse=True)
    return [term.casefold() for term in terms], re.compile(
        rf"(?P<number>{_NUMBER.pattern})\s*(?:{'|'.join(map(re.escape, terms))})", re.IGNORECASE
    )
