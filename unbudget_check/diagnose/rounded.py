"""Sums that hold by rounding only: notes for an audit, with the same proof as a finding."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.diagnose.placed import excerpt_at, finding_under, place_in
from unbudget_check.diagnose.proofs import figures_of_tie, proof_of, rule_of_tie
from unbudget_check.diagnose.sentences import tell_rounded
from unbudget_check.diagnose.tongues import with_messages
from unbudget_check.model.finding import Confidence, Localisation, Severity
from unbudget_check.model.number import decimal_of

if TYPE_CHECKING:
    from unbudget_check.diagnose.placed import Place
    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.finding import Finding


def rounded_finding(case: Case, tie: int) -> tuple[Place, Finding]:
    """A note on a sum that misses by what rounding explains, and where it stands."""
    figures = figures_of_tie(case, tie)
    spot, proof = case.facts.spots[figures[0]], proof_of(case, tie, {})
    rule = rule_of_tie(case, tie)
    finding = finding_under(case, rule, spot)
    parts = [
        (case.facts.spots[figure], -coefficient)
        for figure, coefficient in case.judged.relations.terms(tie)
        if figure != figures[0]
    ]
    return place_in(case.facts, spot), replace(
        with_messages(finding, case, rule, partial(tell_rounded, tie=tie, proof=proof)),
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        stated=decimal_of(case.facts.numbers[figures[0]]),
        computed=proof.computed,
        residual=proof.residual,
        allowance=proof.allowance,
        relations=(proof,),
        excerpt=excerpt_at(case.facts, spot, parts),
        localisation=Localisation.NONE,
        advice="",
    )
