"""Text files -> Document: tables set with tabs, and text from a PDF that lost its borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.languages import detect_language, language_codes
from unbudget_check.model.document import Document
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.text_blocks import blocks_of
from unbudget_check.readers.text_idiom import idiom_of
from unbudget_check.readers.text_pages import find_symbol, printed_lines

if TYPE_CHECKING:
    from unbudget_check.readers.source import Source

# Characters from which the language is told.
SAMPLE = 8_000


def read(source: Source) -> Document:
    """The paragraphs and tables of a text file; raises UnreadableError where it is no text."""
    text = decode(source.data, source.path)
    language = source.options.language
    if language not in language_codes():
        language = detect_language(text[:SAMPLE])
    blocks = tuple(blocks_of(printed_lines(text), idiom_of(language)))
    return Document(source.path, source.sha256, blocks, find_symbol(text), language)
