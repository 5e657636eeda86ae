"""The headings of a table: those that span several columns, above those of single columns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.pdf.cells import PrintedCell, cell_of
from unbudget_check.readers.pdf.columns import EDGE, column_at, mostly, parted_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.pdf.regions import Region
    from unbudget_check.readers.pdf.rules import Rule
    from unbudget_check.readers.pdf.segments import Parted, Segment
    from unbudget_check.readers.pdf.words import Line

CENTRED = 0.2  # of the width that a heading spans


def heading_rows(
    lines: Sequence[Parted], edges: Sequence[float], region: Region
) -> list[list[PrintedCell]]:
    """The headings: those that span several columns above those of single columns."""
    if not lines:
        return []
    spanning: dict[tuple[int, int], list[Segment]] = {}
    single: dict[int, list[Segment]] = {}
    lowest = max(each.line.y for each in lines)
    for line in lines:
        for first, last, piece in _heading_places(line, edges, region, lowest):
            if last > first:
                spanning.setdefault((first, last), []).append(piece)
            else:
                single.setdefault(first, []).append(piece)
    levels = _levels(spanning)
    rows: list[list[PrintedCell]] = []
    count = len(edges) - 1
    for level in levels:
        row: list[PrintedCell] = []
        for first, last in sorted(level):
            row.append(cell_of(spanning[first, last], first, last))
        rows.append(_filled(row, count))
    leaves = [cell_of(single[at], at, at) for at in sorted(single)]
    rows.append(_filled(leaves, count))
    return rows


def _levels(
    spanning: dict[tuple[int, int], list[Segment]],
) -> list[list[tuple[int, int]]]:
    """Spanning headings that stand side by side, from the top."""
    levels: list[list[tuple[int, int]]] = []
    for span in sorted(spanning, key=lambda s: (spanning[s][0].words[0].y, s)):
        for level in levels:
            if all(span[1] < a or span[0] > b for a, b in level):
                level.append(span)
                break
        else:
            levels.append([span])
    return levels


def _filled(cells: Sequence[PrintedCell], count: int) -> list[PrintedCell]:
    row: list[PrintedCell] = []
    at = 0
    for cell in sorted(cells, key=lambda c: c.column):
        row += [PrintedCell("", "", n) for n in range(at, cell.column)]
        row.append(cell)
        at = cell.column + cell.columns
    return row + [PrintedCell("", "", n) for n in range(at, count)]


def _heading_places(
    heading: Parted, edges: Sequence[float], region: Region, lowest: float
) -> list[tuple[int, int, Segment]]:
    """The pieces of a line of headings with the columns that each stands over."""
    return [
        (*_span_of(piece, heading.line, edges, region, lowest), piece)
        for segment in heading.cells
        for piece in parted_at(segment, edges)
    ]


def _span_of(
    piece: Segment,
    line: Line,
    edges: Sequence[float],
    region: Region,
    lowest: float,
) -> tuple[int, int]:
    middle = (piece.x0 + piece.x1) / 2
    rule = next((r for r in region.rules if line.y < r.y < lowest), None)
    span = next(((a, b) for a, b in rule.spans if a <= middle <= b), None) if rule else None
    if span is not None:
        # A heading over several others stands alone on a rule of its own, mostly in its middle.
        beside = [w for w in line.words if span[0] <= w.x0 <= span[1] and w not in piece.words]
        centred = abs(middle - (span[0] + span[1]) / 2) <= CENTRED * (span[1] - span[0])
        first, last = column_at(span[0] + EDGE, edges), column_at(span[1] - EDGE, edges)
        partly = last - first < len(edges) - 3
        if last > first and (centred or partly) and not beside:
            return first, last
    first, last = column_at(piece.x0 + 0.5, edges), column_at(piece.x1 - 0.5, edges)
    if last == first and span is None:
        above = next((r for r in reversed(region.rules) if r.y < line.y and len(r.edges) > 2), None)
        merged = _piece_of(above, middle) if above else None
        if merged is not None:
            beside = [w for w in line.words if merged[0] <= w.x0 <= merged[1]]
            a, b = column_at(merged[0] + EDGE, edges), column_at(merged[1] - EDGE, edges)
            centred = abs(middle - sum(merged) / 2) <= CENTRED / 2 * (merged[1] - merged[0])
            if b > a and centred and all(word in piece.words for word in beside):
                return a, b
    if last == first:
        return first, first
    covered = mostly(piece, edges, first, last)
    if covered[0] == covered[1]:
        return covered
    around = edges[covered[0]], edges[covered[1] + 1]
    centred = abs(middle - sum(around) / 2) <= CENTRED / 2 * (around[1] - around[0])
    if line.y >= lowest - 0.5 * line.size or not centred:
        at = column_at(middle, edges)
        return at, at
    return covered


def _piece_of(rule: Rule, x: float) -> tuple[float, float] | None:
    """The piece of a rule, from edge to edge, that stands over a place."""
    return next(((a, b) for a, b in pairwise(rule.edges) if a <= x <= b), None)
