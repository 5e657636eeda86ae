"""The proof of a finding for a page: the sum written out, and what should stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import say
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import NIL
from unbudget_check.reporters.html.anchors import link_to
from unbudget_check.reporters.html.stretches import ENDS, ends_of
from unbudget_check.reporters.words import (
    adds_up,
    figure_of,
    place_of,
    shown,
    sign_of,
    sums_of,
    suspect_sentence,
    verdict_of,
    worked_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from unbudget_check.model.finding import Finding, Part, Proof
    from unbudget_check.model.location import Where
    from unbudget_check.model.number import Notation
    from unbudget_check.reporters.html.anchors import Anchors

# Then the sentence of the finding says so, and there is no figure to name.
UNKNOWN = frozenset({Localisation.NONE, Localisation.GIVEN_UP})


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
class End:
    """A row below the parts of a sum; ``kind`` is its name in the style."""

    label: str
    figure: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """The first relation of a finding, part by part; ``ends`` are what follows below the parts.

    ``place`` is None where the finding itself stands there; ``left_out`` says how many parts of a
    long sum stand between ``terms`` and ``last``.
    """

    code: str
    place: Linked | None
    terms: tuple[Term, ...]
    left_out: int
    last: tuple[Term, ...]
    ends: tuple[End, ...]


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


def sum_of(finding: Finding, anchors: Anchors) -> Sum | None:
    """The first relation written out; None where nothing was added up."""
    if not finding.relations:
        return None
    proof = finding.relations[0]
    is_sum = adds_up(proof)
    signs = [sign_of(part.coefficient) for part in proof.parts]
    if not is_sum:
        signs = ["", *[say(anchors.lang, "html.percentage_of")] * len(proof.parts)]
    start, left_out, last = ends_of(tuple(zip(proof.parts, signs, strict=False)))
    return Sum(
        shown(proof.code),
        None if proof.where == finding.where else _linked(proof.where, finding.where, anchors),
        tuple(_term(part, sign, proof.where, anchors, finding.notation) for part, sign in start),
        left_out,
        tuple(_term(part, sign, proof.where, anchors, finding.notation) for part, sign in last),
        tuple(_ends(proof, anchors.lang, finding.notation, is_sum=is_sum)),
    )


def _term(part: Part, sign: str, home: Where, anchors: Anchors, notation: Notation) -> Term:
    return Term(sign, _linked(part.where, home, anchors), _as_printed(part.stated, notation))


def _as_printed(value: Decimal | None, notation: Notation) -> str:
    """A figure of a proof; nothing is a dash, as in the tables."""
    return NIL if value == 0 else figure_of(value, notation)


def _ends(proof: Proof, lang: str, notation: Notation, *, is_sum: bool) -> Iterator[End]:
    label = say(lang, "html.computed") if is_sum else say(lang, "html.computed_share")
    yield End(label, _as_printed(proof.computed, notation))
    yield End(say(lang, "html.stated"), _as_printed(proof.stated, notation))
    yield End(say(lang, "html.difference_row"), figure_of(proof.residual, notation), "difference")
    if proof.allowance is not None:
        yield End(say(lang, "html.allowance"), figure_of(proof.allowance, notation))


def own_figures(finding: Finding, lang: str) -> tuple[tuple[str, str], ...]:
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
    return sums_of(finding, lang)


def further_of(finding: Finding, anchors: Anchors) -> tuple[Further, ...]:
    """All relations but the first; long ones are not written out."""
    return tuple(
        Further(
            shown(proof.code),
            _linked(proof.where, finding.where, anchors, whole=True),
            _told(proof, finding.notation, anchors.lang),
        )
        for proof in finding.relations[1:]
    )


def _told(proof: Proof, notation: Notation, lang: str) -> str:
    told = worked_out if len(proof.parts) <= 2 * ENDS else verdict_of
    return told(proof, notation, lang)


def meant_by(finding: Finding, anchors: Anchors) -> Meant | None:
    """What should stand there, as far as that is known; None where there is nothing to say."""
    if finding.localisation in UNKNOWN:
        return None
    choices = tuple(
        Linked(suspect_sentence(each, finding, anchors.lang), link_to(each.where, anchors))
        for each in finding.suspects
        if each.proposed is not None or each.low is not None
    )
    label = say(anchors.lang, f"html.meant_{finding.localisation}")
    return Meant(label, choices) if choices else None


def place_in_words(where: Where, lang: str) -> str:
    """Where it is, without the names that only machines give."""
    if place_of(where).startswith("at /"):
        return say(lang, "html.in_the_text")
    return place_of(where, lang=lang)


def _linked(where: Where, home: Where, anchors: Anchors, *, whole: bool = False) -> Linked:
    """The place as it differs from another, or whole where it does not differ; with its link."""
    lang = anchors.lang
    if where.document != home.document:
        name = anchors.names.get(where.document, shown(where.document))
        said = say(lang, "html.in_document", document=name, place=place_in_words(where, lang))
    else:
        said = place_of(where, home, lang) or (place_in_words(where, lang) if whole else "")
    return Linked(said or say(lang, "html.in_the_text"), link_to(where, anchors))
