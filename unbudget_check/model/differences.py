"""What changed from one report to a later one: what an edit fixed, and what it broke."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.model.saying import Saying


class Turn(StrEnum):
    """What became of a finding; the ones that matter most come first."""

    BROKEN = "broken"  # it was not there before
    WORSE = "worse"  # its difference grew, or it is graver now
    REOPENED = "reopened"  # it was accepted before, and no longer is
    CHANGED = "changed"  # its difference is another one, and no larger
    GONE = "no longer checked"  # nothing of its rule is checked there any more
    FIXED = "fixed"
    ACCEPTED = "accepted"  # somebody accepted it since
    SAME = "unchanged"


# What an edit is answerable for.
BAD = (Turn.BROKEN, Turn.WORSE)


class Fate(StrEnum):
    """What became of a document."""

    COMPARED = "compared"
    APPEARED = "new"
    DISAPPEARED = "missing"
    UNREADABLE = "unreadable"  # the later report could not read it
    READABLE = "readable again"


@dataclass(frozen=True, slots=True)
class TurnedFinding:
    """One finding in both reports, or in one of them; the other one is None."""

    turn: Turn
    before: Finding | None
    now: Finding | None

    @property
    def told(self) -> Finding:
        """The finding as it is now; as it was where it is gone."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 one of them is always there
        return found


@dataclass(frozen=True, slots=True)
class TurnedDocument:
    """One document in both reports, or in one of them, with what became of its findings.

    ``unknown`` counts the findings of which nothing can be said any more, because the document is
    missing or unreadable; they are not fixed.
    """

    fate: Fate
    before: DocumentResult | None
    now: DocumentResult | None
    findings: tuple[TurnedFinding, ...] = ()
    unknown: int = 0

    @property
    def told(self) -> DocumentResult:
        """The document as it is now; as it was where it is missing."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 one of them is always there
        return found


@dataclass(frozen=True, slots=True)
class Differences:
    """A later report seen from an earlier one.

    ``remarks`` say what, besides the documents, is not the same in both: what is new or gone may
    come from there.
    """

    before: Report
    now: Report
    documents: tuple[TurnedDocument, ...]
    remarks: tuple[Saying, ...] = ()

    @property
    def broken(self) -> tuple[TurnedFinding, ...]:
        """What an edit is answerable for: the findings that are new, and those that grew."""
        return self.with_turn(BAD)

    def with_turn(self, turns: Iterable[Turn]) -> tuple[TurnedFinding, ...]:
        """All findings of which one of these became, document by document."""
        wanted = frozenset(turns)
        return tuple(
            each for document in self.documents for each in document.findings if each.turn in wanted
        )
