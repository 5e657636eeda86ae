"""Text measured in terminal columns: cutting and wrapping that never splits a figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

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
