"""The cells of one worksheet from its XML (ECMA-376 part 1, 18.3.1).

A sheet of 100,000 rows is 40 MB of XML: a tree, or an event for each element, takes three times as
long as pandas takes for the whole file. So expat proves that the part is well formed, and the
cells, which nest in nothing, are then found by one regular expression.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.grid.cells import GridCell
from unbudget_check.readers.sheets.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    Formula,
    SheetCells,
    Style,
    figure_reader,
    merge,
    plain_reader,
    text_and_marks,
    text_entry,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GENERAL = Style()
TEXTS = frozenset(("s", "inlineStr"))
# Column, style, kind, other attributes, value and body of a cell, as they stand in the XML.
Found = tuple[str, str, str, str, str, str]
# What needs a parser's help before the expressions below can be used: rare, and never in cells.
UNUSUAL = (b"<!--", b"<![CDATA[", b"='")
# The attributes of a cell mostly come in this order; the rest of them is looked through.
CELL = re.compile(
    r'<c(?: r="([A-Z]{1,4})\d+")?(?: s="(\d+)")?(?: t="(\w+)")?([^>/]*)'
    r"(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
FORMULA = re.compile(r"<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
RUN = re.compile(r"<r>(.*?)</r>|<rPh\b.*?</rPh>", re.DOTALL)
TEXT = re.compile(r"<t\b[^>]*?(?:/>|>([^<]*)</t>)")
PLAIN = re.compile("<is><t>([^<]*)</t></is>")
RAISED = re.compile(r'<vertAlign\b[^>]*"superscript"')
COLUMN = re.compile(r"<col\b[^>]*>")
MERGED = re.compile(
    r'<mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
TRUE = ("1", "true")


class Book(NamedTuple):
    """What the sheets of a workbook share: texts with footnote marks, styles, the first day.

    ``has_formulas`` is true where values are to be kept for the formulas of some sheet, ``is_data``
    where figures are wanted in plain digits.
    """

    texts: tuple[tuple[str, str], ...] = ()
    styles: tuple[Style, ...] = ()
    from_1904: bool = False
    has_formulas: bool = False
    is_data: bool = False


def has_formulas(data: bytes) -> bool:
    """Whether the XML of a sheet holds any formula."""
    prefixed = re.search(rb"<\w+:worksheet\b", data[:2000])
    return any(mark in data for mark in ((b":f>", b":f ") if prefixed else (b"<f>", b"<f ")))


def read_sheet(data: bytes, path: str, tab: tuple[str, bool], book: Book) -> SheetCells:
    """The cells of one worksheet; ``tab`` is its name, and whether it is hidden.

    Raises UnreadableError where the XML is broken or claims more rows than a sheet can have.
    """
    name, hidden = tab
    sheet = SheetCells(name, hidden)
    try:
        text = _canonical(data)
        start, stop = text.find("<sheetData"), text.find("</sheetData>")
        for column in COLUMN.finditer(text, 0, max(start, 0)):
            _note_columns(sheet, dict(ATTRIBUTE.findall(column[0])))
        if stop >= 0:
            _read_rows(sheet, text, (start, stop), book)
        merged = (match.groups() for match in MERGED.finditer(text, max(stop, 0)))
        merge(
            sheet,
            (
                ((int(top) - 1, column_of(left)), (int(bottom) - 1, column_of(right)))
                for left, top, right, bottom in merged
            ),
        )
    except OverflowError as error:
        raise unreadable(saying("file-too-many-cells", path=path, sheet=name)) from error
    except (ExpatError, etree.XMLSyntaxError, ValueError, IndexError) as error:
        raise unreadable(saying("file-damaged-sheet", path=path, sheet=name)) from error
    return sheet


def _canonical(data: bytes) -> str:
    """The XML of a sheet without comments and prefixes, its attributes in double quotes."""
    ParserCreate().Parse(data, True)  # noqa: FBT003  its only signature
    is_wide = b"\x00" in data[:4] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if is_wide or data.count(b"<?") > 1 or any(mark in data for mark in UNUSUAL):
        parser = etree.XMLParser(
            remove_comments=True, remove_pis=True, resolve_entities=False, huge_tree=True
        )
        text = etree.tostring(etree.fromstring(data, parser), encoding="unicode")
    else:
        text = data.decode("utf-8-sig")
    prefix = re.search(r"<(\w+):worksheet\b", text[:2000])
    return re.sub(rf"(</?){prefix[1]}:", r"\1", text) if prefix else text


def _note_columns(sheet: SheetCells, said: dict[str, str]) -> None:
    if said.get("hidden") in TRUE:
        first, last = int(said.get("min", "1")), int(said.get("max", "1"))
        sheet.hidden_columns.append(range(first - 1, min(last, MAX_COLUMNS)))


def _read_rows(sheet: SheetCells, text: str, reach: tuple[int, int], book: Book) -> None:
    """Every row between two places of the XML; raises OverflowError beyond what a sheet holds."""
    reader = _Cells(sheet, book)
    row = -1
    at = text.find("<row", reach[0], reach[1])
    while at >= 0:
        close = text.index(">", at)
        said = dict(ATTRIBUTE.findall(text, at, close))
        row = int(said["r"]) - 1 if "r" in said else row + 1
        if not 0 <= row < MAX_ROWS:
            raise OverflowError
        if said.get("hidden") in TRUE:
            sheet.hidden_rows.add(row)
        if text[close - 1] != "/":
            end = text.index("</row>", close)
            reader.row(row, CELL.findall(text, close + 1, end))
            close = end
        at = text.find("<row", close, reach[1])


class _Cells:
    """Reads the cells of rows into a sheet."""

    def __init__(self, sheet: SheetCells, book: Book) -> None:
        self.sheet = sheet
        self.book = book
        self.shared: dict[tuple[str, str, int], GridCell | None] = {}
        self.readers: dict[str, Callable[[int, str], GridCell | None]] = {}

    def row(self, row: int, found: list[Found]) -> None:
        """Take in one row of cells."""
        entries: list[GridCell] = []
        column = -1
        shared = self.shared
        in_order = True
        for letters, style, kind, more, value, body in found:
            if more and not more.isspace():
                return self.row(row, list(map(_reordered, found)))
            before, column = column, column_of(letters) if letters else column + 1
            in_order = in_order and column > before
            if kind in TEXTS:
                key = value or body, style, column
                entry = shared[key] if key in shared else self.text(key, is_own=kind != "s")
            elif value and (not kind or kind == "n"):
                entry = self.number(row, column, value, style)
            else:
                entry = self.composed(row, column, (kind, value, body), style)
            if entry is not None:
                entries.append(entry)
        if not in_order:
            by_column = {entry.column: entry for entry in entries}
            entries = [by_column[column] for column in sorted(by_column)]
        if entries:
            if entries[-1].column >= MAX_COLUMNS:
                raise OverflowError
            self.sheet.rows[row] = entries
        return None

    def look(self, style: str) -> Style:
        """How cells of a style display what they hold."""
        styles = self.book.styles
        return styles[int(style)] if style and int(style) < len(styles) else GENERAL

    def text(self, key: tuple[str, str, int], *, is_own: bool) -> GridCell | None:
        """A text of the shared ones or of a cell's own: displayed alike in all of a column."""
        value, style, column = key
        if is_own:
            found = PLAIN.fullmatch(value)
            text, marks = (unescaped(unescape(found[1])), "") if found else _own_text(value)
        else:
            text, marks = self.book.texts[int(value)] if value else ("", "")
        self.shared[key] = text_entry(column, text, marks, self.look(style))
        return self.shared[key]

    def typed(self, row: int, column: int, held: tuple[str, str], style: str) -> GridCell | None:
        """A cell with a kind of its own: a text beside it, an error, a truth value, a date."""
        kind, value = held
        if kind == "s":
            return self.text((value, style, column), is_own=False)
        value = unescape(value)
        if kind == "e":
            return self.error(row, column, value)
        if kind == "n":
            return self.number(row, column, value, style)
        if kind == "b":
            value = "TRUE" if value in TRUE else "FALSE"
        return text_entry(column, value, "", self.look(style))

    def number(self, row: int, column: int, value: str, style: str) -> GridCell | None:
        """A number; what no program could show as one is an error of the cell."""
        if self.book.has_formulas:
            self.sheet.values[row, column] = value
        read = self.readers.get(style)
        if read is None:
            code = self.look(style).code
            make = plain_reader if self.book.is_data else figure_reader
            read = self.readers[style] = make(code, self.book.from_1904)
        try:
            return read(column, value)
        except ValueError:
            return self.error(row, column, value)

    def error(self, row: int, column: int, value: str) -> GridCell:
        """A cell that shows why there is no figure."""
        self.sheet.errors.append(((row, column), value))
        return GridCell(column, value)

    def composed(
        self, row: int, column: int, held: tuple[str, str, str], style: str
    ) -> GridCell | None:
        """A cell with a formula, with a text of its own or of another kind."""
        kind, value, body = held
        stored = VALUE.search(body) if body else None
        value = stored[1] if stored else value
        formula = FORMULA.search(body)
        if formula:
            said = dict(ATTRIBUTE.findall(formula[1]))
            self.sheet.formulas[row, column] = Formula(
                unescape(formula[2] or ""),
                said.get("si", "") if said.get("t") == "shared" else "",
                said.get("ref", ""),
                said.get("t", ""),
            )
            self.sheet.looks[row, column] = self.look(style)
            if kind != "str" and not value.strip():
                self.sheet.empty.add((row, column))
            elif kind != "str" and value == "0":
                self.sheet.nil.add((row, column))
        return self.typed(row, column, (kind or "n", value), style) if value.strip() else None


def _own_text(body: str) -> tuple[str, str]:
    """The text that stands in the cell itself, and its footnote marks."""
    runs = [
        (_joined(run[1]), RAISED.search(run[1]) is not None)
        for run in RUN.finditer(body)
        if run[1] is not None
    ]
    if not runs:
        runs = [(_joined(body), False)]
    return text_and_marks(runs)


def _joined(markup: str) -> str:
    return unescaped("".join(map(unescape, TEXT.findall(markup))))


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which Office programs write as _x000D_."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _reordered(found: Found) -> Found:
    """A cell whose attributes come in another order than they mostly do."""
    letters, style, kind, more, value, body = found
    said = dict(ATTRIBUTE.findall(more))
    letters = letters or said.get("r", "").rstrip("0123456789")
    return letters, style or said.get("s", ""), kind or said.get("t", ""), "", value, body


@cache
def column_of(letters: str) -> int:
    """The number, from 0, of a column called A, B, ... Z, AA; ValueError where none is."""
    if not (letters.isascii() and letters.isalpha() and letters.isupper()):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
