"""Whether a sheet is data, one row a figure or an item, and no table as somebody prints it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.readers.grid_rows import YEAR, is_amount

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.readers.grid import Entry, Grid

# A table of so many rows is printed by nobody; a shorter one is read as printed, too.
LONG = 300
SAMPLED = 400
FEWEST_COLUMNS = 3
# A label that comes three times and more on average is no stub of a printed table.
REPEATED = 3
PLAIN = "1"


def is_data(grid: Grid) -> bool:
    """A long list: a name above every column, no headings between, labels that come again.

    A printed table names each row in one column; data say in several what a row is about, and
    most of these texts come in many rows.
    """
    rows = list(islice((row for row in grid.rows if row), SAMPLED + 1))
    if len(rows) <= LONG:
        return False
    head, *body = rows
    names = [entry.text for entry in head]
    if len(set(names)) < max(len(names), FEWEST_COLUMNS) or any(map(is_amount, names)):
        return False
    texts = _texts_by_column(body)
    labels = [c for c, found in texts.items() if _share(found, _is_label) and _is_full(found, body)]
    figures = [c for c, found in texts.items() if _share(found, is_amount)]
    again = [c for c in labels if REPEATED * len(set(texts[c])) <= len(texts[c])]
    return bool(figures and again) and len(labels) > 1


def _texts_by_column(rows: Sequence[Sequence[Entry]]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for row in rows:
        for entry in row:
            # A number is an amount whatever its format prints around it.
            is_figure = entry.number is not None and not YEAR.fullmatch(entry.text)
            texts.setdefault(entry.column, []).append(PLAIN if is_figure else entry.text)
    return texts


def _is_full(found: Sequence[str], rows: Sequence[object]) -> bool:
    """Whether a column is filled in nearly every row."""
    return 10 * len(found) >= 9 * len(rows)


def _is_label(text: str) -> bool:
    return not is_amount(text) or YEAR.fullmatch(text) is not None


def _share(found: Sequence[str], claim: Callable[[str], bool]) -> bool:
    """Whether four of five entries of a column are such."""
    return 5 * sum(map(claim, found)) >= 4 * len(found)
