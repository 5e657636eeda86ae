"""What people have accepted: a difference that stands for a reason, and findings known on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Waiver:
    """One finding that is accepted: which, why, by whom and until when.

    ``document`` is a symbol or a pattern of paths; ``place`` maps names of ``Where`` to printed
    labels, all of which must agree. ``difference`` is what is accepted (stated minus computed),
    None for findings without a sum. ``source`` names the waiver in messages.
    """

    rule: str
    document: str
    reason: str
    owner: str
    until: date
    place: Mapping[str, str] = field(default_factory=dict)
    difference: Decimal | None = None
    source: str = ""


class WaiverState(StrEnum):
    """What became of a waiver in one run."""

    USED = "used"
    EXPIRED = "expired"  # its finding stands again
    LAPSED = "lapsed"  # the difference is another one now
    UNUSED = "unused"  # there is no such finding any more
    ELSEWHERE = "not in this run"  # its document was not checked


@dataclass(frozen=True, slots=True)
class Known:
    """A finding in a baseline: its identity, its difference on that day, and words for people."""

    fingerprint: str
    difference: Decimal | None
    code: str
    document: str
    place: str
