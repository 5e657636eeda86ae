"""A sentence for people before any language is chosen: its name, and what fills its blanks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """``name`` is that of a reason in the files of messages, or a sentence as it stands."""

    name: str
    values: tuple[tuple[str, str | int], ...] = ()


def saying(name: str, /, **values: str | int) -> Saying:
    """A sentence by its name, with the words that it needs."""
    return Saying(name, tuple(values.items()))
