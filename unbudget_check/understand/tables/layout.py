"""Which cells stand under one another: the printed columns of a table, and its heading rows.

Word tables carry spacer columns and cells that span several grid columns; what matters is where
the cells of the rows with figures begin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import Flaw
from unbudget_check.model.facts import CellKind, Defect, Numeral
from unbudget_check.notation.column_numbers import is_numbering_row
from unbudget_check.notation.number_style import columns_apart, words_behind
from unbudget_check.notation.numerals import mirrored, numeral_reader
from unbudget_check.notation.years import is_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.model.document import Cell, Table

_BLANK = Numeral(CellKind.BLANK)
# What it costs, in bits, to read headings elsewhere than in the grid column in which they stand.
BY_START_BITS, BY_ORDER_BITS, SWAPPED_BITS = 2, 4, 8
# A figure, and a remark in brackets with a word in it; or a tick, which says that it was checked.
_REMARK = re.compile(
    r"(?P<figure>[^()]*\d[^()\w]*|\(.*\d\))\s*(?:\([^()]*[^\W\d_]{2}[^()]*\)|[\u2600-\u27bf]\ufe0f?)"
)
NUMERIC = frozenset({CellKind.FIGURE, CellKind.NIL, CellKind.MALFORMED})


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table on its printed columns.

    ``cells[r][c]`` is the cell that begins in printed column c of row r; ``spans[r][c]`` is the
    text that covers the column there, merged headings included. ``body`` is the first row below
    the headings. ``numerals`` has the shape of ``cells``. ``starts`` are the grid columns in which
    the printed columns begin, ``heads`` the rows of cells above the body.
    """

    cells: tuple[tuple[Cell | None, ...], ...]
    spans: tuple[tuple[str, ...], ...]
    numerals: tuple[tuple[Numeral, ...], ...]
    body: int
    width: int
    starts: tuple[int, ...]
    heads: tuple[tuple[Cell, ...], ...]


def lay_out(table: Table, style: NumberStyle) -> TableLayout | None:
    """The printed columns and heading rows of a table, or None where it holds no figures."""
    fresh = _cell_reader(style, columns_apart(table, style), words_behind(table, style))
    read = _read_once(fresh)
    figured = [row for row in table.rows if any(_is_amount(c, read(c)) for c in row[1:])]
    if not any(_is_figure(c, read(c)) for row in figured for c in row[1:]):
        return None
    starts = sorted({*_starts(figured), *_headed(table.rows, figured)})
    width = len(starts)
    cells: list[list[Cell | None]] = [[None] * width for _ in table.rows]
    spans: list[list[str]] = [[""] * width for _ in table.rows]
    for row in table.rows:
        for cell in row:
            _place(cell, starts, cells, spans)
    numerals = tuple(tuple(read(c) if c else _BLANK for c in row) for row in cells)
    body = _first_body_row(cells, numerals)
    numerals = _without_remarks(cells, numerals, body, fresh)
    return TableLayout(
        tuple(map(tuple, cells)),
        tuple(map(tuple, spans)),
        numerals,
        body,
        width,
        tuple(starts),
        table.rows[:body],
    )


def _without_remarks(
    cells: Sequence[Sequence[Cell | None]],
    numerals: tuple[tuple[Numeral, ...], ...],
    body: int,
    read: Callable[[Cell], Numeral],
) -> tuple[tuple[Numeral, ...], ...]:
    """The numerals, also of cells with words in brackets behind a figure: 1 (vacant).

    They are figures in columns of figures; elsewhere such a cell is a remark with a number in it.
    """
    found = [list(row) for row in numerals]
    for column in range(len(numerals[0]) if numerals else 0):
        kinds = Counter(row[column].reading for row in numerals[body:])
        if not 0 < kinds[CellKind.TEXT] < kinds[CellKind.FIGURE]:
            continue
        for row in range(body, len(cells)):
            cell = cells[row][column]
            remark = _REMARK.fullmatch(cell.text.strip()) if cell else None
            if cell and remark and found[row][column].reading is CellKind.TEXT:
                numeral = read(replace(cell, text=remark["figure"]))
                if numeral.reading is CellKind.FIGURE:
                    found[row][column] = numeral
    return tuple(map(tuple, found))


def other_headings(layout: TableLayout) -> Iterator[tuple[TableLayout, int]]:
    """The same table with its headings over other columns, and what each costs in bits.

    The grid of the headings is not always that of the figures. Each column may stand below what
    covers the place where it begins; or the headings follow one another in the order of the
    columns, or nearly so, where the cells of a heading that slid were lost.
    """
    by_start = [_texts_at(layout, start) for start in layout.starts]
    begun = {c.column for row in layout.heads for c in row if c.text.strip()} | {0}
    leaves = [_texts_at(layout, start) for start in sorted(begun)]
    is_whole = len(leaves) == layout.width
    # Where there is a heading for each column, none stands over two of them and none over nothing.
    if not is_whole or all(texts in by_start for texts in leaves):
        yield _with_heads(layout, by_start), BY_START_BITS
    if not is_whole:
        return
    yield _with_heads(layout, leaves), BY_ORDER_BITS
    for at in range(1, len(leaves) - 1):
        swapped = [*leaves[:at], leaves[at + 1], leaves[at], *leaves[at + 2 :]]
        yield _with_heads(layout, swapped), SWAPPED_BITS


def without_headings(layout: TableLayout) -> TableLayout:
    """The same table with nothing over its columns of figures."""
    stub = _texts_at(layout, layout.starts[0])
    return _with_heads(layout, [stub, *([""] * layout.body for _ in layout.starts[1:])])


def are_crossed(layout: TableLayout) -> bool:
    """Whether a column stands below two headings at once, as where their grids differ."""
    printed = {" ".join(cell.text.split()) for row in layout.heads for cell in row}
    return any(text not in printed for row in layout.spans[: layout.body] for text in row if text)


def _texts_at(layout: TableLayout, place: int) -> list[str]:
    """The texts of the heading rows over one column of the grid, from the top down."""
    found = [""] * layout.body
    for cell in (cell for row in layout.heads for cell in row):
        if cell.column <= place < cell.column + cell.columns and cell.text.strip():
            for row in range(cell.row, min(cell.row + cell.rows, layout.body)):
                found[row] = " ".join(cell.text.split())
    return found


def _with_heads(layout: TableLayout, heads: Sequence[Sequence[str]]) -> TableLayout:
    """The layout with these texts over its columns, each from the top down."""
    rows = tuple(tuple(texts[row] for texts in heads) for row in range(layout.body))
    return replace(layout, spans=(*rows, *layout.spans[layout.body :]))


def _is_figure(cell: Cell, numeral: Numeral) -> bool:
    """Whether a cell prints digits: a table of words with dashes claims nothing."""
    return numeral.reading in (CellKind.FIGURE, CellKind.MALFORMED) and not is_year(cell.text)


def _cell_reader(
    style: NumberStyle, apart: Mapping[int, NumberStyle], words: Mapping[int, str]
) -> Callable[[Cell], Numeral]:
    """What cells say: a worksheet holds figures as such, and texts as somebody typed them."""
    usual, typed = numeral_reader(style), numeral_reader(mirrored(style))

    def read(cell: Cell) -> Numeral:
        if cell.number is not None:
            return Numeral(CellKind.FIGURE, cell.number)
        if cell.flaw is Flaw.CODE:
            return Numeral(CellKind.TEXT)
        shown = numeral_reader(apart[cell.column]) if cell.column in apart else usual
        numeral = shown(cell.text)
        if cell.column in words and numeral.reading is CellKind.TEXT:
            return shown(cell.text.strip().removesuffix(words[cell.column]))
        if cell.flaw is Flaw.TEXT and numeral.defect is Defect.GROUPING:
            other = typed(cell.text)
            return other if other.reading is CellKind.FIGURE else numeral
        return numeral

    return read


def _read_once(read: Callable[[Cell], Numeral]) -> Callable[[Cell], Numeral]:
    """The reader with a memory of the cells of a table; they are distinguished by their identity.

    It is not for cells that are made to be read: the next one may have the identity of the last.
    """
    known: dict[int, Numeral] = {}

    def again(cell: Cell) -> Numeral:
        numeral = known.get(id(cell))
        if numeral is None:
            numeral = known[id(cell)] = read(cell)
        return numeral

    return again


def _is_amount(cell: Cell, numeral: Numeral) -> bool:
    return numeral.reading in NUMERIC and not is_year(cell.text)


def _starts(figured: Sequence[Sequence[Cell]]) -> list[int]:
    """Grid columns in which at least a quarter of the rows with figures begin a cell."""
    begun = Counter(cell.column for row in figured for cell in row)
    written = Counter(cell.column for row in figured for cell in row if cell.text.strip())
    quarter = max(len(figured) // 4, 1)
    starts = {0, *(column for column, n in begun.items() if n >= quarter and written[column])}
    for row in figured:
        starts |= _crowded(row, sorted(starts))
    return sorted(starts)


def _headed(rows: Sequence[Sequence[Cell]], figured: Sequence[Sequence[Cell]]) -> set[int]:
    """Columns of a plain grid that have a heading of their own, and no figures."""
    if any(cell.columns > 1 for row in figured for cell in row):
        return set()
    filled = Counter(c.column for row in figured for c in row[1:] if c.text.strip())
    usual = {column for column, count in filled.items() if 4 * count >= len(figured)}
    heads: set[int] = set()
    for row in rows:
        written = {c.column for c in row if c.columns == 1 and c.text.strip()}
        if 4 * len(written & usual) < 3 * len(usual):
            continue
        if row in figured:
            break
        heads = written
    return heads if len(usual) > 1 else set()


def _crowded(row: Sequence[Cell], starts: Sequence[int]) -> set[int]:
    """Where another column must begin: two printed cells of one row never share one."""
    homes: set[int] = set()
    more: set[int] = set()
    for cell in row:
        home = bisect_right(starts, cell.column) - 1
        if cell.text.strip():
            if home in homes:
                more.add(cell.column)
            homes.add(home)
    return more


def _place(
    cell: Cell, starts: Sequence[int], cells: list[list[Cell | None]], spans: list[list[str]]
) -> None:
    home = bisect_right(starts, cell.column) - 1
    end = cell.column + cell.columns
    text = " ".join(cell.text.split())
    held = cells[cell.row][home]
    if held is None or (text and not held.text.strip()):
        cells[cell.row][home] = cell
    if not text:
        return
    for row in range(cell.row, min(cell.row + cell.rows, len(spans))):
        for column in range(home, len(starts)):
            if starts[column] >= end and column != home:
                break
            spans[row][column] = " ".join(filter(None, (spans[row][column], text)))


def _first_body_row(
    cells: Sequence[Sequence[Cell | None]], numerals: Sequence[Sequence[Numeral]]
) -> int:
    """The first row below the headings: they end at figures, at a spacer or at a lone label."""
    headed = False
    for index, (row, read) in enumerate(zip(cells, numerals, strict=True)):
        texts = [cell.text.strip() if cell else "" for cell in row]
        if not any(texts):
            if headed:
                return index + 1
            continue
        if _is_figure_row(texts, read):
            return index
        if headed and not any(texts[1:]) and texts[0] and not _is_covered(cells, index):
            return index
        headed = True
    return len(cells)


def _is_figure_row(texts: Sequence[str], read: Sequence[Numeral]) -> bool:
    """Whether a row holds amounts: not only years, numbering or a stray figure beside words."""
    amounts = [
        text
        for text, numeral in zip(texts[1:], read[1:], strict=True)
        if numeral.reading in NUMERIC and not is_year(text)
    ]
    numbered = [text for text in texts[1:] if text]
    if not amounts or ((len(numbered) > 1 or not texts[0]) and is_numbering_row(numbered)):
        return False
    # Labels may stand in any column before the figures; words between figures make a heading.
    first = next(at for at, numeral in enumerate(read) if at and numeral.reading in NUMERIC)
    words = any(
        text and numeral.reading is CellKind.TEXT
        for text, numeral in zip(texts[first:], read[first:], strict=True)
    )
    return bool(texts[0]) or not words


def _is_covered(cells: Sequence[Sequence[Cell | None]], index: int) -> bool:
    """Whether a heading cell from above reaches down into this row."""
    return any(
        cell is not None and cell.row + cell.rows > index for row in cells[:index] for cell in row
    )
