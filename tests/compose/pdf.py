"""Writes the blocks as a PDF file: a printed page with running headers, rules and footnotes.

The file is the same on every machine: no date, no compression, the fonts that every program has.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as Printed

from tests.compose.printed import Grid, accepted, labelled, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from tests.compose.printed import Block, Piece

PLAIN, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
# What a setting of cells holds: its name, the first and the last place, and more.
Setting = tuple[Any, ...]
WORDED = 200.0  # points that a column of words takes at most
SIZES = {"heading": 14, "caption": 10, "part": 10, "note": 8}
ALIKE = {"Times-Roman": (BOLD, ITALIC)}


@dataclass(frozen=True, slots=True)
class Look:
    """How a file is set: which rules its tables have, in how many columns, on which paper.

    ``rules`` are "heading" (above and below the headings, and at the end), "grid" or "none".
    ``running`` stands at the top and at the bottom of every page, ``{page}`` in it is its number.
    ``leading`` is the distance of the lines of a table, in type sizes.
    """

    rules: str = "heading"
    columns: int = 1
    wide: bool = False
    turned: int = 0
    font: str = PLAIN
    running: tuple[str, str] = ("Section 40", "{page}")
    leading: float = 1.25
    from_right: bool = False
    height: float = 0.0


def render_pdf(blocks: Iterable[Piece], look: Look | None = None, **more: str) -> bytes:
    """The file; of charts and boxes only the labels are printed.

    ``more`` may hold a ``password``.
    """
    look = look or Look()
    buffer = io.BytesIO()
    size = landscape(A4) if look.wide else A4
    if look.height:
        size = (size[0], look.height)
    encrypt = more.get("password") or None
    document = BaseDocTemplate(
        buffer, pagesize=size, invariant=1, pageCompression=0, encrypt=encrypt, title=""
    )
    left, foot, gap = 60.0, 70.0, 18.0
    width = (size[0] - 2 * left - (look.columns - 1) * gap) / look.columns
    frames = [
        Frame(left + at * (width + gap), foot, width, size[1] - foot - 80, 0, 0, 0, 0)
        for at in range(look.columns)
    ]

    def run(canvas: Canvas, template: BaseDocTemplate) -> None:
        """Set the running header and footer, on alternate sides."""
        if look.turned:
            canvas.setPageRotation(look.turned)
        canvas.setFont(look.font, 8)
        top, bottom = (text.format(page=template.page) for text in look.running)
        outer = size[0] - left - stringWidth(top, look.font, 8)
        canvas.drawString(left if template.page % 2 else outer, size[1] - 50, top)
        canvas.line(left, size[1] - 56, size[0] - left, size[1] - 56)
        canvas.drawString(left, 40, bottom)

    document.addPageTemplates([PageTemplate("page", frames, onPage=run)])
    flowables = [
        each
        for block in blocks
        for piece in labelled(block)
        for each in _flowables(piece, look, width)
    ]
    document.build(flowables)
    return buffer.getvalue()


def _flowables(block: Block, look: Look, width: float) -> list[Flowable]:
    if isinstance(block, Grid):
        return [_table(block, look, width), Spacer(1, 8)]
    return [Printed(_marked(block.text, from_right=look.from_right), _style(block.style, look))]


def _style(kind: str, look: Look) -> ParagraphStyle:
    size = SIZES.get(kind, 10)
    bold = ALIKE.get(look.font, (look.font, look.font))[0]
    return ParagraphStyle(
        kind,
        fontName=bold if kind in {"heading", "caption"} else look.font,
        fontSize=size,
        leading=1.2 * size,
        spaceBefore=0 if kind == "note" else 8,
        leftIndent=12 if kind == "item" else 0,
        alignment=2 if look.from_right else 0,
        wordWrap="CJK" if look.font.startswith("STSong") else None,
    )


def as_seen(text: str) -> str:
    """A text that is read from the right, in the order in which its letters stand on paper."""
    runs = re.findall(r"[0-9A-Za-z.,()%–-]+(?: [0-9.,()]+)*|.", text)
    return "".join(reversed(runs))


def _marked(text: str, *, from_right: bool = False) -> str:
    """A text with its footnote mark raised, and with tracked changes accepted."""
    text = (
        accepted(as_seen(text) if from_right else text).replace("&", "&amp;").replace("<", "&lt;")
    )
    return re.sub(r"\^(\w+)", r"<super>\1</super>", text)


def _table(grid: Grid, look: Look, width: float) -> Table:
    count = width_of(grid)
    styles: list[Setting] = [
        ("FONT", (0, 0), (-1, -1), look.font, 8),
        ("LEADING", (0, 0), (-1, -1), look.leading * 8),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
    ]
    headings, spans = _headings(grid)
    styles += spans
    texts = [*headings, *([*row, *[""] * (count - len(row))] for row in grid.rows)]
    depth = len(headings)
    for at, row in enumerate(grid.rows, depth):
        if len(row) == 1:
            styles.append(("SPAN", (0, at), (-1, at)))
    if look.rules == "grid":
        styles.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        styles.append(("LEFTPADDING", (0, 0), (-1, -1), 4))
    elif look.rules == "heading":
        styles.append(("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black))
        styles.append(("LINEBELOW", (0, depth - 1), (-1, depth - 1), 1.5, colors.black))
        styles.append(("LINEBELOW", (0, -1), (-1, -1), 1.5, colors.black))
    widths = _widths(texts, count, look, width)
    worded = [at == 0 or _is_worded([row[at] for row in texts[depth:]]) for at in range(count)]
    cells = [
        [_cell(text, at, look, worded=worded[at]) for at, text in enumerate(row)] for row in texts
    ]
    if look.from_right:
        styles = [_mirrored(style, count) for style in styles]
        cells, widths = [row[::-1] for row in cells], widths[::-1]
    return Table(cells, widths, repeatRows=depth, style=TableStyle(styles), hAlign="LEFT")


def _headings(grid: Grid) -> tuple[list[list[str]], list[Setting]]:
    """The rows of headings as a full grid, and the spans of their cells."""
    count = width_of(grid)
    rows = [[""] * count for _ in grid.header]
    free = [[True] * count for _ in grid.header]
    spans: list[Setting] = []
    for depth, row in enumerate(grid.header):
        for heading in row:
            at = free[depth].index(True)
            rows[depth][at] = heading.text
            last = at + heading.columns - 1
            for below in range(depth, depth + heading.rows):
                free[below][at : last + 1] = [False] * heading.columns
            if heading.columns > 1 or heading.rows > 1:
                spans.append(("SPAN", (at, depth), (last, depth + heading.rows - 1)))
            if heading.columns > 1:
                spans.append(("ALIGN", (at, depth), (last, depth), "CENTRE"))
                spans.append(("LINEBELOW", (at, depth), (last, depth), 0.5, colors.black))
    return rows, spans


def _mirrored(style: Setting, count: int) -> Setting:
    """A setting of cells for a table whose first column is the rightmost."""
    name, (a, top), (b, bottom), *rest = style
    places = [count - 1 - at % count for at in (b, a)]
    return (name, (places[0], top), (places[1], bottom), *rest)


def _widths(texts: Sequence[Sequence[str]], count: int, look: Look, width: float) -> list[float]:
    """The widths of the columns: figures take what they need, the labels the rest."""
    needs = [
        max(
            (
                max(stringWidth(word, look.font, 8) for word in (_unbroken(row[at]) or [""]))
                for row in texts
                if sum(bool(text) for text in row) > 1
            ),
            default=20.0,
        )
        + 11
        for at in range(count)
    ]
    for at in range(1, count):
        texts_below = [row[at] for row in texts if len(row) > 1]
        if _is_worded(texts_below):
            longest = stringWidth(max(texts_below, key=len), look.font, 8) + 8
            needs[at] = max(needs[at], min(WORDED, longest))
    spare = max(width - sum(needs[1:]), 90.0)
    return [spare, *needs[1:]]


def _unbroken(text: str) -> list[str]:
    """What of a text stays on one line: a figure whole, words one by one."""
    text = accepted(text)
    whole = re.fullmatch(r"[\d\s.,()–—-]+", text) or not text.isascii()
    return [text] if whole else text.split()


def _is_worded(texts: Sequence[str]) -> bool:
    """Whether a column holds words, which begin at one edge, rather than figures, which end so."""
    return 2 * sum(any(map(str.isalpha, text)) for text in texts) > len(texts)


def _cell(text: str, at: int, look: Look, *, worded: bool) -> Printed:
    right = worded is look.from_right
    inner = 9 if at == 0 and re.match(r"\d", text) else 0
    style = ParagraphStyle(
        "cell",
        fontName=look.font,
        fontSize=8,
        leading=look.leading * 8,
        alignment=2 if right else 0,
        leftIndent=0 if look.from_right else inner,
        rightIndent=inner if look.from_right else 0,
    )
    text = re.sub(r"(?<=\d) (?=\d)", "\u00a0", text)
    if look.from_right:
        text = text.replace(" ", "\u00a0")  # wrapped lines would stand in the order of Latin ones
    return Printed(_marked(text, from_right=look.from_right), style)
