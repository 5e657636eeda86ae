"""The row of column numbers that some tables print under their headings: (1) (2) (3)=(2)-(1)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = r"(?:\((?:\d{1,2}|[a-z])\)|\d{1,2})"
_ITEM = re.compile(
    rf"(?P<mark>{_MARK})(?:\s*=\s*{_MARK}(?:\s*[-–−+/÷×x*]\s*(?:{_MARK}|100))*)?(?!\S)"
)
ENOUGH = 2


def label_before(text: str) -> str:
    """What stands before the column numbers of a line, such as the heading of the labels."""
    found = _ITEM.search(text)
    return text[: found.start()] if found else text


def numbering_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The column numbers and formulas that heading lines print, in order; () where they do not."""
    items = [found[0] for found in _ITEM.finditer(" ".join(texts))]
    if len(items) < ENOUGH or not _counts_up(items):
        return ()
    return tuple(items)


def is_numbering(text: str) -> bool:
    """Whether a printed line holds column numbers and formulas, after a label at most."""
    bare = text.strip()
    items = list(_ITEM.finditer(bare))
    if not items or _ITEM.sub("", bare[items[0].start() :]).strip():
        return False
    if items[0].start() and not (len(items) > ENOUGH and bare[items[0].start()] == "("):
        return False
    is_bracketed = all(item["mark"].startswith("(") or "=" in item[0] for item in items)
    if not is_bracketed and (len(items) <= ENOUGH or _place(items[0][0]) != 1):
        return False
    return _counts_up([item[0] for item in items])


def _counts_up(items: Sequence[str]) -> bool:
    places = [_place(item) for item in items]
    return all(b == a + 1 for a, b in pairwise(places))


def _place(item: str) -> int:
    """The number that a mark such as (3) or (c) stands for."""
    found = re.match(r"\(?(\d+|[a-z])", item)
    mark = found[1] if found else "0"
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
