"""Divide a sheet of cells into tables with headings and the paragraphs around them.

Blank rows separate tables, unless the rows below go on with amounts under the same columns; a
table that stands beside another has labels of its own. Rows with a single text above the headings
are caption, title and unit; those below the last figures are notes. A sheet with one row a figure
or an item is data, and no table as somebody prints it.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from unbudget_check.model.document import Block, Cell, Flaw, Paragraph, Table
from unbudget_check.model.faults import Faults
from unbudget_check.model.message import saying, some_of
from unbudget_check.notation.figures import are_padded, is_amount
from unbudget_check.notation.years import YEAR_ALONE, is_year
from unbudget_check.readers.grid.cells import Grid, GridCell, cell_of
from unbudget_check.readers.grid.split import (
    Region,
    amounts,
    caption_of,
    is_amount_entry,
    is_figure_row,
    is_note,
    regions_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unbudget_check.model.message import Message


# A table of so many rows is printed by nobody; a shorter one is read as printed, too.
LONG_TABLE_ROWS = 300
SAMPLED = 400
FEWEST_COLUMNS = 3
# A label that comes three times and more on average is no stub of a printed table.
REPEATED = 3
PLAIN = "1"

# Places of one table, blank ones included; beyond it the cells lie too far apart to be a table.
MAX_PLACES = 20_000_000
SHOWN = 60  # characters that tell which table could not be read
MOST_ADDED = 50  # rows of a column of texts in which a sum is looked for
CODE = re.compile(r"0\d+")
MIXED = re.compile(r"(?=.*\d)[\w./-]{1,20}")
TEXTS = (Flaw.NONE, Flaw.TEXT)
# Groups of three and decimals, a blank or an apostrophe between groups, two decimals, or what
# stands around amounts: a sign, a bracket, a currency, per cent.
MONEY = re.compile(
    r"[\d.,'’\s]*\d[.,]\d\d|.*\d[,\s'’]\d{3}(?:\D.*)?|\d{1,3}(?:[.,]\d{3})+[.,]\d{1,2}"
    r"|.*[%()$€£¥].*|[-−–+].*"
)
# A unit, wherever over the table it stands; numbers of columns are shorter.
BRACKETED = re.compile(r"[(（].{4,}[)）]")


def heading_rows(rows: Sequence[Sequence[GridCell]], left: int) -> int:
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


def spread_headings(rows: Sequence[list[GridCell]]) -> None:
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


def _reach(entry: GridCell, end: int, below: dict[int, str]) -> int:
    """How many columns a heading spans, up to the column ``end``."""
    first = below.get(entry.column)
    if first is None or not entry.text.strip():
        return 1
    dated = bool(YEAR_ALONE.search(first))
    column = entry.column + 1
    while column < end and column in below:
        if YEAR_ALONE.search(below[column]) and not dated:
            break
        column += 1
    return column - entry.column


def is_data(grid: Grid) -> bool:
    """A long list: a name above every column, no headings between, labels that come again.

    A printed table names each row in one column; data say in several what a row is about, and
    most of these texts come in many rows.
    """
    rows = list(islice((row for row in grid.rows if row), SAMPLED + 1))
    if len(rows) <= LONG_TABLE_ROWS:
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


def _texts_by_column(rows: Sequence[Sequence[GridCell]]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for row in rows:
        for entry in row:
            # A number is an amount whatever its format prints around it.
            is_figure = entry.number is not None and not is_year(entry.text)
            texts.setdefault(entry.column, []).append(PLAIN if is_figure else entry.text)
    return texts


def _is_full(found: Sequence[str], rows: Sequence[object]) -> bool:
    """Whether a column is filled in nearly every row."""
    return 10 * len(found) >= 9 * len(rows)


def _is_label(text: str) -> bool:
    return not is_amount(text) or is_year(text)


def _share(found: Sequence[str], claim: Callable[[str], bool]) -> bool:
    """Whether four of five entries of a column are such."""
    return 5 * sum(map(claim, found)) >= 4 * len(found)


def blocks_of(grid: Grid) -> tuple[tuple[Block, ...], tuple[Message, ...]]:
    """The blocks of a sheet, and remarks about what could not be read as a table."""
    if is_data(grid):
        return (), (saying("data-unmapped"),)
    blocks: list[Block] = []
    remarks: list[Message] = []
    outside: list[str] = []
    typed = any(entry.number is not None for row in grid.rows for entry in row)
    faults = Faults(grid.sheet)
    for region in regions_of(grid.rows):
        start, stop = region.start, region.start + len(region.rows)
        found: list[Block] = []
        beside: list[str] = []
        try:
            first, last = _body(region)
            found += _paragraphs(grid, region, start, first)
            beside += _numbers(grid, region, (*range(start, first), *range(last, stop)))
            if first < last and _width(region, first, last)[1] * (last - first) > MAX_PLACES:
                ends = grid.place(first, 0), grid.place(last - 1, 0)
                name = "far-apart-sheet" if grid.sheet else "far-apart"
                remarks.append(saying(name, sheet=grid.sheet, first=ends[0], last=ends[1]))
            elif first < last:
                found.append(_table(grid, region, first, last, typed=typed))
            found += _paragraphs(grid, region, last, stop)
        except Exception as error:  # noqa: BLE001  one table never stops the others
            rows = [*_paragraphs(grid, region, start, stop)]
            text = rows[0].text[:SHOWN] if rows else ""
            faults.note(error, "internal-fault-block", text=text)
            found, beside = [*rows], []
        blocks += found
        outside += beside
    if outside:
        remarks.append(saying("numbers-outside", count=len(outside), cells=some_of(outside)))
    remarks += [told for _, told in faults.found]
    return tuple(blocks), tuple(remarks)


def _numbers(grid: Grid, region: Region, rows: Iterable[int]) -> Iterator[str]:
    """Where in some rows numbers stand, years not counted."""
    for row in rows:
        for entry in region.row(row):
            if entry.number is not None and is_amount_entry(entry):
                yield grid.place(row, entry.column)


def _body(region: Region) -> tuple[int, int]:
    """The first row of the table in a region, and the row after its last one."""
    first, last = region.start, region.start + len(region.rows)
    while first < last and _is_above(region, first):
        first += 1
    has_figures = any(is_figure_row(row, region.label) for row in region.rows)
    while last > first and _is_below(region, last - 1, has_figures=has_figures):
        last -= 1
    return first, last


def _is_above(region: Region, row: int) -> bool:
    """Whether a row over the headings is a caption, a title or a unit (or blank)."""
    entries = region.row(row)
    if not entries or not region.has_many or caption_of(entries):
        return True
    entry = entries[0]
    if len(entries) > 1 or amounts(entries, region.label):
        return False
    if BRACKETED.fullmatch(entry.text.strip()):
        return True
    # A text over the middle columns heads a group of them; alone in the corner it is a unit.
    is_last = entry.column >= region.label + region.width - 1
    return entry.column <= region.label or (is_last and entry.columns == 1)


def _is_below(region: Region, row: int, *, has_figures: bool) -> bool:
    """Whether a row at the end of a region is no row of its table."""
    entries = region.row(row)
    if not has_figures:
        return len(entries) <= 1
    return not entries or is_note(entries, region.label)


def _paragraphs(grid: Grid, region: Region, start: int, stop: int) -> Iterator[Paragraph]:
    for row in range(start, stop):
        entries = region.row(row)
        if entries:
            text = " ".join(entry.text.strip() for entry in entries)
            yield Paragraph(text, grid.place(row, entries[0].column), grid.line(row))


def _width(region: Region, first: int, last: int) -> tuple[int, int]:
    """The first column of a table and how many columns it has."""
    rows = [region.row(row) for row in range(first, last)]
    left = min(row[0].column for row in rows if row)
    right = max(entry.column + entry.columns for row in rows for entry in row)
    return left, right - left


def _table(grid: Grid, region: Region, first: int, last: int, *, typed: bool) -> Table:
    left, width = _width(region, first, last)
    rows = [list(region.row(row)) for row in range(first, last)]
    heads = heading_rows(rows, left)
    spread_headings(rows[:heads])
    _tell_codes(rows, heads, left, typed=typed)
    covered = _covered(rows)
    corner = (first, left)
    cells = tuple(
        _cells(grid, rows[index], (first + index, left, width), corner, covered.get(index, ()))
        for index in range(len(rows))
    )
    return Table(
        cells, width, grid.place(first, left), _doubt(grid, rows, heads, corner), grid.sheet
    )


def _tell_codes(rows: Sequence[list[GridCell]], heads: int, left: int, *, typed: bool) -> None:
    """Tell digits that name something from figures that a worksheet holds as texts.

    Years over columns and codes beside rows are rightly texts. So are, below the headings, digits
    that begin with a nought, and, on a sheet that holds numbers (``typed``), what stands in columns
    without one, unless it is written like amounts or adds up.
    """
    body = [entry for row in rows[heads:] for entry in row]
    numeric = {entry.column for entry in body if entry.number is not None}
    texts: dict[int, list[str]] = {}
    for entry in body if typed else ():
        if entry.column not in numeric:
            digits = texts.setdefault(entry.column, [])
            digits.extend([entry.text] if entry.flaw is Flaw.TEXT else [])
    codes = {
        column
        for column, found in texts.items()
        if are_padded(found) or not (any(map(_is_money, found)) or _adds_up(found))
    }
    for number, row in enumerate(rows):
        for index, entry in enumerate(row):
            flaw = entry.flaw
            name = MIXED if entry.column in codes else CODE if flaw is Flaw.TEXT else None
            if flaw is Flaw.TEXT and (number < heads or entry.column == left):
                flaw = Flaw.NONE
            elif flaw in TEXTS and name and number >= heads and name.fullmatch(entry.text):
                flaw = Flaw.CODE
            if flaw is not entry.flaw:
                row[index] = entry._replace(flaw=flaw)


def _is_money(text: str) -> bool:
    """Whether digits are written as amounts are, and codes are not."""
    return MONEY.fullmatch(text) is not None


def _adds_up(texts: Sequence[str]) -> bool:
    """Whether some whole number of a column is the sum of at least two right above it."""
    numbers = [int(text) if text.isdecimal() else 0 for text in texts]
    return any(
        numbers[last] and sum(numbers[first:last]) == numbers[last]
        for last in range(2, min(len(numbers), MOST_ADDED))
        for first in range(last - 1)
    )


def _cells(
    grid: Grid,
    row: Sequence[GridCell],
    at: tuple[int, int, int],
    corner: tuple[int, int],
    covered: Sequence[int],
) -> tuple[Cell, ...]:
    """All places of a row that no merged cell covers, the blank ones included."""
    number, left, width = at
    cells: list[Cell] = []
    hidden = set(covered)
    column = left
    for entry in [*row, GridCell(left + width, "")]:
        if entry.column < column or entry.column in hidden:
            continue  # under a merged cell, where nothing of it is displayed
        if column < entry.column:
            cells.extend(
                cell_of(GridCell(blank, ""), grid, number, corner)
                for blank in range(column, entry.column)
                if blank not in hidden
            )
        if entry.column < left + width:
            cells.append(cell_of(entry, grid, number, corner))
        column = max(column, entry.column + entry.columns)
    return tuple(cells)


def _covered(rows: Sequence[Sequence[GridCell]]) -> dict[int, list[int]]:
    """Row -> columns that a merged cell of a row above reaches down into."""
    covered: dict[int, list[int]] = {}
    tall = ((index, e) for index, row in enumerate(rows) for e in row if e.rows > 1)
    for index, entry in tall:
        for below in range(index + 1, min(index + entry.rows, len(rows))):
            reach = range(entry.column, entry.column + entry.columns)
            covered.setdefault(below, []).extend(reach)
    return covered


def _doubt(
    grid: Grid, rows: Sequence[Sequence[GridCell]], heads: int, corner: tuple[int, int]
) -> str:
    """Why a table may have been read wrongly: amounts to the right of the last heading."""
    ends = [row[-1].column + row[-1].columns for row in rows[:heads] if row]
    for index, row in enumerate(rows[heads:], heads) if ends else ():
        beyond = amounts(row, max(ends) - 1) if row and row[-1].column >= max(ends) else []
        if beyond:
            place = grid.place(corner[0] + index, beyond[0])
            return f"the figure at {place} stands to the right of the last heading"
    return ""
