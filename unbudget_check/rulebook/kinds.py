"""The registry of kinds of check: where each is written and its parameters, plug-ins included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import PluginError
from unbudget_check.installed import CHECKS, Plugin, guarded, loaded, plugins_in
from unbudget_check.model.facts import ColumnRole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Parameters = Mapping[str, tuple[str, ...]]


ROLES = tuple(str(role) for role in ColumnRole)
UNITS = ("money", "posts", "percentage", "count")
# Stands for the values of a parameter that is an equation between roles of columns.
EQUATION = ("equation",)

# File of checks -> the kinds written there, each as ``check_KIND`` -> parameter -> the words that
# it may be; every parameter must be given.
WRITTEN_IN: Mapping[str, Mapping[str, Parameters]] = {
    "charts.charts": {"chart_label": {}, "chart_sums": {}, "chart_table": {}},
    "charts.org_charts": {"organization_sums": {}, "organization_table": {}},
    "document.complaints": {"complaint": {}},
    "document.names": {"component_name": {"place": ("table", "text")}},
    "document.numbering": {"numbering": {"proof": ("long", "short")}},
    "document.references": {
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
            )
        }
    },
    "document.spelling": {"phrase": {}, "spelling": {}},
    "tables.across": {"components": {}, "restated": {}},
    "tables.balances": {"running": {}},
    "tables.captions": {
        "caption_component": {},
        "caption_unit": {},
        "printed_year": {"place": ("table", "caption")},
    },
    "tables.equations": {
        "equation": {"equation": EQUATION, "unit": UNITS},
        "formula": {},
        "formula_columns": {},
        "named_rows": {},
        "negative_level": {},
        "row_sums": {},
    },
    "tables.footing": {
        "footing": {"kind": ("column", "items", "posts", "blocks")},
        "left_out": {},
        "parts": {},
    },
    "tables.footnotes": {"footnote": {"missing": ("footnote", "mark")}},
    "tables.notation": {
        "flaw": {"flaw": ("text", "uncalculated")},
        "notation": {
            "defect": ("fraction", "grouping", "bracket", "sign", "letter", "precision", "blank")
        },
    },
    "tables.percentages": {
        "averages": {},
        "percentage": {"part": ROLES, "base": ROLES},
        "ratios": {"kind": ("growth", "percentage", "quotient")},
        "share_of_total": {},
        "shares": {},
        "turned": {},
    },
    "tables.posts": {
        "annex_posts": {},
        "grade_list": {},
        "grade_list_table": {},
        "move_word": {},
        "movements": {},
    },
    "tables.products": {"products": {}, "rates": {}},
    "text.citations": {"cited_table": {}, "source_label": {"proof": ("table", "none")}},
    "text.directions": {"direction": {}, "movement_table": {}, "offset": {}},
    "text.explained_elsewhere": {"explained": {}},
    "text.rates": {"change_rate": {}},
    "text.sentences": {
        "grade_twice": {},
        "itemised": {"by": ("parts", "items", "again")},
        "itemised_objects": {},
        "post_number": {},
        "sentence_grades": {},
        "sentence_percentage": {},
        "sentence_sum": {},
        "statement": {"says": ("level", "change", "direction", "posts")},
    },
    "text.targets": {
        "cumulative": {},
        "measure_number": {},
        "target": {"numbers": ("sentence", "measure")},
        "target_measure": {"proof": ("number", "none")},
        "target_unmet": {},
    },
    "worksheets.worksheet": {
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
            )
        }
    },
}
KINDS: Mapping[str, Parameters] = {
    kind: parameters for written in WRITTEN_IN.values() for kind, parameters in written.items()
}
FILE_OF = {kind: file for file, written in WRITTEN_IN.items() for kind in written}


@dataclass(frozen=True, slots=True)
class CheckWithParameters:
    """A check of a plug-in whose rule files must give parameters.

    ``parameters`` says which, and of which words each must be one; no words mean any text.
    """

    check: Callable[..., None]
    parameters: Parameters = field(default_factory=dict)


def kinds() -> tuple[str, ...]:
    """The names of all kinds of check that a rule file may name."""
    return tuple(sorted((*KINDS, *plugins_in(CHECKS, KINDS))))


def parameters_of(kind: str) -> Parameters:
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
