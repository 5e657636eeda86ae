"""PDF files -> Document: words, rules and tables of every page, put together over the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from unbudget_check.lexicon import detect_language, language_codes
from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.message import saying, some_of
from unbudget_check.readers.pdf.document import blocks_of
from unbudget_check.readers.pdf.pages import Page, arrange
from unbudget_check.readers.pdf.rules import read_rules
from unbudget_check.readers.pdf.segments import text_of
from unbudget_check.readers.pdf.words import read_words, set_lines
from unbudget_check.readers.text.pages import find_symbol

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from unbudget_check.model.message import Message
    from unbudget_check.readers.fenced import Path
    from unbudget_check.readers.source import Source

SAMPLE = 8_000  # characters from which the language is detected
MOST_PAGES = 10_000
BEGINNING = 1024  # bytes in which a PDF file says that it is one
LARGE_PART = 0.25  # of a page: a picture that may hold its text
SOME_LETTERS = 20  # on a page, or more than a tenth of all: worth saying that they are not read


def read(source: Source) -> Document:
    """The paragraphs and tables of a PDF file; raises UnreadableError where there are none."""
    return _read(source, ())


@dataclass(frozen=True, slots=True)
class PageParts:
    """A PDF file in pages, each of which can be left out."""

    source: Source

    def read(self, without: Sequence[Path]) -> Document:
        """The file without some of its pages."""
        return _read(self.source, [number for (number,) in without])

    def below(self, path: Path) -> int:
        """How many pages there are."""
        if path:
            return 0
        opened = open_file(self.source)
        try:
            return len(opened)
        finally:
            opened.close()

    def text(self, path: Path) -> str:
        """The number of a page, as programs show it."""
        return f"p. {path[0] + 1}"


def parts_of(source: Source) -> PageParts:
    """The file in pages."""
    return PageParts(source)


def _read(source: Source, without: Container[int]) -> Document:
    opened = open_file(source)
    try:
        pages = list(_pages(opened, source, without))
        attached = opened.count_attachments()
    finally:
        opened.close()
    _refuse_textless(pages, source.path)
    arrange(pages)
    words = "\n".join(text_of(line.words) for page in pages for line in page.text.lines)
    language = source.options.language
    if language not in language_codes():
        language = detect_language(words[:SAMPLE])
    running = "\n".join(text_of(line.words) for page in pages for line in page.running)
    symbol = find_symbol(running) or find_symbol(words)
    blocks = blocks_of(pages, language)
    remarks = [*_remarks(pages)]
    if attached:
        remarks.append(saying("pdf-attached", count=attached))
    return Document(
        source.path, source.sha256, tuple(blocks), symbol, language, remarks=tuple(remarks)
    )


def open_file(source: Source) -> pypdfium2.PdfDocument:
    """The file, opened with its password; raises UnreadableError where it is no PDF file."""
    path = source.path
    if not source.data:
        raise unreadable(saying("file-empty", path=path))
    if b"%PDF-" not in source.data[:BEGINNING]:
        raise unreadable(saying("file-no-pdf", path=path))
    password = source.options.password
    try:
        opened = pypdfium2.PdfDocument(source.data, password=password or None)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            name = "file-password-wrong" if password else "file-password-pdf"
            raise unreadable(saying(name, path=path)) from error
        raise unreadable(saying("file-damaged", path=path)) from error
    count = len(opened)
    if 0 < count <= MOST_PAGES:
        return opened
    opened.close()
    if count:
        raise unreadable(saying("file-many-pages", path=path, limit=MOST_PAGES))
    raise unreadable(saying("file-no-pages", path=path))


def _pages(
    opened: pypdfium2.PdfDocument, source: Source, without: Container[int]
) -> Iterator[Page]:
    """What every page prints and draws, but for some, counted from 0."""
    for number in range(len(opened)):
        if number in without:
            continue
        try:
            page = opened[number]
        except pypdfium2.PdfiumError as error:
            raise unreadable(saying("file-damaged", path=source.path)) from error
        text = read_words(page)
        drawn = read_rules(page, text.frame)
        set_lines(text, [*drawn.shapes, *drawn.pictures])
        yield Page(number + 1, text, drawn)
        page.close()


def _refuse_textless(pages: Sequence[Page], path: str) -> None:
    """Refuse a file in which nothing is text that somebody sees."""
    if any(page.text.lines or page.text.turned for page in pages):
        return
    if any(page.drawn.pictures for page in pages):
        raise unreadable(saying("file-scanned", path=path))
    raise unreadable(saying("file-no-pages", path=path))


def _remarks(pages: Sequence[Page]) -> Iterator[Message]:
    """What was not read of some pages, and why."""
    pictures = [page for page in pages if not page.text.lines and _is_pictured(page)]
    hidden = [page for page in pages if page not in pictures and _is_much(page.text.hidden, page)]
    unmapped = [page for page in pages if page.text.unmapped]
    drawings = [page for page in pages if page.pictured]
    named = (
        ("pdf-pictures", pictures),
        ("pdf-hidden", hidden),
        ("pdf-unmapped", unmapped),
        ("pdf-drawings", drawings),
        ("pdf-spoiled", [page for page in pages if page.spoiled]),
    )
    for name, found in named:
        if found:
            numbers = some_of([str(page.number) for page in found])
            yield saying(name, count=len(found), pages=numbers)


def _is_pictured(page: Page) -> bool:
    frame = page.text.frame
    least = LARGE_PART * frame.width * frame.height
    return any((x1 - x0) * (y1 - y0) >= least for x0, y0, x1, y1 in page.drawn.pictures)


def _is_much(letters: int, page: Page) -> bool:
    return letters > SOME_LETTERS or 10 * letters > page.text.letters > 0
