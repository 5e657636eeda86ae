"""The paragraphs and tables of all pages put together as one Document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import Block, Cell, Paragraph, Table
from unbudget_check.readers.pdf.cells import Box, Grid, join
from unbudget_check.readers.pdf.grid import grid_of
from unbudget_check.readers.pdf.paragraphs import (
    PrintedParagraph,
    continues,
    paragraphs_of,
    pitches_of,
    right_margin,
)
from unbudget_check.readers.pdf.regions import find_regions
from unbudget_check.readers.pdf.segments import part
from unbudget_check.readers.pdf.words import UNREADABLE
from unbudget_check.readers.text.lines import language_of, opens_table
from unbudget_check.readers.text.pages import idiom_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.readers.pdf.cells import PrintedCell
    from unbudget_check.readers.pdf.pages import Page
    from unbudget_check.readers.pdf.words import Frame, Line

ENOUGH_ENTRIES = 4  # of a table of contents
PAGE_DIGITS = 4
FOUND = 0.6  # of its headings, which stand on the pages that it names
SAME_EDGES = 6.0  # points between the columns of a table and of its part on the next page

_DIGIT = re.compile(r"\d")

Frames = dict[int, "Frame"]


def blocks_of(pages: Sequence[Page], language: str | None) -> list[Block]:
    """The paragraphs and tables of the pages in reading order, the footnotes last."""
    pitches = pitches_of(flow for page in pages for flow in page.flows)
    gathered = _Gathered(language, pitches, [_letters(page) for page in pages])
    for page in pages:
        gathered.take(page)
    frames = {page.number: page.text.frame for page in pages}
    found: list[Block] = []
    for item in (*gathered.items, *gathered.notes):
        if isinstance(item, Grid):
            found.append(_table(item, frames))
        elif item.text.strip():
            found.append(Paragraph(item.text, _address(item.page, item.box, frames)))
    return found


class _Gathered:
    """What was found so far; the last paragraph or table may go on."""

    def __init__(
        self, language: str | None, pitches: Mapping[int, float], printed: Sequence[str]
    ) -> None:
        self.printed = printed  # the letters of each page
        self.idiom, self.language, self.pitches = idiom_of(language), language_of(language), pitches
        self.items: list[PrintedParagraph | Grid] = []
        self.notes: list[PrintedParagraph] = []

    def take(self, page: Page) -> None:
        """Add what stands on one page."""
        for flow in page.flows:
            for at, item in enumerate(self._items(flow, page)):
                if isinstance(item, Grid):
                    self._add_table(item)
                elif at or not self._go_on(item):
                    self.items.append(item)
        if page.notes:
            margin = right_margin(page.notes)
            self.notes += paragraphs_of(page.notes, page.number, self.pitches, margin)

    def _items(self, flow: Sequence[Line], page: Page) -> list[PrintedParagraph | Grid]:
        """The paragraphs and tables of one column of text."""
        parted = [part(line, self.idiom.style, self.language) for line in flow]
        grids = []
        inside: set[int] = set()
        for region in find_regions(parted, page.drawn, self.language):
            grid = grid_of(parted, region, self.idiom.style)
            if grid is not None and not _is_contents(grid, self.printed):
                grid.page = page.number
                grids.append((region, grid))
                inside |= set(range(region.first, region.last + 1))
        if any(grid.spoiled for _, grid in grids):
            page.spoiled = True
            for _, grid in grids:
                grid.spoiled = True  # parts of one table may stand apart
        margin = right_margin(line for n, line in enumerate(flow) if n not in inside)
        found: list[PrintedParagraph | Grid] = []
        at = 0
        for region, grid in grids:
            lines = flow[at : region.first]
            found += paragraphs_of(lines, page.number, self.pitches, margin)
            found.append(grid)
            at = region.last + 1
        return found + paragraphs_of(flow[at:], page.number, self.pitches, margin)

    def _go_on(self, item: PrintedParagraph) -> bool:
        """Add the first paragraph of a column to the last one of the column before, if it may."""
        last = self.items[-1] if self.items else None
        if not isinstance(last, PrintedParagraph) or not continues(last, item):
            return False
        if last.page == item.page and item.lines[0].y > last.lines[-1].y:
            return False  # from the width of the page to columns, or back
        if opens_table(item.text, self.language):
            return False
        last.broken.append(item.lines)
        last.margin = item.margin
        return True

    def _add_table(self, grid: Grid) -> None:
        """Add a table, or its rows to the table on the page before that goes on here."""
        at = len(self.items) - 1
        while at >= 0 and not isinstance(self.items[at], Grid):
            at -= 1
        above = at - 1
        for item in self.items[at + 1 :]:
            # A caption or lines that stand above each part of the table.
            if self._says_continued(item, grid.page) or self._is_repeated(item, above, grid.page):
                continue
            at = len(self.items) - 1
            break
        last = self.items[at] if at >= 0 else None
        if isinstance(last, Grid) and _is_part(last, grid):
            if last.figures < grid.figures and len(set(last.pages)) == 1:
                last = self.items[at] = _reread(last, grid.edges)
            else:
                grid = _reread(grid, last.edges)
        if isinstance(last, Grid) and _follows(last, grid):
            del self.items[at + 1 :]
            same = _headings(last) == _headings(grid)
            rows = grid.rows[grid.headed :] if same else grid.rows
            if rows and _is_broken(last.rows[-1], rows[0]):
                last.rows[-1] = [
                    replace(a, text=join([a.text, b.text]), marks=a.marks + b.marks)
                    for a, b in zip(last.rows[-1], rows[0], strict=True)
                ]
                rows = rows[1:]
            last.rows += rows
            last.spoiled |= grid.spoiled
            last.pages += [grid.page] * (len(last.rows) - len(last.pages))
            return
        grid.pages = [grid.page] * len(grid.rows)
        self.items.append(grid)

    def _says_continued(self, item: PrintedParagraph | Grid, page: int) -> bool:
        """Whether a paragraph is the caption of a table that goes on, on this page."""
        if isinstance(item, Grid) or item.page != page:
            return False
        caption = opens_table(item.text, self.language)
        return caption is not None and caption.continued

    def _is_repeated(self, item: PrintedParagraph | Grid, above: int, page: int) -> bool:
        """Whether a paragraph of this page stands right above the table before, too."""
        before = self.items[above] if above >= 0 else None
        if isinstance(item, Grid) or before is None or isinstance(before, Grid):
            return False
        return item.page == page and item.text == before.text


def _letters(page: Page) -> str:
    """The letters and digits of a page, without blanks and other signs."""
    return _bare("".join(word.text for line in page.text.lines for word in line.words))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_contents(grid: Grid, printed: Sequence[str]) -> bool:
    """Whether a table lists headings with their pages: most stand where the numbers say.

    The first page may bear any number, so it is their distance to the pages that must agree.
    """
    entries: list[tuple[str, int]] = []
    for row in grid.rows[grid.headed :]:
        label = _bare(row[0].text)
        figures = [cell.text for cell in row[1:] if cell.text]
        if len(figures) > 1:
            return False
        if label and figures and figures[0].isdecimal() and len(figures[0]) <= PAGE_DIGITS:
            entries.append((label, int(figures[0])))
    numbers = [number for _, number in entries]
    if len(entries) < ENOUGH_ENTRIES or numbers != sorted(numbers) or numbers[-1] == numbers[0]:
        return False
    distances = Counter(
        distance
        for label, number in entries
        for distance in {at - number for at, text in enumerate(printed) if label in text}
    )
    return max(distances.values(), default=0) >= FOUND * len(entries)


def _is_part(last: Grid, grid: Grid) -> bool:
    """Whether a table repeats the headings of the one before, with other columns under them.

    Gaps between few rows may show too few columns, or put a heading over its neighbour.
    """
    if grid.page != last.pages[-1] + 1 or not (grid.headed and any(_headings(grid))):
        return False
    ours, theirs = _headings(last), _headings(grid)
    return ours != theirs and sorted("".join(ours)) == sorted("".join(theirs))


def _reread(grid: Grid, edges: tuple[float, ...]) -> Grid:
    """A table with the columns that another part of it shows."""
    found = grid.again(edges) if grid.again is not None else None
    if found is None:
        return grid
    found.page = grid.page
    found.pages = [grid.page] * len(found.rows)
    return found


def _follows(last: Grid, grid: Grid) -> bool:
    """Whether a table goes on with the last one of the page before: by its headings or its edges.

    Edges that gaps show depend on the rows of the page; the same headings again say more.
    """
    if grid.page != last.pages[-1] + 1 or last.columns != grid.columns:
        return False
    if grid.headed:
        return any(_headings(grid)) and _headings(last) == _headings(grid)
    ends = zip(_ends(last), _ends(grid), strict=True)
    return _is_shifted(list(zip(last.edges, grid.edges, strict=True))) or _is_shifted(
        [(a, b) for a, b in ends if a and b]
    )


def _is_shifted(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether places of one page are those of another, all moved alike."""
    moved = [b - a for a, b in pairs]
    return len(moved) > 1 and max(moved) - min(moved) <= SAME_EDGES


def _ends(grid: Grid) -> list[float]:
    """Where the entries of every column but that of the labels end; 0 where there are none."""
    ends: list[list[float]] = [[] for _ in range(grid.columns)]
    for row in grid.rows[grid.headed :]:
        for cell in row:
            if cell.column and cell.columns == 1 and cell.box is not None:
                ends[cell.column].append(cell.box.x1)
    return [sorted(each)[len(each) // 2] if each else 0.0 for each in ends]


def _is_broken(upper: Sequence[PrintedCell], lower: Sequence[PrintedCell]) -> bool:
    """Whether the first row of a page goes on with the last row of the page before.

    Its label goes on with a small letter, and figures stand in one of the two parts only.
    """
    if [cell.column for cell in upper] != [cell.column for cell in lower] or not upper[0].text:
        return False
    filled = (any(cell.text for cell in row[1:]) for row in (upper, lower))
    return lower[0].text[:1].islower() and not all(filled)


def _headings(grid: Grid) -> list[str]:
    return ["".join(cell.text.split()) for row in grid.rows[: grid.headed] for cell in row]


def _address(page: int, box: Box | None, frames: Frames) -> str:
    """The page, and left, bottom, right and top in the points of the file."""
    if box is None:
        return f"page {page}"
    return f"page {page}, " + " ".join(f"{edge:.0f}" for edge in frames[page].box(*box))


def _table(grid: Grid, frames: Frames) -> Table:
    rows = tuple(
        tuple(
            Cell(
                _DIGIT.sub(UNREADABLE, cell.text) if grid.spoiled and cell.column else cell.text,
                at,
                cell.column,
                cell.rows,
                cell.columns,
                cell.marks,
                cell.indent,
                _address(page, cell.box, frames),
            )
            for cell in row
        )
        for at, (row, page) in enumerate(zip(grid.rows, grid.pages, strict=True))
    )
    # No two tables of a document may have one address.
    place = Box(grid.edges[0], grid.top, grid.edges[-1], grid.bottom)
    return Table(rows, grid.columns, _address(grid.page, place, frames))
