"""The words and figures that stand in and beside a chart, taken into passages and the vector.

Whatever stands between their words, names are the same: GS-OL and P4 are GS (OL) and P-4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import CellKind
from unbudget_check.model.meaning import (
    GENERAL,
    NON_POST,
    POST,
    POSTS,
    PROFESSIONAL,
    RESOURCES,
    View,
)
from unbudget_check.model.prose import Passage, PassageKind, Span
from unbudget_check.notation.in_text import IN_LABEL
from unbudget_check.notation.numerals import numeral_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unbudget_check.lexicon import Language
    from unbudget_check.model.charts import FigureLabel
    from unbudget_check.model.facts import Numeral
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.number import Number


_WORD = re.compile(r"[a-z0-9/]+|[^\W\x00-\x7f]+")

# A longer line is no label, nor is one of more words.
LONGEST_LABEL_CHARS = 160
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
_BETWEEN = re.compile(r"[\s:;,()\u3001\uff08\uff09\uff1a]*")


@dataclass(slots=True)
class Drawn:
    """The vector, the passages, the labels of the figures in drawings, and passages by address."""

    vector: Vector
    passages: list[Passage]
    labels: dict[Span, FigureLabel] = field(default_factory=dict)
    known: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Paragraphs are passages already; cells of boxes and charts are added as they come."""
        self.known = {passage.address: passage.index for passage in self.passages}

    def passage(self, address: str, text: str, row: int | None = None) -> int:
        """The number of the passage at an address."""
        if address not in self.known:
            at = self.known[address] = len(self.passages)
            follows = self.passages[-1].follows if self.passages else 0
            drawing = PassageKind.DRAWING
            self.passages.append(
                Passage(at, drawing, text, follows=follows, address=address, line=row)
            )
        return self.known[address]

    def add(self, number: Number, span: Span, label: FigureLabel, *, counted: bool) -> int:
        """Take a figure of a drawing into the vector and return its number."""
        self.labels[span] = label
        return self.vector.add(number, span, counted=counted)


def loose_key(term: str) -> str:
    """A name without what may vary, by which it is looked up."""
    return "".join(_WORD.findall(normalise(term)))


def loose_pattern(term: str) -> str:
    """A name of a language file as a pattern for all forms in which it is printed."""
    words = r"\W*".join(map(re.escape, _WORD.findall(term)))
    return words + (r"\s*[)\uff09]?" if term.endswith(")") else "")


class LabelPart(StrEnum):
    """What a word or figure beside a chart is."""

    HEAD = "head"  # the title of a chart with a total below it
    LABEL = "label"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class ChartToken:
    """A title, a label or a figure, at ``start`` to ``end`` of its text; ``measure`` is its key."""

    part: LabelPart
    start: int
    end: int
    measure: str = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class ChartReader:
    """How the labels and figures of the charts of one document are read."""

    form: str  # of a label or figure, as a pattern
    measures: dict[str, tuple[LabelPart, str]]
    read: Callable[[str], Numeral]

    def measure(self, label: str) -> str:
        """What a label counts, as tables call it, or ""."""
        found = self.measures.get(loose_key(label))
        return found[1] if found and found[0] is LabelPart.LABEL else ""

    def tokens(self, text: str) -> tuple[ChartToken, ...]:
        """The words and figures of a line that consists of nothing else; () for any other."""
        if len(text) > LONGEST_LABEL_CHARS:
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

    def _token(self, match: re.Match[str]) -> ChartToken:
        if match["words"]:
            part, measure = self.measures[loose_key(match["words"])]
            return ChartToken(part, *match.span("words"), measure)
        numeral = self.read(match["figure"])
        number = numeral.number if numeral.reading is CellKind.FIGURE else None
        return ChartToken(LabelPart.FIGURE, *match.span("figure"), number=number)


def chart_reader(language: Language, meanings: Iterable[Fact]) -> ChartReader:
    """A reader that knows the objects of expenditure which the tables of the document list."""
    objects = {m.measure for m in (f.meaning for f in meanings if f.view is View.OBJECTS)}
    terms = dict(_terms(language, objects - {POST, RESOURCES}))
    words = "|".join(map(loose_pattern, sorted(terms, key=len, reverse=True)))
    counted = "|".join(map(re.escape, sorted(language.charts["counted"], key=len, reverse=True)))
    return ChartReader(
        rf"(?<![a-z])(?P<words>{words})(?![a-z0-9])|(?P<figure>{IN_LABEL})(?:\s*(?:{counted}))?",
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


def _terms(
    language: Language, objects: Iterable[str]
) -> Iterator[tuple[str, tuple[LabelPart, str]]]:
    yield from ((name, (LabelPart.LABEL, name)) for name in objects)
    for grade, printed in language.grades.items():
        yield from ((term, (LabelPart.LABEL, grade)) for term in printed)
    for concept, measure in _CATEGORIES.items():
        yield from ((term, (LabelPart.LABEL, measure)) for term in language.rows[concept])
    for name, measure in _HEADS.items():
        yield from ((term, (LabelPart.HEAD, measure)) for term in language.charts[name])
