"""Kinds of check that installed packages add to those of the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import PluginError
from unbudget_check.installed import CHECKS, Plugin, guarded, loaded, plugins_in
from unbudget_check.rulebook.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
