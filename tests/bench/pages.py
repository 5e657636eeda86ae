"""Speed of reading PDF files, beside what PDFium itself takes for the text with a box a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from tests.bench.stopwatch import against_target, medians
from tests.compose.cases import compose_pdf
from unbudget_check.readers.pdf import read
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = 2.5  # of the cost of PDFium's text and boxes
RUNS = 5


def letters_and_boxes(data: bytes) -> int:
    """What it costs to ask pypdfium2 for the text of a file and where each letter stands."""
    document = pypdfium2.PdfDocument(data)
    count = 0
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for at in range(text.count_chars()):
            text.get_charbox(at)
            count += 1
        text.close()
        page.close()
    document.close()
    return count


def ratio_for(data: bytes) -> tuple[float, float]:
    """Milliseconds a page of reading a file, and how many times PDFium's own cost that is."""
    times = medians(
        {
            "pdfium": lambda: letters_and_boxes(data),
            "reader": lambda: read(Source("a.pdf", data)),
        },
        RUNS,
    )
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    return 1000 * times["reader"] / pages, times["reader"] / times["pdfium"]


def report() -> Iterator[str]:
    """The composed section, page by page."""
    each, ratio = ratio_for(compose_pdf(()))
    yield "PDF files"
    yield f"  a page takes {each:.1f} ms"
    yield against_target("beside pypdfium2's text with boxes (times)", ratio, TARGET)
