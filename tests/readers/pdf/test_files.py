"""What is wrong with a PDF file, or not read of it, is said in one sentence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.compose.pdf import render_pdf
from tests.readers.drawing import draw
from tests.readers.pdf.test_reading import BLOCKS, ROWS, read_pdf
from unbudget_check.engine import check
from unbudget_check.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


WORD = "spring tide"


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    """A file with these pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(canvas: Canvas) -> None:
    for at in range(30):
        canvas.drawString(60, 760 - 20 * at, f"7.{at} The quays were dredged once more.")


def scan(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawInlineImage(Image.new("L", (40, 60), 200), 0, 0, *A4)


def scan_with_text(canvas: Canvas) -> None:
    scan(canvas)
    words = canvas.beginText(60, 700)
    words.setTextRenderMode(3)
    words.textLine("Total of all quays, as a program believes to have recognised: 12 345")
    canvas.drawText(words)


def nothing(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)


def beyond_the_page(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawString(60, -40, "What was left beside the page by whoever set it")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 no such file", "not a PDF file"),
        (b"%PDF-1.7\n%%EOF", "is damaged"),
        (render_pdf(BLOCKS)[:2000], "is damaged"),
        (drawn(nothing), "has no page with text"),
        (drawn(scan, scan), "only pictures of pages"),
        (drawn(scan_with_text), "only pictures of pages"),
        (render_pdf(BLOCKS, password=WORD), "is protected by a password"),
    ],
    ids=["empty", "other", "short", "cut", "blank", "scanned", "recognised", "protected"],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_pdf(data)


def test_a_password_opens_a_file() -> None:
    data = render_pdf(BLOCKS, password=WORD)
    assert draw(read_pdf(data, password=WORD))[-4:-1] == ROWS
    with pytest.raises(UnreadableError, match="does not open with this password"):
        read_pdf(data, password=WORD[::-1])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (scan, "page 2 is a picture"),
        (scan_with_text, "page 2 is a picture"),
        (beyond_the_page, "page 2 contains invisible text"),
    ],
    ids=["scanned", "recognised", "beside"],
)
def test_what_is_not_read_of_a_page_is_said(
    page: Callable[[Canvas], None], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn(text, page, text))
    (document,) = check([str(path)]).documents
    assert [said in each.reason for each in document.coverage.remarks] == [True]
