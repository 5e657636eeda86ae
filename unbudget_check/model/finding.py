"""What the officer is told: one root cause, with its place, its proof and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.model.decision import Verdict
from unbudget_check.model.number import UNITED_NATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.document import Where
    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Notation


class Severity(StrEnum):
    """How bad it is, if it is true."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Confidence(StrEnum):
    """How sure the tool is that it is true."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


# The slip of a figure with the wrong sign.
OPPOSITE = "bracket or minus"
# The slip of the two suspects between which an amount was counted in the wrong place.
MISPLACED = "counted elsewhere"
SEVERITIES = tuple(Severity)
CONFIDENCES = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class Part:
    """One term of a relation: a figure as printed and the sign with which it enters."""

    where: Where
    stated: Decimal | None
    coefficient: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One broken relation under a finding; ``parts`` are its addends, without the stated figure.

    ``allowance`` is what rounding may explain; ``residual`` is stated minus computed.
    """

    code: str
    where: Where
    stated: Decimal | None
    computed: Decimal | None
    residual: Decimal | None
    allowance: Decimal | None
    parts: tuple[Part, ...]


class Localisation(StrEnum):
    """How the suspects of a finding are to be read."""

    CELL = "cell"  # one cell is to blame
    CELLS = "cells"  # all of these cells are, together: a row or column of missing values
    ALTERNATIVES = "alternatives"  # one of these cells is, and nothing tells which
    NONE = "none"  # no cell was found whose correction would mend more than it breaks
    GIVEN_UP = "given up"  # so much is broken together that no cell was sought


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be to blame, what it should be, and the relations that name that value.

    ``proposed`` is None where rounding leaves a range, and no slip says which value was meant;
    ``low`` and ``high`` are that range, and equal where there is only one. ``slip`` is how the
    proposed figure became the printed one, and ``witnesses`` are the positions in
    ``Finding.relations`` of those that name the proposed figure each by itself.
    """

    where: Where
    stated: str
    proposed: Decimal | None
    slip: str | None = None
    witnesses: tuple[int, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_opposite(self) -> bool:
        """Whether an amount in running text agrees, and a word beside it says the opposite."""
        return self.slip == OPPOSITE and self.where.row is None and self.where.column is None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The piece of the printed table around a finding, ready to be drawn.

    ``header`` and ``rows`` are printed texts, the label column first, all of the same width.
    ``stated`` is the (row, column) of the suspect cell; ``parts`` are the cells that it was
    computed from, and ``signs`` (+1 or -1, as long as ``parts``) how they enter the computed
    figure, where that can be said; ``numbers`` are the printed row numbers, so that a gap can be
    shown. ``title`` and ``unit`` stand above the table.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    stated: tuple[int, int]
    parts: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()
    signs: tuple[int, ...] = ()
    title: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentences around a finding in running text; ``text[start:end]`` is what it is about."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction between printed figures, under one rule, proved by ``relations``.

    ``stated_text`` is the cell as printed; ``stated`` is None where it is no number. ``advice`` is
    one sentence on what to do (the rule's own). ``suspects`` come the likeliest first;
    ``localisation`` says how they belong together. ``status`` is "open", "waived" or "baselined";
    ``acceptance`` says who accepted the finding, or why a waiver no longer does; ``accepting`` is
    the same before it is put in a language, and ``decision`` the one that holds. ``messages`` are
    the message by language, and ``told`` its sentences before it is
    put in one. ``notation`` is how figures are printed around the place. ``number`` is
    the same in all reports, counted in the document; 0 where nobody numbered it.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    document: str
    where: Where
    stated_text: str
    stated: Decimal | None
    computed: Decimal | None
    residual: Decimal | None
    allowance: Decimal | None
    message: str
    relations: tuple[Proof, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    excerpt: Excerpt | None = None
    quote: Quote | None = None
    status: str = "open"
    fingerprint: str = field(default="")
    advice: str = ""
    localisation: Localisation = Localisation.CELL
    acceptance: str = ""
    decision: Decision | None = None
    accepting: tuple[Message, ...] = ()
    messages: Mapping[str, str] = field(default_factory=dict, hash=False)
    told: tuple[Message, ...] = ()
    notation: Notation = UNITED_NATIONS
    number: int = 0

    @property
    def is_misplaced(self) -> bool:
        """Whether an amount may have been counted with the first of two suspects, not the second.

        Where nothing tells which figures it is in, these are the sums of both.
        """
        return any(each.slip == MISPLACED for each in self.suspects)

    @property
    def is_rejected(self) -> bool:
        """Whether somebody rejected it as a false alarm, and nothing keeps that from holding."""
        is_wrong = self.decision is not None and self.decision.verdict is Verdict.WRONG
        return is_wrong and self.status == "waived"

    @property
    def proposed(self) -> Decimal | None:
        """What the cell of the finding should be; None where that is said of another cell only."""
        own = (each.proposed for each in self.suspects[:1] if each.where == self.where)
        return next(own, None)
