"""Decisions in the findings workbook come back, whatever program saved it, or in one sentence."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.reports import whole_report
from unbudget_check.errors import UserError
from unbudget_check.model.decision import Verdict
from unbudget_check.readers.source import Source
from unbudget_check.reporters.office.decided_book import decisions_in
from unbudget_check.reporters.office.findings_book import findings_book
from unbudget_check.triage.decisions import apply_decisions, decision_on, finding_meant
from unbudget_check.triage.decisions_file import named_by, naming

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.report import Report

TODAY, LAST = date(2026, 11, 30), date(2027, 3, 31)
REPORT = whole_report()
Cells = dict[str, object]
ACCEPTED: Cells = {
    "Decision": "accept",
    "Reason or comment": "=as printed",
    "Owner": "A. Officer",
    "Until": datetime(2027, 3, 31),  # noqa: DTZ001 - a spreadsheet knows no time zones
}


def written(*rows: Cells, report: Report = REPORT) -> bytes:
    """The findings workbook of a report with these cells filled in, one dictionary a finding."""
    book = load_workbook(io.BytesIO(findings_book(report)))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for number, cells in enumerate(rows, 2):
        for name, value in cells.items():
            cell = sheet.cell(number, head.index(name) + 1)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, name: str = "findings.xlsx") -> tuple[Decision, ...]:
    return decisions_in(Source(name, data), "B. Reader", TODAY)


def expected(number: int, verdict: Verdict, *terms: str, until: date | None = None) -> Decision:
    finding = REPORT.findings[number]
    symbols = {each.path: each.symbol for each in REPORT.documents}
    reason, owner = (*terms, "", "")[:2]
    return decision_on(
        finding_meant(finding, symbols[finding.document]),
        verdict,
        by="B. Reader",
        on=TODAY,
        reason=reason,
        owner=owner,
        until=until,
    )


def bare(decisions: tuple[Decision, ...]) -> list[Decision]:
    return [replace(each, source="") for each in decisions]


def test_what_people_write_in_the_workbook_comes_back() -> None:
    wrong: Cells = {"Decision": " Wrong ", "Reason or comment": "the note explains it"}
    found = read(written(ACCEPTED, wrong, {"Decision": "to do"}))
    assert bare(found) == [
        expected(0, Verdict.ACCEPT, "=as printed", "A. Officer", until=LAST),
        expected(1, Verdict.WRONG, "the note explains it"),
        expected(2, Verdict.TODO),
    ]
    assert found[1].source == "findings.xlsx, Findings, row 3"


def test_nobody_decided_anything_in_a_new_workbook() -> None:
    assert read(findings_book(REPORT)) == ()


def test_what_was_decided_before_is_there_and_comes_back_as_it_was() -> None:
    first = REPORT.documents[0]
    decision = expected(0, Verdict.ACCEPT, "agreed", "A. Officer", until=LAST)
    document = apply_decisions(first, [decision], TODAY)
    report = replace(REPORT, documents=(document, *REPORT.documents[1:]))
    assert bare(read(findings_book(report))) == [decision]


def test_a_workbook_in_chinese_offers_and_understands_chinese_words() -> None:
    report = replace(REPORT, lang="zh")
    sheet = load_workbook(io.BytesIO(findings_book(report))).worksheets[0]
    (choice,) = (e for e in sheet.data_validations.dataValidation if e.type == "list")
    words = str(choice.formula1).strip('"').split(",")
    assert len(words) == len(Verdict)
    found = read(written({"决定": words[1], "理由或说明": "见注"}, report=report))
    assert bare(found) == [expected(0, Verdict.WRONG, "见注")]


def test_a_spreadsheet_offers_the_choices_and_hides_what_only_the_program_reads() -> None:
    sheet = load_workbook(io.BytesIO(findings_book(REPORT))).worksheets[0]
    head = [str(cell.value) for cell in sheet[1]]
    letters = {name: sheet.cell(1, at).column_letter for at, name in enumerate(head, 1)}  # type: ignore[union-attr]
    last = len(REPORT.findings) + 1
    rules = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    offered = rules[f"{letters['Decision']}2:{letters['Decision']}{last}"]
    assert offered.formula1 == '"accept,reject,corrected,to do"'
    assert f"{letters['Until']}2:{letters['Until']}{last}" in rules
    hidden = [name for name in head if sheet.column_dimensions[letters[name]].hidden]
    assert hidden == ["Record"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Decision": "maybe"}, "row 2: the decision 'maybe' is unknown; choose one of: accept"),
        ({"Decision": "wrong", "Record": None}, "row 2: the column 'Record'"),
        ({"Decision": "wrong", "Record": 'rule = "A" }\nwaivers = { a = 1'}, "row 2"),
        ({"Decision": "wrong", "Record": 'rule = "A", owner = "x"'}, "row 2: unknown key 'owner'"),
        ({"Decision": "to do", "Until": "soon"}, "row 2: 'soon' is not a day"),
    ],
)
def test_a_slip_in_the_workbook_is_one_sentence_with_its_row(cells: Cells, said: str) -> None:
    with pytest.raises(UserError, match=r"findings\.xlsx") as caught:
        read(written(cells))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def _with_part(data: bytes, name: str, change: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            new.writestr(part, change if part == name else old.read(part))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOOK = written(ACCEPTED)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 no archive",
        BOOK[: len(BOOK) // 2],
        _with_part(BOOK, SHEET, b"<worksheet"),
        _with_part(BOOK, SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'),
        _with_part(BOOK, "xl/workbook.xml", b"<workbook/>"),
        _with_part(BOOK, SHEET, b"\xff\xfe\x00"),
    ],
)
def test_a_hostile_or_damaged_workbook_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read(data)
    assert "findings.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_workbook_is_told_apart() -> None:
    book = load_workbook(io.BytesIO(BOOK))
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(UserError, match="is not a findings workbook"):
        read(buffer.getvalue())


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.decimals(-99, 99))
def test_what_names_a_finding_survives_its_cell(label: str, difference: Decimal) -> None:
    finding = REPORT.findings[0]
    residual = Decimal(format(difference, "f")) if difference.is_finite() else None
    odd = replace(finding, where=replace(finding.where, row=label), residual=residual)
    meant = finding_meant(odd, "A/99/6")
    assert naming(odd, "A/99/6").isprintable()
    assert replace(named_by(naming(odd, "A/99/6"), "x"), source="") == meant
    document = replace(REPORT.documents[0], findings=(odd,))
    report = replace(REPORT, documents=(document,))
    (found,) = read(written({"Decision": "to do"}, report=report))
    assert (found.place, found.difference) == (meant.place, meant.difference)


def test_libreoffice_may_save_it(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice), which saves the workbook, is not installed here")
    path = tmp_path / "findings.xlsx"
    wrong: Cells = {"Decision": "wrong", "Reason or comment": "+1, see the note\nbelow"}
    path.write_bytes(written(ACCEPTED, wrong))
    folder = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(  # noqa: S603 - a program of this machine and files of this test
        [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    data = (folder / "findings.xlsx").read_bytes()
    assert data != path.read_bytes()
    assert bare(read(data)) == [
        expected(0, Verdict.ACCEPT, "=as printed", "A. Officer", until=LAST),
        expected(1, Verdict.WRONG, "+1, see the note\nbelow"),
    ]
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {e.type for e in sheet.data_validations.dataValidation} == {"list", "date"}
