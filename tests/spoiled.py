"""The shared report with other findings, or with something harmful in every text of it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from tests.reports import whole_report
from unbudget_check.triage.identity import numbered

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report

# Words of the program, which no document can choose.
KEPT = {"status", "cell", "key", "fingerprint"}


def with_findings(*findings: Finding) -> Report:
    """The shared report with its first document alone, in which these are found, numbered."""
    report = whole_report()
    first = replace(report.documents[0], findings=numbered(findings))
    return replace(report, documents=(first,))


def spoiled(report: Report, harm: str) -> Report:
    """The report with ``harm`` around and within every text that somebody else wrote."""
    found: Report = _spoiled(report, harm)
    return found


def _spoiled(value: Any, harm: str) -> Any:  # noqa: ANN401 whatever stands in a report
    if isinstance(value, str) and not isinstance(value, Enum):
        half = len(value) // 2
        return f"{harm}{value[:half]}{harm}{value[half:]}{harm}"
    if isinstance(value, tuple):
        return tuple(_spoiled(each, harm) for each in value)
    if isinstance(value, dict):
        return {key: _spoiled(each, harm) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in fields(value) if each.name not in KEPT]
        return replace(value, **{name: _spoiled(getattr(value, name), harm) for name in names})
    return value
