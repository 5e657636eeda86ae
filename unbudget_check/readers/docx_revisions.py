"""Tracked changes of a Word document, settled one way: accepted, or as the original stood."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.readers.docx_index import NUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.readers.docx_index import Index


def settle_revisions(root: etree._Element, index: Index, revisions: str) -> None:
    """Remove from the tree what the wished reading does not show.

    ``revisions`` is "accepted" (insertions stay, deletions go) or "original" (the reverse).
    """
    dropped = ("del", "moveFrom") if revisions == "accepted" else ("ins", "moveTo")
    names = tuple(map(index.name, dropped))
    joined = list(_joined(index, names))
    if revisions == "original":
        _restore_numbers(root, index)
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
    for paragraph in reversed(joined):
        _join(paragraph, index)


def _joined(index: Index, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """The paragraphs whose end is not shown: their text goes on in the next one."""
    path = [index.name("rPr"), index.name("pPr"), index.p]
    for mark in index.tracked:
        owners = list(islice(mark.iterancestors(), len(path)))
        if mark.tag in names and [each.tag for each in owners] == path:
            yield owners[-1]


def _join(paragraph: etree._Element, index: Index) -> None:
    """Let two paragraphs that are one take one number, which is that of the second.

    The texts stay apart, so that every other paragraph keeps its place in the file.
    """
    following = paragraph.getnext()
    is_empty = next(paragraph.iter(index.r), None) is None
    own = paragraph.find(index.name("pPr"))
    for local in NUMBERED:
        setting = own.find(index.name(local)) if own is not None else None
        if own is not None and setting is not None:
            own.remove(setting)
    if own is None or is_empty or following is None or following.tag != index.p:
        return
    for local in NUMBERED:
        setting = following.find(f"{index.name('pPr')}/{index.name(local)}")
        if setting is not None:
            own.append(setting)


def _restore_numbers(root: etree._Element, index: Index) -> None:
    """Give paragraphs the list and style that they had before their format was changed."""
    for settings in root.iter(index.name("pPr")):
        numbering = settings.find(index.name("numPr"))
        before = settings.find(f"{index.name('pPrChange')}/{index.name('pPr')}")
        is_new = numbering is not None and numbering.find(index.name("ins")) is not None
        if before is None and not is_new:
            continue
        for local in NUMBERED:
            former = before.find(index.name(local)) if before is not None else None
            own = settings.find(index.name(local))
            if own is not None and (before is not None or local == "numPr"):
                settings.remove(own)
            if former is not None:
                settings.insert(0, former)


def _remove(element: etree._Element | None) -> None:
    if element is not None:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
