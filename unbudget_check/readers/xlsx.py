"""Workbooks (.xlsx, .xlsm) -> Document: every cell as the workbook displays it.

The number format of a cell decides how many digits are printed, and so its quantum.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.languages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.saying import saying
from unbudget_check.readers.archive import open_archive, read_part, safe_xml
from unbudget_check.readers.grid_blocks import blocks_of
from unbudget_check.readers.tidy import mapping_for, tidy_document
from unbudget_check.readers.xlsx_layout import scan_sheet
from unbudget_check.readers.xlsx_remarks import remarks_of
from unbudget_check.readers.xlsx_sheet import Sheet, read_sheet, uncalculated

if TYPE_CHECKING:
    import zipfile

    from openpyxl import Workbook

    from unbudget_check.model.document import Block
    from unbudget_check.readers.source import Source

WORKBOOK = "xl/workbook.xml"
# A part that tells what a wrongly named or unsupported archive is.
FOREIGN = (
    ("word/document.xml", "file-word-inside"),
    ("xl/workbook.bin", "file-binary"),
    ("content.xml", "file-opendocument"),
)
STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
RECALCULATES = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
PARTS = (".xml", ".rels", ".vml")


def read(source: Source) -> Document:
    """The tables of a workbook: as displayed, or as data where a mapping is configured.

    Hidden rows, columns and sheets are read, too, and said in the remarks; so are formulas that
    were never calculated. Raises UnreadableError for a file that is no workbook, is encrypted,
    damaged, empty, or would unpack to an unreasonable size.
    """
    with open_archive(source) as archive:
        _refuse_foreign(archive, source.path)
        for name in archive.namelist():
            if name.casefold().endswith(PARTS):
                safe_xml(read_part(archive, source.path, name), source.path, name)
        sheets = _sheets(archive, source)
    if not any(sheet.grid.rows for sheet in sheets):
        raise unreadable(saying("file-no-cells", path=source.path))
    remarks = remarks_of(sheets)
    mapping = mapping_for(source)
    if mapping is not None:
        grids = [sheet.grid for sheet in sheets]
        return tidy_document(source, grids, mapping, tuple(remarks))
    blocks: list[Block] = []
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
    )


def _refuse_foreign(archive: zipfile.ZipFile, path: str) -> None:
    names = set(archive.namelist())
    for part, reason in FOREIGN:
        if part in names and WORKBOOK not in names:
            raise unreadable(saying(reason, path=path))
    if "[Content_Types].xml" not in names:
        raise unreadable(saying("file-no-workbook", path=path))
    if WORKBOOK in names and STRICT in read_part(archive, path, WORKBOOK):
        raise unreadable(saying("file-strict", path=path))


def _sheets(archive: zipfile.ZipFile, source: Source) -> list[Sheet]:
    """All worksheets, hidden ones included, in the order of their tabs."""
    with warnings.catch_warnings():
        # openpyxl warns of drawings and settings that it leaves out; none of them is a figure.
        warnings.simplefilter("ignore")
        try:
            return _read_sheets(_open(source), archive, source.path)
        except UnreadableError:
            raise
        except Exception as error:
            # A damaged part makes openpyxl raise whatever its first use of it raises.
            raise unreadable(saying("file-strange-workbook", path=source.path)) from error


def _open(source: Source) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(
        io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False, rich_text=True
    )


def _read_sheets(workbook: Workbook, archive: zipfile.ZipFile, path: str) -> list[Sheet]:
    worksheets = workbook.worksheets
    layouts = []
    for worksheet in worksheets:
        # The only way to a sheet's own XML; guarded by the test on merged and hidden cells.
        part = worksheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001
        layouts.append(scan_sheet(read_part(archive, path, part), path, worksheet.title))
    # Read here, because openpyxl takes it for granted where a workbook does not say it.
    recalculates = RECALCULATES.search(read_part(archive, path, WORKBOOK)) is not None
    missing = uncalculated(layouts, recalculates=recalculates)
    return [
        read_sheet(worksheet, layout, cells)
        for worksheet, layout, cells in zip(worksheets, layouts, missing, strict=True)
    ]
