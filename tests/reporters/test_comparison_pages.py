"""A comparison as a page and as a workbook: whole, harmless, and open to everybody."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from openpyxl import load_workbook

from tests.compare.drafts import FORGOTTEN, OFFICES, compared
from tests.edits import edited
from tests.reporters.test_untrusted_text import ATTACKS, HARMFUL
from tests.spoiled import spoiled
from unbudget_check.messages.telling import told_in
from unbudget_check.model.comparison import ChangeKind, Layout, LayoutChange
from unbudget_check.readers.paths import OWN_REPORTS
from unbudget_check.reporters.differences import xlsx
from unbudget_check.reporters.differences.html import render
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.triage.differences import compare

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from unbudget_check.model.comparison import Comparison

HOSTILE = "<script>alert(1)</script>=1+1"


def page(comparison: Comparison) -> str:
    return render(comparison, RenderOptions())


def words(text: str) -> str:
    return " ".join(" ".join(map(str, html.fromstring(text).itertext())).split())


def tainted(comparison: Comparison, text: str) -> Comparison:
    """The same with this text wherever a document says something of an edit."""
    (document,) = comparison.documents
    assert document.edit is not None
    places = [replace(each.where, row=text) for each in document.edit.changes]
    changes = tuple(
        replace(each, where=place, before=text, now=text)
        for each, place in zip(document.edit.changes, places, strict=True)
    )
    left = tuple(
        replace(each, where=replace(each.where, column=text), printed=text, changes=changes)
        for each in document.edit.left
    )
    where = replace(places[0], table=text)
    layout = (LayoutChange(ChangeKind.RENAMED, Layout.TABLE, where, text),)
    edit = replace(document.edit, changes=changes, left=left, layout=layout)
    return replace(comparison, documents=(replace(document, edit=edit),))


def test_the_page_tells_both_places() -> None:
    text = words(page(compared(OFFICES, FORGOTTEN)))
    assert "1 figure forgotten" in text
    assert "row Dredging, column 2025 approved: 2 460.7 was changed to 2 461.7" in text
    assert "4 905.3 was left as it was; its parts now give 4 906.3" in text
    assert "Place Before Now Difference" in text


def test_a_page_is_known_as_a_report_and_never_read_as_a_document() -> None:
    assert OWN_REPORTS[".html"].search(page(compared(OFFICES, FORGOTTEN)).encode())


@pytest.mark.parametrize("attack", [*ATTACKS, HOSTILE], ids=range(len(ATTACKS) + 1))
def test_nothing_harmful_is_on_the_page(attack: str) -> None:
    before, now = (spoiled(each, attack) for each in edited())
    text = page(compare(before, now))
    assert not HARMFUL.search(text)
    assert not html.fromstring(text).findall(".//script")
    edit = page(tainted(compared(OFFICES, FORGOTTEN), attack))
    assert not HARMFUL.search(edit)
    assert not html.fromstring(edit).findall(".//script")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_no_barrier(
    chromium: Browser,
    tmp_path: Path,
    width: int,
    dark: bool,  # noqa: FBT001
    lang: str,
) -> None:
    comparison = compared(OFFICES, FORGOTTEN)
    told = replace(comparison, now=told_in(comparison.now, lang))
    for number, each in enumerate((told, compare(*edited()))):
        path = tmp_path / f"{number}.html"
        path.write_text(page(each), encoding="utf-8")
        shown = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        shown.goto(path.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(shown)
        assert not found.violations_count, found.generate_report()
        shown.close()


def test_the_workbook_has_a_sheet_for_each_kind_of_change() -> None:
    data = xlsx.render(compared(OFFICES, FORGOTTEN), RenderOptions())
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "Forgotten",
        "Changed figures",
        "Findings",
        "Rows and tables",
        "Documents",
    ]
    forgotten = [each.value for each in book["Forgotten"][2]]
    assert forgotten[:4] == [
        "draft.html",
        "table 1, row Total, column 2025 approved",
        "4 905.3",
        4906.3,
    ]
    change = [each.value for each in book["Changed figures"][2]]
    assert change[2:5] == ["2 460.7", "2 461.7", 1]


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    before, now = (spoiled(each, "=1+1") for each in edited())
    book = load_workbook(io.BytesIO(xlsx.render(compare(before, now), RenderOptions())))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
