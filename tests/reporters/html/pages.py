"""Pages of HTML taken apart for tests: names, links, texts, and reports worth drawing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.html import document_fromstring

from tests.reports import column_total, whole_report
from unbudget_check.model.report import PrintedCell, PrintedTable
from unbudget_check.reporters.html.page import render
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.triage.identity import numbered

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report


def page_of(report: Report) -> str:
    return render(report, RenderOptions())


def tree_of(report: Report) -> HtmlElement:
    return document_fromstring(page_of(report))


def text_of(element: HtmlElement) -> str:
    """What a reader reads, without the script and the style."""
    texts = element.xpath(".//text()[not(parent::script or parent::style)]")
    return " ".join(" ".join(map(str, texts)).split())


def with_findings(*findings: Finding) -> Report:
    """The shared report with these findings, numbered, in its first document."""
    report = whole_report()
    first, *others = report.documents
    return replace(report, documents=(replace(first, findings=numbered(findings)), *others))


def accepted_report() -> Report:
    """One finding open, its twin known before, a third under a waiver."""
    finding = column_total()
    return with_findings(
        finding,
        replace(finding, status="baselined", fingerprint="aa"),
        replace(
            finding,
            status="waived",
            fingerprint="bb",
            acceptance="Accepted by J. Ward until 2026-12-31: recosted after print",
        ),
    )


def foreign_report(language: str, report: Report | None = None) -> Report:
    """A report as of documents in this language."""
    report = report or whole_report()
    documents = tuple(replace(each, language=language) for each in report.documents)
    return replace(report, documents=documents)


def long_report(rows: int) -> Report:
    """A finding in the fortieth row from the end of a table of so many rows."""
    finding = column_total()
    suspect = f"t11r{rows - 40}c1"
    where = replace(finding.where, cell=suspect)
    body = tuple(
        tuple(PrintedCell(f"{at}.{column}", at, column) for column in range(3))
        for at in range(1, rows)
    )
    head = tuple(PrintedCell(f"head {column}", 0, column) for column in range(3))
    table = PrintedTable("t11", (head, *body), 3, 1, "4.7")
    lone = replace(finding, where=where, relations=(), suspects=())
    report = with_findings(lone)
    first, *others = report.documents
    return replace(report, documents=(replace(first, tables=(table,)), *others))
