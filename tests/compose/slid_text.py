"""Writes the blocks as text saved from Word: tabs between cells, and headers that slid.

A merged header cell is written once, so that what stands right of it slides to the left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.printed import Grid, Paragraph, Piece, labelled, plain, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def render_slid_text(blocks: Iterable[Piece]) -> bytes:
    """The text, with an empty row above every paragraph."""
    rows: list[str] = []
    for block in (piece for each in blocks for piece in labelled(each)):
        if isinstance(block, Paragraph):
            rows += ["", plain(block.text)]
            continue
        columns = width_of(block)
        rows += [*_slid_header(block), "\t" * (columns - 1)]
        for row in block.rows:
            rows.append("\t".join((*map(plain, row), *[""] * (columns - len(row)))))
    return ("\n".join(rows[1:]) + "\n").encode("utf-8")


def _slid_header(grid: Grid) -> list[str]:
    """Each header row as its cells stand in the file; cells continued from above stay, empty."""
    continued = 0
    rows = []
    for row in grid.header:
        rows.append("\t".join([""] * continued + [plain(heading.text) for heading in row]))
        spans = [at for at, heading in enumerate(row) if heading.columns > 1]
        continued = spans[0] if spans else 0
    return rows
