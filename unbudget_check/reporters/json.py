"""The report for other programs: one JSON object under ``schema_version`` 1, Decimals as strings.

Keys may be added under one version, never renamed; ``report.schema.json`` beside this file is the
published schema, and ``saved.py`` reads a report back. A relation's ``computed`` is the sum of
coefficient times stated over its ``parts``; in percentages the parts are the change and its base.
``tables`` are those in which cells of findings stand, as printed: ``where.cell`` names a cell by
the key of its table, its row and its column, all from 0.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.finding import Finding, Proof, Suspect
    from unbudget_check.model.location import Where
    from unbudget_check.model.report import (
        Coverage,
        DocumentResult,
        PrintedCell,
        PrintedTable,
        Report,
        RuleCard,
        Tally,
        Unchecked,
    )
    from unbudget_check.reporters.options import RenderOptions

SCHEMA_VERSION = 1
# What a cell is unless it says otherwise.
PLAIN = {"rows": 1, "columns": 1, "marks": "", "indent": 0}


def render(report: Report, _options: RenderOptions) -> str:
    """The whole report; how it is to look on a terminal plays no part."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": asdict(report.tool),
        "rules": {
            "select": report.select,
            "ignore": report.ignore,
            "cards": [_card(each) for each in report.rules],
        },
        "documents": [_document(each) for each in report.documents],
        "coverage": _coverage(report.coverage),
        "findings": [_finding(each) for each in report.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _document(document: DocumentResult) -> dict[str, Any]:
    return {
        "path": document.path,
        "symbol": document.symbol,
        "language": document.language,
        "sha256": document.sha256 or None,
        "status": document.status,
        "reason": document.reason or None,
        "sentences": {
            "read": document.coverage.sentences_read,
            "tied": document.coverage.sentences_tied,
        },
        "coverage": _coverage(document.coverage),
        "tallies": [_tally(each) for each in document.tallies],
        "tables": [_table(each) for each in document.tables],
    }


def _card(card: RuleCard) -> dict[str, Any]:
    texts = {"title": dict(card.title), "why": dict(card.why), "fix": dict(card.fix)}
    names = ("code", "name", "family", "severity", "confidence", "source")
    return {name: getattr(card, name) for name in names} | texts


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "code": tally.code,
        "where": _where(tally.where),
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


def _coverage(coverage: Coverage) -> dict[str, Any]:
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
    return {"where": _where(item.where), "reason": item.reason, "figures": item.figures}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "document": finding.document,
        "where": _where(finding.where),
        "stated": _figure(finding.stated),
        "stated_text": finding.stated_text,
        "computed": _figure(finding.computed),
        "residual": _figure(finding.residual),
        "allowance": _figure(finding.allowance),
        "quote": asdict(finding.quote) if finding.quote else None,
        "excerpt": asdict(finding.excerpt) if finding.excerpt else None,
        "message": finding.message,
        "advice": finding.advice,
        "relations": [_relation(each) for each in finding.relations],
        "localisation": finding.localisation,
        "suspects": [_suspect(each) for each in finding.suspects],
        "status": finding.status,
        "fingerprint": finding.fingerprint,
    }


def _relation(proof: Proof) -> dict[str, Any]:
    return {
        "code": proof.code,
        "where": _where(proof.where),
        "stated": _figure(proof.stated),
        "computed": _figure(proof.computed),
        "residual": _figure(proof.residual),
        "allowance": _figure(proof.allowance),
        "parts": [
            {
                "where": _where(part.where),
                "stated": _figure(part.stated),
                "coefficient": part.coefficient,
            }
            for part in proof.parts
        ],
    }


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        "where": _where(suspect.where),
        "stated": suspect.stated,
        "proposed": _figure(suspect.proposed),
        "slip": suspect.slip,
        "witnesses": suspect.witnesses,
        "low": _figure(suspect.low),
        "high": _figure(suspect.high),
    }


def _where(where: Where) -> dict[str, str | int | None]:
    return asdict(where)


def _figure(value: Decimal | None) -> str | None:
    """Every printed digit, never an exponent and never a float."""
    return None if value is None else format(value, "f")
