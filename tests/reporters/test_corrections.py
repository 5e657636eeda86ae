"""The correction sheet: what is proved is to be corrected, everything else is asked."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.reports import TOTAL, column_total, empty_report, lone_relation, whole_report
from tests.spoiled import spoiled, with_findings
from unbudget_check import read
from unbudget_check.errors import UserError
from unbudget_check.model.document import Table
from unbudget_check.model.finding import Confidence, Localisation, Suspect
from unbudget_check.reporters.author.corrections import corrections_of, questions_of
from unbudget_check.reporters.author.email import render
from unbudget_check.reporters.author.sheet import files
from unbudget_check.reporters.office.remarks import Original
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.repairs import repairs_of

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from unbudget_check.model.document import Where
    from unbudget_check.model.report import DocumentResult, Report

FORMULA = '=HYPERLINK("http://x")'


def _nothing(_: DocumentResult) -> bytes:
    return b""


def sheet(report: Report, ending: str) -> bytes:
    (made,) = files(report, Original(_nothing, ending=ending))
    return made.content


def suspect(proposed: str | None, **changes: object) -> Suspect:
    figure = None if proposed is None else Decimal(proposed)
    return replace(Suspect(TOTAL, "27 138.0", figure, None, (0,)), **changes)  # type: ignore[arg-type]


ONE = suspect("27183.0")


@pytest.mark.parametrize(
    ("changes", "proved"),
    [
        ({"suspects": (ONE,)}, 1),
        ({"suspects": (ONE,), "confidence": Confidence.MEDIUM}, 0),
        ({"suspects": (ONE, ONE), "localisation": Localisation.ALTERNATIVES}, 0),
        ({"suspects": (ONE,), "localisation": Localisation.NONE}, 0),
        ({"suspects": (ONE, ONE), "localisation": Localisation.CELLS}, 2),
        ({"suspects": (ONE, suspect(None)), "localisation": Localisation.CELLS}, 0),
        ({"suspects": (suspect(None),)}, 0),
        ({"suspects": (suspect("27183.0", witnesses=()),)}, 0),
        ({"suspects": (suspect("27183.1", low=Decimal("27182.9"), high=Decimal("27183.1")),)}, 0),
        ({"suspects": (suspect("27183.0", low=Decimal("27182.9"), high=Decimal("27183.1")),)}, 1),
        ({"suspects": (suspect("27183.0", stated="a decrease of twenty-seven"),)}, 0),
        ({"relations": (), "suspects": (ONE,)}, 0),
    ],
)
def test_only_what_is_proved_is_to_be_corrected(changes: dict[str, object], proved: int) -> None:
    finding = replace(column_total(), **changes)  # type: ignore[arg-type]
    assert len(repairs_of(finding)) == proved
    (document,) = with_findings(finding).documents
    assert len(corrections_of(document, "en")) == proved
    assert len(questions_of(document, "en")) == (not proved)


def test_a_correction_is_printed_as_the_document_prints_figures() -> None:
    (document,) = with_findings(column_total()).documents
    (found,) = corrections_of(document, "en")
    assert (found.printed, found.should) == ("27 138.0", "27 183.0")


@pytest.mark.parametrize("status", ["waived", "baselined", "wrong", "corrected"])
def test_what_somebody_decided_is_not_asked_again(status: str) -> None:
    (document,) = with_findings(replace(column_total(), status=status)).documents
    assert not corrections_of(document, "en")
    assert not questions_of(document, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_reads_well(lang: str, snapshot: SnapshotAssertion) -> None:
    report = replace(whole_report(), lang=lang)
    assert sheet(report, ".md").decode() == snapshot


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_e_mail_reads_well(lang: str, snapshot: SnapshotAssertion) -> None:
    text = render(replace(whole_report(), lang=lang), RenderOptions())
    assert text == snapshot
    assert len([row for row in text.splitlines() if row]) <= 10


def test_the_e_mail_never_sounds_well_where_nothing_was_checked() -> None:
    subject = render(empty_report(), RenderOptions()).splitlines()[0]
    assert subject.endswith("the figures could not all be checked")


def test_the_word_table_says_the_same_and_has_boxes_to_tick(tmp_path: Path) -> None:
    data = sheet(whole_report(), ".docx")
    (tmp_path / "c.docx").write_bytes(data)
    corrections, questions = tables_of(tmp_path / "c.docx")
    assert corrections[1][1:5] == ["1", place(TOTAL), "27\u00a0138.0", "27\u00a0183.0"]
    assert questions[0][-1] == "Question"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    boxes = [each for each in body.iter() if str(each.tag).endswith("}checkbox")]
    assert len(boxes) == 2


def tables_of(path: Path) -> list[list[list[str]]]:
    blocks = [each for each in read(path).blocks if isinstance(each, Table)]
    return [[[cell.text for cell in row] for row in each.rows] for each in blocks]


def place(where: Where) -> str:
    return f"table {where.table} {where.part}, row {where.row}, column {where.column}"


def test_the_workbook_says_the_same_and_has_boxes_to_tick() -> None:
    book = load_workbook(io.BytesIO(sheet(whole_report(), ".xlsx")))
    assert book.sheetnames == ["Corrections", "Questions to the author"]
    rows = list(book["Corrections"].iter_rows(values_only=True))
    assert rows[0] == ("Done", "Document", "No", "Place", "Printed", "Should be", "Why")
    assert rows[1][0] == "\N{BALLOT BOX}"
    assert rows[1][3:6] == (place(TOTAL), "27 138.0", "27 183.0")
    (choice,) = book["Corrections"].data_validations.dataValidation
    assert (str(choice.sqref), choice.type) == ("A2", "list")


@pytest.mark.parametrize("harm", [FORMULA, "+1", "@x", "|", "[a](b)", "<b>", "`", "# ", "\x07]]>"])
def test_what_a_document_says_stays_text(harm: str, tmp_path: Path) -> None:
    report = replace(spoiled(whole_report(), harm), lang="en")
    book = load_workbook(io.BytesIO(sheet(report, ".xlsx")))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type in {"f", "e"}]
    assert not [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "@"))]
    (tmp_path / "c.docx").write_bytes(sheet(report, ".docx"))
    assert len(tables_of(tmp_path / "c.docx")) == 2
    text = sheet(report, ".md").decode()
    assert not re.search(r"(?<!\\)[|`]|(?<!\\)\]\(|<b>|^#+ .*\n(?!\n)", text, re.MULTILINE)
    tasks = re.findall(r"^- \[ \] \*\*\d+\.\*\* ", text, re.MULTILINE)
    assert len(tasks) == 2


def test_the_same_report_gives_the_same_bytes() -> None:
    for ending in (".md", ".docx", ".xlsx"):
        assert sheet(whole_report(), ending) == sheet(whole_report(), ending)


def test_another_ending_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UserError, match=r"must end in \.xlsx, \.docx, \.md"):
        sheet(whole_report(), ".pdf")


def test_a_question_names_the_figures_to_choose_from() -> None:
    other = replace(suspect("5.0"), where=replace(TOTAL, row="Travel"))
    finding = replace(
        lone_relation(), suspects=(ONE, other), localisation=Localisation.ALTERNATIVES
    )
    (document,) = with_findings(finding).documents
    (asked,) = questions_of(document, "en")
    assert "Which of these is right: " in asked.question
    assert "row Travel" in asked.question


def test_what_is_said_to_be_wrong_is_not_asked_as_if_it_were_open() -> None:
    """The words of a sentence are not corrected, but which of the two is right was said."""
    told = replace(
        column_total(),
        suspects=(suspect("27183.0", stated="a decrease of twenty-seven"),),
        message="It should be 27 183.0: increase and decrease seem to be confused.",
    )
    (document,) = with_findings(told).documents
    (question,) = questions_of(document, "en")
    assert "Which is right?" not in question.question
    assert question.question.endswith("Is this intended?")
