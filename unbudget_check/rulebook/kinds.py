"""Which kinds of check a rule may name, and which parameters each of them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = tuple(str(role) for role in ColumnRole)
UNITS = ("money", "posts", "percentage", "count")
# Stands for the values of a parameter that is an equation between roles of columns.
EQUATION = ("equation",)

# kind of check -> parameter -> the words that it may be; every parameter must be given.
KINDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "annex_posts": {},
    "averages": {},
    "chart_label": {},
    "chart_sums": {},
    "chart_table": {},
    "caption_unit": {},
    "caption_component": {},
    "complaint": {},
    "component_name": {"place": ("table", "text")},
    "cited_table": {},
    "components": {},
    "cumulative": {},
    "direction": {},
    "equation": {"equation": EQUATION, "unit": UNITS},
    "flaw": {"flaw": ("text", "uncalculated")},
    "footnote": {"missing": ("footnote", "mark")},
    "footing": {"kind": ("column", "items", "posts", "blocks")},
    "formula": {},
    "formula_columns": {},
    "products": {},
    "rates": {},
    "ratios": {"kind": ("growth", "percentage", "quotient")},
    "named_rows": {},
    "negative_level": {},
    "grade_list": {},
    "grade_list_table": {},
    "measure_number": {},
    "move_word": {},
    "itemised_objects": {},
    "itemised": {"by": ("parts", "items", "again")},
    "explained": {},
    "movement_table": {},
    "movements": {},
    "notation": {
        "defect": (
            "fraction",
            "grouping",
            "bracket",
            "sign",
            "letter",
            "precision",
            "blank",
        ),
    },
    "organization_sums": {},
    "organization_table": {},
    "numbering": {"proof": ("long", "short")},
    "parts": {},
    "percentage": {"part": ROLES, "base": ROLES},
    "printed_year": {"place": ("table", "caption")},
    "reference": {
        "defect": (
            "absent",
            "kind",
            "part",
            "item",
            "explanation",
            "introduction",
            "elsewhere",
            "twice",
            "source",
            "apart",
            "unproved",
            "side",
        ),
    },
    "restated": {},
    "row_sums": {},
    "grade_twice": {},
    "phrase": {},
    "post_number": {},
    "sentence_grades": {},
    "sentence_percentage": {},
    "sentence_sum": {},
    "share_of_total": {},
    "shares": {},
    "statement": {"says": ("level", "change", "direction", "posts")},
    "source_label": {"proof": ("table", "none")},
    "spelling": {},
    "target": {"numbers": ("sentence", "measure")},
    "target_measure": {"proof": ("number", "none")},
    "target_unmet": {},
    "turned": {},
    "worksheet": {
        "defect": (
            "counted-twice",
            "label",
            "left-out",
            "left-out-unproved",
            "operand",
            "shown",
            "stale",
            "typed-over",
            "typed-over-same",
            "unlike",
            "unlike-factor",
        ),
    },
}
