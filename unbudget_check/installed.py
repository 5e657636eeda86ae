"""What packages that are installed beside this one add to it: rules, checks, readers, reporters.

A package announces them by entry points; nothing of it is loaded before it is asked for. What is
wrong with a package is said in one sentence that names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from unbudget_check.errors import PluginError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from importlib.metadata import EntryPoint

RULES = "unbudget_check.rules"
CHECKS = "unbudget_check.checks"
READERS = "unbudget_check.readers"
REPORTERS = "unbudget_check.reporters"
MARK = "unbudget_check."
# What a message calls the things of each group.
NOUNS = {RULES: "rules", CHECKS: "check", READERS: "reader", REPORTERS: "format"}


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that an installed package adds; ``package`` is its name and version."""

    group: str
    name: str
    package: str
    entry: EntryPoint

    def __str__(self) -> str:
        """How a sentence about it begins."""
        return f"the package {self.package}, {NOUNS[self.group]} '{self.name}'"


def plugins_in(group: str, own: Collection[str] = ()) -> Mapping[str, Plugin]:
    """The plug-ins of a group by name, in the order of their names.

    Raises PluginError for one that takes a name of the program's ``own``, or of another package.
    """
    found: dict[str, Plugin] = {}
    for plugin in sorted(_plugins(), key=lambda each: (each.name, each.package)):
        if plugin.group != group:
            continue
        if plugin.name in own:
            message = f"{plugin}: the program has one of this name; uninstall the package"
            raise PluginError(message)
        if plugin.name in found:
            other = found[plugin.name].package
            message = f"{plugin}: the package {other} has one of this name; uninstall one of them"
            raise PluginError(message)
        found[plugin.name] = plugin
    return found


def loaded(plugin: Plugin) -> Any:  # noqa: ANN401  only who asks for it knows what it should be
    """What a plug-in's entry point names; raises PluginError where that cannot be loaded."""
    try:
        return plugin.entry.load()
    except (Exception, SystemExit) as error:
        raise _unusable(plugin, error) from error


def function_of(plugin: Plugin, name: str) -> Callable[..., Any]:
    """A function of the module that a plug-in names; its mistakes become sentences, too."""
    function = getattr(loaded(plugin), name, None)
    if not callable(function):
        message = f"{plugin}: {plugin.entry.value} has no function '{name}'; update the package"
        raise PluginError(message)
    return guarded(plugin, function)


def folder_of(plugin: Plugin) -> str:
    """The folder that a plug-in names as a package; raises PluginError where there is none."""
    from importlib.util import find_spec

    try:
        spec = find_spec(plugin.entry.module)
    except (Exception, SystemExit) as error:
        raise _unusable(plugin, error) from error
    for folder in (spec and spec.submodule_search_locations) or ():
        return folder
    message = f"{plugin}: there is no folder {plugin.entry.value} in it; update the package"
    raise PluginError(message)


def guarded(plugin: Plugin, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; whatever it raises becomes a UserError that names the package."""

    @wraps(function)
    def called(*given: Any) -> Any:  # noqa: ANN401  handed through as it is
        try:
            return function(*given)
        except UserError:
            raise
        except (Exception, SystemExit) as error:
            message = f"{plugin} failed ({_said(error)}); tell its authors, or uninstall it"
            raise UserError(message) from error

    return called


def _unusable(plugin: Plugin, error: BaseException) -> PluginError:
    return PluginError(f"{plugin} cannot be loaded ({_said(error)}); update or uninstall it")


def _said(error: BaseException) -> str:
    """What an error says, in one row."""
    return " ".join(f"{type(error).__name__}: {error}".split())


@cache
def _plugins() -> tuple[Plugin, ...]:
    return tuple(_announced())


def _announced() -> Iterator[Plugin]:
    """Every entry point of our groups; of two copies of a package, Python finds the first one."""
    from importlib.metadata import distributions  # slow to load, and not needed for --help

    seen: set[str] = set()
    for distribution in distributions():
        if MARK not in (distribution.read_text("entry_points.txt") or ""):
            continue
        package = f"{distribution.name} {distribution.version}"
        entries = () if distribution.name in seen else distribution.entry_points
        seen.add(distribution.name)
        for entry in entries:
            if entry.group in NOUNS:
                yield Plugin(entry.group, entry.name, package, entry)
