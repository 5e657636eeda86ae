"""Checks: one kind of tie a file, from facts to rows of the matrix; all with one signature.

    check(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None

``number`` is the rule's number in the matrix. A check never judges and never opens a file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from unbudget_check.rulebook.added_kinds import added_check

if TYPE_CHECKING:
    from collections.abc import Callable

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

    Check = Callable[[DocumentFacts, Rule, int, Claims], None]

# Complaints come from the readers: there is nothing to write into the matrix for them.
COMPLAINT = "complaint"
# Kind of check, as rule files name it -> the file that writes it.
KINDS = {
    "annex_posts": "annexes",
    "averages": "ratios",
    "chart_label": "charts",
    "chart_sums": "charts",
    "chart_table": "charts",
    "caption_component": "caption_places",
    "caption_unit": "caption_units",
    "component_name": "names",
    "cited_table": "cited_tables",
    "components": "across",
    "cumulative": "echoes",
    "direction": "directions",
    "equation": "equations",
    "explained": "explained_elsewhere",
    "flaw": "flaws",
    "footing": "footing",
    "footnote": "footnotes",
    "formula": "row_sums",
    "formula_columns": "row_sums",
    "named_rows": "named_rows",
    "negative_level": "equations",
    "grade_list": "grade_lists",
    "grade_list_table": "grade_lists",
    "measure_number": "echoes",
    "move_word": "move_words",
    "itemised": "itemised",
    "itemised_objects": "itemised",
    "movement_table": "directions",
    "movements": "movements",
    "notation": "notation",
    "numbering": "numbering",
    "organization_sums": "org_charts",
    "organization_table": "org_charts",
    "parts": "parts",
    "percentage": "percentages",
    "printed_year": "printed_years",
    "products": "products",
    "rates": "rates",
    "ratios": "ratios",
    "reference": "references",
    "restated": "across",
    "row_sums": "row_sums",
    "grade_twice": "sentences",
    "phrase": "phrases",
    "post_number": "sentences",
    "sentence_grades": "sentences",
    "sentence_percentage": "sentences",
    "sentence_sum": "sentences",
    "share_of_total": "shares",
    "shares": "shares",
    "source_label": "source_labels",
    "spelling": "spelling",
    "statement": "sentences",
    "target": "targets",
    "turned": "ratios",
    "target_measure": "targets",
    "target_unmet": "targets",
    "worksheet": "worksheet",
}


def load_check(kind: str) -> Check:
    """The check of a kind, written in a file here or by an installed package."""
    if kind not in KINDS:
        return added_check(kind)
    module = import_module(f"{__name__}.{KINDS[kind]}")
    check: Check = getattr(module, f"check_{kind}")
    return check
