"""Binary workbooks (.xls and .xlsb): the values that they hold, read by python-calamine.

Their number formats, indentation and hidden rows are not read; so figures have all the digits that
are stored, and a remark says so.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from unbudget_check.languages.telling import unreadable
from unbudget_check.model.saying import saying
from unbudget_check.readers.archive import read_part
from unbudget_check.readers.grid import Entry
from unbudget_check.readers.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    SheetCells,
    Style,
    displayed,
    merge,
    number_entry,
    text_entry,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

    from unbudget_check.model.worksheets import Worksheets
    from unbudget_check.readers.sheets import Sheet
    from unbudget_check.readers.source import Source

GENERAL = Style()
MAX_PLACES = 20_000_000  # rows times columns in use: calamine keeps blank cells, too
ROW_RECORD, CELL_RECORDS = (
    0,
    range(1, 12),
)  # MS-XLSB 2.4: BrtRowHdr, and BrtCellBlank to BrtFmlaError
SHEETS = "xl/worksheets/"


def read_sheets(source: Source) -> tuple[list[Sheet], Worksheets]:
    """All worksheets in the order of their tabs, hidden ones included; no formulas are told.

    Raises UnreadableError, with a sentence, for what is damaged or has a password.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
    from python_calamine import SheetVisibleEnum as Visible

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as workbook:
            sheets = [
                _cells(workbook.get_sheet_by_name(tab.name), tab.visible != Visible.Visible)
                for tab in workbook.sheets_metadata
                if tab.typ == SheetTypeEnum.WorkSheet
            ]
            return displayed(sheets, {}, ())
    except PasswordError as error:
        raise unreadable(saying("file-password", path=source.path)) from error
    except (CalamineError, ValueError, OSError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error


def _cells(found: CalamineSheet, hidden: bool) -> SheetCells:  # noqa: FBT001
    sheet = SheetCells(found.name, hidden)
    left = found.start[1] if found.start else 0
    for row, values in enumerate(found.iter_rows()):
        entries = [
            entry
            for column, value in enumerate(values, left)
            if value != "" and (entry := _entry(column, value)) is not None
        ]
        if entries:
            sheet.rows[row] = entries
    merge(sheet, found.merged_cell_ranges or ())
    return sheet


def _entry(column: int, value: object) -> Entry | None:
    if isinstance(value, bool):
        return Entry(column, str(value).upper())
    if isinstance(value, float):
        # The shortest digits that mean the same number are the ones that were typed.
        return number_entry(column, str(int(value)) if value.is_integer() else repr(value), GENERAL)
    if isinstance(value, int):
        return number_entry(column, str(value), GENERAL)
    if isinstance(value, datetime | date | time):
        return Entry(column, value.isoformat())
    if isinstance(value, timedelta):
        return Entry(column, str(value))
    return text_entry(column, str(value), "", GENERAL)


def refuse_far_cells(archive: zipfile.ZipFile, path: str) -> None:
    """Raise UnreadableError where cells of a binary sheet lie too far apart for memory."""
    for name in archive.namelist():
        if name.startswith(SHEETS) and name.endswith(".bin"):
            rows, columns = 0, 0
            for row, column in _places(read_part(archive, path, name)):
                rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_PLACES:
                raise unreadable(saying("file-too-many-cells", path=path, sheet=name))


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """The row and column of every cell in the records of a sheet."""
    at, row = 0, 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (data[at : at + 1] or b"\0")[0] << 7, at + 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if kind == ROW_RECORD:
            row = int.from_bytes(data[at : at + 4], "little")
        elif kind in CELL_RECORDS:
            yield row, int.from_bytes(data[at : at + 4], "little")
        at += size
