"""How well a figure fits beside another column of its table: what was spent beside what was asked.

Of all columns that one is taken whose ratio to the figure's own varies least from row to row. The
logarithm of the ratio is taken to follow Laplace's distribution around its median; logarithms
are counted in sixteenths of a bit, so that everything is a whole number. A dash beside a value, and
a value beside a dash, are as unlikely as they are rare among the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

from unbudget_check.evidence.slips import nats

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ratios of fewer rows say nothing; ratios that never vary are not taken at their word.
FEWEST, LEAST_SPREAD = 6, 4
# A thousand times the natural logarithm of two: the median distance is that of half the rows.
HALF = 693
# However odd a figure is, more than this is not concluded.
MOST = 8000


@dataclass(frozen=True, slots=True)
class Likeness:
    """The column that a column resembles most: its number, the usual ratio, and how it varies.

    ``nil`` is the cost of nil beside a value, ``value`` that of a value beside nil.
    """

    column: int
    ratio: int
    spread: int
    nil: int
    value: int

    def cost(self, value: int, beside: int) -> int:
        """How unlikely a value is beside that of the other column."""
        if value and beside:
            distance = abs(_logarithm(value) - _logarithm(beside) - self.ratio)
            return min(HALF * distance // self.spread, MOST)
        if value:
            return self.value
        return self.nil if beside else 0


def likeness_of(columns: Sequence[Sequence[int]], own: int) -> Likeness | None:
    """The column most like one of these columns, or None; all have the same rows, 0 for nothing."""
    found = []
    for other, figures in enumerate(columns):
        pairs = list(zip(columns[own], figures, strict=True))
        ratios = [_logarithm(a) - _logarithm(b) for a, b in pairs if a and b]
        if other != own and len(ratios) >= FEWEST:
            middle = median_low(ratios)
            spread = max(median_low(abs(ratio - middle) for ratio in ratios), LEAST_SPREAD)
            nil = _rarity([not a for a, b in pairs if b])
            value = _rarity([bool(a) for a, b in pairs if not b])
            found.append(Likeness(other, middle, spread, nil, value))
    return min(found, key=lambda each: each.spread, default=None)


def _rarity(cases: Sequence[bool]) -> int:
    """The cost of what was so in some of the cases, half a case being granted to either side."""
    return nats(2 * len(cases) + 2) - nats(2 * sum(cases) + 1)


def _logarithm(value: int) -> int:
    """The binary logarithm of a figure's size, in sixteenths."""
    return int((abs(value) ** 16).bit_length())
