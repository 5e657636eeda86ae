"""The heading rows of a table on a sheet, and which columns a heading spans that was not merged."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.grid_rows import is_figure_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.grid import Entry

YEAR_INSIDE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def heading_rows(rows: Sequence[Sequence[Entry]], left: int) -> int:
    """How many rows stand above the figures; a lone label below a heading is no heading row."""
    headed = False
    for index, row in enumerate(rows):
        if is_figure_row(row, left):
            return index
        is_lone = len(row) == 1 and row[0].column == left and row[0].columns == 1
        if headed and (not row or is_lone):
            return index
        headed = headed or bool(row)
    return 0


def spread_headings(rows: Sequence[list[Entry]]) -> None:
    """Let a heading above others reach over the blank cells beside it, as merged cells do.

    Changes the rows. A heading reaches as far as the row below has headings of its own, and not
    from headings without a year into one with a year.
    """
    for row, below in pairwise(rows):
        if any(entry.columns > 1 for entry in row):
            continue
        texts = {entry.column: entry.text for entry in below}
        ends = [*(entry.column for entry in row[1:]), max(texts, default=0) + 1]
        for index, end in enumerate(ends[: len(row)]):
            row[index] = row[index]._replace(columns=_reach(row[index], end, texts))


def _reach(entry: Entry, end: int, below: dict[int, str]) -> int:
    """How many columns a heading spans, up to the column ``end``."""
    first = below.get(entry.column)
    if first is None or not entry.text.strip():
        return 1
    dated = bool(YEAR_INSIDE.search(first))
    column = entry.column + 1
    while column < end and column in below:
        if YEAR_INSIDE.search(below[column]) and not dated:
            break
        column += 1
    return column - entry.column
