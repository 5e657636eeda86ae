"""What a composed document consists of, before any format is chosen: paragraphs and grids.

Two marks inside a text are for the formats to render: ``^a`` at the end of a text is a footnote
mark (a superscript), ``[-old-]{+new+}`` a tracked change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DASH = "–"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``style`` is text, item, heading, caption, part or note.

    ``place`` is how an officer names it: its number and the markers that lead to it, and for a
    caption also its text.
    """

    text: str
    style: str = "text"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of a table's header, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One printed table or part of one: header rows, then rows of printed texts.

    ``number`` is the printed number of the table, ``part`` the ordinal of the part or 0; a row of
    a single text is a heading that spans the table. ``box`` asks the format for a frame around the
    table that a reader has to look into: "control", "nested", or nothing.
    """

    number: str
    header: tuple[tuple[Heading, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    part: int = 0
    box: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its title, what is written across it, and its values as they are stored."""

    title: str
    total: str
    kind: str  # "bar" or "pie"
    categories: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One unit of an organization chart: posts by grade for each source of funds, and their sum."""

    name: str
    note: str
    sources: tuple[str, ...]
    posts: tuple[tuple[str, ...], ...]  # a column of "1 P-4" for each source
    sums: tuple[str, ...]
    total: str


Block = Paragraph | Grid
Piece = Block | Chart | Box


def labelled(block: Piece) -> tuple[Block, ...]:
    """A block as text keeps it: of charts and boxes nothing is left but their labels."""
    if isinstance(block, Chart):
        texts = [block.title, block.total] if block.total else []
    elif isinstance(block, Box):
        longest = max(map(len, block.posts))
        rows = [
            " ".join(column[at] for column in block.posts if at < len(column))
            for at in range(longest)
        ]
        texts = [block.name, block.note, " ".join(block.sources), *rows]
        texts += [" ".join(block.sums), block.total]
    else:
        return (block,)
    return tuple(Paragraph(text, "label") for text in texts if text)


def width_of(grid: Grid) -> int:
    """How many columns the table has."""
    return sum(heading.columns for heading in grid.header[0])


def leaves_of(grid: Grid) -> tuple[str, ...]:
    """The lowest heading over each column, without its footnote mark."""
    leaves = [""] * width_of(grid)
    open_rows = [0] * width_of(grid)
    for depth, row in enumerate(grid.header):
        free = [at for at in range(len(leaves)) if open_rows[at] <= depth]
        for heading in row:
            for _ in range(heading.columns):
                at = free.pop(0)
                leaves[at] = split_mark(heading.text)[0]
                open_rows[at] = depth + heading.rows
    return tuple(leaves)


def split_mark(text: str) -> tuple[str, str]:
    """A text and its footnote mark, if it has one."""
    body, _, mark = text.partition("^")
    return body, mark


def accepted(text: str) -> str:
    """A text as it stands once its tracked changes are accepted."""
    return re.sub(r"\[-.*?-\]|\{\+(.*?)\+\}", r"\1", text)


def plain(text: str) -> str:
    """A text as a program sees it that knows neither superscripts nor tracked changes."""
    return accepted(text).replace("^", "")


def tenths(value: int) -> str:
    """A number of tenths as print shows it: groups of three, brackets for minus, a dash for nil."""
    if not value:
        return DASH
    text = f"{abs(value) // 10:,}.{abs(value) % 10}".replace(",", " ")
    return f"({text})" if value < 0 else text


def count(value: int) -> str:
    """A whole number as print shows it."""
    if not value:
        return DASH
    return f"({-value})" if value < 0 else str(value)


def percent(part: int, base: int) -> str:
    """``part`` over ``base`` in per cent with one digit, halves away from zero; a dash for nil."""
    if not base:
        return DASH
    size = (2000 * abs(part) + base) // (2 * base)
    return tenths(-size if part < 0 else size)
