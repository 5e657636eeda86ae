"""What the exit code of a run means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES

if TYPE_CHECKING:
    from unbudget_check.model.finding import Severity
    from unbudget_check.model.report import Report

CLEAN, FINDINGS, WRONG_USE, INCOMPLETE, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143


def exit_code(report: Report, fail_on: Severity | None) -> int:
    """FINDINGS at or above ``fail_on``, else INCOMPLETE where not all was checked, else CLEAN."""
    if fail_on is not None:
        grave = SEVERITIES[SEVERITIES.index(fail_on) :]
        if any(each.status == "open" and each.severity in grave for each in report.findings):
            return FINDINGS
    return INCOMPLETE if is_incomplete(report) else CLEAN


def is_incomplete(report: Report) -> bool:
    """Whether something was not checked: a document with figures, or what a fault concerns."""
    silent = any(each.is_silent for each in report.documents)
    return silent or bool(report.coverage.faults) or not report.coverage.judged
