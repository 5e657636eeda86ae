"""Tracked changes that suggest proved corrections: accepted they correct, rejected they vanish."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.readers.word_file import (
    SIGNED,
    cell,
    deleted,
    inserted,
    paragraph,
    row,
    run,
    table,
    word_file,
)
from tests.reporters.copied import found, local, result_of, value
from unbudget_check import engine, read
from unbudget_check.model.document import Paragraph
from unbudget_check.model.finding import Localisation, Proof, Suspect
from unbudget_check.model.number import UNITED_NATIONS
from unbudget_check.model.options import Wishes
from unbudget_check.reporters.office.docx import annotate
from unbudget_check.reporters.repairs import repairs_of

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

PROJECT = Path(__file__).parents[2]
DAY = date(2026, 11, 30)
PAPERS = 8  # of the real documents, the smallest ones
CELL = "/w:body/w:tbl[1]/w:tr[2]/w:tc[2]"
FIRST = "/w:body/w:p[1]"
BOLD = "<w:b/>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12.5</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def proved(address: str, stated: str, was: str, meant: str, *, quote: str = "") -> Finding:
    """A finding that proves what a cell or a piece of a sentence should be."""
    finding = found(address, stated, quote=quote)
    proof = Proof("ARI101", finding.where, Decimal(was), Decimal(meant), None, None, ())
    suspect = Suspect(finding.where, finding.stated_text, Decimal(meant), None, (0,))
    return replace(finding, relations=(proof,), suspects=(suspect,), number=1)


def body_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def changes_in(data: bytes) -> list[tuple[str, str]]:
    """The tracked changes of this program: their kind, and their text."""
    return [
        (local(each), "".join(map(str, each.itertext())))
        for each in body_of(data).iter()
        if local(each) in {"ins", "del"} and value(each, "author") == "unbudget-check"
    ]


def suggested(body: str, *findings: Finding) -> bytes:
    data = word_file(body)
    return annotate(data, result_of(data, findings), suggested_on=DAY)


def texts(data: bytes, path: Path, revisions: str) -> list[str]:
    path.write_bytes(data)
    blocks = read(path, revisions=revisions).blocks
    return [
        block.text
        if isinstance(block, Paragraph)
        else "|".join(cell.text for line in block.rows for cell in line)
        for block in blocks
    ]


CASES = {
    "cell": (
        table(row("Item", "2026"), row("Total", "12.5")),
        proved(CELL, "12.5", "12.5", "15.2"),
        [("del", "12.5"), ("ins", "15.2")],
    ),
    "cell of several runs": (
        table(
            row("Item", "2026"), row("Total", cell(paragraph(run("1"), run("2.", BOLD), run("5"))))
        ),
        proved(CELL, "12.5", "12.5", "15.2"),
        [("del", "1"), ("del", "2."), ("del", "5"), ("ins", "15.2")],
    ),
    "cell with brackets": (
        table(row("Item", "2026"), row("Total", "12.5")),
        proved(CELL, "12.5", "12.5", "-12.5"),
        [("del", "12.5"), ("ins", "(12.5)")],
    ),
    "dash": (
        table(row("Item", "2026"), row("Total", "–")),
        proved(CELL, "–", "0", "3"),
        [("del", "–"), ("ins", "3")],
    ),
    "sentence": (
        paragraph("The amount of $4,817,000 is $4,817,000 &amp; less."),
        proved(
            FIRST,
            "",
            "4817000",
            "4871000",
            quote="The amount of $4,817,000 is [$4,817,000] & less.",
        ),
        [("del", "4,817,000"), ("ins", "4,871,000")],
    ),
    "sentence of several runs": (
        paragraph(run("The amount of $4,8"), run("17,000 is less.", BOLD)),
        proved(FIRST, "", "4817000", "4871000", quote="The amount of [$4,817,000] is less."),
        [("del", "4,8"), ("del", "17,000"), ("ins", "4,871,000")],
    ),
}
LEFT_ALONE = {
    "field": table(row("Item", "2026"), row("Total", cell(f"<w:p>{FIELD}</w:p>"))),
    "link": table(
        row("Item", "2026"),
        row("Total", cell(f'<w:p><w:hyperlink w:history="1">{run("12.5")}</w:hyperlink></w:p>')),
    ),
    "simple field": table(
        row("Item", "2026"),
        row("Total", cell(f'<w:p><w:fldSimple w:instr="X">{run("12.5")}</w:fldSimple></w:p>')),
    ),
    "inserted by somebody": table(
        row("Item", "2026"), row("Total", cell(paragraph(inserted(run("12.5")))))
    ),
    "half inserted by somebody": table(
        row("Item", "2026"), row("Total", cell(paragraph(run("12"), inserted(run(".5")))))
    ),
    "format changed by somebody": table(
        row("Item", "2026"),
        row("Total", cell(paragraph(run("12.5", f"<w:rPrChange {SIGNED}/>")))),
    ),
    "figure that is there twice": table(row("Item", "2026"), row("Total", "12.5 of 12.5")),
}


@pytest.mark.parametrize("case", CASES)
def test_a_proved_correction_is_suggested(case: str, tmp_path: Path) -> None:
    body, finding, changes = CASES[case]
    copy = suggested(body, finding)
    assert changes_in(copy) == changes
    original = texts(word_file(body), tmp_path / "a.docx", "accepted")
    assert texts(copy, tmp_path / "b.docx", "original") == original
    accepted = texts(copy, tmp_path / "b.docx", "accepted")
    old, new = ("".join(text for kind, text in changes if kind == each) for each in ("del", "ins"))
    at = "".join(original).rindex(old)
    whole = "".join(original)
    assert "".join(accepted) == whole[:at] + new + whole[at + len(old) :]


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_what_is_no_plain_text_is_left_to_the_comment(case: str) -> None:
    finding = proved(CELL, "12.5", "12.5", "15.2")
    data = word_file(LEFT_ALONE[case])
    plain = annotate(data, result_of(data, [finding]))
    assert annotate(data, result_of(data, [finding]), suggested_on=DAY) == plain


def test_what_somebody_deleted_before_stays_deleted(tmp_path: Path) -> None:
    body = table(row("Item", "2026"), row("Total", cell(paragraph(deleted("9.1"), run("12.5")))))
    copy = suggested(body, proved(CELL, "12.5", "12.5", "15.2"))
    assert texts(copy, tmp_path / "c.docx", "accepted")[0].endswith("|15.2")


def test_the_format_and_the_day_are_kept() -> None:
    body = table(row("Item", "2026"), row("Total", cell(paragraph(run("12.5", BOLD)))))
    root = body_of(suggested(body, proved(CELL, "12.5", "12.5", "15.2")))
    tracked = [each for each in root.iter() if local(each) in {"ins", "del"}]
    assert [value(each, "date") for each in tracked] == ["2026-11-30T00:00:00Z"] * 2
    assert len({value(each) for each in tracked}) == 2
    for each in tracked:
        assert [local(part) for part in each[0][0]] == ["b"]


def test_corrections_of_one_finding_are_written_together_or_not_at_all() -> None:
    body = table(row("Item", "2026"), row("Total", "12.5"), row("Sum", "7"))
    one = proved(CELL, "12.5", "12.5", "15.2")
    other = proved(CELL.replace("tr[2]", "tr[3]"), "8", "8", "9")  # the file prints 7
    both = replace(
        one,
        relations=(*one.relations, *other.relations),
        suspects=(*one.suspects, replace(other.suspects[0], witnesses=(1,))),
        localisation=Localisation.CELLS,
    )
    assert len(repairs_of(both)) == 2
    assert not changes_in(suggested(body, both))


def test_two_findings_about_one_figure_suggest_one_change() -> None:
    body = table(row("Item", "2026"), row("Total", "12.5"))
    finding = proved(CELL, "12.5", "12.5", "15.2")
    copy = suggested(body, finding, replace(finding, number=2, code="ARI102"))
    assert changes_in(copy) == [("del", "12.5"), ("ins", "15.2")]


def test_without_the_wish_nothing_is_suggested() -> None:
    data = word_file(table(row("Item", "2026"), row("Total", "12.5")))
    finding = proved(CELL, "12.5", "12.5", "15.2")
    assert not changes_in(annotate(data, result_of(data, [finding])))
    assert finding.notation == UNITED_NATIONS


def corrected(path: Path, folder: Path) -> tuple[DocumentResult, DocumentResult, DocumentResult]:
    """What is found in a document, in its copy with all suggestions accepted, and rejected."""
    (before,) = engine.check([str(path)]).documents
    copy = folder / path.name
    copy.write_bytes(annotate(path.read_bytes(), before, suggested_on=DAY))
    (accepted,) = engine.check([str(copy)]).documents
    (rejected,) = engine.check([str(copy)], Wishes(revisions="original")).documents
    return before, accepted, rejected


def test_accepting_all_suggestions_mends_what_is_proved(tmp_path: Path) -> None:
    path = PROJECT / "sample_data" / "broken" / "word" / "section-40.docx"
    before, accepted, rejected = corrected(path, tmp_path)
    (original,) = engine.check([str(path)], Wishes(revisions="original")).documents
    mended = {each.fingerprint for each in before.findings if repairs_of(each)}
    known, now = ({each.fingerprint for each in of.findings} for of in (before, accepted))
    assert len(mended) >= 9
    assert now == known - mended
    assert _told(rejected) == _told(original)


def test_accepting_all_suggestions_breaks_nothing_in_real_documents(
    papers: list[Path], tmp_path: Path
) -> None:
    documents = [each for each in papers if each.suffix == ".docx"]
    for path in sorted(documents, key=lambda each: each.stat().st_size)[:PAPERS]:
        before, accepted, rejected = corrected(path, tmp_path)
        (original,) = engine.check([str(path)], Wishes(revisions="original")).documents
        known, now = ({each.fingerprint for each in of.findings} for of in (before, accepted))
        assert now <= known, path.name
        assert _told(rejected) == _told(original), path.name


def _told(document: DocumentResult) -> list[tuple[str, str]]:
    return [(each.fingerprint, each.stated_text) for each in document.findings]
