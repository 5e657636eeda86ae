"""OpenDocument spreadsheets (.ods): cells with their values, as they are displayed, and formulas.

Source: OpenDocument 1.3 part 3, 9. A cell carries its value and beside it the text that it shows,
in the language of whoever saved it: how many of the value's digits that text has is its quantum.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.model.number import Number
from unbudget_check.readers.archive import read_part, safe_xml
from unbudget_check.readers.display import rounded, stored_number
from unbudget_check.readers.grid.cells import GridCell
from unbudget_check.readers.sheets.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    Formula,
    SheetCells,
    Style,
    displayed,
    merge,
    number_entry,
    text_and_marks,
    text_entry,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Container, Iterator, Mapping

    from unbudget_check.model.document import Worksheets
    from unbudget_check.readers.sheets.cells import Place, Sheet

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {name: f"{{{_URN}{name}:1.0}}" for name in ("office", "table", "text", "style")}
_PREFIXES |= {"fo": f"{{{_URN}xsl-fo-compatible:1.0}}"}
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
MAX_CELLS = 20_000_000  # cells with content that repeating ones may make
NUMBERS = ("float", "currency", "percentage")
SHOWN = ("date", "time", "boolean")  # written as they are displayed
HIDDEN = ("collapse", "filter")
LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,9})?)(in|cm|mm|pt)")
# How many micrometres a unit of length has, and one step of indentation (10.5 points).
MICROMETRES = {"in": 25_400, "cm": 10_000, "mm": 1_000, "pt": 353}
STEP = 3_704
LONGEST_FIGURE_CHARS = 60  # no printed figure is longer
SCALED = '"k"'  # stands for any word for thousands or millions
REFERENCE = re.compile(r"\[(\.|[^\].]*?\.)?([^\].:]*)(?::(?:\.)?([^\]]*))?\]|(\"[^\"]*\")|(;)")


def _name(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return _PREFIXES[prefix] + name


TABLE, ROW, COLUMN = _name("table:table"), _name("table:table-row"), _name("table:table-column")
CELL, COVERED = _name("table:table-cell"), _name("table:covered-table-cell")
PARAGRAPH, SPACES, SPAN = _name("text:p"), _name("text:s"), _name("text:span")
STYLE_NAME, DEFAULT = _name("table:style-name"), _name("table:default-cell-style-name")
REPEATED = _name("table:number-columns-repeated"), _name("table:number-rows-repeated")
SPANNED = _name("table:number-rows-spanned"), _name("table:number-columns-spanned")
MATRIX = _name("table:number-matrix-columns-spanned")
VISIBILITY, FORMULA = _name("table:visibility"), _name("table:formula")
KIND, VALUE = _name("office:value-type"), _name("office:value")


@dataclass(slots=True)
class _Styles:
    """How far styles of cells set in, which styles of texts are raised, and of sheets hidden."""

    indents: dict[str, int] = field(default_factory=dict)
    raised: set[str] = field(default_factory=set)
    hidden_tables: set[str] = field(default_factory=set)


def read_sheets(
    archive: zipfile.ZipFile, path: str, without: Container[int] = ()
) -> tuple[list[Sheet], Worksheets]:
    """All sheets in the order of their tabs, hidden ones included, and what their formulas say.

    Those ``without``, counted from 0, come empty.

    Raises UnreadableError, with a sentence, for what is damaged or has a password.
    """
    if MANIFEST in archive.namelist() and b"encryption-data" in read_part(archive, path, MANIFEST):
        raise unreadable(saying("file-password", path=path))
    data = safe_xml(read_part(archive, path, CONTENT), path, CONTENT)
    try:
        roots = [styles_root(data, (_name("office:automatic-styles"),))]
        if STYLES in archive.namelist():
            said = safe_xml(read_part(archive, path, STYLES), path, STYLES)
            roots.append(styles_root(said, (_name("office:styles"),)))
        return displayed([*_sheets(data, path, _styles(roots), without)], {}, ())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(saying("file-damaged-part", path=path, part=CONTENT)) from error


def styles_root(data: bytes, wanted: tuple[str, ...]) -> etree._Element:
    """The styles of a part; what follows them is not looked at."""
    for _, element in etree.iterparse(
        io.BytesIO(data), tag=wanted, resolve_entities=False, no_network=True, huge_tree=True
    ):
        found: etree._Element = element
        return found
    return etree.Element("none")


def _styles(roots: list[etree._Element]) -> _Styles:
    found = _Styles()
    own = {
        each.get(_name("style:name"), ""): each
        for root in reversed(roots)
        for each in root.iter(_name("style:style"))
    }
    for name, each in own.items():
        family = each.get(_name("style:family"))
        said = {str(key): str(value) for piece in each for key, value in piece.items()}
        if family == "table-cell":
            found.indents[name] = _indent(each, own)
        elif family == "text" and said.get(_name("style:text-position"), "").startswith("super"):
            found.raised.add(name)
        elif family == "table" and said.get(_name("table:display")) == "false":
            found.hidden_tables.add(name)
    return found


def _indent(style: etree._Element, styles: Mapping[str, etree._Element]) -> int:
    """How many steps a style of cells, or the first parent that says so, sets a text in."""
    each: etree._Element | None = style
    for _ in range(len(styles)):
        if each is None:
            break
        for margin in (piece.get(_name("fo:margin-left"), "") for piece in each):
            if match := LENGTH.fullmatch(margin):
                number = stored_number(match[1]) or Number(0)
                length = rounded(number.units * MICROMETRES[match[2]], number.exponent, 0)
                return (length + STEP // 2) // STEP
        each = styles.get(each.get(_name("style:parent-style-name"), ""))
    return 0


def _shown_code(value: str, text: str) -> str:
    """The number format under which a value shows just the digits of this text; else General."""
    digits = "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())
    number = stored_number(value)
    if number is None:
        return "General"
    percent = "%" if "%" in text or "٪" in text else ""
    for commas in ("", ",", ",,") if any(map(str.isalpha, text)) else ("",):
        scale = (2 if percent else 0) - 3 * len(commas)
        for decimals in range(len(digits) + 1):
            units = str(rounded(abs(number.units), number.exponent + scale, -decimals))
            # Some formats leave out the nought before the mark, or set more than one.
            if digits == units.rjust(decimals + 1, "0") or digits.lstrip("0") == units:
                places = "." + "0" * decimals if decimals else ""
                return f"0{places}{commas}{percent}" + (SCALED if commas else "")
    return "General"


def _sheets(
    data: bytes, path: str, styles: _Styles, without: Container[int]
) -> Iterator[SheetCells]:
    """Every sheet, its rows read and forgotten one by one."""
    sheet: _Sheet | None = None
    number = -1
    keeps = b"table:formula=" in data
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=(TABLE, ROW, COLUMN),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    for event, element in events:
        parent = element.getparent()
        if element.tag == TABLE:
            if parent is None or parent.tag != _name("office:spreadsheet"):
                continue
            if event == "start":
                number += 1
                name = element.get(_name("table:name"), "")
                hidden = element.get(STYLE_NAME) in styles.hidden_tables
                sheet = _Sheet(SheetCells(name, hidden), path, styles)
                sheet.keeps_values = keeps
            elif sheet is not None:
                merge(sheet.cells, sheet.merged)
                yield sheet.cells
                sheet = None
        elif event == "end" and sheet is not None and number not in without:
            if element.tag == COLUMN:
                sheet.columns(element)
                continue
            sheet.row(element)
            element.clear()
            while parent is not None and element.getprevious() is not None:
                if element.getprevious().tag != ROW:
                    break
                parent.remove(element.getprevious())


def _count(element: etree._Element, name: str, most: int) -> int:
    """How often something is repeated, or how far it reaches."""
    text = element.get(name, "1")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else 1


class _Sheet:
    """Reads the rows of one sheet."""

    def __init__(self, cells: SheetCells, path: str, styles: _Styles) -> None:
        self.cells = cells
        self.path = path
        self.styles = styles
        self.merged: list[tuple[Place, Place]] = []
        self.defaults: list[tuple[int, str]] = []  # the column after the last one, and its style
        self.keeps_values = False  # for formulas, where there are any
        self.at = 0
        self.held = 0

    def columns(self, element: etree._Element) -> None:
        """Columns that look alike."""
        first = self.defaults[-1][0] if self.defaults else 0
        after = first + _count(element, REPEATED[0], MAX_COLUMNS)
        self.defaults.append((after, element.get(DEFAULT, "")))
        if element.get(VISIBILITY) in HIDDEN:
            self.cells.hidden_columns.append(range(first, min(after, MAX_COLUMNS)))

    def row(self, element: etree._Element) -> None:
        """One row, or several that are alike; blank ones cost nothing."""
        times = _count(element, REPEATED[1], MAX_ROWS)
        first, self.at = self.at, self.at + times
        if element.get(VISIBILITY) in HIDDEN:
            self.cells.hidden_rows.update(range(first, min(self.at, MAX_ROWS)))
        entries = list(self.entries(element, first, element.get(DEFAULT, "")))
        self.held += len(entries) * times
        if not entries:
            return
        if self.at > MAX_ROWS or self.held > MAX_CELLS or entries[-1].column >= MAX_COLUMNS:
            raise unreadable(saying("file-too-many-cells", path=self.path, sheet=self.cells.name))
        values = [(e.column, self.cells.values.get((first, e.column))) for e in entries]
        for row in range(first, self.at):
            self.cells.rows[row] = list(entries)
            self.cells.values.update(((row, c), value) for c, value in values if value)

    def entries(self, element: etree._Element, row: int, default: str) -> Iterator[GridCell]:
        """The cells of a row that are not blank."""
        column = 0
        for cell in element:
            if cell.tag not in (CELL, COVERED):
                continue
            times = _count(cell, REPEATED[0], MAX_COLUMNS)
            if len(cell) or KIND in cell.attrib:
                indent = self.indent(cell.get(STYLE_NAME) or default, column)
                entry = self.entry(cell, (row, column), indent)
                height, width = (_count(cell, name, MAX_ROWS) for name in SPANNED)
                if height * width > 1:
                    self.merged.append(((row, column), (row + height - 1, column + width - 1)))
                if entry is not None:
                    value = self.cells.values.get((row, column))
                    for each in range(column, min(column + times, MAX_COLUMNS + 1)):
                        if value:
                            self.cells.values[row, each] = value
                        yield entry._replace(column=each)
            column += times

    def indent(self, name: str, column: int) -> int:
        """How far a cell is set in: by its own style, its row's or its column's."""
        if not name:
            name = next((style for after, style in self.defaults if column < after), "")
        return self.styles.indents.get(name, 0)

    def entry(self, cell: etree._Element, place: Place, indent: int) -> GridCell | None:
        """What one cell displays."""
        held, value = cell.get(KIND, ""), cell.get(VALUE, "")
        text, marks = text_and_marks(list(self.runs(cell)))
        formula = cell.get(FORMULA)
        if formula is not None:
            kind = "array" if MATRIX in cell.attrib else ""
            self.cells.formulas[place] = Formula(a1_of(formula), kind=kind)
            if not text.strip() and not value and held != "string":
                self.cells.empty.add(place)
        if cell.get(_CALC) == "error":
            self.cells.errors.append((place, text))
            return GridCell(place[1], text)
        if held in NUMBERS and value:
            if self.keeps_values:
                self.cells.values[place] = value
            return _figure(place[1], value, text.strip())
        if held in SHOWN:
            return GridCell(place[1], text.strip()) if text.strip() else None
        return text_entry(place[1], text, marks, Style(indent=indent))

    def runs(self, cell: etree._Element) -> Iterator[tuple[str, bool]]:
        """The pieces of a cell's text, and which of them are raised; notes are none."""
        for number, paragraph in enumerate(cell.iterchildren(PARAGRAPH)):
            yield ("\n" if number else "") + (paragraph.text or ""), False
            for piece in paragraph:
                raised = piece.get(_name("text:style-name")) in self.styles.raised
                yield _text_of(piece), raised and piece.tag == SPAN
                yield piece.tail or "", False


def _figure(column: int, value: str, text: str) -> GridCell | None:
    """A cell that holds a number: its digits are those that are displayed."""
    entry = number_entry(column, value, Style(_shown_code(value, text[:LONGEST_FIGURE_CHARS])))
    if entry is None or entry.number is None or (text and any(map(str.isalnum, text))):
        return entry and entry._replace(text=text or entry.text)
    if entry.number.units:
        return entry
    return GridCell(column, text) if text else None  # the dash for nil, or nothing at all


def _text_of(piece: etree._Element) -> str:
    if piece.tag == SPACES:
        return " " * _count(piece, _name("text:c"), 255)
    inner = "".join(_text_of(each) + (each.tail or "") for each in piece)
    return (piece.text or "") + inner


def a1_of(formula: str) -> str:
    """A formula as workbooks write it: ``of:=SUM([.C3:.C5];1)`` as ``SUM(C3:C5,1)``."""
    return REFERENCE.sub(_reference, formula.partition("=")[2])


def _reference(match: re.Match[str]) -> str:
    sheet, first, last, text, separator = match.groups()
    if text is not None or separator is not None:
        return text or ","
    name = (sheet or "").removesuffix(".").removeprefix("$")
    end = f":{last.rpartition('.')[2]}" if last else ""
    return (f"{name}!" if name else "") + first + end
