"""What a comment in a copy says of a finding: the same sentences in Word and in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.finding import Localisation, Severity
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    equation_of,
    head_of,
    proof_sentence,
    sentence_of,
    shown,
    sums_of,
    suspect_sentence,
)

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding, Proof

AUTHOR, INITIALS = "unbudget-check", "uc"
# Colours of cells: light, so that figures stay legible; the severity is always said in words, too.
FILLS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
# Comments are narrow: how many figures to blame, relations, and addends of one sum are written out.
SUSPECTS_MOST, PROOFS_MOST, PARTS_MOST = 3, 3, 12


def remarks_of(finding: Finding) -> tuple[str, ...]:
    """One paragraph each: what it is, what is wrong, the proof in figures, and what to do."""
    doubt = f" ({doubt_of(finding)})" if doubt_of(finding) else ""
    said = [f"{head_of(finding)}{doubt}", sentence_of(finding)]
    said += _proofs(finding)
    said += _suspects(finding)
    said += [f"What to do: {shown(finding.advice)}"] if finding.advice else []
    return tuple(each for each in said if each)


def _proofs(finding: Finding) -> list[str]:
    """The broken relations as sums; where nothing was added up, the cell as printed."""
    told = [each for each in finding.relations if each.computed is not None and each.parts]
    if not told:
        return ["; ".join(f"{name} {figure}" for name, figure in sums_of(finding) if figure)]
    said = [f"Proof: {_proof(each, finding)}" for each in told[:PROOFS_MOST]]
    more = len(told) - len(said)
    return [*said, f"and {count_of(more, 'further relation')}"] if more > 0 else said


def _proof(proof: Proof, finding: Finding) -> str:
    if len(proof.parts) > PARTS_MOST:
        count = count_of(len(proof.parts), "part")
        return f"{proof_sentence(proof, finding.where)} ({count})"
    return equation_of(proof, finding.where)


def _suspects(finding: Finding) -> list[str]:
    """The cells of which one is to blame; where only one can be, the sentence names it."""
    if finding.localisation is not Localisation.ALTERNATIVES:
        return []
    named = [suspect_sentence(each, finding.where) for each in finding.suspects[:SUSPECTS_MOST]]
    more = len(finding.suspects) - len(named)
    named += [f"or one of {count_of(more, 'other figure')}"] if more else []
    return [f"May be: {'; '.join(named)}"]
