"""One walk through the tree of a page: paragraphs, lists and tables as a browser shows them.

What is hidden or struck out is passed over, and noted where it holds text. The walk keeps its own
stack: pages may be nested deeper than calls can be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.notation.counts import shown_count
from unbudget_check.readers.flow import (
    BLANKS,
    FlowCell,
    FlowFrame,
    FlowGrid,
    FlowParagraph,
    FlowText,
    joined,
)
from unbudget_check.readers.html.styles import (
    BLANK,
    STEP,
    is_hidden,
    is_raised,
    keeps_blanks,
    set_in,
    styles_of,
)
from unbudget_check.readers.html.tree import step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml import etree

    from unbudget_check.readers.flow import FlowItem
    from unbudget_check.readers.html.styles import Styles

# What holds no printed text: scripts, settings, pictures, and what people fill in.
SILENT = frozenset(
    {"head", "title", "script", "style", "template", "noscript", "meta", "link", "base"}
    | {"svg", "canvas", "audio", "video", "img", "picture", "map", "area", "param", "source"}
    | {"select", "datalist", "textarea", "button", "progress", "rp", "rt", "col", "colgroup"}
    | {"annotation", "annotation-xml", "noframes", "track"}
)
# So much of a text that is not shown says which one it is.
NOTED_CHARS, CUT = 40, "…"
# Other pages and programs shown inside this one.
FRAMED = frozenset({"iframe", "frame", "object", "embed", "applet"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"),
    *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset"),
    *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("search", "section", "summary", "ul", "listing", "xmp", "optgroup", "noframes"),
}
LISTS = {"ol": True, "ul": False, "menu": False, "dir": False}  # whether they count
PLACED = ("absolute", "fixed")
STRUCK = frozenset({"s", "strike"})
INPUTS = frozenset({"", "text", "number"})
# Parts of tables by tag, by role and by display.
TABLE, SECTION, ROW, CELL, CAPTION = "table", "section", "row", "cell", "caption"
TAGS = {
    "table": TABLE, "thead": SECTION, "tbody": SECTION, "tfoot": SECTION, "tr": ROW,
    "td": CELL, "th": CELL, "caption": CAPTION,
}  # fmt: skip
ROLES = {
    "table": TABLE, "grid": TABLE, "treegrid": TABLE, "rowgroup": SECTION, "row": ROW,
    "cell": CELL, "gridcell": CELL, "columnheader": CELL, "rowheader": CELL,
}  # fmt: skip
DISPLAYS = {
    "table": TABLE, "inline-table": TABLE, "table-row-group": SECTION,
    "table-header-group": SECTION, "table-footer-group": SECTION, "table-row": ROW,
    "table-cell": CELL, "table-caption": CAPTION,
}  # fmt: skip
# What each part must stand in; one that does not is a block like others.
INSIDE = {SECTION: (TABLE,), ROW: (TABLE, SECTION), CELL: (ROW,), CAPTION: (TABLE,)}
FIRST, LAST = ("thead", "table-header-group"), ("tfoot", "table-footer-group")
BLOCK_DISPLAYS = ("block", "flex", "grid", "list-item", "flow-root")
# How lists count, by attribute and by style, as the counts of printed lists are called.
NOTATIONS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
}  # fmt: skip
UNCOUNTED = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
MOST_SPANNED = 1000  # columns, as the standard has it
_NOTE = re.compile(r"note|fn|ftn|cite[_-]|backlink", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?(?:[\w*†‡§#]{1,3}|[↑↩^↵]\W?)[\])]?")
_UNPRINTED = str.maketrans({"\u2011": "-", **dict.fromkeys("\u00ad\u200b\u2060\ufeff")})


@dataclass(slots=True)
class _List:
    """A list that is open: how it counts, the next number, and the step."""

    notation: str
    next: int
    step: int = 1


@dataclass(slots=True)
class _Table:
    """A table that is open: its groups of rows in the order of the file."""

    grid: FlowGrid
    groups: list[tuple[str, list[list[FlowCell]]]] = field(default_factory=list)

    def rows(self) -> list[list[FlowCell]]:
        """The rows of the group that is open."""
        if not self.groups:
            self.groups.append(("", []))
        return self.groups[-1][1]

    def close(self) -> None:
        """Order the groups as they are shown: the first heading on top, the first foot last."""
        first = next((each for each in self.groups if each[0] in FIRST), None)
        last = next((each for each in self.groups if each[0] in LAST), None)
        middle = [each for each in self.groups if each is not first and each is not last]
        for _, rows in filter(None, (first, *middle, last)):
            self.grid.rows += rows
            self.grid.ends.append(len(self.grid.rows))


@dataclass(slots=True)
class _Frame:
    """An element that is open, and what holds again once it is closed."""

    element: etree._Element
    path: str
    children: Iterator[etree._Element]
    part: str = ""
    kind: int = 0  # of all elements for which the same styles hold
    counts: dict[str, int] = field(default_factory=dict)
    close: list[Callable[[], None]] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """What was found: items in reading order, and what was passed over, by address."""

    items: list[FlowItem] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)


def walk_page(root: etree._Element, revisions: str, lines: Mapping[str, int] | None = None) -> Walk:
    """Everything that a page shows.

    ``revisions`` says whether struck-out or inserted text counts; ``lines`` are those of a file
    from which the page was made, by the name that its elements carry.
    """
    walker = _Walker(styles_of(root), revisions, lines or {})
    walker.run(root)
    return walker.walk


class _Walker:
    """Goes through a page; holds the paragraph, the lists and the tables that are open."""

    def __init__(self, styles: Styles, revisions: str, lines: Mapping[str, int]) -> None:
        self.styles = styles
        self.left_out = {"del", *STRUCK} if revisions == "accepted" else {"ins"}
        self.lines = lines
        self.walk = Walk()
        self.sink: list[FlowItem] = self.walk.items
        self.pieces: list[str] = []
        self.marks: list[str] = []
        self.label = ""
        self.place = "/html"
        self.line: int | None = None
        self.heading = False
        self.inset = 0  # how far the paragraph is set in, in hundredths of a point
        self.raised = 0
        self.kept = 0  # elements that are open in which blanks are shown as they stand
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.stack: list[_Frame] = []
        self.boxes: list[FlowItem] = []  # that hang on the paragraph that is open

    def run(self, root: etree._Element) -> None:
        """Open, read and close every element."""
        self.open(root, "/html")
        while self.stack:
            frame = self.stack[-1]
            child = next(frame.children, None)
            if child is None:
                self.stack.pop()
                for action in frame.close:
                    action()
                if self.stack:
                    self.text(frame.element.tail)
                continue
            path = frame.path + step_of(child, frame.counts)
            if not self.open(child, path):
                self.text(child.tail)
        self.flush()

    def open(self, element: etree._Element, path: str) -> bool:
        """Begin an element; False where it, and all in it, is passed over."""
        tag = str(element.tag)
        if tag in FRAMED:
            self.walk.framed.append(path)
        if tag in SILENT or tag in FRAMED:
            return False
        kind = self.styles.kind_of(element, self.stack[-1].kind if self.stack else 0)
        said = self.styles.said_of(element, kind)
        part = self.part_of(element, tag, said)
        if self.passed(element, tag, said):
            if part == CELL and said.get("display") != "none" and element.get("hidden") is None:
                self.tables[-1].rows()[-1].append(self.cell(element, path))  # its place stays blank
            return False
        if self.is_void(element, tag):
            return False
        frame = _Frame(element, path, iter(element), part, kind)
        box = not part and self.is_box(tag, said)
        self.stack.append(frame)
        if box:
            self.open_frame(frame)
        elif part:
            self.open_part(frame, said)
        elif tag == "pre":
            self.preformatted(frame)
        elif tag in BLOCKS or said.get("display", "").startswith(BLOCK_DISPLAYS):
            self.open_block(frame, tag, said)
        self.open_inline(frame, tag, said)
        self.text(element.text if tag != "pre" else None)
        return True

    def is_void(self, element: etree._Element, tag: str) -> bool:
        """Whether an element prints nothing but what it is: a line end, an input, a note's mark."""
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "input":
            if element.get("type", "").lower() in INPUTS and self.tables:
                self.text(element.get("value"))
        elif tag != "a" or not is_note_mark(element):
            return False
        return True

    def passed(self, element: etree._Element, tag: str, said: Mapping[str, str]) -> bool:
        """Whether an element is not shown or no longer holds; its text is noted."""
        struck = tag in self.left_out or (
            "s" in self.left_out
            and "line-through" in said.get("text-decoration", said.get("text-decoration-line", ""))
        )
        closed = tag == "dialog" and element.get("open") is None
        if not (struck or closed or is_hidden(element, said)):
            return False
        text = " ".join("".join(map(str, element.itertext())).split())
        if text:
            (self.walk.struck if struck else self.walk.hidden).append(
                f"“{text[:NOTED_CHARS]}{CUT * (len(text) > NOTED_CHARS)}”"
            )
        return True

    def part_of(self, element: etree._Element, tag: str, said: Mapping[str, str]) -> str:
        """Which part of a table an element is, or nothing."""
        part = TAGS.get(tag) or ROLES.get(element.get("role", ""))
        if part is None and tag in ("div", "span", "section", "ul", "li", "dl"):
            part = DISPLAYS.get(said.get("display", ""))
        if not part or part == TABLE:
            return part or ""
        outer = self.stack[-1].part if self.stack else ""
        return part if outer in INSIDE[part] else ""

    def open_part(self, frame: _Frame, said: Mapping[str, str]) -> None:
        """Begin a table, a group of its rows, a row, a cell or its caption."""
        element, path = frame.element, frame.path
        self.flush()
        if frame.part == TABLE:
            table = _Table(FlowGrid(path))
            table.grid.layout = element.get("role", "") in ("presentation", "none")
            self.sink.append(table.grid)
            self.tables.append(table)
            frame.close.append(self.close_table)
            frame.close.append(self.restored())
        elif frame.part == SECTION:
            name = str(element.tag) if element.tag in TAGS else said.get("display", "")
            self.tables[-1].groups.append((name, []))
        elif frame.part == ROW:
            self.tables[-1].rows().append([])
        else:
            if frame.part == CELL:
                cell = self.cell(element, path)
                self.tables[-1].rows()[-1].append(cell)
                inside = cell.items
            else:
                inside = self.tables[-1].grid.captions
            frame.close.append(self.restored(self.sink, self.lists))
            self.sink, self.lists, self.label = inside, [], ""
            self.inset = set_in(said)
        self.begin(path, element)

    def cell(self, element: etree._Element, path: str) -> FlowCell:
        """An empty cell of an element, with its spans."""
        get = element.get
        rows = _whole(get("rowspan") or get("aria-rowspan"), 1)
        columns = _whole(get("colspan") or get("aria-colspan"), 1)
        return FlowCell(path, rows, min(max(columns, 1), MOST_SPANNED), line=self.line)

    def close_table(self) -> None:
        self.tables.pop().close()

    def restored(
        self, sink: list[FlowItem] | None = None, lists: list[_List] | None = None
    ) -> Callable[[], None]:
        """What ends an element that stood by itself."""
        held = self.place, self.heading, self.inset

        def restore() -> None:
            self.flush()
            if sink is not None:
                self.sink = sink
            if lists is not None:
                self.lists = lists
            self.place, self.heading, self.inset = held

        return restore

    def is_box(self, tag: str, said: Mapping[str, str]) -> bool:
        """Whether an element in the text of a paragraph or cell is shown beside it, as a box."""
        around = self.stack[-1].element.tag if self.stack else ""
        if said.get("position") in PLACED:
            return tag == "span" or around in ("p", "td", "th") or bool(self.pieces)
        return tag == "span" and said.get("float") in ("left", "right")

    def open_frame(self, frame: _Frame) -> None:
        """Begin a text box; the paragraph that it hangs on goes on after it."""
        box = FlowFrame(frame.path)
        held = self.pieces, self.marks, self.label, self.place, self.heading, self.raised
        sink, lists, tables, boxes = self.sink, self.lists, self.tables, self.boxes
        self.pieces, self.marks, self.label, self.raised, self.boxes = [], [], "", 0, []
        self.sink, self.lists, self.tables = box.items, [], []
        self.place, self.heading = frame.path, False

        def close() -> None:
            self.flush()
            self.pieces, self.marks, self.label, self.place, self.heading, self.raised = held
            self.sink, self.lists, self.tables = sink, lists, tables
            self.boxes = [*boxes, box]

        frame.close.append(close)

    def open_block(self, frame: _Frame, tag: str, said: Mapping[str, str]) -> None:
        """Begin a paragraph, a heading, a list or an item."""
        self.flush()
        frame.close.append(self.restored())
        self.inset += set_in(said) if self.tables else 0
        self.begin(frame.path, frame.element)
        self.heading = tag in HEADINGS
        if tag in LISTS:
            self.lists.append(_list_of(frame.element, said, counts=LISTS[tag]))
            frame.close.append(self.close_list)
        elif tag == "li":
            self.label = self.counted(frame.element, said)
            frame.close.append(self.close_item)

    def close_list(self) -> None:
        self.lists.pop()

    def close_item(self) -> None:
        self.label = ""

    def counted(self, item: etree._Element, said: Mapping[str, str]) -> str:
        """The number that is shown before an item of a list."""
        if not self.lists:
            return ""
        own = self.lists[-1]
        value = _whole(item.get("value"), own.next)
        own.next = value + own.step
        style = said.get("list-style-type") or said.get("list-style", "").partition(" ")[0]
        notation = NOTATIONS.get(item.get("type") or style or own.notation, "")
        if style in UNCOUNTED or not (notation or style in NOTATIONS):
            return ""
        return f"{shown_count(value, notation)}. "

    def open_inline(self, frame: _Frame, tag: str, said: Mapping[str, str]) -> None:
        if tag == "sup" or is_raised(said):
            self.raised += 1
            frame.close.append(self.lower)
        if keeps_blanks(said):
            self.kept += 1
            frame.close.append(self.close_kept)

    def lower(self) -> None:
        self.raised -= 1

    def close_kept(self) -> None:
        self.kept -= 1

    def preformatted(self, frame: _Frame) -> None:
        """Take the lines of a text that is shown as it stands; they are read as such."""
        self.flush()
        text = "".join(map(str, frame.element.itertext()))
        self.sink.append(FlowText(frame.path, text))
        frame.children = iter(())

    def begin(self, path: str, element: etree._Element) -> None:
        """From here on texts stand in this element."""
        self.place = path
        if self.lines:
            self.line = self.lines.get(element.get("id", ""), self.line)

    def text(self, text: str | None) -> None:
        """Take a text to the paragraph that is open, or to its marks."""
        if not text:
            return
        text = text.translate(_UNPRINTED)
        if self.raised:
            self.marks.append(text.strip())
        elif self.kept:
            self.pieces.append(text.replace("\t", " "))
        else:
            self.pieces.append(BLANKS.sub(" ", text))

    def flush(self) -> None:
        """Close the paragraph that is open."""
        if not self.pieces and not self.marks:
            self.hang()
            return
        shown, marks = joined(self.pieces), "".join(self.marks)
        text = shown.strip()
        if text or marks:
            ahead = self.inset + BLANK * (len(shown) - len(shown.lstrip()))
            self.sink.append(
                FlowParagraph(
                    self.place,
                    text,
                    marks,
                    self.label if text else "",
                    max(ahead, 0) // STEP,
                    self.heading,
                    self.line,
                )
            )
            self.label = "" if text else self.label
        self.pieces, self.marks = [], []
        self.hang()

    def hang(self) -> None:
        """Put text boxes after the paragraph that they hang on."""
        if self.boxes:
            self.sink.extend(self.boxes)
            self.boxes = []


def is_note_mark(anchor: etree._Element) -> bool:
    """Whether a link is the mark of a note, or leads back from it: it is left out, as in Word."""
    href = anchor.get("href", "")
    if not href.startswith("#"):
        return False
    names = (href, *(anchor.get(name, "") for name in ("class", "id", "name", "role", "rel")))
    text = "".join(map(str, anchor.itertext())).strip()
    return bool(_NOTE.search(" ".join(names)) and _MARK.fullmatch(text))


def _list_of(element: etree._Element, said: Mapping[str, str], *, counts: bool) -> _List:
    style = said.get("list-style-type") or said.get("list-style", "").partition(" ")[0]
    notation = style or element.get("type") or ("decimal" if counts else "none")
    step = -1 if element.get("reversed") is not None else 1
    first = sum(child.tag == "li" for child in element) if step < 0 else 1
    return _List(notation, _whole(element.get("start"), first), step)


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number of an attribute, however damaged."""
    match = re.match(r"\s*(-?\d{1,6})(?!\d)", text or "")
    return int(match[1]) if match else otherwise
