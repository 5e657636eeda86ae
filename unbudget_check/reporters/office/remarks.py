"""What a comment in a copy says of a finding: the same sentences in Word and in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.finding import Localisation
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    head_of,
    sentence_of,
    shown,
    sums_of,
    suspect_sentence,
)

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding

AUTHOR, INITIALS = "unbudget-check", "uc"
SUSPECTS_MOST = 3


def remarks_of(finding: Finding) -> tuple[str, ...]:
    """One paragraph each: what it is, what is wrong, the figures, and what to do."""
    doubt = f" ({doubt_of(finding)})" if doubt_of(finding) else ""
    said = [f"{head_of(finding)}{doubt}", sentence_of(finding)]
    said.append("; ".join(f"{name} {figure}" for name, figure in sums_of(finding) if figure))
    said += _suspects(finding)
    said += [f"What to do: {shown(finding.advice)}"] if finding.advice else []
    return tuple(each for each in said if each)


def _suspects(finding: Finding) -> list[str]:
    """The cells of which one is to blame; where only one can be, the sentence names it."""
    if finding.localisation is not Localisation.ALTERNATIVES:
        return []
    named = [suspect_sentence(each, finding.where) for each in finding.suspects[:SUSPECTS_MOST]]
    more = len(finding.suspects) - len(named)
    named += [f"or one of {count_of(more, 'other figure')}"] if more else []
    return [f"May be: {'; '.join(named)}"]
