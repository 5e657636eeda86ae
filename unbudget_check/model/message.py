"""A sentence for people before any language is chosen: its name, and what fills its blanks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.model.document import Where

NAMED = 5  # places that a sentence names before it says "and more"

Value = Union[str, int, "Message", tuple["str | Message", ...]]


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the files of messages, by its ``name``, or a sentence as it stands.

    ``values`` fill its blanks: words, numbers, other sentences, or a list of these. ``wording`` is
    the text by language where it is a rule's own; it begins with ``place``, which is left out
    where that has been said already.
    """

    name: str
    values: tuple[tuple[str, Value], ...] = ()
    place: Where | None = None
    wording: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def saying(name: str, /, **values: Value) -> Message:
    """A sentence by its name, with the words that it needs."""
    return Message(name, tuple(values.items()))


def some_of(texts: Sequence[str]) -> str:
    """The first of a list of places, with dots for the others."""
    more = ", ..." if len(texts) > NAMED else ""
    return ", ".join(texts[:NAMED]) + more
