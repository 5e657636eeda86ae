"""Findings about what is written, without any sum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.placed import excerpt_at, finding_under, place_in
from unbudget_check.diagnose.places import text_of, where_of
from unbudget_check.diagnose.proofs import changed, proof_of
from unbudget_check.diagnose.sentences import placed
from unbudget_check.diagnose.tongues import with_messages
from unbudget_check.evidence.slips import slip_between
from unbudget_check.model.claims import CERTAIN
from unbudget_check.model.facts import Spot
from unbudget_check.model.finding import Localisation, Suspect
from unbudget_check.model.number import decimal_of, printed, scaled
from unbudget_check.rulebook.words import message_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.diagnose.placed import Place
    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.claims import Remark
    from unbudget_check.model.finding import Finding, Proof


def remark_finding(
    case: Case, remark: Remark, changes: Mapping[int, int], ties: Sequence[int] = ()
) -> tuple[Place, Finding]:
    """The finding about one remark, and where it stands; ``ties`` are those that it explains.

    What the figures around a cell prove it to be (``changes``) goes before what its digits suggest.
    """
    rule = case.rules[remark.rule]
    finding = finding_under(case, rule, remark.at)
    if remark.stated:
        heading = replace(finding.where, row=None)
        finding = replace(finding, where=heading, stated_text=remark.stated)
    number = remark.computed
    if isinstance(remark.at, Spot) and number is not None:
        figure = case.facts.tables[remark.at.table].grid[remark.at.row][remark.at.column]
        number = changed(case, figure, changes[figure]) if figure in changes else number
    computed = decimal_of(number) if number is not None else None
    meant = printed(number, finding.notation) if number is not None else remark.text

    def message_in(told: Case) -> str:
        said = placed(told, remark.at)
        if remark.stated:
            said["stated"] = remark.stated
        said |= {"computed": meant, "count": remark.text, "other": remark.other}
        return message_of(rule, told.speech, **said)

    return place_in(case.facts, remark.at), replace(
        with_messages(finding, case, rule, message_in),
        computed=computed,
        relations=_proofs(case, remark.reading) + tuple(proof_of(case, tie, {}) for tie in ties),
        excerpt=excerpt_at(case.facts, remark.at, remark.parts)
        if remark.parts
        else finding.excerpt,
        suspects=(Suspect(finding.where, finding.stated_text, computed), *_others(case, remark)),
        localisation=Localisation.ALTERNATIVES if remark.instead else finding.localisation,
    )


def _others(case: Case, remark: Remark) -> list[Suspect]:
    """The figures that may be wrong in place of the one that is remarked on, likely slips first."""
    found = []
    for figure, meant in remark.instead:
        stated, spot = case.facts.numbers[figure], case.facts.spots[figure]
        finest = min(stated.exponent, meant.exponent)
        slip = slip_between(scaled(stated, finest), scaled(meant, finest))
        where, text = where_of(case.facts, spot), text_of(case.facts, spot)
        found.append(Suspect(where, text, decimal_of(meant), slip.value if slip else None))
    return sorted(found, key=lambda suspect: suspect.slip is None)


def _proofs(case: Case, reading: int) -> tuple[Proof, ...]:
    """What is written under a reading that proves a remark."""
    if reading == CERTAIN:
        return ()
    kept = enumerate(case.claims.kept)
    return tuple(proof_of(case, at, {}) for at, tie in kept if tie.reading == reading)
