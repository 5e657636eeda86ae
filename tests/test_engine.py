"""One run over many paths: what cannot be read is said, and everything else is still checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, told
from tests.compose.printed import Grid, Heading, Paragraph
from tests.compose.workbook import Sheet, render_workbook
from tests.readers.word_file import cell, paragraph, row, table, word_file
from unbudget_check.engine import check
from unbudget_check.errors import UserError
from unbudget_check.model.finding import Severity
from unbudget_check.model.options import Wishes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.compose.printed import Block
    from unbudget_check.model.report import DocumentResult, Report

ROWS = (
    ("Item", "2025 approved", "Change", "Percentage", "2026 estimate"),
    ("Posts", "1 320.0", "(20.0)", "(1.5)", "1 300.0"),
    ("Travel", "210.0", "10.0", "4.8", "220.0"),
    ("Rent", "60.0", "–", "–", "61.0"),
    ("Total", "1 590.0", "(10.0)", "(0.6)", "1 580.0"),
)
FOUND = [("ARI202", "Rent / 2026 estimate", "61.0", "60.0")]
RIGHT = tuple((*cells[:4], cells[4].replace("61.0", "60.0")) for cells in ROWS)


def as_word(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    above = "".join(map(paragraph, MONEY))
    return word_file(above + table(*(row(*map(cell, cells)) for cells in rows)))


def as_workbook(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    header = tuple(map(Heading, rows[0]))
    blocks: tuple[Block, ...] = (*map(Paragraph, MONEY), Grid("1", (header,), rows[1:]))
    return render_workbook((Sheet("Resources", blocks),))


def as_delimited(mark: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    texts = [*MONEY, *(mark.join(cells) for cells in rows)]
    return "\n".join(texts).encode()


FORMATS = {
    "small.docx": as_word(),
    "small.xlsx": as_workbook(),
    "small.csv": as_delimited(","),
    "small.tsv": as_delimited("\t"),
    "small.txt": as_delimited("\t"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the same wrong table in every format."""
    for name, data in FORMATS.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def by_name(report: Report) -> dict[str, DocumentResult]:
    return {document.path.rpartition("/")[2]: document for document in report.documents}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_table_gives_the_same_findings_in_every_format(name: str) -> None:
    report = check([name], Wishes(given={name: FORMATS[name]}))
    assert [told(finding) for finding in report.findings] == FOUND
    (finding,) = report.findings
    assert finding.severity is Severity.ERROR
    assert (report.coverage.figures_read, report.coverage.figures_checked) == (16, 16)


def test_a_folder_is_checked_file_by_file_in_order(folder: Path) -> None:
    report = check([str(folder)])
    assert list(by_name(report)) == sorted(FORMATS)
    assert {document.status for document in report.documents} == {"checked"}
    assert [told(finding) for finding in report.findings] == FOUND * len(FORMATS)


def test_a_path_that_is_named_twice_is_checked_once(folder: Path) -> None:
    path = str(folder / "small.csv")
    assert len(check([path, str(folder), path]).documents) == len(FORMATS)


def test_what_cannot_be_read_stops_nothing_else(folder: Path) -> None:
    (folder / "broken.docx").write_bytes(as_word()[:300])
    (folder / "empty.csv").write_bytes(b"")
    (folder / "other.rtf").write_bytes(b"{\\rtf1}")
    missing = folder / "missing.docx"
    empty = folder / "nothing"
    empty.mkdir()
    report = check([str(missing), str(empty), str(folder / "other.rtf"), str(folder)])
    unread = {d.path: d.reason for d in report.documents if d.status == "unreadable"}
    said = {
        str(missing): "does not exist",
        str(empty): "no document",
        str(folder / "other.rtf"): "cannot be read",
        str(folder / "broken.docx"): "damaged or incomplete",
        str(folder / "empty.csv"): "is empty",
    }
    assert unread.keys() == said.keys()
    assert all(text in unread[path] and path in unread[path] for path, text in said.items())
    assert [told(finding) for finding in report.findings] == FOUND * len(FORMATS)


def test_files_that_are_no_documents_are_passed_over_in_a_folder(folder: Path) -> None:
    (folder / "notes.md").write_text("nothing", encoding="utf-8")
    (folder / "~$small.docx").write_bytes(b"lock")
    hidden = folder / ".hidden"
    hidden.mkdir()
    (hidden / "small.csv").write_bytes(FORMATS["small.csv"])
    assert list(by_name(check([str(folder)]))) == sorted(FORMATS)


def test_documents_in_folders_below_are_found(tmp_path: Path) -> None:
    below = tmp_path / "one" / "two"
    below.mkdir(parents=True)
    (below / "small.DOCX").write_bytes(FORMATS["small.docx"])
    assert list(by_name(check([str(tmp_path)]))) == ["small.DOCX"]


@pytest.mark.parametrize(
    ("wishes", "codes"),
    [
        (Wishes(), ["ARI202"]),
        (Wishes(select=("ARI",)), ["ARI202"]),
        (Wishes(select=("change-applied",)), ["ARI202"]),
        (Wishes(select=("ARI1",)), ["ARI101"]),
        (Wishes(select=("NOT",)), []),
        (Wishes(ignore=("ARI",)), []),
        (Wishes(ignore=("ARI202",)), ["ARI101"]),
        (Wishes(select=("ARI",), ignore=("ARI2",)), ["ARI101"]),
    ],
)
def test_only_the_rules_that_are_wished_are_asked(wishes: Wishes, codes: list[str]) -> None:
    """With fewer rules the same slip is proved by fewer sums, and told by another rule."""
    given = Wishes(select=wishes.select, ignore=wishes.ignore, given={"a.docx": as_word()})
    report = check(["a.docx"], given)
    assert [finding.code for finding in report.findings] == codes
    assert (report.select, report.ignore) == (wishes.select, wishes.ignore)


@pytest.mark.parametrize("wishes", [Wishes(select=("ARX",)), Wishes(ignore=("column-totl",))])
def test_an_unknown_rule_is_refused(folder: Path, wishes: Wishes) -> None:
    with pytest.raises(UserError):
        check([str(folder)], wishes)


def test_two_runs_say_the_same(folder: Path) -> None:
    assert check([str(folder)]) == check([str(folder)])


def test_each_result_is_told_as_soon_as_it_is_there(folder: Path) -> None:
    heard: list[DocumentResult] = []
    report = check([str(folder), str(folder / "missing.csv")], on_document=heard.append)
    assert tuple(heard) == report.documents


def test_a_right_table_is_checked_and_silent() -> None:
    report = check(["a.docx"], Wishes(given={"a.docx": as_word(RIGHT)}))
    assert not report.findings
    assert report.coverage.judged > 0
    assert not report.coverage.broken


def test_a_document_without_tables_is_checked_and_claims_nothing() -> None:
    report = check(["a.docx"], Wishes(given={"a.docx": word_file(paragraph("Words."))}))
    assert [document.status for document in report.documents] == ["checked"]
    assert report.coverage.judged == 0


def test_no_paths_is_an_empty_report() -> None:
    assert check([]).documents == ()
