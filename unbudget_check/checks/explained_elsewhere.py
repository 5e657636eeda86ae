"""Sentences that are explained in a paragraph about another component than their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.numbered import names_entity
from unbudget_check.model.prose import PassageKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.checks.numbered import Numbered
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Passage, Reference, Span

OVERALL = "overall"


def misdirected(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References from under the heading of a component to an item about another one.

    The right one carries the same markers, or is the only one near; without it nothing is said.
    """
    explained = [
        each
        for each in facts.prose.passages
        if each.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)
        and each.items
        and each.entity
        and each.entity != each.bearing.entity
    ]
    for each in references:
        entity = facts.prose.passages[each.at.passage].bearing.entity
        if each.kind is not ReferenceKind.PARAGRAPH or entity in ("", OVERALL) or not each.items:
            continue
        cited = numbered.items(each.number, each.items) or numbered.items(each.number, ())
        if not cited or names_entity(cited, entity, facts.language):
            continue
        meant = _meant(each, [other for other in explained if other.entity == entity])
        if meant is not None:
            yield each.at, " ".join((meant.number, *meant.items))


def _meant(reference: Reference, about: Sequence[Passage]) -> Passage | None:
    """The item about a component that a reference means: the same markers, or the only one."""
    own = reference.number.rpartition(".")[0]
    about = [each for each in about if each.number.rpartition(".")[0] == own]
    alike = [each for each in about if each.items == reference.items]
    same = [each for each in about if each.number == reference.number]
    for found in (same, alike, about):
        if len(found) == 1:
            return found[0]
    return None
