"""The sheets of the findings workbook: findings, their proofs, documents, what was not checked."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.reporters.findings_book.pages import (
    DOCUMENTS,
    FINDINGS,
    PROOFS,
    UNCHECKED,
    Link,
    Page,
    columns,
)
from unbudget_check.reporters.words import place_of, reason_of, sentence_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.findings_book.pages import Entry

    Row = tuple[Entry, ...]

FIRST = 2  # the row below the head
FINDING_COLUMNS = columns(
    No=6, Document=28, Place=38, Severity=10, Rule=10, Name=20, Finding=60, Printed=16, Stated=12,
    Computed=12, Difference=12, Allowance_for_rounding=12, What_to_do=40, Confidence=11, Status=11,
    Accepted=24, Proof=10, Address=20, Fingerprint=18,
)  # fmt: skip
PROOF_COLUMNS = columns(
    Finding=9, Relation=9, Rule=10, Figure=26, Place=60, Times=8, Amount=16, Address=30
)
DOCUMENT_COLUMNS = columns(
    Document=40, Symbol=20, Language=10, Status=12, Findings=10, Errors=8, Warnings=10, Notes=8,
    Accepted=10, Tables_read=9, Tables_checked=9, Figures_read=9, Figures_checked=9, Exact=9,
    By_rounding=10, Broken=9, Not_judged=9, Sentences_read=10, Sentences_tied=10, Reason=50,
    SHA256=66,
)  # fmt: skip
UNCHECKED_COLUMNS = columns(Document=40, What=16, Place=50, Reason=60, Figures=9)


def pages_of(report: Report) -> tuple[Page, ...]:
    """All sheets, with their links to each other."""
    findings = report.findings
    proofs: list[Row] = []
    begins: dict[int, int] = {}
    for number, finding in enumerate(findings, 1):
        begins[number] = len(proofs) + FIRST
        proofs += list(_proofs(number, finding))
    documents = {each.path: row for row, each in enumerate(report.documents, FIRST)}
    names = names_of(documents)
    links = {path: Link(names[path], DOCUMENTS, row) for path, row in documents.items()}
    rows = [
        _finding(number, each, links[each.document], begins[number])
        for number, each in enumerate(findings, 1)
    ]
    return (
        Page(FINDINGS, FINDING_COLUMNS, tuple(rows), kept=3, colored=3),
        Page(PROOFS, PROOF_COLUMNS, tuple(proofs)),
        Page(DOCUMENTS, DOCUMENT_COLUMNS, tuple(_documents(report))),
        Page(UNCHECKED, UNCHECKED_COLUMNS, tuple(_unchecked(report.documents, links))),
    )


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """Documents by their paths: with as many of their folders as tell them all apart."""
    parts = {path: PurePath(path).parts for path in paths}
    kept = 1
    while len({each[-kept:] for each in parts.values()}) < len({*parts.values()}):
        kept += 1
    return {path: shown("/".join(each[-kept:])) for path, each in parts.items()}


def _finding(number: int, finding: Finding, document: Link, proof: int) -> Row:
    count = len(finding.relations)
    return (
        number,
        document,
        place_of(finding.where),
        str(finding.severity),
        finding.code,
        finding.name,
        sentence_of(finding),
        shown(finding.stated_text),
        finding.stated,
        finding.computed,
        finding.residual,
        finding.allowance,
        shown(finding.advice),
        str(finding.confidence),
        finding.status,
        shown(finding.acceptance),
        Link(count, PROOFS, proof) if count else None,
        finding.where.address,
        finding.fingerprint,
    )


def _proofs(number: int, finding: Finding) -> Iterator[Row]:
    """Every figure of every relation, so that a sum can be made again."""
    for order, proof in enumerate(finding.relations, 1):
        for row in _proof(proof):
            yield (Link(number, FINDINGS, number + FIRST - 1), order, proof.code, *row)


def _proof(proof: Proof) -> Iterator[Row]:
    for part in proof.parts:
        place, address = place_of(part.where), part.where.address
        yield ("part", place, part.coefficient, part.stated, address)
    place, address = place_of(proof.where), proof.where.address
    named = {
        "computed": proof.computed,
        "stated": proof.stated,
        "difference": proof.residual,
        "allowance for rounding": proof.allowance,
    }
    for name, figure in named.items():
        yield (name, place, None, figure, address if name == "stated" else None)


def _documents(report: Report) -> Iterator[Row]:
    before = FIRST
    for document in report.documents:
        yield _document(document, before)
        before += len(document.findings)
    yield ()
    tool = report.tool
    yield (f"{tool.name} {tool.version}, rules {tool.rules_hash}",)


def _document(document: DocumentResult, first: int) -> Row:
    found, covered = document.findings, document.coverage
    still = [each for each in found if each.status == "open"]
    counts = [sum(each.severity == name for each in still) for name in ("error", "warning", "note")]
    return (
        shown(document.path),
        document.symbol,
        document.language,
        document.status,
        Link(len(found), FINDINGS, first) if found else 0,
        *counts,
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
        reason_of(document) if document.reason else None,
        document.sha256,
    )


def _unchecked(documents: Sequence[DocumentResult], links: Mapping[str, Link]) -> Iterator[Row]:
    """Every place that was not checked, and every document that could not be read."""
    for document in documents:
        link, covered = links[document.path], document.coverage
        if document.status == "unreadable":
            yield (link, "document", None, reason_of(document), None)
        named = {"table": covered.unchecked, "sentence": covered.untied, "remark": covered.remarks}
        for what, items in named.items():
            for each in items:
                count = each.figures or None
                yield (link, what, place_of(each.where), shown(each.reason), count)
