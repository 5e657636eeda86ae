"""What all tests share: where the real documents lie, how properties are drawn, one Chromium."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from unbudget_check.model import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROJECT = Path(__file__).resolve().parent.parent

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

# No test may depend on the speed of a machine or on luck: no deadline, the same draws each run.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
# What a run would note as an internal fault, and go on, fails the test that meets it.
faults.STRICT = True
# A shell starts what runs in the background deaf to Ctrl-C, and so would be what tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents beside the project; tests that need it are skipped without."""
    folder = PROJECT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the real documents (../shared/corpus beside the project) are not here")
    return folder


@pytest.fixture(scope="session")
def papers(corpus: Path) -> list[Path]:
    """Every real document beside the project."""
    folders = (corpus, corpus.parent / "more" / "docx")
    kinds = (".docx", ".txt")
    return sorted(p for each in folders for p in each.rglob("*") if p.suffix in kinds)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the machine's own, else the one that playwright keeps.

    It ends with the module: asyncio of Python 3.11 waits for its driver in a thread, and a program
    with threads checks documents without bounds, and says so in every later test.
    """
    from playwright.sync_api import Error, sync_playwright

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
