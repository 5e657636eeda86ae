"""Sources of funds that sentences, captions and headings name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.prose import SPOKEN, SourceSlip, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.prose import Mention, Passage


# The source of a sentence that names more than one: no table states that.
SEVERAL = "several"
# No name of a source stands further from its amount.
SOURCE_CHARS = 240
_STOP = re.compile(r"[\d,.;:()\uff0c\u3002\uff1b\uff1a\u3001\uff08\uff09]")
# An amount in full: 9 133 600, $9,133,600.
_AMOUNT = re.compile(r"\d{1,3}(?:[\s,.'\u2019]\d{3})+(?!\d)")
# The words between a source and its amount are few, and none of them sets them apart.
_APART = re.compile(r"[,;:()，；：。、（）]|\.\s")
NEAR_SOURCE_CHARS = 40
_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-Z])|(?<=。)")


@lru_cache(maxsize=1024)
def source_in(sentence: str, code: str) -> str:
    """The one source of funds that a sentence names, "" for none and SEVERAL for more."""
    named = {name for _, name in _sources_in(normalise(sentence), code)}
    return SEVERAL if len(named) > 1 else next(iter(named), "")


@lru_cache(maxsize=1024)
def source_of(text: str, code: str) -> str:
    """The source of funds that a caption or the title of a part names, or ""."""
    bare = normalise(text).strip(" .:：")
    sources = load_language(code).sources
    whole = next((name for name, terms in sources.items() if bare in terms), "")
    return whole or max(_sources_in(bare, code), default=(0, ""))[1]


def _sources_in(bare: str, code: str) -> Iterator[tuple[int, str]]:
    """(Length of its name, source) for every name of a source in a text."""
    for name, terms in load_language(code).sources.items():
        yield from ((len(term), name) for term in terms if term in bare)


def source_beside(text: str, mentions: Sequence[Mention], whole: int, at: int, code: str) -> str:
    """The source named beside an amount, on the side where the first one behind the total has it.

    Without exactly one source on that side it is "".
    """
    if source_before(text, mentions[whole + 1], code):
        return source_before(text, mentions[at], code)
    end = mentions[at].span.end
    return _one(_STOP.split(text[end : end + SOURCE_CHARS], maxsplit=1)[0], code)


def source_before(text: str, mention: Mention, code: str) -> str:
    """The one source named before an amount, from the last stop or figure on, or ""."""
    start = mention.span.start
    return _one(_STOP.split(text[max(start - SOURCE_CHARS, 0) : start])[-1], code)


def _one(words: str, code: str) -> str:
    source = source_in(words, code)
    return "" if source == SEVERAL else source


def misnamed_in(passages: Iterable[Passage], code: str) -> tuple[SourceSlip, ...]:
    """Where sentences give an amount to another source than the heading above them."""
    found = (_misnamed(passage, code) for passage in passages)
    return tuple(each for each in found if each is not None)


def _misnamed(passage: Passage, code: str) -> SourceSlip | None:
    """Where a passage names another source than its heading, which, and the amount it gives."""
    bearing = passage.bearing
    is_told = passage.kind in SPOKEN and bearing.entity
    if not is_told or bearing.source not in load_language(code).sources:
        return None
    start = passage.body
    for sentence in _SENTENCE.split(passage.text[passage.body :]):
        amount = _AMOUNT.search(sentence)
        if amount:
            named = list(_terms(code).finditer(sentence))
            sources = {_source(term[0], code) for term in named}
            before = [term for term in named if term.end() <= amount.start()]
            if bearing.source in sources or not before:
                return None
            said, between = before[-1], sentence[before[-1].end() : amount.start()]
            if len(between) > NEAR_SOURCE_CHARS or _APART.search(between):
                return None
            at = passage.text.index(sentence, start) + said.start()
            digits = "".join(filter(str.isdigit, amount[0]))
            span = Span(passage.index, at, at + len(said[0]))
            return SourceSlip(span, _source(said[0], code), digits)
    return None


def _source(term: str, code: str) -> str:
    """The source of funds that a printed term means."""
    bare = " ".join(term.casefold().split())
    return next(name for name, terms in load_language(code).sources.items() if bare in terms)


@lru_cache(maxsize=8)
def _terms(code: str) -> re.Pattern[str]:
    """The terms of all sources, the longest first."""
    terms = {term for terms in load_language(code).sources.values() for term in terms}
    ordered = sorted(terms, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, term.split())) for term in ordered)
    return re.compile(rf"(?i)(?<![a-z])(?:{words})(?![a-z])")
