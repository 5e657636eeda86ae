"""What an explanation of changes adds up to for each object of expenditure, over all components."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from unbudget_check.model.meaning import OVERALL, POST, RESOURCES, View
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import MentionKind, ObjectSum, Whole
from unbudget_check.understand.text.grammar import folded, grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.figures import Vector
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.prose import Explanation, Prose

# So near behind an amount stands the object under which it is booked.
OBJECT_BEHIND_CHARS = 60
# And so far before it, at the most, where one object is named for several amounts.
OBJECT_BEFORE_CHARS = 2_000
_CLAUSE_END = re.compile(r"[,;.\d\u3001\u3002]")
# A factor of change in one part of a document: 8.I, technical.
Section = tuple[str, str]
Signed = tuple[int, int]


def objects_of(
    prose: Prose, found: Iterable[Fact], vector: Vector, language: Language
) -> tuple[ObjectSum, ...]:
    """The sums by object in every section that names the object of each of its amounts.

    A section that only moves money between objects, or that leaves an amount without an object,
    says nothing by object.
    """
    reading = _ObjectReader(prose, vector, language, explained=_explained(prose.explanations))
    for fact in found:
        reading.take(fact)
    return tuple(each for section in reading.sections() for each in reading.sums(*section))


def _explained(found: Iterable[Explanation]) -> Mapping[int, Explanation]:
    """Change -> what explains it; its items before its amounts, these before a repetition."""
    order = (Whole.AGAIN, Whole.PARTS, Whole.ITEMS)
    return {each.whole: each for each in sorted(found, key=lambda each: order.index(each.kind))}


@dataclass(slots=True)
class _ObjectReader:
    """The objects that the tables list, and what the text says of them."""

    prose: Prose
    vector: Vector
    language: Language
    facts: dict[tuple[str, str, str], Fact] = field(default_factory=dict)
    names: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    explained: Mapping[int, Explanation] = field(default_factory=dict)

    def take(self, fact: Fact) -> None:
        """Remember the change of an object by one factor, and how the object is called."""
        meaning = fact.meaning
        if fact.view is not View.OBJECTS or meaning.entity != OVERALL:
            return
        if meaning.measure == RESOURCES:
            return
        self.facts.setdefault((meaning.scope, meaning.kind.value, meaning.measure), fact)
        # Posts are spoken of everywhere: as an object of expenditure only in set phrases.
        terms: Iterable[str] = (meaning.measure,)
        if meaning.measure == POST:
            phrases, posts = self.language.prose["under"], self.language.rows["posts"]
            terms = [each.replace("{object}", post) for each in phrases for post in posts]
        for term in terms:
            self.names[meaning.scope][term] = meaning.measure

    def sections(self) -> Iterator[tuple[Section, list[int]]]:
        """The changes that are explained in the overall part of a text, by section."""
        parts = {at for each in self.prose.explanations for at, _ in each.parts}
        found: defaultdict[Section, list[int]] = defaultdict(list)
        for at, mention in enumerate(self.prose.mentions):
            passage = self.prose.passages[mention.span.passage]
            bearing = passage.bearing
            whole = bearing.entity == OVERALL and not bearing.source and bearing.factor
            if mention.kind is MentionKind.CHANGE and whole and at not in parts:
                found[bearing.scope, bearing.factor].append(at)
        yield from found.items()

    def sums(self, section: Section, roots: Sequence[int]) -> Iterator[ObjectSum]:
        """The sum of each object in a section, if the section can be divided by objects."""
        scope, factor = section
        told: defaultdict[str, list[Signed]] = defaultdict(list)
        for at, sign in (leaf for root in roots for leaf in self._leaves(root, 1)):
            measure = self._measure_of(at, scope)
            if measure is None:
                return
            told[measure].append((at, sign))
        if self._moves_money(section):
            return
        self._move(told, section)
        for measure, parts in told.items():
            fact = self.facts.get((scope, factor, measure))
            if fact is not None and parts:
                yield ObjectSum(fact, tuple(parts))

    def _move(self, told: defaultdict[str, list[Signed]], section: Section) -> None:
        """Put an amount under another object where this makes up the change of the one it leaves.

        Words that name an object otherwise, or not at all, put an amount under the object before:
        both sums fail. Where the other one still fails, nobody knows what else stands under it.
        """
        missed = {measure: self._missed(measure, parts, section) for measure, parts in told.items()}
        for measure, other in permutations(told, 2):
            if not missed[measure] or not missed[other]:
                continue
            for at, sign in told[measure]:
                amount = sign * comparable(self.vector.numbers[self.prose.mentions[at].figure])
                if amount == missed[measure] and len(told[measure]) > 1:
                    told[measure].remove((at, sign))
                    told[other] += [(at, sign)]
                    missed[measure] = 0
                    missed[other] = self._missed(other, told[other], section)
                    if missed[other]:
                        told[other].clear()
                    break

    def _missed(self, measure: str, parts: Iterable[Signed], section: Section) -> int:
        """By how much the amounts under an object exceed its change in the table."""
        fact = self.facts.get((section[0], section[1], measure))
        if fact is None:
            return 0
        figures = ((self.prose.mentions[at].figure, sign) for at, sign in parts)
        told = sum(comparable(self.vector.numbers[figure]) * sign for figure, sign in figures)
        return told - comparable(self.vector.numbers[fact.figure], fact.scale)

    def _leaves(self, at: int, sign: int) -> Iterator[Signed]:
        """The amounts that a change is explained by, down to those that nothing explains."""
        explained = self.explained.get(at)
        if explained is None:
            yield at, sign
            return
        for part, own in explained.parts:
            if self.prose.mentions[part].kind is MentionKind.CHANGE:
                yield from self._leaves(part, sign * own)
            else:
                yield part, sign * own

    def _measure_of(self, at: int, scope: str) -> str | None:
        """The object under which an amount is put; None where none is named.

        It is the one named last before an amount in brackets. Before or behind any other amount
        it may stand: an increase of 5 under travel.
        """
        mention = self.prose.mentions[at]
        passage = self.prose.passages[mention.span.passage]
        text, (start, end) = passage.text, (mention.span.start, mention.span.end)
        names, posts = self.names[scope], self.language.rows["posts"]
        before = _plain(text[max(passage.body, start - OBJECT_BEFORE_CHARS) : start])
        is_part = mention.kind is MentionKind.PART
        if is_part and before.rstrip("( $").endswith(posts):
            return POST
        behind = _CLAUSE_END.split(_plain(text[end : end + OBJECT_BEHIND_CHARS]))[0]
        told = [(behind.find(name), -len(name), name) for name in names]
        named_behind = min((each for each in told if each[0] >= 0), default=None)
        told = [(before.rfind(name), len(name), name) for name in names]
        named_before = max((each for each in told if each[0] >= 0), default=None)
        if named_behind is not None and not (is_part and named_before):
            return names[named_behind[2]]
        if named_before is not None:
            return names[named_before[2]]
        return (
            POST
            if _plain(text[passage.body : passage.body + OBJECT_BEHIND_CHARS]).startswith(posts)
            else None
        )

    def _moves_money(self, section: Section) -> bool:
        """Whether some item of a section moves money from object to object.

        A paragraph that only announces such items moves nothing itself.
        """
        neutral = grammar_of(self.language.code).neutral
        announced = {
            one.index
            for one, other in pairwise(self.prose.passages)
            if not one.items and other.items and one.number == other.number
        }
        return any(
            (passage.bearing.scope, passage.bearing.factor) == section
            and passage.index not in announced
            and neutral.search(passage.text)
            for passage in self.prose.passages
        )


def _plain(text: str) -> str:
    return folded(text).casefold()
