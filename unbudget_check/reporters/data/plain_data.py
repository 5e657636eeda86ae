"""Reports, relations and cells as plain data under the published contract.

Keys may be added under one ``SCHEMA_VERSION``, never renamed. Two formats write these data:
``json`` as one whole, and ``jsonl`` finding by finding.

Relations as JSON: what each document's figures add up to, under ``schema_version`` 1.

Keys may be added under one version, never renamed; ``relations.schema.json`` beside this file is
the published schema.

Which texts a spreadsheet would run as a formula, and how they are made harmless.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from unbudget_check.reporters.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding, Proof, Suspect
    from unbudget_check.model.message import Message, Value
    from unbudget_check.model.relations import RelationRow
    from unbudget_check.model.report import (
        Coverage,
        DocumentResult,
        PrintedCell,
        PrintedTable,
        RuleCard,
        Setup,
        Tally,
        Unchecked,
    )


SCHEMA_VERSION = 1
# How tracked changes are read unless a report says otherwise.
ACCEPTED = "accepted"
# What a cell is unless it says otherwise.
PLAIN = {"rows": 1, "columns": 1, "marks": "", "indent": 0}
# What a terminal could obey, or a reader could not see, though JSON would allow it as it stands:
# further controls, ends of rows, overrides of direction, halves of characters.
UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]")

# Spreadsheets take a cell that begins so for a formula; in East Asian ones the wide signs, too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_FIGURE = re.compile(r"[+-]?[\d\s.,]*\d")
# Where a semicolon parts the cells, as in much of Europe, what follows one begins a cell, too.
_LATER = re.compile(r"(;[\s\"']*)(?=[=+\-@＝＋－＠])")


def json_text(data: object, indent: int | None = None) -> str:
    """Data as JSON that is also safe to print: unsafe characters appear as their codes."""
    return UNSAFE.sub(_code, json.dumps(data, ensure_ascii=False, indent=indent))


def _code(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def document_head(document: DocumentResult) -> dict[str, str | None]:
    """Which document it is, and whether it was read."""
    return {
        "path": document.path,
        "symbol": document.symbol,
        "language": document.language,
        "sha256": document.sha256 or None,
        "status": document.status,
        "reason": document.reason or None,
    }


def document_data(document: DocumentResult) -> dict[str, Any]:
    """A document with its coverage, its counts and its printed tables."""
    revisions = document.revisions
    return {
        **document_head(document),
        **({"told": saying_data(document.told)} if document.told else {}),
        "sentences": {
            "read": document.coverage.sentences_read,
            "tied": document.coverage.sentences_tied,
        },
        "coverage": coverage_data(document.coverage),
        "tallies": [_tally(each) for each in document.tallies],
        "tables": [_table(each) for each in document.tables],
    } | ({} if revisions == ACCEPTED else {"revisions": revisions})


def setup_data(setup: Setup) -> dict[str, Any]:
    """The files that a run heeded, what they took away, and which documents nobody reads."""
    return {
        "files": [{"kind": each.kind, "path": each.path} for each in setup.files],
        "effects": [_unchecked(each) for each in setup.effects],
        "passed_over": list(setup.passed),
    }


def card_data(card: RuleCard) -> dict[str, Any]:
    """What a report says of a rule."""
    texts = {kind: dict(getattr(card, kind)) for kind in ("title", "message", "why", "fix")}
    names = ("code", "name", "family", "severity", "confidence", "source")
    return {name: getattr(card, name) for name in names} | texts


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "code": tally.code,
        "where": where_data(tally.where),
        "exact": tally.exact,
        "rounding": tally.rounding,
        "broken": tally.broken,
    }


def _table(table: PrintedTable) -> dict[str, Any]:
    names = ("key", "number", "part", "title", "part_title", "address", "columns", "head")
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {name: getattr(table, name) for name in names} | {"rows": rows}


def _cell(cell: PrintedCell) -> dict[str, Any]:
    """A cell with its text and place, and what else is not as in most cells."""
    whole = {"text": cell.text, "row": cell.row, "column": cell.column}
    rare = {"rows": cell.rows, "columns": cell.columns, "marks": cell.marks, "indent": cell.indent}
    return whole | {name: value for name, value in rare.items() if value != PLAIN[name]}


def coverage_data(coverage: Coverage) -> dict[str, Any]:
    """What was and was not checked."""
    return {
        "tables": {
            "read": coverage.tables_read,
            "checked": coverage.tables_checked,
            "unchecked": [_unchecked(each) for each in coverage.unchecked],
        },
        "figures": {"read": coverage.figures_read, "checked": coverage.figures_checked},
        "relations": {
            "exact": coverage.exact,
            "rounding": coverage.rounding,
            "broken": coverage.broken,
            "unchecked": coverage.relations_unchecked,
        },
        "sentences": {
            "read": coverage.sentences_read,
            "tied": coverage.sentences_tied,
            "untied": [_unchecked(each) for each in coverage.untied],
        },
        "remarks": [_unchecked(each) for each in coverage.remarks],
    }


def _unchecked(item: Unchecked) -> dict[str, Any]:
    said = {"where": where_data(item.where), "reason": item.reason, "figures": item.figures}
    return said | ({"told": saying_data(item.told)} if item.told else {})


def saying_data(saying: Message) -> dict[str, Any]:
    """A sentence before it is put in a language: its name, and what fills its blanks."""
    data: dict[str, Any] = {"name": saying.name}
    if saying.values:
        data["values"] = {name: _value(value) for name, value in saying.values}
    return data | ({"place": where_data(saying.place)} if saying.place else {})


def _value(value: Value) -> str | int | dict[str, Any] | list[Any]:
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value if isinstance(value, str | int) else saying_data(value)


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding with its whole proof."""
    return {
        "number": finding.number,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "document": finding.document,
        "where": where_data(finding.where),
        "stated": figure_data(finding.stated),
        "stated_text": finding.stated_text,
        "computed": figure_data(finding.computed),
        "residual": figure_data(finding.residual),
        "allowance": figure_data(finding.allowance),
        "proposed": figure_data(finding.proposed),
        "quote": asdict(finding.quote) if finding.quote else None,
        "excerpt": asdict(finding.excerpt) if finding.excerpt else None,
        "message": finding.message,
        "messages": dict(finding.messages),
        "told": [saying_data(each) for each in finding.told],
        "advice": finding.advice,
        "relations": [_relation(each) for each in finding.relations],
        "localisation": finding.localisation,
        "suspects": [_suspect(each) for each in finding.suspects],
        "status": finding.status,
        "acceptance": finding.acceptance,
        "accepting": [saying_data(each) for each in finding.accepting],
        "decision": _decision(finding.decision) if finding.decision else None,
        "fingerprint": finding.fingerprint,
        "notation": asdict(finding.notation),
    }


def _decision(decision: Decision) -> dict[str, str | None]:
    """What somebody decided on a finding, why, who and when."""
    return {
        "verdict": decision.verdict,
        "reason": decision.reason,
        "owner": decision.owner,
        "until": decision.until.isoformat() if decision.until else None,
        "by": decision.by,
        "on": decision.on.isoformat() if decision.on else None,
    }


def _relation(proof: Proof) -> dict[str, Any]:
    return {
        "code": proof.code,
        "where": where_data(proof.where),
        "stated": figure_data(proof.stated),
        "computed": figure_data(proof.computed),
        "residual": figure_data(proof.residual),
        "allowance": figure_data(proof.allowance),
        "parts": [
            {
                "where": where_data(part.where),
                "stated": figure_data(part.stated),
                "coefficient": part.coefficient,
            }
            for part in proof.parts
        ],
    }


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        "where": where_data(suspect.where),
        "stated": suspect.stated,
        "proposed": figure_data(suspect.proposed),
        "slip": suspect.slip,
        "witnesses": suspect.witnesses,
        "low": figure_data(suspect.low),
        "high": figure_data(suspect.high),
    }


def where_data(where: Where) -> dict[str, str | int | None]:
    """A place."""
    return asdict(where)


def figure_data(value: Decimal | None) -> str | None:
    """Every printed digit, never an exponent and never a float."""
    return None if value is None else format(value, "f")


def render(documents: Iterable[tuple[str, Sequence[RelationRow], str]]) -> str:
    """All relations, one a row of the text; a document that could not be read has its reason."""
    listed = ",\n".join(_document(*each) for each in documents)
    return f'{{"schema_version": {SCHEMA_VERSION}, "documents": [\n{listed}\n]}}\n'


def _document(path: str, rows: Sequence[RelationRow], reason: str) -> str:
    relations = ",\n".join(json_text(asdict(row)) for row in rows)
    status = "unreadable" if reason else "read"
    head = f'"path": {json_text(path)}, "status": "{status}", "reason": {json_text(reason)}'
    return f'{{{head}, "relations": [\n{relations}\n]}}'


def defused(text: str) -> str:
    """A text of a document, with an apostrophe before what would be a formula; figures stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # alone it would end a row, unquoted
    if not text.isprintable():
        text = "".join(each if each in "\n\t" else visible(each) for each in text)
    text = _LATER.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text
