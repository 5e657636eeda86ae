"""The figures of a run as one exact vector, and how they are numbered while documents are read.

The figures of a document while it is read: one number each, in the order in which they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.model.number import quantum_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.facts import Spot
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span


# Sums of up to a million terms of this size still fit into 64 bits.
SAFE = 2**42


@dataclass(frozen=True, slots=True)
class Figures:
    """The vector: ``values[i]`` counts units of ``10**scale``; so does ``quanta[i]``.

    ``quanta[i]`` is the quantum of figure i, or 0 for a count, which is never rounded (posts).
    Both arrays have dtype int64, or dtype object (exact Python integers) where 64 bits could
    overflow.
    """

    values: NDArray[Any]
    quanta: NDArray[Any]
    scale: int = 0

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.values)


def figures_of(numbers: Sequence[Number], counts: Sequence[bool]) -> Figures:
    """The vector of printed numbers; where ``counts`` is true the number carries no rounding."""
    scale = min((number.exponent for number in numbers), default=0)
    values = [n.units * int(10 ** (n.exponent - scale)) for n in numbers]
    quanta = [0 if c else quantum_of(n, scale) for n, c in zip(numbers, counts, strict=True)]
    widest = max(map(abs, [*values, *quanta]), default=0)
    kind: type[Any] = np.int64 if widest < SAFE else object
    return Figures(np.array(values, dtype=kind), np.array(quanta, dtype=kind), scale)


@dataclass(slots=True)
class Vector:
    """Values, whether each is a count, and where each stands; all of the same length."""

    numbers: list[Number] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)
    spots: list[Spot | Span] = field(default_factory=list)

    def __len__(self) -> int:
        """How many figures there are so far."""
        return len(self.numbers)

    def add(self, number: Number, spot: Spot | Span, *, counted: bool) -> int:
        """Take a figure in and return its number; a count carries no rounding."""
        self.numbers.append(number)
        self.counts.append(counted)
        self.spots.append(spot)
        return len(self.numbers) - 1
