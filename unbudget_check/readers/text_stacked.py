"""Headings that still stand over their columns: words one below the other, told by their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.readers.text_changes import run_of_changes
from unbudget_check.readers.text_concepts import concept_of, year_in
from unbudget_check.readers.text_headings import Heading, Leaf
from unbudget_check.readers.text_words import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_pages import Textline

_CHUNK = re.compile(r"\S+(?: \S+)*")
LOOSE = 1  # places by which words may miss the edge of the figures below
MOST_LINES = 12  # of headings


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the figures of a table stand: where the first column begins, and every right edge."""

    left: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stacked:
    """Headings by place, the first and the next line after them."""

    heading: Heading
    first: int
    end: int


def read_stacked(above: Sequence[Textline], columns: Columns, code: str | None) -> Stacked | None:
    """The headings among the lines above the first row; None unless each column has one."""
    placed = [_chunks(textline.text) for textline in above]
    over = [
        at
        for at, chunks in enumerate(placed)
        if len(chunks) > 1 or any(left >= columns.left for _, left, _ in chunks)
    ]
    over = [at for at in over if any(_home(chunk, columns) for chunk in placed[at])]
    if not over or over[-1] - over[0] >= MOST_LINES:
        return None
    first, end = over[0], over[-1] + 1
    words: list[list[tuple[int, str]]] = [[] for _ in range(len(columns.edges) + 1)]
    changes: list[tuple[int, int, str]] = []
    for at in range(first, end):
        for chunk in placed[at]:
            home = _home(chunk, columns)
            if home and concept_of(chunk[0], code) == "change":
                changes.append((at, home, chunk[0]))
            else:
                words[home].append((at, chunk[0]))
    return _assembled(words, changes, (first, end), code)


def _chunks(text: str) -> list[tuple[str, int, int]]:
    """The words of a line that stand close together, with their first and last place."""
    found = []
    for match in _CHUNK.finditer(text.replace("\t", "    ")):
        if any(map(str.isalnum, match[0])):
            left = match.start() if text.isascii() else width(text[: match.start()])
            found.append((match[0], left, left + width(match[0])))
    return found


def _home(chunk: tuple[str, int, int], columns: Columns) -> int:
    """The column with whose edge words are flush, else over which their middle stands.

    0 is the column of labels.
    """
    _, left, right = chunk
    middle = (left + right) // 2
    flush = [at for at, edge in enumerate(columns.edges) if abs(edge - right) <= LOOSE]
    if flush and left > 0:
        return flush[0] + 1
    if right <= columns.left or (left < columns.left and middle < columns.left):
        return 0
    return min(bisect_left(columns.edges, middle), len(columns.edges) - 1) + 1


def _assembled(
    words: Sequence[list[tuple[int, str]]],
    changes: Sequence[tuple[int, int, str]],
    span: tuple[int, int],
    code: str | None,
) -> Stacked | None:
    texts = [" ".join(text for _, text in column) for column in words]
    run = run_of_changes([concept_of(text, code) for text in texts[1:]])
    groups: tuple[tuple[str, int, int], ...] = ()
    if changes and run is not None and run[0] < changes[0][1] <= run[0] + run[1]:
        groups = ((changes[0][2], *run),)
        changes = changes[1:]
    for at, home, text in changes:
        words[home].append((at, text))
    leaves = []
    for column in words[1:]:
        column.sort()
        if not column:
            return None
        heading = " ".join(text for _, text in column)
        pieces = tuple(text for _, text in column)
        last = column[-1][0] - span[0]
        leaves.append(Leaf(pieces, concept_of(heading, code), year_in(heading), last=last))
    label = " ".join(text for _, text in sorted(words[0]))
    return Stacked(Heading(label, tuple(leaves), groups), *span)
