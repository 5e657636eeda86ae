"""Decisions made on the saved page: by pointer and keyboard, saved as a file to be applied."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.reporters.html.pages import foreign_report, with_findings
from tests.reports import column_total, whole_report
from unbudget_check.model.decision import Verdict
from unbudget_check.triage.decisions import apply_decisions, decision_on, finding_meant
from unbudget_check.triage.decisions_file import parse_decisions

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.report import Report

    Open = Callable[..., Page]

REPORT = whole_report()
FIRST, *_ = REPORT.findings
DOCUMENT = REPORT.documents[0]
CARD, OTHER = "#f-1f0e9d8c7b6a5948", "#f-2f0e9d8c7b6a5948"
LAST = date(2999, 12, 31)


def press(page: Page, card: str, name: str) -> None:
    page.locator(card).get_by_role("button", name=name, exact=True).click()


def fill(page: Page, card: str, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"{card} [name={name}]").fill(text)


def saved(page: Page) -> tuple[str, tuple[Decision, ...]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save decisions").click()
    assert download.value.suggested_filename == "unbudget-decisions.toml"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return text, parse_decisions(text, "saved")


def decided(verdict: Verdict, **more: str | date | None) -> Decision:
    made = decision_on(
        finding_meant(FIRST, DOCUMENT.symbol), verdict, by="B. Reader", on=date(2026, 11, 30)
    )
    return replace(made, **more)  # type: ignore[arg-type]


def report_with(decision: Decision) -> Report:
    document = apply_decisions(DOCUMENT, [decision], date(2026, 11, 30))
    return replace(REPORT, documents=(document, *REPORT.documents[1:]))


def test_what_is_decided_on_the_page_is_saved_as_a_file(open_page: Open) -> None:
    page = open_page(REPORT)
    assert not page.locator("form.decided").is_visible()
    press(page, CARD, "Accept")
    fill(page, CARD, reason='As "printed" \\ \u200bhere', owner="A. Officer", until="2999-12-31")
    press(page, OTHER, "To do")
    expect(page.locator(".decided [role=status]")).to_have_text("Decisions not saved yet: 2")
    fill(page, ".decided", by="B. Reader")
    text, (accept, todo) = saved(page)
    today = dt.datetime.now(tz=dt.UTC).date()
    assert accept.on is not None
    assert abs(accept.on - today) <= dt.timedelta(days=1)
    expected = decided(
        Verdict.ACCEPT,
        reason='As "printed" \\ \u200bhere',
        owner="A. Officer",
        until=LAST,
        on=accept.on,
        source="saved, decision 1",
    )
    assert accept == expected
    assert apply_decisions(DOCUMENT, [accept], accept.on).findings[0].status == "waived"
    assert (todo.verdict, todo.finding) == (Verdict.TODO, "2f0e9d8c7b6a5948")
    assert "\\u200b" in text
    expect(page.locator(".decided [role=status]")).to_contain_text(
        "Saved as unbudget-decisions.toml"
    )


def test_a_decision_without_its_reason_is_not_saved(open_page: Open) -> None:
    page = open_page(REPORT)
    press(page, CARD, "Reject")
    fill(page, ".decided", by="B. Reader")
    page.locator("input[value=error]").uncheck()  # the card is hidden now
    page.get_by_role("button", name="Save decisions").click()
    expect(page.locator(f"{CARD} [name=reason]")).to_be_focused()
    expect(page.locator(".decided [role=status]")).to_have_text("Decisions not saved yet: 1")
    fill(page, CARD, reason="   ")
    page.get_by_role("button", name="Save decisions").click()
    expect(page.locator(f"{CARD} [name=reason]")).to_be_focused()
    fill(page, CARD, reason="The note explains it")
    (decision,) = saved(page)[1]
    assert (decision.verdict, decision.reason) == (Verdict.WRONG, "The note explains it")


def test_the_name_of_whoever_decides_is_needed(open_page: Open) -> None:
    page = open_page(REPORT)
    press(page, CARD, "Corrected")
    page.get_by_role("button", name="Save decisions").click()
    expect(page.locator(".decided [name=by]")).to_be_focused()


def test_a_second_press_takes_a_decision_back(open_page: Open) -> None:
    page = open_page(REPORT)
    press(page, CARD, "Reject")
    expect(page.locator(f"{CARD} [aria-pressed=true]")).to_have_text("Reject")
    press(page, CARD, "Corrected")
    expect(page.locator(f"{CARD} [aria-pressed=true]")).to_have_text("Corrected")
    press(page, CARD, "Corrected")
    expect(page.locator(f"{CARD} [aria-pressed=true]")).to_have_count(0)
    assert not page.locator("form.decided").is_visible()
    assert not page.locator(f"{CARD} .terms").is_visible()


def test_what_was_decided_before_is_shown_and_stays_in_the_file(open_page: Open) -> None:
    before = decided(Verdict.TODO, reason="ask the section", owner="A. Officer")
    page = open_page(report_with(before))
    expect(page.locator(f"{CARD} [aria-pressed=true]")).to_have_text("To do")
    assert page.locator(f"{CARD} [name=owner]").input_value() == "A. Officer"
    assert not page.locator("form.decided").is_visible()
    press(page, OTHER, "Corrected")
    fill(page, ".decided", by="Another")
    found = {each.by: replace(each, source="") for each in saved(page)[1]}
    assert found["B. Reader"] == before
    assert found["Another"].verdict is Verdict.CORRECTED


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page(REPORT)
    page.locator(f"{CARD} button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(f"{CARD} [aria-pressed=true]")).to_have_text("Reject")
    group = page.locator(CARD).get_by_role("group", name="Decision on finding 1")
    expect(group).to_have_count(1)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("The note explains it")
    assert page.locator(f"{CARD} [name=reason]").input_value() == "The note explains it"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_barrier_where_people_decide(open_page: Open, dark: bool) -> None:  # noqa: FBT001
    report = foreign_report("ar") if dark else REPORT
    page = open_page(report, width=390 if dark else 1280, dark=dark)
    press(page, CARD, "Accept")
    assert page.evaluate("document.documentElement.scrollWidth") <= (390 if dark else 1280)
    found = Axe().run(page).response["violations"]
    told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
    assert not told


def test_without_script_nothing_asks_for_a_decision(open_page: Open) -> None:
    page = open_page(REPORT, script=False)
    assert not page.locator("form.decide, form.decided").filter(visible=True).count()


def test_on_paper_nothing_asks_for_a_decision(open_page: Open) -> None:
    page = open_page(REPORT)
    press(page, CARD, "Reject")
    page.emulate_media(media="print")
    assert not page.locator("form.decide, form.decided").filter(visible=True).count()


def test_a_label_that_is_no_plain_text_comes_back_as_it_is(open_page: Open) -> None:
    odd = '1\u00a0234 "x" \\ </form><script>\u200b\U0001f600 1 234'
    finding = column_total()
    page = open_page(with_findings(replace(finding, where=replace(finding.where, row=odd))))
    press(page, CARD, "To do")
    fill(page, ".decided", by="B")
    (decision,) = saved(page)[1]
    assert decision.place["row"] == odd
