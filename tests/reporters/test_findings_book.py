"""The findings workbook: everything a report says, safe, exact and linked."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.reports import empty_report, whole_report
from unbudget_check.reporters.office.findings_book import findings_book
from unbudget_check.reporters.office.remarks import FILLS

NAMES = ["Findings", "Proofs", "Documents", "Not checked"]


def _rows(data: bytes, name: str) -> list[dict[str, object]]:
    sheet = load_workbook(io.BytesIO(data))[name]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_every_sheet_has_a_frozen_head_and_a_filter() -> None:
    book = load_workbook(io.BytesIO(findings_book(whole_report())))
    assert book.sheetnames == NAMES
    for sheet in book.worksheets:
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.b


def test_every_finding_is_told_with_its_figures() -> None:
    report = whole_report()
    rows = _rows(findings_book(report), "Findings")
    assert len(rows) == len(report.findings)
    for row, finding in zip(rows, report.findings, strict=True):
        assert row["Rule"] == finding.code
        assert row["Severity"] == finding.severity
        assert row["What to do"] == (finding.advice or None)
        assert row["Status"] == finding.status
    assert rows[0]["Place"] == ("table 4.7 (1), row Total, column 2026 estimate (before recosting)")
    amounts = [rows[0][name] for name in ("Stated", "Computed", "Difference")]
    assert amounts == [27138, 27183, -45]


def test_figures_keep_their_decimals_and_their_digits() -> None:
    report = whole_report()
    first, *others = report.documents[0].findings
    long = replace(first, stated=Decimal("123456789012345.67"), computed=Decimal("1.50"))
    document = replace(report.documents[0], findings=(long, *others))
    sheet = load_workbook(io.BytesIO(findings_book(replace(report, documents=(document,)))))[
        "Findings"
    ]
    head = [cell.value for cell in sheet[1]]
    stated, computed = (sheet.cell(2, head.index(name) + 1) for name in ("Stated", "Computed"))
    assert (stated.value, stated.data_type) == ("123456789012345.67", "s")
    assert (computed.value, computed.number_format) == (1.5, "#,##0.00;(#,##0.00)")


def test_a_sum_can_be_made_again_from_its_proof() -> None:
    rows = _rows(findings_book(whole_report()), "Proofs")
    own = [row for row in rows if row["Document"] == "section 4 [advance].docx"]
    first = [row for row in own if (row["Finding"], row["Check"]) == (1, 1)]
    parts = [row["Times"] * row["Amount"] for row in first if row["Figure"] == "part"]  # type: ignore[operator]
    assert sum(parts) == next(row["Amount"] for row in first if row["Figure"] == "computed")


def test_links_lead_to_rows_that_are_there() -> None:
    book = load_workbook(io.BytesIO(findings_book(whole_report())))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    for link in links:
        name, _, place = str(link.location).rpartition("!")
        assert book[name.strip("'")][place].value is not None
        assert link.target is None
    assert len(links) > len(whole_report().findings)


def test_documents_come_with_their_coverage_and_what_was_not_checked() -> None:
    report = whole_report()
    data = findings_book(report)
    documents = [row for row in _rows(data, "Documents") if row["Status"]]
    assert [row["Document"] for row in documents] == [each.path for each in report.documents]
    assert [row["Tables read"] for row in documents] == [
        each.coverage.tables_read for each in report.documents
    ]
    assert any("ends too early" in str(row["Reason"]) for row in documents)
    unchecked = _rows(data, "Not checked")
    assert {row["What"] for row in unchecked} >= {"table", "remark", "document"}
    assert any("structure of its rows is unclear" in str(row["Reason"]) for row in unchecked)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "#N/A", "a\x07b\ufffe"])
def test_a_text_of_a_document_becomes_no_formula(text: str) -> None:
    report = whole_report()
    first = replace(report.documents[0].findings[0], stated_text=text, advice=text)
    document = replace(report.documents[0], findings=(first,))
    book = load_workbook(io.BytesIO(findings_book(replace(report, documents=(document,)))))
    kinds = {
        cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert kinds <= {"s", "n", "inlineStr"}
    values = [cell.value for cell in book["Findings"][2]]
    assert not any(str(value).startswith(("=", "+", "@")) for value in values)


def test_severities_are_colored_and_said() -> None:
    sheet = load_workbook(io.BytesIO(findings_book(whole_report())))["Findings"]
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, 4)
        assert cell.fill.fgColor.rgb == {str(k): v for k, v in FILLS.items()}[str(cell.value)]


def test_a_report_of_nothing_is_a_workbook_too() -> None:
    data = findings_book(empty_report())
    assert not _rows(data, "Findings")
    assert data == findings_book(empty_report())


def test_it_speaks_the_language_of_the_report() -> None:
    book = load_workbook(io.BytesIO(findings_book(replace(whole_report(), lang="zh"))))
    english = load_workbook(io.BytesIO(findings_book(whole_report())))
    assert len(book.sheetnames) == len(NAMES)
    assert not set(book.sheetnames) & set(NAMES)
    for sheet, other in zip(book.worksheets, english.worksheets, strict=True):
        assert sheet.dimensions == other.dimensions
        assert sheet["A1"].value != other["A1"].value
    link = book.worksheets[0].cell(2, 2).hyperlink
    assert link
    assert str(link.location).startswith(f"'{book.sheetnames[2]}'")
