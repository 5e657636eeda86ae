"""What a report tells of the rules that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.report import RuleCard
from unbudget_check.rulebook.words import rule_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import DocumentResult
    from unbudget_check.rulebook.rule import Rule


def cards_of(rules: Iterable[Rule], documents: Iterable[DocumentResult]) -> tuple[RuleCard, ...]:
    """A card for every rule that has a finding or a relation in some document, by code."""
    told: set[str] = set()
    for document in documents:
        told.update(finding.code for finding in document.findings)
        told.update(tally.code for tally in document.tallies)
    return tuple(_card(rule) for rule in sorted(rules, key=lambda r: r.code) if rule.code in told)


def _card(rule: Rule) -> RuleCard:
    return RuleCard(
        rule.code,
        rule.name,
        rule.family,
        rule.severity,
        rule.confidence,
        rule_texts(rule, "title"),
        rule_texts(rule, "why"),
        rule_texts(rule, "fix"),
        rule.source,
    )
