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
    "chart_label": {},
    "chart_sums": {},
    "chart_table": {},
    "caption_unit": {},
    "complaint": {},
    "component_name": {"place": ("table", "text")},
    "components": {},
    "equation": {"equation": EQUATION, "unit": UNITS},
    "flaw": {"flaw": ("text", "uncalculated")},
    "footing": {"kind": ("column", "items", "posts", "blocks")},
    "formula": {},
    "grade_list": {},
    "grade_list_table": {},
    "move_word": {},
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
    "parts": {},
    "percentage": {"part": ROLES, "base": ROLES},
    "printed_year": {"place": ("table", "caption")},
    "restated": {},
    "row_sums": {},
    "sentence_grades": {},
    "sentence_percentage": {},
    "share_of_total": {},
    "shares": {},
    "statement": {"says": ("level", "change", "direction", "posts")},
    "source_label": {"proof": ("table", "none")},
    "spelling": {},
}
