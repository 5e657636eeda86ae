"""The example of a rule as it would look in print, with the wrong figures marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.model.document import Paragraph
from unbudget_check.reporters.excerpt import draw_grid
from unbudget_check.reporters.fitting import STATED, Grid
from unbudget_check.reporters.layout import hung
from unbudget_check.rulebook.example_tables import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Cell, Table
    from unbudget_check.rulebook.rule import Example, StatedFinding


def example_rows(example: Example, width: int) -> Iterator[Text]:
    """The lines above, the tables and the complaints of an example, as rows of text."""
    document = document_of(example)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from map(Text, hung(block.text, width))
        else:
            yield from draw_grid(_grid(block, example.findings), width, whole=True)
    for place, complaint in document.complaints:
        yield from map(Text, hung(f"{place}: {complaint}", width))


def _grid(table: Table, findings: Sequence[StatedFinding]) -> Grid:
    depth = _heading_depth(table)
    header = [" ".join(texts).strip() for texts in zip(*_spread(table, depth), strict=True)]
    cells = tuple(_texts(row, table.columns) for row in table.rows[depth:])
    marks = {
        (row, column): STATED
        for row, texts in enumerate(cells)
        for column in range(1, table.columns)
        if any(_is_at(finding, texts[0], header[column]) for finding in findings)
    }
    return Grid(tuple(header), cells, marks, next(iter(marks), (0, 0)))


def _heading_depth(table: Table) -> int:
    """How many rows are heading: one, and one more below each row with merged cells."""
    depth = 1
    while depth < len(table.rows) and any(cell.columns > 1 for cell in table.rows[depth - 1]):
        depth += 1
    return depth


def _spread(table: Table, depth: int) -> list[list[str]]:
    """The rows of the heading, a merged cell's text over each of its columns."""
    return [
        [_text(cell) for cell in cells for _ in range(cell.columns)] for cells in table.rows[:depth]
    ]


def _texts(cells: Sequence[Cell], columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in cells:
        texts[cell.column] = _text(cell)
    return tuple(texts)


def _text(cell: Cell) -> str:
    return cell.text + cell.marks


def _is_at(finding: StatedFinding, label: str, heading: str) -> bool:
    """Whether a finding stands in this cell; its heading may be said without the one above it."""
    row, _, column = finding.at.rpartition(" / ")
    return row == label and (heading == column or heading.endswith(f" {column}"))
