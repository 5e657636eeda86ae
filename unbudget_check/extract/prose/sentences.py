"""Where the sentences of a passage begin and end, and in which of them a place lies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# What goes on for longer is a list or damaged text: it is cut, so that what is asked about one
# figure never takes the whole passage.
LONGEST = 2_000
_END = re.compile(r"(?<=[.;])\s+(?=[A-Z(\u201c\"])|(?<=[\u3002\uff1b;])")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one text: where each begins, and where it ends before its last blanks."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def number(self, at: int) -> int:
        """Which sentence a place lies in, counted from 0."""
        return max(bisect_right(self.begins, at) - 1, 0)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentences begin and end in which a piece of text stands."""
        last = min(bisect_left(self.ends, end), len(self.ends) - 1)
        return self.begins[self.number(start)], self.ends[last]


@lru_cache(maxsize=16)
def sentences_of(text: str, start: int) -> Sentences:
    """The sentences of a text from some place on; the last passages asked for are remembered."""
    found = [(end.start(), end.end()) for end in _END.finditer(text, start)]
    stops = [(start, start), *found, (len(text), len(text))]
    pieces = [
        (begin, min(begin + LONGEST, end))
        for (_, first), (end, _) in pairwise(stops)
        for begin in range(first, max(end, first + 1), LONGEST)
    ]
    return Sentences(tuple(begin for begin, _ in pieces), tuple(end for _, end in pieces))
