"""Web pages and Markdown (.html, .xhtml, .mht, .md): what a browser shows, in reading order.

``pages.py`` finds the characters of a page in its file, ``tree.py`` parses and mends it,
``styles.py`` knows what its own styles hide, and ``walk.py`` takes paragraphs and tables from it.
Scripts never run, and nothing is fetched. An address is an XPath, as in a browser's own tools.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from unbudget_check.model.document import Document, Paragraph
from unbudget_check.model.message import saying, some_of
from unbudget_check.readers.fenced import TreeParts
from unbudget_check.readers.flow import blocks_of
from unbudget_check.readers.html.pages import page_of
from unbudget_check.readers.html.tree import mend, unmended
from unbudget_check.readers.html.walk import walk_page
from unbudget_check.readers.split_tables import put_together
from unbudget_check.readers.text.pages import NEAR_TOP, find_symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml import etree

    from unbudget_check.model.document import Block
    from unbudget_check.model.message import Message
    from unbudget_check.readers.html.walk import Walk
    from unbudget_check.readers.source import Source


def read(source: Source) -> Document:
    """A web page as a Document; raises UnreadableError where it is none."""
    return prepare(source)()


def prepare(source: Source) -> Callable[[], Document]:
    """Parse the page, and leave the reading for later: parsing keeps the interpreter free."""
    return _opened(source)[1]


def parts_of(source: Source) -> TreeParts:
    """The page in paragraphs and tables, each of which can be left out."""
    return TreeParts(source, _opened)


def _opened(source: Source) -> tuple[etree._Element, Callable[[], Document]]:
    page = page_of(source)
    root = unmended(page.text, source.path)

    def read() -> Document:
        mend(root)
        return _read(source, root, page.lines)

    return root, read


def _read(source: Source, root: etree._Element, lines: Mapping[str, int]) -> Document:
    found = walk_page(root, source.options.revisions, lines)
    blocks = put_together(blocks_of(found.items, unframed=True))
    symbol = find_symbol("\n".join(islice(_texts(blocks), NEAR_TOP)))
    return Document(source.path, source.sha256, blocks, symbol, remarks=tuple(_remarks(found)))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """The texts of a page on one line each."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield " ".join(block.text.split())
        else:
            yield from (" ".join(cell.text.split()) for row in block.rows for cell in row)


def _remarks(found: Walk) -> Iterator[Message]:
    for name, places in (
        ("page-hidden", found.hidden),
        ("page-struck", found.struck),
        ("page-framed", found.framed),
    ):
        if places:
            yield saying(name, count=len(places), places=some_of(places))
