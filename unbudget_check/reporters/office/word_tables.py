"""Write a Word document of headings, paragraphs and tables whose rows have a box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.reporters.office.package import (
    DECLARATION,
    KINDS,
    RELATIONS,
    attribute,
    content,
    pack_parts,
)
from unbudget_check.reporters.words import unsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATED = "application/vnd.openxmlformats-package.relationships+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# A page of A4 on its side, with margins of 2 cm, in twentieths of a point.
LONG, SHORT, MARGIN = 16_838, 11_906, 1_134
ROOM = LONG - 2 * MARGIN
BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2611" w14:font="Segoe UI Symbol"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent><w:r><w:rPr>"
    '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"/>'
    "</w:rPr><w:t>\N{BALLOT BOX}</w:t></w:r></w:sdtContent></w:sdt>"
)
STYLES = (
    f'{DECLARATION}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial" w:eastAsia="SimSun"/>'
    '<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>{headings}</w:styles>"
)
HEADING = (
    '<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
    '<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{outline}"/></w:pPr>'
    '<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
)
SIZES = {1: 32, 2: 26}  # half points
TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{RELATED}"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class WordTable:
    """Rows of texts under a head, whose first column is the one with the boxes.

    ``widths`` are shares of the page, one for each column; the rows leave out the first.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


def word_document(blocks: Iterable[Heading | WordTable | str], lang: str) -> bytes:
    """The document in pages on their side; the same blocks give the same bytes."""
    from_right = load_language(lang).right_to_left
    body = "".join(_block(each, from_right=from_right) for each in blocks)
    page = (
        f'<w:sectPr><w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/><w:pgMar '
        + " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
        + ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    names = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'
    headings = "".join(
        HEADING.format(level=level, outline=level - 1, size=size) for level, size in SIZES.items()
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/document.xml": (
            f"{DECLARATION}<w:document {names}><w:body>{body}{page}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
        "word/styles.xml": STYLES.format(headings=headings),
    }
    return pack_parts({name: text.encode() for name, text in parts.items()})


def _relation(kind: str, target: str) -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{KINDS}{kind}" Target="{attribute(target)}"/>'
        "</Relationships>"
    )


def _block(block: Heading | WordTable | str, *, from_right: bool) -> str:
    match block:
        case Heading():
            return _paragraph(block.text, from_right=from_right, style=f"Heading{block.level}")
        case WordTable():
            # Two tables that follow each other would become one.
            return _table(block, from_right=from_right) + "<w:p/>"
        case _:
            return _paragraph(block, from_right=from_right)


def _paragraph(text: str, *, from_right: bool, style: str = "", bold: bool = False) -> str:
    settings = f'<w:pStyle w:val="{style}"/>' if style else ""
    settings += "<w:bidi/>" if from_right else ""
    run = ("<w:b/><w:bCs/>" if bold else "") + ("<w:rtl/>" if from_right else "")
    return (
        f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{content(unsplit(text))}</w:t></w:r></w:p>'
    )


def _table(table: WordTable, *, from_right: bool) -> str:
    total = sum(table.widths)
    widths = [ROOM * each // total for each in table.widths]
    side = "<w:bidiVisual/>" if from_right else ""
    edges = "".join(
        f'<w:{name} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for name in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    head = "".join(
        _cell(_paragraph(text, from_right=from_right, bold=True), width, shaded=True)
        for text, width in zip(table.head, widths, strict=True)
    )
    rows = "".join(_row(each, widths, from_right=from_right) for each in table.rows)
    return (
        f'<w:tbl><w:tblPr>{side}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row(texts: tuple[str, ...], widths: list[int], *, from_right: bool) -> str:
    box = _cell(f"<w:p>{BOX}</w:p>", widths[0])
    cells = "".join(
        _cell(_paragraph(text, from_right=from_right), width)
        for text, width in zip(texts, widths[1:], strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{box}{cells}</w:tr>"


def _cell(inside: str, width: int, *, shaded: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inside}</w:tc>'
