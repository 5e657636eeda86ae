"""The findings workbook as a file: a sheet a page, with filters, frozen heads and links.

What comes from documents can become no formula. Figures stay exact: a spreadsheet keeps fifteen
digits, and a longer figure is written as text. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from unbudget_check.languages.messages import say
from unbudget_check.reporters.findings_book.contents import pages_of
from unbudget_check.reporters.findings_book.pages import Link, Tinted
from unbudget_check.reporters.office.archive import pack_parts
from unbudget_check.reporters.office.markup import FORBIDDEN
from unbudget_check.reporters.office.remarks import AUTHOR
from unbudget_check.reporters.spreadsheet_text import defused
from unbudget_check.reporters.words import count_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from unbudget_check.model.report import Report
    from unbudget_check.reporters.findings_book.pages import Entry, Page

DIGITS = 15  # what a spreadsheet keeps of a number
LONGEST = 32_767  # characters that a cell can hold
MOST = 1_048_575  # rows of a sheet, without its head
ROW, HIGHEST = 13, 409  # points of one row of text, and of the highest row of a sheet
# openpyxl writes the time at which it saves; the first day that the ZIP format knows says nothing.
DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl takes no time zones
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
HEAD = Font(name="Calibri", size=11, bold=True)
LINKED = Font(name="Calibri", size=11, color="FF0563C1", underline="single")
GREY = PatternFill("solid", fgColor="FFE7E6E6")
WRAPPED = Alignment(wrap_text=True, vertical="top")


def findings_book(report: Report) -> bytes:
    """All findings of a report with their proofs, its documents, and what was not checked."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = AUTHOR
    book.properties.created = DAY
    for page in pages_of(report):
        _write(book.create_sheet(page.name), page, report.lang)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", parts[core])
    return pack_parts(parts)


def _write(sheet: Worksheet, page: Page, lang: str) -> None:
    """One page as a sheet: its head stays in sight, and every column has a filter."""
    rows = _fitting(page, lang)
    last = get_column_letter(len(page.columns))
    for at, column in enumerate(page.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = f"{get_column_letter(page.kept + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, column in enumerate(page.columns, 1):
        head = _at(sheet, 1, at)
        _fill(head, column.name)
        head.font, head.fill = HEAD, GREY
    sheet.row_dimensions[1].height = _height(page, tuple(each.name for each in page.columns))
    for number, row in enumerate(rows, 2):
        for at, entry in enumerate(row, 1):
            _fill(_at(sheet, number, at), entry)
        sheet.row_dimensions[number].height = _height(page, row)


def _height(page: Page, row: tuple[Entry, ...]) -> int:
    """How high a row must be to show its texts whole; a spreadsheet does not find out itself."""
    rows = 1
    for column, entry in zip(page.columns, row, strict=False):
        text = str(entry.shown if isinstance(entry, Link | Tinted) else entry)
        rows = max(rows, sum(-(-cell_len(each) // column.width) or 1 for each in text.split("\n")))
    return min(ROW * rows + 2, HIGHEST)


def _fitting(page: Page, lang: str) -> tuple[tuple[Entry, ...], ...]:
    """The rows that a sheet can hold; where some are left out, the last one says how many."""
    more = len(page.rows) - MOST + 1
    if more <= 1:
        return page.rows
    return (*page.rows[: MOST - 1], (say(lang, "book.cut", rows=count_of(more, "more row", lang)),))


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell; none of these sheets has merged ones."""
    return cast("Cell", sheet.cell(row, column))


def _fill(cell: Cell, entry: Entry) -> None:
    """Write one entry into its cell."""
    cell.alignment = WRAPPED
    value = entry.shown if isinstance(entry, Link | Tinted) else entry
    if isinstance(value, Decimal) and not _is_kept(value):
        value = format(value, "f")
    if isinstance(value, Decimal):
        cell.number_format = _number_format(value)
    if isinstance(value, str):
        cell.value = FORBIDDEN.sub("", defused(value))[:LONGEST]
        cell.data_type = "s"  # never a formula or an error, whatever it looks like
    elif value is not None:
        cell.value = value
    if isinstance(entry, Link):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{entry.sheet}'!A{entry.row}")
        cell.font = LINKED
    if isinstance(entry, Tinted):
        cell.fill = PatternFill("solid", fgColor=entry.color)


def _is_kept(value: Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of a figure."""
    return len(value.as_tuple().digits) <= DIGITS and abs(_exponent(value)) <= DIGITS


def _number_format(value: Decimal) -> str:
    """As many decimals as the figure has, and brackets around what is negative, as in print."""
    decimals = max(0, -_exponent(value))
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{plain};({plain})"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else DIGITS + 1
