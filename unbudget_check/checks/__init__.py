"""Checks: one kind of tie a file, from facts to rows of the matrix; all with one signature.

    check(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None

``number`` is the rule's number in the matrix. A check never judges and never opens a file.

What several rules ask of one document is worked out once.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.rulebook.kinds import added_check

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
    "annex_posts": "tables.posts",
    "averages": "tables.percentages",
    "chart_label": "charts.charts",
    "chart_sums": "charts.charts",
    "chart_table": "charts.charts",
    "caption_component": "tables.captions",
    "caption_unit": "tables.captions",
    "component_name": "document.names",
    "cited_table": "text.citations",
    "components": "tables.across",
    "cumulative": "text.targets",
    "direction": "text.directions",
    "equation": "tables.equations",
    "explained": "text.explained_elsewhere",
    "flaw": "tables.notation",
    "footing": "tables.footing",
    "footnote": "tables.footnotes",
    "formula": "tables.equations",
    "formula_columns": "tables.equations",
    "named_rows": "tables.equations",
    "negative_level": "tables.equations",
    "grade_list": "tables.posts",
    "grade_list_table": "tables.posts",
    "measure_number": "text.targets",
    "move_word": "tables.posts",
    "itemised": "text.sentences",
    "itemised_objects": "text.sentences",
    "movement_table": "text.directions",
    "movements": "tables.posts",
    "notation": "tables.notation",
    "numbering": "document.numbering",
    "offset": "text.directions",
    "organization_sums": "charts.org_charts",
    "organization_table": "charts.org_charts",
    "parts": "tables.footing",
    "percentage": "tables.percentages",
    "printed_year": "tables.captions",
    "products": "tables.products",
    "rates": "tables.products",
    "ratios": "tables.percentages",
    "reference": "document.references",
    "restated": "tables.across",
    "row_sums": "tables.equations",
    "running": "tables.balances",
    "grade_twice": "text.sentences",
    "phrase": "document.spelling",
    "post_number": "text.sentences",
    "sentence_grades": "text.sentences",
    "sentence_percentage": "text.sentences",
    "sentence_sum": "text.sentences",
    "share_of_total": "tables.percentages",
    "shares": "tables.percentages",
    "source_label": "text.citations",
    "spelling": "document.spelling",
    "statement": "text.sentences",
    "target": "text.targets",
    "turned": "tables.percentages",
    "target_measure": "text.targets",
    "target_unmet": "text.targets",
    "worksheet": "worksheets.worksheet",
}

Found = TypeVar("Found")


def load_check(kind: str) -> Check:
    """The check of a kind, written in a file here or by an installed package."""
    if kind not in KINDS:
        return added_check(kind)
    module = import_module(f"{__name__}.{KINDS[kind]}")
    check: Check = getattr(module, f"check_{kind}")
    return check


def once(work: Callable[[DocumentFacts], Found]) -> Callable[[DocumentFacts], Found]:
    """The same function, which remembers its answer about the document it was asked last.

    Rules are checked document by document; facts are compared by identity, since they are large
    and never change.
    """
    last: list[tuple[DocumentFacts, Found]] = []

    @wraps(work)
    def remembered(facts: DocumentFacts) -> Found:
        if not last or last[0][0] is not facts:
            last[:] = [(facts, work(facts))]
        return last[0][1]

    return remembered
