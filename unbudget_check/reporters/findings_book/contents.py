"""The sheets of the findings workbook: findings, their proofs, documents, what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.languages.messages import call, say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.findings_book.pages import Link, Page, Tinted, columns
from unbudget_check.reporters.names import names_of
from unbudget_check.reporters.office.remarks import FILLS
from unbudget_check.reporters.words import (
    place_of,
    reason_of,
    sentence_of,
    severity_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.findings_book.pages import Entry

    Row = tuple[Entry, ...]

FIRST = 2  # the row below the head
FINDINGS = {
    "number": 6, "document": 28, "place": 38, "severity": 10, "rule": 10, "name": 20,
    "finding": 60, "printed": 16, "stated": 12, "computed": 12, "difference": 12, "allowance": 12,
    "advice": 40, "confidence": 12, "status": 11, "acceptance": 24, "proof": 10, "address": 20,
    "fingerprint": 18,
}  # fmt: skip
PROOFS = {
    "finding": 9, "relation": 9, "rule": 10, "figure": 26, "place": 60, "times": 8, "amount": 16,
    "address": 30,
}  # fmt: skip
DOCUMENTS = {
    "document": 40, "symbol": 20, "language": 10, "status": 12, "findings": 10, "errors": 8,
    "warnings": 10, "notes": 8, "accepted": 10, "tables_read": 9, "tables_checked": 9,
    "figures_read": 9, "figures_checked": 9, "exact": 9, "rounding": 10, "broken": 9,
    "unjudged": 9, "sentences_read": 10, "sentences_tied": 10, "reason": 50, "sha256": 66,
}  # fmt: skip
UNCHECKED = {"document": 40, "what": 16, "place": 50, "reason": 60, "figures": 9}


def pages_of(report: Report) -> tuple[Page, ...]:
    """All sheets, with their links to each other."""
    lang = report.lang
    titles = [
        say(lang, f"book.{name}") for name in ("findings", "proofs", "documents", "unchecked")
    ]
    proofs: list[Row] = []
    begins: list[int] = []
    for number, finding in enumerate(report.findings, 1):
        begins.append(len(proofs) + FIRST)
        proofs += list(_proofs(finding, Link(number, titles[0], number + FIRST - 1), lang))
    documents = {each.path: row for row, each in enumerate(report.documents, FIRST)}
    names = names_of(report.documents)
    links = {path: Link(names[path], titles[2], row) for path, row in documents.items()}
    findings = []
    for number, (finding, row) in enumerate(zip(report.findings, begins, strict=True), 1):
        count = len(finding.relations)
        proof = Link(count, titles[1], row) if count else None
        findings.append((number, links[finding.document], *_finding(finding, proof, lang)))
    rows = (findings, proofs, _documents(report, titles[0]), _unchecked(report, links))
    widths = (FINDINGS, PROOFS, DOCUMENTS, UNCHECKED)
    kept = (3, 1, 1, 1)
    return tuple(
        Page(title, columns(lang, width), tuple(entries), kept=count)
        for title, width, entries, count in zip(titles, widths, rows, kept, strict=True)
    )


def _finding(finding: Finding, proof: Link | None, lang: str) -> Row:
    """What is said of a finding behind its number and its document."""
    return (
        place_of(finding.where, lang=lang),
        Tinted(severity_of(finding, lang), FILLS[finding.severity]),
        shown(finding.code),
        shown(finding.name),
        sentence_of(finding),
        shown(finding.stated_text),
        finding.stated,
        finding.computed,
        finding.residual,
        finding.allowance,
        shown(finding.advice),
        call(lang, "confidences", finding.confidence),
        call(lang, "statuses", finding.status),
        shown(finding.acceptance),
        proof,
        finding.where.address,
        finding.fingerprint,
    )


def _proofs(finding: Finding, link: Link, lang: str) -> Iterator[Row]:
    """Every figure of every relation, so that a sum can be made again."""
    for order, proof in enumerate(finding.relations, 1):
        for row in _proof(proof, lang):
            yield (link, order, shown(proof.code), *row)


def _proof(proof: Proof, lang: str) -> Iterator[Row]:
    named = say(lang, "book.part")
    for part in proof.parts:
        place, address = place_of(part.where, lang=lang), part.where.address
        yield (named, place, part.coefficient, part.stated, address)
    place = place_of(proof.where, lang=lang)
    figures = {
        "figures.computed": proof.computed,
        "figures.stated": proof.stated,
        "figures.difference": proof.residual,
        "figures.allowance": proof.allowance,
    }
    for name, figure in figures.items():
        address = proof.where.address if name == "figures.stated" else None
        yield (say(lang, name), place, None, figure, address)


def _documents(report: Report, title: str) -> Iterator[Row]:
    before = FIRST
    for document in report.documents:
        found = document.findings
        link = Link(len(found), title, before) if found else 0
        yield _document(document, link, report.lang)
        before += len(found)
    tool, lang = report.tool, report.lang
    yield ()
    yield (say(lang, "book.tool", name=tool.name, version=tool.version, rules=tool.rules_hash),)


def _document(document: DocumentResult, link: Entry, lang: str) -> Row:
    found, covered = document.findings, document.coverage
    still = [each for each in found if each.status == "open"]
    worst_first = reversed(SEVERITIES)
    return (
        shown(document.path),
        document.symbol,
        document.language,
        document.status,
        link,
        *(sum(each.severity == severity for each in still) for severity in worst_first),
        len(found) - len(still),
        covered.tables_read,
        covered.tables_checked,
        covered.figures_read,
        covered.figures_checked,
        covered.exact,
        covered.rounding,
        covered.broken,
        covered.relations_unchecked,
        covered.sentences_read,
        covered.sentences_tied,
        reason_of(document, lang) if document.reason else None,
        document.sha256,
    )


def _unchecked(report: Report, links: Mapping[str, Link]) -> Iterator[Row]:
    """Every place that was not checked, and every document that could not be read."""
    lang = report.lang
    for document in report.documents:
        link, covered = links[document.path], document.coverage
        if document.status == "unreadable":
            yield (link, say(lang, "book.document"), None, reason_of(document, lang), None)
        named = {
            "book.table": covered.unchecked,
            "book.sentence": covered.untied,
            "book.remark": covered.remarks,
        }
        for what, items in named.items():
            for each in items:
                place, count = place_of(each.where, lang=lang), each.figures or None
                yield (link, say(lang, what), place, shown(each.reason), count)
