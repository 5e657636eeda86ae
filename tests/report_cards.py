"""The rules of the report in ``tests.reports``, as a report tells them."""

from __future__ import annotations

from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.model.report import RuleCard


def _card(code: str, name: str, severity: Severity, title: str, message: str = "") -> RuleCard:
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
        {"en": message or "{row}, {column}: stated {stated}."},
    )


CARDS = (
    _card(
        "ARI101",
        "column-total",
        Severity.ERROR,
        "A total equals the sum of its rows",
        "{row}, {column}: stated 27 138.0, but its 2 parts add up to 27 183.0 (difference (45.0)).",
    ),
    _card("ARI302", "row-total", Severity.ERROR, "A total equals the sum of its columns"),
    _card(
        "ARI501",
        "grade-list",
        Severity.WARNING,
        "A list of grades adds up",
        "{where}: the grades listed add up to 43 posts, but 44 are stated.",
    ),
    _card(
        "NOT101",
        "malformed-figure",
        Severity.NOTE,
        "Every figure can be read",
        "{row}, {column}: 2.679.6 cannot be read as one figure; it is probably 2 679.6.",
    ),
)
