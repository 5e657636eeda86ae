"""The page of a report, opened in a browser as from an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reporters.html.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from unbudget_check.model.report import Report

    Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a report from a file, as from an e-mail; it must not ask or complain."""
    contexts = []
    complaints: list[str] = []

    def opened(
        report: Report, *, width: int = 1280, dark: bool = False, script: bool = True
    ) -> Page:
        path = tmp_path / "report.html"
        path.write_text(page_of(report), encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda asked: complaints.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
