"""SARIF 2.1.0 for code-scanning sites: what they really use of it, and nothing they would misread.

They read the first place of a result and its ``primaryLocationLineHash``, take the first sentence
of the message for a title, want all four numbers of a region, and keep 5,000 results. A Word file
or a workbook has no lines: its region is its beginning, and the human place stands in the first
sentence and in ``logicalLocations``. Accepted findings are left out, because these sites would
open them again; whoever reads suppressions can have them (``options.suppressions``). How far the
documents were checked stands in the properties of the run.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from unbudget_check.reporters.closing import result_of
from unbudget_check.reporters.hosting import (
    accepted_findings,
    headline_of,
    open_findings,
    stable_path,
)
from unbudget_check.reporters.plain_data import json_text
from unbudget_check.reporters.sarif_places import location_data, quoted_uri
from unbudget_check.reporters.sarif_rules import rule_data
from unbudget_check.reporters.words import count_of, doubt_of, figure_of, place_of, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.finding import Finding, Part
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.options import RenderOptions

Data = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS_MOST = 5000
PARTS_MOST = 100  # as many places of one result are shown
LINKS_MOST = 20


def render(report: Report, options: RenderOptions) -> str:
    """One run with the rules, the documents, and the open findings, the gravest first."""
    found = open_findings(report)
    found += accepted_findings(report) if options.suppressions else []
    codes = [card.code for card in report.rules]
    run = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "semanticVersion": report.tool.version,
                "rules": [rule_data(card) for card in report.rules],
            }
        },
        "invocations": [_invocation(report, len(found) - RESULTS_MOST)],
        "artifacts": [_artifact(each, options) for each in report.documents],
        "results": list(_results(found[:RESULTS_MOST], codes, options)),
        "columnKind": "unicodeCodePoints",
        "properties": _coverage(report),
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _invocation(report: Report, missing: int) -> Data:
    """What went wrong and what is missing, where sites look for it."""
    unread = [each for each in report.documents if each.status == "unreadable"]
    said = [("error", f"{shown(each.path)}: {shown(each.reason)}") for each in unread]
    if missing > 0:
        said.append(("warning", f"{count_of(missing, 'more finding')} than sites keep; left out."))
    if not report.coverage.judged:
        said.append(("warning", result_of(report).text))
    return {
        "executionSuccessful": not unread,
        "toolExecutionNotifications": [
            {"level": level, "message": {"text": text}} for level, text in said
        ],
    }


def _artifact(document: DocumentResult, options: RenderOptions) -> Data:
    data: Data = {"location": {"uri": quoted_uri(stable_path(document.path, options))}}
    return data | ({"hashes": {"sha-256": document.sha256}} if document.sha256 else {})


def _coverage(report: Report) -> Data:
    coverage = report.coverage
    return {
        "result": result_of(report).text,
        "tables": {"read": coverage.tables_read, "checked": coverage.tables_checked},
        "figures": {"read": coverage.figures_read, "checked": coverage.figures_checked},
        "relations": {
            "exact": coverage.exact,
            "rounding": coverage.rounding,
            "broken": coverage.broken,
            "unchecked": coverage.relations_unchecked,
        },
    }


def _results(
    findings: Iterable[Finding], codes: Sequence[str], options: RenderOptions
) -> Iterator[Data]:
    twins: Counter[str] = Counter()
    for finding in findings:
        twins[finding.fingerprint] += 1
        identity = f"{finding.fingerprint}:{twins[finding.fingerprint]}"
        index = {"ruleIndex": codes.index(finding.code)} if finding.code in codes else {}
        parts = _parts(finding)
        yield {
            "ruleId": finding.code,
            **index,
            "level": str(finding.severity),
            "message": {"text": _message(finding, parts)},
            "locations": [location_data(finding.where, options)],
            "relatedLocations": [
                location_data(part.where, options, number, _named(part, finding))
                for number, part in enumerate(parts[:PARTS_MOST], 1)
            ],
            "partialFingerprints": {"primaryLocationLineHash": identity},
            **_suppressed(finding),
            "properties": {"confidence": str(finding.confidence)},
        }


def _suppressed(finding: Finding) -> Data:
    """Who accepted a finding outside of the document, if anybody did."""
    if finding.status == "open":
        return {}
    why = shown(finding.acceptance) or f"The finding is {finding.status}."
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}


def _parts(finding: Finding) -> tuple[Part, ...]:
    """The addends of the first relation, which is the one that the message speaks of."""
    return finding.relations[0].parts if finding.relations else ()


def _named(part: Part, finding: Finding) -> str:
    return (
        f"{place_of(part.where, finding.where) or place_of(part.where)}: {figure_of(part.stated)}"
    )


def _message(finding: Finding, parts: Sequence[Part]) -> str:
    """The headline, what to do, and a link to each part; nothing else in it may look like one."""
    doubt = f"Note: {doubt_of(finding)}." if doubt_of(finding) else ""
    said = [headline_of(finding), shown(finding.advice), doubt]
    text = " ".join(each for each in said if each).replace("](", "] (")
    links = [
        f"[{figure_of(part.stated)}]({number})" for number, part in enumerate(parts[:LINKS_MOST], 1)
    ]
    more = len(parts) - len(links)
    links += [f"and {spaced(more)} more"] if more else []
    return f"{text} Parts: {', '.join(links)}." if links else text
