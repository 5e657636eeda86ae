"""The report for other programs: one JSON object under ``schema_version`` 1, Decimals as strings.

Keys may be added under one version, never renamed; ``report.schema.json`` beside this file is the
published schema, and ``saved.py`` reads a report back. A relation's ``computed`` is the sum of
coefficient times stated over its ``parts``; in percentages the parts are the change and its base.
``tables`` are those in which cells of findings stand, as printed: ``where.cell`` names a cell by
the key of its table, its row and its column, all from 0.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from unbudget_check.reporters.data.plain_data import (
    SCHEMA_VERSION,
    card_data,
    coverage_data,
    document_data,
    finding_data,
    json_text,
    setup_data,
)

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions


def render(report: Report, _options: RenderOptions) -> str:
    """The whole report; how it is to look on a terminal plays no part."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": asdict(report.tool),
        "lang": report.lang,
        "rules": {
            "select": report.select,
            "ignore": report.ignore,
            "cards": [card_data(each) for each in report.rules],
        },
        "settings": setup_data(report.setup),
        "documents": [document_data(each) for each in report.documents],
        "coverage": coverage_data(report.coverage),
        "findings": [finding_data(each) for each in report.findings],
    }
    return json_text(content, indent=2) + "\n"
