"""The findings as JSON Lines: one JSON value a row, so that they can be filtered row by row.

The first row tells of the run: ``schema_version``, the program, every document with its status,
and how far all of it was checked; without it, no findings would look like no contradictions. Every
further row is one finding, under the same keys as in the JSON report.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from unbudget_check.reporters.data.plain_data import (
    SCHEMA_VERSION,
    coverage_data,
    document_head,
    finding_data,
    json_text,
    setup_data,
)

if TYPE_CHECKING:
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions


def render(report: Report, _options: RenderOptions) -> str:
    """The row of the run, then one row a finding: by document, and there by number."""
    rows = [_run(report), *map(finding_data, report.findings)]
    return "".join(f"{json_text(row)}\n" for row in rows)


def _run(report: Report) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": asdict(report.tool),
        "rules": {"select": report.select, "ignore": report.ignore},
        "settings": setup_data(report.setup),
        "documents": [document_head(each) for each in report.documents],
        "coverage": coverage_data(report.coverage),
    }
