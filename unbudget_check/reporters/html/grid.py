"""A printed table as rows of cells for a page: no place is left out, none is covered twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.report import PrintedCell, PrintedTable
    from unbudget_check.reporters.html.spots import Spot

INDENT_MOST = 6
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
class DrawnTable:
    """The rows of headings and those of figures."""

    head: tuple[tuple[DrawnCell, ...], ...]
    body: tuple[tuple[DrawnCell, ...], ...]


def draw_table(table: PrintedTable, spots: Mapping[str, Spot]) -> DrawnTable:
    """The table as printed, with the cells that findings speak of marked."""
    head = table.rows[: table.head]
    body = table.rows[table.head :]
    return DrawnTable(
        tuple(_rows(table, head, 0, spots)),
        tuple(_rows(table, body, len(head), spots)),
    )


def _rows(
    table: PrintedTable,
    rows: Sequence[Sequence[PrintedCell]],
    first: int,
    spots: Mapping[str, Spot],
) -> Iterator[tuple[DrawnCell, ...]]:
    """The rows of one part of the table; what a merged cell covers ends with the part."""
    covered: set[tuple[int, int]] = set()
    last = first + len(rows)
    for at, row in enumerate(rows, first):
        drawn: list[DrawnCell] = []
        free = 0
        for cell in row:
            drawn += _gap(at, free, cell.column, covered)
            height = max(min(cell.rows, last - at), 1)
            width = max(min(cell.columns, table.columns - cell.column), 1)
            covered |= {
                (at + down, cell.column + across)
                for down in range(height)
                for across in range(width)
            }
            spot = spots.get(f"{table.key}r{at}c{cell.column}")
            drawn.append(_drawn(cell, (height, width), table, at, spot))
            free = cell.column + width
        drawn += _gap(at, free, table.columns, covered)
        yield tuple(drawn)


def _gap(
    row: int, start: int, end: int, covered: set[tuple[int, int]]
) -> Iterator[DrawnCell]:
    """Empty cells for the places that no cell covers."""
    for column in range(start, end):
        if (row, column) not in covered:
            yield DrawnCell("")


def _drawn(
    cell: PrintedCell,
    size: tuple[int, int],
    table: PrintedTable,
    row: int,
    spot: Spot | None,
) -> DrawnCell:
    text = shown(cell.text)
    in_head = row < table.head
    is_wordy = WORDY.search(text) is not None
    styles = ["w"] if is_wordy and not in_head else []
    styles += [f"i{min(cell.indent, INDENT_MOST)}"] if cell.indent else []
    return DrawnCell(
        text,
        *size,
        scope=_scope(cell, size, table, text) if text else "",
        marks=shown(cell.marks),
        style=" ".join(styles),
        spot=spot,
    )


def _scope(cell: PrintedCell, size: tuple[int, int], table: PrintedTable, text: str) -> str:
    """What a heading is the heading of; empty for a figure."""
    height, width = size
    if cell.row < table.head:
        return "colgroup" if width > 1 else "col"
    if cell.column:
        return ""
    if width >= table.columns and width > 1:
        return "colgroup"
    if not WORDY.search(text) and any(character.isdigit() for character in text):
        return "row" if width < table.columns else ""
    return "rowgroup" if height > 1 else "row"
