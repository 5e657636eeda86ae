"""Plants what a case asks for: one printed text in place of another, at a printed address.

A slip says where (table, part, row, column as printed, ``nth`` where a label stands twice), what
stood there (``was``, so that no slip can miss its cell unnoticed) and what is ``printed`` instead.
A wording does the same for a piece of a paragraph or of a caption.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.compose.printed import Grid, Paragraph, leaves_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.compose.printed import Piece


@dataclass(frozen=True, slots=True)
class Slip:
    """One printed text to be replaced."""

    table: str
    row: str
    column: str
    was: str
    printed: str
    part: int = 0
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """A piece of running text to be replaced: where it stands, as the paragraph calls itself."""

    place: str
    was: str
    printed: str


def slip_of(entry: Mapping[str, Any]) -> Slip | Wording:
    """A slip as ``findings.toml`` writes it; tables are named there as they are printed."""
    if "place" in entry:
        return Wording(**entry)
    return Slip(**{**entry, "table": entry["table"].rpartition(".")[2]})


def plant(blocks: Iterable[Piece], slips: Iterable[Slip | Wording]) -> tuple[Piece, ...]:
    """The blocks with every slip in its place; raises LookupError for a slip without a place."""
    planted = list(blocks)
    for slip in slips:
        if isinstance(slip, Wording):
            _reword(planted, slip)
            continue
        at = _place_of(planted, slip)
        grid = planted[at]
        if isinstance(grid, Grid):
            planted[at] = replace(grid, rows=_rows_with(grid, slip))
    return tuple(planted)


def boxed(blocks: Iterable[Piece], boxes: Mapping[str, str]) -> tuple[Piece, ...]:
    """The blocks with a frame around the tables of these numbers."""
    return tuple(
        replace(block, box=boxes.get(block.number, "")) if isinstance(block, Grid) else block
        for block in blocks
    )


def _reword(blocks: list[Piece], wording: Wording) -> None:
    """Replace a piece that stands once in the paragraph of this place."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.place == wording.place:
            if block.text.count(wording.was) != 1:
                message = f"{wording} does not fit: {block.text!r}"
                raise LookupError(message)
            blocks[at] = replace(block, text=block.text.replace(wording.was, wording.printed))
            return
    message = f"no paragraph {wording.place}"
    raise LookupError(message)


def _place_of(blocks: list[Piece], slip: Slip) -> int:
    for at, block in enumerate(blocks):
        if isinstance(block, Grid) and (block.number, block.part) == (slip.table, slip.part):
            return at
    message = f"no table {slip.table} part {slip.part}"
    raise LookupError(message)


def _rows_with(grid: Grid, slip: Slip) -> tuple[tuple[str, ...], ...]:
    column = leaves_of(grid).index(slip.column) if slip.column else 0
    places = [at for at, row in enumerate(grid.rows) if row[0] == slip.row]
    at = places[slip.nth - 1]
    row = list(grid.rows[at])
    if row[column] != slip.was:
        message = f"{slip} does not fit: {row[column]!r} stands there"
        raise LookupError(message)
    row[column] = slip.printed
    return (*grid.rows[:at], tuple(row), *grid.rows[at + 1 :])
