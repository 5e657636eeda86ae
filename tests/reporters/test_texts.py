"""Texts of documents are printed as they stand, whatever they hold, and never harm the screen."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from rich.cells import cell_len

from tests.reports import WORD, column_total, notation, whole_report
from unbudget_check.model.document import Where
from unbudget_check.model.report import Unchecked
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.office.findings_book import findings_book
from unbudget_check.reporters.office.remarks import remarks_of
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.terminal import concise, full
from unbudget_check.reporters.terminal.layout import cut, hung, padded, wrapped
from unbudget_check.reporters.words import anchor_of, place_of, shown

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report

BRACKETED = st.text(alphabet="[]/\\ab #*=@:", min_size=1, max_size=20).filter(str.strip)


def report_with(finding: Finding) -> Report:
    report = whole_report()
    document = replace(report.documents[0], findings=(finding,))
    return replace(report, documents=(document,))


@given(BRACKETED)
def test_bracketed_text_is_printed_as_it_stands(text: str) -> None:
    finding = notation()
    place = replace(finding.where, row=text, table=None, address=None)
    report = report_with(replace(finding, where=place, message=f"Seen: {text}", excerpt=None))
    for render in (full.render, concise.render):
        printed = render(report, RenderOptions(width=200))
        assert f"Seen: {shown(text)}" in printed
    assert f"row {shown(text)}" in full.render(report, RenderOptions(width=200))


@given(BRACKETED)
def test_bracketed_cells_are_printed_as_they_stand(text: str) -> None:
    finding = notation()
    assert finding.excerpt
    rows = ((text, "1", "2"), *finding.excerpt.rows)
    excerpt = replace(finding.excerpt, rows=rows, stated=(2, 2), title=text)
    printed = full.render(report_with(replace(finding, excerpt=excerpt)), RenderOptions(color=True))
    assert printed.count(shown(text)) >= 2


@given(st.text(max_size=30))
def test_no_text_moves_the_cursor_or_turns_the_direction(text: str) -> None:
    safe = shown(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", safe)
    assert shown(safe) == safe


def test_a_control_character_becomes_visible() -> None:
    assert shown("Total\x1b[31m") == "Total\\x1b[31m"
    assert shown("1\u202e5.2") == "1\\u202e5.2"
    assert shown("  two\n lines\u00a0here ") == "two lines here"
    assert shown("co\u00adoperation") == "cooperation"


def test_a_finding_is_one_row_whatever_its_message() -> None:
    report = report_with(replace(column_total(), message="one\ntwo\r\nthree"))
    assert len(concise.render(report, RenderOptions(quiet=True)).splitlines()) == 1


@given(st.text(alphabet="ab 12.()汉", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing_and_splits_no_figure(text: str, width: int) -> None:
    rows = wrapped(" ".join(text.split()), width)
    assert all(cell_len(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


def test_a_figure_stays_on_one_row() -> None:
    assert wrapped("the sum is 25 358.9 dollars", 14) == ("the sum is", "25 358.9", "dollars")


def test_a_paragraph_hangs_under_its_first_row() -> None:
    assert hung("one two three", 9, indent=2, hanging=2) == ("  one", "    two", "    three")
    assert hung("", 9) == ()


@given(st.text(alphabet="ab汉[", max_size=30), st.integers(1, 20))
def test_what_is_cut_fits_and_shows_it(text: str, width: int) -> None:
    short = cut(text, width)
    assert cell_len(short) <= width
    assert short == text or short.endswith("…")
    assert cell_len(padded(short, width)) == width


@pytest.mark.parametrize(
    ("where", "anchor"),
    [
        (Where("a.txt", table="4.1", row="Total", line=12), "a.txt:12"),
        (Where("a.xlsx", row="Total", address="Sheet 1!F12"), "a.xlsx!Sheet 1!F12"),
        (
            Where("a.docx", table="4.1", part="(2)", row="Total", column="2026"),
            "a.docx#table-4.1(2)/Total/2026",
        ),
        (Where("a.docx", paragraph="4.31", item="(a)"), "a.docx#4.31/(a)"),
        (Where("a.docx", address="body/table 3"), "a.docx#body/table 3"),
        (Where("a.docx"), "a.docx"),
    ],
)
def test_a_place_in_one_word(where: Where, anchor: str) -> None:
    assert anchor_of(where) == anchor


def test_a_place_as_an_officer_says_it() -> None:
    total = Where("a.docx", table="4.1", part="(2)", row="Total", column="2026 estimate")
    assert place_of(total) == "table 4.1 (2), row Total, column 2026 estimate"
    assert place_of(replace(total, row="Travel"), total) == "row Travel"
    assert place_of(total, total) == ""
    assert place_of(Where("a.txt", line=7)) == "line 7"
    assert place_of(Where("a.docx")) == "the document"


PATHS = ["/w:body/w:p[598]", "/html/body/table[1]/tbody[1]/tr[2]/td[1]", "/slides/1/p[3]"]


@pytest.mark.parametrize("address", PATHS)
def test_no_person_reads_the_path_of_an_element(address: str) -> None:
    """Nowhere in what people get: on a screen, a page, a sheet, an e-mail."""
    finding = replace(column_total(), where=Where(WORD, address=address))
    gap = Unchecked(Where(WORD, address=address), "the reason", 3)
    first, *others = whole_report().documents
    coverage = replace(first.coverage, unchecked=(gap,), untied=(gap,), remarks=(gap,))
    document = replace(first, findings=(finding,), coverage=coverage)
    report = replace(whole_report(), documents=(document, *others))
    for name in ("full", "html", "markdown", "email", "junit", "github"):
        assert address not in renderer_of(name)(report, RenderOptions())
    assert place_of(finding.where) == "the document"
    book = load_workbook(io.BytesIO(findings_book(report)))
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert [each for each in cells if address in each] == []


def test_the_same_sum_against_several_places_is_written_out_once() -> None:
    finding = column_total()
    proof = replace(finding.relations[0], code="TXT103")
    thrice = replace(finding, relations=(proof,) * 3)
    assert remarks_of(thrice) == remarks_of(replace(finding, relations=(proof,)))
    for proofs in (True, False):
        text = full.render(report_with(thrice), RenderOptions(proofs=proofs))
        once = full.render(
            report_with(replace(finding, relations=(proof,))), RenderOptions(proofs=proofs)
        )
        assert text == once
