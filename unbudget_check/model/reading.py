"""Readings: decisions about a document that write many ties at once, and how they came out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from unbudget_check.model.facts import Spot
    from unbudget_check.model.prose import Span


class Standing(StrEnum):
    """How a reading came out against the figures."""

    BORNE_OUT = "borne out"  # its failing ties are findings
    UNDECIDED = "undecided"  # too few figures: a note at most
    REFUTED = "refuted"  # nothing is told, and the coverage lists it


@dataclass(frozen=True, slots=True)
class Weight:
    """What the figures say of one reading.

    ``held`` and ``failed`` count the ties that say something of their own: nil figures, and ties
    that follow from others, do not. ``gain`` are the bits of those that hold, ``loss`` the bits of
    those that fail, ``prior`` what words say before any figure is looked at.
    """

    held: int = 0
    failed: int = 0
    gain: int = 0
    loss: int = 0
    prior: int = 0

    @property
    def bits(self) -> int:
        """The evidence for the reading: the logarithm (base 2) of its odds."""
        return self.prior + self.gain - self.loss

    @property
    def said(self) -> int:
        """How many ties say something."""
        return self.held + self.failed


@dataclass(frozen=True, slots=True)
class Reading:
    """One interpretation under which a check writes ties.

    ``kind`` names it in the message files ("reading-..."), ``at`` is the first of the figures that
    it is about, and ``other`` names what they are read against, as printed. ``prior`` are the bits
    of its words. Of several readings with the same ``contest`` only one can be right; those that
    have something ``alike`` (the same headings in another table) are mostly right together.
    ``witnesses`` are ties, as (figure, coefficient), that speak for or against it whether or not
    the check that announces it writes them. ``sums`` is true where it adds up parts.
    """

    kind: str
    at: Spot | Span
    other: str = ""
    prior: int = 0
    contest: Hashable = None
    alike: tuple[Hashable, ...] = ()
    witnesses: tuple[tuple[tuple[int, int], ...], ...] = ()
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A reading with its evidence, and the evidence of the best other one of the same contest."""

    reading: Reading
    weight: Weight
    standing: Standing
    runner_up: Weight | None = None

    @property
    def margin(self) -> int:
        """By how many bits the reading stands above nothing, or above its runner-up."""
        other = self.runner_up.bits if self.runner_up is not None else 0
        return self.weight.bits - max(other, 0)
