"""Tracked changes of a Word document, settled one way: accepted, or as the original stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from unbudget_check.readers.docx_index import Index


def settle_revisions(root: etree._Element, index: Index, revisions: str) -> None:
    """Remove from the tree what the wished reading does not show.

    ``revisions`` is "accepted" (insertions stay, deletions go) or "original" (the reverse).
    """
    dropped = ("del", "moveFrom") if revisions == "accepted" else ("ins", "moveTo")
    names = tuple(map(index.name, dropped))
    cells = index.name("cellDel" if revisions == "accepted" else "cellIns")
    for mark in index.tracked:
        owner = mark.getparent()
        if owner is None:
            continue
        if mark.tag == cells or (mark.tag in names and owner.tag == index.name("trPr")):
            _remove(owner.getparent())
    etree.strip_elements(root, *names, with_tail=False)
    if revisions == "original":
        # The text of a deletion is kept under a name of its own.
        for deleted in root.iter(index.name("delText")):
            deleted.tag = index.t
        etree.strip_tags(root, index.name("del"), index.name("moveFrom"))


def _remove(element: etree._Element | None) -> None:
    if element is not None:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
