"""Which columns of a data file probably name its rows, and which hold its figures."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.model.wishes import TidyMapping
from unbudget_check.readers.csv_dialect import find_delimiter
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.grid_rows import YEAR, is_amount

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ROWS = 200  # are looked at
BYTES = 200_000
LABELS = 2  # columns of text; a table as printed has one


def guess_columns(path: Path) -> TidyMapping | None:
    """The columns of a file that looks like data, None for a table as printed.

    Data have a name above every column and several columns that name a row, and no blank rows.
    It is a guess: a person has to look at it.
    """
    names, *rows = _first_rows(path) or [[]]
    if not rows or len(set(names)) < len(names) or not all(names):
        return None
    if any(len(row) != len(names) for row in rows):
        return None
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    figures = [name for name in names if _most(columns[name], is_amount)]
    years = [name for name in names if _most(columns[name], _is_year)]
    texts = [name for name in names if name not in {*figures, *years}]
    # Numbers before the first text are codes, not figures.
    figures = [name for name in figures if texts and names.index(name) > names.index(texts[0])]
    labels = tuple(name for name in names if name not in {*figures, *years})
    if not figures or len(labels) + len(years) < LABELS:
        return None
    if len(years) == 1 and len(figures) == 1:
        return TidyMapping(labels=labels, measure=years[0], value=figures[0])
    return TidyMapping(labels=(*labels, *years), measures=tuple(figures))


def _first_rows(path: Path) -> list[list[str]]:
    """The first rows with their cells; nothing where they cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(BYTES)
        text = decode(data, str(path))
        # The last row may be cut.
        text = text.rpartition("\n")[0] if len(data) == BYTES else text
        records = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
        return [[cell.strip() for cell in record] for record in islice(records, ROWS)]
    except (OSError, UnreadableError, csv.Error):
        return []


def _most(cells: Sequence[str], claim: Callable[[str], bool]) -> bool:
    """Whether four of five entries of a column are such; the rest may be damaged."""
    entries = [cell for cell in cells if cell]
    return bool(entries) and sum(map(claim, entries)) * 5 >= len(entries) * 4


def _is_year(text: str) -> bool:
    return YEAR.fullmatch(text) is not None
