"""Glyph boxes of one page -> words and printed lines, upright and in reading order.

A page is turned until most of its text runs from left to right, whatever its own rotation says; all
places below are points of that upright page, x to the right and y downwards from its top left.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from pypdfium2 import PdfPage

# Parts of the type size. A blank of a text face is 0.25 wide, 0.18 where it is squeezed; letters
# that are kerned overlap, in the files of Word by up to 0.6 where a word is set in pieces.
BLANK_GAP = 0.17
OVERLAP = 0.6
# Figures are not kerned: what overlaps by more is print over print. A font that stands in for
# another one may be wider by 0.15.
OVERPRINTED = 0.3
SAME_LINE = 0.3
LEVEL = 0.04  # between the feet or the heads of letters that plainly go on
# Word raises the marks of footnotes by 2 to 3 points, at under 0.7 of the size; others at 0.8.
RAISED_SIZE = 0.86
RAISED_LEAST, RAISED_MOST = 0.12, 0.75
NEAR_MARK = 2.0
FAR_MARK = 7.0  # where it stands alone at the beginning of a line, before a tab
MOST_GLYPHS = 200_000  # on one page; a page of a newspaper has 30,000
_INVISIBLE = frozenset({3, 7})
_BLANKS = frozenset(map(ord, " \t\r\n\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"))
_BLANK_CODES = sorted(_BLANKS)
_NOTHING = frozenset((0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFFFE))
_SURROGATES = range(0xD800, 0xE000)  # halves of one character
_UNPRINTED = _BLANKS | _NOTHING
UNREADABLE = "\ufffd"
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd]")
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
PALE = 250  # of 255: as white as paper
SLANT = 0.1  # of its height, by which a text may lean and still run level
_FIGURE_CODES = sorted(map(ord, "0123456789()"))
_HYPHEN = 2  # what PDFium makes of a hyphen at the end of a line


class Word(NamedTuple):
    """Letters without a gap: text, edges, baseline and type size in points.

    ``glued`` follows the word before without a gap; ``mark`` is a raised mark of a footnote.
    ``height`` is how far a word that runs upwards or downwards reaches above its baseline; else 0.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    glued: bool = False
    mark: bool = False
    height: float = 0.0


class Line(NamedTuple):
    """Words on one baseline, from left to right; the size is that of most of its letters."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    y: float
    size: float

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.y + 0.25 * self.size


class Frame(NamedTuple):
    """How the upright page lies in the file: quarter turns counter-clockwise, and its box."""

    turns: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The width of the upright page."""
        across = self.right - self.left, self.top - self.bottom
        return across[self.turns % 2]

    @property
    def height(self) -> float:
        """The height of the upright page."""
        across = self.right - self.left, self.top - self.bottom
        return across[1 - self.turns % 2]

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file on the upright page."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
        """A box of the upright page as left, bottom, right and top in the file."""
        points = [self._back(x0, y0), self._back(x1, y1)]
        xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
        return xs[0], ys[0], xs[1], ys[1]

    def _back(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x


@dataclass(slots=True)
class PageText:
    """What is printed on a page: its lines from the top, and what of it could not be read.

    ``pale`` words are as white as paper: seen only on a ground. ``turned`` ones run upwards or
    downwards; ``hidden`` counts letters that nobody sees, ``unmapped`` those whose font does not
    say what they are.
    """

    frame: Frame
    lines: list[Line] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    pale: list[Word] = field(default_factory=list)
    turned: list[Word] = field(default_factory=list)
    letters: int = 0
    hidden: int = 0
    unmapped: int = 0


class _Piece(NamedTuple):
    """Letters as the file sets them: direction in quarter turns, box and start of the baseline."""

    text: str
    turns: int
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float
    glued: bool
    pale: bool = False


def read_words(page: PdfPage) -> PageText:
    """The words of a page, not yet in lines."""
    handle = page.get_textpage()
    try:
        pieces, counted = _pieces(handle.raw)
    finally:
        handle.close()
    directions: Counter[int] = Counter()
    for piece in pieces:
        directions[piece.turns] += len(piece.text)
    own = page.get_rotation() // 90
    turns = directions.most_common(1)[0][0] if directions else own
    frame = Frame(turns, *_visible(page))
    text = PageText(frame, letters=counted["all"], hidden=counted["hidden"])
    text.unmapped = counted["unmapped"]
    for piece in pieces:
        x0, x1, y0, y1 = _upright_box(piece, frame)
        if x1 < -1 or y1 < -1 or x0 > frame.width + 1 or y0 > frame.height + 1:
            text.hidden += len(piece.text)
        elif piece.turns == turns:
            y = frame.upright(piece.x, piece.y)[1]
            word = Word(piece.text, x0, x1, y, piece.size, piece.glued)
            (text.pale if piece.pale else text.words).append(word)
        else:
            text.turned.append(Word(piece.text, x0, x1, y1, piece.size, height=y1 - y0))
    text.turned = _runs_of(text.turned)
    return text


def set_lines(text: PageText, grounds: Sequence[tuple[float, float, float, float]]) -> None:
    """Put the words of a page into lines, white ones where they stand on one of the grounds."""
    words = list(text.words)
    for word in text.pale:
        x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
        if any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in grounds):
            words.append(word)
        else:
            text.hidden += len(word.text)
    text.lines = lines_of(words)


def _visible(page: PdfPage) -> tuple[float, float, float, float]:
    """The part of the page that is shown: left, bottom, right, top."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    box = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return box if box[0] < box[2] and box[1] < box[3] else media


def _upright_box(piece: _Piece, frame: Frame) -> tuple[float, float, float, float]:
    ax, ay = frame.upright(piece.left, piece.bottom)
    bx, by = frame.upright(piece.right, piece.top)
    return min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)


class _Style(NamedTuple):
    """What all letters of a text object share; ``seen`` is false where nobody sees them."""

    turns: int
    size: float
    seen: bool
    pale: bool


_APART, _GLUED, _SAME = 0, 1, 2
Box = tuple[float, float, float, float]


class _Beginning(NamedTuple):
    """How a piece begins: its style, the start of its baseline, and whether it follows closely."""

    style: _Style
    x: float
    y: float
    glued: bool
    mapped: bool


def _pieces(handle: pdfium.FPDF_TEXTPAGE) -> tuple[list[_Piece], Counter[str]]:
    """The visible letters of a page, in the order of the file, cut at blanks and jumps.

    One call a glyph asks for its box; letters that plainly go on are put together at once, and
    the dearer calls are made once a piece.
    """
    codes = _codes(handle)
    box_of, rects = pdfium.FPDFText_GetLooseCharBox, (pdfium.FS_RECTF * len(codes))()
    kept = [
        at
        for at, code in enumerate(codes)
        if code not in _UNPRINTED and box_of(handle, at, rects[at])
    ]
    counted: Counter[str] = Counter(all=len(kept))
    pieces: list[_Piece] = []
    if not kept:
        return pieces, counted
    edges = np.frombuffer(rects, np.float32).reshape(-1, 4)[kept]
    left, top, right, bottom = edges.T
    parted = np.diff(np.isin(codes, _BLANK_CODES).cumsum()[kept], prepend=-1) > 0
    figured = np.isin(np.take(codes, kept), _FIGURE_CODES)
    figured[1:] &= figured[:-1]  # this letter and the one before
    cuts = np.flatnonzero(parted | ~_plainly_on(edges, figured))
    runs = zip(
        cuts.tolist(),
        [*cuts[1:].tolist(), len(kept)],
        parted[cuts].tolist(),
        np.minimum.reduceat(left, cuts).tolist(),
        np.minimum.reduceat(bottom, cuts).tolist(),
        np.maximum.reduceat(right, cuts).tolist(),
        np.maximum.reduceat(top, cuts).tolist(),
        strict=True,
    )
    letters = "".join([chr(codes[at]) for at in kept]).replace(chr(_HYPHEN), "-")
    begin = _Beginner(handle)
    opened: _Beginning | None = None
    first = after = 0
    box: Box = (0.0, 0.0, 0.0, 0.0)
    for start, end, blank, *around in runs:
        tie = _APART
        if opened is not None and not blank:
            before, here = edges[start - 1 : start + 1].tolist()
            tie = _tie(opened.style, before, here, OVERPRINTED if figured[start] else OVERLAP)
        if opened is None or tie != _SAME:
            if opened is not None:
                backwards = left[after - 1] < left[first]
                _close(pieces, counted, opened, letters[first:after], box, backwards=backwards)
            opened = begin.piece(kept[start], glued=tie == _GLUED)
            first = start
            box = tuple(around)
        else:
            x0, y0, x1, y1 = box
            box = min(x0, around[0]), min(y0, around[1]), max(x1, around[2]), max(y1, around[3])
        after = end
    if opened is not None:
        backwards = left[after - 1] < left[first]
        _close(pieces, counted, opened, letters[first:after], box, backwards=backwards)
    return pieces, counted


def _codes(handle: pdfium.FPDF_TEXTPAGE) -> list[int]:
    """The character of every glyph: in one call where the text has one unit for each."""
    count = min(pdfium.FPDFText_CountChars(handle), MOST_GLYPHS)
    buffer = (ctypes.c_ushort * (count + 1))()
    units = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    codes: list[int] = buffer[:count]
    code_of = pdfium.FPDFText_GetUnicode
    if units != count + 1 or any(map(_SURROGATES.__contains__, codes)):
        return [code_of(handle, at) for at in range(count)]
    if max(codes, default=0) >= 0xFFFE:  # a hyphen at the end of a line
        return [code_of(handle, at) if c >= 0xFFFE else c for at, c in enumerate(codes)]
    return codes


def _plainly_on(edges: NDArray[np.float32], figured: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which boxes follow the one before on the same height, without a gap."""
    left, top, right, bottom = edges.T
    found = np.zeros(len(edges), dtype=bool)
    high = (top - bottom)[1:]
    gap = left[1:] - right[:-1]
    level = np.minimum(np.abs(np.diff(top)), np.abs(np.diff(bottom))) <= LEVEL * high
    most = np.where(figured[1:], OVERPRINTED, OVERLAP)
    found[1:] = level & (-most * high <= gap) & (gap <= BLANK_GAP * high)
    return found


def _tie(style: _Style, before: Sequence[float], box: Sequence[float], most: float) -> int:
    """Whether a letter goes on with the piece, follows it on another height, or stands apart.

    Boxes are left, top, right and bottom in the file, whose heights grow upwards; they overlap
    by ``most`` of the size.
    """
    turns, size = style.turns, style.size
    low, high = (0, 2) if turns in (0, 2) else (3, 1)
    gap, back = box[low] - before[high], before[low] - box[high]
    if turns > 1:
        gap, back = back, gap
    # A script that is set from right to left goes backwards.
    if not (
        -most * size <= gap <= BLANK_GAP * size or -most * size / 2 <= back <= BLANK_GAP * size
    ):
        return _APART
    lift = 0.06 * size
    sides = (1, 3) if low == 0 else (0, 2)
    if any(abs(box[side] - before[side]) <= lift for side in sides):
        return _SAME
    return _GLUED


class _Beginner:
    """Asks the file for what the letters of a piece share, once a text object where it can."""

    def __init__(self, handle: pdfium.FPDF_TEXTPAGE) -> None:
        self.handle = handle
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.matrix = pdfium.FS_MATRIX()
        self.colours = [ctypes.c_uint() for _ in range(4)]
        self.styles: dict[int, _Style] = {}

    def piece(self, place: int, *, glued: bool) -> _Beginning:
        """The piece that begins with a letter."""
        handle = self.handle
        text = pdfium.FPDFText_GetTextObject(handle, place)
        key = ctypes.addressof(text.contents) if text else 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._style(place, text)
        pdfium.FPDFText_GetCharOrigin(handle, place, self.x, self.y)
        mapped = not pdfium.FPDFText_HasUnicodeMapError(handle, place)
        return _Beginning(style, self.x.value, self.y.value, glued, mapped)

    def _style(self, place: int, text: pdfium.FPDF_PAGEOBJECT) -> _Style:
        """Direction in quarter turns, size in points, and whether the letters are drawn at all."""
        matrix = self.matrix
        pdfium.FPDFText_GetMatrix(self.handle, place, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = pdfium.FPDFText_GetFontSize(self.handle, place) * (c * c + d * d) ** 0.5
        turns = -1
        if abs(b) <= SLANT * abs(a):
            turns = 0 if a > 0 else 2
        elif abs(a) <= SLANT * abs(b):
            turns = 1 if b > 0 else 3
        seen, pale = turns >= 0, False
        if text and seen:
            seen = pdfium.FPDFTextObj_GetTextRenderMode(text) not in _INVISIBLE
            if pdfium.FPDFPageObj_GetFillColor(text, *self.colours):
                red, green, blue, alpha = (colour.value for colour in self.colours)
                pale = min(red, green, blue) >= PALE
                seen = seen and alpha > 0
        return _Style(turns, size or 1.0, seen, pale)


def _close(
    pieces: list[_Piece],
    counted: Counter[str],
    begun: _Beginning,
    text: str,
    box: Box,
    *,
    backwards: bool,
) -> None:
    """Add a piece that ended, or count what cannot be read of it."""
    style = begun.style
    if not style.seen:
        counted["hidden"] += len(text)
        return
    # Symbol fonts keep their glyphs in the private area; the low byte is the character.
    if not text.isascii():
        text = "".join([chr(ord(c) & 0xFF) if "\uf020" <= c <= "\uf0ff" else c for c in text])
    if not begun.mapped or "\0" in text or _UNMAPPED.search(text):
        counted["unmapped"] += len(text)
        text = UNREADABLE * len(text)
    elif not text.isascii():
        text = _plain(text, backwards=backwards)
    pieces.append(
        _Piece(text, style.turns, *box, begun.x, begun.y, style.size, begun.glued, style.pale)
    )


def _plain(text: str, *, backwards: bool) -> str:
    """Letters instead of the shapes that they take: ligatures apart, Arabic in reading order."""
    if is_right_to_left(text) and not backwards:
        text = text[::-1]  # set as it is seen
    return "".join(
        unicodedata.normalize("NFKC", c)
        if "\ufb00" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefe"
        else c
        for c in text
    )


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text belong to a script that runs from right to left."""
    if text.isascii():
        return False
    kinds = Counter(unicodedata.bidirectional(c) for c in text)
    return sum(kinds[k] for k in _RIGHT_TO_LEFT) > kinds["L"]


def _runs_of(turned: Iterable[Word]) -> list[Word]:
    """Words that run upwards or downwards, those of one line together."""
    runs: list[Word] = []
    for word in turned:
        last = runs[-1] if runs else None
        beside = last is not None and abs(last.x0 - word.x0) <= SAME_LINE * word.size
        if last is not None and beside:
            low, high = max(last.y, word.y), min(last.y - last.height, word.y - word.height)
            if high > min(last.y, word.y) - last.height - word.height - 2 * word.size:
                text = last.text + ("" if word.glued else " ") + word.text
                runs[-1] = last._replace(
                    text=text, x1=max(last.x1, word.x1), y=low, height=low - high
                )
                continue
        runs.append(word)
    return runs


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words put together on their baselines, from the top; raised marks with the line they mark."""
    bands: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y):
        last = bands[-1] if bands else []
        if last and word.y - last[0].y <= SAME_LINE * min(word.size, last[0].size):
            last.append(word)
        else:
            bands.append([word])
    _place_marks(bands)
    return [_line(band) for band in bands if band]


def _line(band: Sequence[Word]) -> Line:
    words = tuple(sorted(band, key=lambda w: w.x0))
    sizes: Counter[tuple[float, float]] = Counter()
    for word in words:
        sizes[round(word.size, 1), word.y] += 0 if word.mark else len(word.text)
    size, y = sizes.most_common(1)[0][0]
    return Line(words, words[0].x0, max(word.x1 for word in words), y, size)


def _place_marks(bands: list[list[Word]]) -> None:
    """Move small raised words into the line of the word that they follow or precede."""
    largest = [max(word.size for word in band) for band in bands]
    for at, band in enumerate(bands):
        near = range(max(at - 1, 0), min(at + 4, len(bands)))
        most = RAISED_SIZE * max(largest[below] for below in near)
        for word in sorted((w for w in band if w.size <= most), key=lambda w: w.x0):
            for below in near:
                far = len(band) == 1 and bands[below] and word.x1 < bands[below][0].x0
                host = _host(word, bands[below], FAR_MARK if far else NEAR_MARK)
                if host is None:
                    continue
                band.remove(word)
                lift = host.y - word.y
                bands[below].append(
                    word._replace(mark=lift > 0, glued=True, y=host.y if lift > 0 else word.y)
                )
                break


def _host(mark: Word, band: Sequence[Word], near: float) -> Word | None:
    """The word beside which a small word stands raised, or, as an index, lowered."""
    for host in band:
        if host is mark or host.mark or mark.size > RAISED_SIZE * host.size:
            continue
        lift = (host.y - mark.y) / host.size
        raised = RAISED_LEAST <= lift <= RAISED_MOST
        if not raised and not -RAISED_MOST / 2 <= lift < 0:
            continue
        after = mark.x0 - host.x1
        before = host.x0 - mark.x1
        if -0.3 * host.size <= after <= host.size or (
            raised and -0.1 * host.size <= before <= near * host.size
        ):
            return host
    return None
