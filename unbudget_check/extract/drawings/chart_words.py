"""The words and figures that stand in and beside a chart, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.drawings.loose import loose_key, loose_pattern
from unbudget_check.extract.numerals import numeral_reader
from unbudget_check.model.facts import Reading
from unbudget_check.model.meaning import (
    GENERAL,
    NON_POST,
    POST,
    POSTS,
    PROFESSIONAL,
    RESOURCES,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unbudget_check.languages import Language
    from unbudget_check.model.facts import Numeral
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.number import Number

# A longer line is no label, and none has so many words.
LONGEST = 160
_CATEGORIES = {
    "posts": POST,
    "non_post": NON_POST,
    "professional": PROFESSIONAL,
    "general": GENERAL,
}
_HEADS = {
    "post_distribution": POSTS,
    "resource_distribution": RESOURCES,
    "non_post_distribution": NON_POST,
}
_FIGURE = r"(?<![\w.,])\d{1,3}(?:[\s,.]\d{3})*(?:[.,]\d{1,2})?(?![\d.,]*\d)"
_BETWEEN = re.compile(r"[\s:;,()\u3001\uff08\uff09\uff1a]*")


class Part(StrEnum):
    """What a word or figure beside a chart is."""

    HEAD = "head"  # the title of a chart with a total below it
    LABEL = "label"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Token:
    """A title, a label or a figure, at ``start`` to ``end`` of its text; ``measure`` is its key."""

    part: Part
    start: int
    end: int
    measure: str = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """How the labels and figures of the charts of one document are read."""

    form: str  # of a label or figure, as a pattern
    measures: dict[str, tuple[Part, str]]
    read: Callable[[str], Numeral]

    def measure(self, label: str) -> str:
        """What a label counts, as tables call it, or ""."""
        found = self.measures.get(loose_key(label))
        return found[1] if found and found[0] is Part.LABEL else ""

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words and figures of a line that consists of nothing else; () for any other."""
        if len(text) > LONGEST:
            return ()
        found = []
        end = _after_marks(text, 0)
        while end < len(text):
            match = _pattern(self.form).match(text, end)
            if match is None:
                return ()
            end = _after_marks(text, match.end())
            found.append(self._token(match))
        return tuple(found)

    def _token(self, match: re.Match[str]) -> Token:
        if match["words"]:
            part, measure = self.measures[loose_key(match["words"])]
            return Token(part, *match.span("words"), measure)
        numeral = self.read(match["figure"])
        number = numeral.number if numeral.reading is Reading.FIGURE else None
        return Token(Part.FIGURE, *match.span("figure"), number=number)


def chart_reader(language: Language, meanings: Iterable[Fact]) -> Reader:
    """A reader that knows the objects of expenditure which the tables of the document list."""
    objects = {m.measure for m in (f.meaning for f in meanings if f.view is View.OBJECTS)}
    terms = dict(_terms(language, objects - {POST, RESOURCES}))
    words = "|".join(map(loose_pattern, sorted(terms, key=len, reverse=True)))
    counted = "|".join(map(re.escape, sorted(language.charts["counted"], key=len, reverse=True)))
    return Reader(
        rf"(?<![a-z])(?P<words>{words})(?![a-z0-9])|(?P<figure>{_FIGURE})(?:\s*(?:{counted}))?",
        {loose_key(term): found for term, found in terms.items()},
        numeral_reader(language.numbers),
    )


@lru_cache(maxsize=4)
def _pattern(form: str) -> re.Pattern[str]:
    """The form of a label or figure, compiled where a document shows any figure."""
    return re.compile(form, re.IGNORECASE)


def _after_marks(text: str, start: int) -> int:
    """Where blanks and marks of punctuation end."""
    found = _BETWEEN.match(text, start)
    return found.end() if found else start


def _terms(language: Language, objects: Iterable[str]) -> Iterator[tuple[str, tuple[Part, str]]]:
    yield from ((name, (Part.LABEL, name)) for name in objects)
    for grade, printed in language.grades.items():
        yield from ((term, (Part.LABEL, grade)) for term in printed)
    for concept, measure in _CATEGORIES.items():
        yield from ((term, (Part.LABEL, measure)) for term in language.rows[concept])
    for name, measure in _HEADS.items():
        yield from ((term, (Part.HEAD, measure)) for term in language.charts[name])
