"""What changed from one run to a later one: what an edit changed, fixed, broke and forgot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.model.number import UNITED_NATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding, Severity
    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Notation
    from unbudget_check.model.report import DocumentResult, Report


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


class ChangeKind(StrEnum):
    """What happened to a table, a row, a column or a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"


class Layout(StrEnum):
    """What of a document came, went or was renamed."""

    TABLE = "table"
    ROW = "row"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class LayoutChange:
    """A table, row or column that came, went or has another name; ``before`` is the old name.

    ``where`` is its place now, or its old one where it is gone; ``figures`` counts those in it.
    """

    kind: ChangeKind
    what: Layout
    where: Where
    before: str = ""
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another one now, where it stands now; both as they are written.

    ``difference`` is what it is now minus what it was; None where one of the two is no figure, and
    that one is empty where nothing is printed. What is gone is named by its old place.
    """

    where: Where
    before: str
    now: str
    difference: Decimal | None
    notation: Notation = UNITED_NATIONS


class Dependence(StrEnum):
    """How a figure depends on others."""

    TOTAL = "total"  # it adds them up
    PERCENTAGE = "percentage"  # it is their quotient
    REPEATED = "repeated"  # it prints the same figure again
    SENTENCE = "sentence"  # a sentence says it
    PARTS = "parts"  # the figures that it is made of stayed, and it did not


@dataclass(frozen=True, slots=True)
class LeftUnchanged:
    """A figure that stayed as it was, although figures on which it depends are others now.

    Before the edit the two agreed. ``stated`` is the figure, and ``printed`` as it is written,
    ``expected`` what the others make of it now; ``changes`` are those that the edit made, and
    ``code`` is the rule that ties them. Where the figures stayed that another one is made of,
    ``where`` is the place of that one, which changed. One that ``is_indirect`` depends on a figure
    that was forgotten itself: it agrees with that one as it is, and must follow once it is right.
    """

    kind: Dependence
    where: Where
    printed: str
    stated: Decimal | None
    expected: Decimal | None
    changes: tuple[Change, ...]
    code: str
    severity: Severity
    notation: Notation = UNITED_NATIONS
    is_indirect: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The figures of two versions of a document, compared by what they are called.

    ``changes`` are the first of them, and ``changed`` counts all. ``added`` and ``removed`` count
    the figures of tables, rows, columns and sentences that only one version has. ``left`` are the
    figures that were forgotten, ``layout`` says which tables, rows and columns came, went or were
    renamed. ``unread`` counts figures of tables that were not understood: they are not compared.
    """

    changes: tuple[Change, ...] = ()
    changed: int = 0
    added: int = 0
    removed: int = 0
    left: tuple[LeftUnchanged, ...] = ()
    layout: tuple[LayoutChange, ...] = ()
    unread: int = 0


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
    missing or unreadable; they are not fixed. ``edit`` is what was edited, None where only reports
    were compared or the figures of one version cannot be read.
    """

    fate: Fate
    before: DocumentResult | None
    now: DocumentResult | None
    findings: tuple[TurnedFinding, ...] = ()
    unknown: int = 0
    edit: Edit | None = None

    @property
    def told(self) -> DocumentResult:
        """The document as it is now; as it was where it is missing."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 one of them is always there
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A later run seen from an earlier one.

    ``remarks`` say what, besides the documents, is not the same in both: what is new or gone may
    come from there.
    """

    before: Report
    now: Report
    documents: tuple[TurnedDocument, ...]
    remarks: tuple[Message, ...] = ()

    @property
    def left(self) -> tuple[LeftUnchanged, ...]:
        """The figures that were forgotten in any document."""
        return tuple(each for document in self.documents for each in _left_in(document))

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


def _left_in(document: TurnedDocument) -> tuple[LeftUnchanged, ...]:
    return document.edit.left if document.edit else ()
