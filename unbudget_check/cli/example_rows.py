"""The example of a rule as it would look in print, with the wrong figures marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.reporters.excerpt import draw_grid
from unbudget_check.reporters.fitting import STATED, Grid
from unbudget_check.reporters.layout import hung
from unbudget_check.rulebook.page import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Cell
    from unbudget_check.rulebook.page import ShownExample, ShownTable


def example_rows(example: ShownExample, width: int) -> Iterator[Text]:
    """The lines above, the tables and the complaints of an example, as rows of text."""
    for block in example.blocks:
        if isinstance(block, str):
            yield from map(Text, hung(block, width))
        else:
            yield from draw_grid(_grid(block), width, whole=True)


def _grid(shown: ShownTable) -> Grid:
    table = shown.table
    cells = tuple(_texts(row, table.columns) for row in table.rows[shown.depth :])
    marks = {(row - shown.depth, column): STATED for row, column in shown.stated}
    return Grid(shown.header, cells, marks, next(iter(marks), (0, 0)))


def _texts(cells: Sequence[Cell], columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in cells:
        texts[cell.column] = printed(cell)
    return tuple(texts)
