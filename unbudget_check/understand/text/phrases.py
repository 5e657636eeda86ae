"""Set phrases with a number: what stands behind a percentage, and notes with one number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, plain_digits
from unbudget_check.model.prose import SPOKEN, PassageKind, Phrase, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.prose import Passage

# So many words behind a percentage make a set phrase, or so many ideographs; so many, with one
# number among them, a note that is repeated. In 31 documents no phrase as long that was printed
# three times with one percentage was meant to have another one a fourth time.
WORDS, IDEOGRAPHS = 8, 14
PHRASE_CHARS = 400  # in which they stand
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;](?=\s|\Z)|[\u3002\uff1b]")
_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?<![.,])(?![\w/-])")
_WRITTEN = (*SPOKEN, PassageKind.NOTE, PassageKind.HEADING)


def phrases_of(passages: Iterable[Passage], code: str) -> tuple[Phrase, ...]:
    """All such phrases, in reading order."""
    written = (passage for passage in passages if passage.kind in _WRITTEN)
    return tuple(phrase for passage in written for phrase in _phrases(passage, code))


def _phrases(passage: Passage, code: str) -> Iterator[Phrase]:
    """Phrases of a passage: what stands behind its percentages, or all around its only number."""
    text = plain_digits(passage.text)
    terms, percentage = _percentage(code)
    plain = text.casefold()
    is_told = any(term in plain for term in terms)
    for match in percentage.finditer(text, passage.body) if is_told else ():
        behind = text[match.end() : match.end() + PHRASE_CHARS]
        words = _first_words(_STOP.split(behind, maxsplit=1)[0])
        if words:
            yield Phrase(words, match["number"], Span(passage.index, *match.span("number")))
    is_note = passage.kind is PassageKind.NOTE
    numbers = list(_NUMBER.finditer(text, passage.body)) if is_note else []
    if len(numbers) == 1:
        (match,) = numbers
        around = text[passage.body : match.start()], text[match.end() :]
        if len(_WORD.findall(" ".join(around))) >= WORDS:
            yield Phrase(around, match[0], Span(passage.index, *match.span()))


def _first_words(text: str) -> tuple[str, ...]:
    """The words that make a phrase, in small letters; nothing where there are too few."""
    words = _WORD.findall(text.casefold())
    if words and words[0].upper() == words[0]:
        together = "".join(words)
        return (together[:IDEOGRAPHS],) if len(together) >= IDEOGRAPHS else ()
    return tuple(words[:WORDS]) if len(words) >= WORDS else ()


@lru_cache(maxsize=8)
def _percentage(code: str) -> tuple[list[str], re.Pattern[str]]:
    """The words for per cent, and the form of a percentage."""
    terms = sorted(load_language(code).prose["per_cent"], key=len, reverse=True)
    return [term.casefold() for term in terms], re.compile(
        rf"(?P<number>{_NUMBER.pattern})\s*(?:{'|'.join(map(re.escape, terms))})", re.IGNORECASE
    )
