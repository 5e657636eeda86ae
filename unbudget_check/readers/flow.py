"""Text with tables in it, as formats of the web and of office programs keep it -> blocks.

A reader collects paragraphs and grids as they stand in the file; here the cells of a grid find
their columns, and grids that only lay out a page give way to what stands in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.lexicon import detect_language
from unbudget_check.model.document import Cell, Paragraph, Table
from unbudget_check.notation.figures import looks_like_figure
from unbudget_check.readers.docx.numbering import names_something
from unbudget_check.readers.text.document import blocks_of as lined_blocks
from unbudget_check.readers.text.pages import idiom_of, printed_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.document import Block

# Columns further to the right are damage or malice.
WIDEST_ROW_COLUMNS = 20_000
BLANKS = re.compile("[ \t\r\n\f]+")


@dataclass(slots=True)
class FlowParagraph:
    """One paragraph: its text and the raised marks in it; ``label`` is a number printed before it.

    ``indent`` is how many steps it is set in. A ``heading`` is one because the file says so.
    """

    address: str
    text: str = ""
    marks: str = ""
    label: str = ""
    indent: int = 0
    heading: bool = False
    line: int | None = None


@dataclass(slots=True)
class FlowCell:
    """One cell of a grid and what stands in it; ``rows`` is 0 where it reaches down to the end."""

    address: str
    rows: int = 1
    columns: int = 1
    items: list[FlowItem] = field(default_factory=list)
    line: int | None = None


@dataclass(slots=True)
class FlowGrid:
    """A grid: its rows in the order in which they are shown, and the captions above it.

    ``ends`` are the rows, counted from 1, after which no cell reaches: groups of rows end there.
    ``layout`` says that the file calls it no table of data.
    """

    address: str
    rows: list[list[FlowCell]] = field(default_factory=list)
    captions: list[FlowItem] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    layout: bool = False


class _Placed(NamedTuple):
    """A cell in its place: its first column, the one after its last, and its height in rows."""

    first: int
    end: int
    height: int
    cell: FlowCell


@dataclass(slots=True)
class FlowText:
    """Lines that are shown as they stand, which may hold a table set with blanks."""

    address: str
    text: str


@dataclass(slots=True)
class FlowFrame:
    """A text box: what stands in it follows what it hangs on, and does not run together with it."""

    address: str
    items: list[FlowItem] = field(default_factory=list)


@dataclass(slots=True)
class FlowTable:
    """A table that is complete as it is, such as what a chart draws."""

    table: Table


FlowItem = FlowParagraph | FlowGrid | FlowText | FlowFrame | FlowTable


def blocks_of(items: Iterable[FlowItem], *, unframed: bool = False) -> Iterator[Block]:
    """The blocks in reading order; a grid in a cell follows the one that holds it.

    With ``unframed`` grids that only lay out a page are no tables: what their cells hold are
    blocks of the page.
    """
    waiting = [(item, "") for item in items][::-1]
    while waiting:
        item, frame = waiting.pop()
        if isinstance(item, FlowParagraph):
            if item.text.strip() or names_something(item.label):
                text = item.label + item.text + item.marks
                yield Paragraph(text, item.address, item.line, item.label, frame)
            continue
        if isinstance(item, FlowText):
            yield from (replace(block, frame=frame) for block in _set_in_lines(item))
            continue
        if isinstance(item, FlowTable):
            yield replace(item.table, frame=frame)
            continue
        if isinstance(item, FlowFrame):
            waiting += [(each, item.address) for each in reversed(item.items)]
            continue
        if item.captions:
            captions, item.captions = item.captions, []
            waiting += [(item, frame), *((each, frame) for each in reversed(captions))]
            continue
        cells = [cell for row in item.rows for cell in row]
        for cell in cells:
            _take_framed(cell)
        inside = [each for cell in cells for each in cell.items]
        if unframed and is_layout(item):
            waiting += [(each, frame) for each in reversed(inside)]
            continue
        lifted = [each for each in inside if isinstance(each, FlowGrid | FlowFrame | FlowTable)]
        waiting += [(each, frame) for each in reversed(lifted)]
        yield replace(table_of(item), frame=frame)


def _take_framed(cell: FlowCell) -> None:
    """Take a figure out of its frame: a grid of one cell that is all that a cell holds."""
    match cell.items:
        case [FlowGrid(rows=[[inner]], captions=[])] if looks_like_figure(_text_of(inner)):
            cell.items, cell.address = inner.items, inner.address


def is_layout(grid: FlowGrid) -> bool:
    """Whether a grid only places texts: it frames tables or headings and holds no figures.

    A single cell is a frame, too.
    """
    cells = [cell for row in grid.rows for cell in row]
    if grid.layout or len(cells) == 1:
        return True
    items = [each for cell in cells for each in cell.items]
    if not any(isinstance(each, FlowGrid) or _is_heading(each) for each in items):
        return False
    return not any(looks_like_figure(_text_of(cell)) for row in grid.rows for cell in row[1:])


def _is_heading(item: FlowItem) -> bool:
    return isinstance(item, FlowParagraph) and item.heading


def _set_in_lines(item: FlowText) -> Iterator[Block]:
    """The paragraphs and tables of lines that are shown as they stand."""
    language = detect_language(item.text)
    for block in lined_blocks(printed_lines(item.text), idiom_of(language)):
        if isinstance(block, Paragraph):
            yield replace(block, address=item.address, line=None)
            continue
        rows = tuple(
            tuple(
                replace(cell, address=f"{item.address}#{cell.line}.{cell.column}", line=None)
                for cell in row
            )
            for row in block.rows
        )
        yield replace(block, rows=rows, address=item.address)


def table_of(grid: FlowGrid) -> Table:
    """The grid with every cell in its column, those that span several rows or columns included.

    Columns and rows in which no cell begins are none.
    """
    placed = _placed(grid)
    shown = [number for number, row in enumerate(placed) if row]
    starts = sorted({each.first for row in placed for each in row})
    rows = tuple(
        tuple(_cell(each, number, at, (shown, starts)) for each in placed[number])
        for at, number in enumerate(shown)
    )
    return Table(rows, len(starts), grid.address)


def _cell(placed: _Placed, number: int, row: int, kept: tuple[list[int], list[int]]) -> Cell:
    """A cell of the model, by the rows and columns that are kept."""
    shown, starts = kept
    cell = placed.cell
    first, last = (bisect_left(starts, each) for each in (placed.first, placed.end))
    paragraphs = [each for each in cell.items if isinstance(each, FlowParagraph)]
    return Cell(
        _text_of(cell),
        row,
        first,
        bisect_left(shown, number + placed.height) - row,
        max(last - first, 1),
        "".join(each.marks for each in paragraphs).strip(),
        paragraphs[0].indent if paragraphs and first == 0 else 0,
        cell.address,
        cell.line,
    )


def _text_of(cell: FlowCell) -> str:
    texts = []
    for each in cell.items:
        if isinstance(each, FlowParagraph):
            texts.append(each.label + each.text)
        elif isinstance(each, FlowText):
            texts.append(each.text.strip())
    return texts[0] if len(texts) == 1 else "\n".join(filter(None, texts))


def _placed(grid: FlowGrid) -> list[list[_Placed]]:
    """The rows of a grid with its cells in their columns.

    No cell reaches out of its group of rows, as in browsers; where the cells of some do, and more
    rows are full that way, the groups are none.
    """
    last = len(grid.rows)
    ends = sorted({*grid.ends, last})
    grouped = _rows_placed(grid.rows, ends)
    crossing = any(
        cell.rows > ends[bisect_left(ends, number + 1)] - number
        for number, row in enumerate(grid.rows if len(ends) > 1 else ())
        for cell in row
    )
    if not crossing:
        return grouped
    whole = _rows_placed(grid.rows, [last])
    return whole if _full(whole) > _full(grouped) else grouped


def _full(rows: Sequence[Sequence[_Placed]]) -> int:
    """How many rows are full of cells, those from above that reach into them counted."""
    filled = [0] * len(rows)
    for number, row in enumerate(rows):
        for each in row:
            for below in range(number, number + each.height):
                filled[below] += each.end - each.first
    return filled.count(max(filled))


def _rows_placed(rows: Sequence[Sequence[FlowCell]], ends: Sequence[int]) -> list[list[_Placed]]:
    """Put each cell in the first column that no cell from above reaches down into."""
    tall: list[tuple[int, int, int]] = []  # first column, the one after the last, last row
    made = []
    for number, row in enumerate(rows):
        rest = ends[bisect_left(ends, number + 1)] - number
        tall = [each for each in tall if each[2] >= number]
        placed: list[_Placed] = []
        column = at = 0
        for cell in row:
            while at < len(tall) and tall[at][0] <= column:
                column = max(column, tall[at][1])
                at += 1
            if column >= WIDEST_ROW_COLUMNS:
                break
            end = min(column + max(cell.columns, 1), WIDEST_ROW_COLUMNS)
            height = min(cell.rows, rest) if cell.rows else rest
            placed.append(_Placed(column, end, max(height, 1), cell))
            column = end
        reaching = [(p.first, p.end, number + p.height - 1) for p in placed if p.height > 1]
        tall = sorted([*tall, *reaching]) if reaching else tall
        made.append(placed)
    return made


def joined(pieces: Sequence[str]) -> str:
    """Pieces of a text as they are shown: runs of blanks are one, and none beside a line end."""
    text = "".join(pieces)
    if "\n" not in text:
        return re.sub(" {2,}", " ", text).strip(" ")
    return "\n".join(re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n")).strip("\n")
