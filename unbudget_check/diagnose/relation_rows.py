"""Every tie that is believed in, as data: what adds up to what, and where it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import where_of
from unbudget_check.model.relations import RelationRow, TieKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts


def relation_rows(facts: DocumentFacts, claims: Claims) -> Iterator[RelationRow]:
    """The ties of all readings that the document bears out, those that fail among them."""
    for tie in claims.kept:
        (stated, _), *parts = tie.terms
        deducted = any(weight > 0 for _, weight in parts)
        kind = TieKind.DIFFERENCE if deducted else TieKind.SUM
        yield _row(facts, kind, stated, *(part for part, _ in parts))
    for claim in claims.percentages:
        yield _row(facts, TieKind.QUOTIENT, claim.stated, claim.part, claim.base)


def _row(facts: DocumentFacts, kind: TieKind, stated: int, *parts: int) -> RelationRow:
    return RelationRow(kind, _address(facts, stated), tuple(_address(facts, p) for p in parts))


def _address(facts: DocumentFacts, figure: int) -> str:
    return where_of(facts, facts.spots[figure]).address or ""
