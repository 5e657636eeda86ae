"""What sentences say again against the tables: levels, changes, direction words, rates, posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.checks.once import once
from unbudget_check.languages import load_language
from unbudget_check.model.claims import NO_TABLE, PercentClaim, Remark
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import MentionKind
from unbudget_check.model.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.meaning import Record
    from unbudget_check.model.prose import Mention, Statement
    from unbudget_check.rulebook.rule import Rule

NEAR = 40
THOUSANDS = 3  # the exponent from which amounts are said in words
DIRECTION = "direction"
PERCENTAGES = (MentionKind.RATE, MentionKind.SHARE)
_MONEY = (
    MentionKind.LEVEL,
    MentionKind.BASE,
    MentionKind.CHANGE,
    MentionKind.PART,
    MentionKind.AMOUNT,
)
_LEVELS = (MentionKind.AMOUNT, MentionKind.PART, MentionKind.BASE)
OPPOSITE = "opposite"
# A list of grades right behind a number of posts counts them: of 93 in 30 documents two do not add
# up, and both are misprinted. One failure alone does not outweigh the words.
RIGHT_BEHIND_BITS = 13


def check_statement(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write mentioned amount - the same fact of each table = 0, for what the rule names.

    A change whose amount is that of the table, with the other sign, is a matter of its word.
    """
    says = rule.parameters["says"]
    for statement, mention in _statements(facts):
        kind = DIRECTION if _is_opposite(facts, statement, mention) else _said(mention)
        if kind != says:
            continue
        for fact in statement.facts:
            members = [[mention.figure, fact.figure]]
            place = (fact.meaning.unit, "resources", "sentences")
            at = claims.read(_readings(facts)[mention.span.passage, fact.meaning.record])
            claims.add(NO_TABLE, number, members, [1, -int(10**fact.scale)], [place], reading=at)


def check_sentence_percentage(
    facts: DocumentFacts, rule: Rule, number: int, claims: Claims
) -> None:
    """Claim that a percentage in a sentence is the quotient of two figures of the tables."""
    del rule
    for rate, change, base in _rates(facts):
        claims.percentages.append(PercentClaim(number, NO_TABLE, rate, change, base))
    for statement, mention in _statements(facts):
        if mention.kind not in PERCENTAGES or statement.base is None:
            continue
        part, base = statement.facts[0].figure, statement.base.figure
        turned = _sign(facts, part) * _sign(facts, mention.figure) < 0
        excuse = OPPOSITE if turned else ""
        at = claims.read(_readings(facts)[mention.span.passage, statement.facts[0].meaning.record])
        claims.percentages.append(
            PercentClaim(number, NO_TABLE, mention.figure, part, base, excuse, at)
        )


def check_sentence_sum(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write level - change - base = 0, where one sentence states all three."""
    del rule
    for level, change, base in _sums(facts):
        members = [[each.figure for each in (level, change, base)]]
        exponents = (facts.numbers[figure].exponent for figure in members[0])
        # What is said in millions is rounded each by itself, like what was spent.
        kind = "resources" if max(exponents) < THOUSANDS else "expenditure"
        claims.add(NO_TABLE, number, members, [1, -1, -1], [("money", kind, "sentences")])


def check_sentence_grades(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write number of posts - the counts of the list of grades behind it = 0.

    That the lists of a document are those of the numbers before them is one reading.
    """
    del rule
    mentions = facts.prose.mentions
    found = _listed_grades(mentions)
    if not found:
        return
    first = mentions[min(found)].span
    reading = claims.read(Reading("grades", first, prior=RIGHT_BEHIND_BITS))
    for at, grades in found.items():
        members = [[mentions[at].figure, *(each.figure for each in grades)]]
        signs = [1, *(-1 for _ in grades)]
        claims.add(NO_TABLE, number, members, signs, [("posts", "list", "")], reading=reading)


def check_grade_twice(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on a grade that stands twice in one list: one of them was meant to be another."""
    del rule
    for grades in _listed_grades(facts.prose.mentions).values():
        last: dict[str, Mention] = {}
        for each in grades:
            before = last.get(each.name)
            if before is not None and _is_one_list(facts, before, each):
                claims.remarks.append(Remark(number, each.span, text=each.name))
            last[each.name] = each


def _is_one_list(facts: DocumentFacts, one: Mention, other: Mention) -> bool:
    """Whether no bracket closes between two entries: those behind it are of another place."""
    text = facts.prose.passages[one.span.passage].text[one.span.end : other.span.start]
    depth = 0
    for sign in text:
        depth += (sign in "(\uff08") - (sign in ")\uff09")
        if depth < 0:
            return False
    return True


def _listed_grades(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    """Number of posts -> the entries of the list of grades behind it."""
    listed: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.kind is MentionKind.GRADE and mention.of >= 0:
            listed.setdefault(mention.of, []).append(mention)
    return listed


def _sums(facts: DocumentFacts) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Level, change and base of the sentences that state each of them once, in any order."""
    sentences: dict[tuple[int, int], list[Mention]] = {}
    for mention in facts.prose.mentions:
        if mention.kind in _MONEY:
            sentences.setdefault((mention.span.passage, mention.sentence), []).append(mention)
    for told in sentences.values():
        bases = [each for each in told if each.kind is MentionKind.BASE]
        rest = [each for each in told if each.kind is not MentionKind.BASE]
        if len(bases) != 1 or len(rest) < len(("level", "change")):
            continue
        level, change, base = *rest[:2], *bases
        is_told = level.kind is not MentionKind.CHANGE and change.kind is MentionKind.CHANGE
        sure = not (change.offset or any(each.rounded for each in (level, change, base)))
        if is_told and sure and _is_comparable(facts, level, base) and not _is_mixed(facts, told):
            yield level, change, base


def _rates(facts: DocumentFacts) -> Iterator[tuple[int, int, int]]:
    """Rate, change and base, where one sentence states all three and no table says the rate."""
    tied = {statement.mention for statement in facts.prose.statements if statement.base}
    bases = {change.figure: base.figure for _, change, base in _sums(facts)}
    mentions = facts.prose.mentions
    for at, mention in enumerate(mentions):
        if mention.kind is MentionKind.RATE and mention.of >= 0 and at not in tied:
            change = mentions[mention.of].figure
            if change in bases and facts.numbers[change].exponent < THOUSANDS:
                yield mention.figure, change, bases[change]


def _is_mixed(facts: DocumentFacts, told: Sequence[Mention]) -> bool:
    """Whether one of the amounts is after recosting: what was approved is not."""
    passage = facts.prose.passages[told[0].span.passage]
    words = passage.text[passage.body : told[-1].span.end + NEAR].casefold()
    return any(term in words for term in load_language(facts.language).columns["recosted"])


def _is_comparable(facts: DocumentFacts, level: Mention, base: Mention) -> bool:
    """Whether an amount is so near to the base that it is the same resources, after the change."""
    one, two = (comparable(facts.numbers[each.figure]) for each in (level, base))
    return 2 * min(one, two) > max(one, two)


@once
def _readings(facts: DocumentFacts) -> Mapping[tuple[int, Record], Reading]:
    """The reading under which the amounts of a passage restate one row of the tables."""
    found: dict[tuple[int, Record], Reading] = {}
    for statement, mention in _statements(facts):
        for fact in statement.facts:
            key = mention.span.passage, fact.meaning.record
            number = facts.tables[fact.table].number or ""
            known = found.get(key) or Reading("sentence", mention.span, number, contest=key)
            is_amount = statement.base is None
            tie = ((mention.figure, 1), (fact.figure, -int(10**fact.scale)))
            found[key] = replace(
                known,
                prior=max(known.prior, statement.prior),
                witnesses=(*known.witnesses, tie) if is_amount else known.witnesses,
            )
    return found


def _statements(facts: DocumentFacts) -> Iterator[tuple[Statement, Mention]]:
    """The statements that tables bear out or contradict."""
    for statement in facts.prose.statements:
        if statement.facts:
            yield statement, facts.prose.mentions[statement.mention]


def _said(mention: Mention) -> str:
    """What a mention says; an amount of an object, or what was approved, is a level of that."""
    return MentionKind.LEVEL if mention.kind in _LEVELS else mention.kind


def _is_opposite(facts: DocumentFacts, statement: Statement, mention: Mention) -> bool:
    """Whether a change is stated as large as in the tables, but as an increase for a decrease."""
    if mention.kind is not MentionKind.CHANGE or not mention.direction:
        return False
    stated = comparable(facts.numbers[mention.figure])
    shown = (comparable(facts.numbers[fact.figure], fact.scale) for fact in statement.facts)
    return -stated in shown


def _sign(facts: DocumentFacts, figure: int) -> int:
    units = facts.numbers[figure].units
    return (units > 0) - (units < 0)
