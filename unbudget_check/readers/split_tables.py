"""Tables that an author, or a program, cut in two: the rest stands below a blank paragraph."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph, Table
from unbudget_check.notation.figures import is_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.document import Block, Cell


def put_together(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, with each table that goes on with the one above it as rows of that table.

    It has no headings of its own, its rows have the cells of rows above, and nothing but blank
    paragraphs lies between. Cells keep their addresses.
    """
    found: list[Block] = []
    at = -1  # of the last table, with blank paragraphs behind it
    for block in blocks:
        upper = found[at] if at >= 0 else None
        if isinstance(block, Paragraph):
            at = -1 if block.text.strip() else at
            found.append(block)
        elif isinstance(upper, Table) and _goes_on(upper, block):
            down = len(upper.rows)
            rows = (tuple(replace(c, row=c.row + down) for c in row) for row in block.rows)
            found[at] = replace(upper, rows=(*upper.rows, *rows))
        else:
            at = len(found)
            found.append(block)
    return tuple(found)


def _goes_on(upper: Table, lower: Table) -> bool:
    """Whether a table without headings has the cells of the one above, which has some."""
    if upper.chart or lower.chart or upper.frame != lower.frame or upper.doubt != lower.doubt:
        return False
    if lower.address.startswith(f"{upper.address}/"):
        return False  # it stands in a cell of that table
    if upper.columns != lower.columns or _is_headed(lower) or not _is_headed(upper):
        return False
    first = next(row for row in lower.rows if _is_figured(row))
    return _shape(first) in map(_shape, upper.rows)


def _is_headed(table: Table) -> bool:
    """Whether words stand beside the first column above the first row of figures, or no figures."""
    above = list(takewhile(lambda row: not _is_figured(row), table.rows))
    words = any(cell.text.strip() for row in above for cell in row[1:])
    return words or len(above) == len(table.rows)


def _is_figured(row: Sequence[Cell]) -> bool:
    """Whether a row prints figures, and nothing else, behind its label and its number."""
    texts = [text for cell in row[1:] if (text := cell.text.strip())]
    labels = list(takewhile(lambda text: not is_amount(text), texts))
    figures = texts[len(labels) :]
    has_label = bool(row) and any(map(str.isalpha, "".join((row[0].text, *labels))))
    return has_label and bool(figures) and all(map(is_amount, figures))


def _shape(row: Sequence[Cell]) -> tuple[tuple[int, int], ...]:
    return tuple((cell.column, cell.columns) for cell in row)
