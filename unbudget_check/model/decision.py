"""What people decided on findings: accepted, rejected as wrong, to be done, or corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal


class Verdict(StrEnum):
    """What somebody decided; of two on one day, the later one here holds, which hides least."""

    ACCEPT = "accept"  # a waiver: the difference stands for a reason, until a day
    WRONG = "wrong"  # a false alarm
    CORRECTED = "corrected"  # the document was corrected, or will be in its next draft
    TODO = "todo"  # somebody has to look at it


# Stands in for a rule code where a whole document is marked as done.
WHOLE = "document"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided on one finding; a waiver is the decision to accept it.

    ``rule`` is a code or a name. ``document`` is a symbol or a pattern of paths; ``place`` maps
    names of ``Where`` to printed labels, all of which must agree. ``until`` is the last day, None
    where there is none. ``difference`` is stated minus computed on the day of the decision, None
    for findings without a sum. ``source`` names the decision in messages. ``by`` and ``on`` say who
    decided and when (empty in waivers of older versions). ``finding`` is the fingerprint, which
    tells findings at one place apart; empty where the place says enough. ``below`` is the folder
    that holds the file of decisions, where it speaks of documents below that folder only.

    That a whole document is done has the rule ``WHOLE``, and ``finding`` is the beginning of the
    SHA-256 sum of its file.
    """

    rule: str
    document: str
    reason: str = ""
    owner: str = ""
    until: date | None = None
    place: Mapping[str, str] = field(default_factory=dict, hash=False)
    difference: Decimal | None = None
    source: str = ""
    verdict: Verdict = Verdict.ACCEPT
    by: str = ""
    on: date | None = None
    finding: str = ""
    below: str = ""


class DecisionState(StrEnum):
    """What became of a decision in one run."""

    USED = "used"
    STILL = "still found"  # somebody marked the finding as corrected, and it is there as it was
    EXPIRED = "expired"  # its finding stands again
    LAPSED = "lapsed"  # the difference is another one now
    UNUSED = "unused"  # there is no such finding any more
    DONE = "done"  # it was to be done or corrected, and the finding is gone
    ELSEWHERE = "not in this run"  # its document was not checked
