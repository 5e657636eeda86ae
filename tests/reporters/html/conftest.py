"""One Chromium for all tests of the page; they are skipped where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.reporters.html.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from unbudget_check.model.report import Report

    Open = Callable[..., Page]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing may be asked of the network, and a container has no sandbox of its own.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the machine's own, else the one that playwright keeps."""
    with sync_playwright() as driver:
        found = next(filter(None, map(shutil.which, NAMES)), None)
        path = found or driver.chromium.executable_path
        if not Path(path).exists():
            pytest.skip(f"no Chromium is here: none of {', '.join(NAMES)}, nor playwright's own")
        try:
            browser = driver.chromium.launch(executable_path=path, args=QUIET)
        except Error as error:
            pytest.skip(f"{path} does not start: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


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
