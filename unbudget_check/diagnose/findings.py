"""Findings: each correction, percentage and remark under its rule, with place and proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.judging import broken_percentages, broken_relations, limits_of
from unbudget_check.diagnose.localise import Correction, localise
from unbudget_check.diagnose.places import excerpt_of, text_of, where_of
from unbudget_check.diagnose.proofs import (
    Case,
    difference,
    percent_proof,
    proof_of,
    proposed_for,
)
from unbudget_check.diagnose.sentences import placed, tell_percentage, tell_relation
from unbudget_check.model.facts import Spot
from unbudget_check.model.finding import (
    CONFIDENCES,
    SEVERITIES,
    Confidence,
    Finding,
    Severity,
    Suspect,
)
from unbudget_check.model.number import decimal_of, printed
from unbudget_check.model.outcome import Verdict
from unbudget_check.rulebook.words import message_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.claims import PercentClaim, Remark
    from unbudget_check.model.finding import Proof
    from unbudget_check.model.number import Number
    from unbudget_check.rulebook.rule import Rule

Place = tuple[int, int, int, int]


def find(case: Case) -> tuple[Finding, ...]:
    """All findings of a document, in reading order; what concerns one cell is one finding."""
    judged = case.judged
    corrections = localise(
        judged.relations,
        judged.judgement.residuals.tolist(),
        limits_of(judged),
        broken_relations(judged, case.claims),
        judged.figures,
        _written_wrongly(case),
    )
    found = [(_place(case.facts.spots[c.figure]), _linear(case, c)) for c in corrections]
    changes = {c.figure: c.change for c in corrections if c.certain}
    # Percentages come last: they are judged with the corrected amounts.
    for number in broken_percentages(judged, changes):
        claim = case.claims.percentages[number]
        if not claim.excuse:
            found.append((_place(case.facts.spots[claim.stated]), _percent(case, claim, changes)))
    found.extend(_remarks(case))
    return tuple(_fold(sorted(found, key=lambda pair: pair[0])))


def _written_wrongly(case: Case) -> frozenset[int]:
    """The figures whose notation a rule remarks on."""
    tables = case.facts.tables
    return frozenset(tables[r.table].grid[r.row][r.column] for r in case.claims.remarks)


def _place(spot: Spot) -> Place:
    return spot.table, spot.row, spot.column, spot.item


def _fold(found: Sequence[tuple[Place, Finding]]) -> Iterator[Finding]:
    """One finding a cell: the graver one, with the figure that the sums name and all proofs."""
    kept: dict[Place, Finding] = {}
    for place, finding in found:
        held = kept.setdefault(place, finding)
        if held is not finding:
            kept[place] = _joined(held, finding)
    yield from kept.values()


def _joined(one: Finding, other: Finding) -> Finding:
    """Two findings about one cell as one; among equals, what is written wrongly comes first."""
    first, second = sorted(
        (one, other),
        key=lambda each: (-SEVERITIES.index(each.severity), bool(each.relations)),
    )
    proved = first if first.relations else second
    return replace(
        first,
        stated=proved.stated,
        computed=proved.computed,
        residual=proved.residual,
        allowance=proved.allowance,
        message=f"{first.message} {second.message}",
        relations=(*first.relations, *second.relations),
        suspects=proved.suspects,
        excerpt=proved.excerpt,
    )


def _linear(case: Case, correction: Correction) -> Finding:
    """The finding about one corrected cell; its proofs are the relations that it settles."""
    judged, spots = case.judged, case.facts.spots
    main = _main_relation(case, correction)
    rule = case.rules[int(judged.relations.rules[main])]
    others = [relation for relation in correction.relations if relation != main]
    finding = _finding(
        case,
        rule,
        correction.figure,
        proposed_for(case, correction.figure, correction.change),
        tuple(proof_of(case, relation) for relation in (main, *others)),
        tell_relation(case, rule, main, correction),
    )
    terms = dict(judged.relations.terms(main))
    own = terms.pop(correction.figure, 1)
    parts = [(spots[f], -c if own > 0 else c) for f, c in terms.items()]
    impossible = max(judged.verdicts[r] for r in correction.relations) == Verdict.IMPOSSIBLE
    return replace(
        finding,
        severity=rule.severity if impossible else _weaker(rule.severity),
        confidence=_confidence(case, rule, correction.relations, impossible=impossible),
        suspects=_suspects(case, correction) or finding.suspects,
        excerpt=excerpt_of(case.facts, spots[correction.figure], parts),
    )


def _weaker(severity: Severity) -> Severity:
    """What rounding might still explain is a warning at most."""
    return Severity.WARNING if severity is Severity.ERROR else severity


def _main_relation(case: Case, correction: Correction) -> int:
    """The relation told first: one that by itself names the correction and states the suspect."""
    judged = case.judged

    def rank(relation: int) -> tuple[bool, bool, int, int]:
        terms = judged.relations.terms(relation)
        residual = int(judged.judgement.residuals[relation])
        names_it = any(
            f == correction.figure and c * correction.change == -residual for f, c in terms
        )
        told = terms[0][0] == correction.figure
        return not names_it, not told, -int(judged.verdicts[relation]), relation

    return min(correction.relations, key=rank)


def _finding(
    case: Case, rule: Rule, figure: int, proposed: Number, proofs: tuple[Proof, ...], message: str
) -> Finding:
    facts = case.facts
    spot = facts.spots[figure]
    where, text, computed = where_of(facts, spot), text_of(facts, spot), decimal_of(proposed)
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        rule.confidence,
        facts.path,
        where,
        text,
        decimal_of(facts.numbers[figure]),
        computed,
        difference(facts.numbers[figure], proposed),
        proofs[0].allowance,
        message,
        proofs,
        (Suspect(where, text, computed, None, tuple(range(len(proofs)))),),
        advice=words_in(rule.fix, facts.language),
    )


def _suspects(case: Case, correction: Correction) -> tuple[Suspect, ...]:
    """The cells that explain a lone relation equally well, each with what it would have to be."""
    spots = case.facts.spots
    return tuple(
        Suspect(
            where_of(case.facts, spots[figure]),
            text_of(case.facts, spots[figure]),
            decimal_of(proposed_for(case, figure, change)),
            None,
            (0,),
        )
        for figure, change in correction.suspects
    )


def _confidence(
    case: Case, rule: Rule, relations: Sequence[int], *, impossible: bool
) -> Confidence:
    """The rule's confidence, one step lower for each reason to doubt."""
    tables = {case.claims.tables[relation] for relation in relations}
    doubts = int(any(case.facts.tables[table].doubt for table in tables))
    doubts += all(case.claims.doubts[relation] for relation in relations)
    doubts += not impossible
    return CONFIDENCES[max(CONFIDENCES.index(rule.confidence) - doubts, 0)]


def _percent(case: Case, claim: PercentClaim, changes: Mapping[int, int]) -> Finding:
    """The finding about one percentage that its part and base do not give."""
    facts, rule = case.facts, case.rules[claim.rule]
    proof, computed = percent_proof(case, claim, changes)
    message = tell_percentage(case, rule, claim, proof)
    finding = _finding(case, rule, claim.stated, computed, (proof,), message)
    doubt = bool(facts.tables[claim.table].doubt)
    parts = [(facts.spots[figure], 0) for figure in (claim.part, claim.base)]
    return replace(
        finding,
        confidence=CONFIDENCES[max(CONFIDENCES.index(rule.confidence) - doubt, 0)],
        excerpt=excerpt_of(facts, facts.spots[claim.stated], parts),
    )


def _remarks(case: Case) -> Iterator[tuple[Place, Finding]]:
    """Findings about notation."""
    for remark in case.claims.remarks:
        yield (remark.table, remark.row, remark.column, 0), _remark(case, remark)


def _remark(case: Case, remark: Remark) -> Finding:
    facts, rule = case.facts, case.rules[remark.rule]
    spot = Spot(remark.table, remark.row, remark.column)
    where, text = where_of(facts, spot), text_of(facts, spot)
    computed = decimal_of(remark.computed) if remark.computed is not None else None
    meant = printed(remark.computed) if remark.computed is not None else remark.text
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
        message_of(rule, facts.language, **placed(case, spot), computed=meant, count=remark.text),
        suspects=(Suspect(where, text, computed),),
        excerpt=excerpt_of(facts, spot, ()),
        advice=words_in(rule.fix, facts.language),
    )
