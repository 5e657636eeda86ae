"""What each document is called on a page: by its symbol, or by as much of its path as is needed."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import DocumentResult


def names_of(documents: Iterable[DocumentResult]) -> dict[str, str]:
    """Path -> name; no two documents have the same one, unless their paths look alike."""
    listed = tuple(documents)
    names = {each.path: shown(each.symbol or "") or _tail(each.path, 1) for each in listed}
    deepest = max((len(PurePath(each.path).parts) for each in listed), default=0)
    for depth in range(2, deepest + 1):
        taken = Counter(names.values())
        names |= {path: _tail(path, depth) for path, name in names.items() if taken[name] > 1}
    return names


def _tail(path: str, depth: int) -> str:
    return shown("/".join(PurePath(path).parts[-depth:]))
