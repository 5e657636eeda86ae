"""What an author has to correct, and what is to be asked, finding by finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.finding import Localisation, Severity
from unbudget_check.reporters.ci.hosting import headline_of
from unbudget_check.reporters.repairs import printed_pair, repairs_of
from unbudget_check.reporters.words import (
    count_of,
    meant_of,
    place_of,
    sentence_of,
    shown,
    suspect_sentence,
    verdict_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult
from unbudget_check.reporters.repairs import Repair

SUSPECTS_MOST = 4


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure to be corrected, in words and as the document prints figures."""

    number: int
    place: str
    printed: str
    should: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that only the author can decide; ``whole`` says the place, too."""

    number: int
    place: str
    printed: str
    question: str
    whole: str


def asked_of_author(document: DocumentResult) -> tuple[Finding, ...]:
    """The open findings that the author has to do something about; notes ask for nothing."""
    return tuple(
        each
        for each in document.findings
        if each.status == "open" and each.severity is not Severity.NOTE
    )


def corrections_of(document: DocumentResult, lang: str) -> tuple[Correction, ...]:
    """The corrections that are proved, in the order of their findings."""
    return tuple(
        _correction(repair, finding, lang)
        for finding in asked_of_author(document)
        for repair in repairs_of(finding)
    )


def questions_of(document: DocumentResult, lang: str) -> tuple[Question, ...]:
    """One question for each finding that proves no correction."""
    return tuple(
        Question(
            each.number,
            place_of(each.where, lang=lang),
            shown(each.stated_text),
            say(lang, "lists.sentences", one=sentence_of(each), two=_question(each, lang)),
            question_of(each, lang),
        )
        for each in asked_of_author(document)
        if not repairs_of(each)
    )


def counted(document: DocumentResult, lang: str) -> str:
    """How many corrections and questions there are, in words."""
    corrections, questions = corrections_of(document, lang), questions_of(document, lang)
    return say(
        lang,
        "author.counts",
        corrections=count_of(len(corrections), "correction", lang),
        questions=count_of(len(questions), "question", lang),
    )


def _correction(repair: Repair, finding: Finding, lang: str) -> Correction:
    where = repair.suspect.where
    was, should = printed_pair(repair, finding)
    is_first = repair.suspect == finding.suspects[0]
    why = _sentence(finding, repair) if is_first else _verdict(finding, repair, lang)
    return Correction(finding.number, place_of(where, lang=lang), was, should, why)


def _sentence(finding: Finding, repair: Repair) -> str:
    """The message; its labels are said where the wrong cell is another one."""
    is_same = repair.suspect.where == finding.where
    return sentence_of(finding) if is_same else shown(finding.message)


def _verdict(finding: Finding, repair: Repair, lang: str) -> str:
    """The check that names the figure, for a cell of which the message does not speak first."""
    proof = finding.relations[repair.witness]
    verdict = verdict_of(proof, finding.notation, lang)
    place = place_of(proof.where, repair.suspect.where, lang)
    return say(lang, "proofs.told", place=place, verdict=verdict) if place else verdict


def question_of(finding: Finding, lang: str) -> str:
    """The place and the message, and a plain question about what that leaves open."""
    told = headline_of(finding, lang)
    return say(lang, "lists.sentences", one=told, two=_question(finding, lang))


def _question(finding: Finding, lang: str) -> str:
    suspects = finding.suspects
    if finding.is_misplaced:
        return say(lang, "author.misplaced")
    if finding.localisation is Localisation.ALTERNATIVES and len(suspects) <= SUSPECTS_MOST:
        told = (suspect_sentence(each, finding, lang) for each in suspects)
        return say(lang, "author.which", figures=say(lang, "office.joint").join(told))
    is_told = finding.localisation is Localisation.CELL and any(
        each.proposed is not None for each in suspects
    )
    if is_told:  # the message says already what it should be
        return say(lang, "author.intended")
    if finding.residual is not None:
        return say(lang, "author.right")
    own: Iterator[str] = (meant_of(each, finding.notation) for each in suspects[:1])
    meant = next(filter(None, own), "")
    return say(lang, "author.meant", figure=meant) if meant else say(lang, "author.intended")
