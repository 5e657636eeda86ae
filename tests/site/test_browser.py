"""The site in a browser, from files: no barrier, no page wider than its window, no request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from unbudget_check.site.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser

PAGES = ["formats", "plug-ins", "rules/index", "rules/ARI101"]


@pytest.fixture(scope="session")
def folder(site: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it lies on a disk."""
    place = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("unbudget_check.site.__main__.build_site", lambda: site)
        assert main([str(place)]) is None
    return place


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_fits_every_window(
    chromium: Browser, folder: Path, name: str
) -> None:
    dark = name.startswith("rules")
    context = chromium.new_context(offline=True, color_scheme="dark" if dark else "light")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert not [(each["id"], each["nodes"][0]["html"]) for each in found]
    assert {Path(each).name for each in asked} == {Path(name).name + ".html", "style.css"}
    context.close()
