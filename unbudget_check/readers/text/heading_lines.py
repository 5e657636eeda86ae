"""Find the heading lines of a text table and the columns that each heading spans.

Headings that still stand over their columns: words one below the other, told by their place.

Heading rows whose cells slid to the left because merged cells were lost, put back in place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.model.document import UNPLACED
from unbudget_check.notation.column_concepts import concept_named
from unbudget_check.notation.column_numbers import is_numbering, label_before, numbering_of
from unbudget_check.readers.text.columns import count_columns, edges_of, lone_edges
from unbudget_check.readers.text.cuts import VOTES, weigh_tails
from unbudget_check.readers.text.headings import (
    Leaf,
    TableHeadings,
    covered,
    pieces_of,
    readings_of,
    run_of_changes,
)
from unbudget_check.readers.text.pages import has_outline_mark
from unbudget_check.readers.text.words import numbers_cells, place_of, width

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from unbudget_check.readers.text.pages import Textline
    from unbudget_check.readers.text.words import Atom


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

    heading: TableHeadings
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
            if home and concept_named(chunk[0], code) == "change":
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
    run = run_of_changes([concept_named(text, code) for text in texts[1:]])
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
        pieces = tuple(text for _, text in column)
        leaves.append(Leaf(pieces, last=column[-1][0] - span[0]))
    label = " ".join(text for _, text in sorted(words[0]))
    return Stacked(TableHeadings(label, tuple(leaves), groups), *span)


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading lines of a stretch, how they may be read, and where the rows begin.

    ``printed`` are the same lines as they stand; the first ``lead`` lines are not part of it.
    ``is_placed`` where the headings still stand over their columns.
    """

    textlines: tuple[Textline, ...]
    readings: tuple[TableHeadings, ...]
    numbering: tuple[str, ...]
    begin: int
    printed: tuple[Textline, ...] = ()
    lead: int = 0
    is_placed: bool = False

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers of columns that the headings may mean, the most usual one first."""
        counts = dict.fromkeys(len(heading.leaves) for heading in self.readings)
        if self.numbering:
            counts.setdefault(len(self.numbering), None)
            counts.setdefault(len(self.numbering) - 1, None)
        return tuple(count for count in counts if count)


def read_headings(above: Sequence[Textline], code: str | None, *, is_labelled: bool) -> Headings:
    """The heading lines above a first row; lines of labels right above it are left to the rows."""
    pieces = pieces_of(above, code)
    known = [
        is_known or is_numbering(textline.text)
        for is_known, textline in zip(covered(above, pieces), above, strict=True)
    ]
    marked = next(
        (at for at, line in enumerate(above) if has_outline_mark(line.bare) and not known[at]),
        len(above),
    )
    if any(known[:marked]):
        end = max(at for at in range(marked) if known[at]) + 1
    else:
        end = marked if is_labelled else max(marked - 1, 0)
    lines = tuple(above[:end])
    words, numbering = _without_numbering(lines)
    return Headings(words, readings_of(pieces_of(words, code)), numbering, end, lines)


def _without_numbering(
    lines: Sequence[Textline],
) -> tuple[tuple[Textline, ...], tuple[str, ...]]:
    """Heading lines without the numbers of the columns, and those numbers."""
    words = []
    numbers = []
    for line in lines:
        if not is_numbering(line.text):
            words.append(line)
            continue
        label = label_before(line.text)
        numbers.append(line.text[len(label) :])
        if label.strip():
            words.append(replace(line, text=label, bare=label.strip()))
    return tuple(words), numbering_of(numbers)


def stacked_headings(
    textlines: Sequence[Textline],
    atoms: Sequence[tuple[Atom, ...]],
    first: int,
    code: str | None,
) -> Headings | None:
    """The headings by their place, in a table that is still set in columns."""
    if not first:
        return None
    body = textlines[first:]
    tails = weigh_tails(body, atoms[first:], ())
    rows = [
        (textline.text, tail)
        for textline, tail in zip(body, tails, strict=True)
        if tail is not None and len(tail.atoms) >= VOTES
    ]
    if len(rows) == 1:
        edges = lone_edges(*rows[0])
    else:
        edges = edges_of(rows, count_columns([tail for _, tail in rows], ()))
    if not edges:
        return None
    full = [(text, tail) for text, tail in rows if tail.fewest == len(edges) == tail.most]
    left = min(place_of(text, tail.atoms[0].start) for text, tail in full)
    stacked = read_stacked(textlines[:first], Columns(left, edges), code)
    if stacked is None:
        return None
    printed = tuple(textlines[stacked.first : stacked.end])
    words, numbering = _without_numbering(printed)
    heading = stacked.heading
    if len(words) < len(printed):
        # The column numbers at the bottom are no words of a heading.
        leaves = (replace(leaf, last=min(leaf.last, len(words) - 1)) for leaf in heading.leaves)
        heading = replace(heading, leaves=tuple(leaves))
    return Headings(
        words, (heading,), numbering, stacked.end, printed, stacked.first, is_placed=True
    )


@dataclass(frozen=True, slots=True)
class HeadingSpan:
    """One heading cell: its text, its first column, and how many columns it covers."""

    text: str
    column: int
    columns: int = 1


def place_headings(
    heads: Sequence[Sequence[str]], filled: Collection[int], width: int, code: str | None
) -> tuple[list[tuple[HeadingSpan, ...]], str]:
    """Every heading row with its cells over the right columns, and a doubt where that failed.

    ``filled`` are the columns that hold figures; each of them must have a heading.
    """
    heads = [_compressed(row, width) for row in heads]
    leaf_at = next((at for at in reversed(range(len(heads))) if not numbers_cells(heads[at])), -1)
    if leaf_at < 0:
        return [_as_printed(_shifted(row, width)) for row in heads], ""
    leaf = heads[leaf_at] if len(heads[leaf_at]) == width else _trimmed(heads[leaf_at])
    uppers = [_trimmed(row) for row in heads[:leaf_at]]
    doubt = ""
    merged = _under_groups(uppers[-1], leaf, width, code) if uppers else None
    if merged is not None:
        upper, lower = merged
        placed = [upper, _as_printed(lower)]
        uppers, leaf = uppers[:-1], lower
    else:
        leaf = _labelled(leaf, width, code)
        placed = [_as_printed(leaf)]
    for row in reversed(uppers):
        spans = _over(row, leaf, width, code)
        doubt = doubt or ("" if spans else UNPLACED)
        placed.insert(0, spans or _as_printed(row))
    placed.extend(_as_printed(_shifted(row, width)) for row in heads[leaf_at + 1 :])
    headed = {span.column for row in placed for span in row if span.text and span.columns == 1}
    return placed, doubt if headed.issuperset(filled) else UNPLACED


def _compressed(row: Sequence[str], width: int) -> Sequence[str]:
    """Spacer cells left out of a row that has more cells than the table has columns."""
    filled = [text for text in row if text]
    if len(row) <= width or len(filled) not in (width - 1, width):
        return row[:width] if not any(row[width:]) else row
    return filled if len(filled) == width else ("", *filled)


def _as_printed(row: Sequence[str]) -> tuple[HeadingSpan, ...]:
    return tuple(HeadingSpan(text, column) for column, text in enumerate(row))


def _shifted(row: Sequence[str], width: int) -> Sequence[str]:
    """Column numbers stand over figures: where the label column has none, it has no cell."""
    marks = [text for text in row if text]
    return ("", *marks) if len(marks) == width - 1 and row[:1] != ("",) else row


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _labelled(leaf: Sequence[str], width: int, code: str | None) -> Sequence[str]:
    """The lowest heading row; an empty heading over the labels may have been lost."""
    if len(leaf) == width - 1 and leaf[0] and concept_named(leaf[0], code) not in ("", "label"):
        return ("", *leaf)
    return leaf


def _under_groups(
    upper: Sequence[str], lower: Sequence[str], width: int, code: str | None
) -> tuple[tuple[HeadingSpan, ...], Sequence[str]] | None:
    """Two rows that share the columns: the lower one has cells under the groups only.

    Each cell of the upper row that is no group reaches down; its text then counts for the column.
    """
    if not lower or not all(lower) or len(lower) >= width:
        return None
    groups = [at for at, text in enumerate(upper) if concept_named(text, code) == "change"]
    if len(upper) - len(groups) + len(lower) != width or not groups:
        groups = [at for at, text in enumerate(upper) if text and at]
    if not groups or len(upper) - len(groups) + len(lower) != width:
        return None
    each, rest = divmod(len(lower), len(groups))
    run = run_of_changes([concept_named(text, code) for text in lower])
    if len(groups) == 1 and run is not None and run[0] == 0:
        # What follows the factors of change stands beside them, not below their heading.
        each, rest = run[1], 0
    if rest:
        return None
    spans: list[HeadingSpan] = []
    leaves: list[str] = []
    below = iter(lower)
    for at, text in enumerate(upper):
        if at in groups:
            spans.append(HeadingSpan(text, len(leaves), each))
            leaves.extend(next(below) for _ in range(each))
        else:
            spans.append(HeadingSpan("", len(leaves)))
            leaves.append(text)
    leaves.extend(below)
    spans.extend(
        HeadingSpan("", at) for at in range(sum(span.columns for span in spans), len(leaves))
    )
    return tuple(spans), tuple(leaves)


def _over(
    upper: Sequence[str], leaf: Sequence[str], width: int, code: str | None
) -> tuple[HeadingSpan, ...] | None:
    """A row of groups over complete headings, each group over its columns; None if that fails."""
    filled = [(at, text) for at, text in enumerate(upper) if text]
    if not filled:
        return _as_printed(("",) * width)
    changes = [at for at, text in filled if concept_named(text, code) == "change"]
    run = run_of_changes([concept_named(text, code) for text in leaf])
    if len(changes) == 1 and run is not None:
        return _around(upper, changes[0], run, width)
    first = max(filled[0][0], 1) if len(filled) > 1 or filled[0][0] else 0
    groups = [(at, text) for at, text in filled if at >= first]
    if not groups or (filled[0][0] == 0 and len(filled) == 1):
        return None
    if (width - first) % len(groups) == 0 and _is_even(groups, width, first, len(upper)):
        each = (width - first) // len(groups)
        starts = [first + each * n for n in range(len(groups))]
        spans = [
            HeadingSpan(text, start, each) for (_, text), start in zip(groups, starts, strict=True)
        ]
    elif len(upper) == len(leaf):
        ends = [at for at, _ in groups[1:]] + [width]
        spans = [HeadingSpan(t, at, end - at) for (at, t), end in zip(groups, ends, strict=True)]
    else:
        return None
    lead = [text for at, text in filled if at < first]
    return (
        HeadingSpan(lead[0] if lead else "", 0),
        *(HeadingSpan("", n) for n in range(1, first)),
        *spans,
    )


def _is_even(groups: Sequence[tuple[int, str]], width: int, first: int, printed: int) -> bool:
    """Whether groups have slid together, or stand where even spans put them."""
    each = (width - first) // len(groups)
    is_slid = printed < width and len({b - a for (a, _), (b, _) in pairwise(groups)}) <= 1
    return is_slid or all(at == first + each * n for n, (at, _) in enumerate(groups))


def _around(
    upper: Sequence[str], change: int, run: tuple[int, int], width: int
) -> tuple[HeadingSpan, ...]:
    """The heading of changes over its run; what stood left of it stays left, the rest right."""
    first, count = run
    texts = [""] * width
    for at, text in enumerate(upper[:change]):
        if text and at < first:
            texts[at] = text
    behind = [text for text in upper[change + 1 :] if text]
    for text, column in zip(
        reversed(behind), range(width - 1, first + count - 1, -1), strict=False
    ):
        texts[column] = text
    spans = [HeadingSpan(text, column) for column, text in enumerate(texts)]
    return (*spans[:first], HeadingSpan(upper[change], first, count), *spans[first + count :])
