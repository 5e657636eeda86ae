"""Numbered lists: the numbers and markers that begin a passage, and the trees of items they make.

29E.97, (a), (ii), ㈠: items stand in passages of their own or within the text of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import normalize

from unbudget_check.model.numbering import IDEOGRAPHS, ideographic, is_ideographic, roman
from unbudget_check.model.prose import SPOKEN
from unbudget_check.profiles import form
from unbudget_check.understand.text.grammar import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.prose import Passage

# 29E.97, 8.II.27, IS1.1; Chinese sets no blank before what follows.
_NUMBER = re.compile(
    rf"(?P<number>{form('section')}\.\d{{1,3}})(?![.\d]\d|\s*%)(?:\.?\s+|(?=[^\x00-\x7f]))"
)
# Some paragraphs begin with a year.
_PLAIN = re.compile(r"(?P<number>\d{1,3})\.\s+(?=\D|\d{4}(?!\d))")
# A character outside ASCII must be a numeral by itself: the ideographs of one to ten, and ㈠.
_MARKER = re.compile(
    r"\(?(?P<mark>[a-z]{1,2}|[ivx]{1,5}|[^\x00-\x7f]{1,3}|\d{1,2})\)\s*"
    r"|(?P<bare>[^\W\d_a-zA-Z])\s*|(?P<dotted>[a-z])\.\s+"
)
_ROMAN = frozenset("ivx")
# A sign before the number or marker of a list that was set with bullets.
_BULLET = re.compile(r"[-\u2010-\u2015\u2022\u00b7\u25aa*]\s+(?=\S)")
# What numbers a heading: A., IV., 2., and the same in ideographs before an ideographic comma.
_HEADED = re.compile(rf"(?:[A-Z]|[IVXL]{{1,6}}|\d{{1,3}})\.\s+|[{IDEOGRAPHS}]{{1,3}}\u3001\s*")
# How high what numbers a heading stands: IV., A., 3.
ROMAN, LETTER, DIGIT = range(3)
# How a sentence ends; behind it may stand a quote, a bracket or the mark of a footnote.
_STOPPED = re.compile(
    r"[.!?;:,\u3002\uff01\uff1f\uff1b\uff1a\uff0c\u061f\u061b][^\w\s]{0,3}[\w ]{0,2}$"
)
# A longer text is a sentence that lost its full stop.
_WIDE = 120
# The marker of an item within a text; behind a number it belongs to a reference: 83 (c).
_INNER_MARKER = re.compile(r"\((?<!\d\s\()(?<![\w(]\()([a-z]{1,2}|[ivx]{1,5})\)\s")
_END = re.compile(r"\.\s+(?=[A-Z\u201c\"])|\u3002")
FEWEST_ITEMS = 2


def leading_number(text: str) -> tuple[str, int]:
    """The printed number of a paragraph and where its text begins; ("", 0) where it has none."""
    found = _NUMBER.match(text) or _PLAIN.match(text)
    return (found["number"], found.end()) if found else ("", 0)


def is_plain(number: str) -> bool:
    """Whether a printed number has no section, such as 12: it may be that of a list or heading."""
    return "." not in number


def unnumbered(heading: str) -> str:
    """A heading without the number or letter before it."""
    return heading[found.end() :] if (found := _HEADED.match(heading)) else heading


def heading_marker(heading: str) -> int | None:
    """How high the number or letter before a heading stands, or None without one."""
    found = _HEADED.match(heading)
    if not found:
        return None
    mark = found[0].strip(" .\t\u3001")
    if mark.isdigit():
        return DIGIT
    return ROMAN if not mark.isascii() or set(mark) <= {*"IVXL"} else LETTER


def is_sentence(text: str) -> bool:
    """Whether a text behind a plain number is a sentence, not a heading."""
    return len(text) >= _WIDE or _STOPPED.search(text) is not None


def numbers_due(texts: Iterable[str]) -> frozenset[int]:
    """The places of texts that look like numbered headings, such as 12. Ports, and are paragraphs.

    Their number is the one that is due between two numbered sentences, or after the last.
    """
    plain: list[tuple[int, int, bool]] = []
    for place, text in enumerate(texts):
        found = _PLAIN.match(text.lstrip())
        if found:
            plain.append((place, int(found["number"]), is_sentence(text)))
    upcoming: list[int] = []
    after = 0  # nothing comes after the last one
    for _, count, sentence in reversed(plain):
        upcoming.append(after)
        after = count if sentence else after
    due: set[int] = set()
    before = 0
    for (place, count, sentence), after in zip(plain, reversed(upcoming), strict=True):
        is_due = count == before + 1 and (after == count + 1 or (before and not after))
        if is_due and not sentence:
            due.add(place)
        before = count if sentence or is_due else before
    return frozenset(due)


def without_bullet(text: str) -> str:
    """The same text without a bullet before it."""
    return text[found.end() :] if (found := _BULLET.match(text)) else text


def leading_marker(text: str, start: int = 0) -> tuple[str, int]:
    """The marker of an item, in brackets as ``(a)``, and where its text begins; ("", start)."""
    found = _MARKER.match(text, start)
    if not found:
        return "", start
    mark = normalize("NFKC", found["mark"] or found["bare"] or found["dotted"])
    bare = mark.strip("()")
    if not bare.isascii() and (not is_ideographic(bare) or mark == found["bare"]):
        return "", start
    return f"({bare})", found.end()


def ordinals(marker: str) -> Iterator[tuple[str, int]]:
    """What a marker may count as: (i) is the ninth letter or the first Roman numeral."""
    bare = marker.strip("()")
    if bare.isascii() and bare.isdigit():
        yield "digit", int(bare)
        return
    if is_ideographic(bare):
        yield "ideograph", ideographic(bare)
        return
    if len(set(bare)) == 1:
        yield "letter", ord(bare[0]) - ord("a") + 1 + 26 * (len(bare) - 1)
    if set(bare) <= _ROMAN:
        yield "roman", roman(bare)


@dataclass(slots=True)
class Outline:
    """The open lists while a text is read: which item of which list comes next."""

    _levels: list[tuple[str, int, str]] = field(default_factory=list)

    def clear(self) -> None:
        """Begin anew: a numbered paragraph or a heading ends all lists."""
        self._levels.clear()

    def goes_on(self, marker: str) -> bool:
        """Whether a marker is the next one of an open list."""
        readings = [*ordinals(marker)]
        return any((kind, count + 1) in readings for kind, count, _ in self._levels)

    def begins_anew(self, marker: str) -> bool:
        """Whether a marker is the first of another list like one inside an open item.

        The open list ends; another one of the same item begins behind a heading.
        """
        opened = [kind for kind, count in ordinals(marker) if count == 1]
        for level in range(len(self._levels) - 1, 0, -1):
            if self._levels[level][0] in opened:
                del self._levels[level:]
                return True
        return False

    def path(self, marker: str, upcoming: str = "") -> tuple[str, ...]:
        """The markers that lead to an item, which goes on a list or opens one inside the last.

        ``upcoming`` is the marker of the next item: behind (h), an (i) that (ii) follows is a
        numeral.
        """
        readings = list(ordinals(marker))
        opened = [kind for kind, count in readings if count == 1]
        if opened and upcoming and (opened[-1], 2) in ordinals(upcoming):
            return self._set(len(self._levels), opened[-1], 1, marker)
        for level in range(len(self._levels) - 1, -1, -1):
            kind, count, _ = self._levels[level]
            if (kind, count + 1) in readings:
                return self._set(level, kind, count + 1, marker)
        if opened:
            return self._set(len(self._levels), opened[-1], 1, marker)
        kinds = {kind: level for level, (kind, _, _) in enumerate(self._levels)}
        for kind, count in readings:
            if kind in kinds:
                return self._set(kinds[kind], kind, count, marker)
        kind, count = readings[0] if readings else ("letter", 0)
        return self._set(len(self._levels), kind, count, marker)

    def _set(self, level: int, kind: str, count: int, marker: str) -> tuple[str, ...]:
        self._levels[level:] = [(kind, count, marker)]
        return tuple(found for _, _, found in self._levels)


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
    found = (
        list(_INNER_MARKER.finditer(text, passage.body)) if text.count("(") >= FEWEST_ITEMS else []
    )
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
