"""The page as a browser asks it, without a browser; and in a browser, with a real server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from httpx import ASGITransport, AsyncClient, Response
from lxml.html import HtmlElement, document_fromstring

from unbudget_check.model.options import Wishes
from unbudget_check.page.app import Pages
from unbudget_check.page.checking import Task, check_all, compare_drafts
from unbudget_check.page.deciding import Decisions
from unbudget_check.page.gate import COOKIE, HOST, Gate, Keys
from unbudget_check.page.presence import Presence
from unbudget_check.page.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT = 50000
TODAY = date(2026, 11, 30)
ORIGIN = f"http://{HOST}:{PORT}"


@dataclass
class OpenPage:
    """A page that is open, and the browser that has its cookie."""

    session: Session = field(default_factory=Session)
    keys: Keys = field(default_factory=Keys)
    presence: Presence = field(default_factory=Presence)
    lang: str | None = "en"
    decisions: Decisions = field(default_factory=lambda: Decisions((), TODAY, "A. Officer"))

    def __post_init__(self) -> None:
        pages = Pages(
            self.session, self.decisions, self.keys, self.presence, Wishes(lang=self.lang)
        )
        self.gate = Gate(pages.app(), self.keys, PORT)
        self.cookie = f"{COOKIE}={self.keys.cookie}"

    def ask(self, method: str, path: str, **said: Any) -> Response:  # noqa: ANN401 - as httpx
        """One request, from whoever; ``headers`` that are None are not sent."""
        headers = {key: each for key, each in said.pop("headers", {}).items() if each is not None}

        async def asked() -> Response:
            transport = ASGITransport(self.gate)
            async with AsyncClient(transport=transport, base_url=ORIGIN) as browser:
                return await browser.request(method, path, headers=headers, **said)

        # In a thread: the driver of the browser runs a loop of its own in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, asked()).result()

    def get(self, path: str = "", **headers: str | None) -> Response:
        """What a link of the page asks for."""
        said = {"cookie": self.cookie, "sec-fetch-site": "same-origin"} | headers
        return self.ask("GET", self.keys.base + path, headers=said)

    def post(
        self, path: str, data: Mapping[str, str] | None = None, /, **headers: str | None
    ) -> Response:
        """What a form of the page sends."""
        form = {"csrf": self.keys.form, **(data or {})}
        said = {"cookie": self.cookie, "origin": ORIGIN, "sec-fetch-site": "same-origin"} | headers
        return self.ask("POST", self.keys.base + path, data=form, headers=said)

    def drop(self, *files: tuple[str, bytes], path: str = "files") -> Response:
        """Drop files on the page."""
        return self.ask(
            "POST",
            self.keys.base + path,
            data={"csrf": self.keys.form},
            files=[("files", each) for each in files],
            headers={"cookie": self.cookie, "origin": ORIGIN},
        )

    def tree(self, path: str = "") -> HtmlElement:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return document_fromstring(answer.text)

    def check(self) -> None:
        """Check what waits, as the process beside the page does."""
        while any(each.state == "waiting" for each in self.session.entries):
            entries = self.session.take(8)
            drafts = check_all([Task(e.name, e.data, e.password) for e in entries], Wishes())
            for entry, draft in zip(entries, drafts, strict=True):
                before = entry.earlier
                changed = compare_drafts(before, draft, Wishes()) if before else None
                self.session.settle(entry, draft, changed)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def opened() -> OpenPage:
    """An empty page."""
    return OpenPage()


WRONG = b"""Item,2025,2026
Posts,10.2,10.4
Travel,1.5,1.6
Rent,3.0,3.1
Supplies,2.2,2.3
Total,16.9,17.9
"""
RIGHT = WRONG.replace(b"17.9", b"17.4")


@pytest.fixture
def checked(opened: OpenPage) -> OpenPage:
    """A page with one document that contradicts itself, and one that does not."""
    opened.drop(("wrong.csv", WRONG), ("right.csv", RIGHT))
    opened.check()
    return opened
