"""One Word table as a grid: merged cells placed, rows of content controls opened, nesting kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.readers.docx_text import Names, paragraph_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# A row wider than this is damage or malice: Word itself stops at 63 columns.
WIDEST = 20_000
# Twentieths of a point in one step of indentation.
STEP = 280


def read_table(table: etree._Element, word: Names, path: str) -> Iterator[Table]:
    """The table, and after it every table that is nested in its cells."""
    rows: list[list[Cell]] = []
    nested: list[tuple[etree._Element, str]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # column -> place of the cell that goes on below
    for number, element in enumerate(_children(table, word, word.tr)):
        cells: list[Cell] = []
        column = _grid_before(element, word)
        for position, tc in enumerate(_children(element, word, word.tc), 1):
            span, merge = _spans(tc, word)
            span = min(span, max(WIDEST - column, 1))
            place = f"{path}/w:tr[{number + 1}]/w:tc[{position}]"
            if merge == "continue" and column in open_merges:
                _grow(rows, open_merges[column])
            else:
                cells.append(_cell(tc, word, (number, column), span, place))
                open_merges.pop(column, None)
                if merge == "restart":
                    open_merges[column] = (number, len(cells) - 1)
            inner = (child for child in _contents(tc, word) if child.tag == word.tbl)
            nested.extend((t, f"{place}/w:tbl[{n}]") for n, t in enumerate(inner, 1))
            column += span
        rows.append(cells)
    width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    yield Table(tuple(map(tuple, rows)), width, path)
    for child, place in nested:
        yield from read_table(child, word, place)


def _grow(rows: list[list[Cell]], place: tuple[int, int]) -> None:
    row, position = place
    cell = rows[row][position]
    rows[row][position] = replace(cell, rows=cell.rows + 1)


def _cell(
    tc: etree._Element, word: Names, place: tuple[int, int], span: int, address: str
) -> Cell:
    texts: list[str] = []
    marks: list[str] = []
    indent = 0
    for child in _contents(tc, word):
        if child.tag == word.p:
            text, mark = paragraph_text(child, word)
            if not texts:
                indent = _indent(child, text, word)
            texts.append(text)
            marks.append(mark)
    text = "\n".join(filter(None, texts)) if len(texts) > 1 else "".join(texts)
    row, column = place
    return Cell(text, row, column, 1, span, "".join(marks), indent, address)


def _indent(paragraph: etree._Element, text: str, word: Names) -> int:
    """Steps of indentation: leading tabs, or the left margin of the paragraph."""
    tabs = len(text) - len(text.lstrip("\t"))
    margin = 0
    settings = paragraph.find(f"{{{word.space}}}pPr/{{{word.space}}}ind")
    if settings is not None:
        left = settings.get(f"{{{word.space}}}left") or settings.get(f"{{{word.space}}}start") or "0"
        margin = int(left) // STEP if left.isdigit() else 0
    return max(tabs, margin)


def _contents(parent: etree._Element, word: Names) -> Iterator[etree._Element]:
    """Paragraphs and tables of a cell, content controls opened."""
    for child in parent:
        if child.tag in {word.p, word.tbl}:
            yield child
        elif child.tag in word.wrappers:
            yield from _contents(child, word)


def _children(parent: etree._Element, word: Names, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls opened."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in word.wrappers:
            yield from _children(child, word, tag)


def _grid_before(row: etree._Element, word: Names) -> int:
    """Grid columns that a row leaves out at its start."""
    found = row.find(f"{{{word.space}}}trPr/{{{word.space}}}gridBefore")
    return _count(found, word, 0)


def _spans(tc: etree._Element, word: Names) -> tuple[int, str]:
    """How many grid columns a cell covers, and whether it begins or continues a vertical merge."""
    settings = tc.find(f"{{{word.space}}}tcPr")
    if settings is None:
        return 1, ""
    span = _count(settings.find(f"{{{word.space}}}gridSpan"), word, 1)
    merge = settings.find(f"{{{word.space}}}vMerge")
    return max(span, 1), "" if merge is None else merge.get(word.val) or "continue"


def _count(element: etree._Element | None, word: Names, default: int) -> int:
    value = element.get(word.val, "") if element is not None else ""
    return min(int(value), WIDEST) if value.isdigit() else default
