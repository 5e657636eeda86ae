"""How many columns of figures a table has, when its borders are lost: the rows vote.

A row in which print leaves no choice votes for one number, any other row for a span of numbers.
What the headings suggest is believed where enough of the rows can be cut so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.readers.text_cuts import Tail

MOST_COLUMNS = 40
# Rows that must agree before a table is believed without headings.
ENOUGH = 2


def count_columns(tails: Sequence[Tail], headed: Iterable[int]) -> int:
    """The number of columns of figures, or 0 where the rows do not make a table."""
    if not tails:
        return 0
    spans = [(tail.fewest, tail.most) for tail in tails]
    pinned = Counter(low for low, high in spans if low == high)
    for count in headed:
        # One row is enough under headings that fit it; else two rows in five, or the widest ones.
        support = _support(spans, count)
        if 5 * support >= 2 * len(spans) or (support >= ENOUGH and max(pinned) <= count):
            return count
    steady = [n for n, rows in pinned.items() if rows >= ENOUGH and 10 * rows >= 3 * len(spans)]
    if steady:
        # Two blocks may share a table, the lower one without the first column: the wider rules.
        return _bounded(max(steady))
    supported = Counter(n for low, high in spans for n in range(low, min(high, MOST_COLUMNS) + 1))
    best = max(supported, key=lambda n: (supported[n], pinned[n], n), default=0)
    return _bounded(best) if supported[best] >= ENOUGH else 0


def is_column(singles: Sequence[bool], headed: Iterable[int]) -> bool:
    """Whether lines that end in one figure each make a table with one column of figures."""
    found = sum(singles)
    if 1 in headed:
        return found >= 1
    return found >= ENOUGH and 5 * found >= 3 * len(singles)


def _support(spans: Sequence[tuple[int, int]], count: int) -> int:
    return sum(low <= count <= high for low, high in spans)


def _bounded(count: int) -> int:
    return count if count <= MOST_COLUMNS else 0
