"""The text of Word paragraphs, with superscript footnote marks told apart from figures.

What stands where in one Word part, looked up once: names, raised and hidden runs, odd elements.

Asking every run and every cell for its settings costs more than all the rest of the reading; the
few elements that need care are found by one walk of the parser instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the "strict" variant of the standard
)
# Elements of a run that print something, beside its text.
CARRIERS = ("tab", "br", "cr", "noBreakHyphen", "sym")
# Elements of a paragraph that hold settings, not text.
CLOSED = ("pPr", "rPr", "sdtPr", "sdtEndPr")
# Elements that others are wrapped in: content controls, links to data, accepted insertions.
WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
TRACKED = ("del", "ins", "moveFrom", "moveTo", "cellDel", "cellIns")
# What a table is read from: its rows, cells and paragraphs, their settings, and what they print.
SETTINGS = ("gridSpan", "vMerge", "gridBefore", "gridAfter", "ind")
WALKED = ("tr", "tc", "p", "r", "t", *SETTINGS, *CARRIERS)
BOX = "txbxContent"
NUMBERED = ("pStyle", "numPr")
CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://purl.oclc.org/ooxml/drawingml/chart}chart",
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


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


@dataclass(frozen=True, slots=True)
class Index:
    """The qualified names of a part, and the elements that need care.

    ``raised`` and ``hidden`` hold runs; ``tracked`` the elements of tracked changes, ``boxes`` the
    contents of text boxes, ``charts`` the frames of charts, ``tables`` all tables; ``nested`` those
    that were taken out of a cell. ``settings`` are those that may give a paragraph a number, and
    ``labels`` the numbers that Word prints before them. ``places`` tells what stands at an address.
    """

    space: str
    names: dict[str, str]
    walked: tuple[str, ...]
    wrappers: frozenset[str]
    carriers: frozenset[str]
    closed: frozenset[str]
    p: str
    r: str
    t: str
    tc: str
    tr: str
    indent: str
    raised: set[etree._Element] = field(default_factory=set)
    hidden: set[etree._Element] = field(default_factory=set)
    tracked: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    charts: list[etree._Element] = field(default_factory=list)
    tables: list[etree._Element] = field(default_factory=list)
    nested: dict[etree._Element, list[etree._Element]] = field(default_factory=dict)
    settings: list[etree._Element] = field(default_factory=list)
    labels: dict[etree._Element, str] = field(default_factory=dict)
    places: dict[str, etree._Element] = field(default_factory=dict)

    def name(self, local: str) -> str:
        """A qualified name in the namespace of this part."""
        known = self.names.get(local)
        return known if known is not None else f"{{{self.space}}}{local}"


def index_part(root: etree._Element) -> Index:
    """The index of one part, in the namespace that it declares."""
    space = next((known for known in SPACES if str(root.tag).startswith(f"{{{known}}}")), SPACES[0])
    plain = {*WALKED, *WRAPPERS, *CLOSED, *TRACKED, *NUMBERED}
    plain |= {BOX, "tbl", "val", "left", "start", "char"}
    names = {local: f"{{{space}}}{local}" for local in plain}
    index = Index(
        space,
        names,
        walked=tuple(names[local] for local in WALKED),
        wrappers=frozenset(names[local] for local in WRAPPERS),
        carriers=frozenset(names[local] for local in CARRIERS),
        closed=frozenset(names[local] for local in CLOSED),
        p=names["p"],
        r=names["r"],
        t=names["t"],
        tc=names["tc"],
        tr=names["tr"],
        indent=names["ind"],
    )
    kept = {
        **dict.fromkeys((names[local] for local in TRACKED), index.tracked),
        names[BOX]: index.boxes,
        **dict.fromkeys(CHARTS, index.charts),
        names["tbl"]: index.tables,
        **dict.fromkeys((names[local] for local in NUMBERED), index.settings),
    }
    for element in root.iter(index.name("vertAlign"), index.name("vanish"), *kept):
        found = kept.get(str(element.tag))
        if found is None:
            _enter(element, index)
        else:
            found.append(element)
    return index


def _enter(setting: etree._Element, index: Index) -> None:
    """Enter a run that is raised or hidden."""
    block = setting.getparent()
    run = block.getparent() if block is not None else None
    if run is None or run.tag != index.r:
        return
    value = setting.get(index.name("val"), "")
    if value == "superscript":
        index.raised.add(run)
    elif setting.tag == index.name("vanish") and value not in {"0", "false", "off"}:
        index.hidden.add(run)
