"""What an edit changed in a document: figures that are others now, rows that came or went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from unbudget_check.model.location import Where


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another one now, where it stands now; both as they are written.

    ``difference`` is what it is now minus what it was.
    """

    where: Where
    before: str
    now: str
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Edit:
    """The figures of two versions of a document, compared by what they are called.

    ``changes`` are the first of them, by address; ``changed`` counts all. ``added`` and ``removed``
    count figures of which only one version has the like.
    """

    changes: dict[str, Change] = field(default_factory=dict)
    changed: int = 0
    added: int = 0
    removed: int = 0
