"""Columns that are still set one under the other: the right edges of their figures tell them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.text_cuts import WIDE, cut
from unbudget_check.readers.text_words import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_cuts import Span, Tail

# A closing bracket may hang over the edge of its column by one place.
LOOSE = 1
ENOUGH = 2  # rows that must line up


def edges_of(rows: Sequence[tuple[str, Tail]], count: int) -> tuple[int, ...]:
    """The right edges of the columns; () where the rows are not set in columns.

    Text without layout may line up by chance, when labels and figures are equally long; so the
    labels must differ in length.
    """
    full = [(text, tail) for text, tail in rows if tail.fewest == count == tail.most and tail.atoms]
    labels = {width(text[: tail.atoms[0].start].rstrip()) for text, tail in full}
    if len(full) < ENOUGH or count < ENOUGH or len(labels) < ENOUGH:
        return ()
    ends = [_figure_ends(text, tail, count) for text, tail in full]
    columns = list(zip(*ends, strict=True))
    if any(max(column) - min(column) > LOOSE for column in columns):
        return ()
    edges = tuple(max(column) for column in columns)
    return edges if min(b - a for a, b in pairwise(edges)) > LOOSE + 1 else ()


def lone_edges(text: str, tail: Tail) -> tuple[int, ...]:
    """The right edges that a single row suggests, where all of its gaps are wide."""
    wide = all(atom.gap >= WIDE for atom in tail.atoms if not atom.groups)
    if tail.fewest != tail.most or tail.fewest < ENOUGH or not wide:
        return ()
    return _figure_ends(text, tail, tail.fewest)


def by_edges(text: str, tail: Tail, edges: Sequence[int]) -> tuple[Span | None, ...] | None:
    """The atoms that make up each column's figure, by where they end; None where one is astray."""
    homes = [_home(end, edges) for end in _ends(text, tail)]
    if not homes or homes[-1] is None:
        return None
    spans: list[Span | None] = [None] * len(edges)
    joinable = {pair.at for pair in tail.regular} | set(tail.irregular)
    first = 0
    for at, home in enumerate(homes):
        if home is None and at not in joinable:
            return None
        if home is None:
            continue
        if spans[home] is not None:
            return None
        spans[home] = (first, at)
        first = at + 1
    return tuple(spans)


def _figure_ends(text: str, tail: Tail, count: int) -> tuple[int, ...]:
    cuts = cut(tail, 0, count)
    ends = _ends(text, tail)
    return tuple(ends[last] for _, last in next(cuts.spans())) if cuts else ()


def _ends(text: str, tail: Tail) -> tuple[int, ...]:
    """The place on the page where each atom ends."""
    if text.isascii():
        return tuple(atom.end for atom in tail.atoms)
    return tuple(width(text[: atom.end]) for atom in tail.atoms)


def _home(end: int, edges: Sequence[int]) -> int | None:
    return next((at for at, edge in enumerate(edges) if abs(edge - end) <= LOOSE), None)
