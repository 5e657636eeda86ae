"""What a run tells under a profile; that something is kept back is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.languages.telling import unchecked
from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.model.location import Where
from unbudget_check.model.wishes import Profile

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

KEPT_BACK = "kept-back"


def narrowed(document: DocumentResult, profile: Profile) -> DocumentResult:
    """The document with the findings of a profile, and a remark where it leaves some out."""
    if profile is not Profile.GATE:
        return document
    kept = tuple(each for each in document.findings if _is_certain(each))
    if len(kept) == len(document.findings):
        return document
    remarks = (*document.coverage.remarks, unchecked(Where(document.path), KEPT_BACK))
    coverage = replace(document.coverage, remarks=remarks)
    return replace(document, findings=kept, coverage=coverage)


def _is_certain(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.confidence is Confidence.HIGH
