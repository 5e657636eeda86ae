"""A sentence for people before any language is chosen: its name, and what fills its blanks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = 5  # places that a sentence names before it says "and more"


@dataclass(frozen=True, slots=True)
class Saying:
    """``name`` is that of a reason in the files of messages, or a sentence as it stands."""

    name: str
    values: tuple[tuple[str, str | int], ...] = ()


def saying(name: str, /, **values: str | int) -> Saying:
    """A sentence by its name, with the words that it needs."""
    return Saying(name, tuple(values.items()))


def some_of(texts: Sequence[str]) -> str:
    """The first of a list of places, with dots for the others."""
    more = ", ..." if len(texts) > NAMED else ""
    return ", ".join(texts[:NAMED]) + more
