"""The numbers and markers that begin a passage, and which list goes on: 29E.97, (a), (ii), ㈠."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from unbudget_check.model.numbering import ideographic, is_ideographic, roman

if TYPE_CHECKING:
    from collections.abc import Iterator

# 29E.97, 8.II.27, IS1.1; Chinese sets no blank before what follows.
_NUMBER = re.compile(
    r"(?P<number>(?:[A-Z]{0,3}\d{1,3}[A-Z]?)(?:\.[IVX]{1,4})?\.\d{1,3})(?![.\d]\d|\s*%)(?:\.?\s+|(?=[^\x00-\x7f]))"
)
# Some paragraphs begin with a year.
_PLAIN = re.compile(r"(?P<number>\d{1,3})\.\s+(?=\D|\d{4}(?!\d))")
# A character outside ASCII must be a numeral by itself: the ideographs of one to ten, and ㈠.
_MARKER = re.compile(
    r"\(?(?P<mark>[a-z]{1,2}|[ivx]{1,5}|[^\x00-\x7f]{1,3}|\d{1,2})\)\s*"
    r"|(?P<bare>[^\W\d_a-zA-Z])\s*|(?P<dotted>[a-z])\.\s+"
)
_ROMAN = frozenset("ivx")


def leading_number(text: str) -> tuple[str, int]:
    """The printed number of a paragraph and where its text begins; ("", 0) where it has none."""
    found = _NUMBER.match(text) or _PLAIN.match(text)
    return (found["number"], found.end()) if found else ("", 0)


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

    def path(self, marker: str) -> tuple[str, ...]:
        """The markers that lead to an item, which goes on a list or opens one inside the last."""
        readings = list(ordinals(marker))
        for level in range(len(self._levels) - 1, -1, -1):
            kind, count, _ = self._levels[level]
            if (kind, count + 1) in readings:
                return self._set(level, kind, count + 1, marker)
        opened = [kind for kind, count in readings if count == 1]
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
