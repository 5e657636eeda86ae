"""The rules of the report in ``tests.reports``, as a report tells them."""

from __future__ import annotations

from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.model.report import RuleCard


def _card(code: str, name: str, severity: Severity, title: str) -> RuleCard:
    return RuleCard(
        code,
        name,
        "sums",
        severity,
        Confidence.HIGH,
        {"en": title, "zh": "合计"},
        {"en": "Whoever reads the table adds it up <at once>."},
        {"en": "Foot the column anew."},
        "Budget manual, para. 4 [2]",
    )


CARDS = (
    _card("ARI101", "column-total", Severity.ERROR, "A total equals the sum of its rows"),
    _card("ARI302", "row-total", Severity.ERROR, "A total equals the sum of its columns"),
    _card("ARI501", "grade-list", Severity.WARNING, "A list of grades adds up"),
    _card("NOT101", "malformed-figure", Severity.NOTE, "Every figure can be read"),
)
