"""A page as a tree, mended as browsers do: rows in groups, stray texts outside tables.

``libxml2`` reads the signs of a page as the standard demands, and takes broken nesting as it
comes; what browsers put right in tables is put right here, so that an address means the same
element in a browser's own tools. Scripts never run, and nothing is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTIONS = ("thead", "tbody", "tfoot")
CELLS = ("td", "th")
# What may stand in a table beside its parts without being shown.
SILENT = ("script", "style", "template", "colgroup", "col", "caption")
# What follows the end of a page is still shown; it is read where the signs of the end are left out.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_AFTER = re.compile(r"(?:\s|<!--.*?-->|</(?:body|html)\s*>)*", re.IGNORECASE | re.DOTALL)
# Characters that are parsed and may not be moved, for they are none of XML.
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TOO_DEEP = 2048  # elements within each other, which is as far as the parser goes


def parse_page(text: str, path: str) -> etree._Element:
    """The tree of a page as a browser has it; raises UnreadableError as ``unmended`` does."""
    root = unmended(text, path)
    mend(root)
    return root


def unmended(text: str, path: str) -> etree._Element:
    """The tree as parsed; raises UnreadableError where it is empty or without end."""
    ended = _ENDS.search(text)
    if ended is not None and _AFTER.fullmatch(text, ended.end()) is None:
        text = _ENDS.sub("", text)
    # Any encoding that is declared is history by now: these are characters already.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(saying("file-no-page", path=path)) from error
    if root is None:
        raise unreadable(saying("file-no-page", path=path))
    if any("depth" in each.message.lower() for each in parser.error_log):
        raise unreadable(saying("file-nested", path=path, limit=TOO_DEEP))
    return root


def mend(root: etree._Element) -> None:
    """Change a tree as a browser does."""
    _mend_signs(root)
    _mend_loose(root)
    for table in list(root.iter("table")):
        _mend_table(table)


def _mend_signs(root: etree._Element) -> None:
    """A form feed parts words; other unprintable signs are shown, so that no figure hides one."""
    for element in root.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and _UNPRINTED.search(text):
                setattr(element, name, _UNPRINTED.sub("\ufffd", text.replace("\f", " ")))


def _mend_loose(root: etree._Element) -> None:
    """Rows and cells outside any table make one of their own, as in a piece of a page."""
    for row in list(root.iter("tr", *CELLS)):
        parent = row.getparent()
        if parent is None or _is_part(parent):
            continue
        if row.tag != "tr":
            row = _wrap(parent, row, CELLS, "tr")  # noqa: PLW2901  the row is looked at next
        before = row.getprevious()
        if before is not None and before.tag == "table" and not (before.tail or "").strip():
            before.append(row)  # a row that outlived its table
        else:
            _wrap(parent, row, ("tr", *SECTIONS), "table")


def _is_part(parent: etree._Element) -> bool:
    return parent.tag in ("table", "tr", *SECTIONS)


def _mend_table(table: etree._Element) -> None:
    for part in [table, *table.iterchildren(*SECTIONS)]:
        is_table = part is table
        allowed = ("tr", *CELLS, *SILENT, *(SECTIONS if is_table else ()))
        _turn_out(part, table, allowed)
        for cell in list(part.iterchildren(*CELLS)):
            if cell.getparent() is part:
                _wrap(part, cell, CELLS, "tr")
        for row in part.iterchildren("tr"):
            _turn_out(row, table, (*CELLS, *SILENT))
    for row in list(table.iterchildren("tr")):
        if row.getparent() is table:
            _wrap(table, row, ("tr",), "tbody")


def _turn_out(part: etree._Element, table: etree._Element, allowed: tuple[str, ...]) -> None:
    """Move what has no place in a part of a table before it, a table that was not closed after."""
    if (part.text or "").strip():
        _text_before(table, part.text or "")
        part.text = None
    for child in list(part):
        tail, child.tail = child.tail, None
        if (tail or "").strip():
            _text_before(table, tail or "")
        if child.tag in allowed:
            continue
        if child.tag == "table" or child.find(".//table") is not None:
            table.addnext(child)
            child.tail, table.tail = table.tail, None
        else:
            table.addprevious(child)


def _text_before(table: etree._Element, text: str) -> None:
    """Put a text right before a table."""
    before, parent = table.getprevious(), table.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _wrap(
    parent: etree._Element, first: etree._Element, tags: tuple[str, ...], name: str
) -> etree._Element:
    """Put an element and those of its kind right after it into a new element, which is returned."""
    made = etree.Element(name)
    parent.insert(parent.index(first), made)
    after: etree._Element | None = first
    while after is not None and after.tag in tags:
        following: etree._Element | None = after.getnext()
        tail, after.tail = after.tail, None
        made.append(after)
        made.tail = tail
        if (tail or "").strip():
            break
        after = following
    return made


def step_of(element: etree._Element, counts: dict[str, int]) -> str:
    """The step of an address that leads to an element, ``counts`` being those of its parent."""
    tag = str(element.tag)
    counts[tag] = counts.get(tag, 0) + 1
    return f"/{tag}[{counts[tag]}]" if tag not in ("html", "body") else f"/{tag}"


def elements_at(root: etree._Element, addresses: Iterable[str]) -> dict[str, etree._Element]:
    """The elements of a page at these addresses; an address that leads nowhere is left out."""
    found = {}
    for address in dict.fromkeys(addresses):
        element = _at(root, address)
        if element is not None:
            found[address] = element
    return found


def _at(root: etree._Element, address: str) -> etree._Element | None:
    steps = address.strip("/").split("/")
    if steps[0] != "html":
        return None
    element: etree._Element | None = root
    for step in steps[1:]:
        match = re.fullmatch(r"([^\[\]]+)(?:\[(\d{1,9})\])?", step)
        if element is None or match is None:
            return None
        same = [child for child in element if child.tag == match[1]]
        at = int(match[2] or 1) - 1
        element = same[at] if at < len(same) else None
    return element
