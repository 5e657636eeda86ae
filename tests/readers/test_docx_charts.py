"""Charts of Word documents: stored values as they are shown, typed labels, and what is no chart."""

from __future__ import annotations

import pytest

from tests.readers.word_file import paragraph, word_file
from unbudget_check.errors import UnreadableError
from unbudget_check.model.document import Paragraph, Table
from unbudget_check.readers.docx.document import read
from unbudget_check.readers.source import Source

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"
FRAME = (
    f'<w:p><w:r><w:drawing><c:chart xmlns:c="{CHART}" xmlns:r="{RELATION}" r:id="rId7"/>'
    "</w:drawing></w:r></w:p>"
)
NOTE = paragraph("Note: cumulative.")


def points(*texts: str) -> str:
    found = (f'<c:pt idx="{at}"><c:v>{text}</c:v></c:pt>' for at, text in enumerate(texts) if text)
    return "".join(found)


def series(name: str, *values: str, code: str = "General", labels: str = "") -> str:
    years = points(*("2024", "2025", "2026")[: len(values)])
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache>{points(name)}</c:strCache></c:strRef></c:tx>"
        f"<c:dLbls>{labels}</c:dLbls>"
        f"<c:cat><c:strRef><c:strCache>{years}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache><c:formatCode>{code}</c:formatCode>{points(*values)}"
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def typed(place: int, text: str, element: str = "r") -> str:
    words = f"<a:p><a:{element}><a:t>{text}</a:t></a:{element}></a:p>"
    return f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich>{words}</c:rich></c:tx></c:dLbl>'


def chart_file(plot: str, target: str = "charts/chart1.xml", body: str = FRAME) -> Source:
    chart = (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{TEXT}"><c:chart><c:plotArea>'
        f"<c:barChart>{plot}</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    link = f'<Relationship Id="rId7" Type="{RELATION}/chart" Target="{target}"/>'
    parts = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>',
        "word/charts/chart1.xml": chart,
    }
    return Source("a.docx", word_file(paragraph("Figure 4.I") + body + NOTE, parts=parts))


def chart_of(*plots: str) -> Table:
    _, chart, _ = read(chart_file("".join(plots))).blocks
    assert isinstance(chart, Table)
    return chart


def column(table: Table, at: int = 1) -> list[tuple[str, str]]:
    return [(row[at].text, row[at].drawn) for row in table.rows[1:]]


def test_a_chart_is_a_table_at_its_place_in_the_text() -> None:
    caption, chart, note = read(chart_file(series("Planned", "86", "90"))).blocks
    assert isinstance(caption, Paragraph)
    assert isinstance(note, Paragraph)
    assert isinstance(chart, Table)
    assert chart.chart
    assert chart.address == "/word/charts/chart1.xml"
    assert [[cell.text for cell in row] for row in chart.rows] == [
        ["", "Planned"],
        ["2024", "86"],
        ["2025", "90"],
    ]


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("1907.3999999999999", "General", "1907.4"),
        ("1907.3999999999999", "#,##0", "1,907"),
        ("2.5E3", "General", "2500"),
        ("-12.5", "0.0", "-12.5"),
        ("0.283", "0.0%", "28.3%"),
    ],
)
def test_a_value_is_shown_as_its_format_says(stored: str, code: str, shown: str) -> None:
    assert column(chart_of(series("Planned", stored, code=code))) == [(shown, "")]


def test_a_point_is_shown_by_the_format_of_its_own_label_or_value() -> None:
    own = '<c:dLbl><c:idx val="{}"/><c:numFmt formatCode="{}" sourceLinked="{}"/></c:dLbl>'
    labels = own.format(1, "#,##0;-#,##0;&quot;-&quot;", 0) + own.format(2, "0.00", 1)
    chart = chart_of(series("Actual", "40", "0", "0", code="0", labels=labels))
    assert column(chart) == [("40", ""), ("-", ""), ("0", "")]
    plain = series("Planned", "44", "45", code="0.00")
    chart = chart_of(plain.replace('<c:pt idx="1"><c:v>45', '<c:pt idx="1" formatCode="0"><c:v>45'))
    assert column(chart) == [("44.00", ""), ("45", "")]


def test_a_value_that_is_no_number_is_none() -> None:
    assert column(chart_of(series("Planned", "#N/A", "90"))) == [("90", "")]


def test_a_series_without_a_value_leaves_its_cell_empty() -> None:
    chart = chart_of(series("Planned", "", "90", "95"), series("Actual", "86", "", ""))
    assert column(chart, 1) == [("", ""), ("90", ""), ("95", "")]
    assert column(chart, 2) == [("86", ""), ("", ""), ("", "")]


def test_a_typed_label_keeps_the_value_that_is_drawn() -> None:
    labels = typed(0, "450") + typed(1, "90") + typed(2, "[VALUE]", "fld")
    chart = chart_of(series("Planned", "350", "90", "95", labels=labels))
    assert column(chart) == [("450", "350"), ("90", ""), ("95", "")]


@pytest.mark.parametrize("target", ["charts/none.xml", "http://example.org/chart.xml", ""])
def test_a_chart_without_its_part_is_passed_over(target: str) -> None:
    assert len(read(chart_file(series("Planned", "86"), target)).blocks) == 2


def test_a_chart_without_values_is_passed_over() -> None:
    assert len(read(chart_file("")).blocks) == 2


def test_the_copy_for_old_programs_is_not_read_again() -> None:
    copy = FRAME.replace("<w:drawing>", "<mc:Fallback>").replace("</w:drawing>", "</mc:Fallback>")
    assert len(read(chart_file(series("Planned", "86"), body=copy)).blocks) == 2


def test_a_chart_that_declares_a_document_type_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"charts/chart1\.xml contains a document type"):
        read(chart_file("<!DOCTYPE a>"))
