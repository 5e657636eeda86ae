"""Copies and workbooks as LibreOffice reads them: they open, and every comment is there."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.conftest import PROJECT
from tests.readers.word_file import word_file
from tests.reporters.copied import result_of
from tests.reporters.test_word_copy import CASES
from tests.reports import whole_report
from unbudget_check.engine import check
from unbudget_check.reporters.author import sheet
from unbudget_check.reporters.office import docx, xlsx
from unbudget_check.reporters.office.docx import annotate
from unbudget_check.reporters.office.findings_book import findings_book
from unbudget_check.reporters.office.remarks import Original

if TYPE_CHECKING:
    from unbudget_check.model.report import DocumentResult

BROKEN = PROJECT / "sample_data" / "broken"
WORD, BOOK = BROKEN / "word" / "section-40.docx", BROKEN / "workbook" / "section-40.xlsx"
SUGGESTED = "suggested.docx"
IN_CONTROL = "cell in a content control"
LIMIT = 180  # seconds; the first start of the program on a machine is slow
PACKAGE = {
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
}


def _original(document: DocumentResult) -> bytes:
    return Path(document.path).read_bytes()


def _files() -> dict[str, bytes]:
    (word,) = docx.files(check([str(WORD)]), Original(_original))
    (book,) = xlsx.files(check([str(BOOK)]), Original(_original))
    checked = check([str(WORD)])
    (suggested,) = docx.files(checked, Original(_original, suggested_on=date(2026, 11, 30)))
    made = {"word.docx": word.content, "book.xlsx": book.content, SUGGESTED: suggested.content}
    for ending in (".docx", ".xlsx"):
        (listed,) = sheet.files(checked, Original(_original, ending=ending))
        made[f"corrections{ending}"] = listed.content
    for number, (body, finding, _) in enumerate(CASES.values()):
        data = word_file(body, parts=PACKAGE)
        made[f"case{number}.docx"] = annotate(data, result_of(data, [finding]))
    return made | {"findings.xlsx": findings_book(whole_report())}


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The comments of all files as LibreOffice reads them; it starts once for each kind of file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice), which would open the copies, is not installed here")
    folder, files = tmp_path_factory.mktemp("office"), _files()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    started = [_converting(program, folder, *each) for each in (("docx", "fodt"), ("xlsx", "fods"))]
    for process in started:
        process.wait(LIMIT)
    made = (folder / name.replace(".docx", ".fodt").replace(".xlsx", ".fods") for name in files)
    return {name: _comments(path) for name, path in zip(files, made, strict=True)}


def _converting(program: str, folder: Path, ending: str, kind: str) -> subprocess.Popen[bytes]:
    profile = f"-env:UserInstallation={(folder / ending).as_uri()}"
    arguments = ("--headless", "--convert-to", kind, "--outdir", str(folder))
    paths = map(str, sorted(folder.glob(f"*.{ending}")))
    return subprocess.Popen(  # noqa: S603 - a program of this machine and files of this test
        [program, profile, *arguments, *paths],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _comments(path: Path) -> list[str]:
    """The authors and texts of all comments of an OpenDocument file."""
    texts = (each.itertext() for each in etree.parse(path).iter("{*}annotation"))
    return [" ".join("".join(map(str, each)).split()) for each in texts]


@pytest.mark.parametrize(("name", "sample"), [("word.docx", WORD), ("book.xlsx", BOOK)])
def test_every_comment_of_a_sample_is_there(
    opened: dict[str, list[str]], name: str, sample: Path
) -> None:
    findings = check([str(sample)]).findings
    comments = opened[name]
    assert findings
    assert len(comments) == len(findings)
    for finding in findings:
        assert any(f"{finding.code} {finding.name}" in each for each in comments)
    if name == "word.docx":  # workbooks name no authors when they are saved in this format
        assert all("unbudget-check" in each for each in comments)


def test_suggestions_and_correction_sheets_open(opened: dict[str, list[str]]) -> None:
    assert len(opened[SUGGESTED]) == len(opened["word.docx"])
    assert opened["corrections.docx"] == opened["corrections.xlsx"] == []


@pytest.mark.parametrize("number", range(len(CASES)), ids=CASES)
def test_a_document_opens_with_its_comment(opened: dict[str, list[str]], number: int) -> None:
    (comment,) = opened[f"case{number}.docx"]
    assert "What to do: Look again." in comment
    # LibreOffice 7.4 drops the first paragraph of a comment inside a content control of blocks.
    assert "error ARI101 column-total" in comment or list(CASES)[number] == IN_CONTROL


def test_the_findings_workbook_opens(opened: dict[str, list[str]]) -> None:
    assert opened["findings.xlsx"] == []
