"""Paragraphs as trees of items: those that stand below them and those within their text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.model.prose import PassageKind
from unbudget_check.understand.text.grammar import folded
from unbudget_check.understand.text.items import Outline, ordinals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.prose import Passage

# The marker of an item within a text; behind a number it belongs to a reference: 83 (c).
_MARKER = re.compile(r"\((?<!\d\s\()(?<![\w(]\()([a-z]{1,2}|[ivx]{1,5})\)\s")
_END = re.compile(r"\.\s+(?=[A-Z\u201c\"])|\u3002")
FEWEST_ITEMS = 2
SPOKEN = (PassageKind.PARAGRAPH, PassageKind.ITEM)


@dataclass(frozen=True, slots=True)
class ItemPiece:
    """A passage, or an item within its text: its own words end at ``head``, its items follow.

    ``is_complete`` says that no marker of the items is missing.
    """

    passage: int
    start: int
    head: int
    end: int
    items: tuple[ItemPiece, ...] = ()
    is_complete: bool = True


def pieces_of(passages: Sequence[Passage]) -> tuple[ItemPiece, ...]:
    """All pieces of the running text, each before its items; what follows a list is one, too."""
    below = _families(passages)
    trees = {each.index: list(_inner(each)) for each in passages if each.kind in SPOKEN}

    def grown(index: int) -> ItemPiece:
        piece = trees[index][0]
        items = tuple(grown(each) for each in below.get(index, ()))
        if not items or piece.items:
            return piece
        complete = _is_complete([passages[each].items[-1:] for each in below[index]])
        return replace(piece, items=items, is_complete=complete)

    # Innermost pieces first would hide nothing: readers look at them in any order.
    found = [grown(index) for index in trees]
    tails = [tail for each in trees.values() for tail in each[1:]]
    return (*found, *(inner for each in found for inner in _inline(each)), *tails)


def _inline(piece: ItemPiece) -> Iterator[ItemPiece]:
    """The items of a piece that stand within its own text, and theirs."""
    for each in piece.items:
        if each.passage == piece.passage:
            yield each
            yield from _inline(each)


def _is_complete(markers: Sequence[tuple[str, ...]]) -> bool:
    """Whether the markers of a list begin with the first and leave none out."""
    counts = [{count for mark in each for _, count in ordinals(mark)} for each in markers]
    if not all(counts):
        return not any(counts)
    begins = 1 in counts[0]
    return begins and all(any(c + 1 in two for c in one) for one, two in pairwise(counts))


def _families(passages: Sequence[Passage]) -> Mapping[int, list[int]]:
    """Passage -> the passages right below it in its list; headings and tables end no list."""
    below: defaultdict[int, list[int]] = defaultdict(list)
    above: dict[tuple[str, ...], int] = {}
    number, parted = "", False
    for passage in passages:
        if passage.kind not in SPOKEN:
            parted = True
            continue
        # A paragraph that goes on with a component is an item without a marker.
        is_item = bool(passage.number == number and (passage.items or passage.entity) and above)
        if parted and is_item and not (number and passage.items):
            is_item = bool(passage.items) and passage.items[:-1] in above and len(above) > 1
        goes_on = passage.number == number != "" and not passage.items and above
        number, parted = passage.number, False
        if goes_on and not is_item:
            continue
        if not is_item:
            above = {(): passage.index}
            continue
        key = passage.items or (str(passage.index),)
        if key[:-1] in above:
            below[above[key[:-1]]].append(passage.index)
        above[key] = passage.index
    return below


def _inner(passage: Passage) -> Iterator[ItemPiece]:
    """A passage as a piece with the items within its text, and what follows its list."""
    text = folded(passage.text)
    outline = Outline()
    marks: list[tuple[tuple[str, ...], int, int]] = []
    found = list(_MARKER.finditer(text, passage.body)) if text.count("(") >= FEWEST_ITEMS else []
    for at, match in enumerate(found):
        marker = f"({match[1]})"
        upcoming = f"({found[at + 1][1]})" if at + 1 < len(found) else ""
        opens = any(count == 1 for _, count in ordinals(marker))
        if opens or outline.goes_on(marker):
            marks.append((outline.path(marker, upcoming), match.start(), match.end()))
    top = [at for at, (path, *_) in enumerate(marks) if len(path) == 1]
    if len(top) < FEWEST_ITEMS:
        yield ItemPiece(passage.index, passage.body, len(text), len(text))
        return
    last = _END.search(text, marks[-1][2])
    end = last.start() + 1 if last else len(text)
    head = marks[0][1]
    yield ItemPiece(
        passage.index, passage.body, head, end, tuple(_items(passage.index, marks, end, 1))
    )
    if end < len(text):
        yield ItemPiece(passage.index, end, len(text), len(text))


def _items(
    passage: int, marks: Sequence[tuple[tuple[str, ...], int, int]], end: int, depth: int
) -> Iterator[ItemPiece]:
    """The items of one depth, with those inside them."""
    starts = [at for at, (path, *_) in enumerate(marks) if len(path) == depth]
    for at, after in pairwise([*starts, len(marks)]):
        stop = marks[after][1] if after < len(marks) else end
        inner = marks[at + 1 : after]
        head = inner[0][1] if inner else stop
        items = tuple(_items(passage, inner, stop, depth + 1))
        yield ItemPiece(passage, marks[at][2], head, stop, items)
