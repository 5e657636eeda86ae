"""OpenDocument texts (.odt, .ott, .fodt): paragraphs, lists and tables in reading order.

Source: OpenDocument 1.3 part 3. Tracked changes are read as if accepted, or, on request, as the
original stood. Text boxes and charts follow the paragraph that anchors them, notes come last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document, Table
from unbudget_check.model.message import saying, some_of
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.readers.elements import attribute, local_name, step_of, text_of, whole
from unbudget_check.readers.fenced import TreeParts
from unbudget_check.readers.flow import (
    BLANKS,
    FlowCell,
    FlowFrame,
    FlowGrid,
    FlowParagraph,
    FlowTable,
    blocks_of,
)
from unbudget_check.readers.odt.charts import chart_table
from unbudget_check.readers.odt.lists import Counting, lists_of
from unbudget_check.readers.split_tables import put_together
from unbudget_check.readers.text.pages import NEAR_TOP, find_symbol

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.model.document import Block
    from unbudget_check.readers.flow import FlowItem
    from unbudget_check.readers.source import Source

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
FLAT = ".fodt"
PASSED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "desc", "title", "image", "forms"}
    | {
        "sequence-decls",
        "user-field-decls",
        "variable-decls",
        "enhanced-geometry",
        "event-listeners",
    }
    | {"index-title-template", "ruby-text", "note-citation", "plugin", "floating-frame"}
    | {"table-column", "table-columns", "table-header-columns", "dde-connection-decls", "desc"}
    | {"table-of-content-source", "alphabetical-index-source", "bibliography-source", "shapes"}
)
SHAPES = frozenset(
    {"text-box", "custom-shape", "rect", "ellipse", "circle", "caption", "polygon", "path"}
    | {"line", "connector", "polyline", "measure", "regular-polygon"}
)
ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
MOST_REPEATED = 1000
LIST = "list-style-name"  # an empty one takes its number from a heading
LENGTH = re.compile(r"(\d{1,4})(?:\.(\d{1,9}))?(in|cm|mm|pt)")
# Micrometres in a unit of length and in one step of indentation, as in Word documents.
MICROMETRES = {"in": 25_400, "cm": 10_000, "mm": 1_000, "pt": 353}
STEP = 4_939


def read(source: Source) -> Document:
    """An OpenDocument text as a Document; raises UnreadableError where it is none."""
    return prepare(source)()


def prepare(source: Source) -> Callable[[], Document]:
    """Unpack and parse, and leave the reading for later: parsing keeps the interpreter free."""
    return _opened(source)[1]


def parts_of(source: Source) -> TreeParts:
    """The document in paragraphs and tables, each of which can be left out."""
    return TreeParts(source, _opened)


def _opened(source: Source) -> tuple[etree._Element, Callable[[], Document]]:
    if source.path.lower().endswith(FLAT):
        root = _parsed(source.data, source.path, CONTENT)
        return root, lambda: _document(source, root, [root], {})
    archive = open_archive(source)
    with archive:
        names = archive.namelist()
        if MANIFEST in names and b"encryption-data" in read_part(archive, source.path, MANIFEST):
            raise unreadable(saying("file-password", path=source.path))
        if CONTENT not in names:
            raise unreadable(saying("file-no-part", path=source.path, part=CONTENT))
        root = _part(archive, source.path, CONTENT)
        styles = [_part(archive, source.path, STYLES)] if STYLES in names else []
        charts = dict(_charts(archive, source.path, names, root))
    return root, lambda: _document(source, root, [*styles, root], charts)


def _part(archive: zipfile.ZipFile, path: str, name: str) -> etree._Element:
    return _parsed(read_part(archive, path, name), path, name)


def _parsed(data: bytes, path: str, name: str) -> etree._Element:
    """One part as a tree; nothing outside the file is ever loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(safe_xml(data, path, name), parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(saying("file-damaged-part", path=path, part=name)) from error


def _document(
    source: Source,
    root: etree._Element,
    styles: Sequence[etree._Element],
    charts: Mapping[str, etree._Element],
) -> Document:
    body = next((each for each in root.iter() if local_name(each) == "body"), None)
    text = (
        next((each for each in body if local_name(each) == "text"), None)
        if body is not None
        else None
    )
    if text is None:
        raise unreadable(saying("file-no-text-document", path=source.path))
    reader = _Reader(_styles(styles), lists_of(styles), charts, source.options.revisions)
    reader.changes = _changes(text)
    items: list[FlowItem] = []
    reader.blocks(text, "/office:text", items)
    blocks = put_together(blocks_of([*items, *reader.notes]))
    top = [line for block in blocks[:NEAR_TOP] for line in _lines(block)][:NEAR_TOP]
    symbol = _header_symbol(styles) or find_symbol("\n".join(top))
    hidden = reader.hidden
    remarks = [saying("text-hidden", count=len(hidden), places=some_of(hidden))] if hidden else []
    return Document(source.path, source.sha256, blocks, symbol, remarks=tuple(remarks))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (" ".join(cell.text.split()) for row in block.rows for cell in row)
    else:
        yield " ".join(block.text.split())


def _header_symbol(styles: Sequence[etree._Element]) -> str | None:
    """The document symbol as the page headings print it."""
    for root in styles:
        for header in root.iter():
            if local_name(header) in ("header", "header-left", "header-first"):
                texts = [text_of(each) for each in header.iter() if local_name(each) == "p"]
                symbol = find_symbol("\n".join(texts))
                if symbol:
                    return symbol
    return None


@dataclass(slots=True)
class _Styles:
    """Styles by what they do: no number before a heading, a raised or hidden text, an indent."""

    plain: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    indents: dict[str, int] = field(default_factory=dict)


def _styles(roots: Sequence[etree._Element]) -> _Styles:
    found = _Styles()
    own: dict[str, etree._Element] = {}
    for root in roots:
        for style in root.iter():
            if local_name(style) == "style":
                own[attribute(style, "name")] = style
    for name, style in own.items():
        said = {_bare(key): str(value) for piece in style for key, value in piece.items()}
        if said.get("text-position", "").startswith("super") or _lifts(said):
            found.raised.add(name)
        if said.get("display") == "none":
            found.hidden.add(name)
        chain = list(_chain(style, own))
        lists = (value for each in chain for key, value in each.items() if _bare(key) == LIST)
        if next(lists, None) == "":
            found.plain.add(name)
        indent = next((margin for margin in map(_margin, chain) if margin is not None), 0)
        if indent:
            found.indents[name] = indent
    return found


def _bare(name: object) -> str:
    return str(name).rpartition("}")[2]


def _lifts(said: Mapping[str, str]) -> bool:
    """Whether a text stands above the line by a share of its size: ``33% 58%``."""
    rise = re.match(r"(\d+)(?:\.\d+)?%", said.get("text-position", ""))
    return rise is not None and int(rise[1]) > 0


def _chain(style: etree._Element, styles: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """A style and those that it is based on."""
    passed: set[str] = set()
    each: etree._Element | None = style
    while each is not None:
        yield each
        parent = attribute(each, "parent-style-name")
        each = styles.get(parent) if parent not in passed else None
        passed.add(parent)


def _margin(style: etree._Element) -> int | None:
    """How many steps a style itself sets a paragraph in, or None where it does not say."""
    for piece in style:
        match = LENGTH.fullmatch(attribute(piece, "margin-left"))
        if match:
            thousandths = int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0")[:3])
            return thousandths * MICROMETRES[match[3]] // 1000 // STEP
    return None


def _changes(text: etree._Element) -> dict[str, etree._Element | None]:
    """By the name of a tracked change what was deleted with it, or None for what was inserted."""
    found: dict[str, etree._Element | None] = {}
    for region in text.iter():
        if local_name(region) == "changed-region":
            for change in region:
                if local_name(change) in ("insertion", "deletion"):
                    is_deleted = local_name(change) == "deletion"
                    found[attribute(region, "id")] = change if is_deleted else None
    return found


@dataclass(slots=True)
class _Open:
    """A paragraph while it is read."""

    pieces: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    boxes: list[FlowItem] = field(default_factory=list)


class _Reader:
    """Reads the blocks of a text; holds how far its lists have counted, and its notes."""

    def __init__(
        self,
        styles: _Styles,
        lists: Counting,
        charts: Mapping[str, etree._Element],
        revisions: str,
    ) -> None:
        self.styles = styles
        self.lists = lists
        self.charts = charts
        self.is_original = revisions == "original"
        self.changes: dict[str, etree._Element | None] = {}
        self.inserted = ""  # the tracked insertion that is open, where it is left out
        self.notes: list[FlowItem] = []
        self.hidden: list[str] = []

    def blocks(self, parent: etree._Element, path: str, sink: list[FlowItem]) -> None:
        """The paragraphs, lists and tables in an element, sections and indexes opened."""
        counts: dict[str, int] = {}
        for child in parent:
            local = local_name(child)
            if local in PASSED:
                continue
            place = path + step_of(child, local, counts)
            if local in ("p", "h"):
                self.paragraph(child, place, sink, heading=local == "h")
            elif local == "list":
                with self.lists.opened(child):
                    self.items(child, place, sink)
            elif local == "table":
                sink.append(self.table(child, place))
            elif local in ("change-start", "change-end", "change"):
                self.change(child, local, _Open())
            elif (
                attribute(child, "display") == "none"
                or attribute(child, "style-name") in self.styles.hidden
            ):
                self.hidden.append(place)
            elif local in SHAPES or local in ("frame", "g"):
                self.drawing(child, local, place, sink)
            else:
                self.blocks(child, place, sink)

    def items(self, parent: etree._Element, path: str, sink: list[FlowItem]) -> None:
        counts: dict[str, int] = {}
        for item in parent:
            local = local_name(item)
            place = path + step_of(item, local, counts)
            if local in ("list-item", "list-header"):
                self.lists.begin(item, counted=local == "list-item")
                self.blocks(item, place, sink)

    def paragraph(
        self, element: etree._Element, path: str, sink: list[FlowItem], *, heading: bool
    ) -> None:
        """One paragraph, and after it the boxes that hang on it."""
        style = attribute(element, "style-name")
        if style in self.styles.hidden:
            self.hidden.append(path)
            return
        found = _Open()
        numbered = heading and style not in self.styles.plain
        label = self.lists.label(element, heading=numbered)
        self.text(element, path, found, raised=False)
        text = "".join(found.pieces)
        tabs = len(text) - len(text.lstrip("\t"))
        indent = max(tabs, self.styles.indents.get(style, 0))
        marks = "".join(found.marks).strip()
        sink.append(FlowParagraph(path, text, marks, label, indent, heading))
        sink.extend(found.boxes)

    def text(self, parent: etree._Element, path: str, found: _Open, *, raised: bool) -> None:
        """The text of a paragraph, a span, a link or a field."""
        self.take(parent.text, found, raised=raised)
        counts: dict[str, int] = {}
        for child in parent:
            local = local_name(child)
            self.piece(child, local, path + step_of(child, local, counts), found, raised=raised)
            self.take(child.tail, found, raised=raised)

    def piece(
        self, child: etree._Element, local: str, place: str, found: _Open, *, raised: bool
    ) -> None:
        if local in PASSED:
            return
        if local == "s":
            self.take(" " * whole(attribute(child, "c"), 1, 255), found, raised=raised, kept=True)
        elif local == "tab":
            self.take("\t", found, raised=raised, kept=True)
        elif local == "line-break":
            self.take("\n", found, raised=raised, kept=True)
        elif local == "note":
            self.note(child, place)
        elif local in ("change-start", "change-end", "change"):
            self.change(child, local, found)
        elif local in SHAPES or local in ("frame", "g"):
            self.drawing(child, local, place, found.boxes)
        elif local in ("hidden-text", "hidden-paragraph") or self.is_hidden(child):
            if any(text.strip() for text in map(str, child.itertext())):
                self.hidden.append(place)
        else:
            is_raised = raised or attribute(child, "style-name") in self.styles.raised
            self.text(child, place, found, raised=is_raised)

    def is_hidden(self, element: etree._Element) -> bool:
        return attribute(element, "style-name") in self.styles.hidden

    def take(self, text: str | None, found: _Open, *, raised: bool, kept: bool = False) -> None:
        if text and not self.inserted:
            shown = text if kept else BLANKS.sub(" ", text)
            (found.marks if raised else found.pieces).append(shown)

    def change(self, element: etree._Element, local: str, found: _Open) -> None:
        """Begin or end a tracked insertion, or put back what was deleted."""
        name = attribute(element, "change-id")
        if not self.is_original or name not in self.changes:
            return
        deleted = self.changes[name]
        if deleted is not None and local == "change":
            for each in deleted:
                if local_name(each) in ("p", "h"):
                    self.text(each, "", found, raised=False)
        elif deleted is None and local == "change-start":
            self.inserted = name
        elif name == self.inserted:
            self.inserted = ""

    def note(self, element: etree._Element, path: str) -> None:
        """A note stands at the end, without the mark that the program prints before it."""
        for body in element:
            if local_name(body) != "note-body":
                continue
            inside: list[FlowItem] = []
            with self.lists.aside():
                self.blocks(body, f"{path}/text:note-body[1]", inside)
            paragraphs = [each for each in inside if isinstance(each, FlowParagraph)]
            if paragraphs:
                text = " ".join(each.label + each.text for each in paragraphs if each.text.strip())
                self.notes.append(FlowParagraph(path, text.strip()))

    def drawing(self, element: etree._Element, local: str, path: str, sink: list[FlowItem]) -> None:
        """The text box of a drawing, or the chart in it."""
        if local in SHAPES:
            frame = FlowFrame(path)
            with self.lists.aside():
                self.blocks(element, path, frame.items)
            if frame.items:
                sink.append(frame)
            return
        counts: dict[str, int] = {}
        for child in element:
            inner = local_name(child)
            place = path + step_of(child, inner, counts)
            if inner == "object":
                chart = self.charts.get(attribute(child, "href").removeprefix("./"))
                found = chart_table(chart, place) if chart is not None else None
                if found is not None:
                    sink.append(FlowTable(found))
                    return
            elif inner in SHAPES or inner in ("frame", "g"):
                self.drawing(child, inner, place, sink)

    def table(self, element: etree._Element, path: str) -> FlowGrid:
        grid = FlowGrid(path)
        self.rows(element, path, grid)
        return grid

    def rows(self, parent: etree._Element, path: str, grid: FlowGrid) -> None:
        counts: dict[str, int] = {}
        for child in parent:
            local = local_name(child)
            place = path + step_of(child, local, counts)
            if local in ROW_GROUPS:
                self.rows(child, place, grid)
            elif local == "table-row" and attribute(child, "visibility") in ("collapse", "filter"):
                self.hidden.append(place)
            elif local == "table-row":
                times = whole(attribute(child, "number-rows-repeated"), 1, MOST_REPEATED)
                row = list(self.cells(child, place))
                grid.rows += [list(row) for _ in range(times)]

    def cells(self, row: etree._Element, path: str) -> Iterator[FlowCell]:
        counts: dict[str, int] = {}
        for child in row:
            local = local_name(child)
            place = path + step_of(child, local, counts)
            if local != "table-cell":
                continue
            cell = FlowCell(
                place,
                whole(attribute(child, "number-rows-spanned"), 1, 1_000_000),
                whole(attribute(child, "number-columns-spanned"), 1, MOST_REPEATED),
            )
            self.blocks(child, place, cell.items)
            times = whole(attribute(child, "number-columns-repeated"), 1, MOST_REPEATED)
            yield from [cell] * times


def _charts(
    archive: zipfile.ZipFile, path: str, names: Sequence[str], root: etree._Element
) -> Iterator[tuple[str, etree._Element]]:
    """The charts that stand in the text, by the name under which they are kept."""
    held = set(names)
    for each in root.iter():
        if local_name(each) == "object":
            name = attribute(each, "href").removeprefix("./")
            if f"{name}/{CONTENT}" in held:
                yield name, _part(archive, path, f"{name}/{CONTENT}")
