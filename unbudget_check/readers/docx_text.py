"""The text of one Word paragraph, with superscript footnote marks told apart from figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from unbudget_check.readers.docx_index import Index


def paragraph_text(paragraph: etree._Element, index: Index) -> tuple[str, str]:
    """The text as printed and, apart from it, the footnote marks set as superscripts."""
    pieces: list[str] = []
    marks: list[str] = []
    _collect(paragraph, index, pieces, marks)
    return "".join(pieces), "".join(marks).strip()


def _collect(parent: etree._Element, index: Index, pieces: list[str], marks: list[str]) -> None:
    """Go through the runs below an element; links, fields and content controls are opened."""
    run = index.r
    special = index.hidden or index.raised
    for child in parent:
        tag = child.tag
        if tag == run:
            if special and child in index.hidden:
                continue
            _take_run(child, index, marks if special and child in index.raised else pieces)
        elif tag not in index.closed and len(child):
            _collect(child, index, pieces, marks)


def _take_run(run: etree._Element, index: Index, pieces: list[str]) -> None:
    text, carriers = index.t, index.carriers
    for carrier in run:
        tag = carrier.tag
        if tag == text:
            pieces.append(carrier.text or "")
        elif tag in carriers:
            pieces.append(text_of(carrier, index))


def text_of(carrier: etree._Element, index: Index) -> str:
    """What an element prints that is no text: a tab, a break, a hyphen, a symbol."""
    if carrier.tag == index.name("tab"):
        return "\t"
    if carrier.tag == index.name("noBreakHyphen"):
        return "-"
    if carrier.tag == index.name("sym"):
        # Symbol fonts keep their glyphs in the private area; the low byte is the character.
        code = carrier.get(index.name("char"), "")
        return chr(int(code, 16) & 0xFF) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
    return "\n"


def contents(parent: etree._Element, index: Index) -> Iterator[etree._Element]:
    """The paragraphs and tables right below an element, content controls opened."""
    for child in parent:
        if child.tag in (index.p, index.name("tbl")):
            yield child
        elif child.tag in index.wrappers:
            yield from contents(child, index)
