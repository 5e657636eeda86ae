"""Read Word documents (.docx, .docm): paragraphs and tables in reading order, revisions settled.

Tracked changes are read as if accepted, or, on request, as the original stood. Text boxes and
charts follow the paragraph that anchors them, nested tables the table that holds them, footnotes
come last.

Tracked changes of a Word document, settled one way: accepted, or as the original stood.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.errors import UnreadableError
from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Block, Document, Paragraph, Table
from unbudget_check.model.faults import Faults
from unbudget_check.model.message import saying
from unbudget_check.profiles import form
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.readers.docx.charts import charts_by_host
from unbudget_check.readers.docx.numbering import (
    label_paragraphs,
    names_something,
    read_definitions,
)
from unbudget_check.readers.docx.paragraphs import (
    FALLBACK,
    NUMBERED,
    Index,
    contents,
    index_part,
    paragraph_text,
)
from unbudget_check.readers.docx.tables import read_table
from unbudget_check.readers.fenced import TreeParts
from unbudget_check.readers.split_tables import put_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from zipfile import ZipFile

    from unbudget_check.readers.docx.numbering import Definitions
    from unbudget_check.readers.source import Source


MAIN_PART, FOOTNOTES, TYPES = "word/document.xml", "word/footnotes.xml", "[Content_Types].xml"
# Where a document keeps its lists and styles, beside its main part.
LISTS = ("numbering.xml", "styles.xml")
MAIN_TYPE = "wordprocessingml.document.main"
_SYMBOL = re.compile(rf"^{form('heading_symbol')}$")


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


def read(source: Source) -> Document:
    """A Word document as a Document; raises UnreadableError where it is none."""
    return prepare(source)()


def prepare(source: Source) -> Callable[[], Document]:
    """Unpack and parse, and leave the reading for later: parsing keeps the interpreter free."""
    opened = open_document(source)
    return lambda: read_opened(opened)[0]


def parts_of(source: Source) -> TreeParts:
    """The document in paragraphs and tables, each of which can be left out."""
    return TreeParts(source, _opened)


def _opened(source: Source) -> tuple[etree._Element, Callable[[], Document]]:
    opened = open_document(source)
    return opened.root, lambda: read_opened(opened)[0]


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A Word document that was unpacked and parsed; its archive stays open until it is read."""

    source: Source
    archive: ZipFile
    main: str
    root: etree._Element


def open_document(source: Source) -> OpenedDocument:
    """Unpack a document and parse its main part; raises UnreadableError where it is none."""
    with ExitStack() as opened:
        archive = opened.enter_context(open_archive(source))
        main = _main_part(archive, source)
        root = parse_part(archive, source, main)
        opened.pop_all()
    return OpenedDocument(source, archive, main, root)


def read_opened(opened: OpenedDocument) -> tuple[Document, Index]:
    """The document, and what stood where in its main part; the tree is taken apart meanwhile."""
    source, archive, main, root = opened.source, opened.archive, opened.main, opened.root
    faults = Faults(source.path)
    with archive:
        word = index_part(root)
        if word.tracked:
            settle_revisions(root, word, source.options.revisions)
            word = index_part(root)
        boxes = _lift_boxes(word)
        parse = partial(parse_part, archive, source)
        definitions = faults.guarded(lambda: _definitions(archive, main, parse), lambda: None)
        if definitions:
            label_paragraphs(root, word, definitions)
        _lift_nested(word)
        names = set(archive.namelist())
        no_charts: dict[etree._Element, list[Table]] = {}
        charts = faults.guarded(lambda: charts_by_host(word, main, names, parse), lambda: no_charts)
        body = root.find(word.name("body"))
        if body is None:
            raise unreadable(saying("file-no-body", path=source.path, part=main))
        blocks = list(_blocks(body, word, "/w:body", boxes, charts))
        if FOOTNOTES in archive.namelist():
            notes = parse(FOOTNOTES)
            blocks += faults.guarded(lambda: [*_footnotes(notes, definitions)], list[Paragraph])
        symbol = faults.guarded(lambda: _symbol(archive, source), lambda: None)
    remarks = tuple(told for _, told in faults.found)
    whole = put_together(blocks)
    return Document(source.path, source.sha256, whole, symbol, remarks=remarks), word


def parse_part(archive: ZipFile, source: Source, name: str) -> etree._Element:
    """One part of the package as a tree; nothing outside the file is ever loaded."""
    data = safe_xml(read_part(archive, source.path, name), source.path, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        fault = str(error.msg)
        raise unreadable(
            saying("file-broken-part", path=source.path, part=name, fault=fault)
        ) from error


def _definitions(
    archive: ZipFile, main: str, parse: Callable[[str], etree._Element]
) -> Definitions | None:
    """The lists of the document; where their parts are damaged, it is read without its numbers."""
    numbering, styles = (posixpath.join(posixpath.dirname(main), name) for name in LISTS)
    names = archive.namelist()
    if numbering not in names:
        return None
    try:
        return read_definitions(parse(numbering), parse(styles) if styles in names else None)
    except UnreadableError:
        return None


def _main_part(archive: ZipFile, source: Source) -> str:
    """The part that holds the text; a package may name it otherwise than Word does."""
    names = archive.namelist()
    if MAIN_PART in names:
        return MAIN_PART
    entries = parse_part(archive, source, TYPES) if TYPES in names else ()
    mains = [e.get("PartName", "") for e in entries if MAIN_TYPE in e.get("ContentType", "")]
    for name in mains:
        if str(name).lstrip("/") in names:
            return str(name).lstrip("/")
    raise unreadable(saying("file-no-word", path=source.path, part=MAIN_PART))


def _symbol(archive: ZipFile, source: Source) -> str | None:
    """The document symbol, such as A/80/6 (Sect. 29E), as the page headings print it."""
    for name in archive.namelist():
        if not re.fullmatch(r"word/header\d*\.xml", name):
            continue
        root = parse_part(archive, source, name)
        word = index_part(root)
        for paragraph in root.iter(word.p):
            text = paragraph_text(paragraph, word)[0].strip()
            if _SYMBOL.match(text):
                return text
    return None


def _lift_boxes(word: Index) -> dict[etree._Element, list[etree._Element]]:
    """Take text boxes out of the paragraphs that anchor them, so that texts do not run together."""
    boxes: dict[etree._Element, list[etree._Element]] = {}
    for box in word.boxes:
        hosts = list(box.iterancestors())
        near = takewhile(lambda host: host.tag != box.tag, hosts)  # noqa: B023  used at once
        anchors = [host for host in near if host.tag in (word.p, word.name("tbl"))]
        # Word keeps a second copy of every drawing, for old programs: it is read once.
        if anchors and not any(host.tag == FALLBACK for host in hosts):
            boxes.setdefault(anchors[-1], []).append(box)
    for box in reversed(word.boxes):
        _detach(box)
    return boxes


def _lift_nested(word: Index) -> None:
    """Take tables out of the cells that hold them, so that every table is read by itself.

    The innermost come first: taking out an element costs as much as all that is still in it.
    """
    for table in reversed(word.tables):
        cell = next(table.iterancestors(word.tc), None)
        if cell is not None:
            word.nested.setdefault(cell, []).insert(0, table)
            _detach(table)


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _blocks(
    parent: etree._Element,
    word: Index,
    path: str,
    boxes: Mapping[etree._Element, list[etree._Element]],
    charts: Mapping[etree._Element, list[Table]],
) -> Iterator[Block]:
    """The paragraphs and tables below an element, content controls opened, in reading order."""
    paragraphs = tables = 0
    for child in contents(parent, word):
        if child.tag == word.p:
            paragraphs += 1
            place = f"{path}/w:p[{paragraphs}]"
            word.places[place] = child
            text, marks = paragraph_text(child, word)
            label = word.labels.get(child, "")
            if text.strip() or names_something(label):
                yield Paragraph(label + text + marks, place, label=label)
        else:
            tables += 1
            place = f"{path}/w:tbl[{tables}]"
            word.places[place] = child
            yield from read_table(child, word, place)
        for number, box in enumerate(boxes.get(child, ()), 1):
            frame = f"{place}/w:txbxContent[{number}]"
            for block in _blocks(box, word, frame, boxes, charts):
                yield replace(block, frame=block.frame or frame)
        for chart in charts.get(child, ()):
            word.places[chart.address] = child
            yield chart


def _footnotes(root: etree._Element, definitions: Definitions | None) -> Iterator[Paragraph]:
    """The notes of the document; separators, which carry a type, are none."""
    word = index_part(root)
    if definitions:
        label_paragraphs(root, word, definitions)
    for number, note in enumerate(root, 1):
        if note.get(word.name("type")) is None:
            texts = [(each, paragraph_text(each, word)[0]) for each in note.iter(word.p)]
            kept = [(word.labels.get(each, ""), text) for each, text in texts if text]
            text = " ".join(label + text for label, text in kept).strip()
            if text:
                label = kept[0][0]
                yield Paragraph(text, f"/w:footnotes/w:footnote[{number}]", label=label)
