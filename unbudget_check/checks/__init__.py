"""Checks: one kind of tie a file, from facts to rows of the matrix; all with one signature.

    check(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None

``number`` is the rule's number in the matrix. A check never judges and never opens a file.

What several rules ask of one document is worked out once.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.rulebook.kinds import FILE_OF, added_check

if TYPE_CHECKING:
    from collections.abc import Callable

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

    Check = Callable[[DocumentFacts, Rule, int, Claims], None]


# Complaints come from the readers: there is nothing to write into the matrix for them.
COMPLAINT = "complaint"

Found = TypeVar("Found")


def load_check(kind: str) -> Check:
    """The check of a kind, written in a file here or by an installed package."""
    if kind not in FILE_OF:
        return added_check(kind)
    check: Check = getattr(import_module(f"{__name__}.{FILE_OF[kind]}"), f"check_{kind}")
    return check


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
