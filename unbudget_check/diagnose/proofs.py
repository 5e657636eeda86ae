"""The proof of a finding: each broken relation with its figures as printed and what they give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import where_of
from unbudget_check.model.facts import Reading
from unbudget_check.model.finding import Part, Proof
from unbudget_check.model.number import Number, decimal_of, from_scaled, percentage, scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.diagnose.judging import Judged
    from unbudget_check.model.claims import Claims, PercentClaim
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Case:
    """One document with everything that is known of it; rule r of the matrix is ``rules[r]``."""

    facts: DocumentFacts
    rules: Sequence[Rule]
    claims: Claims
    judged: Judged


@dataclass(frozen=True, slots=True)
class Sum:
    """One relation in figures: what is stated, what its parts give, and by how much it fails."""

    stated: Number
    computed: Number
    residual: Number
    allowance: Number
    parts: tuple[tuple[int, int], ...]  # (figure, sign) as they enter the computed value


def sum_of(case: Case, relation: int) -> Sum:
    """A relation of the matrix, solved for its stated figure."""
    judged, facts = case.judged, case.facts
    (stated, _), *parts = judged.relations.terms(relation)
    scale = judged.figures.scale
    number = facts.numbers[stated]
    residual = int(judged.judgement.residuals[relation])
    # Allowances are kept doubled, because half a quantum is no whole number.
    doubled = int(judged.judgement.allowances[relation])
    half = Number(doubled * 5, scale - 1) if doubled else Number(0)
    return Sum(
        number,
        from_scaled(scaled(number, scale) - residual, scale, number.exponent),
        from_scaled(residual, scale, number.exponent),
        from_scaled(half.units, half.exponent, scale) if doubled else half,
        tuple((figure, -coefficient) for figure, coefficient in parts),
    )


def proof_of(case: Case, relation: int) -> Proof:
    """A relation of the matrix as a proof."""
    found = sum_of(case, relation)
    facts = case.facts
    stated = case.judged.relations.terms(relation)[0][0]
    return Proof(
        case.rules[int(case.judged.relations.rules[relation])].code,
        where_of(facts, facts.spots[stated]),
        decimal_of(found.stated),
        decimal_of(found.computed),
        decimal_of(found.residual),
        decimal_of(found.allowance),
        _parts(facts, found.parts),
    )


def percent_proof(
    case: Case, claim: PercentClaim, changes: Mapping[int, int]
) -> tuple[Proof, Number]:
    """A percentage as a proof, corrections of its part and base applied, and what it should be."""
    facts, figures = case.facts, case.judged.figures
    stated = facts.numbers[claim.stated]
    part, base = (int(figures.values[f]) + changes.get(f, 0) for f in (claim.part, claim.base))
    computed = percentage(part, base, _usual_exponent(facts, claim.stated))
    proof = Proof(
        case.rules[claim.rule].code,
        where_of(facts, facts.spots[claim.stated]),
        decimal_of(stated),
        decimal_of(computed),
        difference(stated, computed),
        decimal_of(Number(5, stated.exponent - 1)),
        _parts(facts, ((claim.part, 1), (claim.base, 1))),
    )
    return proof, computed


def _usual_exponent(facts: DocumentFacts, figure: int) -> int:
    """The precision that most figures of a column have: a slip may have lost its own."""
    spot = facts.spots[figure]
    column = [numerals[spot.column] for numerals in facts.tables[spot.table].numerals]
    printed = Counter(
        numeral.number.exponent
        for numeral in column
        if numeral.reading is Reading.FIGURE and numeral.number is not None
    )
    own = facts.numbers[figure].exponent
    return max(printed, key=lambda exponent: (printed[exponent], -exponent), default=own)


def proposed_for(case: Case, figure: int, change: int) -> Number:
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
