"""Which rows and columns of an excerpt are drawn, and how wide, so that it fits a terminal.

Labels and words may be cut, columns far from the stated cell may be left out; figures never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len

from unbudget_check.reporters.layout import cut
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.finding import Excerpt

LABEL_LEAST, LABEL_KEPT, LABEL_MOST = 14, 28, 44
WORDS_MOST, MARKED_WORDS_MOST = 22, 44
HEADING_LEAST = 14
ROWS_MOST = 15
GAP = 2
STATED = "->"
MARKS = {1: "+", -1: "-"}  # any other part of a proof: OTHER
OTHER = "*"


@dataclass(frozen=True, slots=True)
class Grid:
    """An excerpt made ready for drawing: safe texts, and the mark of each marked (row, column)."""

    header: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    marks: Mapping[tuple[int, int], str]
    stated: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pillar:
    """One drawn column: its position (-1 for columns left out), its width, the room for marks."""

    index: int
    width: int
    slot: int = 0


def prepare(excerpt: Excerpt) -> Grid:
    """The excerpt as safe text with its marks; long words are cut, less so in marked cells."""
    signs = excerpt.signs or (0,) * len(excerpt.parts)
    marks = {part: MARKS.get(sign, OTHER) for part, sign in zip(excerpt.parts, signs, strict=True)}
    marks[excerpt.stated] = STATED
    cells = tuple(
        tuple(_cell(text, row, column, marks) for column, text in enumerate(texts))
        for row, texts in enumerate(excerpt.rows)
    )
    return Grid(tuple(map(shown, excerpt.header)), cells, marks, excerpt.stated)


def _cell(text: str, row: int, column: int, marks: Mapping[tuple[int, int], str]) -> str:
    safe = shown(text)
    if column == 0 or not any(map(str.isalpha, safe)):
        return safe
    return cut(safe, MARKED_WORDS_MOST if (row, column) in marks else WORDS_MOST)


def thin_out(count: int, near: int, *, whole: bool) -> list[int]:
    """Positions 0 to ``count``, with the middle of many left out: -n stands for n of them.

    Both ends stay, and whatever is next to ``near``.
    """
    if whole or count <= ROWS_MOST:
        return list(range(count))
    end = ROWS_MOST // 3
    kept = [at for at in range(count) if at < end or at >= count - end or abs(at - near) <= 1]
    chosen = kept[:1]
    for before, at in pairwise(kept):
        missing = at - before - 1
        chosen += [-missing, at] if missing else [at]
    return chosen


def fit_columns(grid: Grid, rows: Sequence[int], width: int) -> tuple[Pillar, ...]:
    """The columns to draw, the label first; none at all where the marked ones alone do not fit."""
    every = [_pillar(grid, rows, column) for column in range(1, len(grid.header))]
    involved = {column for _, column in grid.marks}
    kept = [pillar for pillar in every if pillar.index in involved]
    heading = max(map(cell_len, grid.header[0].split(" ")))
    longest = max((cell_len(grid.cells[row][0]) for row in rows), default=0)
    longest = max(longest, min(heading, LABEL_KEPT))
    least = min(longest, LABEL_LEAST)
    if _used(kept, len(every)) + least > width:
        return ()
    reserved = min(longest, LABEL_KEPT)
    others = [pillar for pillar in every if pillar.index not in involved]
    for pillar in sorted(others, key=lambda each: abs(each.index - grid.stated[1])):
        if _used([*kept, pillar], len(every)) + reserved <= width:
            kept.append(pillar)
    room = width - _used(kept, len(every))
    return (Pillar(0, min(longest, room, LABEL_MOST)), *_with_gaps(kept, len(every)))


def _pillar(grid: Grid, rows: Sequence[int], column: int) -> Pillar:
    marked = [len(mark) for (_, at), mark in grid.marks.items() if at == column]
    slot = 1 + max(marked) if marked else 0
    figures = max((cell_len(grid.cells[row][column]) for row in rows), default=0)
    heading = max(map(cell_len, grid.header[column].split(" ")))
    return Pillar(column, max(figures + slot, min(heading, HEADING_LEAST)), slot)


def _with_gaps(kept: Sequence[Pillar], count: int) -> list[Pillar]:
    """The columns in order, with a narrow one wherever some were left out."""
    drawn: list[Pillar] = []
    last = 0
    for pillar in sorted(kept, key=lambda each: each.index):
        drawn += [Pillar(-1, 1), pillar] if pillar.index > last + 1 else [pillar]
        last = pillar.index
    return [*drawn, Pillar(-1, 1)] if last < count else drawn


def _used(kept: Sequence[Pillar], count: int) -> int:
    return sum(GAP + pillar.width for pillar in _with_gaps(kept, count))
