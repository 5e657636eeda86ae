"""Render one finding with its proof for an HTML page.

The proof of a finding for a page: the sum written out, and what should stand there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import escape

from unbudget_check.messages import ENGLISH, say, words_in
from unbudget_check.messages.telling import spoken_in
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import NIL
from unbudget_check.reporters.html.grid import ENDS, ends_of, link_to, rule_anchor, tone_of
from unbudget_check.reporters.words import (
    address_of,
    adds_up,
    doubt_of,
    figure_of,
    place_of,
    quoted,
    sentence_of,
    severity_of,
    shown,
    sign_of,
    sums_of,
    suspect_sentence,
    table_at,
    verdict_of,
    worked_out,
)
from unbudget_check.triage.decisions_file import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from markupsafe import Markup

    from unbudget_check.model.decision import Decision
    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Excerpt, Finding, Part, Proof
    from unbudget_check.model.number import Notation
    from unbudget_check.model.report import RuleCard
    from unbudget_check.reporters.html.grid import Anchors, NumberedFinding


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
class SumView:
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


def sum_of(finding: Finding, anchors: Anchors) -> SumView | None:
    """The first relation written out; None where nothing was added up."""
    if not finding.relations:
        return None
    proof = finding.relations[0]
    is_sum = adds_up(proof)
    signs = [sign_of(part.coefficient) for part in proof.parts]
    if not is_sum:
        signs = ["", *[say(anchors.lang, "html.percentage_of")] * len(proof.parts)]
    start, left_out, last = ends_of(tuple(zip(proof.parts, signs, strict=False)))
    return SumView(
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
            _told_proof(proof, finding.notation, anchors.lang),
        )
        for proof in finding.relations[1:]
    )


def _told_proof(proof: Proof, notation: Notation, lang: str) -> str:
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
    is_likely = finding.is_misplaced and finding.localisation is Localisation.ALTERNATIVES
    kind = "misplaced" if is_likely else finding.localisation
    label = say(anchors.lang, f"html.meant_{kind}")
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


@dataclass(frozen=True, slots=True)
class Sample:
    """The piece of a table around a finding whose table is not carried along."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]  # of (text, style)


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence with the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding in the words of the page."""

    number: int
    anchor: str
    severity: str
    tone: str
    code: str
    name: str
    title: ToldSentence | None
    rule: str
    doubt: str
    acceptance: str
    place: Linked
    sentence: ToldSentence
    advice: ToldSentence | None
    figures: tuple[tuple[str, str], ...]
    total: SumView | None
    meant: Meant | None
    further: tuple[Further, ...]
    quote: tuple[str, str, str] | None
    sample: Sample | None
    difference: str
    fingerprint: str
    address: str
    naming: Markup
    decision: Decision | None


def card_of(
    each: NumberedFinding, language: str, cards: Mapping[str, RuleCard], anchors: Anchors
) -> Card:
    """The card of a finding in a document of this language."""
    finding = each.finding
    rule = cards.get(finding.code)
    spoken = spoken_in(finding, language if rule and language in rule.title else ENGLISH)
    where, lang = finding.where, anchors.lang
    home = table_at(where, finding.excerpt.title if finding.excerpt else "")
    link = link_to(where, anchors)
    # An open finding stands beside its table, which need not be named again.
    is_beside = link and finding.status == "open"
    said = place_of(where, home, lang) if is_beside else place_in_words(where, lang)
    address = shown(address_of(where) or "")
    return Card(
        number=each.number,
        anchor=each.anchor,
        severity=severity_of(finding, lang),
        tone=tone_of(finding),
        code=shown(finding.code),
        name=shown(finding.name),
        title=_told_text(words_in(rule.title, spoken), rule.title) if rule else None,
        rule=rule_anchor(finding.code) if rule else "",
        doubt=doubt_of(finding, lang),
        acceptance=shown(finding.acceptance),
        place=Linked(said, link),
        sentence=ToldSentence(sentence_of(finding), shown(spoken)),
        advice=_told_text(finding.advice, rule.fix if rule else {}),
        figures=own_figures(finding, lang),
        total=sum_of(finding, anchors),
        meant=meant_by(finding, anchors),
        further=further_of(finding, anchors),
        quote=quoted(finding.quote) if finding.quote else None,
        sample=_sample(finding.excerpt) if finding.excerpt and not link else None,
        difference=""
        if finding.residual is None
        else figure_of(finding.residual, finding.notation),
        fingerprint=shown(finding.fingerprint),
        address=address,
        naming=escape(
            naming(finding, anchors.decided[finding.document])
        ),  # no blank in it may change
        decision=_decision(finding),
    )


def _decision(finding: Finding) -> Decision | None:
    """What was decided on a finding, as the page may show it."""
    decision = finding.decision
    if decision is None:
        return None
    return replace(
        decision,
        reason=shown(decision.reason),
        owner=shown(decision.owner),
        by=shown(decision.by or decision.owner),
    )


def _told_text(text: str, texts: Mapping[str, str]) -> ToldSentence | None:
    """One of several texts with its language; English where it is none of them."""
    language = next((code for code, each in texts.items() if each == text), ENGLISH)
    return ToldSentence(shown(text), shown(language)) if text else None


def _sample(excerpt: Excerpt) -> Sample:
    """The excerpt with the suspect cell and those of the proof marked."""
    parts = set(excerpt.parts)
    rows = tuple(
        tuple(
            (shown(text), _style_of((at, column), excerpt.stated, parts))
            for column, text in enumerate(row)
        )
        for at, row in enumerate(excerpt.rows)
    )
    return Sample(shown(excerpt.title), tuple(map(shown, excerpt.header)), rows)


def _style_of(place: tuple[int, int], stated: tuple[int, int], parts: set[tuple[int, int]]) -> str:
    if place == stated:
        return "x"
    return "part" if place in parts else ""
