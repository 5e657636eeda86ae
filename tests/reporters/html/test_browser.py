"""The page in a real browser: with keyboard and pointer, with and without script, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.reporters.html.pages import accepted_report, foreign_report
from tests.reports import empty_report, whole_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from unbudget_check.model.report import Report

    Open = Callable[..., Page]

SUSPECT, PART, ADDED = "#d1-t11r6c8", "#d1-t11r4c8", "#d1-t11r5c8"
CARD = "#f-1f0e9d8c7b6a5948"


def background(cell: Locator) -> str:
    return str(cell.evaluate("cell => getComputedStyle(cell).backgroundColor"))


def sign(cell: Locator) -> str:
    return str(cell.evaluate("cell => getComputedStyle(cell, '::after').content"))


@pytest.mark.parametrize(
    ("report", "dark"),
    [
        (whole_report(), False),
        (foreign_report("ar", accepted_report()), True),
        (empty_report(), False),
    ],
    ids=["whole", "accepted, Arabic, dark and narrow", "empty"],
)
def test_axe_finds_no_barrier(open_page: Open, report: Report, dark: bool) -> None:  # noqa: FBT001
    page = open_page(report, width=390 if dark else 1280, dark=dark)
    if report.findings:
        page.locator(f"{CARD} h4 a").focus()  # the lit cells are to be read, too
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
    assert not told


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_parts_of_a_proof_are_lit_by_keyboard_and_pointer(
    open_page: Open,
    script: bool,  # noqa: FBT001
) -> None:
    page = open_page(whole_report(), script=script)
    parts = [page.locator(PART), page.locator(ADDED)]
    unlit = [background(part) for part in parts]
    for reached in (f"{CARD} h4 a", f"{SUSPECT} a.badge"):
        page.locator(reached).focus()
        assert all(background(part) != before for part, before in zip(parts, unlit, strict=True))
        assert [sign(part) for part in parts] == ['"+"', '"+"']
        page.locator("a.skip").focus()
        assert [background(part) for part in parts] == unlit
    for pointed in (f"{CARD} .message", SUSPECT):
        page.locator(pointed).hover()
        assert all(background(part) != before for part, before in zip(parts, unlit, strict=True))
        page.locator("h1").hover()
        assert [background(part) for part in parts] == unlit


def test_a_cell_leads_to_its_finding_and_back(open_page: Open) -> None:
    page = open_page(whole_report(), script=False)
    page.locator(f"{SUSPECT} a.badge").press("Enter")
    assert page.url.endswith(CARD)
    page.locator(f"{CARD} .sum a").first.press("Enter")
    assert page.url.endswith(PART)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_window(open_page: Open, width: int) -> None:
    page = open_page(whole_report(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_everything_is_there(open_page: Open) -> None:
    page = open_page(whole_report(), script=False)
    assert not page.locator("form.filters").is_visible()
    assert all(each.is_visible() for each in page.locator("article, table").all())


def test_the_skip_link_is_first_and_becomes_visible(open_page: Open) -> None:
    page = open_page(whole_report())
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#findings"
    box = focused.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_findings_are_chosen_by_severity_rule_and_document(open_page: Open) -> None:
    page = open_page(whole_report())
    cards = page.locator("article:visible")
    expect(cards).to_have_count(3)
    page.locator("input[value=error]").uncheck()
    expect(cards).to_have_count(2)
    assert page.locator("output").inner_text() == "2 of 3 findings shown"
    page.locator("[name=rule]").select_option("NOT101")
    expect(cards).to_have_id("f-3f0e9d8c7b6a5948")
    page.get_by_role("button", name="Show all").click()
    expect(cards).to_have_count(3)
    page.locator("[name=document]").select_option("3")
    expect(cards).to_have_id("f-2f0e9d8c7b6a5948")
    page.evaluate(f"location.hash = '{CARD}'")  # a link to what is hidden shows it
    page.locator(CARD).wait_for(state="visible")


def test_accepted_findings_can_be_put_away(open_page: Open) -> None:
    page = open_page(accepted_report())
    expect(page.locator("article:visible")).to_have_count(5)
    page.get_by_label("accepted or rejected").uncheck()
    expect(page.locator("article:visible")).to_have_count(3)
    assert not page.locator("section.accepted").is_visible()


def test_on_paper_nothing_is_cut_off_or_hidden(open_page: Open) -> None:
    page = open_page(whole_report())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1040, "height": 700})  # A4 landscape between its margins
    assert not page.locator("form.filters").is_visible()
    cut_off = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).length"
    assert page.locator(".scroll").evaluate_all(cut_off) == 0
    assert page.locator(SUSPECT).is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
