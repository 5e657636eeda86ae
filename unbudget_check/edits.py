"""A report with what was edited in each document since an older version of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check import engine
from unbudget_check.diagnosis.edits import broken_by, edit_between, told_edit
from unbudget_check.errors import UserError
from unbudget_check.messages.telling import told_in, unchecked
from unbudget_check.model.document import Where
from unbudget_check.model.faults import Faults
from unbudget_check.model.message import saying
from unbudget_check.model.report import Edit, Turn
from unbudget_check.readers.ahead import prepared
from unbudget_check.readers.source import MappedFile
from unbudget_check.triage.differences import compare
from unbudget_check.triage.effects import narrowed
from unbudget_check.understand.understand import understand_guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import DocumentResult, Report, RuleCard, Unchecked


def with_edits(
    now: Report, before: Report, versions: Mapping[str, bytes], wishes: Wishes, old: str
) -> Report:
    """A report with what was edited in each document since its older version ``old``.

    ``before`` is the report on the older versions, ``versions`` their bytes by path.
    """
    turned = {each.now.path: each for each in compare(before, now).documents if each.now}
    documents = []
    for document in now.documents:
        if document.path not in versions:
            told = unchecked(Where(document.path), saying("edit-new", old=old))
            documents.append(_with_remarks(document, (told,)))
        elif document.status == "checked":
            edit = edit_of(document.path, versions[document.path], wishes) or Edit()
            turns = [each.turn for each in turned[document.path].findings]
            remarks = _remarks(document, edit, old, turns.count(Turn.FIXED))
            documents.append(_with_remarks(_raised(document, edit, now.rules), remarks))
        else:
            documents.append(document)
    kept = tuple(narrowed(document, wishes.profile) for document in documents)
    return told_in(replace(now, documents=kept), now.lang)


def edit_of(path: str, before: bytes, wishes: Wishes) -> Edit | None:
    """What was edited in a document; None where one of its versions cannot be read."""
    asked = replace(wishes, given={**wishes.given, path: before}), wishes
    try:
        old, new = (prepared(path, each)() for each in asked)
        if isinstance(old, MappedFile) and isinstance(new, MappedFile):
            from unbudget_check.tidy.edit import data_edit  # pandas takes long to load

            return data_edit(old, new)
        return edit_between(*(_facts(path, each) for each in asked))
    except UserError:
        return None


def _facts(path: str, wishes: Wishes) -> DocumentFacts:
    return understand_guarded(engine.read(path, wishes), wishes.language, Faults(path))


def _remarks(document: DocumentResult, edit: Edit, old: str, mended: int) -> tuple[Unchecked, ...]:
    where = Where(document.path)
    told = tuple(told_edit(edit, old, where, _open(document)))
    return (*told, unchecked(where, saying("edit-mended", count=mended))) if mended else told


def _with_remarks(document: DocumentResult, more: Sequence[Unchecked]) -> DocumentResult:
    remarks = (*document.coverage.remarks, *more)
    return replace(document, coverage=replace(document.coverage, remarks=remarks))


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
