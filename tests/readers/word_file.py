"""Small Word documents for tests: plain XML in a ZIP, one function an element."""

from __future__ import annotations

from tests.compose.archive import pack

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COPIES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
RAISED = '<w:vertAlign w:val="superscript"/>'
SIGNED = 'w:id="1" w:author="Editor" w:date="2025-03-01T09:00:00Z"'


def word_file(
    body: str,
    *,
    name: str = "word/document.xml",
    kind: str = WORD_TYPE,
    space: str = MAIN,
    parts: dict[str, str] | None = None,
) -> bytes:
    """A document with this body; ``parts`` are further parts with their contents."""
    override = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">{override}</Types>',
            name: part("document", f"<w:body>{body}<w:sectPr/></w:body>", space),
            **(parts or {}),
        }
    )


def part(root: str, inside: str, space: str = MAIN) -> str:
    """One part of the package with this root element."""
    return f'<w:{root} xmlns:w="{space}" xmlns:mc="{COPIES}">{inside}</w:{root}>'


def run(text: str, settings: str = "") -> str:
    """A run of text with its settings, such as RAISED."""
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, settings: str = "") -> str:
    """A paragraph of runs; a text that is no element becomes a run."""
    inside = "".join(text if text.startswith("<") else run(text) for text in runs if text)
    return f"<w:p><w:pPr>{settings}</w:pPr>{inside}</w:p>"


def cell(*blocks: str, settings: str = "") -> str:
    """A cell of paragraphs and tables; a text that is no block becomes a paragraph."""
    inside = "".join(
        block if block.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(block)
        for block in blocks
    )
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{inside}</w:tc>"


def span(columns: int) -> str:
    """The setting of a cell that covers several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def row(*cells: str, settings: str = "") -> str:
    """A row of cells; a text that is no element becomes a cell."""
    inside = "".join(text if text.startswith("<w:") else cell(text) for text in cells)
    return f"<w:tr><w:trPr>{settings}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(inside: str) -> str:
    """A content control around anything."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def inserted(inside: str) -> str:
    """A tracked insertion."""
    return f"<w:ins {SIGNED}>{inside}</w:ins>"


def deleted(text: str) -> str:
    """A tracked deletion of a run."""
    return f"<w:del {SIGNED}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def text_box(*paragraphs: str) -> str:
    """A run with a text box, saved twice as Word does: for new and for old programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{inside}</mc:Choice>'
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
