"""A comparison for other programs: one JSON object; findings under the keys of the JSON report.

``findings`` of a document are those that did not stay as they were, each with what it turned into,
as it was ``before`` and as it is ``now``; one of the two is null where it was in one report only.
``counts`` hold all of them, the unchanged ones too. ``edit`` is what happened to the figures of the
document, null where only reports were compared.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from unbudget_check.messages import ENGLISH, tell
from unbudget_check.model.comparison import Turn
from unbudget_check.reporters.data.plain_data import (
    SCHEMA_VERSION,
    figure_data,
    finding_data,
    json_text,
    where_data,
)

if TYPE_CHECKING:
    from unbudget_check.model.comparison import (
        Change,
        Comparison,
        Edit,
        LeftUnchanged,
        TurnedDocument,
        TurnedFinding,
    )
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions


def render(differences: Comparison, _options: RenderOptions) -> str:
    """The whole comparison."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "before": _run(differences.before),
        "now": _run(differences.now),
        "remarks": [tell(ENGLISH, each) for each in differences.remarks],
        "counts": {turn: len(differences.with_turn([turn])) for turn in Turn},
        "documents": [_document(each) for each in differences.documents],
    }
    return json_text(content, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    rules = {"select": report.select, "ignore": report.ignore}
    return {"tool": asdict(report.tool), "rules": rules, "relations": report.coverage.judged}


def _document(document: TurnedDocument) -> dict[str, Any]:
    changed = [each for each in document.findings if each.turn is not Turn.SAME]
    return {
        "fate": document.fate,
        "path": document.now.path if document.now else None,
        "path_before": document.before.path if document.before else None,
        "symbol": document.told.symbol,
        "reason": document.told.reason or None,
        "unknown": document.unknown,
        "findings": [_finding(each) for each in changed],
        "edit": _edit(document.edit) if document.edit else None,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "changed": edit.changed,
        "added": edit.added,
        "removed": edit.removed,
        "unread": edit.unread,
        "left_unchanged": [_left(each) for each in edit.left],
        "changes": [_change(each) for each in edit.changes],
        "layout": [
            {
                "kind": each.kind,
                "what": each.what,
                "where": where_data(each.where),
                "before": each.before or None,
                "figures": each.figures,
            }
            for each in edit.layout
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "where": where_data(change.where),
        "before": change.before,
        "now": change.now,
        "difference": figure_data(change.difference),
    }


def _left(left: LeftUnchanged) -> dict[str, Any]:
    return {
        "kind": left.kind,
        "where": where_data(left.where),
        "printed": left.printed,
        "stated": figure_data(left.stated),
        "expected": figure_data(left.expected),
        "rule": left.code,
        "severity": left.severity,
        "indirect": left.is_indirect,
        "changes": [_change(each) for each in left.changes],
    }


def _finding(turned: TurnedFinding) -> dict[str, Any]:
    return {
        "turn": turned.turn,
        "before": finding_data(turned.before) if turned.before else None,
        "now": finding_data(turned.now) if turned.now else None,
    }
