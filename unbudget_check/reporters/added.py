"""Formats that installed packages add to those of the program."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from unbudget_check.errors import PluginError
from unbudget_check.installed import REPORTERS, function_of, loaded, plugins_in
from unbudget_check.reporters import FOR_MACHINES, FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from unbudget_check.installed import Plugin
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

    Render = Callable[[Report, RenderOptions], str | bytes]


def added_formats(own: Collection[str]) -> tuple[str, ...]:
    """The formats of installed packages; raises PluginError for one of the program's own."""
    return tuple(plugins_in(REPORTERS, own))


def renderer_of(name: str) -> Render:
    """The function that renders a format; raises PluginError where a package's cannot be used."""
    if name in FORMATS:
        render: Render = import_module(FORMATS[name]).render
        return render
    plugin = plugins_in(REPORTERS)[name]
    return _checked(plugin, function_of(plugin, "render"))


def is_for_machines(name: str) -> bool:
    """Whether a format is text for programs, which is UTF-8 wherever it goes."""
    if name in FORMATS:
        return name in FOR_MACHINES
    return bool(getattr(loaded(plugins_in(REPORTERS)[name]), "FOR_MACHINES", False))


def _checked(plugin: Plugin, render: Render) -> Render:
    def rendered(report: Report, options: RenderOptions) -> str | bytes:
        content: object = render(report, options)
        if isinstance(content, str | bytes):
            return content
        kind = type(content).__name__
        message = f"{plugin}: it gave no text but {kind}; tell its authors"
        raise PluginError(message)

    return rendered
