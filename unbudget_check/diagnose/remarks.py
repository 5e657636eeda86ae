"""Findings about what is written, without any sum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.diagnose.placed import finding_under, place_in
from unbudget_check.diagnose.sentences import placed
from unbudget_check.diagnose.tongues import with_messages
from unbudget_check.model.finding import Finding, Suspect
from unbudget_check.model.number import decimal_of, printed
from unbudget_check.rulebook.words import message_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.diagnose.placed import Place
    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.claims import Remark


def remarks_of(case: Case) -> Iterator[tuple[Place, Finding]]:
    """Findings about what is written, without any sum."""
    for remark in case.claims.remarks:
        yield place_in(case.facts, remark.at), _remark(case, remark)


def _remark(case: Case, remark: Remark) -> Finding:
    rule = case.rules[remark.rule]
    finding = finding_under(case, rule, remark.at)
    computed = decimal_of(remark.computed) if remark.computed is not None else None
    meant = printed(remark.computed) if remark.computed is not None else remark.text

    def message_in(told: Case) -> str:
        said = placed(told, remark.at)
        return message_of(rule, told.speech, **said, computed=meant, count=remark.text)

    return replace(
        with_messages(finding, case, rule, message_in),
        computed=computed,
        suspects=(Suspect(finding.where, finding.stated_text, computed),),
    )
