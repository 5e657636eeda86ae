"""Sentences that were said before a language was chosen, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.messages import ENGLISH, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.message import Message


def told(sayings: Iterable[Message]) -> tuple[str, ...]:
    """What a reader remarks."""
    return tuple(tell(ENGLISH, each) for each in sayings)


def complaints(found: Iterable[tuple[str, Message]]) -> tuple[tuple[str, str], ...]:
    """What a reader complains of, each with its place."""
    return tuple((place, tell(ENGLISH, each)) for place, each in found)
