"""One Word table as a grid: merged cells placed, content controls opened, footnote marks apart.

The table is walked once, in the order of the file, over just those elements that place or print
something; asking every cell and run for its children would take several times as long.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.notation.figures import looks_like_figure
from unbudget_check.readers.docx.paragraphs import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from unbudget_check.readers.docx.paragraphs import Index

# A row wider than this is damage or malice: Word itself stops at 63 columns.
WIDEST_ROW_COLUMNS = 20_000
# Twentieths of a point in one step of indentation.
STEP = 280


@dataclass(slots=True)
class _Open:
    """A cell while it is read: one list of texts a paragraph, and its settings."""

    element: etree._Element
    address: str
    span: int = 1
    merge: str = ""
    margin: int = 0
    texts: list[list[str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Grid:
    """A table while it is read: the cells of each row, and the columns left out around them."""

    rows: list[list[_Open]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)


def read_table(table: etree._Element, index: Index, path: str) -> Iterator[Table]:
    """The table, and after it every table that is nested in its cells."""
    grid = _walk(table, index, path)
    _settle_spans(grid)
    rows: list[list[Cell]] = []
    merging: dict[int, tuple[int, int]] = {}  # column -> place of the cell that goes on below
    for opened, start in zip(grid.rows, grid.starts, strict=True):
        rows.append([])
        column = start
        for cell in opened:
            _take_framed(cell, index)
            span = min(cell.span, max(WIDEST_ROW_COLUMNS - column, 1))
            _place(cell, rows, merging, column, span)
            column += span
    width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    yield Table(tuple(map(tuple, rows)), width, path)
    for cell in (cell for opened in grid.rows for cell in opened):
        for number, nested in enumerate(index.nested.get(cell.element, ()), 1):
            yield from read_table(nested, index, f"{cell.address}/w:tbl[{number}]")


def _take_framed(cell: _Open, index: Index) -> None:
    """Take a figure out of its frame: a table of one cell that is all that a cell holds."""
    framed = index.nested.get(cell.element, ())
    if len(framed) != 1 or any(map(any, cell.texts)):
        return
    if sum(1 for _ in islice(framed[0].iter(index.tc), 2)) != 1:
        return
    (row,) = _walk(framed[0], index, f"{cell.address}/w:tbl[1]").rows or [[]]
    for inner in row:
        if inner.element not in index.nested and looks_like_figure(
            "".join(map("".join, inner.texts))
        ):
            cell.texts, cell.marks, cell.address = inner.texts, inner.marks, inner.address
            del index.nested[cell.element]


def _settle_spans(grid: _Grid) -> None:
    """Narrow the merged cells of rows that are wider than most rows of their table.

    Such a cell pushes all that follows it off its columns. Nothing is done where most rows do not
    agree, or where more than one cell may be the one that is too wide.
    """
    widths = [
        start + sum(cell.span for cell in row) + after
        for row, start, after in zip(grid.rows, grid.starts, grid.after, strict=True)
    ]
    usual, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    if 2 * times <= len(widths):
        return
    for row, start, after, width in zip(grid.rows, grid.starts, grid.after, widths, strict=True):
        merged = [cell for cell in row if cell.span > 1]
        if width <= usual or not merged:
            continue
        if start + len(row) + after == usual:
            for cell in merged:
                cell.span = 1
        elif len(merged) == 1:
            merged[0].span = max(merged[0].span - (width - usual), 1)


def _place(
    cell: _Open,
    rows: list[list[Cell]],
    merging: dict[int, tuple[int, int]],
    column: int,
    span: int,
) -> None:
    """Add a cell to the last row, or let the cell above grow over it."""
    if cell.merge == "continue" and column in merging:
        _grow(rows, merging[column])
        return
    merging.pop(column, None)
    if cell.merge == "restart":
        merging[column] = (len(rows) - 1, len(rows[-1]))
    rows[-1].append(_closed(cell, len(rows) - 1, column, span))


def _grow(rows: list[list[Cell]], place: tuple[int, int]) -> None:
    row, position = place
    cell = rows[row][position]
    rows[row][position] = replace(cell, rows=cell.rows + 1)


def _closed(cell: _Open, row: int, column: int, span: int) -> Cell:
    texts = ["".join(pieces) for pieces in cell.texts]
    first = texts[0] if texts else ""
    tabs = len(first) - len(first.lstrip("\t")) if first[:1] == "\t" else 0
    whole = first if len(texts) == 1 else "\n".join(filter(None, texts))
    marks = "".join(cell.marks).strip() if cell.marks else ""
    return Cell(whole, row, column, 1, span, marks, max(tabs, cell.margin // STEP), cell.address)


def _walk(table: etree._Element, index: Index, path: str) -> _Grid:
    """Rows, cells and their printed texts, in one pass over the elements that matter."""
    grid = _Grid()
    cell: _Open | None = None
    pieces: list[str] | None = None  # where the text of the current run goes; None outside runs
    text, run, paragraph = index.t, index.r, index.p
    for element in table.iter(*index.walked):
        tag = element.tag
        if tag == text:
            if pieces is not None:
                pieces.append(element.text or "")
        elif tag == run:
            pieces = _run(element, index, cell)
        elif tag == paragraph:
            pieces = None
            if cell is not None:
                label = index.labels.get(element)
                cell.texts.append([label] if label else [])
        elif tag in index.carriers:
            if pieces is not None:
                pieces.append(text_of(element, index))
        else:
            cell = _structure(element, index, grid, cell, path)
    return grid


def _structure(
    element: etree._Element, index: Index, grid: _Grid, cell: _Open | None, path: str
) -> _Open | None:
    """Open the row or cell that an element begins, or take up its setting; the current cell."""
    if element.tag == index.tr:
        grid.rows.append([])
        grid.starts.append(0)
        grid.after.append(0)
        return None
    if element.tag == index.tc and grid.rows:
        row = grid.rows[-1]
        cell = _Open(element, f"{path}/w:tr[{len(grid.rows)}]/w:tc[{len(row) + 1}]")
        row.append(cell)
        index.places[cell.address] = element
    elif grid.rows:
        _set(element, index, grid, cell)
    return cell


def _run(run: etree._Element, index: Index, cell: _Open | None) -> list[str] | None:
    """Where the text of a run goes: into its paragraph, among the marks, or nowhere."""
    if cell is None or not cell.texts or run in index.hidden:
        return None
    return cell.marks if run in index.raised else cell.texts[-1]


def _set(element: etree._Element, index: Index, grid: _Grid, cell: _Open | None) -> None:
    """Take up a setting of the current row, cell or, in the label column, paragraph."""
    tag = element.tag
    if tag == index.indent:
        if cell is not None and len(grid.rows[-1]) == 1 and len(cell.texts) == 1:
            left = element.get(index.name("left")) or element.get(index.name("start")) or "0"
            cell.margin = _count(left)
        return
    value = element.get(index.name("val"), "")
    count = min(_count(value), WIDEST_ROW_COLUMNS)
    if tag == index.name("gridBefore"):
        grid.starts[-1] = count
    elif tag == index.name("gridAfter"):
        grid.after[-1] = count
    elif cell is not None and tag == index.name("gridSpan"):
        cell.span = max(count, 1)
    elif cell is not None:
        cell.merge = value or "continue"


def _count(text: str) -> int:
    """A whole number of a setting; damage counts as nothing."""
    return int(text) if text.isascii() and text.isdigit() else 0
