"""SARIF 2.1.0 for code-scanning sites: what they really use of it, and nothing they would misread.

They read the first place of a result and its ``primaryLocationLineHash``, take the first sentence
of the message for a title, want all four numbers of a region, and keep 5,000 results. A Word file
or a workbook has no lines: its region is its beginning, and the human place stands in the first
sentence and in ``logicalLocations``. Accepted findings are left out, because these sites would
open them again; whoever reads suppressions can have them (``options.suppressions``). How far the
documents were checked stands in the properties of the run.

A place as SARIF says it: an address that code-scanning sites accept, and the human name.

A rule as SARIF says it: its promise, why it matters, how to mend it, and how far to trust it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from unbudget_check.messages import say, words_in
from unbudget_check.reporters.ci.hosting import (
    accepted_findings,
    headline_of,
    in_markdown,
    open_findings,
    stable_path,
)
from unbudget_check.reporters.closing import result_of, setup_rows
from unbudget_check.reporters.data.plain_data import json_text, setup_data
from unbudget_check.reporters.words import (
    anchor_of,
    count_of,
    doubt_of,
    figure_of,
    listed,
    place_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding, Part
    from unbudget_check.model.report import DocumentResult, Report, RuleCard
    from unbudget_check.reporters.options import RenderOptions


# How the reader of texts writes the span of a figure: "line 12, 40-47", both ends included.
_SPAN = re.compile(r"line \d+, (\d+)-(\d+)")
_DRIVE = re.compile(r"[A-Za-z]:/")

SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}

Data = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS_MOST = 5000
PARTS_MOST = 100  # as many places of one result are shown
LINKS_MOST = 20


def location_data(where: Where, lang: str, options: RenderOptions) -> dict[str, Any]:
    """A location; its human name is in the language of the report."""
    name = place_of(where, lang=lang)
    path = anchor_of(where).removeprefix(shown(where.document)).lstrip("#!:")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quoted_uri(stable_path(where.document, options))},
            "region": _region(where),
        },
        "logicalLocations": [{"name": name, "fullyQualifiedName": path or name}],
    }


def quoted_uri(path: str) -> str:
    """A path as a relative reference; what is no letter of a URI is percent-encoded."""
    if _DRIVE.match(path):
        return f"file:///{quote(path, safe='/:', errors='surrogateescape')}"
    # A colon in a first step would read as a scheme such as "file:"; it is encoded, too.
    quoted = quote(path, safe="/", errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted


def _region(where: Where) -> dict[str, int]:
    """All four numbers; what has no lines has its beginning as its place."""
    line = where.line or 1
    span = _SPAN.fullmatch(where.address or "") if where.line else None
    first, last = (int(span[1]), int(span[2])) if span else (1, 0)
    return {
        "startLine": line,
        "startColumn": first,
        "endLine": line,
        "endColumn": max(last + 1, first),
    }


def rule_data(card: RuleCard, lang: str) -> dict[str, Any]:
    """One rule of the driver; help in both forms, since sites show the one in Markdown."""
    texts = (card.title, card.why, card.fix)
    title, why, fix = (shown(words_in(text, lang)) for text in texts)
    command = f"unbudget-check explain {card.code}"
    source = _labelled(lang, "rule.source", shown(card.source)) if card.source else ""
    advice = say(lang, "full.advice")
    told = [title, why, fix, source, say(lang, "sites.examples", command=command)]
    marked = [
        f"**{in_markdown(title)}**",
        in_markdown(why),
        f"**{advice[:1].upper()}{advice[1:]}**",
        in_markdown(fix),
        in_markdown(source),
        say(lang, "sites.examples", command=f"`{command}`"),
    ]
    return {
        "id": card.code,
        "name": card.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n\n".join(each for each in told if each),
            "markdown": "\n\n".join(each for each in marked if each),
        },
        "defaultConfiguration": {"level": str(card.severity)},
        "properties": {
            "precision": str(card.confidence),
            "problem.severity": SEVERITIES[card.severity],
            "tags": [card.family],
        },
    }


def _labelled(lang: str, label: str, text: str) -> str:
    told = say(lang, "full.labelled", label=say(lang, label), text=text)
    return told[:1].upper() + told[1:]


def render(report: Report, options: RenderOptions) -> str:
    """One run with the rules, the documents, and the open findings, the gravest first."""
    found = open_findings(report)
    found += accepted_findings(report) if options.suppressions else []
    run = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "semanticVersion": report.tool.version,
                "rules": [rule_data(card, report.lang) for card in report.rules],
            }
        },
        "invocations": [_invocation(report, len(found) - RESULTS_MOST)],
        "artifacts": [_artifact(each, options) for each in report.documents],
        "results": list(_results(report, found[:RESULTS_MOST], options)),
        "columnKind": "unicodeCodePoints",
        "properties": _coverage(report),
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _invocation(report: Report, missing: int) -> Data:
    """What went wrong and what is missing, where sites look for it."""
    unread = [each for each in report.documents if each.status == "unreadable"]
    said = [("error", f"{shown(each.path)}: {shown(each.reason)}") for each in unread]
    if missing > 0:
        more = count_of(missing, "more finding", report.lang)
        said.append(("warning", say(report.lang, "sites.too_many", more=more)))
    if not report.coverage.judged:
        said.append(("warning", result_of(report).text))
    said += [("note", row.text) for row in setup_rows(report)]
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
        "settings": setup_data(report.setup),
        "tables": {"read": coverage.tables_read, "checked": coverage.tables_checked},
        "figures": {"read": coverage.figures_read, "checked": coverage.figures_checked},
        "relations": {
            "exact": coverage.exact,
            "rounding": coverage.rounding,
            "broken": coverage.broken,
            "unchecked": coverage.relations_unchecked,
        },
    }


def _results(report: Report, findings: Iterable[Finding], options: RenderOptions) -> Iterator[Data]:
    lang, codes = report.lang, [card.code for card in report.rules]
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
            "message": {"text": _message(finding, parts, lang)},
            "locations": [location_data(finding.where, lang, options)],
            "relatedLocations": [
                _part(part, finding, number, lang, options)
                for number, part in enumerate(parts[:PARTS_MOST], 1)
            ],
            "partialFingerprints": {"primaryLocationLineHash": identity},
            **_suppressed(finding),
            "properties": {"confidence": str(finding.confidence), "number": finding.number},
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


def _part(part: Part, finding: Finding, number: int, lang: str, options: RenderOptions) -> Data:
    """The place of a part with what is printed there; a link in the message calls its number."""
    name = place_of(part.where, finding.where, lang) or place_of(part.where, lang=lang)
    said = say(lang, "lists.reason", thing=name, reason=figure_of(part.stated, finding.notation))
    return {
        "id": number,
        **location_data(part.where, lang, options),
        "message": {"text": _unlinked(said)},
    }


def _message(finding: Finding, parts: Sequence[Part], lang: str) -> str:
    """The headline, what to do, and a link to each part; nothing else in it may look like one."""
    doubt = doubt_of(finding, lang)
    noted = say(lang, "sites.note", text=doubt) if doubt else ""
    said = [headline_of(finding, lang), shown(finding.advice), noted]
    text = _unlinked(" ".join(each for each in said if each))
    links = [
        f"[{figure_of(part.stated, finding.notation)}]({number})"
        for number, part in enumerate(parts[:LINKS_MOST], 1)
    ]
    more = len(parts) - len(links)
    links += [say(lang, "sites.more", count=more)] if more else []
    return f"{text} {say(lang, 'sites.parts', parts=listed(links, lang))}" if links else text


def _unlinked(text: str) -> str:
    return text.replace("](", "] (")
