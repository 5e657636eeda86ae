"""Lay out text in terminal columns: widths, wrapping, styled lines, fitted excerpts.

Rows of styled text as one string, with colours or without; nothing is wrapped or marked up.

Which rows and columns of an excerpt are drawn, and how wide, so that it fits a terminal.

Labels and words may be cut, columns far from the stated cell may be left out; figures never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console

from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text

    from unbudget_check.model.finding import Excerpt


ELLIPSIS = "…"
# Between ideographs a row may end anywhere, but not before what closes or after what opens.
WIDE, CLOSING, OPENING = (
    r"\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff",
    "，。、；：！？）》」』】",
    "（《「『【",
)
BETWEEN = re.compile(
    rf"(?<=[{WIDE}{CLOSING}])(?![{CLOSING}”’)\],.;:%\s])"
    rf"|(?=[{WIDE}{OPENING}])(?<![{OPENING}“‘”(\[\s\d])"
)
# A space between two digits belongs to one printed figure, and one behind a digit to what it
# counts in Chinese; at any other a row may end.
BREAK = re.compile(rf"(?<!\d) | (?![\d{WIDE}])")

LABEL_LEAST, LABEL_KEPT, LABEL_MOST = 14, 28, 44
WORDS_MOST, MARKED_WORDS_MOST = 22, 44
HEADING_LEAST = 14
ROWS_MOST = 15
GAP = 2
STATED = "->"
MARKS = {1: "+", -1: "-"}  # any other part of a proof: OTHER
OTHER = "*"


def cut(text: str, width: int) -> str:
    """Text of at most this width, 1 or more; what is cut off shows as an ellipsis."""
    if cell_len(text) <= width:
        return text
    kept = _head(text, width - 1)
    return (kept.rstrip() if cell_len(kept) < width else "") + ELLIPSIS


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Text as rows of at most this width, broken between words but never inside a figure."""
    rows, row = [], ""
    for space, word in _pieces(text):
        joined = f"{row}{space}{word}" if row else word
        if cell_len(joined) <= width:
            row = joined
            continue
        if row:
            rows.append(row.rstrip())
        row = word
        while cell_len(row) > width:
            head = _head(row, width)
            rows.append(head)
            row = row[len(head) :]
    return (*rows, row) if row or not rows else tuple(rows)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What a row may end behind: words, and ideographs, with the space before each."""
    for word in BREAK.split(text):
        first, *others = BETWEEN.split(word)
        yield " ", first
        yield from (("", piece) for piece in others if piece)


def hung(text: str, width: int, *, indent: int = 0, hanging: int = 0) -> tuple[str, ...]:
    """A paragraph of at most this width, indented; its further rows by ``hanging`` more."""
    rows = wrapped(text, width - indent - hanging) if text else ()
    return tuple(
        " " * (indent + (hanging if number else 0)) + row for number, row in enumerate(rows)
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Text filled up with spaces to this width, on its left where ``right`` is true."""
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def _head(text: str, width: int) -> str:
    """The longest beginning of a text that fits, at least one character."""
    used = 0
    for count, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[: max(count, 1)]
    return text


def drawn(rows: Iterable[Text], *, color: bool) -> str:
    """All rows as they stand, each closed by a newline; without colours there is no style."""
    console = Console(
        file=StringIO(),
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for row in rows:
            console.print(row, soft_wrap=True, highlight=False)
    return capture.get()


@dataclass(frozen=True, slots=True)
class ExcerptGrid:
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


def prepare(excerpt: Excerpt) -> ExcerptGrid:
    """The excerpt as safe text with its marks; long words are cut, less so in marked cells."""
    signs = excerpt.signs or (0,) * len(excerpt.parts)
    marks = {part: MARKS.get(sign, OTHER) for part, sign in zip(excerpt.parts, signs, strict=True)}
    marks[excerpt.stated] = STATED
    cells = tuple(
        tuple(_cell(text, row, column, marks) for column, text in enumerate(texts))
        for row, texts in enumerate(excerpt.rows)
    )
    return ExcerptGrid(tuple(map(shown, excerpt.header)), cells, marks, excerpt.stated)


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


def fit_columns(grid: ExcerptGrid, rows: Sequence[int], width: int) -> tuple[Pillar, ...]:
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


def _pillar(grid: ExcerptGrid, rows: Sequence[int], column: int) -> Pillar:
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
