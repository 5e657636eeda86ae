"""The page of a report: whole in itself, every finding with its place, every link with its end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml.html import document_fromstring

from tests.reporters.html.pages import (
    accepted_report,
    foreign_report,
    long_report,
    page_of,
    text_of,
    tree_of,
    with_findings,
)
from tests.reports import column_total, empty_report, whole_report
from unbudget_check.messages.telling import told_in
from unbudget_check.model.finding import Part
from unbudget_check.reporters.html.page import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from syrupy.assertion import SnapshotAssertion

    from unbudget_check.model.report import Report

REPORTS = (whole_report(), empty_report(), accepted_report(), foreign_report("ar"))
EACH = pytest.mark.parametrize("report", REPORTS, ids=["whole", "empty", "accepted", "arabic"])


@EACH
def test_a_page_needs_nothing_but_itself(report: Report) -> None:
    tree = tree_of(report)
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //script[@src]")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert not re.search(r"url\(|@import", page_of(report))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@EACH
def test_every_link_has_its_end_and_every_name_is_given_once(report: Report) -> None:
    tree = tree_of(report)
    names = [str(name) for name in tree.xpath("//@id")]
    assert len(names) == len(set(names))
    assert {str(link)[1:] for link in tree.xpath("//@href")} <= set(names)
    labels = {str(name) for name in tree.xpath("//@aria-labelledby")}
    assert labels <= set(names)


@EACH
def test_every_finding_has_a_name_that_stays(report: Report) -> None:
    names = set(tree_of(report).xpath("//article/@id"))
    assert names == {f"f-{each.fingerprint}" for each in report.findings}


def test_findings_of_one_identity_are_told_apart() -> None:
    tree = tree_of(with_findings(column_total(), column_total()))
    names = tree.xpath("//article/@id")
    assert names[:2] == ["f-1f0e9d8c7b6a5948", "f-1f0e9d8c7b6a5948-2"]


def test_the_cell_to_blame_is_marked_and_leads_to_its_finding() -> None:
    tree = tree_of(whole_report())
    (cell,) = tree.xpath("//td[@id='d1-t11r6c8']")
    assert "27 138.0" in text_of(cell)
    (badge,) = cell.xpath("a")
    assert badge.get("href") == "#f-1f0e9d8c7b6a5948"
    assert badge.get("aria-label") == "1: error, finding 1"
    parts = tree.xpath("//td[contains(@class, 'part') and contains(@class, 'p1')]")
    assert [text_of(part) for part in parts] == ["25 872.5", "1 310.5"]


def test_a_table_is_drawn_as_printed() -> None:
    tree = tree_of(whole_report())
    (table,) = tree.xpath("//table[.//td[@id='d1-t11r6c8']]")
    assert text_of(table.find("caption")).startswith("Overall: evolution")
    (changes,) = table.xpath(".//th[@scope='colgroup']")
    assert (text_of(changes), changes.get("colspan")) == ("Changes [see annex]", "4")
    assert [each.get("rowspan") for each in table.xpath("./thead/tr[1]/th")].count("2") == 5
    assert len(table.xpath("./tbody/tr/th[@scope='row']")) == 5
    assert text_of(table.xpath(".//sup")[0]) == "a"


@EACH
def test_every_row_of_a_table_is_as_long_as_the_others(report: Report) -> None:
    for table in tree_of(report).iter("table"):
        assert len(set(widths_of(table).values())) == 1, text_of(table)


def widths_of(table: HtmlElement) -> Counter[int]:
    """How many columns the cells of each row cover, with those that reach into it from above."""
    widths: Counter[int] = Counter()
    for at, row in enumerate(table.iter("tr")):
        for cell in row.iter("td", "th"):
            reach = range(at, at + int(cell.get("rowspan", "1")))
            widths.update(dict.fromkeys(reach, int(cell.get("colspan", "1"))))
    return widths


def test_a_document_says_what_was_not_checked_and_why() -> None:
    said = text_of(tree_of(whole_report()))
    assert "the structure of its rows is unclear (40 figures): table 4.3 ; table 4.9 (2)" in said
    assert "annual/torn.docx: the file ends too early; copy it anew" in said
    assert "39 of 41" in said


def test_nothing_checked_never_looks_well() -> None:
    tree = tree_of(empty_report())
    assert "Nothing was checked" in text_of(tree)
    assert "No contradictions found" not in text_of(tree)
    assert "good" not in tree.xpath("string(//h1/@class)")


def test_accepted_findings_stand_apart() -> None:
    tree = tree_of(accepted_report())
    (apart,) = tree.xpath("//section[contains(@class, 'accepted')]")
    assert apart.xpath(".//article/@id") == ["f-aa", "f-bb"]
    assert "Accepted by J. Ward until 2026-12-31: recosted after print" in text_of(apart)
    assert tree.xpath("//div[@class='pair']//article/@id") == ["f-1f0e9d8c7b6a5948"]
    assert "2 accepted earlier" in text_of(tree)
    (badges,) = tree.xpath("//td[@id='d1-t11r6c8']")
    assert len(badges.xpath("a[contains(@class, 'settled')]")) == 2


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_what_a_document_says_has_its_language_and_direction(language: str, direction: str) -> None:
    tree = tree_of(foreign_report(language))
    assert tree.get("lang") == "en"
    assert tree.get("dir") == "ltr"
    (around,) = tree.xpath("//div[@class='scroll'][.//td[@id='d1-t11r6c8']]")
    assert (around.get("lang"), around.get("dir")) == (language, direction)
    assert not tree.xpath("//table[@class='printed']//td[normalize-space(text())]")


def test_figures_are_never_split() -> None:
    assert "27 138.0" not in page_of(whole_report())


def test_a_long_table_is_drawn_around_its_findings() -> None:
    tree = tree_of(long_report(5000))
    (table,) = tree.xpath("//div[@class='pair']//table[@class='printed']")
    rows = table.xpath("./tbody/tr")
    assert len(rows) < 20
    told = [text_of(row) for row in table.xpath(".//tr[@class='left']")]
    assert [each.partition(" rows ")[0] for each in told] == ["4 951", "35"]


def test_the_rows_left_out_and_those_drawn_are_all_rows() -> None:
    for rows in (100, 121, 122, 130, 500):
        (table,) = tree_of(long_report(rows)).xpath("//div[@class='pair']//table[@class='printed']")
        left = table.xpath(".//tr[@class='left']")
        counts = [int(text_of(row).split(" row")[0].replace(" ", "")) for row in left]
        drawn = len(table.xpath("./tbody/tr")) - len(left)
        assert drawn + sum(counts) == rows - 1


def test_a_long_sum_is_told_by_its_ends() -> None:
    finding = column_total()
    proof = finding.relations[0]
    parts = tuple(Part(each.where, each.stated, 1) for each in proof.parts * 50)
    long = replace(finding, relations=(replace(proof, parts=parts),))
    tree = tree_of(with_findings(long))
    assert "… 76 more terms …" in text_of(tree)
    assert len(tree.xpath("(//article)[1]//table[@class='sum']/tbody/tr")) == 25


def test_a_place_in_another_document_is_said_with_its_name() -> None:
    finding = column_total()
    proof = finding.relations[0]
    foreign = replace(
        proof.parts[0].where, document="annual/outlay.xlsx", cell=None, table="2", part=None
    )
    parts = (replace(proof.parts[0], where=foreign), proof.parts[1])
    tree = tree_of(with_findings(replace(finding, relations=(replace(proof, parts=parts),))))
    assert "outlay.xlsx, table 2, row Subtotal" in text_of(tree)


def test_documents_of_one_name_are_told_apart_by_their_folders() -> None:
    report = whole_report()
    first, second, *_ = report.documents
    paths = ("a/en/sect.docx", "a/fr/sect.docx", "b/fr/sect.docx", "b/other.docx")
    alike = tuple(replace(first, path=path, symbol=None, findings=()) for path in paths)
    alike = (*alike, replace(second, path="c/x.docx", symbol="A/99/1", findings=()))
    names = [text_of(each) for each in tree_of(replace(report, documents=alike)).xpath("//h2/bdi")]
    assert names == ["en/sect.docx", "a/fr/sect.docx", "b/fr/sect.docx", "other.docx", "A/99/1"]


def test_findings_held_back_are_counted() -> None:
    report = with_findings(column_total(), replace(column_total(), fingerprint="aa"))
    tree = document_fromstring(render(report, RenderOptions(max_per_rule=1)))
    assert len(tree.findall(".//article")) == 3
    assert "Not shown 1 more of ARI101 (--max-per-rule)" in text_of(tree)
    assert "4 findings: 2 errors" in text_of(tree)


def test_a_page_speaks_the_language_of_its_reader() -> None:
    tree = tree_of(told_in(whole_report(), "zh"))
    assert tree.get("lang") == "zh"
    assert "发现 3 处问题" in text_of(tree.find(".//h1"))
    own = tree.xpath("//h2 | //dt | //label | //summary | //thead[not(../@class='printed')]")
    said = " ".join(text_of(each) for each in own)
    assert "如何阅读这些表格" in said
    assert not re.findall(r"\b(?:findings?|tables?|row|checked|read|stated)\b", said)


def test_a_sentence_says_in_which_language_it_is() -> None:
    message = "合计：所列数字为 27 138.0。"
    finding = replace(column_total(), message=message, messages={"zh": message}, told=())
    tree = tree_of(with_findings(finding))
    (said,) = tree.xpath("(//article)[1]/p[@class='message']")
    assert (said.get("lang"), text_of(said)) == ("zh", message)
    (advice,) = tree.xpath("(//article)[1]/p[@class='advice']/span")
    assert advice.get("lang") == "en"


def test_the_page_looks_as_reviewed(snapshot: SnapshotAssertion) -> None:
    page = page_of(whole_report())
    changing = r"(?s)(?P<start><(?P<tag>style|script)\b[^>]*>).*?(?P<end></(?P=tag)>)|sha256-[^']+"
    kept = re.sub(changing, lambda found: (found["start"] or "") + (found["end"] or ""), page)
    assert kept == snapshot
