"""Random nested tables whose totals are built from their parts, as text that looks like print."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.compose.printed import tenths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Words that no language file lists: nothing in them reminds of a total or of a heading.
WORDS = st.text("bdfgkmpvz", min_size=3, max_size=8).map(str.capitalize)
CHANGES = ("Technical adjustments", "New/expanded mandates", "Other", "Total", "Percentage")
VARIANCE = ("2024 expenditure", "2025 approved", *CHANGES, "2026 estimate")
SPENT, BASE, TECHNICAL, MANDATES, OTHER, CHANGE, PERCENTAGE, PROPOSED = range(8)


@dataclass(frozen=True, slots=True)
class Node:
    """An item with its figures, or a total with the nodes that it adds up; each with a word."""

    word: str
    figures: tuple[int, ...]
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; ``parts`` are the positions of the rows that it adds up."""

    label: str
    figures: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()


@st.composite
def nodes(
    draw: st.DrawFn, leaf: st.SearchStrategy[tuple[int, ...]], depth: int = 3, widest: int = 4
) -> Node:
    """A total over two or more nodes, nested up to ``depth`` levels."""
    parts = tuple(
        draw(nodes(leaf, depth - 1, widest))
        if depth > 1 and draw(st.integers(0, 2)) == 0
        else Node(draw(WORDS), draw(leaf))
        for _ in range(draw(st.integers(2, widest)))
    )
    return Node(draw(WORDS), added(part.figures for part in parts), parts)


def amounts(least: int, most: int, columns: int) -> st.SearchStrategy[tuple[int, ...]]:
    """The figures of an item, all of them positive."""
    return st.tuples(*[st.integers(least, most)] * columns)


def telling(columns: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Figures that nothing but a sum explains: large, hardly ever round, no column like another."""
    least = (1_234_567, 2_718_281, 5_772_156, 8_413_399, 6_180_339)[:columns]
    return st.tuples(*(st.integers(low, low + 999_999) for low in least))


@st.composite
def changes(draw: st.DrawFn, most: int = 99_999) -> tuple[int, ...]:
    """Expenditure, appropriation and three factors of a change, many of them nil."""
    factor = st.one_of(st.just(0), st.integers(-most // 10, most // 10))
    spent, base = draw(st.integers(0, most)), draw(st.integers(most // 5, most))
    return spent, base, *(draw(factor) for _ in range(3))


def added(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The sum of rows of equal length, column by column."""
    return tuple(map(sum, zip(*rows, strict=True)))


def lettered(node: Node) -> list[Row]:
    """The rows of a tree as programmes print it: A., 1., Subtotal, 1, Subtotal, A, Total."""
    rows: list[Row] = []
    marks = [iter(string.ascii_uppercase), iter(map(str, range(1, 1000)))]

    def put(inner: Node, level: int) -> int:
        if not inner.parts:
            rows.append(Row(inner.word, inner.figures))
            return len(rows) - 1
        mark = next(marks[level - 1]) if level else ""
        if level:
            rows.append(Row(f"{mark}. {inner.word}"))
        parts = tuple(put(part, level + 1) for part in inner.parts)
        rows.append(Row(f"Subtotal, {mark}" if level else "Total", inner.figures, parts))
        return len(rows) - 1

    put(node, 0)
    return rows


def unnamed(node: Node) -> list[Row]:
    """The rows of a tree where no word says which of them are totals."""
    rows: list[Row] = []

    def put(inner: Node) -> int:
        parts = tuple(map(put, inner.parts))
        rows.append(Row(inner.word, inner.figures, parts))
        return len(rows) - 1

    put(node)
    return rows


def plain(node: Node) -> list[Row]:
    """The rows of a tree whose totals are called Subtotal and Total, and nothing else."""
    rows = unnamed(node)
    named = [replace(row, label="Subtotal") if row.parts else row for row in rows]
    return [*named[:-1], replace(named[-1], label="Total")]


def with_changes(rows: Sequence[Row]) -> list[Row]:
    """Rows of five figures completed to the eight of a variance table."""
    return [replace(row, figures=_completed(row.figures)) for row in rows]


def _completed(figures: tuple[int, ...]) -> tuple[int, ...]:
    if not figures:
        return ()
    change = sum(figures[TECHNICAL:])
    return *figures, change, share(change, figures[BASE]), figures[BASE] + change


def share(part: int, base: int) -> int:
    """``part`` over ``base`` in tenths of a per cent, halves away from zero; 0 over nothing."""
    size = (2000 * abs(part) + abs(base)) // (2 * abs(base)) if base else 0
    return -size if (part < 0) != (base < 0) else size


def written(
    rows: Sequence[Row], headings: Sequence[str], show: Callable[[int], str] = tenths
) -> str:
    """The table as text; rows without figures are headings."""
    blank = [""] * len(headings)
    texts = [(row.label, *(map(show, row.figures) if row.figures else blank)) for row in rows]
    return "\n".join(" | ".join(row) for row in [("Item", *headings), *texts])


def written_variance(
    rows: Sequence[Row], order: Sequence[int] = range(8), show: Callable[[int], str] = tenths
) -> str:
    """A variance table as text, its columns in some order."""
    texts = []
    for row in rows:
        cells = [show(figure) for figure in row.figures] or [""] * len(VARIANCE)
        cells[PERCENTAGE] = tenths(row.figures[PERCENTAGE]) if row.figures else ""
        texts.append((row.label, *(cells[at] for at in order)))
    header = ("Item", *(VARIANCE[at] for at in order))
    return "\n".join(" | ".join(row) for row in [header, *texts])


def moved(rows: Sequence[Row], at: int, column: int, change: int) -> list[Row]:
    """The same rows with one figure changed and nothing else."""
    figures = list(rows[at].figures)
    figures[column] += change
    return [*rows[:at], replace(rows[at], figures=tuple(figures)), *rows[at + 1 :]]


def address(at: int, column: int) -> str:
    """Where a figure stands in a table that was written with one row of headings."""
    return f"table 1, row {at + 2}, cell {column + 2}"


def years(columns: int) -> list[str]:
    """Headings that say no more than a year."""
    return [str(2020 + at) for at in range(columns)]
