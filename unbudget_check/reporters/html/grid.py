"""A printed table as rows of cells for a page: no place is left out, none is covered twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.html.anchors import cell_name
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.report import PrintedCell, PrintedTable
    from unbudget_check.reporters.html.spots import Spot

INDENT_MOST = 6
# The style of the first column, whose labels stay in sight.
KEY = "k"
# What may stand in a cell besides words: figures, dashes, brackets, per cent.
WORDY = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as the page draws it; ``scope`` is empty for a cell that is no heading."""

    text: str
    rows: int = 1
    columns: int = 1
    scope: str = ""
    marks: str = ""
    style: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow each other, and how many before them are left out."""

    left_out: int
    rows: tuple[tuple[DrawnCell, ...], ...]


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """The rows of headings, those of figures, and how many after the last are left out."""

    columns: int
    head: tuple[tuple[DrawnCell, ...], ...]
    body: tuple[Stretch, ...]
    left_out: int


def draw_table(
    table: PrintedTable, stretches: Iterable[range], spots: Mapping[str, Spot]
) -> DrawnTable:
    """The table as printed, with the cells that findings speak of marked."""
    end = table.head
    body = []
    for stretch in stretches:
        body.append(Stretch(stretch.start - end, tuple(_rows(table, stretch, spots))))
        end = stretch.stop
    head = tuple(_rows(table, range(table.head), spots))
    return DrawnTable(table.columns, head, tuple(body), len(table.rows) - end)


def _rows(
    table: PrintedTable, stretch: range, spots: Mapping[str, Spot]
) -> Iterator[tuple[DrawnCell, ...]]:
    """The rows of one part of the table; what a merged cell covers ends with the part."""
    covered: set[tuple[int, int]] = set()
    for at in stretch:
        drawn: list[DrawnCell] = []
        free = 0
        for cell in table.rows[at]:
            drawn += _gap(at, free, cell.column, covered)
            height = max(min(cell.rows, stretch.stop - at), 1)
            width = max(min(cell.columns, table.columns - cell.column), 1)
            covered |= {
                (at + down, cell.column + across)
                for down in range(height)
                for across in range(width)
            }
            spot = spots.get(cell_name(table.key, at, cell.column))
            drawn.append(_drawn(cell, (height, width), table, at, spot))
            free = cell.column + width
        drawn += _gap(at, free, table.columns, covered)
        yield tuple(drawn)


def _gap(row: int, start: int, end: int, covered: set[tuple[int, int]]) -> Iterator[DrawnCell]:
    """Empty cells for the places that no cell covers."""
    for column in range(start, end):
        if (row, column) not in covered:
            yield DrawnCell("", style="" if column else KEY)


def _drawn(
    cell: PrintedCell, size: tuple[int, int], table: PrintedTable, row: int, spot: Spot | None
) -> DrawnCell:
    text = shown(cell.text)
    in_head = row < table.head
    is_wordy = WORDY.search(text) is not None
    styles = [] if cell.column else [KEY]
    styles += ["w"] if is_wordy and (not in_head or not cell.column) else []
    styles += [f"i{min(cell.indent, INDENT_MOST)}"] if cell.indent else []
    return DrawnCell(
        text,
        *size,
        scope=_scope(cell, size, table, row) if text else "",
        marks=shown(cell.marks),
        style=" ".join(styles),
        spot=spot,
    )


def _scope(cell: PrintedCell, size: tuple[int, int], table: PrintedTable, row: int) -> str:
    """What a heading is the heading of; empty for a figure."""
    height, width = size
    if row < table.head:
        return "colgroup" if width > 1 else "col"
    if cell.column:
        return ""
    if width >= table.columns:
        # A row over the whole table is the heading of those below it.
        return "colgroup" if width > 1 else ""
    return "rowgroup" if height > 1 else "row"
