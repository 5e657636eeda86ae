"""The shared report after an edit: something of everything that can become of a finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.reports import BROKEN, TEXT, WORD, column_total, lone_relation, notation, whole_report
from unbudget_check.model.finding import Finding, Severity

if TYPE_CHECKING:
    from unbudget_check.model.report import DocumentResult, Report

BEFORE, NOW = "before", "now"


def at(identity: str, finding: Finding, **changes: object) -> Finding:
    """A finding under an identity of its own, in a row of its own."""
    where = replace(finding.where, row=f"Row {identity}", document=WORD)
    values = {"fingerprint": identity, "where": where, "document": WORD, **changes}
    return replace(finding, **values)  # type: ignore[arg-type] # names of fields


def edited() -> tuple[Report, Report]:
    """A report and a later one: the first document has one finding of every turn."""
    total, uncounted = column_total(), lone_relation()
    small, large = {"residual": Decimal("0.1")}, {"residual": Decimal("-45.0")}
    waived = {"status": "waived", "acceptance": "Accepted by A. Officer until 2027-03-31: agreed"}
    before = (
        at("worse", total, **small),
        at("graver", notation()),
        at("reopened", total, **waived),
        at("changed", total, **large),
        at("gone", total, code="ARI302", name="row-total"),
        at("fixed", total),
        at("accepted", total),
        at("mended note", uncounted),
        at("same", total),
    )
    now = (
        at("same", total),
        at("accepted", total, **waived),
        at("changed", total, **small),
        at("reopened", total, acceptance="A waiver of A. Officer expired on 2026-01-31: agreed"),
        at("graver", notation(), severity=Severity.ERROR),
        at("worse", total, **large),
        at("broken [1]", total),
        at("broken note", uncounted),
    )
    return _report(before, NOW), _report(now, BEFORE)


def _report(findings: tuple[Finding, ...], missing: str) -> Report:
    """The shared report with these findings; the others appear, disappear or cannot be read."""
    word, book, text, torn = whole_report().documents
    tallies = word.tallies if missing == NOW else word.tallies[:2]
    read = replace(text, path=BROKEN, findings=())
    other: DocumentResult = replace(torn, path=TEXT) if missing == BEFORE else text
    path = f"annual/only {'now' if missing == BEFORE else 'before'}.xlsx"
    third = replace(
        book,
        path=path,
        symbol=path,
        sha256=path,
        findings=tuple(replace(each, document=path) for each in book.findings),
    )
    documents = (
        replace(word, findings=findings, tallies=tallies),
        other,
        read if missing == BEFORE else torn,
        third,
    )
    report = whole_report()
    tool = replace(report.tool, rules_hash=missing)
    return replace(report, documents=documents, tool=tool)
