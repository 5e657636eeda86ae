"""Put two runs over two versions of documents together: what each edit did, broke and forgot."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check import engine
from unbudget_check.compare.changes import edit_between
from unbudget_check.errors import UserError
from unbudget_check.messages.telling import told_in, unchecked
from unbudget_check.model.comparison import (
    Change,
    Comparison,
    Dependence,
    Edit,
    Fate,
    LeftUnchanged,
    Turn,
)
from unbudget_check.model.document import Where
from unbudget_check.model.message import saying
from unbudget_check.model.number import EXACT, total_of
from unbudget_check.readers.ahead import prepared
from unbudget_check.readers.source import MappedFile
from unbudget_check.triage.differences import compare
from unbudget_check.triage.effects import narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.diagnosis.proofs import Case
    from unbudget_check.engine import Examined
    from unbudget_check.model.comparison import TurnedDocument
    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import DocumentResult, Report, RuleCard, Unchecked

    Moved = Mapping[str, Change]


# Changed figures that are listed among the remarks of a report; the others are counted.
LISTED = 20


def broken_by(edit: Edit, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with a sum that held to the last digit before the edit, and does not now.

    That it held, and that it was the edit which broke it, is more than the figures of one version
    can say: such a finding is as grave and as sure as its rule.
    """
    moved = _by_address(edit)
    for finding in findings:
        if any(_held_before(moved, proof) for proof in finding.relations):
            yield finding


def left_in_proofs(edit: Edit, findings: Iterable[Finding]) -> Iterator[LeftUnchanged]:
    """The stated figures that stayed as they were, though what they are made of is other now."""
    moved = _by_address(edit)
    for finding in findings:
        for proof in finding.relations:
            if (proof.where.address or "") in moved or not _held_before(moved, proof):
                continue
            parts = [moved.get(part.where.address or "") for part in proof.parts]
            yield LeftUnchanged(
                Dependence.TOTAL,
                proof.where,
                "",
                proof.stated,
                proof.computed,
                tuple(each for each in parts if each is not None),
                proof.code,
                finding.severity,
                finding.notation,
            )


def _by_address(edit: Edit) -> Moved:
    """The changes by their addresses; several at one address cannot be told apart."""
    counts = Counter(each.where.address for each in edit.changes)
    return {
        each.where.address: each
        for each in edit.changes
        if each.where.address and counts[each.where.address] == 1
    }


def _held_before(moved: Moved, proof: Proof) -> bool:
    if proof.residual is None:
        return False
    stated = moved.get(proof.where.address or "")
    terms = [] if stated is None else [(stated, 1)]
    for part in proof.parts:
        change = moved.get(part.where.address or "")
        if change is not None:
            terms.append((change, -part.coefficient))
    differences = [_times(change.difference, count) for change, count in terms]
    known = [each for each in differences if each is not None]
    return bool(known) and len(known) == len(terms) and total_of(known) == proof.residual


def _times(difference: Decimal | None, count: int) -> Decimal | None:
    return None if difference is None else EXACT.multiply(difference, count)


def compare_runs(before: Examined, now: Examined, old: Wishes, new: Wishes) -> Comparison:
    """What became of the findings, and what was edited in every document that both runs read.

    ``old`` and ``new`` are the wishes with which the runs were made: data files with a mapping are
    read again. A finding that the edit surely made is as grave and as sure as its rule.
    """
    found = compare(before.report, now.report)
    cards, documents = now.report.rules, []
    for each in found.documents:
        edit = _edit_of(each, (before, old), (now, new))
        documents.append(each if edit is None else _edited(each, edit, cards))
    raised = {each.now.path: each.now for each in documents if each.now}
    report = replace(now.report, documents=tuple(raised[e.path] for e in now.report.documents))
    return replace(found, now=report, documents=tuple(documents))


def _edited(document: TurnedDocument, edit: Edit, cards: Sequence[RuleCard]) -> TurnedDocument:
    assert document.now is not None  # noqa: S101 what was edited is there
    now = _raised(document.now, edit, cards)
    by_identity = {each.fingerprint: each for each in now.findings}
    findings = tuple(
        replace(each, now=by_identity.get(each.now.fingerprint, each.now)) if each.now else each
        for each in document.findings
    )
    return replace(document, now=now, findings=findings, edit=edit)


def _edit_of(
    document: TurnedDocument, old: tuple[Examined, Wishes], new: tuple[Examined, Wishes]
) -> Edit | None:
    """What was edited in a document; None where only one version of it was read."""
    before, now = document.before, document.now
    if document.fate is not Fate.COMPARED or before is None or now is None:
        return None
    if (before.sha256, before.revisions) == (now.sha256, now.revisions):
        return Edit()
    sides = (before.path, *old), (now.path, *new)
    try:
        if all(path in found.cases for path, found, _ in sides):
            return edit_between(*(_case_of(*each) for each in sides))
        one, other = (prepared(path, wishes)() for path, _, wishes in sides)
        if isinstance(one, MappedFile) and isinstance(other, MappedFile):
            from unbudget_check.compare.data_files import data_edit  # pandas takes long to load

            edit = data_edit(one, other)
            return replace(edit, left=tuple(left_in_proofs(edit, _open(now))))
        return edit_between(*(_case_of(*each) for each in sides))
    except UserError:
        return None


def _case_of(path: str, found: Examined, wishes: Wishes) -> Case:
    """A document as its run understood it; read as printed where it was read as data then."""
    if path not in found.cases:
        return engine.understand(path, wishes).case
    case: Case = pickle.loads(found.cases[path])  # noqa: S301  our own run packed it
    return case


def _open(document: DocumentResult) -> list[Finding]:
    return [each for each in document.findings if each.status == "open"]


def _raised(document: DocumentResult, edit: Edit, cards: Sequence[RuleCard]) -> DocumentResult:
    """The document with the findings that an edit surely made as grave and sure as their rules."""
    usual = {card.code: card for card in cards}
    broken = {each.fingerprint for each in broken_by(edit, _open(document))}
    findings = tuple(
        replace(each, severity=usual[each.code].severity, confidence=usual[each.code].confidence)
        if each.fingerprint in broken and each.code in usual
        else each
        for each in document.findings
    )
    return replace(document, findings=findings)


def remarked(comparison: Comparison, old: str, wishes: Wishes) -> Report:
    """The report on the later versions, with what is to be said of the edits among its remarks.

    ``old`` is what the user calls the older version.
    """
    documents = []
    for each in comparison.documents:
        if each.now is not None:
            remarks = (*each.now.coverage.remarks, *_remarks(each, old))
            coverage = replace(each.now.coverage, remarks=remarks)
            documents.append(narrowed(replace(each.now, coverage=coverage), wishes.profile))
    now = comparison.now
    return told_in(replace(now, documents=tuple(documents)), now.lang)


def _remarks(document: TurnedDocument, old: str) -> Iterator[Unchecked]:
    where = Where(document.told.path)
    if document.before is None:
        yield unchecked(where, saying("edit-new", old=old))
    if document.edit is not None:
        yield from _told(document.edit, old, where)
    fixed = sum(each.turn is Turn.FIXED for each in document.findings)
    if fixed:
        yield unchecked(where, saying("edit-mended", count=fixed))


def _told(edit: Edit, old: str, document: Where) -> Iterator[Unchecked]:
    counts = saying(
        "edit-counts", old=old, changed=edit.changed, added=edit.added, removed=edit.removed
    )
    yield unchecked(document, counts)
    for left in (each for each in edit.left if not each.is_indirect):
        first = left.changes[0]
        place = ", ".join(filter(None, (first.where.row, first.where.column)))
        told = saying(
            "edit-forgotten", part=place, before=first.before or "–", now=first.now or "–", old=old
        )
        yield unchecked(left.where, told)
    for change in edit.changes[:LISTED]:
        told = saying("edit-changed", before=change.before or "–", now=change.now or "–")
        yield unchecked(change.where, told)
