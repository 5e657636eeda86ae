"""The proof of a finding for a page: the sum written out, and what should stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.finding import Localisation
from unbudget_check.reporters.html.anchors import link_to
from unbudget_check.reporters.words import (
    adds_up,
    figure_of,
    place_of,
    sign_of,
    sums_of,
    suspect_sentence,
    worked_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.finding import Finding, Proof
    from unbudget_check.model.location import Where
    from unbudget_check.reporters.html.anchors import Anchors

IN_TEXT = "in the text"
MEANT = {
    Localisation.CELL: "What should stand there",
    Localisation.CELLS: "What should stand there, in all of these cells",
    Localisation.ALTERNATIVES: "One of these figures is wrong, and nothing tells which",
}
UNKNOWN = {
    Localisation.NONE: "No single figure explains it: to correct any one would break another sum.",
    Localisation.GIVEN_UP: "So much is broken together here that no single figure was sought.",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """A text with the place that it speaks of; ``link`` is empty where that is not drawn."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a sum: its sign, where the figure stands, and the figure."""

    sign: str
    place: Linked
    figure: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The first relation of a finding, part by part; ``ends`` are what follows below the parts.

    ``place`` is None where the finding itself stands there.
    """

    code: str
    place: Linked | None
    terms: tuple[Term, ...]
    ends: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Further:
    """Another relation that the same figure breaks, in one sentence."""

    code: str
    place: Linked
    sentence: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What should stand where, under the words that say how sure that is."""

    label: str
    choices: tuple[Linked, ...]
    remark: str = ""


def sum_of(finding: Finding, anchors: Anchors) -> Sum | None:
    """The first relation written out; None where nothing was added up."""
    if not finding.relations:
        return None
    proof = finding.relations[0]
    is_sum = adds_up(proof)
    terms = (
        Term(
            sign_of(part.coefficient) if is_sum else ("÷" if at else ""),
            _linked(part.where, proof.where, anchors),
            figure_of(part.stated),
        )
        for at, part in enumerate(proof.parts)
    )
    return Sum(
        proof.code,
        None if proof.where == finding.where else _linked(proof.where, finding.where, anchors),
        tuple(terms),
        tuple(_ends(proof, is_sum=is_sum)),
    )


def _ends(proof: Proof, *, is_sum: bool) -> Iterator[tuple[str, str]]:
    yield "computed" if is_sum else "computed, per cent", figure_of(proof.computed)
    yield "stated", figure_of(proof.stated)
    yield "difference", figure_of(proof.residual)
    if proof.allowance is not None:
        yield "allowance for rounding", figure_of(proof.allowance)


def own_figures(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Stated, computed, difference and allowance, where the first relation does not say the same.

    The figure to blame may be a part of that relation. Where nothing was computed the sentence
    has said it all.
    """
    if finding.residual is None:
        return ()
    if finding.relations:
        proof = finding.relations[0]
        told = (proof.stated, proof.computed, proof.residual)
        if told == (finding.stated, finding.computed, finding.residual):
            return ()
    return sums_of(finding)


def further_of(finding: Finding, anchors: Anchors) -> tuple[Further, ...]:
    """All relations but the first."""
    return tuple(
        Further(
            proof.code, _linked(proof.where, finding.where, anchors, whole=True), worked_out(proof)
        )
        for proof in finding.relations[1:]
    )


def meant_by(finding: Finding, anchors: Anchors) -> Meant | None:
    """What should stand there, as far as that is known; None where there is nothing to say."""
    remark = UNKNOWN.get(finding.localisation, "")
    if remark:
        return Meant("", (), remark)
    choices = tuple(
        Linked(suspect_sentence(each, finding.where), link_to(each.where, anchors))
        for each in finding.suspects
        if each.proposed is not None or each.low is not None
    )
    return Meant(MEANT[finding.localisation], choices) if choices else None


def place_in_words(where: Where) -> str:
    """Where it is, without the names that only machines give."""
    said = place_of(where)
    return IN_TEXT if said.startswith("at /") else said


def _linked(where: Where, home: Where, anchors: Anchors, *, whole: bool = False) -> Linked:
    """The place as it differs from another, or whole where it does not differ; with its link."""
    if where.document != home.document:
        owner = anchors.owners.get(where.document, ("", where.document))
        said = f"{owner[0] or owner[1]}, {place_in_words(where)}"
    else:
        said = place_of(where, home) or (place_in_words(where) if whole else "")
    return Linked(said or IN_TEXT, link_to(where, anchors))
