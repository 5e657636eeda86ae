"""A document drawn as text, so that a test shows what a reader understood on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.document import Cell, Document


def draw(document: Document) -> list[str]:
    """One row of text for each paragraph and each row of a table; ``==`` opens a table.

    Cells are separated by bars. Behind a cell stand, where there is something to say, its span,
    its indentation, its footnote marks and its flaw.
    """
    return [text for block in document.blocks for text in _drawn(block)]


def tables(document: Document) -> list[Table]:
    """The tables of a document."""
    return [block for block in document.blocks if isinstance(block, Table)]


def cell_at(table: Table, row: int, column: int) -> Cell:
    """The cell at a place of a table."""
    return next(cell for cell in table.rows[row] if cell.column == column)


def _drawn(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    yield f"== {block.columns} columns"
    for row in block.rows:
        yield "|".join(map(_cell, row))


def _cell(cell: Cell) -> str:
    span = f"[{cell.rows}x{cell.columns}]" if cell.rows * cell.columns > 1 else ""
    indent = f">{cell.indent}" if cell.indent else ""
    marks = f"^{cell.marks}" if cell.marks else ""
    flaw = f"!{cell.flaw}" if cell.flaw else ""
    return cell.text + span + indent + marks + flaw
