"""Findings: each correction under its rule, with its place, its sentence and its proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localise import Correction, localise
from unbudget_check.diagnose.judging import (
    Judged,
    broken_percentages,
    broken_relations,
    limits_of,
)
from unbudget_check.diagnose.places import excerpt_of, text_of, where_of
from unbudget_check.languages import load_language
from unbudget_check.model.finding import (
    CONFIDENCES,
    Confidence,
    Finding,
    Part,
    Proof,
    Severity,
    Suspect,
)
from unbudget_check.model.number import Number, decimal_of, from_scaled, percentage, printed, scaled
from unbudget_check.model.outcome import Verdict
from unbudget_check.rulebook.words import message_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.checks.claims import Claims, PercentClaim, Remark
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule

# A sentence prints so many addends; more are only counted.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Case:
    """One document with everything that is known of it."""

    facts: DocumentFacts
    rules: Sequence[Rule]
    claims: Claims
    judged: Judged


def find(case: Case) -> tuple[Finding, ...]:
    """All findings of a document, in reading order."""
    judged = case.judged
    corrections = localise(
        judged.relations,
        judged.judgement.residuals.tolist(),
        limits_of(judged),
        broken_relations(judged, case.claims),
        judged.figures,
    )
    placed = [(_spot_key(case, c.figure), _linear(case, c)) for c in corrections]
    changes = {c.figure: c.change for c in corrections if c.certain}
    for number in broken_percentages(judged):
        claim = case.claims.percentages[number]
        if not claim.excuse and not _is_settled(case, claim, changes):
            placed.append((_spot_key(case, claim.stated), _percent(case, claim, changes)))
    placed.extend(_remarks(case, {c.figure: c for c in corrections}))
    return tuple(_fold(sorted(placed, key=lambda pair: pair[0])))


def _spot_key(case: Case, figure: int) -> tuple[int, int, int, int]:
    spot = case.facts.spots[figure]
    return spot.table, spot.row, spot.column, spot.item


def _fold(placed: Sequence[tuple[tuple[int, int, int, int], Finding]]) -> Iterator[Finding]:
    """One finding a cell: the graver one stands, the proofs of the others go with it."""
    kept: dict[tuple[int, int, int, int], Finding] = {}
    for key, finding in placed:
        held = kept.get(key)
        if held is None:
            kept[key] = finding
        else:
            first, second = sorted((held, finding), key=lambda f: f.stated is not None)
            kept[key] = replace(first, relations=(*first.relations, *second.relations))
    yield from kept.values()


def _linear(case: Case, correction: Correction) -> Finding:
    """The finding about one corrected cell; its proofs are the relations that it settles."""
    judged, facts = case.judged, case.facts
    main = _main_relation(case, correction)
    rule = case.rules[int(judged.relations.rules[main])]
    spot = facts.spots[correction.figure]
    scale = judged.figures.scale
    number = facts.numbers[correction.figure]
    proposed = from_scaled(scaled(number, scale) + correction.change, scale, number.exponent)
    proofs = tuple(_proof(case, r) for r in (main, *(r for r in correction.relations if r != main)))
    stated = judged.relations.terms(main)[0][0]
    severity = rule.severity
    if max(judged.verdicts[r] for r in correction.relations) < Verdict.IMPOSSIBLE:
        severity = _weaker(severity)
    finding = _finding(
        case, rule, correction.figure, proposed, proofs, _message(case, rule, main, correction)
    )
    return replace(
        finding,
        severity=severity,
        confidence=_confidence(case, rule, correction.relations),
        excerpt=excerpt_of(
            facts,
            spot,
            [(facts.spots[f], -c) for f, c in judged.relations.terms(main) if f != correction.figure]
            if stated == correction.figure
            else [(facts.spots[f], -c) for f, c in judged.relations.terms(main)],
        ),
    )


def _main_relation(case: Case, correction: Correction) -> int:
    """The relation told first: one that states the suspect, the gravest, in the order of rules."""
    judged = case.judged

    def rank(relation: int) -> tuple[bool, bool, int, int]:
        terms = judged.relations.terms(relation)
        names_it = any(
            figure == correction.figure
            and coefficient * correction.change == -int(judged.judgement.residuals[relation])
            for figure, coefficient in terms
        )
        told = terms[0][0] == correction.figure
        return not names_it, not told, -int(judged.verdicts[relation]), relation

    return min(correction.relations, key=rank)


def _finding(
    case: Case, rule: Rule, figure: int, proposed: Number, proofs: tuple[Proof, ...], message: str
) -> Finding:
    facts = case.facts
    spot = facts.spots[figure]
    stated, computed = decimal_of(facts.numbers[figure]), decimal_of(proposed)
    where = where_of(facts, spot)
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        facts.path,
        where,
        text_of(facts, spot),
        stated,
        computed,
        _difference(facts.numbers[figure], proposed),
        proofs[0].allowance if proofs else None,
        message,
        proofs,
        (Suspect(where, text_of(facts, spot), computed, None, tuple(range(len(proofs)))),),
        advice=words_in(rule.fix, facts.language),
    )


def _difference(stated: Number, computed: Number) -> Decimal:
    scale = min(stated.exponent, computed.exponent)
    return decimal_of(Number(scaled(stated, scale) - scaled(computed, scale), scale))


def _proof(case: Case, relation: int) -> Proof:
    judged, facts = case.judged, case.facts
    terms = judged.relations.terms(relation)
    scale = judged.figures.scale
    residual = int(judged.judgement.residuals[relation])
    stated = facts.numbers[terms[0][0]]
    computed = from_scaled(scaled(stated, scale) - residual, scale, stated.exponent)
    allowance = int(judged.judgement.allowances[relation])
    # The allowance is kept doubled, because half a quantum is no whole number.
    half = Number(allowance * 5, scale - 1)
    return Proof(
        case.rules[int(judged.relations.rules[relation])].code,
        where_of(facts, facts.spots[terms[0][0]]),
        decimal_of(stated),
        decimal_of(computed),
        _difference(stated, computed),
        decimal_of(from_scaled(half.units, half.exponent, scale)),
        tuple(
            Part(where_of(facts, facts.spots[f]), decimal_of(facts.numbers[f]), -c)
            for f, c in terms[1:]
        ),
    )


def _message(case: Case, rule: Rule, relation: int, correction: Correction) -> str:
    """The rule's sentence about the relation; it names the suspect where that is another cell."""
    judged, facts = case.judged, case.facts
    terms = judged.relations.terms(relation)
    proof = _proof(case, relation)
    stated = facts.numbers[terms[0][0]]
    scale = judged.figures.scale
    residual = int(judged.judgement.residuals[relation])
    computed = from_scaled(scaled(stated, scale) - residual, scale, stated.exponent)
    parts = [(facts.numbers[f], -c) for f, c in terms[1:]]
    told = message_of(
        rule,
        facts.language,
        **_placed(case, terms[0][0]),
        computed=printed(computed),
        residual=printed(from_scaled(residual, scale, stated.exponent)),
        allowance=str(proof.allowance),
        count=str(len(parts)),
        parts=_sum_of(parts),
    )
    if terms[0][0] == correction.figure:
        return told
    place = _placed(case, correction.figure)
    number = facts.numbers[correction.figure]
    value = from_scaled(scaled(number, scale) + correction.change, scale, number.exponent)
    return load_language(facts.language).sentences["named"].format(
        told=told,
        count=len(correction.relations),
        row=place["row"],
        column=place["column"],
        stated=place["stated"],
        computed=printed(value),
    )


def _placed(case: Case, figure: int) -> dict[str, str]:
    where = where_of(case.facts, case.facts.spots[figure])
    text = text_of(case.facts, case.facts.spots[figure])
    stated = text if not where.item else printed(case.facts.numbers[figure])
    table = " ".join(filter(None, (where.table, where.part)))
    return {
        "row": where.row or "",
        "column": where.column or "",
        "table": table,
        "where": ", ".join(filter(None, (table, where.row, where.column))),
        "stated": stated,
        "text": text,
    }


def _sum_of(parts: Sequence[tuple[Number, int]]) -> str:
    """The addends as an officer writes them: 12.0 + 3.5 - 0.5, shortened where there are many."""
    shown = parts if len(parts) <= SHOWN else parts[: SHOWN - 1]
    told = " ".join(
        f"{'-' if sign < 0 else '+'} {'' if abs(sign) == 1 else f'{abs(sign)} x '}{printed(number)}"
        for number, sign in shown
    ).removeprefix("+ ")
    return told if len(shown) == len(parts) else f"{told} + ... ({len(parts)} figures)"


def _confidence(case: Case, rule: Rule, relations: Sequence[int]) -> Confidence:
    """The rule's confidence, one step lower for each reason to doubt the reading of the table."""
    tables = {case.claims.tables[relation] for relation in relations}
    doubts = any(case.facts.tables[table].doubt for table in tables)
    doubts += all(case.claims.doubts[relation] for relation in relations)
    return CONFIDENCES[max(CONFIDENCES.index(rule.confidence) - doubts, 0)]


def _weaker(severity: Severity) -> Severity:
    return Severity.WARNING if severity is Severity.ERROR else severity


def _is_settled(case: Case, claim: PercentClaim, changes: Mapping[int, int]) -> bool:
    """Whether the percentage is right once the cells that other relations name are corrected."""
    if not {claim.stated, claim.part, claim.base} & changes.keys():
        return False
    stated, part, base = _corrected(case, claim, changes)
    return base != 0 and percentage(part, base, stated.exponent).units == stated.units


def _corrected(
    case: Case, claim: PercentClaim, changes: Mapping[int, int]
) -> tuple[Number, int, int]:
    """The stated percentage, and part and base in units of the vector, corrections applied."""
    values = case.judged.figures.values
    scale = case.judged.figures.scale
    number = case.facts.numbers[claim.stated]
    stated = scaled(number, scale) + changes.get(claim.stated, 0)
    part, base = (int(values[f]) + changes.get(f, 0) for f in (claim.part, claim.base))
    return from_scaled(stated, scale, number.exponent), part, base


def _percent(case: Case, claim: PercentClaim, changes: Mapping[int, int]) -> Finding:
    """The finding about one percentage that its part and base do not give."""
    facts = case.facts
    rule = case.rules[claim.rule]
    stated, part, base = _corrected(case, claim, changes)
    computed = percentage(part, base, _shown_exponent(case, claim))
    spot = facts.spots[claim.stated]
    parts = [(claim.part, 1), (claim.base, 1)]
    residual = _difference(stated, computed)
    half = decimal_of(Number(5, stated.exponent - 1))
    proof = Proof(
        rule.code,
        where_of(facts, spot),
        decimal_of(stated),
        decimal_of(computed),
        residual,
        half,
        tuple(
            Part(where_of(facts, facts.spots[f]), decimal_of(facts.numbers[f]), c) for f, c in parts
        ),
    )
    message = message_of(
        rule,
        facts.language,
        **_placed(case, claim.stated),
        computed=printed(computed),
        residual=str(residual),
        allowance=str(half),
        count="2",
        parts=f"{printed(facts.numbers[claim.part])} / {printed(facts.numbers[claim.base])}",
    )
    finding = _finding(case, rule, claim.stated, computed, (proof,), message)
    doubt = bool(facts.tables[claim.table].doubt)
    level = CONFIDENCES[max(CONFIDENCES.index(rule.confidence) - doubt, 0)]
    excerpt = excerpt_of(facts, spot, [(facts.spots[f], 0) for f, _ in parts])
    return replace(finding, confidence=level, excerpt=excerpt)


def _shown_exponent(case: Case, claim: PercentClaim) -> int:
    """The precision to propose: that of the cell, or of its column where a dash is printed."""
    return case.facts.numbers[claim.stated].exponent


def _remarks(
    case: Case, corrections: Mapping[int, Correction]
) -> Iterator[tuple[tuple[int, int, int, int], Finding]]:
    """Findings about notation; a malformed figure that sums depend on takes their proofs along."""
    for remark in case.claims.remarks:
        finding = _remark(case, remark)
        figure = case.facts.tables[remark.table].grid[remark.row][remark.column]
        if figure >= 0 and figure in corrections and remark.computed is not None:
            scale = case.judged.figures.scale
            value = scaled(remark.computed, scale) + corrections[figure].change
            number = from_scaled(value, scale, remark.computed.exponent)
            finding = replace(finding, computed=decimal_of(number))
        yield (remark.table, remark.row, remark.column, 0), finding


def _remark(case: Case, remark: Remark) -> Finding:
    facts, rule = case.facts, case.rules[remark.rule]
    from unbudget_check.model.facts import Spot  # noqa: PLC0415

    spot = Spot(remark.table, remark.row, remark.column)
    where = where_of(facts, spot)
    text = text_of(facts, spot)
    computed = decimal_of(remark.computed) if remark.computed is not None else None
    message = message_of(
        rule,
        facts.language,
        row=where.row or "",
        column=where.column or "",
        table=" ".join(filter(None, (where.table, where.part))),
        where=", ".join(filter(None, (where.table, where.row, where.column))),
        stated=text,
        text=text,
        computed=printed(remark.computed) if remark.computed is not None else "",
    )
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        facts.path,
        where,
        text,
        None,
        computed,
        None,
        None,
        message,
        suspects=(Suspect(where, text, computed),),
        excerpt=excerpt_of(facts, spot, ()),
        advice=words_in(rule.fix, facts.language),
    )
