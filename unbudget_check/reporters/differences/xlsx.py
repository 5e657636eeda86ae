"""A comparison as a workbook: what was forgotten, what changed, findings, rows and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.comparison import Turn
from unbudget_check.reporters.differences.edits import (
    layout_sentence,
    left_sentence,
    reason_sentence,
)
from unbudget_check.reporters.differences.sentences import fate_of, measure_of, turn_of
from unbudget_check.reporters.office.findings_book import BookPage, Tinted, book_of, columns
from unbudget_check.reporters.office.remarks import FILLS
from unbudget_check.reporters.words import place_of, sentence_of, severity_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.comparison import Comparison, TurnedDocument
    from unbudget_check.reporters.office.findings_book import Entry
    from unbudget_check.reporters.options import RenderOptions

    Rows = Iterator[tuple[Entry, ...]]

FORGOTTEN = {
    "document": 28, "place": 40, "printed": 16, "expected": 14, "what": 50, "changed_place": 60,
    "rule": 10, "address": 24,
}  # fmt: skip
CHANGES = {"document": 28, "place": 50, "before": 18, "now": 18, "difference": 14, "address": 24}
FINDINGS = {
    "document": 28, "turn": 16, "severity": 10, "rule": 10, "name": 20, "place": 40, "finding": 60,
    "what": 30, "fingerprint": 18,
}  # fmt: skip
LAYOUT = {"document": 28, "what": 70}
DOCUMENTS = {"document": 40, "before": 40, "what": 50, "findings": 10, "figures": 10}


def render(differences: Comparison, _options: RenderOptions) -> bytes:
    """One sheet for each, with all that there is."""
    lang = differences.now.lang
    sheets = (
        ("forgotten", FORGOTTEN, _forgotten),
        ("changes", CHANGES, _changes),
        ("findings", FINDINGS, _findings),
        ("layout", LAYOUT, _layout),
        ("documents", DOCUMENTS, _documents),
    )
    pages = (
        BookPage(
            say(lang, f"book.{name}"),
            columns(lang, widths),
            tuple(row for each in differences.documents for row in rows(each, lang)),
        )
        for name, widths, rows in sheets
    )
    return book_of(pages, lang)


def _forgotten(document: TurnedDocument, lang: str) -> Rows:
    for left in document.edit.left if document.edit else ():
        yield (
            shown(document.told.path),
            place_of(left.where, lang=lang),
            shown(left.printed),
            left.expected,
            left_sentence(left, lang),
            "\n".join(reason_sentence(each, lang) for each in left.changes),
            left.code,
            left.where.address,
        )


def _changes(document: TurnedDocument, lang: str) -> Rows:
    for change in document.edit.changes if document.edit else ():
        place, address = place_of(change.where, lang=lang), change.where.address
        before, now = shown(change.before), shown(change.now)
        yield (shown(document.told.path), place, before, now, change.difference, address)


def _findings(document: TurnedDocument, lang: str) -> Rows:
    for turned in document.findings:
        if turned.turn is Turn.SAME:
            continue
        finding = turned.told
        yield (
            shown(document.told.path),
            turn_of(turned.turn, 1, lang),
            Tinted(severity_of(finding, lang), FILLS[finding.severity]),
            shown(finding.code),
            shown(finding.name),
            place_of(finding.where, lang=lang),
            sentence_of(finding),
            measure_of(turned, lang),
            finding.fingerprint,
        )


def _layout(document: TurnedDocument, lang: str) -> Rows:
    for change in document.edit.layout if document.edit else ():
        yield (shown(document.told.path), layout_sentence(change, lang))


def _documents(document: TurnedDocument, lang: str) -> Rows:
    before, now = document.before, document.now
    yield (
        shown(now.path) if now else None,
        shown(before.path) if before else None,
        fate_of(document, lang),
        len(document.findings),
        document.edit.changed if document.edit else None,
    )
