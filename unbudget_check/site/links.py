"""Whether every link of the site leads somewhere; nothing outside of it is ever asked."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OUTWARD = ("https", "mailto")


class _Page(HTMLParser):
    """Collects the anchors of a page and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: Counter[str] = Counter()
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag names and what it refers to."""
        del tag
        for name, value in attrs:
            if name == "id":
                self.anchors[value or ""] += 1
            elif name in {"href", "src"}:
                self.targets.append(value or "")


def broken_links(site: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the links and anchors of a site: its files by their paths."""
    pages = {path: _Page(text) for path, text in site.items() if path.endswith(".html")}
    return tuple(_faults(site, pages))


def _faults(site: Mapping[str, str], pages: Mapping[str, _Page]) -> Iterator[str]:
    for path, page in pages.items():
        yield from (f"{path}: two anchors #{name}" for name, n in page.anchors.items() if n > 1)
        for target in page.targets:
            fault = _outward(target) if urlsplit(target).scheme else _inward(target, path, pages)
            if fault and _file(target, path) not in site.keys() - pages.keys():
                yield f"{path}: {fault}: {target}"


def _outward(target: str) -> str:
    """What is wrong with an address elsewhere, by its form."""
    parts = urlsplit(target)
    sound = parts.scheme in OUTWARD and (parts.netloc or parts.path)
    return "" if sound else "no address"


def _inward(target: str, path: str, pages: Mapping[str, _Page]) -> str:
    """What is wrong with a link to a page of the site."""
    file, anchor = _file(target, path), urlsplit(target).fragment
    if file not in pages:
        return "no such page"
    return "no such anchor" if anchor and anchor not in pages[file].anchors else ""


def _file(target: str, path: str) -> str:
    """The file that a link on a page leads to."""
    named = unquote(urlsplit(target).path)
    return normpath(join(dirname(path), named)) if named else path
