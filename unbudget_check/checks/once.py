"""What several rules ask of one document is worked out once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from unbudget_check.model.facts import DocumentFacts

Found = TypeVar("Found")


def once(work: Callable[[DocumentFacts], Found]) -> Callable[[DocumentFacts], Found]:
    """The same function, which remembers its answer about the document it was asked last.

    Rules are checked document by document; facts are compared by identity, since they are large
    and never change.
    """
    last: list[tuple[DocumentFacts, Found]] = []

    @wraps(work)
    def remembered(facts: DocumentFacts) -> Found:
        if not last or last[0][0] is not facts:
            last[:] = [(facts, work(facts))]
        return last[0][1]

    return remembered
