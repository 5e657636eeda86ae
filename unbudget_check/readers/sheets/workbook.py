"""Read workbooks of every kind into a Document, with remarks on what their tables do not show.

The number format of a cell decides how many digits are printed, and so its quantum.

What to say about a workbook that its tables do not show: hidden, uncalculated, in error.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.message import saying, some_of
from unbudget_check.readers.archive import ENCRYPTED_PART, OLE_MAGIC, open_archive
from unbudget_check.readers.grid.blocks import blocks_of
from unbudget_check.readers.grid.cells import GridCell, column_letters
from unbudget_check.readers.sheets import binary, ods, xlsx
from unbudget_check.readers.sheets.binary import formats_of_xls, formats_of_xlsb

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from unbudget_check.model.document import Block, Worksheets
    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Number
    from unbudget_check.readers.fenced import Path
    from unbudget_check.readers.grid.cells import Grid
    from unbudget_check.readers.sheets.cells import Sheet
    from unbudget_check.readers.source import Source


BINARY = "xl/workbook.bin"
MOST_SHEETS = 100_000
SPREADSHEET = b"opendocument.spreadsheet"


def remarks_of(sheets: Sequence[Sheet]) -> list[Message]:
    """One sentence for each thing that a reader of the workbook would not see or trust."""
    remarks = []
    for name, places in (
        ("evaluated-here", [place for sheet in sheets for place in sheet.evaluated]),
        ("never-calculated", [place for sheet in sheets for place in sheet.missing]),
    ):
        if places:
            remarks.append(saying(name, count=len(places), cells=some_of(places)))
    for sheet in sheets:
        remarks.extend(_hidden(sheet))
        if sheet.errors:
            cells = some_of([f"{place} {text}" for place, text in sheet.errors])
            remarks.append(saying("error-cells", cells=cells))
    return remarks


def _hidden(sheet: Sheet) -> list[Message]:
    name = sheet.grid.sheet
    if sheet.is_hidden:
        return [saying("hidden-sheet", sheet=name)] if sheet.grid.rows else []
    remarks = []
    if sheet.hidden_rows:
        rows = some_of(_runs(sheet.hidden_rows, lambda row: str(row + 1)))
        remarks.append(saying("hidden-rows", sheet=name, rows=rows))
    if sheet.hidden_columns:
        columns = some_of(_runs(sheet.hidden_columns, column_letters))
        remarks.append(saying("hidden-columns", sheet=name, columns=columns))
    return remarks


def _runs(numbers: Iterable[int], name: Callable[[int], str]) -> list[str]:
    """Numbers in order as single names and spans: 3, 5-9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ["-".join(map(name, run)) for run in runs]


def read(source: Source) -> Document:
    """The tables of a workbook as displayed.

    Hidden rows, columns and sheets are read, too, and said in the remarks; so are formulas that
    were never calculated. Raises UnreadableError for a file that is no workbook, is encrypted,
    damaged, empty, or would unpack to an unreasonable size.
    """
    return _read(source, ())


@dataclass(frozen=True, slots=True)
class SheetParts:
    """A workbook in sheets, each of which can be left out."""

    source: Source

    def read(self, without: Sequence[Path]) -> Document:
        """The workbook without the cells of some sheets."""
        return _read(self.source, [number for (number,) in without])

    def below(self, path: Path) -> int:
        """How many sheets there are."""
        return 0 if path else len(self._empty())

    def text(self, path: Path) -> str:
        """The name of a sheet."""
        return self._empty()[path[0]].grid.sheet

    def _empty(self) -> list[Sheet]:
        return _sheets(self.source, range(MOST_SHEETS))[0][0]


def parts_of(source: Source) -> SheetParts:
    """The workbook in sheets."""
    return SheetParts(source)


def _read(source: Source, without: Container[int]) -> Document:
    blocks: list[Block] = []
    with collector_paused():
        sheets, worksheets, remarks = _told_sheets(source, without)
        for sheet in sheets:
            found, more = blocks_of(sheet.grid)
            blocks.extend(found)
            remarks.extend(more)
    return Document(
        source.path,
        source.sha256,
        tuple(blocks),
        language=source.options.language,
        remarks=tuple(remarks),
        worksheets=worksheets,
    )


def data_grids(source: Source) -> tuple[list[Grid], tuple[Message, ...]]:
    """The cells of all sheets, figures in plain digits, and what is to be said of the workbook."""
    with collector_paused():
        sheets, _, remarks = _told_sheets(source, (), is_data=True)
        return [_bare(sheet.grid) for sheet in sheets], tuple(remarks)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles while a million cells are made, which have none: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _told_sheets(
    source: Source, without: Container[int], *, is_data: bool = False
) -> tuple[list[Sheet], Worksheets, list[Message]]:
    (sheets, worksheets), lost = _sheets(source, without, is_data=is_data)
    if not any(sheet.grid.rows for sheet in sheets):
        raise unreadable(saying("file-no-cells", path=source.path))
    return sheets, worksheets, [*lost, *remarks_of(sheets)]


def _bare(grid: Grid) -> Grid:
    """The sheet with its figures in plain digits, as data files hold them."""
    rows = [
        [
            entry
            if entry.number is None or "%" in entry.text
            else GridCell(entry.column, _digits_of(entry.number), number=entry.number)
            for entry in row
        ]
        for row in grid.rows
    ]
    return grid._replace(rows=rows)


def _digits_of(number: Number) -> str:
    """A number in plain digits; a million of them are written, and decimals would take longer."""
    units, exponent = number.units, number.exponent
    if exponent >= 0:
        return str(units * int(10**exponent))
    digits = str(abs(units)).rjust(1 - exponent, "0")
    return f"{'-' if units < 0 else ''}{digits[:exponent]}.{digits[exponent:]}"


def _sheets(
    source: Source, without: Container[int], *, is_data: bool = False
) -> tuple[tuple[list[Sheet], Worksheets], list[Message]]:
    """The sheets of a workbook of whatever kind its bytes say that it is, and what is lost."""
    lost = [saying("no-formulas")]
    if source.data.startswith(OLE_MAGIC) and ENCRYPTED_PART not in source.data:
        return binary.read_sheets(source, formats_of_xls(source.data)), lost
    path = source.path
    with open_archive(source) as archive:
        names = set(archive.namelist())
        if xlsx.WORKBOOK in names:
            return xlsx.read_sheets(archive, path, is_data=is_data, without=without), []
        if ods.CONTENT in names and SPREADSHEET in archive.read("mimetype"):
            return ods.read_sheets(archive, path, without), []
        if BINARY in names:
            parts = binary.sheet_parts(archive, path)
            return binary.read_sheets(source, formats_of_xlsb(archive, parts)), lost
        is_word = "word/document.xml" in names
    raise unreadable(saying("file-word-inside" if is_word else "file-no-workbook", path=path))
