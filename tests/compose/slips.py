"""Plants what a case asks for: one printed text in place of another, at a printed address.

A slip says where (table, part, row, column as printed, ``nth`` where a label stands twice), what
stood there (``was``, so that no slip can miss its cell unnoticed) and what is ``printed`` instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.compose.printed import Grid, leaves_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.compose.printed import Block


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


def slip_of(entry: Mapping[str, Any]) -> Slip:
    """A slip as ``findings.toml`` writes it; tables are named there as they are printed."""
    return Slip(**{**entry, "table": entry["table"].rpartition(".")[2]})


def plant(blocks: Iterable[Block], slips: Iterable[Slip]) -> tuple[Block, ...]:
    """The blocks with every slip in its place; raises LookupError for a slip without a place."""
    planted = list(blocks)
    for slip in slips:
        at = _place_of(planted, slip)
        grid = planted[at]
        if isinstance(grid, Grid):
            planted[at] = replace(grid, rows=_rows_with(grid, slip))
    return tuple(planted)


def boxed(blocks: Iterable[Block], boxes: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks with a frame around the tables of these numbers."""
    return tuple(
        replace(block, box=boxes.get(block.number, "")) if isinstance(block, Grid) else block
        for block in blocks
    )


def _place_of(blocks: list[Block], slip: Slip) -> int:
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
