"""Readers that installed packages add: by the ending of a file name, without its dot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.errors import UnreadableError
from unbudget_check.installed import READERS, function_of, plugins_in
from unbudget_check.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from unbudget_check.installed import Plugin
    from unbudget_check.readers.source import Source


def added_readers(own: Collection[str]) -> Mapping[str, Plugin]:
    """Ending such as ".ods" -> who reads it; raises PluginError for one of the program's own."""
    found = plugins_in(READERS, [ending.removeprefix(".") for ending in own])
    return {f".{name}": plugin for name, plugin in found.items()}


def prepare_added(plugin: Plugin, source: Source) -> Callable[[], Document]:
    """What reads the source with a plug-in; raises PluginError where that cannot be loaded."""
    return partial(_read, plugin, function_of(plugin, "read"), source)


def _read(plugin: Plugin, read: Callable[[Source], object], source: Source) -> Document:
    document = read(source)
    if isinstance(document, Document):
        return document
    kind = type(document).__name__
    message = f"{source.path}: {plugin} gave no document but {kind}; tell its authors"
    raise UnreadableError(message)
