"""What each document is called in a report: its symbol, or as much of its path as is needed."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import DocumentResult


def names_of(documents: Iterable[DocumentResult], *, symbols: bool = False) -> dict[str, str]:
    """Path -> file name, or the symbol if asked for, with the folders that tell it from others.

    No two documents have the same name, unless their paths look alike.
    """
    listed = tuple(documents)
    names = {each.path: (symbols and shown(each.symbol or "")) or _tail(each, 1) for each in listed}
    deepest = max((len(PurePath(each.path).parts) for each in listed), default=0)
    for depth in range(1, deepest + 1):
        taken = Counter(names.values())
        names |= {each.path: _tail(each, depth) for each in listed if taken[names[each.path]] > 1}
    return names


def _tail(document: DocumentResult, depth: int) -> str:
    return shown("/".join(PurePath(document.path).parts[-depth:]))
