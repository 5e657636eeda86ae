"""Which stated changes are explained by amounts in the same passage or by the items below it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import grammar_of
from unbudget_check.extract.prose.listings import listings_of
from unbudget_check.extract.prose.sentences import sentences_of
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import Explanation, MentionKind, PassageKind, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.extract.vector import Vector
    from unbudget_check.model.prose import Mention, Passage

# The change that a passage explains stands near its beginning.
EARLY = 250
# A change is said again right behind its first mention: (increase of 5): an increase of 5.
AGAIN = 24
# Or at the beginning of a sentence, behind its stop and an article: The decrease of 5.
ARTICLE = 8
# So near an amount stands how often it counts.
NEAR = 12
# One amount in brackets may be anything; of two, a sum is meant. More signs are not tried.
FEWEST, MOST = 2, 10
# What follows an amount up to the next stop or the next figure.
_CLAUSE = re.compile(r"[^\d;；。]{1,60}")
# A mention with the sign by which it enters a sum.
Signed = tuple[int, int]
_AMOUNTS = (MentionKind.CHANGE, MentionKind.PART, MentionKind.AMOUNT)
_UNSIGNED = (MentionKind.PART, MentionKind.AMOUNT)


def explanations_of(
    passages: Sequence[Passage], mentions: Sequence[Mention], vector: Vector, code: str
) -> tuple[Explanation, ...]:
    """All changes that a document explains, in reading order."""
    return (
        *_Reading(passages, mentions, vector, code).found(),
        *listings_of(passages, mentions, vector, code),
    )


@dataclass(slots=True)
class _Reading:
    """A document's mentions, passage by passage."""

    passages: Sequence[Passage]
    mentions: Sequence[Mention]
    vector: Vector
    code: str
    leads: dict[int, int] = field(default_factory=dict)

    def found(self) -> Iterator[Explanation]:
        """Within each passage, and from each passage to its items."""
        amounts = self._amounts()
        for passage, listed in amounts.items():
            levels = any(self.mentions[at].kind is MentionKind.LEVEL for at in listed)
            told = [at for at in listed if self.mentions[at].kind in _AMOUNTS]
            if told and self._is_lead(told[0]):
                self.leads[passage] = told[0]
                if not levels:
                    yield from self._within(told[0], told[1:])
        families = self._families()
        for root in families:
            yield from self._items(root, families, amounts)

    def _amounts(self) -> Mapping[int, list[int]]:
        """Passage -> its mentions of money; what is said to change nothing is left out."""
        neutral = grammar_of(self.code).neutral
        found: defaultdict[int, list[int]] = defaultdict(list)
        silent = {
            (m.span.passage, m.sentence)
            for m in self.mentions
            if m.kind in _UNSIGNED and neutral.search(self._clause(m))
        }
        for at, mention in enumerate(self.mentions):
            counted = mention.kind in (*_AMOUNTS, MentionKind.LEVEL) and not mention.rounded
            place = mention.span.passage, mention.sentence
            if counted and not (mention.kind in _UNSIGNED and place in silent):
                found[mention.span.passage].append(at)
        return found

    def _clause(self, mention: Mention) -> str:
        """The sentence up to a mention."""
        passage = self.passages[mention.span.passage]
        text, at = passage.text, mention.span.start
        begin, _ = sentences_of(text, passage.body).around(at, at)
        begin = max(begin, *(text.rfind(stop, begin, at) + 1 for stop in (". ", "; ")))
        return text[begin : mention.span.end]

    def _is_lead(self, at: int) -> bool:
        mention = self.mentions[at]
        passage = self.passages[mention.span.passage]
        early = mention.span.start - passage.body <= EARLY
        return mention.kind is MentionKind.CHANGE and early and not mention.offset

    def _within(self, lead: int, rest: Sequence[int]) -> Iterator[Explanation]:
        """The amounts of a passage after the change that it states."""
        if rest and self._is_again(lead, rest[0]) and self._is_alone(lead, rest):
            yield Explanation(lead, ((rest[0], 1),), Whole.AGAIN)
            rest = rest[1:]
        elif len(rest) == 1 and self._is_said_again(lead, rest[0]):
            yield Explanation(lead, ((rest[0], 1),), Whole.AGAIN)
        whole = self._value(lead)
        rest = [
            at
            for at in rest
            if self.mentions[at].kind is not MentionKind.CHANGE or self._value(at) != whole
        ]
        if FEWEST <= len(rest) <= MOST:
            parts = self._signed(whole, rest)
            missed = whole - sum(self._value(at) * sign for at, sign in parts)
            if not (missed and (self._is_partial(lead, rest[0]) or self._is_nested(rest))):
                yield Explanation(lead, parts, Whole.PARTS)

    def _is_partial(self, lead: int, first: int) -> bool:
        """Whether words say that not all parts are listed: mainly, including."""
        one, two = self.mentions[lead].span, self.mentions[first].span
        between = self.passages[one.passage].text[one.end : two.start]
        return bool(grammar_of(self.code).incomplete.search(between))

    def _is_nested(self, rest: Sequence[int]) -> bool:
        """Whether words say that a part is contained in the one before, or counts several times."""
        multiplied = grammar_of(self.code).multiplied
        for at in rest:
            span = self.mentions[at].span
            text = self.passages[span.passage].text
            beside = text[span.end : span.end + NEAR], text[max(span.start - NEAR, 0) : span.start]
            if any(multiplied.search(each) for each in beside):
                return True
        return any(map(self._is_partial, rest, rest[1:]))

    def _is_alone(self, lead: int, rest: Sequence[int]) -> bool:
        """Whether the next change is as large, or no other change follows that makes it a part."""
        others = (self.mentions[at].kind for at in rest[1:])
        return self._value(rest[0]) == self._value(lead) or MentionKind.CHANGE not in others

    def _is_again(self, lead: int, other: int) -> bool:
        """Whether the next change is the same, said again right behind the first."""
        one, two = self.mentions[lead].span, self.mentions[other].span
        if self.mentions[other].kind is not MentionKind.CHANGE or self.mentions[other].offset:
            # What follows takes part of it back: the net was said first.
            return False
        between = self.passages[one.passage].text[one.end : two.start]
        return len(between) <= AGAIN and between.lstrip()[:1] in ("\uff09", ")", ":", "\uff1a")

    def _is_said_again(self, lead: int, other: int) -> bool:
        """Whether the only other change begins a sentence and is as large as the first."""
        mention = self.mentions[other]
        text = self.passages[mention.span.passage].text
        before = text[: mention.span.start]
        begins = max(before.rfind(stop) for stop in (". ", "。")) >= len(before) - ARTICLE
        same = abs(self._value(lead)) == abs(self._value(other))
        return mention.kind is MentionKind.CHANGE and begins and same

    def _signed(self, whole: int, parts: Sequence[int]) -> tuple[Signed, ...]:
        """Each part with its sign: by its words, else as the sum comes nearest.

        Arithmetic chooses only among signs that the words leave open.
        """
        lead = 1 if whole >= 0 else -1
        signs = [self._sign(at, lead) for at in parts]
        values = [self._value(at) for at in parts]

        def missed(chosen: Iterable[int]) -> int:
            return abs(whole - sum(v * s for v, s in zip(values, chosen, strict=True)))

        if missed(signs):
            free = [
                (sign, -sign) if self._is_open(at) else (sign,)
                for at, sign in zip(parts, signs, strict=True)
            ]
            # min keeps the first: the signs by the words come first.
            signs = list(min(product(*free), key=missed))
        return tuple(zip(parts, signs, strict=True))

    def _is_open(self, at: int) -> bool:
        """Whether the words leave the sign of a part open: none governs it, or it offsets.

        What is said of an amount may stand before it or, as in Chinese, behind it.
        """
        mention = self.mentions[at]
        if mention.kind not in _UNSIGNED:
            return False
        lead = self.leads.get(mention.span.passage)
        begin = self.mentions[lead].span.end if lead is not None else 0
        text, grammar = self.passages[mention.span.passage].text, grammar_of(self.code)
        before = grammar.words.finditer(text, begin, mention.span.start)
        words = [found[0].casefold() for found in before]
        clause = _CLAUSE.match(text, mention.span.end)
        behind = clause is not None and grammar.words.search(clause[0]) is not None
        return not words or words[-1] in grammar.offsets or behind

    def _sign(self, at: int, lead: int) -> int:
        mention = self.mentions[at]
        if mention.kind is MentionKind.CHANGE:
            return 1
        return mention.direction or lead

    def _value(self, at: int) -> int:
        return comparable(self.vector.numbers[self.mentions[at].figure])

    def _families(self) -> Mapping[int, list[int]]:
        """Passage -> the passages right below it in its list."""
        below: defaultdict[int, list[int]] = defaultdict(list)
        above: dict[tuple[str, ...], int] = {}
        number = ""
        for passage in self.passages:
            if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.ITEM):
                above = {}
                continue
            # A paragraph that goes on with a component is an item without a marker.
            is_item = passage.number == number and bool(passage.items or passage.entity) and above
            number = passage.number
            if not is_item:
                above = {(): passage.index}
                continue
            key = passage.items or (str(passage.index),)
            if key[:-1] in above:
                below[above[key[:-1]]].append(passage.index)
            above[key] = passage.index
        return below

    def _items(
        self,
        root: int,
        families: Mapping[int, list[int]],
        amounts: Mapping[int, list[int]],
    ) -> Iterator[Explanation]:
        """A stated change against the changes that its items state."""
        lead = self.leads.get(root)
        if lead is None:
            return
        sign = 1 if self._value(lead) >= 0 else -1
        found = [self._below(each, families, amounts, sign) for each in families[root]]
        parts = tuple(part for each in found for part in each or ())
        if parts and all(each is not None for each in found):
            yield Explanation(lead, parts, Whole.ITEMS)

    def _below(
        self,
        passage: int,
        families: Mapping[int, list[int]],
        amounts: Mapping[int, list[int]],
        sign: int,
    ) -> tuple[Signed, ...] | None:
        """What an item adds: its change, its items, or its amounts; None where nobody can say."""
        if passage in self.leads:
            return ((self.leads[passage], 1),)
        below = families.get(passage, [])
        if below:
            found = [self._below(each, families, amounts, sign) for each in below]
            known = all(each is not None for each in found)
            return tuple(part for each in found for part in each or ()) if known else None
        parts = [at for at in amounts.get(passage, ()) if self.mentions[at].kind in _UNSIGNED]
        if parts:
            return tuple((at, self.mentions[at].direction or sign) for at in parts)
        neutral = grammar_of(self.code).neutral.search(self.passages[passage].text)
        return () if neutral else None
