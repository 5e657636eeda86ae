"""A copy of a PDF file: the original before the marks, which say what was found and where."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from unbudget_check.engine import check
from unbudget_check.reporters.office.pdf import mark_pdf

if TYPE_CHECKING:
    from pathlib import Path


def marks_in(data: bytes) -> list[tuple[int, int, str]]:
    """Page, kind and text of every annotation."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            mark = raw.FPDFPage_GetAnnot(page.raw, at)
            size = raw.FPDFAnnot_GetStringValue(mark, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(size)
            wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
            raw.FPDFAnnot_GetStringValue(mark, b"Contents", wide, size)
            text = buffer.raw.decode("utf-16-le").rstrip("\0")
            found.append((number, raw.FPDFAnnot_GetSubtype(mark), text))
            raw.FPDFPage_CloseAnnot(mark)
        page.close()
    document.close()
    return found


def test_every_finding_is_marked_on_its_page_and_nothing_else_changes(project: Path) -> None:
    path = project / "sample_data" / "broken" / "pdf" / "section-40.pdf"
    data = path.read_bytes()
    (document,) = check([str(path)]).documents
    copy = mark_pdf(data, document)
    assert copy.startswith(data)
    marks = marks_in(copy)
    assert len(marks) == len(document.findings) > 10
    assert [str(page) for page, _, _ in marks] == sorted(
        (each.where.page or "" for each in document.findings), key=int
    )
    assert {kind for _, kind, _ in marks} == {raw.FPDF_ANNOT_HIGHLIGHT}
    texts = [text for _, _, text in marks]
    assert all(any(each.code in text for text in texts) for each in document.findings)


def test_a_file_without_findings_is_copied_as_it_is(project: Path) -> None:
    path = project / "sample_data" / "clean" / "pdf" / "section-40.pdf"
    (document,) = check([str(path)]).documents
    assert mark_pdf(path.read_bytes(), document) == path.read_bytes()
