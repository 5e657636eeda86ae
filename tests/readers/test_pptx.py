"""Presentations: texts, tables and charts, slide by slide."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.as_printed import RULES
from tests.compose.chart_parts import chart_part
from tests.compose.printed import Chart
from unbudget_check.engine import check_document
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Document, Paragraph, Table
from unbudget_check.readers.pptx import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{OFFICE}"'
)


def paragraph(*runs: str) -> str:
    made = "".join(
        each if each.startswith("<") else f"<a:r><a:t>{each}</a:t></a:r>" for each in runs
    )
    return f"<a:p>{made}</a:p>"


def shape(*paragraphs: str, kind: str = "") -> str:
    placed = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else ""
    return f"<p:sp>{placed}<p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"


def cell(text: str, settings: str = "") -> str:
    return f"<a:tc {settings}><a:txBody>{paragraph(text)}</a:txBody></a:tc>"


def table(*rows: tuple[str, ...]) -> str:
    made = "".join(
        f"<a:tr>{''.join(e if e.startswith('<') else cell(e) for e in row)}</a:tr>" for row in rows
    )
    return f"<p:graphicFrame><a:graphic><a:tbl>{made}</a:tbl></a:graphic></p:graphicFrame>"


def deck(*slides: str, hidden: int = -1, parts: Mapping[str, str] | None = None) -> bytes:
    """A file of these slides, and further parts by name."""
    stream = io.BytesIO()
    count = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + at}" r:id="rId{at}"/>' for at in count)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/slide" Target="slides/s{at}.xml"/>'
        for at in count
    )
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        )
        for at, inside in enumerate(slides, 1):
            shown = ' show="0"' if at == hidden else ""
            tree = f"<p:cSld><p:spTree>{inside}</p:spTree></p:cSld>"
            archive.writestr(f"ppt/slides/s{at}.xml", f"<p:sld {SPACES}{shown}>{tree}</p:sld>")
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return stream.getvalue()


def read_deck(*slides: str, hidden: int = -1) -> Document:
    return read(Source("a.pptx", deck(*slides, hidden=hidden)))


def test_slides_come_in_order_with_their_titles_first() -> None:
    raised = '<a:r><a:rPr baseline="30000"/><a:t>a</a:t></a:r>'
    first = shape(paragraph("Berths", raised, "<a:br/>", "2026")) + shape(
        paragraph("Budget"), kind="title"
    )
    found = read_deck(first + shape(paragraph("7"), kind="sldNum"), shape(paragraph("Next"))).blocks
    assert [b.text for b in found if isinstance(b, Paragraph)] == [
        "Budget",
        "Berths\n2026a",
        "Next",
    ]


def test_merged_cells() -> None:
    (found,) = read_deck(
        table(
            (cell("Item", 'rowSpan="2"'), cell("Cost", 'gridSpan="2"'), cell("", 'hMerge="1"')),
            (cell("", 'vMerge="1"'), "2025", "2026"),
            ("Fuel", "1", "2"),
        )
    ).blocks
    assert isinstance(found, Table)
    assert [[(c.text, c.column, c.rows, c.columns) for c in row] for row in found.rows] == [
        [("Item", 0, 2, 1), ("Cost", 1, 1, 2)],
        [("2025", 1, 1, 1), ("2026", 2, 1, 1)],
        [("Fuel", 0, 1, 1), ("1", 1, 1, 1), ("2", 2, 1, 1)],
    ]
    assert found.rows[2][2].address == "/p:sld[1]/p:graphicFrame[1]/a:tbl[1]/a:tr[3]/a:tc[3]"


def test_a_hidden_slide_is_not_read_and_that_is_said() -> None:
    document = read_deck(shape(paragraph("One")), shape(paragraph("Two")), hidden=2)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["One"]
    assert [each.name for each in document.remarks] == ["text-hidden"]


def test_charts_keep_their_values() -> None:
    chart = chart_part(Chart("Berths", "", "bar", ("2025", "2026"), ("12", "15")))
    frame = '<p:graphicFrame><a:graphic><c:chart r:id="rId9"/></a:graphic></p:graphicFrame>'
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" Type="x" '
        'Target="../charts/c1.xml"/></Relationships>'
    )
    parts = {"ppt/slides/_rels/s1.xml.rels": links, "ppt/charts/c1.xml": chart}
    (found,) = read(Source("a.pptx", deck(frame, parts=parts))).blocks
    assert isinstance(found, Table)
    assert found.chart
    assert [row[1].text for row in found.rows[1:]] == ["12", "15"]


def test_a_wrong_total_is_found_at_its_cell() -> None:
    rows = [("Item", "2025", "2026"), ("Alder", "120", "131"), ("Birch", "80", "62")]
    rows += [("Cedar", "43", "57"), ("Total", "243", "260")]
    title = shape(paragraph("Table 4"), paragraph("Cost of berths"))
    (finding,) = check_document(read_deck(title + table(*rows)), RULES).findings
    assert (finding.code, finding.where.table, finding.stated_text) == ("ARI101", "4", "260")
    assert (finding.where.address or "").endswith("/a:tr[5]/a:tc[3]")


WITHOUT_MAIN = deck().replace(b"ppt/presentation.xml", b"ppt/presentatiom.xml")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", WITHOUT_MAIN, b"%PDF-1.4"])
def test_what_is_no_presentation_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.pptx"):
        read(Source("a.pptx", data))
