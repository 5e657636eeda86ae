"""The cells of a worksheet as displayed, with their formulas and stored values.

Readers of the formats collect :class:`SheetCells`; here they become rows of entries. What this
costs depends on the cells that are there, never on how far apart they stand.

The formulas of a workbook and the values that it stores, apart from how it displays them.

Shared formulas are written out for each cell (ECMA-376 part 1, 18.3.1.40), references to columns of
tables as ranges; formulas of ranges (array and data table) are named, not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import InvalidOperation
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.document import Flaw, Worksheet, Worksheets
from unbudget_check.model.number import KEPT
from unbudget_check.notation.figures import looks_like_figure
from unbudget_check.notation.years import is_year
from unbudget_check.readers.display import (
    decimals_of,
    show_serial,
    show_stored,
    show_text,
    shower_of,
    stored_number,
)
from unbudget_check.readers.grid.cells import Grid, GridCell, column_letters, indent_of
from unbudget_check.readers.number_formats import sections_of
from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.grammar import absolute, letters_of, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal


SPECIAL = {"array": "array", "dataTable": "table"}
WIDEST_EXPONENT = 60  # no amount is longer
_OF_TABLE = re.compile(r"([^\W\d][\w.]*)?\[(?:@|\[#This Row\],)?\[?([^\[\]#@]+)\]?\]")
_OF_ROW = re.compile(r"\[(?:@|\[#This Row\])")

Place = tuple[int, int]  # row and column, counted from 0

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # what spreadsheet programs allow
MAX_MERGED = 5_000_000  # places under merged cells
PLAIN_NAME = "_"  # beside letters and digits, what a sheet's name may hold without quotes
MARK = 3  # characters of the longest footnote mark
STEP = 3  # one step of indentation is as wide as so many blanks
MOST_BLANK = 100  # blank rows that are kept between two rows; more of them say nothing


class NamedTable(NamedTuple):
    """A table of a sheet, whose columns formulas may call by name; rows without its headings."""

    name: str
    sheet: str
    rows: range
    columns: Mapping[str, int]


def worksheets_of(
    sheets: Sequence[SheetCells],
    missing: Sequence[set[Place]],
    names: Mapping[str, str],
    tables: Sequence[NamedTable],
) -> Worksheets:
    """What all sheets store; ``missing`` are the formulas of each without a stored result."""
    if not any(sheet.formulas for sheet in sheets):
        return Worksheets()
    stored = (_stored(*each, tables) for each in zip(sheets, missing, strict=True))
    return Worksheets(tuple(stored), names)


def _stored(sheet: SheetCells, missing: set[Place], tables: Sequence[NamedTable]) -> Worksheet:
    numbers = {place: _number(text) for place, text in sheet.values.items()}
    values = {
        place: number
        for place, number in numbers.items()
        if number is not None and place not in missing
    }
    errors = frozenset(place for place, _ in sheet.errors)
    shown = {(row, entry.column) for row, entries in sheet.rows.items() for entry in entries}
    formulas = dict(_written_out(sheet, tables))
    special = {
        place: SPECIAL[formula.kind]
        for place, formula in sheet.formulas.items()
        if formula.kind in SPECIAL
    }
    return Worksheet(
        sheet.name,
        formulas,
        values,
        frozenset(shown - numbers.keys() - errors - missing),
        errors,
        frozenset(missing),
        special,
        frozenset(sheet.hidden_rows),
    )


def _number(text: str) -> Decimal | None:
    """A stored number at the fifteen digits that spreadsheet programs keep."""
    try:
        value = KEPT.create_decimal(text.strip())
    except InvalidOperation:
        return None
    fits = value.is_finite() and abs(value.adjusted()) <= WIDEST_EXPONENT
    return value if fits or not value else None


def _written_out(sheet: SheetCells, tables: Sequence[NamedTable]) -> Iterator[tuple[Place, str]]:
    """Each formula as it stands in its cell; a shared one is written where it begins."""
    shared: dict[str, str] = {}
    for place, formula in sorted(sheet.formulas.items()):
        text = formula.text.strip()
        if formula.shared and text:
            shared[formula.shared] = relative(text, place)
        elif formula.shared:
            text = absolute(shared.get(formula.shared, ""), place)
        yield place, _with_ranges(text, place, sheet.name, tables) if "[" in text else text


def _with_ranges(text: str, place: Place, sheet: str, tables: Sequence[NamedTable]) -> str:
    """A formula with the columns that it calls by name as ranges; other such calls stay."""

    def written(found: re.Match[str]) -> str:
        for table in tables:
            column = table.columns.get(found[2].strip().casefold())
            is_own = table.sheet == sheet and place[0] in table.rows
            is_meant = found[1].casefold() == table.name if found[1] else is_own
            if column is None or not is_meant:
                continue
            letters = letters_of(column)
            if _OF_ROW.search(found[0]):
                return f"${letters}{place[0] + 1}" if is_own else found[0]
            quoted = "" if table.sheet == sheet else "'" + table.sheet.replace("'", "''") + "'!"
            return f"{quoted}${letters}${table.rows.start + 1}:${letters}${table.rows.stop}"
        return found[0]

    return _OF_TABLE.sub(written, text)


def evaluated(worksheets: Worksheets) -> list[dict[Place, str]]:
    """By sheet, what formulas without a stored result come to, as a file would store it."""
    found: list[dict[Place, str]] = [{} for _ in worksheets.sheets]
    if any(sheet.missing for sheet in worksheets.sheets):
        for (sheet, row, column), value in calculation_of(worksheets).changed.items():
            found[sheet][row, column] = f"{KEPT.create_decimal(value):f}"
    return found


class Style(NamedTuple):
    """How a cell displays what it holds: its number format, and how far a text is set in."""

    code: str = "General"
    indent: int = 0


class Formula(NamedTuple):
    """The formula of a cell as a file writes it; cells of a ``shared`` one repeat its first cell's.

    ``reference`` is the range over which it is spread, where that is said; ``kind`` is that of the
    file, such as array.
    """

    text: str
    shared: str = ""
    reference: str = ""
    kind: str = ""


@dataclass(slots=True)
class SheetCells:
    """What a reader finds on one sheet; rows and columns count from 0.

    ``rows`` holds the entries of rows that have any, left to right. ``empty`` are the formulas
    without a result and ``nil`` those with the result 0, ``looks`` how these would be displayed;
    ``values`` are the stored numbers as they stand in the file, kept where there are formulas.
    ``merged`` maps the first place of a merged cell to its rows and columns.
    """

    name: str
    is_hidden: bool = False
    rows: dict[int, list[GridCell]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    empty: set[Place] = field(default_factory=set)
    nil: set[Place] = field(default_factory=set)
    looks: dict[Place, Style] = field(default_factory=dict)
    values: dict[Place, str] = field(default_factory=dict)
    errors: list[tuple[Place, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet as displayed, and what there is to say about it.

    ``missing`` are formulas without a result, ``evaluated`` those that had none stored but come to
    one, ``errors`` (place, text) of cells that show one.
    """

    grid: Grid
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    evaluated: tuple[str, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()


def number_entry(
    column: int, text: str, style: Style, *, from_1904: bool = False
) -> GridCell | None:
    """A cell that holds a number, as it is displayed; None where nothing is.

    Raises ValueError for a text that is no number.
    """
    return figure_reader(style.code, from_1904)(column, text)


@cache
def plain_reader(code: str, from_1904: bool) -> Callable[[int, str], GridCell | None]:  # noqa: FBT001
    """As :func:`figure_reader`, but in plain digits, as data files hold them: thrice as fast."""
    read, known = figure_reader(code, from_1904), decimals_of(code)
    decimals = known or 0
    entry = partial(tuple.__new__, GridCell)

    def plain(column: int, text: str) -> GridCell | None:
        whole, _, fraction = text.partition(".")
        if not text.isascii() or not whole.isdecimal() or len(fraction) > decimals:
            return read(column, text)
        if len(fraction) < decimals:
            text = f"{whole}.{fraction.ljust(decimals, '0')}"
        elif fraction and not fraction.isdecimal():
            return read(column, text)
        return entry((column, text, "", 0, Flaw.NONE, 1, 1, None, None))

    def general(column: int, text: str) -> GridCell | None:
        if text.isascii() and text.isdecimal():
            return entry((column, text, "", 0, Flaw.NONE, 1, 1, None, None))
        return read(column, text)

    if code == "General":
        return general
    return read if known is None else plain


@cache
def figure_reader(code: str, from_1904: bool) -> Callable[[int, str], GridCell | None]:  # noqa: FBT001
    """What makes the entry of a column and a stored number under one format."""
    is_date, show = sections_of(code)[0].is_date, shower_of(code)
    entry = partial(tuple.__new__, GridCell)  # twice as fast as calling it

    def read(column: int, text: str) -> GridCell | None:
        if is_date:
            number = stored_number(text)
            moment = show_serial(number, code, from_1904=from_1904) if number else ""
            if moment:
                return GridCell(column, moment)
        shown, figure, held = show(text)
        if shown:
            return entry((column, shown, "", 0, Flaw.NONE, 1, 1, figure, held))
        if figure is None or not figure.units:
            return None
        # A format that prints nothing hides the figure, but no sum leaves it out.
        shown, figure, held = show_stored(text, "General")
        return GridCell(column, shown, "", 0, Flaw.HIDDEN, 1, 1, figure, held)

    return read


def text_entry(column: int, text: str, marks: str, style: Style) -> GridCell | None:
    """A cell that holds a text, as it is displayed; None where that is blank."""
    shown = show_text(text, style.code) if style.code != "General" else text
    bare = shown.strip()
    if not bare:
        return None
    is_figure = not bare.isalpha() and looks_like_figure(bare) and not is_year(bare)
    indent = STEP * style.indent + (indent_of(shown) if shown[0] != bare[0] else 0)
    return GridCell(column, bare, marks, indent, Flaw.TEXT if is_figure else Flaw.NONE)


def text_and_marks(runs: Sequence[tuple[str, bool]]) -> tuple[str, str]:
    """The text of a cell, and its footnote marks, set as superscripts, apart from it."""
    is_mark = [raised and len(text.strip()) <= MARK for text, raised in runs]
    plain = "".join(text for (text, _), mark in zip(runs, is_mark, strict=True) if not mark)
    if not plain.strip():
        return "".join(text for text, _ in runs), ""
    marks = [text.strip() for (text, _), mark in zip(runs, is_mark, strict=True) if mark]
    return plain, "".join(marks)


def merge(cells: SheetCells, ranges: Iterable[tuple[Place, Place]]) -> None:
    """Note merged cells, first and last place of each, cut to the rows and columns in use."""
    end = max(cells.rows, default=-1) + 1
    width = max((row[-1].column + 1 for row in cells.rows.values()), default=0)
    room = MAX_MERGED
    for (top, left), (bottom, right) in ranges:
        rows, columns = min(bottom + 1, end) - top, min(right + 1, width) - left
        if rows >= 1 and columns >= 1 and 1 < rows * columns <= room:
            cells.merged[top, left] = (rows, columns)
            room -= rows * columns


def displayed(
    sheets: Sequence[SheetCells],
    names: Mapping[str, str],
    tables: Sequence[NamedTable],
    *,
    recalculates: bool = False,
) -> tuple[list[Sheet], Worksheets]:
    """The sheets of a workbook as they are displayed, and what its formulas say.

    Some programs store 0 for every formula and ask the spreadsheet program to calculate on
    opening (``recalculates``): where no formula of the workbook has another result, 0 is none.
    Formulas without a result are evaluated where they can be. ``names`` are the defined names.
    """
    nil = sum(len(sheet.empty) + len(sheet.nil) for sheet in sheets)
    never = recalculates and nil == sum(len(sheet.formulas) for sheet in sheets)
    missing = [sheet.empty | sheet.nil if never else sheet.empty for sheet in sheets]
    worksheets = worksheets_of(sheets, missing, names, tables)
    found = evaluated(worksheets) or [{} for _ in sheets]
    return [_displayed(*each) for each in zip(sheets, missing, found, strict=True)], worksheets


def _displayed(cells: SheetCells, missing: set[Place], values: Mapping[Place, str]) -> Sheet:
    hidden_columns = {column for columns in cells.hidden_columns for column in columns}
    rows = _with_missing(cells, missing, values)
    for number, entries in rows.items():
        whole = cells.is_hidden or number in cells.hidden_rows
        if whole or hidden_columns:
            rows[number] = [_hidden(entry, hidden_columns, whole=whole) for entry in entries]
    numbers = _numbers(rows)
    for (row, column), (height, width) in cells.merged.items():
        reach = bisect_left(numbers, row + height) - bisect_left(numbers, row)
        for index, entry in enumerate(rows.get(row, ())):
            if entry.column == column:
                rows[row][index] = entry._replace(rows=reach, columns=width)
    used = {entry.column for entries in rows.values() for entry in entries}
    name = cells.name
    return Sheet(
        Grid(
            [rows.get(number, ()) for number in numbers],
            lambda row, column: address_of(name, numbers[row], column),
            name,
        ),
        cells.is_hidden,
        tuple(row for row in sorted(cells.hidden_rows) if rows.get(row)),
        tuple(sorted(hidden_columns & used)),
        tuple(address_of(name, *place) for place in sorted(missing - values.keys())),
        tuple(address_of(name, *place) for place in sorted(values)),
        tuple((address_of(name, *place), text) for place, text in cells.errors),
    )


def _with_missing(
    cells: SheetCells, missing: set[Place], values: Mapping[Place, str]
) -> dict[int, list[GridCell]]:
    """The rows with the formulas that have no stored result: what they come to, or nothing."""
    rows = cells.rows
    lost: dict[int, dict[int, GridCell | None]] = {}
    for row, column in missing:
        value = values.get((row, column))
        entry: GridCell | None = GridCell(column, "", flaw=Flaw.UNCALCULATED)
        if value is not None:
            entry = number_entry(column, value, cells.looks.get((row, column), Style()))
        lost.setdefault(row, {})[column] = entry
    for row, found in lost.items():
        kept = [entry for entry in rows.get(row, ()) if entry.column not in found]
        entries = [*kept, *(entry for entry in found.values() if entry)]
        rows[row] = sorted(entries, key=lambda entry: entry.column)
    return rows


def _numbers(rows: Iterable[int]) -> list[int]:
    """The rows of a sheet that are kept, blank ones between others included, in order."""
    numbers: list[int] = []
    before = -1
    for row in sorted(rows):
        numbers.extend(range(max(before + 1, row - MOST_BLANK), row + 1))
        before = row
    return numbers


def _hidden(entry: GridCell, columns: set[int], *, whole: bool) -> GridCell:
    """The entry, marked where its row or column is hidden, unless something worse is known."""
    if entry.flaw is Flaw.NONE and (whole or entry.column in columns):
        return entry._replace(flaw=Flaw.HIDDEN)
    return entry


def address_of(name: str, row: int, column: int) -> str:
    """A place as spreadsheets write it: ``Sheet1!F12``, ``'Sheet 1'!F12``."""
    plain = name.replace(PLAIN_NAME, "").isalnum() and not name[:1].isdigit()
    quoted = name if plain else "'" + name.replace("'", "''") + "'"
    return f"{quoted}!{column_letters(column)}{row + 1}"
