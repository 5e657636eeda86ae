"""Copies of web pages with a box around the cells of every finding, and the findings at the end.

The copy is one page without scripts, and it asks the browser to fetch nothing from elsewhere.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.lexicon import load_language
from unbudget_check.messages import ENGLISH, say
from unbudget_check.model.finding import Severity
from unbudget_check.readers.html.pages import page_of
from unbudget_check.readers.html.tree import elements_at, parse_page
from unbudget_check.readers.source import Source
from unbudget_check.reporters.office.remarks import (
    AUTHOR,
    OfficeFile,
    at_places,
    copies,
    open_findings,
    remarks_of,
)
from unbudget_check.reporters.words import count_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.remarks import Original

COLOURS = {Severity.ERROR: "#b00020", Severity.WARNING: "#a65a00", Severity.NOTE: "#1a5fb4"}
# What a browser may load of a copy: styles and pictures that stand in it or beside it.
POLICY = "default-src 'none'; style-src 'unsafe-inline' file:; img-src data: file:; font-src file:"
MARK = "font: bold 12px sans-serif; color: #fff; text-decoration: none; padding: 0 4px"
LIST = "font: 14px/1.5 sans-serif; color: #000; background: #fff; padding: 1em 2em; clear: both"
NAME = "unbudget-check-note"
# Elements that run, or lead elsewhere by themselves.
RUNNING = ("script", "noscript", "iframe", "frame", "object", "embed", "applet", "base")


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One copy of every web page that was read, whether it has findings or not.

    Raises UserError where there is no page, or one is not the file any more that was checked;
    UnreadableError where none of them could be read.
    """

    def copy(each: DocumentResult) -> OfficeFile:
        return OfficeFile(mark_page(original(each), each, report.lang), _name_of(each.path))

    return copies(report, "page", "web page", copy)


def _name_of(path: str) -> str:
    """The name of a copy: whatever kind of archive the page was saved in, it is a page."""
    known = PurePath(path).suffix.lower() in (".html", ".htm")
    return path if known else str(PurePath(path).with_suffix(".html"))


def mark_page(data: bytes, document: DocumentResult, lang: str = ENGLISH) -> bytes:
    """The same page with a mark at every open finding, and all of them listed at its end.

    Raises UserError where the file is not the one that was checked.
    """
    findings = open_findings(data, document)
    root = parse_page(page_of(Source(document.path, data)).text, document.path)
    marked = [(each, _element_name(each)) for each in at_places(findings)]
    places = elements_at(root, (name for _, name in marked))
    _settle(root)
    boxed: set[int] = set()
    for finding, name in marked:
        if name in places:
            _box(places[name], finding, lang, is_first=finding.number not in boxed)
            boxed.add(finding.number)
    listed = [_note(each, lang, is_found=each.number in boxed) for each in findings]
    body = root.find("body")
    if listed:
        (root if body is None else body).append(_section(listed, lang))
    text = etree.tostring(root, method="html", encoding="unicode", doctype="<!doctype html>")
    return text.encode("utf-8", "replace")


def _settle(root: etree._Element) -> None:
    """Take out what runs, and say what the copy is: its encoding, and what it may load."""
    for element in list(root.iter(*RUNNING)):
        _drop(element)
    for element in list(root.iter("meta")):
        if element.get("charset") or element.get("http-equiv"):
            _drop(element)
    for element in root.iter():
        for name, value in element.items():
            bare = "".join(str(value).split()).lower()
            if str(name).lower().startswith("on") or bare.startswith(("javascript:", "vbscript:")):
                del element.attrib[name]
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    for at, said in enumerate(
        (
            {"charset": "utf-8"},
            {"name": "generator", "content": AUTHOR},
            {"http-equiv": "Content-Security-Policy", "content": POLICY},
        )
    ):
        head.insert(at, etree.Element("meta", said))


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _element_name(finding: Finding) -> str:
    return (finding.where.address or "").partition("#")[0]


def _box(element: etree._Element, finding: Finding, lang: str, *, is_first: bool) -> None:
    """Draw a box around an element and put the number of the finding into it."""
    colour = COLOURS[finding.severity]
    outline = f"outline: 3px solid {colour} !important; outline-offset: -2px"
    own = element.get("style", "").strip().rstrip(";")
    element.set("style", f"{own}; {outline}" if own else outline)
    mark = etree.SubElement(
        element,
        "a",
        {
            "class": NAME,
            "href": f"#{NAME}-{finding.number}",
            **({"id": f"{NAME}-at-{finding.number}"} if is_first else {}),
            "title": "\n".join(remarks_of(finding, lang)),
            "style": f"{MARK}; background: {colour}",
        },
    )
    mark.text = str(finding.number)


def _note(finding: Finding, lang: str, *, is_found: bool) -> etree._Element:
    """A finding in the list at the end of the page, with a link to its place."""
    item = etree.Element(
        "li",
        {
            "id": f"{NAME}-{finding.number}",
            "value": str(finding.number),
            "style": "margin: 0 0 1em",
        },
    )
    place = place_of(finding.where, lang=lang)
    first = etree.SubElement(item, "p", {"style": "margin: 0"})
    if is_found:
        link = etree.SubElement(first, "a", {"class": NAME, "href": f"#{NAME}-at-{finding.number}"})
        link.text = place
    else:
        first.text = say(lang, "office.lost", place=place)
    for text in remarks_of(finding, lang):
        etree.SubElement(item, "p", {"style": "margin: 0"}).text = _printable(text)
    return item


def _section(notes: Iterable[etree._Element], lang: str) -> etree._Element:
    side = "rtl" if load_language(lang).right_to_left else "ltr"
    section = etree.Element("section", {"id": NAME, "style": LIST, "dir": side, "lang": lang})
    items = list(notes)
    heading = etree.SubElement(section, "h2")
    heading.text = f"{AUTHOR}: {count_of(len(items), 'finding', lang)}"
    etree.SubElement(section, "ol").extend(items)
    return section


def _printable(text: str) -> str:
    """A text without the characters that no page can hold."""
    return "".join(each for each in text if each >= " " or each in "\t\n")
