"""One table of a page: its columns, its headings and its rows put together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.notation.figures import is_entry
from unbudget_check.readers.pdf.cells import Grid, box_of, indent, row_of
from unbudget_check.readers.pdf.columns import edges_of, placed
from unbudget_check.readers.pdf.headings import heading_rows
from unbudget_check.readers.pdf.rows import WRAPPED, rows_of
from unbudget_check.readers.pdf.segments import opens_item
from unbudget_check.readers.pdf.words import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.pdf.regions import Region
    from unbudget_check.readers.pdf.segments import Parted


def grid_of(
    parted: Sequence[Parted],
    region: Region,
    style: NumberStyle,
    known: tuple[float, ...] = (),
) -> Grid | None:
    """The table of a region, with ``known`` edges of its columns, if any; None without columns."""
    lines = [parted[n] for n in range(region.first, region.last + 1)]
    headed = region.headed or _headed(lines, region)
    header, body = lines[:headed], lines[headed:]
    numbers = [each for each in header if each.numbers]
    header = [each for each in header if not each.numbers]
    edges, ruled = (known, True) if known else edges_of(lines, body, region, style)
    if len(edges) < 3:
        return None
    headings = heading_rows(header, edges, region)
    columns = len(edges) - 1
    headings += [row_of([placed(line, edges)], columns) for line in numbers]
    rows = headings + [row_of(row, columns) for row in rows_of(body, edges, region, style)]
    indent(rows[len(headings) :])
    box = box_of([word for each in lines for word in each.line.words])
    figures = sum(
        is_entry(cell.text, style) for row in rows[len(headings) :] for cell in row if cell.column
    )
    grid = Grid(rows, len(headings), edges, box.y0, box.y1, figures=figures, sure=ruled)
    if not known:
        grid.again = partial(grid_of, parted, region, style)
    if _is_read_from_the_right(lines):
        _mirror(grid)
    return grid


def _headed(lines: Sequence[Parted], region: Region) -> int:
    """The lines above the first row of figures, less the labels right above it; 0 without figures.

    Labels that head the rows stand apart from the headings, by a rule or by more than a line.
    """
    first = next((at for at, each in enumerate(lines) if each.figures), 0)
    for at in range(1, first):
        upper, lower = lines[at - 1].line, lines[at].line
        parted = any(
            upper.y < r.y < lower.y and r.x0 <= lower.x0 + 1 and r.x1 >= upper.x1 - 1
            for r in region.rules
        )
        apart = lower.y - upper.y > WRAPPED * max(upper.size, lower.size)
        rest = lines[at:first]
        if (parted or apart or opens_item(lines[at].text)) and not any(r.is_tabular for r in rest):
            return at
    return first


def _is_read_from_the_right(lines: Sequence[Parted]) -> bool:
    return is_right_to_left("".join(each.text for each in lines))


def _mirror(grid: Grid) -> None:
    """Count the columns from the right."""
    for row in grid.rows:
        for cell in row:
            cell.column = grid.columns - cell.column - cell.columns
        row.reverse()
