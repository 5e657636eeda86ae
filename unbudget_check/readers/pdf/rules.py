"""Lines and areas that a page draws: the rules of tables, shading, pictures and drawings.

Word draws the borders of a table cell by cell, so a rule is a row of short pieces, and where they
meet is the edge of a column.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

    from unbudget_check.readers.pdf.words import Frame

THICKEST = 4.0  # points of a filled area that is a rule
SAME_RULE = 1.6  # points between pieces of one rule
LEVEL = 0.5  # points by which a level stroke may slant
MEETING = 2.6  # points between the ends of pieces that meet
SHORTEST = 8.0  # points of a rule; shorter strokes belong to drawings
MOST_OBJECTS = 50_000  # on one page
MOST_SEGMENTS = 2_000  # of one path: a map or a drawing is no table
PANEL = (120.0, 60.0)  # points: the least width and height of the ground of a drawing
DEEPEST = 6  # forms within forms
PALE = 250  # of 255: a rule as white as paper is not seen

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
Area = tuple[float, float, float, float]  # left, top, right, bottom on the upright page


class Rule(NamedTuple):
    """What is drawn at one height: its outer ends, its pieces and the places where they meet."""

    y: float
    x0: float
    x1: float
    spans: tuple[tuple[float, float], ...]
    edges: tuple[float, ...]
    thickness: float


class Upright(NamedTuple):
    """A vertical rule."""

    x: float
    y0: float
    y1: float


@dataclass(slots=True)
class Drawn:
    """What a page draws beside its text."""

    rules: list[Rule] = field(default_factory=list)
    uprights: list[Upright] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    shapes: list[Area] = field(default_factory=list)  # filled or curved, no rules
    panels: list[Area] = field(default_factory=list)  # large areas of any colour


def read_rules(page: PdfPage, frame: Frame) -> Drawn:
    """The rules of a page, from the top, and its pictures and shapes."""
    drawn = Drawn()
    flat: list[tuple[float, float, float, float]] = []  # y, x0, x1, thickness
    for kind, handle, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _take_path(handle, matrix, frame, flat, drawn)
        else:
            drawn.pictures.append(_area(_bounds(handle, matrix), frame))
    drawn.rules = _joined(flat)
    drawn.uprights = _joined_uprights(drawn.uprights)
    return drawn


def _objects(page: PdfPage) -> Iterator[tuple[int, pdfium.FPDF_PAGEOBJECT, Matrix]]:
    """The paths and pictures of a page, with what places them, forms opened."""
    left = MOST_OBJECTS
    raw = page.raw
    waiting: list[tuple[pdfium.FPDF_PAGEOBJECT, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(raw, at), _PLAIN, 0)
        for at in reversed(range(min(pdfium.FPDFPage_CountObjects(raw), left)))
    ]
    while waiting and left:
        left -= 1
        handle, matrix, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = _times(_matrix(handle), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(handle), left)
            waiting.extend(
                (pdfium.FPDFFormObj_GetObject(handle, at), inner, depth + 1)
                for at in reversed(range(count))
            )


def _matrix(handle: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(handle: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> Area:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if matrix is _PLAIN:
        return left.value, bottom.value, right.value, top.value
    points = [
        _moved(x, y, matrix) for x in (left.value, right.value) for y in (bottom.value, top.value)
    ]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Area, frame: Frame) -> Area:
    ax, ay = frame.upright(box[0], box[1])
    bx, by = frame.upright(box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _take_path(
    handle: pdfium.FPDF_PAGEOBJECT,
    matrix: Matrix,
    frame: Frame,
    flat: list[tuple[float, float, float, float]],
    drawn: Drawn,
) -> None:
    """Sort one path into rules, uprights and shapes."""
    area = _area(_bounds(handle, matrix), frame)
    if area[2] - area[0] >= PANEL[0] and area[3] - area[1] >= PANEL[1]:
        drawn.panels.append(area)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroke)
    filled = mode.value != 0 and _is_seen(pdfium.FPDFPageObj_GetFillColor, handle)
    stroked = bool(stroke.value) and _is_seen(pdfium.FPDFPageObj_GetStrokeColor, handle)
    if not (filled or stroked):
        return
    count = pdfium.FPDFPath_CountSegments(handle)
    if _take_thin(area, flat, drawn):
        return
    if stroked and count <= MOST_SEGMENTS:
        _take_strokes(handle, matrix, frame, flat, drawn)
    elif 5 < count <= MOST_SEGMENTS:
        for box in _rectangles(handle, count, matrix, frame):
            if not _take_thin(box, flat, drawn):
                drawn.shapes.append(box)
    else:
        drawn.shapes.append(area)


def _take_strokes(
    handle: pdfium.FPDF_PAGEOBJECT,
    matrix: Matrix,
    frame: Frame,
    flat: list[tuple[float, float, float, float]],
    drawn: Drawn,
) -> None:
    """Sort the strokes of one path: upright and level ones are rules, others make a shape."""
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(handle, width)
    count = pdfium.FPDFPath_CountSegments(handle)
    slanted: list[tuple[float, float]] = []
    for (ax, ay), (bx, by) in _strokes(handle, count, _times(_matrix(handle), matrix), frame):
        if abs(ay - by) <= LEVEL < abs(ax - bx):
            flat.append(((ay + by) / 2, min(ax, bx), max(ax, bx), width.value))
        elif abs(ax - bx) <= LEVEL:
            drawn.uprights.append(Upright((ax + bx) / 2, min(ay, by), max(ay, by)))
        else:
            slanted += [(ax, ay), (bx, by)]
    if slanted:
        drawn.shapes.append(_around(slanted))


def _take_thin(area: Area, flat: list[tuple[float, float, float, float]], drawn: Drawn) -> bool:
    """Take an area as a rule where it is so thin."""
    x0, y0, x1, y1 = area
    if y1 - y0 <= THICKEST and x1 - x0 > y1 - y0:
        flat.append(((y0 + y1) / 2, x0, x1, y1 - y0))
    elif x1 - x0 <= THICKEST:
        drawn.uprights.append(Upright((x0 + x1) / 2, y0, y1))
    else:
        return False
    return True


def _is_seen(colour_of: object, handle: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is drawn in ink: neither transparent nor as white as paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(handle, red, green, blue, alpha):  # type: ignore[operator]
        return True
    return alpha.value > 10 and min(red.value, green.value, blue.value) < PALE


def _strokes(
    handle: pdfium.FPDF_PAGEOBJECT, count: int, matrix: Matrix, frame: Frame
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path on the upright page; curves count by their ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.upright(*_moved(x.value, y.value, matrix))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        else:
            yield last, point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


def _rectangles(
    handle: pdfium.FPDF_PAGEOBJECT, count: int, matrix: Matrix, frame: Frame
) -> Iterator[Area]:
    """The boxes around the separate figures of a path."""
    strokes = _strokes(handle, count, _times(_matrix(handle), matrix), frame)
    points: list[tuple[float, float]] = []
    for start, end in strokes:
        if points and start != points[-1]:
            yield _around(points)
            points = []
        points += [start, end] if not points else [end]
    if points:
        yield _around(points)


def _around(points: Sequence[tuple[float, float]]) -> Area:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _joined(flat: Sequence[tuple[float, float, float, float]]) -> list[Rule]:
    """Pieces at one height as one rule each."""
    bands: list[list[tuple[float, float, float, float]]] = []
    for piece in sorted(flat):
        if bands and piece[0] - bands[-1][0][0] <= SAME_RULE:
            bands[-1].append(piece)
        else:
            bands.append([piece])
    rules = [_rule(band) for band in bands]
    return [rule for rule in rules if sum(b - a for a, b in rule.spans) >= SHORTEST]


def _rule(band: Sequence[tuple[float, float, float, float]]) -> Rule:
    pieces = sorted((x0, x1) for _, x0, x1, _ in band)
    spans: list[tuple[float, float]] = []
    edges: list[float] = []
    for x0, x1 in pieces:
        if spans and x0 <= spans[-1][1] + MEETING:
            if x0 >= spans[-1][1] - MEETING and x1 > spans[-1][1] + MEETING:
                edges.append((x0 + spans[-1][1]) / 2)
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    edges += [x for span in spans for x in span]
    y = sum(piece[0] for piece in band) / len(band)
    thickness = max(piece[3] for piece in band)
    return Rule(y, spans[0][0], spans[-1][1], tuple(spans), tuple(clustered(edges)), thickness)


def clustered(values: Sequence[float], apart: float = 2 * MEETING) -> list[float]:
    """Values with those together that lie closer than ``apart``, as their means."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= apart:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _joined_uprights(uprights: Sequence[Upright]) -> list[Upright]:
    """Pieces that stand one on the other as one rule."""
    joined: list[Upright] = []
    for each in sorted(uprights, key=lambda u: (round(u.x / SAME_RULE), u.y0)):
        last = joined[-1] if joined else None
        if last and abs(last.x - each.x) <= SAME_RULE and each.y0 <= last.y1 + MEETING:
            joined[-1] = last._replace(y1=max(last.y1, each.y1))
        else:
            joined.append(each)
    return [each for each in joined if each.y1 - each.y0 >= SHORTEST]


def widths(edges: Sequence[float]) -> list[float]:
    """The widths between neighbouring edges."""
    return [b - a for a, b in pairwise(edges)]
