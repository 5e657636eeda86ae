"""The findings of a report as a pandas frame, one row a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report

PLACES = (
    *("table", "part", "row", "column", "paragraph", "figure", "item"),
    *("page", "line", "address"),
)
AMOUNTS = ("stated", "computed", "residual", "allowance", "proposed")
COLUMNS = (
    "number",
    "code",
    "name",
    "severity",
    "confidence",
    "document",
    *PLACES,
    "printed",
    *AMOUNTS,
    "message",
    "advice",
    "status",
    "acceptance",
    "fingerprint",
    "decision",
)


def findings_frame(report: Report) -> pd.DataFrame:
    """All findings of a report as a table for further work in pandas, its columns named as in CSV.

    Every column has dtype ``object``, so that an amount stays the exact ``decimal.Decimal`` that it
    is in the report and what does not apply stays None.
    """
    records = [_record(finding) for finding in report.findings]
    return pd.DataFrame(records, columns=list(COLUMNS), dtype=object)


def _record(finding: Finding) -> tuple[object, ...]:
    return (
        finding.number,
        finding.code,
        finding.name,
        finding.severity.value,
        finding.confidence.value,
        finding.document,
        *(getattr(finding.where, name) for name in PLACES),
        finding.stated_text,
        *(getattr(finding, name) for name in AMOUNTS),
        finding.message,
        finding.advice,
        finding.status,
        finding.acceptance,
        finding.fingerprint,
        finding.decision.verdict.value if finding.decision else None,
    )
