"""Read binary workbooks (.xls and .xlsb): values by python-calamine, formats from the records.

Their formulas, indentation and hidden rows are not read, and a remark says so.

Number formats of binary workbooks: which format each cell of .xls and .xlsb files has.

Sources: MS-CFB (the container of .xls files), MS-XLS 2.4 and MS-XLSB 2.4 (the records). Only
formats are looked for; where a record is damaged, the rest of the cells has the General format.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.archive import read_part
from unbudget_check.readers.grid.cells import GridCell
from unbudget_check.readers.sheets.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    SheetCells,
    Style,
    displayed,
    merge,
    number_entry,
    text_entry,
)
from unbudget_check.readers.sheets.xlsx import BUILT_IN, WorkbookFile

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet

    from unbudget_check.model.document import Worksheets
    from unbudget_check.readers.sheets.cells import Place, Sheet
    from unbudget_check.readers.source import Source


STREAMS = ("Workbook", "Book")
END = 0xFFFFFFFA  # sector numbers from here on are none
MINI, ENTRY, HEAD = 4096, 128, 512  # bytes
# Records of .xls files.
BOF, SHEET, FORMAT, XF = 0x809, 0x85, 0x41E, 0xE0
NUMBER, RK, FORMULA, MANY = 0x203, 0x27E, 0x06, 0xBD
SHEETS = 0x5  # the kind of the part that lists the sheets
# Records of .xlsb files.
ROW, CELLS, NAMED, LOOK, LOOKS, LOOKS_END = 0, range(1, 12), 44, 47, 617, 618

# The number format of each place of a sheet.
Formats = Mapping[tuple[int, int], str]

GENERAL = Style()
MAX_PLACES = 20_000_000  # rows times columns in use: calamine keeps blank cells, too
PANIC = "PanicException"
STANDARD_ERROR = 2
BOOK = "xl/workbook.bin"
TAB = 156  # the record that names a sheet (MS-XLSB 2.4.303, BrtBundleSh)


@dataclass(slots=True)
class _Formats:
    """Named formats by number, the number that each look has, and the look of every cell."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    looks: list[int] = field(default_factory=list)
    cells: list[dict[Place, int]] = field(default_factory=list)

    def by_sheet(self) -> list[dict[Place, str]]:
        """The formats of the cells of each sheet."""
        known = [self.codes.get(number, "General") for number in self.looks]
        return [
            {place: known[look] for place, look in cells.items() if look < len(known)}
            for cells in self.cells
        ]


def formats_of_xls(data: bytes) -> list[dict[Place, str]]:
    """The formats of the cells of an .xls file, for each of its sheets in order."""
    found = _Formats()
    starts: dict[int, int] = {}
    sheet = -1
    try:
        for at, kind, body in _records(_stream(data)):
            if kind == BOF and struct.unpack_from("<H", body, 2)[0] != SHEETS:
                sheet = starts.get(at, -1)
            elif kind == SHEET:
                starts[struct.unpack_from("<I", body)[0]] = len(found.cells)
                found.cells.append({})
            elif kind == FORMAT:
                found.codes[struct.unpack_from("<H", body)[0]] = _text(body[2:])
            elif kind == XF:
                found.looks.append(struct.unpack_from("<H", body, 2)[0])
            elif sheet >= 0 and kind in {NUMBER, RK, FORMULA}:
                row, column, look = struct.unpack_from("<HHH", body)
                found.cells[sheet][row, column] = look
            elif sheet >= 0 and kind == MANY:
                row, first = struct.unpack_from("<HH", body)
                for number in range((len(body) - 6) // 6):
                    look = struct.unpack_from("<H", body, 4 + 6 * number)[0]
                    found.cells[sheet][row, first + number] = look
    except (struct.error, IndexError):
        pass
    return found.by_sheet()


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(body: bytes) -> str:
    """A text with its length and a flag that says whether its characters are wide."""
    length, wide = struct.unpack_from("<HB", body)
    if wide & 1:
        return body[3 : 3 + 2 * length].decode("utf-16-le", "replace")
    return body[3 : 3 + length].decode("latin-1")


def _stream(data: bytes) -> bytes:
    """The stream of an .xls file that holds its sheets; empty where there is none."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    mini = 1 << struct.unpack_from("<H", data, 32)[0]
    first_entry = struct.unpack_from("<I", data, 48)[0]
    first_mini, _, more, _ = struct.unpack_from("<IIII", data, 60)
    tables = list(struct.unpack_from("<109I", data, 76))
    while more < END and len(tables) * size < len(data):
        chunk = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        tables += chunk[:-1]
        more = chunk[-1]
    chains = b"".join(data[(n + 1) * size : (n + 2) * size] for n in tables if n < END)
    nexts = struct.unpack(f"<{len(chains) // 4}I", chains[: len(chains) // 4 * 4])

    def joined(first: int) -> bytes:
        return _joined(data, first, nexts, (size, size))

    entries = joined(first_entry)
    root = joined(struct.unpack_from("<I", entries, 116)[0])
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<II", entries, at + 116)
        if name in STREAMS and total >= MINI:
            return joined(first)[:total]
        if name in STREAMS:
            minis = joined(first_mini)
            chain = struct.unpack(f"<{len(minis) // 4}I", minis)
            return _joined(root, first, chain, (mini, 0))[:total]
    return b""


def _joined(data: bytes, first: int, nexts: tuple[int, ...], sizes: tuple[int, int]) -> bytes:
    """The sectors of a chain, one after the other; ``sizes`` are of a sector and of the head."""
    size, head = sizes
    pieces: list[bytes] = []
    while first < len(nexts) and len(pieces) <= len(nexts):
        pieces.append(data[head + first * size : head + (first + 1) * size])
        first = nexts[first]
    return b"".join(pieces)


def formats_of_xlsb(archive: zipfile.ZipFile, parts: list[str]) -> list[dict[Place, str]]:
    """The formats of the cells of an .xlsb file, for each of the sheets in these parts."""
    found = _Formats()
    inside = False
    try:
        for kind, body in binary_records(archive.read("xl/styles.bin")):
            inside = inside or kind == LOOKS
            if kind == LOOKS_END:
                break
            if kind == NAMED:
                number, length = struct.unpack_from("<HI", body)
                found.codes[number] = body[6 : 6 + 2 * length].decode("utf-16-le", "replace")
            elif kind == LOOK and inside:
                found.looks.append(struct.unpack_from("<H", body, 2)[0])
        for part in parts:
            found.cells.append(
                {
                    (row, column): int.from_bytes(body[4:7], "little")
                    for row, column, body in placed_records(archive.read(part))
                }
            )
    except (struct.error, KeyError):
        pass
    return found.by_sheet()


def placed_records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The row and column of every cell in the records of an .xlsb sheet, and the record."""
    row = 0
    for kind, body in binary_records(data):
        if kind == ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in CELLS:
            yield row, int.from_bytes(body[:4], "little"), body


def binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The kinds and bodies of the records of an .xlsb part."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80 and at < len(data):
            kind, at = (kind & 0x7F) | data[at] << 7, at + 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def read_sheets(source: Source, formats: Sequence[Formats]) -> tuple[list[Sheet], Worksheets]:
    """All worksheets in the order of their tabs, hidden ones included, without formulas.

    ``formats`` are those of the cells of each sheet of the file.

    Raises UnreadableError, with a sentence, for what is damaged or has a password.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
    from python_calamine import SheetVisibleEnum as Visible

    try:
        with (
            _nothing_printed(),
            CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as workbook,
        ):
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


@contextmanager
def _nothing_printed() -> Iterator[None]:
    """Keep off the terminal what the library itself prints of a damaged file.

    It writes to the standard error of the system, past that of Python, before it raises.
    """
    try:
        kept = os.dup(STANDARD_ERROR)
    except OSError:  # closed: nothing can be printed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)


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


def _entry(column: int, value: object, code: str) -> GridCell | None:
    if isinstance(value, bool):
        return GridCell(column, str(value).upper())
    if isinstance(value, float | int):
        # The shortest digits that mean the same number are the ones that were typed.
        return number_entry(column, repr(value).removesuffix(".0"), Style(code))
    if isinstance(value, datetime | date | time):
        return GridCell(column, value.isoformat())
    if isinstance(value, timedelta):
        return GridCell(column, str(value))
    return text_entry(column, str(value), "", GENERAL)


def sheet_parts(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The parts of the sheets of an .xlsb file, in the order of their tabs.

    Raises UnreadableError where cells lie too far apart for memory.
    """
    relations = WorkbookFile(archive, path).relations(BOOK)
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
