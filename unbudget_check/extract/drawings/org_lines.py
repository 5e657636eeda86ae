"""What one line of an organization chart says: sources of funds, posts by grade, counts, total."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.drawings.loose import loose_key, loose_pattern
from unbudget_check.languages import load_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.languages import Language

SOURCES = ("regular", "assessed", "extrabudgetary")
# Counts that stand side by side: one for each source of funds.
MOST = 4
# What may remain of a list of posts: separators, and footnote marks set apart.
_REST = re.compile(r"(?:[\s,;.]|(?<![a-z])[a-z]{1,4}(?![a-z]))*")
_MARKS = re.compile(r"(?:[a-z][\s,]*)+$")
_COUNTS = re.compile(rf"\d{{1,4}}(?:\s+\d{{1,4}}){{0,{MOST - 1}}}")


@dataclass(frozen=True, slots=True)
class Count:
    """A printed number of posts, at ``start`` to ``end`` of the line; ``name`` is its grade.

    ``marks`` are the footnote marks of that entry of a list, as far as the line tells whose they
    are.
    """

    value: int
    start: int
    end: int
    name: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A source of funds as printed, with the number of its posts where that stands beside it."""

    source: str
    printed: str
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: only one of the fields is filled, none where it is words."""

    text: str
    headings: tuple[Heading, ...] = ()
    items: tuple[Count, ...] = ()
    counts: tuple[Count, ...] = ()
    total: Count | None = None

    @property
    def is_words(self) -> bool:
        """Whether the line says nothing of posts."""
        return not (self.headings or self.items or self.counts or self.total)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The forms of a language, compiled once."""

    heading: re.Pattern[str]
    total: re.Pattern[str]
    item: re.Pattern[str]
    sources: dict[str, str]
    grades: dict[str, str]


def read_line(text: str, language: Language) -> Line:
    """What a line says; its figures are placed as characters of the line."""
    patterns = _patterns(language.code)
    if _COUNTS.fullmatch(text.strip()):
        found = re.finditer(r"\d+", text)
        return Line(text, counts=tuple(Count(int(f[0]), f.start(), f.end()) for f in found))
    headings = _headings(text, patterns)
    if headings:
        return Line(text, headings=headings)
    total = patterns.total.fullmatch(text)
    if total:
        return Line(text, total=Count(int(total[1]), total.start(1), total.end(1)))
    if not any(map(str.isdigit, text)):
        return Line(text)
    items = list(_items(text, patterns))
    if not items or not _REST.fullmatch(patterns.item.sub(" ", text)):
        return Line(text)
    return Line(text, items=tuple(_marked(text, items)))


def _headings(text: str, patterns: _Patterns) -> tuple[Heading, ...]:
    """The sources of funds, where a line consists of them."""
    plain = text.casefold()
    if not any(source in plain for source in patterns.sources):
        return ()
    found = list(patterns.heading.finditer(text))
    if not found or patterns.heading.sub("", text).strip():
        return ()
    return tuple(
        Heading(
            patterns.sources[each["source"].casefold()],
            each["source"],
            Count(int(each["count"]), *each.span("count")) if each["count"] else None,
        )
        for each in found
    )


def _items(text: str, patterns: _Patterns) -> Iterator[Count]:
    for found in patterns.item.finditer(text):
        grade = patterns.grades[loose_key(found["grade"])]
        yield Count(int(found["count"]), *found.span("count"), grade)


def _marked(text: str, items: Sequence[Count]) -> Iterator[Count]:
    """The entries of a line with their footnote marks, which stand together at its end.

    Where there are fewer marks than entries, the last ones carry them.
    """
    found = _MARKS.search(text)
    letters = "".join(filter(str.isalpha, found[0])) if found else ""
    if len(items) == 1:
        yield replace(items[0], marks=letters)
        return
    known = letters if len(letters) <= len(items) else ""
    for each, mark in zip(items, known.rjust(len(items)), strict=True):
        yield replace(each, marks=mark.strip())


@lru_cache(maxsize=8)
def _patterns(code: str) -> _Patterns:
    language = load_language(code)
    sources = {term: name for name in SOURCES for term in language.charts[name]}
    grades = {loose_key(term): grade for grade, terms in language.grades.items() for term in terms}
    printed = sorted({t for terms in language.grades.values() for t in terms}, key=len)[::-1]
    counted = _any(language.charts["counted"])
    return _Patterns(
        re.compile(
            rf"(?P<source>{_any(sources)})(?!\w)\s*(?:[:\uff1a]|\(\s*(?P<count>\d{{1,4}})\s*"
            rf"(?:{counted})\s*\)|(?=\s*$))\s*",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\s*(?:{_any(language.rows['total'])})\s*[:\uff1a]?\s*(\d{{1,5}})\s*", re.IGNORECASE
        ),
        re.compile(
            rf"(?<![\w-])(?P<count>\d{{1,4}})\s*(?P<grade>{'|'.join(map(loose_pattern, printed))})"
            rf"(?=[a-z]{{0,4}}(?![\w/]))(?:[a-z]{{1,4}}(?![a-z]))?",
            re.IGNORECASE,
        ),
        sources,
        grades,
    )


def _any(terms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
