"""The sentence about one finding, as an officer would say it, from the rule's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import text_of, where_of
from unbudget_check.diagnose.proofs import proposed_for, sum_of
from unbudget_check.languages import load_language
from unbudget_check.model.facts import Reading
from unbudget_check.model.number import number_of, printed
from unbudget_check.rulebook.words import message_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from unbudget_check.diagnose.localise import Correction
    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.claims import PercentClaim
    from unbudget_check.model.facts import Spot
    from unbudget_check.model.finding import Proof
    from unbudget_check.model.number import Number
    from unbudget_check.rulebook.rule import Rule

# A sentence prints so many addends; more are only counted.
SHOWN = 4


def tell_relation(case: Case, rule: Rule, relation: int, correction: Correction) -> str:
    """The rule's sentence about a relation; it names the suspect where that is another cell."""
    facts = case.facts
    stated = case.judged.relations.terms(relation)[0][0]
    found = sum_of(case, relation)
    told = message_of(
        rule,
        facts.language,
        **placed(case, facts.spots[stated], facts.numbers[stated]),
        computed=printed(found.computed),
        residual=printed(found.residual),
        allowance=printed(found.allowance),
        count=str(len(found.parts)),
        parts=_addends([(_as_printed(case, figure), sign) for figure, sign in found.parts]),
    )
    if stated == correction.figure:
        return told
    suspect = placed(case, facts.spots[correction.figure], facts.numbers[correction.figure])
    return (
        load_language(facts.language)
        .sentences["named"]
        .format(
            told=told,
            count=len(correction.relations),
            row=suspect["row"],
            column=suspect["column"],
            stated=suspect["stated"],
            computed=printed(proposed_for(case, correction.figure, correction.change)),
        )
    )


def tell_percentage(case: Case, rule: Rule, claim: PercentClaim, proof: Proof) -> str:
    """The rule's sentence about a percentage."""
    facts = case.facts
    return message_of(
        rule,
        facts.language,
        **placed(case, facts.spots[claim.stated], facts.numbers[claim.stated]),
        computed=_signed(proof.computed),
        residual=_signed(proof.residual),
        allowance=_signed(proof.allowance),
        count="2",
        parts=f"{_as_printed(case, claim.part)} / {_as_printed(case, claim.base)}",
    )


def placed(case: Case, spot: Spot, number: Number | None = None) -> dict[str, str]:
    """The words for the place of a cell, and what is printed there."""
    where = where_of(case.facts, spot)
    text = text_of(case.facts, spot)
    table = " ".join(filter(None, (where.table, where.part)))
    row = ", ".join(filter(None, (where.row, where.item)))
    return {
        "row": row,
        "column": where.column or "",
        "table": table,
        "where": ", ".join(filter(None, (table, row, where.column))),
        "stated": printed(number) if where.item and number is not None else text,
        "text": text,
    }


def _signed(amount: Decimal | None) -> str:
    return printed(number_of(amount)) if amount is not None else ""


def _as_printed(case: Case, figure: int) -> str:
    """A figure in a sentence; nil stays the dash that the table prints."""
    spot = case.facts.spots[figure]
    numeral = case.facts.tables[spot.table].numerals[spot.row][spot.column]
    if numeral.reading is Reading.NIL:
        return text_of(case.facts, spot)
    return printed(case.facts.numbers[figure])


def _addends(parts: Sequence[tuple[str, int]]) -> str:
    """The addends as an officer writes them: 12.0 + 3.5 - 0.5, shortened where there are many."""
    shown = parts if len(parts) <= SHOWN else parts[: SHOWN - 1]
    told = " ".join(
        f"{'-' if sign < 0 else '+'} {'' if abs(sign) == 1 else f'{abs(sign)} x '}{figure}"
        for figure, sign in shown
    ).removeprefix("+ ")
    return told if len(shown) == len(parts) else f"{told} + ... ({len(parts)})"
