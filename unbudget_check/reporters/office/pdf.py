"""Copies of PDF files with a highlight at every finding, and nothing of their pages changed.

The marks are annotations that PDFium appends to the file (an incremental update): the bytes of the
original stand before them as they were. No further library is needed for that.
"""

from __future__ import annotations

import ctypes
import io
import re
from typing import TYPE_CHECKING

from unbudget_check.messages import ENGLISH
from unbudget_check.model.finding import Severity
from unbudget_check.readers.source import ReadOptions, Source
from unbudget_check.reporters.office.remarks import (
    AUTHOR,
    OfficeFile,
    at_places,
    copies,
    open_findings,
    remarks_of,
)

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.office.remarks import Original

# Red, green and blue of the highlight.
COLOURS = {
    Severity.ERROR: (255, 150, 160),
    Severity.WARNING: (255, 215, 110),
    Severity.NOTE: (160, 205, 250),
}
_PLACE = re.compile(r"page (\d+)(?:, (-?\d+) (-?\d+) (-?\d+) (-?\d+))?(?:#.*)?")
NOTE_SIZE = 20  # points of the sign of a note that has no place on a page
AROUND = 1  # points that a highlight reaches beyond the letters


def files(report: Report, original: Original) -> tuple[OfficeFile, ...]:
    """One copy of every PDF file that was read, whether it has findings or not.

    Raises UserError where there is none, or one is not the file any more that was checked;
    UnreadableError where none of them could be read.
    """

    def copy(each: DocumentResult) -> OfficeFile:
        password = original.password_of(each)
        return OfficeFile(mark_pdf(original(each), each, report.lang, password), each.path)

    return copies(report, "pdf", "PDF file", copy)


def mark_pdf(
    data: bytes, document: DocumentResult, lang: str = ENGLISH, password: str = ""
) -> bytes:
    """The same file with a highlight at every open finding, which opens what is said of it.

    Raises UserError where the file is not the one that was checked, UnreadableError where it does
    not open without a password.
    """
    findings = open_findings(data, document)
    if not findings:
        return data
    from unbudget_check.readers.pdf import open_file  # the library is loaded for PDF files only

    opened = open_file(Source(document.path, data, ReadOptions(password=password)))
    try:
        by_page: dict[int, list[tuple[Finding, list[int]]]] = {}
        for finding in at_places(findings):
            found = _PLACE.fullmatch(finding.where.address or "")
            number = int(found[1]) if found else 1
            box = [int(edge) for edge in found.groups()[1:]] if found and found[2] else []
            by_page.setdefault(min(number, len(opened)), []).append((finding, box))
        for number, marks in sorted(by_page.items()):
            page = opened[number - 1]
            for at, (finding, box) in enumerate(marks):
                _mark(page, "\n".join(remarks_of(finding, lang)), finding.severity, box, at)
            page.close()
        return _saved(opened)
    finally:
        opened.close()


def _mark(page: PdfPage, text: str, severity: Severity, box: list[int], at: int) -> None:
    """Add one annotation: a highlight over a box, or a note at the top of the page without one."""
    from pypdfium2 import raw

    kind = raw.FPDF_ANNOT_HIGHLIGHT if box else raw.FPDF_ANNOT_TEXT
    annotation = raw.FPDFPage_CreateAnnot(page.raw, kind)
    if not box:
        left, _, _, top = map(int, page.get_mediabox())
        box = [left + at * NOTE_SIZE, top - NOTE_SIZE, left + (at + 1) * NOTE_SIZE, top]
    left, bottom, right, top = box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left, top, right, bottom))
    red, green, blue = COLOURS[severity]
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
    if kind == raw.FPDF_ANNOT_HIGHLIGHT:
        corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, value in ((b"Contents", text), (b"T", AUTHOR)):
        wide = (value + "\0").encode("utf-16-le")
        buffer = ctypes.create_string_buffer(wide, len(wide))
        pointer = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFAnnot_SetStringValue(annotation, key, pointer)
    raw.FPDFPage_CloseAnnot(annotation)


def _saved(opened: PdfDocument) -> bytes:
    """The file with what was added behind its own bytes."""
    from pypdfium2 import raw

    buffer = io.BytesIO()
    opened.save(buffer, flags=raw.FPDF_INCREMENTAL)
    return buffer.getvalue()
