"""The figures of a document while it is read: one number each, in the order in which they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unbudget_check.model.facts import Spot
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span


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
