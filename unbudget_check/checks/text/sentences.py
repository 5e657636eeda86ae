"""What sentences say again against the tables: levels, changes, direction words, rates, posts.

Stated changes against the amounts and items that explain them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.checks import once
from unbudget_check.lexicon import load_language
from unbudget_check.model.claims import NO_TABLE, PercentClaim, Remark
from unbudget_check.model.facts import Reading, Spot
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import MentionKind, PassageKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.meaning import Fact, Record
    from unbudget_check.model.prose import Mention, Statement
    from unbudget_check.rulebook.rule import Rule


BESIDE_CHARS = 40
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
# What an amount is a part of mostly stands in its sentence, and is called what was approved.
SAME_SENTENCE_BITS, BASE_BITS = 2, 4
# A list of grades right behind a number of posts counts them: of 93 in 30 documents two do not add
# up, and both are misprinted. One failure alone does not outweigh the words.
RIGHT_BEHIND_BITS = 13

# Of a section that names the object of each of its amounts, words alone make it likely.
NAMED_BITS = 4


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


def check_sentence_percentage(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Claim that a percentage in a sentence is the quotient of two figures of the tables."""
    for reading, rate, part, base in _quotients(facts):
        at = claims.read(reading)
        claims.percentages.append(PercentClaim(number, NO_TABLE, rate, part, base, reading=at))
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


def check_sentence_sum(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write level - change - base = 0, where one sentence states all three."""
    for level, change, base in _sums(facts):
        members = [[each.figure for each in (level, change, base)]]
        exponents = (facts.numbers[figure].exponent for figure in members[0])
        # What is said in millions is rounded each by itself, like what was spent.
        kind = "resources" if max(exponents) < THOUSANDS else "expenditure"
        claims.add(NO_TABLE, number, members, [1, -1, -1], [("money", kind, "sentences")])


def check_sentence_grades(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write number of posts - the counts of the list of grades behind it = 0.

    That the lists of a document are those of the numbers before them is one reading.
    """
    mentions = facts.prose.mentions
    found = _listed_grades(mentions)
    if not found:
        return
    first = mentions[min(found)].span
    reading = claims.read(Reading("grades", first, prior=RIGHT_BEHIND_BITS))
    for at, grades in found.items():
        # Two counts that are joined have one list: 28 posts and 1 position (20 P-4 and 9 P-3).
        stated = [mentions[at], *([mentions[mentions[at].of]] if mentions[at].of >= 0 else [])]
        members = [[each.figure for each in (*stated, *grades)]]
        signs = [*(1 for _ in stated), *(-1 for _ in grades)]
        claims.add(NO_TABLE, number, members, signs, [("posts", "list", "")], reading=reading)


def check_grade_twice(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on a grade that stands twice in one list: one of them was meant to be another."""
    for grades in _listed_grades(facts.prose.mentions).values():
        last: dict[str, Mention] = {}
        for each in grades:
            if each.apart:
                last = {}
            before = last.get(each.name)
            if before is not None and _is_one_list(facts, before, each):
                claims.remarks.append(Remark(number, each.span, text=each.name))
            last[each.name] = each


def check_post_number(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on another number than one before a post in the singular."""
    for mention in facts.prose.mentions:
        if mention.is_odd:
            claims.remarks.append(Remark(number, mention.span))


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
        if len(bases) != 1 or len(rest) < 2:
            continue
        level, change, base = *rest[:2], *bases
        is_told = level.kind is not MentionKind.CHANGE and change.kind is MentionKind.CHANGE
        sure = not (change.offset or any(each.rounded for each in (level, change, base)))
        is_one = _is_comparable(facts, level, base) or _is_apart(facts, level, change, base)
        if is_told and sure and is_one and not _is_mixed(facts, told):
            yield level, change, base


def _quotients(facts: DocumentFacts) -> Iterator[tuple[Reading, int, int, int]]:
    """Readings, rate, part and base: figures of one passage, where no table says the rate.

    Behind an amount stands what part it is of another one; of several, figures tell which. That
    the level, the change and the base of a sentence add up bears its base out.
    """
    tied = {statement.mention for statement in facts.prose.statements if statement.base}
    sums = {
        (c.figure, b.figure): (level.figure, c.figure, b.figure) for level, c, b in _sums(facts)
    }
    mentions, passages = facts.prose.mentions, _amounts(facts)
    for at, rate in enumerate(mentions):
        if rate.kind is not MentionKind.RATE or rate.of < 0 or at in tied:
            continue
        part, listed = mentions[rate.of], passages[rate.span.passage]
        if part not in listed or _is_of_change(facts, rate, part, listed):
            continue
        for base in (each for each in listed if each is not part):
            added = sums.get((part.figure, base.figure))
            witnesses = (tuple(zip(added, (1, -1, -1), strict=True)),) if added else ()
            prior = SAME_SENTENCE_BITS * (base.sentence == rate.sentence)
            prior += BASE_BITS * (base.kind is MentionKind.BASE)
            span = base.span
            name = facts.prose.passages[span.passage].text[span.start : span.end]
            contest = "quotient", at
            reading = Reading("quotient", rate.span, name, prior, contest, witnesses=witnesses)
            yield reading, rate.figure, part.figure, base.figure


def _is_of_change(
    facts: DocumentFacts, rate: Mention, change: Mention, listed: Iterable[Mention]
) -> bool:
    """Whether a change is so many per cent of what a level of its passage was before it."""
    if change.kind is not MentionKind.CHANGE:
        return False
    said, moved = facts.numbers[rate.figure], facts.numbers[change.figure].units
    for level in listed:
        before = facts.numbers[level.figure].units - moved
        missed = abs(said.units) * before - 100 * abs(moved) * int(10**-said.exponent)
        if level.kind is not MentionKind.CHANGE and 2 * abs(missed) <= abs(before):
            return True
    return False


def _amounts(facts: DocumentFacts) -> Mapping[int, list[Mention]]:
    """Passage -> the amounts that it states to the last digit."""
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in facts.prose.mentions:
        number = facts.numbers[mention.figure]
        if mention.kind in _MONEY and not mention.rounded and number.units:
            found[mention.span.passage] += [mention] if number.exponent < THOUSANDS else []
    return found


def _is_mixed(facts: DocumentFacts, told: Sequence[Mention]) -> bool:
    """Whether one of the amounts is after recosting: what was approved is not."""
    passage = facts.prose.passages[told[0].span.passage]
    words = passage.text[passage.body : told[-1].span.end + BESIDE_CHARS].casefold()
    return any(term in words for term in load_language(facts.language).columns["recosted"])


def _is_comparable(facts: DocumentFacts, level: Mention, base: Mention) -> bool:
    """Whether an amount is so near to the base that it is the same resources, after the change."""
    one, two = (comparable(facts.numbers[each.figure]) for each in (level, base))
    return 2 * min(one, two) > max(one, two)


def _is_apart(facts: DocumentFacts, level: Mention, change: Mention, base: Mention) -> bool:
    """Whether a level and a base differ by a change to the last digit, whichever is larger."""
    one, two, moved = (comparable(facts.numbers[each.figure]) for each in (level, base, change))
    return abs(one - two) == abs(moved)


@once
def _readings(facts: DocumentFacts) -> Mapping[tuple[int, Record], Reading]:
    """The reading under which the amounts of a passage restate one row of the tables.

    The items of one list mostly speak of one column of one table, or all of them do not.
    """
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
                alike=tuple(dict.fromkeys((*known.alike, *_column_of_list(facts, mention, fact)))),
                witnesses=(*known.witnesses, tie) if is_amount else known.witnesses,
            )
    return found


def _column_of_list(facts: DocumentFacts, mention: Mention, fact: Fact) -> tuple[Hashable, ...]:
    """The column of a table to which an amount is linked, with the list in which that stands."""
    passage, spot = facts.prose.passages[mention.span.passage], facts.spots[fact.figure]
    if passage.kind is not PassageKind.ITEM or not passage.number or not isinstance(spot, Spot):
        return ()
    return (("items", passage.number, spot.table, spot.column),)


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


def check_itemised_objects(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write the amounts under one object of expenditure - its change in the table = 0.

    That each amount of a section stands under the object which its words name is one reading.
    """
    mentions = facts.prose.mentions
    readings: dict[tuple[str, str], int] = {}
    for each in facts.prose.objects:
        section = each.fact.meaning.scope, each.fact.meaning.kind.value
        if section not in readings:
            span, table = mentions[each.parts[0][0]].span, facts.tables[each.fact.table]
            readings[section] = claims.read(
                Reading("objects", span, table.number or "", NAMED_BITS)
            )
        # Solved for the first amount, which is printed in single units.
        turn = each.parts[0][1]
        terms = [(mentions[at].figure, sign * turn) for at, sign in each.parts]
        terms.append((each.fact.figure, -turn * int(10**each.fact.scale)))
        members, signs = [[f for f, _ in terms]], [sign for _, sign in terms]
        claims.add(
            NO_TABLE,
            number,
            members,
            signs,
            [("money", "resources", "objects")],
            reading=readings[section],
        )


def check_itemised(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated change - its explained parts = 0, for the kind of parts that the rule names."""
    mentions = facts.prose.mentions
    for explained in facts.prose.explanations:
        if explained.kind == rule.parameters["by"]:
            figures = [mentions[at].figure for at, _ in explained.parts]
            whole = mentions[explained.whole]
            members = [[whole.figure, *figures]]
            signs = [1, *(-sign for _, sign in explained.parts)]
            kind = f"explained-{explained.kind}"
            at = claims.read(Reading(kind, whole.span, prior=explained.prior))
            places = [("money", "resources", "sentences")]
            claims.add(NO_TABLE, number, members, signs, places, reading=at)
