"""One place of a document as the beginning of a finding: where it is, what is printed there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import excerpt_of, text_of, where_of
from unbudget_check.diagnose.quotes import quote_of
from unbudget_check.languages.messages import ENGLISH
from unbudget_check.model.finding import Confidence, Finding
from unbudget_check.model.notation import notation_in
from unbudget_check.model.prose import Span
from unbudget_check.rulebook.words import rule_text, rule_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.facts import DocumentFacts, Spot
    from unbudget_check.model.finding import Excerpt
    from unbudget_check.rulebook.rule import Rule

Place = tuple[int, int, int, int, int]


def place_in(facts: DocumentFacts, spot: Spot | Span) -> Place:
    """Where something stands in reading order: text comes after the tables that precede it."""
    if isinstance(spot, Span):
        passage = facts.prose.passages[spot.passage]
        return passage.follows - 1, 1, spot.passage, spot.start, spot.end
    return spot.table, 0, spot.row, spot.column, spot.item


def excerpt_at(
    facts: DocumentFacts, spot: Spot | Span, parts: Sequence[tuple[Spot | Span, int]] = ()
) -> Excerpt | None:
    """The piece of the table around a cell; running text is quoted instead."""
    return None if isinstance(spot, Span) else excerpt_of(facts, spot, parts)


def finding_under(case: Case, rule: Rule, spot: Spot | Span) -> Finding:
    """A finding about one place, with all that its rule says of it and nothing of its figures."""
    facts = case.facts
    return replace(
        _bare(case, rule, spot),
        excerpt=excerpt_at(facts, spot),
        quote=quote_of(facts, spot) if isinstance(spot, Span) else None,
        advice=rule_text(rule, "fix", facts.language),
        notation=notation_in(facts, spot),
    )


def titled_finding(case: Case, rule: Rule, spot: Spot | Span) -> tuple[Place, Finding]:
    """A finding of which nothing is said but its place and the title of its rule."""
    titles = rule_texts(rule, "title")
    message = titles.get(case.facts.language) or titles[ENGLISH]
    bare = _bare(case, rule, spot)
    return place_in(case.facts, spot), replace(
        bare, confidence=Confidence.LOW, message=message, messages=titles
    )


def _bare(case: Case, rule: Rule, spot: Spot | Span) -> Finding:
    """A finding with its rule and place alone."""
    facts = case.facts
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        facts.path,
        where_of(facts, spot),
        text_of(facts, spot),
        stated=None,
        computed=None,
        residual=None,
        allowance=None,
        message="",
    )
