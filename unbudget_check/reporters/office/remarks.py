"""What a comment in a copy says of a finding: the same sentences in Word and in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.languages.messages import ENGLISH, say
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


def remarks_of(finding: Finding, lang: str = ENGLISH) -> tuple[str, ...]:
    """One paragraph each: what it is, what is wrong, the proof in figures, and what to do."""
    head, doubt = head_of(finding, lang), doubt_of(finding, lang)
    told = [say(lang, "office.head", head=head, doubt=doubt) if doubt else head]
    told += [sentence_of(finding), *_proofs(finding, lang), *_suspects(finding, lang)]
    advice = shown(finding.advice)
    told += [say(lang, "office.advice", text=advice)] if advice else []
    return tuple(each for each in told if each)


def _proofs(finding: Finding, lang: str) -> list[str]:
    """The broken relations as sums; where nothing was added up, the cell as printed."""
    broken = [each for each in finding.relations if each.computed is not None and each.parts]
    if not broken:
        figures = ((name, figure) for name, figure in sums_of(finding, lang) if figure)
        texts = [say(lang, "office.figure", name=name, figure=figure) for name, figure in figures]
        return [say(lang, "office.joint").join(texts)]
    told = [
        say(lang, "office.proof", text=_proof(each, finding, lang)) for each in broken[:PROOFS_MOST]
    ]
    more = len(broken) - len(told)
    if more > 0:
        told.append(say(lang, "lists.and_more", more=count_of(more, "further relation", lang)))
    return told


def _proof(proof: Proof, finding: Finding, lang: str) -> str:
    if len(proof.parts) <= PARTS_MOST:
        return equation_of(proof, finding, lang)
    text, count = proof_sentence(proof, finding, lang), len(proof.parts)
    return say(lang, "office.parts", text=text, parts=count_of(count, "part", lang))


def _suspects(finding: Finding, lang: str) -> list[str]:
    """The cells of which one is to blame; where only one can be, the sentence names it."""
    if finding.localisation is not Localisation.ALTERNATIVES:
        return []
    first = finding.suspects[:SUSPECTS_MOST]
    named = [suspect_sentence(each, finding, lang) for each in first]
    more = len(finding.suspects) - len(named)
    if more:
        named.append(say(lang, "office.or_one", figures=count_of(more, "other figure", lang)))
    return [say(lang, "office.suspects", text=say(lang, "office.joint").join(named))]
