"""How a report is drawn and which of its findings are shown.

Which findings a report for people shows, and how many of each rule it holds back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The wishes of whoever reads the report; the last three concern formats for machines.

    ``width`` counts terminal columns. ``quiet`` leaves findings only, ``verbose`` shows every
    place that was not checked, every part of a long sum and the address of each finding; ``proofs``
    writes out every relation of a finding in figures. ``max_per_rule`` is how many findings of a
    rule are shown, None for all; the others are counted. ``root`` is the folder that code-hosting
    sites call the top, ``folder`` the one in which the program ran, seen from there: paths within
    the top are said from it. ``suppressions`` keeps accepted findings in SARIF.
    """

    width: int = 80
    color: bool = False
    quiet: bool = False
    verbose: bool = False
    proofs: bool = False
    max_per_rule: int | None = None
    root: str = ""
    folder: str = ""
    suppressions: bool = False


def findings_told(
    report: Report, options: RenderOptions
) -> tuple[tuple[tuple[DocumentResult, tuple[Finding, ...]], ...], Mapping[str, int]]:
    """Each document with the findings to show, and rule code -> how many more there are.

    Findings that people accepted are shown by ``verbose`` only.
    """
    seen: Counter[str] = Counter()
    most = options.max_per_rule
    told = tuple((each, tuple(_first(each, seen, options))) for each in report.documents)
    left = {code: count - most for code, count in seen.items() if most is not None and count > most}
    return told, left


def _first(document: DocumentResult, seen: Counter[str], options: RenderOptions) -> list[Finding]:
    """The findings of one document of whose rules not too many were ``seen`` before."""
    kept: list[Finding] = []
    for finding in document.findings:
        if finding.status != "open" and not options.verbose:
            continue
        seen[finding.code] += 1
        if options.max_per_rule is None or seen[finding.code] <= options.max_per_rule:
            kept.append(finding)
    return kept
