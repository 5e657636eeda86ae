"""Running text that looks like rows of figures: a table that was not read as one, and is said.

Nothing that carries figures may vanish without a word; a reader that takes the rows of a table for
sentences would leave no other trace.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.languages.telling import unchecked
from unbudget_check.model.location import Where
from unbudget_check.model.prose import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.model.report import Unchecked

ROWS_IN_TEXT = "rows-in-text"
# Figures side by side with nothing but blanks between them, at least two.
_FIGURE = r"[(\-–−]?\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?\)?%?|[(\-–−]?\d+(?:[.,]\d+)*\)?%?"
_ONE = re.compile(rf"(?<!\S)(?:{_FIGURE})(?!\S)")
_SIDE_BY_SIDE = re.compile(rf"(?<!\S)(?:{_FIGURE})(?:\s+(?:{_FIGURE}))+(?!\S)")
# The number of a resolution or law with its year, such as 1718 (2006).
_CITED = re.compile(r"\d+\s\((?:19|20)\d\d\)")
# Fewer rows of one width are no table: a sentence may name two years twice.
MIN_ROWS = 3
# Captions name years, and what a drawing prints is checked as such.
_OTHER = frozenset({PassageKind.CAPTION, PassageKind.DRAWING})


def rows_in_text(facts: DocumentFacts) -> Iterator[Unchecked]:
    """Each stretch of text that holds rows of as many figures each, with their number."""
    stretch: list[tuple[Passage, list[int]]] = []
    for passage in facts.prose.passages:
        widths = _widths(passage)
        if not widths:
            yield from _told(facts, stretch)
            stretch = []
        else:
            stretch.append((passage, widths))
    yield from _told(facts, stretch)


def _widths(passage: Passage) -> list[int]:
    """How many figures stand side by side, place by place."""
    if passage.kind in _OTHER:
        return []
    stretches = (found[0] for found in _SIDE_BY_SIDE.finditer(passage.text))
    rows = (_ONE.findall(each) for each in stretches if not _CITED.fullmatch(each))
    return [len(row) for row in rows if len(row) > 1]


def _told(
    facts: DocumentFacts, stretch: Sequence[tuple[Passage, list[int]]]
) -> Iterator[Unchecked]:
    counts = Counter(width for _, widths in stretch for width in widths)
    if max(counts.values(), default=0) < MIN_ROWS:
        return
    first = stretch[0][0]
    where = Where(
        facts.path,
        paragraph=first.number or None,
        line=first.line,
        address=first.address or None,
    )
    figures = sum(width * times for width, times in counts.items())
    yield unchecked(where, ROWS_IN_TEXT, figures)
