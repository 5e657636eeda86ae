"""Where a figure stands, in an officer's words, and what is printed around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.quotes import text_in, where_in
from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.finding import Excerpt
from unbudget_check.model.location import Where, cell_key
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.facts import DocumentFacts, TableFacts

# A line of sums with more rows is thinned out by the reporters; more are never carried along.
TALLEST = 60
WIDE = 12


def where_of(facts: DocumentFacts, spot: Spot | Span) -> Where:
    """The place of a cell, as table, part, row and column are printed, or of a piece of text."""
    if isinstance(spot, Span):
        return where_in(facts, spot)
    table = facts.tables[spot.table]
    cell = table.cells[spot.row][spot.column]
    return Where(
        facts.path,
        table=table.number,
        part=table.part,
        row=label_of(table, spot.row),
        column=heading_of(table, spot.column),
        item=_item_of(table, spot),
        line=cell.line if cell else None,
        address=(cell.address or None) if cell else table.address or None,
        cell=cell_key(table.ordinal, cell.row, cell.column) if cell else None,
    )


def _item_of(table: TableFacts, spot: Spot) -> str | None:
    """The grade of a figure that stands in a list of grades."""
    for found in table.lists:
        if spot.item and (found.row, found.column) == (spot.row, spot.column):
            return found.items[spot.item - 1][0]
    return None


def label_of(table: TableFacts, row: int) -> str | None:
    """The label of a row with its code or marker; unlabelled rows keep what is printed."""
    found = table.rows[row]
    if found.code and found.label:
        return f"{found.code} {found.label}"
    if found.marker and found.label:
        dotted = "" if found.marker.startswith("(") else "."
        return f"{found.marker}{dotted} {found.label}"
    return found.label or None


def heading_of(table: TableFacts, column: int) -> str | None:
    """The heading of a column; where the same words stand over several, with their group."""
    found = table.columns[column]
    if found.group and any(
        other.heading == found.heading and other.index != column for other in table.columns
    ):
        return f"{found.group}, {found.heading}"
    return found.heading or None


def text_of(facts: DocumentFacts, spot: Spot | Span) -> str:
    """The cell or the piece of text as printed."""
    if isinstance(spot, Span):
        return text_in(facts, spot)
    cell = facts.tables[spot.table].cells[spot.row][spot.column]
    return " ".join(cell.text.split()) if cell else ""


def excerpt_of(
    facts: DocumentFacts, spot: Spot, parts: Sequence[tuple[Spot | Span, int]]
) -> Excerpt:
    """The rows that a finding is about, under the table's headings, with the cells marked."""
    table = facts.tables[spot.table]
    cells = [(part, sign) for part, sign in parts if isinstance(part, Spot)]
    near = [(part, sign) for part, sign in cells if part.table == spot.table][:TALLEST]
    rows = sorted({spot.row, *(part.row for part, _ in near)})
    rows = [r for r in rows if r == spot.row or table.rows[r].role is not RowRole.SPACER]
    columns = _columns_around(table, {spot.column, *(part.column for part, _ in near)})
    placed = {row: at for at, row in enumerate(rows)}
    across = {column: at for at, column in enumerate(columns)}
    marked = [
        (placed[p.row], across[p.column], sign) for p, sign in near if p != spot and p.row in placed
    ]
    return Excerpt(
        tuple(heading_of(table, column) or "" for column in columns),
        tuple(
            tuple(
                label_of(table, row) or "" if column == 0 else text_of_cell(table, row, column)
                for column in columns
            )
            for row in rows
        ),
        (placed[spot.row], across[spot.column]),
        tuple((row, column) for row, column, _ in marked),
        tuple(table.rows[row].index + 1 for row in rows),
        tuple(sign for _, _, sign in marked),
        table.title,
        table.part_title,
    )


def text_of_cell(table: TableFacts, row: int, column: int) -> str:
    """One printed cell on one line."""
    cell = table.cells[row][column]
    return " ".join(cell.text.split()) if cell else ""


def _columns_around(table: TableFacts, wanted: set[int]) -> list[int]:
    """The label column, the columns of the proof, and those near them that hold figures."""
    low, high = min(wanted) - WIDE, max(wanted) + WIDE
    return [
        c.index
        for c in table.columns
        if c.index in wanted
        or (c.role is not ColumnRole.TEXT and (c.index == 0 or low <= c.index <= high))
    ]
