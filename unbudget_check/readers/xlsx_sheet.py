"""The cells of one worksheet as they are displayed, with what is wrong about each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from unbudget_check.model.document import Flaw
from unbudget_check.readers.grid import Entry, Grid, column_letters, indent_of
from unbudget_check.readers.grid_rows import YEAR, looks_like_figure
from unbudget_check.readers.shown_numbers import show_figure, show_text
from unbudget_check.readers.xlsx_dates import show_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.readers.xlsx_layout import SheetLayout

    Runs = Sequence[tuple[str, bool]]

PLAIN_NAME = "_"  # beside letters and digits, what a sheet's name may hold without quotes
MARK = 3  # characters of the longest footnote mark
# openpyxl lists format 44 as the standard misprints it: without the marks between its sections.
MISPRINTED = r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)'
ACCOUNTING = r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet as displayed, and what there is to say about it.

    ``missing`` are formulas without a result, ``errors`` (place, text) of cells that show one.
    """

    grid: Grid
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    errors: tuple[tuple[str, str], ...] = field(default=())


def uncalculated(
    layouts: Sequence[SheetLayout], *, recalculates: bool
) -> list[set[tuple[int, int]]]:
    """The formulas of each sheet whose result was never stored.

    Some programs store 0 for every formula and ask the spreadsheet program to calculate on
    opening (``recalculates``): where no formula of the workbook has another result, 0 is none.
    """
    nil = sum(len(layout.empty) + len(layout.nil) for layout in layouts)
    never = recalculates and nil == sum(layout.formulas for layout in layouts)
    return [layout.empty | layout.nil if never else layout.empty for layout in layouts]


def read_sheet(worksheet: Any, layout: SheetLayout, missing: set[tuple[int, int]]) -> Sheet:  # noqa: ANN401
    """One worksheet, opened by openpyxl for reading only."""
    worksheet.reset_dimensions()  # the declared size may be wrong; only cells count
    name = worksheet.title
    is_hidden = worksheet.sheet_state != "visible"
    hidden_columns = {column for columns in layout.hidden_columns for column in columns}
    rows: list[list[Entry]] = []
    errors: list[tuple[str, str]] = []
    for number, cells in enumerate(worksheet.iter_rows()):
        entries = [
            _spread(_entry(cell, layout.runs.get((number, cell.column - 1))), layout, number)
            for cell in cells
            if cell.value is not None and (number, cell.column - 1) not in missing
        ]
        errors.extend(
            (_address(name, number, cell.column - 1), str(cell.value))
            for cell in cells
            if cell.data_type == "e"
        )
        rows.append([entry for entry in entries if entry.text])
    for row, column in missing:
        rows[row].append(Entry(column, "", flaw=Flaw.UNCALCULATED))
    for number, entries in enumerate(rows):
        whole = is_hidden or number in layout.hidden_rows
        rows[number] = sorted(
            _marked_hidden(entry, hidden_columns, whole=whole) for entry in entries
        )
    while rows and not rows[-1]:
        rows.pop()
    used = {entry.column for entries in rows for entry in entries}
    return Sheet(
        Grid(rows, lambda row, column: _address(name, row, column), name),
        is_hidden,
        tuple(row for row in sorted(layout.hidden_rows) if row < len(rows) and rows[row]),
        tuple(sorted(hidden_columns & used)),
        tuple(_address(name, row, column) for row, column in sorted(missing)),
        tuple(errors),
    )


def _spread(entry: Entry, layout: SheetLayout, row: int) -> Entry:
    """The entry with the rows and columns that it covers, where it is merged."""
    span = layout.merged.get((row, entry.column))
    return entry._replace(rows=span[0], columns=span[1]) if span else entry


def _marked_hidden(entry: Entry, columns: set[int], *, whole: bool) -> Entry:
    """The entry, marked where its row or column is hidden, unless something worse is known."""
    if entry.flaw is Flaw.NONE and (whole or entry.column in columns):
        return entry._replace(flaw=Flaw.HIDDEN)
    return entry


def _address(name: str, row: int, column: int) -> str:
    """A place as spreadsheets write it: ``Sheet1!F12``, ``'Sheet 1'!F12``."""
    plain = name.replace(PLAIN_NAME, "").isalnum() and not name[:1].isdigit()
    quoted = name if plain else "'" + name.replace("'", "''") + "'"
    return f"{quoted}!{column_letters(column)}{row + 1}"


def _entry(cell: Any, runs: Runs | None) -> Entry:  # noqa: ANN401 - openpyxl's cells have no common type
    """One cell as it is displayed."""
    value, column = cell.value, cell.column - 1
    code = ACCOUNTING if cell.number_format == MISPRINTED else cell.number_format or "General"
    if isinstance(value, bool):
        return Entry(column, str(value).upper())
    if isinstance(value, int | float):
        return Entry(column, show_figure(value, code))
    if isinstance(value, date | datetime | time | timedelta):
        return Entry(column, show_date(value, code))
    text, marks = _text_and_marks(runs or _runs(value))
    shown = show_text(text, code)
    bare = shown.strip()
    is_figure = looks_like_figure(bare) and not YEAR.fullmatch(bare)
    flaw = Flaw.TEXT if is_figure and cell.data_type == "s" else Flaw.NONE
    return Entry(column, bare, marks, _indent(cell) + indent_of(shown), flaw)


def _indent(cell: Any) -> int:  # noqa: ANN401
    """The printed indentation of a cell, in blanks: one step is as wide as three of them."""
    alignment = cell.alignment
    return 3 * int(alignment.indent or 0) if alignment is not None else 0


def _runs(value: str | Iterable[Any]) -> Runs:
    """The pieces of a text that openpyxl took from the table of shared texts."""
    if isinstance(value, str):
        return [(value, False)]
    aligns = [(str(run), getattr(getattr(run, "font", None), "vertAlign", None)) for run in value]
    return [(text, align == "superscript") for text, align in aligns]


def _text_and_marks(runs: Runs) -> tuple[str, str]:
    """The text of a cell, and its footnote marks, set as superscripts, apart from it."""
    is_mark = [raised and len(text.strip()) <= MARK for text, raised in runs]
    plain = "".join(text for (text, _), mark in zip(runs, is_mark, strict=True) if not mark)
    if not plain.strip():
        return "".join(text for text, _ in runs), ""
    marks = [text.strip() for (text, _), mark in zip(runs, is_mark, strict=True) if mark]
    return plain, "".join(marks)
