"""Writes the blocks as a Word document: plain XML in a ZIP, so that every element is ours.

It holds what officers' documents hold: merged header cells (``gridSpan``, ``vMerge``), a spacer
row, superscript marks, tracked changes, a footnote, a text box, a content control, a nested table.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.compose.archive import pack
from tests.compose.chart_parts import CHART_TYPE, HEAD, chart_frame, chart_part
from tests.compose.printed import (
    Box,
    Chart,
    Grid,
    Heading,
    Paragraph,
    Piece,
    split_mark,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:wps="{SHAPE}" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SIGNED = 'w:id="7" w:author="Editor" w:date="2025-03-01T09:00:00Z"'
# The relations of the document that stand before those of its charts.
LINKS_BEFORE_CHARTS = 2
# Drawings are numbered apart from charts.
FIRST_BOX = 1_000
STYLES = {"heading": "Heading1", "caption": "Caption", "part": "Caption", "note": "FootnoteText"}


def render_docx(blocks: tuple[Piece, ...], box: str, footnote: str) -> bytes:
    """The document; ``box`` stands in a text box, ``footnote`` below the first paragraph."""
    charts = [block for block in blocks if isinstance(block, Chart)]
    body = "".join(_block(block, at, charts) for at, block in enumerate(blocks))
    anchor = f"<w:p>{_text_box(f'<w:p>{_run(box)}</w:p>')}</w:p>" if box else ""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    body = body.replace("</w:p>", reference, 1) if footnote else body
    document = f"{HEAD}<w:document {SPACES}><w:body>{body}{anchor}<w:sectPr/></w:body></w:document>"
    drawn = {f"charts/chart{at}.xml": chart for at, chart in enumerate(charts, start=1)}
    links = [("styles", "styles.xml"), ("footnotes", "footnotes.xml")]
    return pack(
        {
            "[Content_Types].xml": _content_types(drawn),
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(*links, *(("chart", at) for at in drawn)),
            "word/styles.xml": _styles(),
            "word/footnotes.xml": _footnotes(footnote),
            **{f"word/{at}": chart_part(chart) for at, chart in drawn.items()},
        }
    )


def _block(block: Piece, at: int, charts: list[Chart]) -> str:
    """A block as XML; ``at`` is its place in the document."""
    if isinstance(block, Grid):
        return _table(block)
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Box):
        return f"<w:p>{_text_box(_organized(block), FIRST_BOX + at)}</w:p>"
    number = 1 + next(place for place, chart in enumerate(charts) if chart is block)
    labels = (block.title, block.total) if block.total else ()
    lines = "".join(f"<w:p>{_run(text)}</w:p>" for text in labels)
    return f"{lines}<w:p>{chart_frame(number, f'rId{LINKS_BEFORE_CHARTS + number}')}</w:p>"


def _organized(box: Box) -> str:
    """What a box of an organization chart holds: a small table between paragraphs."""
    rows = [box.sources, *zip_longest(*box.posts, fillvalue=""), box.sums]
    cells = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    widths = '<w:gridCol w:w="900"/>' * len(box.sources)
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{widths}</w:tblGrid>{cells}</w:tbl>"
    above = "".join(f"<w:p>{_run(text)}</w:p>" for text in (box.name, box.note) if text)
    return f"{above}{table}<w:p>{_run(box.total)}</w:p>"


def _paragraph(paragraph: Paragraph) -> str:
    style = STYLES.get(paragraph.style)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    if paragraph.style == "note":
        mark, _, text = paragraph.text.partition(" ")
        return f"<w:p>{properties}{_runs(mark)}{_run(f' {text}')}</w:p>"
    return f"<w:p>{properties}{_runs(paragraph.text)}</w:p>"


def _runs(text: str) -> str:
    """A text as runs: tracked changes as ``del`` and ``ins``, a footnote mark as a superscript."""
    pieces = re.split(r"(\[-.*?-\]|\{\+.*?\+\})", text)
    return "".join(map(_piece, pieces))


def _piece(text: str) -> str:
    if text.startswith("[-"):
        return f"<w:del {SIGNED}><w:r><w:delText>{escape(text[2:-2])}</w:delText></w:r></w:del>"
    if text.startswith("{+"):
        return f"<w:ins {SIGNED}>{_run(text[2:-2])}</w:ins>"
    body, mark = split_mark(text)
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return _run(body) + (f"<w:r>{raised}<w:t>{mark}</w:t></w:r>" if mark else "")


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _table(grid: Grid) -> str:
    columns = width_of(grid)
    widths = '<w:gridCol w:w="900"/>' * columns
    spacer = "<w:tr>" + _cell("") * columns + "</w:tr>"
    rows = "".join(_row(row, columns, at) for at, row in enumerate(grid.rows))
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{widths}</w:tblGrid>{_header(grid)}{spacer}{rows}</w:tbl>"
    )
    if grid.box == "control":
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt>"
    if grid.box == "nested":
        frame = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc>'
        return f"{frame}<w:tcPr/>{table}<w:p/></w:tc></w:tr></w:tbl>"
    return table


def _header(grid: Grid) -> str:
    """The header rows; a heading over several rows is continued by empty ``vMerge`` cells."""
    open_cells: list[Heading] = [Heading("", rows=0)] * width_of(grid)
    rows = ""
    for depth, row in enumerate(grid.header):
        waiting = list(row)
        cells = ""
        at = 0
        while at < len(open_cells):
            if open_cells[at].rows > depth:
                cells += _cell("", merge="<w:vMerge/>")
                at += 1
                continue
            heading = waiting.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if heading.rows > 1 else ""
            cells += _cell(heading.text, heading.columns, merge)
            reach = Heading("", rows=depth + heading.rows)
            open_cells[at : at + heading.columns] = [reach] * heading.columns
            at += heading.columns
        rows += f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>"
    return rows


def _row(row: tuple[str, ...], columns: int, at: int) -> str:
    if len(row) == 1 and at == 0:
        return f"<w:tr>{_cell(row[0], columns)}</w:tr>"
    texts = (*row, *[""] * (columns - len(row)))
    indent = row[0][:1].isdigit()
    cells = _cell(texts[0], indent=indent) + "".join(_cell(_tight(text)) for text in texts[1:])
    return f"<w:tr>{cells}</w:tr>"


def _tight(text: str) -> str:
    """A figure with no-break spaces between its groups, as typists set them."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", text)


def _cell(text: str, span: int = 1, merge: str = "", *, indent: bool = False) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    moved = '<w:pPr><w:ind w:left="240"/></w:pPr>' if indent else ""
    paragraph = f"<w:p>{moved}{_runs(text)}</w:p>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{spanned}{merge}</w:tcPr>{paragraph}</w:tc>'
    )


def _text_box(content: str, number: int = 1) -> str:
    """A text box in both of its spellings, as Word saves it; only one of them may be read."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline><wp:extent cx="4000000" cy="600000"/>'
        f'<wp:docPr id="{number}" name="Text Box {number}"/><a:graphic>'
        f'<a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )
    fallback = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _content_types(charts: Iterable[str]) -> str:
    names = (("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes"))
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in names
    )
    parts += "".join(
        f'<Override PartName="/word/{at}" ContentType="{CHART_TYPE}"/>' for at in charts
    )
    defaults = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{parts}</Types>'


def _relations(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _styles() -> str:
    names = ("Normal", "Heading1", "Caption", "FootnoteText")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
        for name in names
    )
    return f"{HEAD}<w:styles {SPACES}>{styles}</w:styles>"


def _footnotes(text: str) -> str:
    notes = f'<w:footnote w:id="2"><w:p>{_run(text)}</w:p></w:footnote>' if text else ""
    return f"{HEAD}<w:footnotes {SPACES}>{notes}</w:footnotes>"
