"""What the XML of a worksheet says beside its values: merged, hidden and never calculated cells.

Read apart from the values, as a stream, and before them: it also bounds what reading them can cost.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from unbudget_check.languages.telling import unreadable
from unbudget_check.model.saying import saying

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW, CELL, FORMULA, VALUE = (f"{SPACE}{name}" for name in ("row", "c", "f", "v"))
COLUMNS, MERGE = f"{SPACE}col", f"{SPACE}mergeCell"
ALIGN, RUN, TEXT = (f"{SPACE}{name}" for name in ("vertAlign", "r", "t"))
MAX_ROWS = 1_048_576  # what spreadsheet programs allow
MAX_COLUMNS = 16_384
MAX_PLACES = 50_000_000  # cells between the left edge and the last one, over all rows
MAX_MERGED = 5_000_000  # places under merged cells
REFERENCE = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,8})(?::\$?([A-Z]{1,4})\$?(\d{1,8}))?")


@dataclass(slots=True)
class SheetLayout:
    """Rows and columns count from 0.

    ``merged`` maps the first place of a merged cell to its rows and columns, ``hidden_columns``
    holds ranges, ``empty`` the formulas without a result and ``nil`` those with the result 0.
    ``runs`` are the pieces of texts in which some stand as superscripts: (text, is superscript).
    """

    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    empty: set[tuple[int, int]] = field(default_factory=set)
    nil: set[tuple[int, int]] = field(default_factory=set)
    runs: dict[tuple[int, int], list[tuple[str, bool]]] = field(default_factory=dict)
    formulas: int = 0
    rows: int = 0
    columns: int = 0


def scan_sheet(data: bytes, path: str, name: str) -> SheetLayout:
    """The layout of one worksheet from its XML.

    Raises UnreadableError where the XML is broken or claims more cells than a sheet can have.
    """
    layout = SheetLayout()
    covered = places = 0
    try:
        for element in _elements(data):
            if element.tag == ROW:
                places += _scan_row(element, layout)
            elif element.tag == COLUMNS:
                _scan_columns(element, layout)
            else:
                covered += _scan_merge(element, layout, MAX_MERGED - covered)
            if places > MAX_PLACES or layout.rows > MAX_ROWS or layout.columns > MAX_COLUMNS:
                raise unreadable(saying("file-too-many-cells", path=path, sheet=name))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(saying("file-damaged-sheet", path=path, sheet=name)) from error
    return layout


def _elements(data: bytes) -> Iterator[etree._Element]:
    """Rows, column settings and merged cells, each forgotten once it was looked at."""
    stream = etree.iterparse(
        io.BytesIO(data), tag=(ROW, COLUMNS, MERGE), resolve_entities=False, no_network=True
    )
    for _, element in stream:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _scan_row(row: etree._Element, layout: SheetLayout) -> int:
    """Note a row; how many places it has up to its last cell."""
    number = int(row.get("r") or layout.rows + 1)
    layout.rows = max(layout.rows, number)
    if row.get("hidden") in {"1", "true"}:
        layout.hidden_rows.add(number - 1)
    width = len(row)
    last = _place(row[-1].get("r")) if width else None
    width = max(width, last[1] + 1 if last else 0)
    layout.columns = max(layout.columns, width)
    for formula in row.iter(FORMULA):
        cell = formula.getparent()
        if cell is not None and cell.tag == CELL:
            _scan_formula(cell, number - 1, layout)
    for align in row.iter(ALIGN):
        cell = next(align.iterancestors(CELL), None)
        place = _place(cell.get("r")) if cell is not None else None
        if cell is not None and place is not None and align.get("val") == "superscript":
            layout.runs[number - 1, place[1]] = [_run(run) for run in cell.iter(RUN)]
    return width


def _run(run: etree._Element) -> tuple[str, bool]:
    align = next(run.iter(ALIGN), None)
    return run.findtext(TEXT) or "", align is not None and align.get("val") == "superscript"


def _scan_formula(cell: etree._Element, row: int, layout: SheetLayout) -> None:
    """Note a formula whose result is missing or 0; an empty text is a result, too."""
    layout.formulas += 1
    place = _place(cell.get("r"))
    if place is None or cell.get("t") == "str":
        return
    value = (cell.findtext(VALUE) or "").strip()
    if not value:
        layout.empty.add((row, place[1]))
    elif value == "0":
        layout.nil.add((row, place[1]))


def _scan_columns(element: etree._Element, layout: SheetLayout) -> None:
    if element.get("hidden") in {"1", "true"}:
        first, last = int(element.get("min") or 1), int(element.get("max") or 1)
        layout.hidden_columns.append(range(first - 1, min(last, MAX_COLUMNS)))


def _scan_merge(element: etree._Element, layout: SheetLayout, room: int) -> int:
    """Note a merged cell, cut to the rows and columns in use; how many places it covers."""
    match = REFERENCE.fullmatch(element.get("ref") or "")
    if not match or not match[3]:
        return 0
    top, left = int(match[2]) - 1, _column(match[1])
    rows = min(int(match[4]), layout.rows) - top
    columns = min(_column(match[3]) + 1, layout.columns) - left
    if rows < 1 or columns < 1 or rows * columns > room:
        return 0
    layout.merged[top, left] = (rows, columns)
    return rows * columns


def _place(reference: str | None) -> tuple[int, int] | None:
    match = REFERENCE.fullmatch(reference or "")
    return (int(match[2]) - 1, _column(match[1])) if match else None


def _column(letters: str) -> int:
    """The number, from 0, of a column called A, B, ... Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
