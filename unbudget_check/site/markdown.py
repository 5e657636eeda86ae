"""Markdown as HTML, with an anchor at every heading; raw HTML in it stays text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

DEEPEST_LISTED = "h2"
# A wide table scrolls by itself, so that a narrow page does not.
SCROLLING = '<div class="scroll" tabindex="0" role="region" aria-label="Table {}"><table>'
# Whoever has no mouse scrolls what has the focus.
FOCUSED = '<pre tabindex="0">'
_HEAD_CELL = re.compile(r"<th(?=[ >])")


@dataclass(frozen=True, slots=True)
class ListedHeading:
    """A heading that a list of contents names."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of Markdown: its title (the first heading), its body, its headings below that."""

    title: str
    lead: str
    body: Markup
    headings: tuple[ListedHeading, ...]


def prose_of(text: str) -> SitePage:
    """A page whose first row is ``# Title``; the first paragraph below is its lead."""
    tokens = _parser().parse(text)
    title, lead, rest = _texts(tokens[1]), "", tokens[3:]
    if rest and rest[0].type == "paragraph_open":
        lead = _texts(rest[1])
        rest = rest[3:]
    headings = tuple(_anchored(rest))
    listed = tuple(heading for tag, heading in headings if tag == DEEPEST_LISTED)
    return SitePage(title, lead, _html(rest), listed)


def html_of(text: str) -> Markup:
    """A passage without headings, such as a docstring."""
    return _html(_parser().parse(text))


def code_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Every block of code in a text, with the name of its language where it has one."""
    for token in _parser().parse(text):
        if token.type in {"fence", "code_block"}:
            yield token.info.strip(), token.content


def code_spans(text: str) -> Iterator[str]:
    """Every word or command that a sentence sets as code."""
    for token in _parser().parse(text):
        yield from (each.content for each in token.children or () if each.type == "code_inline")


def slug_of(text: str) -> str:
    """A heading as an anchor: ``What it costs`` is ``what-it-costs``."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _texts(token: Token) -> str:
    return "".join(each.content for each in token.children or ())


def _anchored(tokens: Sequence[Token]) -> Iterator[tuple[str, ListedHeading]]:
    """Gives every heading its anchor, and every link to another page of prose its ending."""
    taken: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _texts(tokens[at + 1])
            anchor = slug_of(text)
            taken[anchor] += 1
            anchor += f"-{taken[anchor]}" if taken[anchor] > 1 else ""
            token.attrSet("id", anchor)
            yield token.tag, ListedHeading(anchor, text)


def _html(tokens: Sequence[Token]) -> Markup:
    for link in _links(tokens):
        target = str(link.attrGet("href"))
        if "://" not in target:
            link.attrSet("href", re.sub(r"\.md(?=#|$)", ".html", target))
    parser = _parser()
    drawn = parser.renderer.render(tokens, parser.options, {})
    numbers = count(1)
    drawn = re.sub("<table>", lambda _: SCROLLING.format(next(numbers)), drawn)
    drawn = drawn.replace("</table>", "</table></div>").replace("<pre>", FOCUSED)
    # Safe: the parser escapes what it does not write itself.
    return Markup(_HEAD_CELL.sub('<th scope="col"', drawn))  # noqa: S704


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (each for each in token.children or () if each.type == "link_open")
