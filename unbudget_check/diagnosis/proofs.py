"""The proof of a finding: each broken relation with its figures as printed and what they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.hints import usual_exponent
from unbudget_check.diagnosis.places import where_of
from unbudget_check.model.claims import PercentClaim
from unbudget_check.model.finding import Part, Proof
from unbudget_check.model.number import (
    UNITED_NATIONS,
    Notation,
    Number,
    decimal_of,
    from_scaled,
    number_of,
    percentage,
    scaled,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.diagnosis.judging import Judged
    from unbudget_check.model.claims import Claims, Relation
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Case:
    """One document with everything that is known of it; rule r of the matrix is ``rules[r]``.

    ``notation`` is how figures are printed around the place that is reported.
    """

    facts: DocumentFacts
    rules: Sequence[Rule]
    claims: Claims
    judged: Judged
    notation: Notation = UNITED_NATIONS


@dataclass(frozen=True, slots=True)
class WorkedSum:
    """One relation in figures: what is stated, what its parts give, and by how much it fails."""

    stated: Number
    computed: Number
    residual: Number
    allowance: Number
    parts: tuple[tuple[int, int], ...]  # (figure, sign) as they enter the computed value


def sum_of(case: Case, relation: int) -> WorkedSum:
    """A relation of the matrix, solved for its stated figure."""
    judged, facts = case.judged, case.facts
    (stated, _), *parts = judged.relations.terms(relation)
    scale = judged.figures.scale
    number = facts.numbers[stated]
    residual = int(judged.judgement.residuals[relation])
    count = judged.relations.terms(relation)[0][1]
    if count > 1:
        return _average(case, relation, count)
    # Allowances are kept doubled, because half a quantum is no whole number.
    doubled = int(judged.judgement.allowances[relation])
    half = Number(doubled * 5, scale - 1) if doubled else Number(0)
    return WorkedSum(
        number,
        from_scaled(scaled(number, scale) - residual, scale, number.exponent),
        from_scaled(residual, scale, number.exponent),
        from_scaled(half.units, half.exponent, scale) if doubled else half,
        tuple((figure, -coefficient) for figure, coefficient in parts),
    )


def _average(case: Case, relation: int, count: int) -> WorkedSum:
    """A relation that states an average: count x stated = sum of the parts."""
    judged = case.judged
    (stated, _), *parts = judged.relations.terms(relation)
    number, scale = case.facts.numbers[stated], judged.figures.scale
    total = scaled(number, scale) * count - int(judged.judgement.residuals[relation])
    computed = percentage(total, count, number.exponent, scale)
    return WorkedSum(
        number,
        computed,
        number_of(difference(number, computed)),
        Number(5, number.exponent - 1),
        tuple((figure, -coefficient) for figure, coefficient in parts),
    )


def figures_of_tie(case: Case, tie: int) -> tuple[int, ...]:
    """The figures of a relation or of a percentage, the stated one first."""
    return case.claims.tie(tie).figures


def rule_of_tie(case: Case, tie: int) -> Rule:
    """The rule under which a tie is claimed."""
    return case.rules[case.claims.tie(tie).rule]


def proof_of(case: Case, tie: int, changes: Mapping[int, int]) -> Proof:
    """A tie as a proof; a percentage is proved with its part and base corrected by ``changes``."""
    claim = case.claims.tie(tie)
    if isinstance(claim, PercentClaim):
        return _percent_proof(case, claim, changes)
    return _sum_proof(case, claim, tie)


def _sum_proof(case: Case, claim: Relation, relation: int) -> Proof:
    found = sum_of(case, relation)
    facts = case.facts
    return Proof(
        case.rules[claim.rule].code,
        where_of(facts, facts.spots[claim.figures[0]]),
        decimal_of(found.stated),
        decimal_of(found.computed),
        decimal_of(found.residual),
        decimal_of(found.allowance),
        _parts(facts, found.parts),
    )


def _percent_proof(case: Case, claim: PercentClaim, changes: Mapping[int, int]) -> Proof:
    facts, figures = case.facts, case.judged.figures
    stated = facts.numbers[claim.stated]
    part, base = (int(figures.values[f]) + changes.get(f, 0) for f in (claim.part, claim.base))
    if not base:
        part, base = int(figures.values[claim.part]), int(figures.values[claim.base])
    part -= base if claim.growth else 0
    exponent = min(usual_exponent(facts, claim.stated), stated.exponent)
    computed = percentage(part, base, exponent, claim.power)
    return Proof(
        case.rules[claim.rule].code,
        where_of(facts, facts.spots[claim.stated]),
        decimal_of(stated),
        decimal_of(computed),
        difference(stated, computed),
        decimal_of(Number(5, stated.exponent - 1)),
        _parts(facts, ((claim.part, 1), (claim.base, 1))),
    )


def changed(case: Case, figure: int, change: int) -> Number:
    """A figure with a correction applied, at its printed precision."""
    number, scale = case.facts.numbers[figure], case.judged.figures.scale
    return from_scaled(scaled(number, scale) + change, scale, number.exponent)


def difference(stated: Number, computed: Number) -> Decimal:
    """Stated minus computed, exactly."""
    scale = min(stated.exponent, computed.exponent)
    return decimal_of(Number(scaled(stated, scale) - scaled(computed, scale), scale))


def _parts(facts: DocumentFacts, terms: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    return tuple(
        Part(where_of(facts, facts.spots[figure]), decimal_of(facts.numbers[figure]), sign)
        for figure, sign in terms
    )
