"""One finding as a page shows it: what, where, the proof, what to do, and which rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import ENGLISH, words_in
from unbudget_check.languages.telling import spoken_in
from unbudget_check.model.location import Where
from unbudget_check.reporters.html.anchors import link_to, rule_anchor
from unbudget_check.reporters.html.proofs import (
    Linked,
    further_of,
    meant_by,
    own_figures,
    place_in_words,
    sum_of,
)
from unbudget_check.reporters.html.spots import tone_of
from unbudget_check.reporters.words import (
    doubt_of,
    figure_of,
    place_of,
    quoted,
    sentence_of,
    severity_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.finding import Excerpt
    from unbudget_check.model.report import RuleCard
    from unbudget_check.reporters.html.anchors import Anchors
    from unbudget_check.reporters.html.proofs import Further, Meant, Sum
    from unbudget_check.reporters.html.spots import Numbered


@dataclass(frozen=True, slots=True)
class Sample:
    """The piece of a table around a finding whose table is not carried along."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]  # of (text, style)


@dataclass(frozen=True, slots=True)
class Told:
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
    title: Told | None
    rule: str
    doubt: str
    acceptance: str
    place: Linked
    sentence: Told
    advice: Told | None
    figures: tuple[tuple[str, str], ...]
    total: Sum | None
    meant: Meant | None
    further: tuple[Further, ...]
    quote: tuple[str, str, str] | None
    sample: Sample | None
    difference: str
    fingerprint: str
    address: str


def card_of(each: Numbered, language: str, cards: Mapping[str, RuleCard], anchors: Anchors) -> Card:
    """The card of a finding in a document of this language."""
    finding = each.finding
    rule = cards.get(finding.code)
    spoken = spoken_in(finding, language if rule and language in rule.title else ENGLISH)
    where, lang = finding.where, anchors.lang
    home = Where(where.document, where.table, where.part)
    link = link_to(where, anchors)
    # An open finding stands beside its table, which need not be named again.
    is_beside = link and finding.status == "open"
    said = place_of(where, home, lang) if is_beside else place_in_words(where, lang)
    address = shown(where.address or "")
    return Card(
        number=each.number,
        anchor=each.anchor,
        severity=severity_of(finding, lang),
        tone=tone_of(finding),
        code=shown(finding.code),
        name=shown(finding.name),
        title=_told(words_in(rule.title, spoken), rule.title) if rule else None,
        rule=rule_anchor(finding.code) if rule else "",
        doubt=doubt_of(finding, lang),
        acceptance=shown(finding.acceptance),
        place=Linked(said, link),
        sentence=Told(sentence_of(finding), shown(spoken)),
        advice=_told(finding.advice, rule.fix if rule else {}),
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
        address="" if address.startswith("/") else address,
    )


def _told(text: str, texts: Mapping[str, str]) -> Told | None:
    """One of several texts with its language; English where it is none of them."""
    language = next((code for code, each in texts.items() if each == text), ENGLISH)
    return Told(shown(text), shown(language)) if text else None


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
