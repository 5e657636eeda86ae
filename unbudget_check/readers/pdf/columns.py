"""The columns of a table, as its rules or the gaps between its words show them, and their words."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.figures import is_entry, is_piece
from unbudget_check.readers.pdf.rules import clustered
from unbudget_check.readers.pdf.segments import (
    Segment,
    joins,
    segment_of,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.pdf.regions import Region
    from unbudget_check.readers.pdf.segments import Parted
    from unbudget_check.readers.pdf.words import Line

EDGE = 4.0  # points between the ends of rules that are one edge
CUT_WORDS = 0.15  # of the rows: an edge that runs through words of so many is none
ALIGNED = 0.6  # of the rows: figures that end at one place in so many are a column
SAME_END = 2.0  # points between the right ends of figures of one column
CENTRED = 0.2  # of the width that a heading spans
NARROW_GAP = 0.2  # em that all rows leave free between two columns

Placed = tuple[int, int, Segment]  # first and last column of a piece of a line


def edges_of(
    lines: Sequence[Parted], body: Sequence[Parted], region: Region, style: NumberStyle
) -> tuple[tuple[float, ...], bool]:
    """The edges of the columns, and whether rules show them."""
    rows = [each for each in body if each.is_tabular] or [each for each in lines if each.is_tabular]
    drawn = _drawn_edges(region)
    x0 = min(each.line.x0 for each in lines)
    x1 = max(each.line.x1 for each in lines)
    if drawn:
        x0, x1 = min(x0, drawn[0]), max(x1, drawn[-1])
    inner = [edge for edge in drawn if x0 + EDGE < edge < x1 - EDGE]
    around = [x0, *inner, x1]
    inner = [
        edge
        for a, edge, b in zip(around, inner, around[2:], strict=False)
        if not _cuts(a, edge, b, rows)
    ]
    figured = [each for each in body if each.figures] or rows
    strips = _strips(figured, [each.line for each in lines if each not in body])
    bounds = [x0, *inner, x1]
    extra: list[float] = []
    for left, right in pairwise(bounds):
        within = [s for s in strips if left + EDGE < s < right - EDGE]
        if inner:
            within = _between_words(within, figured, left, right)
        # The column of labels may show gaps by chance, where rules show the columns.
        if within and (not inner or left > x0 or _holds_figures(figured, left, right, style)):
            extra += within
    edges = [x0, *sorted([*inner, *extra]), x1]
    return tuple(edges), bool(inner)


def _drawn_edges(region: Region) -> list[float]:
    """The edges that the pieces of the rules and the vertical rules show."""
    found = [u.x for u in region.uprights]
    if not region.boxed:
        found += [edge for rule in region.rules for edge in rule.edges]
    return clustered(found, EDGE)


def _cuts(left: float, edge: float, right: float, rows: Sequence[Parted]) -> bool:
    """Whether an edge runs through words of the rows.

    What stands in the middle of the columns beside it spans both, if other rows fill each of them.
    """
    through = spanning = both = 0
    for row in rows:
        if any(w.x0 + 1 < edge < w.x1 - 1 for w in row.line.words):
            through += 1
            cell = next((c for c in row.cells if c.x0 < edge < c.x1), None)
            spanning += cell is not None and is_centred(cell.x0, cell.x1, left, right)
        else:
            inside = [w for w in row.line.words if left - 1 < w.x0 and w.x1 < right + 1]
            both += bool(inside)
    if through == spanning and both >= through:
        return False
    return through > CUT_WORDS * len(rows)


def is_centred(x0: float, x1: float, left: float, right: float) -> bool:
    """Whether words from ``x0`` to ``x1`` stand in the middle between two edges."""
    off = abs(x0 + x1 - left - right) / 2
    return left < x0 and x1 < right and off <= CENTRED / 2 * (right - left)


def _strips(rows: Sequence[Parted], headings: Sequence[Line]) -> list[float]:
    """The middles of the gaps that pass through all rows, as far as headings leave them free."""
    segments = [each for row in rows for each in row.cells]
    ends = _figure_ends(segments, len(rows))
    spans: list[tuple[float, float]] = []
    for each in segments:
        words, at = each.words, _tail(each)
        if at and round(each.x1 / SAME_END) in ends:
            # Figures that end where others do are a column, however near the label reaches.
            spans += [(each.x0, words[at - 1].x1), (words[at].x0, each.x1)]
        else:
            spans.append((each.x0, each.x1))
    spans.sort()
    strips: list[float] = []
    end = spans[0][1] if spans else 0.0
    size = rows[0].line.size if rows else 1.0
    for x0, x1 in spans:
        if x0 - end >= NARROW_GAP * size:
            strips.append(_free(end, x0, headings))
        end = max(end, x1)
    return strips


def _free(left: float, right: float, headings: Sequence[Line]) -> float:
    """The middle of the first part of a gap into which no heading reaches."""
    words = sorted(
        (w.x0, w.x1) for line in headings for w in line.words if w.x0 < right and w.x1 > left
    )
    start = left
    for x0, x1 in words:
        if x0 - start >= EDGE:
            return (start + x0) / 2
        start = max(start, x1)
    return (start + right) / 2 if right - start >= 1 else (left + right) / 2


def _figure_ends(segments: Sequence[Segment], rows: int) -> set[int]:
    """Where figures of different lengths end in most rows, in steps of ``SAME_END``."""
    found: dict[int, list[str]] = {}
    for each in segments:
        if is_piece(each.words[-1].text):
            found.setdefault(round(each.x1 / SAME_END), []).append(each.words[-1].text)
    ends = set()
    for end in found:
        texts = [text for near in (end - 1, end, end + 1) for text in found.get(near, ())]
        if len(texts) >= ALIGNED * rows and len(set(map(len, texts))) > 1:
            ends.add(end)
    return ends


def _tail(segment: Segment) -> int:
    """Where the figure at the end of a piece begins; 0 where it does not end in one."""
    words = segment.words
    at = len(words)
    while (
        at and is_piece(words[at - 1].text) and (at == len(words) or joins(*words[at - 1 : at + 1]))
    ):
        at -= 1
    return at if at < len(words) else 0


def _between_words(
    strips: Sequence[float], rows: Sequence[Parted], left: float, right: float
) -> list[float]:
    """The gaps within a column that have words on both sides in it."""
    found: list[float] = []
    for strip in strips:
        start = found[-1] if found else left
        before = any(start - 1 < w.x0 and w.x1 < strip for row in rows for w in row.line.words)
        behind = any(strip < w.x0 and w.x1 < right + 1 for row in rows for w in row.line.words)
        if before and behind:
            found.append(strip)
    return found


def _holds_figures(rows: Sequence[Parted], left: float, right: float, style: NumberStyle) -> bool:
    """Whether the right part of a column holds figures beside labels, in most rows that fill it."""
    held = beside = filled = 0
    for row in rows:
        inside = [s for s in row.cells if s.x0 >= left - 1 and s.x1 <= right + 1]
        if inside and is_entry(text_of(inside[-1].words), style):
            held += 1
            beside += len(inside) > 1
        filled += len(inside) > 1
    return beside >= min(len(rows), 2) and 2 * held > held - beside + filled


def placed(line: Parted, edges: Sequence[float]) -> list[Placed]:
    """The pieces of a line with their first and last columns."""
    placed: list[Placed] = []
    for segment in line.cells:
        for piece in parted_at(segment, edges):
            first = column_at(piece.x0 + 0.5, edges)
            last = column_at(piece.x1 - 0.5, edges)
            if last > first:
                # Text that hangs over the edge a little belongs where most of it stands.
                first, last = mostly(piece, edges, first, last)
            if placed and placed[-1][0] == first and placed[-1][1] == last:
                joined = segment_of((*placed[-1][2].words, *piece.words))
                placed[-1] = (first, last, joined)
            else:
                placed.append((first, last, piece))
    return placed


def mostly(piece: Segment, edges: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """The columns that a piece really covers: not those into which only its end reaches."""
    width = piece.x1 - piece.x0
    covered = [
        at
        for at in range(first, last + 1)
        if min(piece.x1, edges[at + 1]) - max(piece.x0, edges[at])
        > min(0.3 * width, 0.5 * (edges[at + 1] - edges[at]))
    ]
    return (covered[0], covered[-1]) if covered else (first, first)


def parted_at(segment: Segment, edges: Sequence[float]) -> list[Segment]:
    """A piece cut at the edges that pass through its blanks, where all of them do."""
    inside = [edge for edge in edges[1:-1] if segment.x0 + 1 < edge < segment.x1 - 1]
    if not inside:
        return [segment]
    words = segment.words
    cuts = set()
    for edge in inside:
        at = next((n for n, word in enumerate(words) if word.x1 > edge), len(words))
        if at in (0, len(words)) or words[at].x0 < edge - 1 or words[at].glued:
            return [segment]
        cuts.add(at)
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words) if not b.glued)
    usual = gaps[len(gaps) // 2]
    figured = all(is_piece(word.text) for at in cuts for word in words[at - 1 : at + 1])
    narrow = any(words[at].x0 - words[at - 1].x1 < 1.3 * usual for at in cuts)
    if narrow and len(gaps) > len(cuts) and not figured:
        return [segment]
    bounds = [0, *sorted(cuts), len(words)]
    return [segment_of(words[a:b]) for a, b in pairwise(bounds)]


def column_at(x: float, edges: Sequence[float]) -> int:
    """The column in which a place lies."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)
