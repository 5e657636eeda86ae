"""Rates of change in sentences, against the level and the change right before them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import in_one_unit, rate_trial, standing_of, weigh
from unbudget_check.lexicon import load_language
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import Standing
from unbudget_check.model.number import Number, printed
from unbudget_check.model.prose import MentionKind
from unbudget_check.notation.printed_style import notation_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.evidence.weight import Trial
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Mention
    from unbudget_check.rulebook.rule import Rule

# A level, its change and the rate of that behind it agree in 57 of 57 sentences of 35 documents.
BESIDE_BITS = 12
# So near before its change stands the level that it is a change of.
LEVEL_BEFORE_CHARS = 160
# Some cut a rate off where others round it: one in the last digit is no error.
CUT_OFF = 1
# From this exponent on amounts are said in words: in millions.
THOUSANDS, MILLIONS = 3, 6
_LEVELS = (MentionKind.LEVEL, MentionKind.AMOUNT, MentionKind.PART)


def check_change_rate(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on a rate that is not the change before it over what the level was without it.

    Where the change gives the rate with the other sign, the remark is on its word.
    """
    for rate, change, level in _changes(facts):
        trial = _trial(facts, rate, change, level)
        missed = abs(trial.stated - trial.computed)
        weight = weigh([trial], BESIDE_BITS)
        if missed <= CUT_OFF or standing_of(weight) is not Standing.BORNE_OUT:
            continue
        is_turned = _trial(facts, rate, change, level, turn=-1).holds
        right = Number(abs(trial.computed), facts.numbers[rate.figure].exponent)
        at = change.span if is_turned else rate.span
        said = _quotient(facts, change, level, right)
        remark = Remark(number, at, None if is_turned else right, said)
        claims.remarks.append(replace(remark, unless=(change.figure,)) if is_turned else remark)


def _changes(facts: DocumentFacts) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Each rate of a change that no table states, with its change and the level before that."""
    mentions = facts.prose.mentions
    tied = {statement.mention for statement in facts.prose.statements if statement.base}
    prose = load_language(facts.language).prose
    inner = (*prose["incomplete"], *prose["comprising"])
    for at, rate in enumerate(mentions):
        change = mentions[rate.of]
        if rate.kind is not MentionKind.RATE or rate.of < 1 or at in tied:
            continue
        level = mentions[rate.of - 1]
        if change.kind is not MentionKind.CHANGE or level.kind not in _LEVELS:
            continue
        is_beside = level.span.passage == change.span.passage and level.sentence == change.sentence
        is_exact = not (level.rounded or change.rounded) and facts.numbers[level.figure].units
        if not is_beside or not is_exact:
            continue
        text = facts.prose.passages[level.span.passage].text[level.span.end : change.span.start]
        is_inner = any(word in text.casefold() for word in inner)
        if len(text) <= LEVEL_BEFORE_CHARS and not is_inner:
            yield rate, change, level


def _trial(
    facts: DocumentFacts, rate: Mention, change: Mention, level: Mention, turn: int = 1
) -> Trial:
    """That a rate is a change over the level without it, as far as all three are rounded."""
    numbers = [facts.numbers[each.figure] for each in (level, change)]
    (whole, hidden), (moved, hides) = in_one_unit(numbers, rounded=True)
    said = facts.numbers[rate.figure]
    base = whole - turn * moved, hidden + hides
    return rate_trial(Number(turn * said.units, said.exponent), (turn * moved, hides), base)


def _quotient(facts: DocumentFacts, change: Mention, level: Mention, right: Number) -> str:
    """How the rate comes about: 5 / (105 - 5) = 5.0%."""
    notation = notation_in(facts, level.span)
    whole, moved = (facts.numbers[each.figure] for each in (level, change))
    spoken = MILLIONS if min(whole.exponent, moved.exponent) >= THOUSANDS else 0
    whole, moved = (Number(each.units, each.exponent - spoken) for each in (whole, moved))
    sign = "+" if moved.units < 0 else "-"
    part = printed(Number(abs(moved.units), moved.exponent), notation)
    rate = printed(right, notation)
    return f"{part} / ({printed(whole, notation)} {sign} {part}) = {rate}%"
