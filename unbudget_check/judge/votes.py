"""How many columns (or rows) bear out a guess about what a total adds up.

Which rows a total adds up is a property of the row, not of a cell: the guess that most columns
satisfy is kept, and the columns that do not satisfy it are the findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Vote:
    """``agreed`` of ``voted`` sums hold within rounding; ``bits`` weighs how unlikely by chance.

    ``near`` counts the sums that hold or miss by less than a tenth, as a slip of a digit does.

    Only sums with a figure other than nil count: nothing is proved by nil = nil.
    """

    agreed: int
    voted: int
    bits: int
    near: int = 0

    @property
    def disagreed(self) -> int:
        """How many sums fail."""
        return self.voted - self.agreed


def vote(
    stated: Sequence[int | None],
    sums: Sequence[int],
    counts: Sequence[int],
    quanta: Sequence[int],
) -> Vote:
    """Compare stated figures with sums of ``counts[i]`` parts, rounding at ``quanta[i]`` allowed.

    All in the same unit; None is a blank, which has no say. A quantum of 0 allows no rounding.
    """
    agreed = voted = bits = near = 0
    told: set[int] = set()
    for value, total, count, quantum in zip(stated, sums, counts, quanta, strict=True):
        if value is None or not count or not (value or total):
            continue
        voted += 1
        near += 10 * abs(value - total) < abs(value)
        allowance = quantum * (count + 1)
        if 2 * abs(value - total) <= allowance:
            agreed += 1
            if value not in told:
                bits += max(_significance(value) - (allowance + 1).bit_length(), 0)
            told.add(value)
    return Vote(agreed, voted, bits, near)


def _significance(value: int) -> int:
    """How much a figure says, in bits: round figures meet by chance more easily."""
    value = abs(value)
    while value and value % 10 == 0:
        value //= 10
    return value.bit_length()
