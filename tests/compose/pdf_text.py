"""Writes the blocks as text taken from a PDF: no borders, broken headers, page furniture."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from tests.compose.printed import DASH, Block, Grid, Heading, Paragraph, accepted, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDE_DASH = "—"
PAGE = 46  # printed rows between two page breaks
WIDTH = 84  # letters of a printed row of running text


def render_pdf_text(blocks: Iterable[Block], furniture: Sequence[str], dash: str = DASH) -> bytes:
    """The text; ``furniture`` interrupts it at every page, ``dash`` is printed for nil."""
    rows: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            rows += textwrap.wrap(_apart(block.text), WIDTH)
        else:
            rows += [*_broken_header(block), *_borderless(block, dash)]
    paged: list[str] = []
    for at, row in enumerate(rows):
        if at and at % PAGE == 0:
            paged += [said.format(page=at // PAGE) for said in furniture]
        paged.append(row)
    return "".join(f"{row} \n\n" for row in paged).encode("utf-8")


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
