"""Presentations (.pptx, .pptm): the texts, tables and charts of each slide, in the order of slides.

Slides that are hidden are not read, and said; notes are none of a slide.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.message import saying, some_of
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.readers.docx.charts import read_chart
from unbudget_check.readers.elements import attribute, local_name, whole
from unbudget_check.readers.flow import (
    FlowCell,
    FlowGrid,
    FlowParagraph,
    FlowTable,
    blocks_of,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

    from unbudget_check.readers.flow import FlowItem
    from unbudget_check.readers.source import Source

MAIN = "ppt/presentation.xml"
TITLES = ("title", "ctrTitle")
FURNITURE = ("sldNum", "dt", "ftr", "hdr")  # the number of the slide, its date, head and foot
MOST_SPANNED = 1000
LEVELS = tuple("012345678")
# How far one step sets a paragraph in, in the units of the format: 14 points.
STEP_EMU = 177_800


@dataclass(slots=True)
class _Deck:
    """An archive that is open, and what was passed over in it."""

    archive: zipfile.ZipFile
    path: str
    names: frozenset[str]
    hidden: list[str] = field(default_factory=list)

    def part(self, name: str) -> etree._Element:
        """One part as a tree; nothing outside the file is ever loaded."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        data = safe_xml(read_part(self.archive, self.path, name), self.path, name)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise unreadable(saying("file-damaged-part", path=self.path, part=name)) from error

    def links(self, name: str) -> Mapping[str, str]:
        """By its identity the part that each relation of a part leads to."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.names:
            return {}
        found = {}
        for each in self.part(relations):
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            found[each.get("Id", "")] = target.lstrip("/")
        return found


def read(source: Source) -> Document:
    """A presentation as a Document; raises UnreadableError where it is none."""
    with open_archive(source) as archive:
        deck = _Deck(archive, source.path, frozenset(archive.namelist()))
        if MAIN not in deck.names:
            raise unreadable(saying("file-no-part", path=source.path, part=MAIN))
        slides = enumerate(_slides(deck), 1)
        items = [item for number, name in slides for item in _slide(deck, name, number)]
    count, places = len(deck.hidden), some_of(deck.hidden)
    remarks = (saying("text-hidden", count=count, places=places),) if count else ()
    return Document(source.path, source.sha256, tuple(blocks_of(items)), remarks=remarks)


def _slides(deck: _Deck) -> Iterator[str]:
    """The parts of the slides, in order."""
    links = deck.links(MAIN)
    for each in deck.part(MAIN).iter():
        if local_name(each) == "sldId":
            name = links.get(_link(each), "")
            if name in deck.names:
                yield name


def _link(element: etree._Element) -> str:
    """The relation that an element names, which has the local name of its own number."""
    return next((str(value) for name, value in element.items() if str(name).endswith("}id")), "")


def _slide(deck: _Deck, name: str, number: int) -> list[FlowItem]:
    root, place = deck.part(name), f"/p:sld[{number}]"
    if root.get("show") in ("0", "false"):
        deck.hidden.append(place)
        return []
    found: list[tuple[bool, list[FlowItem]]] = []
    counts: dict[str, int] = {}
    links = deck.links(name)
    for shape in root.iter():
        local = local_name(shape)
        if local not in ("sp", "graphicFrame"):
            continue
        counts[local] = counts.get(local, 0) + 1
        at = f"{place}/p:{local}[{counts[local]}]"
        kind = next((attribute(e, "type") for e in shape.iter() if local_name(e) == "ph"), "")
        if kind not in FURNITURE:
            inside: Iterator[FlowItem] = (
                _paragraphs(shape, at) if local == "sp" else _framed(deck, shape, at, links)
            )
            found.append((kind in TITLES, list(inside)))
    # The title is read first, wherever it stands in the file.
    ordered = sorted(found, key=lambda each: not each[0])
    return [item for _, items in ordered for item in items]


def _framed(
    deck: _Deck, frame: etree._Element, path: str, links: Mapping[str, str]
) -> Iterator[FlowItem]:
    """The table or chart in a frame."""
    for each in frame.iter():
        local = local_name(each)
        if local == "tbl":
            yield _table(each, f"{path}/a:tbl[1]")
        elif local == "chart" and links.get(_link(each)) in deck.names:
            chart = read_chart(deck.part(links[_link(each)]), path)
            if chart is not None:
                yield FlowTable(chart)


def _table(table: etree._Element, path: str) -> FlowGrid:
    grid = FlowGrid(path)
    rows = [each for each in table if local_name(each) == "tr"]
    for at, row in enumerate(rows, 1):
        grid.rows.append([])
        cells = [each for each in row if local_name(each) == "tc"]
        for number, each in enumerate(cells, 1):
            if _is_on(each.get("hMerge")) or _is_on(each.get("vMerge")):
                continue  # under a merged cell
            place = f"{path}/a:tr[{at}]/a:tc[{number}]"
            down = whole(each.get("rowSpan", ""), 1, MOST_SPANNED)
            cell = FlowCell(place, down, whole(each.get("gridSpan", ""), 1, MOST_SPANNED))
            cell.items.extend(_paragraphs(each, place))
            grid.rows[-1].append(cell)
    return grid


def _is_on(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _paragraphs(shape: etree._Element, path: str) -> Iterator[FlowParagraph]:
    at = 0
    for paragraph in shape.iter():
        if local_name(paragraph) != "p":
            continue
        at += 1
        pieces: list[str] = []
        marks: list[str] = []
        indent = 0
        for each in paragraph:
            local = local_name(each)
            if local == "pPr":
                margin = whole(attribute(each, "marL"), 0, STEP_EMU * 20) // STEP_EMU
                level = attribute(each, "lvl")
                indent = max(margin, int(level) if level in LEVELS else 0)
            elif local in ("r", "fld"):
                text = "".join(e.text or "" for e in each if local_name(e) == "t")
                (marks if _is_raised(each) else pieces).append(text)
            elif local == "br":
                pieces.append("\n")
        yield FlowParagraph(
            f"{path}/a:p[{at}]", "".join(pieces), "".join(marks).strip(), indent=indent
        )


def _is_raised(run: etree._Element) -> bool:
    rise = next((attribute(each, "baseline") for each in run if local_name(each) == "rPr"), "")
    return rise.rstrip("%").isdigit() and int(rise.rstrip("%")[:9]) > 0
