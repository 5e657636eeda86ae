"""Tracked changes of a Word document, settled one way: accepted, or as the original stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from unbudget_check.readers.docx_text import Names

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def settle_revisions(root: etree._Element, word: Names, revisions: str) -> None:
    """Remove from the tree what the wished reading does not show.

    ``revisions`` is "accepted" (insertions stay, deletions go) or "original" (the reverse). The
    second copy that Word keeps of drawings for old programs goes in any case.
    """

    def name(local: str) -> str:
        return f"{{{word.space}}}{local}"

    etree.strip_elements(root, _COMPATIBILITY, with_tail=False)
    dropped = ("del", "moveFrom") if revisions == "accepted" else ("ins", "moveTo")
    for setting in list(root.iter(*map(name, dropped))):
        owner = setting.getparent()
        if owner is not None and owner.tag == name("trPr"):
            _remove(owner.getparent())
    cell_mark = name("cellDel" if revisions == "accepted" else "cellIns")
    for setting in list(root.iter(cell_mark)):
        owner = setting.getparent()
        if owner is not None:
            _remove(owner.getparent())
    etree.strip_elements(root, *map(name, dropped), with_tail=False)
    if revisions == "original":
        # The text of a deletion is kept under a name of its own.
        for deleted in root.iter(name("delText")):
            deleted.tag = word.t
        etree.strip_tags(root, name("del"), name("moveFrom"))


def _remove(element: etree._Element | None) -> None:
    if element is not None:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
