"""Binary workbooks (.xls and .xlsb): values by python-calamine, number formats from the records.

Their formulas, indentation and hidden rows are not read, and a remark says so.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from unbudget_check.languages.telling import unreadable
from unbudget_check.model.saying import saying
from unbudget_check.readers.archive import read_part
from unbudget_check.readers.binary_formats import binary_records, placed_records
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
from unbudget_check.readers.xlsx import Package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Sequence

    from python_calamine import CalamineSheet

    from unbudget_check.model.worksheets import Worksheets
    from unbudget_check.readers.sheets import Sheet
    from unbudget_check.readers.source import Source

# The number format of each place of a sheet.
Formats = Mapping[tuple[int, int], str]

GENERAL = Style()
MAX_PLACES = 20_000_000  # rows times columns in use: calamine keeps blank cells, too
PANIC = "PanicException"
BOOK = "xl/workbook.bin"
TAB = 156  # the record that names a sheet (MS-XLSB 2.4.303, BrtBundleSh)


def read_sheets(source: Source, formats: Sequence[Formats]) -> tuple[list[Sheet], Worksheets]:
    """All worksheets in the order of their tabs, hidden ones included; no formulas are told.

    ``formats`` are those of the cells of each sheet of the file.

    Raises UnreadableError, with a sentence, for what is damaged or has a password.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
    from python_calamine import SheetVisibleEnum as Visible

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as workbook:
            sheets = [
                _cells(
                    workbook.get_sheet_by_name(tab.name),
                    formats[number] if number < len(formats) else {},
                    hidden=tab.visible != Visible.Visible,
                )
                for number, tab in enumerate(workbook.sheets_metadata)
                if tab.typ == SheetTypeEnum.WorkSheet
            ]
            return displayed(sheets, {}, ())
    except PasswordError as error:
        raise unreadable(saying("file-password", path=source.path)) from error
    except (CalamineError, ValueError, OSError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error
    except BaseException as error:
        # What its authors did not foresee in a damaged file, the library raises beside Exception.
        if type(error).__name__ != PANIC:
            raise
        raise unreadable(saying("file-damaged", path=source.path)) from error


def _cells(found: CalamineSheet, formats: Formats, *, hidden: bool) -> SheetCells:
    sheet = SheetCells(found.name, hidden)
    left = found.start[1] if found.start else 0
    for row, values in enumerate(found.iter_rows()):
        entries = [
            entry
            for column, value in enumerate(values, left)
            if value != ""
            and (entry := _entry(column, value, formats.get((row, column), "General"))) is not None
        ]
        if entries:
            sheet.rows[row] = entries
    merge(sheet, found.merged_cell_ranges or ())
    return sheet


def _entry(column: int, value: object, code: str) -> Entry | None:
    if isinstance(value, bool):
        return Entry(column, str(value).upper())
    if isinstance(value, float | int):
        # The shortest digits that mean the same number are the ones that were typed.
        return number_entry(column, repr(value).removesuffix(".0"), Style(code))
    if isinstance(value, datetime | date | time):
        return Entry(column, value.isoformat())
    if isinstance(value, timedelta):
        return Entry(column, str(value))
    return text_entry(column, str(value), "", GENERAL)


def sheet_parts(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The parts of the sheets of an .xlsb file, in the order of their tabs.

    Raises UnreadableError where cells lie too far apart for memory.
    """
    relations = Package(archive, path).relations(BOOK)
    parts = []
    for kind, body in binary_records(read_part(archive, path, BOOK)):
        if kind == TAB:
            length = int.from_bytes(body[8:12], "little")
            identity = body[12 : 12 + 2 * length].decode("utf-16-le", "replace")
            parts.append(relations.get(identity, ("", ""))[1])
    known = set(archive.namelist())
    parts = [part for part in parts if part in known]
    for name in parts:
        rows, columns = 0, 0
        for row, column, _ in placed_records(read_part(archive, path, name)):
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_PLACES:
            raise unreadable(saying("file-too-many-cells", path=path, sheet=name))
    return parts
