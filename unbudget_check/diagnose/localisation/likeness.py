"""How well a figure fits beside another column of its table: what was spent beside what was asked.

Of all columns that one is taken whose ratio to the figure's own varies least from row to row. The
logarithm of the ratio is taken to follow Laplace's distribution around its median; logarithms
are counted in sixteenths of a bit, so that everything is a whole number.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

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
    """The column that a column resembles most: its number, the usual ratio, and how it varies."""

    column: int
    ratio: int
    spread: int

    def cost(self, value: int, beside: int) -> int:
        """How unlikely a value is beside that of the other column; nil says nothing."""
        if not value or not beside:
            return 0
        distance = abs(_logarithm(value) - _logarithm(beside) - self.ratio)
        return min(HALF * distance // self.spread, MOST)


def likeness_of(columns: Sequence[Sequence[int]], own: int) -> Likeness | None:
    """The column most like one of these columns, or None; all have the same rows, 0 for nothing."""
    found = []
    for other, figures in enumerate(columns):
        pairs = zip(columns[own], figures, strict=True)
        ratios = [_logarithm(a) - _logarithm(b) for a, b in pairs if a and b]
        if other != own and len(ratios) >= FEWEST:
            middle = median_low(ratios)
            spread = median_low(abs(ratio - middle) for ratio in ratios)
            found.append(Likeness(other, middle, max(spread, LEAST_SPREAD)))
    return min(found, key=lambda each: each.spread, default=None)


def _logarithm(value: int) -> int:
    """The binary logarithm of a figure's size, in sixteenths."""
    return int((abs(value) ** 16).bit_length())
