"""The kinds of check that a rule may name, with their parameters, plug-ins included.

Kinds of check that installed packages add to those of the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import PluginError
from unbudget_check.installed import CHECKS, Plugin, guarded, loaded, plugins_in
from unbudget_check.model.facts import ColumnRole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
    "running": {},
    "grade_twice": {},
    "offset": {},
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


@dataclass(frozen=True, slots=True)
class CheckWithParameters:
    """A check of a plug-in whose rule files must give parameters.

    ``parameters`` says which, and of which words each must be one; no words mean any text.
    """

    check: Callable[..., None]
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def kinds() -> tuple[str, ...]:
    """The names of all kinds of check that a rule file may name."""
    return (*KINDS, *plugins_in(CHECKS, KINDS))


def parameters_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The parameters of a kind and their words; raises PluginError where a plug-in is broken."""
    return KINDS[kind] if kind in KINDS else _added(_plugin(kind)).parameters


def added_check(kind: str) -> Callable[..., Any]:
    """The check of a plug-in; what it raises names its package."""
    plugin = _plugin(kind)
    return guarded(plugin, _added(plugin).check)


def package_of(kind: str) -> str:
    """The package that writes a kind of check, with its version; nothing for the program's own."""
    return "" if kind in KINDS else _plugin(kind).package


def _plugin(kind: str) -> Plugin:
    return plugins_in(CHECKS, KINDS)[kind]


def _added(plugin: Plugin) -> CheckWithParameters:
    found = loaded(plugin)
    if isinstance(found, CheckWithParameters):
        return found
    if callable(found):
        return CheckWithParameters(found)
    message = f"{plugin}: {plugin.entry.value} is no function; update or uninstall the package"
    raise PluginError(message)
