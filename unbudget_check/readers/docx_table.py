"""One Word table as a grid: merged cells placed, rows of content controls opened, nesting kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.readers.docx_index import WIDEST, Index
from unbudget_check.readers.docx_text import contents, paragraph_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# Twentieths of a point in one step of indentation.
STEP = 280


@dataclass(slots=True)
class _Grid:
    """A table while it is read: its rows, the vertical merges still open, the tables inside."""

    rows: list[list[Cell]] = field(default_factory=list)
    merging: dict[int, tuple[int, int]] = field(default_factory=dict)  # column -> place of the cell
    nested: list[tuple[etree._Element, str]] = field(default_factory=list)


def read_table(table: etree._Element, index: Index, path: str) -> Iterator[Table]:
    """The table, and after it every table that is nested in its cells."""
    grid = _Grid()
    for number, row in enumerate(_children(table, index, index.tr), 1):
        _read_row(row, index, grid, f"{path}/w:tr[{number}]")
    width = max((cell.column + cell.columns for row in grid.rows for cell in row), default=0)
    yield Table(tuple(map(tuple, grid.rows)), width, path)
    for child, place in grid.nested:
        yield from read_table(child, index, place)


def _read_row(row: etree._Element, index: Index, grid: _Grid, path: str) -> None:
    cells: list[Cell] = []
    number = len(grid.rows)
    grid.rows.append(cells)
    column = index.before.get(row, 0)
    for position, tc in enumerate(_children(row, index, index.tc), 1):
        span = min(index.spans.get(tc, 1), max(WIDEST - column, 1))
        merge = index.merges.get(tc, "")
        if merge == "continue" and column in grid.merging:
            _grow(grid.rows, grid.merging[column])
        else:
            address = f"{path}/w:tc[{position}]"
            cell, inner = _cell(tc, index, (number, column), span, address)
            cells.append(cell)
            grid.nested.extend((t, f"{address}/w:tbl[{n}]") for n, t in enumerate(inner, 1))
            grid.merging.pop(column, None)
            if merge == "restart":
                grid.merging[column] = (number, len(cells) - 1)
        column += span


def _grow(rows: list[list[Cell]], place: tuple[int, int]) -> None:
    row, position = place
    cell = rows[row][position]
    rows[row][position] = replace(cell, rows=cell.rows + 1)


def _cell(
    tc: etree._Element, index: Index, place: tuple[int, int], span: int, address: str
) -> tuple[Cell, list[etree._Element]]:
    """The cell with the text of its own paragraphs, and the tables nested in it."""
    texts: list[str] = []
    marks: list[str] = []
    nested: list[etree._Element] = []
    row, column = place
    indent = 0
    for child in contents(tc, index):
        if child.tag == index.tbl:
            nested.append(child)
            continue
        text, mark = paragraph_text(child, index)
        if not texts and column == 0:
            indent = _indent(child, text, index)
        texts.append(text)
        marks.append(mark)
    whole = texts[0] if len(texts) == 1 else "\n".join(filter(None, texts))
    return Cell(whole, row, column, 1, span, "".join(marks), indent, address), nested


def _indent(paragraph: etree._Element, text: str, index: Index) -> int:
    """Steps of indentation: leading tabs, or the left margin of the paragraph."""
    tabs = len(text) - len(text.lstrip("\t"))
    margin = paragraph.find(f"{index.name('pPr')}/{index.name('ind')}")
    if margin is None:
        return tabs
    left = margin.get(index.name("left")) or margin.get(index.name("start")) or "0"
    return max(tabs, int(left) // STEP if left.isdigit() else 0)


def _children(parent: etree._Element, index: Index, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls opened."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in index.wrappers:
            yield from _children(child, index, tag)
