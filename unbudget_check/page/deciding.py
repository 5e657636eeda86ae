"""Decisions that are made on the page: on which findings, by whom, and where they are kept.

Those on files of this computer go to the file of decisions beside them; those on documents that
were dropped are handed out as a file, which can be dropped on the page again. The tick that a
document is done is a decision, too: on all of the document as it is, by the checksum of its file.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.model.decision import WHOLE, Decision, Verdict
from unbudget_check.triage.decisions import (
    added,
    apply_decisions,
    decision_on,
    finding_meant,
    refuse_incomplete,
    undone,
)
from unbudget_check.triage.decisions_file import parse_decisions, with_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.page.session import Entry

    class Keep(Protocol):
        """Writes decisions beside the documents, or takes them out of there again."""

        def __call__(self, decisions: Sequence[Decision], *, is_undone: bool) -> None:
            """Add the decisions, or take out those on the same findings."""


FILE = "unbudget-decisions.toml"
SHA_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Terms:
    """What the form of a decision says, before anybody knows whether that is enough."""

    verdict: str
    reason: str = ""
    owner: str = ""
    until: str = ""
    by: str = ""


class Decisions:
    """The decisions that hold on the page; every method may be called from any thread."""

    def __init__(
        self, known: Sequence[Decision], today: date, by: str = "", keep: Keep | None = None
    ) -> None:
        self._known = tuple(known)
        self._made: tuple[Decision, ...] = ()
        self._keep = keep
        self._lock = threading.Lock()
        self.today = today
        self.by = by

    @property
    def made(self) -> tuple[Decision, ...]:
        """Those that no file of this computer keeps."""
        return self._made

    def applied(self, entry: Entry) -> Entry:
        """A document with its findings as people decided."""
        if entry.report is None:
            return entry
        documents = tuple(
            apply_decisions(each, self._known, self.today) for each in entry.report.documents
        )
        is_done = any(_is_tick(each, documents[0]) for each in self._known)
        return replace(entry, report=replace(entry.report, documents=documents), is_done=is_done)

    def tick(self, entry: Entry, *, is_done: bool) -> None:
        """Note that a document is done as it is, in place of earlier drafts of it; or that not."""
        if entry.report is None:
            return
        document = entry.report.documents[0]
        made = decision_on(
            Decision(WHOLE, _name_of(document), finding=document.sha256[:SHA_LENGTH]),
            Verdict.CORRECTED,
            by=self.by or "page",
            on=self.today,
        )
        with self._lock:
            reports = [entry.report, *([entry.earlier.report] if entry.earlier else [])]
            drafts = [each.documents[0] for each in reports]
            earlier = [e for e in self._known if any(_is_tick(e, draft) for draft in drafts)]
            for each in earlier:
                self._write(entry, each, is_undone=True)
            self._known = undone(self._known, earlier)
            if is_done:
                self._write(entry, made, is_undone=False)
                self._known = added(self._known, [made])

    def decide(self, entry: Entry, finding: Finding, terms: Terms) -> None:
        """Decide on a finding; raises UserError where a decision lacks what it needs."""
        decision = decision_on(
            finding_meant(finding, _symbol(entry)),
            _verdict(terms.verdict),
            by=terms.by,
            on=self.today,
            reason=terms.reason,
            owner=terms.owner if terms.verdict != Verdict.WRONG else "",
            until=_day(terms.until) if terms.verdict != Verdict.WRONG else None,
        )
        refuse_incomplete(decision, self.today)
        with self._lock:
            self._write(entry, decision, is_undone=False)
            self._known = added(self._known, [decision])
            self.by = decision.by

    def undo(self, entry: Entry, finding: Finding) -> None:
        """Take back what was decided on a finding."""
        meant = finding_meant(finding, _symbol(entry))
        with self._lock:
            self._write(entry, meant, is_undone=True)
            self._known = undone(self._known, [meant])

    def take_over(self, data: bytes) -> None:
        """Add the decisions of a file that was dropped; raises UserError for what is none."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            message = f"{FILE}: the file cannot be read: not UTF-8"
            raise UserError(message) from None
        found = parse_decisions(text, FILE)
        with self._lock:
            self._made = added(self._made, found)
            self._known = added(self._known, found)

    def written(self) -> str:
        """The decisions that no file of this computer keeps, as a file of decisions."""
        return with_decisions("", self._made, FILE)

    def _write(self, entry: Entry, decision: Decision, *, is_undone: bool) -> None:
        if entry.is_local and self._keep is not None:
            self._keep([decision], is_undone=is_undone)
        change = undone if is_undone else added
        if is_undone or not (entry.is_local and self._keep):
            self._made = change(self._made, [decision])


def found_in(report: Report) -> Mapping[str, Finding]:
    """The findings of a report by their identities."""
    return {each.fingerprint: each for each in report.findings}


def _name_of(document: DocumentResult) -> str:
    return document.symbol or document.path.replace("\\", "/").rpartition("/")[2]


def _is_tick(decision: Decision, document: DocumentResult) -> bool:
    """Whether a decision says that a document is done, and the document is as it was then."""
    same = decision.document, decision.finding
    return decision.rule == WHOLE and same == (_name_of(document), document.sha256[:SHA_LENGTH])


def _symbol(entry: Entry) -> str | None:
    return entry.report.documents[0].symbol if entry.report else None


def _verdict(word: str) -> Verdict:
    if word not in set(Verdict):
        message = f"'{word}' is no decision"
        raise UserError(message)
    return Verdict(word)


def _day(text: str) -> date | None:
    """A day as a browser writes it; None where none is given."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"'{text}' is no day; write it as 2027-03-31"
        raise UserError(message) from None
