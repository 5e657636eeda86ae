"""Sentences and the paragraphs that explain them: one component, and the same amounts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.checks.document.numbering import names_entity, numbered_in
from unbudget_check.evidence.weight import LEAST_LOSS_BITS, PAIR, Trial, loss_of, significance
from unbudget_check.model.claims import NO_TABLE
from unbudget_check.model.facts import Reading
from unbudget_check.model.meaning import OVERALL
from unbudget_check.model.numbering import counted, printed_number
from unbudget_check.model.prose import SPOKEN, MentionKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.checks.document.numbering import Numbered
    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.prose import Mention, Passage, Reference, Span
    from unbudget_check.rulebook.rule import Rule

# A sentence that refers to a paragraph for its reasons mostly repeats an amount of it.
REFERRED_BITS = 6
# Shorter figures look like misprints of each other too easily: four digits other than noughts.
TELLING_BITS = 9
# References that make a list, and the distance that a wrong one stays below.
SEVERAL, FAR = 2, 4
_STOP = re.compile(r"\. |\u3002")
_EXPLAINED = (MentionKind.CHANGE, MentionKind.PART, MentionKind.AMOUNT)


def misdirected(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References for the reasons of a change to a paragraph that does not give them.

    It is about another component, or is the one of a list that is about no factor of change. The
    right one carries the same markers, or is the only one near; without it nothing is said.
    """
    references = tuple(references)
    told = dict(_of_others(facts, numbered, references))
    yield from (dict(_without_reasons(numbered, references)) | told).items()


def _of_others(
    facts: DocumentFacts, numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """References from under the heading of a component to an item about another one."""
    explained = [
        each
        for each in facts.prose.passages
        if each.kind in SPOKEN and each.items and each.entity and each.entity != each.bearing.entity
    ]
    for each in references:
        entity = facts.prose.passages[each.at.passage].bearing.entity
        if each.kind is not ReferenceKind.PARAGRAPH or entity in ("", OVERALL) or not each.items:
            continue
        cited = numbered.items(each.number, each.items) or numbered.items(each.number, ())
        if not cited or names_entity(cited, entity, facts.language):
            continue
        meant = _meant(each, [other for other in explained if other.entity == entity])
        if meant is not None:
            yield each.at, " ".join((meant.number, *meant.items))


def _without_reasons(
    numbered: Numbered, references: Iterable[Reference]
) -> Iterator[tuple[Span, str]]:
    """The one reference of a list or range to a paragraph that is about no factor of change.

    All others are: meant is the paragraph about another factor that stands nearest.
    """
    lists: defaultdict[int, list[Reference]] = defaultdict(list)
    for each in references:
        if each.kind is ReferenceKind.PARAGRAPH and each.number in numbered.paragraphs:
            lists[each.at.passage].append(each)
    for listed in lists.values():
        factors = [_factor_of(numbered, each.number) for each in listed]
        wrong = [each for each, factor in zip(listed, factors, strict=True) if not factor]
        if len(wrong) != 1 or len(listed) < SEVERAL:
            continue
        scope, notation, count = counted(wrong[0].number) or ("", "", 0)
        own = {each.number for each in listed}
        near = [
            number
            for by in (1, -1, *range(2, FAR), *range(-2, -FAR, -1))
            if (number := printed_number(scope, notation, max(count + by, 0)))
            in numbered.paragraphs
            and _factor_of(numbered, number)
            and (number not in own or by == 1)
        ]
        others = [each for each in near if _factor_of(numbered, each) not in factors]
        for meant in (others or near)[:1]:
            items = wrong[0].items if numbered.has_item(meant, wrong[0].items) else ()
            yield wrong[0].at, " ".join((meant, *items))


def _factor_of(numbered: Numbered, number: str) -> str:
    return numbered.paragraphs[number][0].bearing.factor


def _meant(reference: Reference, about: Sequence[Passage]) -> Passage | None:
    """The item about a component that a reference means: the same markers, or the only one."""
    own = reference.number.rpartition(".")[0]
    about = [each for each in about if each.number.rpartition(".")[0] == own]
    alike = [each for each in about if each.items == reference.items]
    same = [each for each in about if each.number == reference.number]
    for found in (same, alike, about):
        if len(found) == 1:
            return found[0]
    return None


def check_explained(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write amount - the same amount of the paragraph that explains it = 0.

    Amounts that are the same, or misprints of each other, belong together; all other amounts of the
    two paragraphs are of something else.
    """
    numbered, amounts = numbered_in(facts), _amounts(facts)
    for each in facts.prose.references:
        if each.kind is not ReferenceKind.PARAGRAPH or each.is_outside:
            continue
        passages = numbered.items(each.number, each.items)
        told = [m for passage in passages for m in amounts.get(passage.index, ())]
        if any(passage.index == each.at.passage for passage in passages):
            continue
        own = amounts.get(each.at.passage, ())
        sentence = _sentence_of(facts, each, own)
        pairs = [
            (mention, same)
            for mention in own
            if mention.sentence == sentence
            if (same := _same_amount(facts, mention, told)) is not None
        ]
        if not pairs:
            continue
        name = " ".join((each.number, *each.items))
        at = claims.read(Reading("explained", each.at, name, REFERRED_BITS))
        for mention, same in pairs:
            one, other = (facts.numbers[m.figure].units for m in (mention, same))
            turn = -1 if (one < 0) == (other < 0) else 1
            members, place = [[mention.figure, same.figure]], ("money", "resources", "sentences")
            claims.add(NO_TABLE, number, members, [1, turn], [place], reading=at)


@once
def _amounts(facts: DocumentFacts) -> Mapping[int, list[Mention]]:
    """Passage -> the amounts of changes and of their parts that it states to the last digit."""
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in facts.prose.mentions:
        if (
            mention.kind in _EXPLAINED
            and not mention.rounded
            and facts.numbers[mention.figure].units
        ):
            found[mention.span.passage].append(mention)
    return found


def _sentence_of(facts: DocumentFacts, reference: Reference, amounts: Iterable[Mention]) -> int:
    """Which sentence of its passage a reference ends, or -1 where no amount stands before it."""
    text = facts.prose.passages[reference.at.passage].text
    before = [each for each in amounts if each.span.end <= reference.at.start]
    between = text[before[-1].span.end : reference.at.start] if before else ""
    return before[-1].sentence if before and not _STOP.search(between) else -1


def _same_amount(
    facts: DocumentFacts, mention: Mention, others: Sequence[Mention]
) -> Mention | None:
    """The amount of another paragraph that is the same, else the only one misprinted for it."""
    amount = _dollars(facts, mention)
    misprinted = []
    for other in others:
        shown = _dollars(facts, other)
        if shown == amount:
            return other
        if min(significance(amount), significance(shown)) >= TELLING_BITS:
            loss = loss_of(Trial(amount, shown, addends=1, terms=PAIR))
            misprinted += [other] if loss == LEAST_LOSS_BITS else []
    return misprinted[0] if len(misprinted) == 1 else None


def _dollars(facts: DocumentFacts, mention: Mention) -> int:
    number = facts.numbers[mention.figure]
    return abs(number.units) * int(10 ** max(number.exponent, 0))
