"""Writes the blocks as text taken from a PDF: no borders, broken headers, page furniture."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from tests.compose.printed import (
    DASH,
    Grid,
    Heading,
    Paragraph,
    Piece,
    accepted,
    labelled,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDE_DASH = "—"
PAGE = 46  # printed rows between two page breaks
WIDTH = 84  # letters of a printed row of running text; an ideograph takes the place of two
# What stays together where any two ideographs may be parted: words, and figures with their groups.
UNPARTED = re.compile(r"[!-~]+(?: (?=\d{3}(?!\d))\d{3})*|.")


def render_pdf_text(blocks: Iterable[Piece], furniture: Sequence[str], dash: str = DASH) -> bytes:
    """The text; ``furniture`` interrupts it at every page, ``dash`` is printed for nil."""
    rows: list[str] = []
    page = 1
    full = PAGE
    for row, is_kept in _rows(blocks, dash):
        if len(rows) >= full and not is_kept:
            rows += [f"{said.format(page=page)} " for said in furniture]
            page += 1
            full = len(rows) + PAGE
        rows.append(row)
    return "".join(f"{row}\n\n" for row in rows).encode("utf-8")


def _rows(blocks: Iterable[Piece], dash: str) -> Iterator[tuple[str, bool]]:
    """Printed rows, and whether each is kept on the page of the one above, as typesetters do.

    Captions, headers and the first row of a table stay together; a table may break further down.
    """
    is_kept = False
    for block in (piece for each in blocks for piece in labelled(each)):
        if isinstance(block, Paragraph):
            for piece in _wrapped(_apart(block.text)):
                yield piece, is_kept
                is_kept = True
            is_kept = block.style in {"caption", "part", "label"}
            continue
        for row in _broken_header(block):
            yield f"{row} ", is_kept
            is_kept = True
        first, *others = _borderless(block, dash)
        yield f"{first} ", True
        yield from ((f"{row} ", False) for row in others)
        is_kept = False


def _wrapped(text: str) -> Iterator[str]:
    """The rows of a paragraph; only the last ends with a blank, as programs write that read PDF."""
    if not any(map(_is_wide, text)):
        *rows, last = textwrap.wrap(text, WIDTH)
        yield from (*rows, f"{last} ")
        return
    row, room = "", WIDTH
    for token in UNPARTED.findall(text):
        needs = sum(1 + _is_wide(letter) for letter in token)
        if needs > room and not _closes(token):
            yield row.rstrip()
            row, room = "", WIDTH
        row += token
        room -= needs
    yield f"{row} "


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}


def _closes(token: str) -> bool:
    """Whether a token is a mark that begins no row."""
    return unicodedata.category(token[0]) in {"Pe", "Po"}


def _borderless(grid: Grid, dash: str) -> Iterator[str]:
    """The rows with a blank between cells; empty cells are gone, long lists fall over two rows."""
    lead = "   " * width_of(grid)  # what is left of the spacer row
    for row in grid.rows:
        texts = [_apart(dash if text == DASH else text) for text in row]
        text = " ".join(filter(None, texts))
        is_list = not texts[-1][-1:].isdigit() and "," in texts[-1] + "、"
        pieces = textwrap.wrap(text, WIDTH) if is_list and len(row) > 1 else [text]
        yield from [lead + pieces[0], *pieces[1:]]
        lead = ""


def _broken_header(grid: Grid) -> Iterator[str]:
    """Header cells one below the other, in pieces; a short one ends on the row of its neighbour."""
    for heading in (heading for row in grid.header for heading in row if heading.columns > 1):
        yield f"   {heading.text}"
    label, *others = _leaves_in_order(grid)
    if label.text:
        yield label.text
    held = ""
    for heading in others:
        first, *rest = _pieces(heading.text)
        if not rest and held:
            held += f" {first}"
            continue
        if held:
            yield held
        yield from [first, *rest][:-1]
        held = [first, *rest][-1]
    yield held


def _leaves_in_order(grid: Grid) -> Iterator[Heading]:
    below = [heading for row in grid.header[1:] for heading in row]
    for heading in grid.header[0]:
        if heading.columns == 1:
            yield heading
        else:
            yield from below


def _pieces(text: str) -> list[str]:
    """A heading as a narrow column breaks it; a year and its sign stay together."""
    return re.split(r"(?<=\D) |(?<=\d{4}) (?=[a-z])", _apart(text), maxsplit=1)


def _apart(text: str) -> str:
    """A text with tracked changes accepted and its footnote mark standing apart."""
    return accepted(text).replace("^", " ").strip()
