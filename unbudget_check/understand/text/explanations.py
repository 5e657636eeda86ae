"""Which amounts of a passage, or of the items below it, break down an amount that it states.

A list or a sentence is read in every way that its words leave open: which amount is the whole,
which of the others count, which only say more of the one before, and with which sign. Each step
away from the plainest reading costs bits; the cheapest reading that adds up is taken. Where none
does, the plainest one is kept with what its words are worth, for its figures to be weighed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, combinations, pairwise, takewhile
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.evidence.weight import BORNE_OUT_BITS, PAIR, Trial, gain_of, loss_of
from unbudget_check.model.number import scaled
from unbudget_check.model.prose import Explanation, MentionKind, Whole
from unbudget_check.notation.years import YEAR_ALONE
from unbudget_check.understand.text.grammar import folded, grammar_of
from unbudget_check.understand.text.items import ItemPiece, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.figures import Vector
    from unbudget_check.model.prose import Mention, Passage

# A change is said again right behind its first mention: (increase of 5): an increase of 5.
AGAIN = 24
# Or at the beginning of a sentence, behind its stop and an article: The decrease of 5.
ARTICLE = 8
# So near an amount stands how often it counts, or the word that begins its breakdown.
MULTIPLIER_CHARS, BREAKDOWN_CHARS = 12, 60
# The change that a text explains stands near its beginning.
WHOLE_BEFORE_CHARS = 250
# Words further before an amount give it no sign.
SIGN_BEFORE_CHARS = 400
# And so far before it a sentence may begin.
SENTENCE_BEFORE_CHARS = 2_000
# So far behind the last amount another one may stand whose currency was left out.
BEHIND = 100
# One part is no breakdown; sums of more are not tried in other ways than the plainest.
FEWEST_PARTS, MOST_PARTS = 2, 14
# Sums that are looked at beside each other, the cheapest.
SUMS_KEPT = 1_000
CENTS = -2
# Readings that do not add up, the plainest first, that are tried with a misprint.
TRIED = 32

# What words are worth, in bits. Of 82 lists in 30 documents the plainest reading was right in 65,
# and where a list ends in a colon and each item states its change in 40 of 43.
LIST_BITS, BRACKETS_BITS, NET_BITS, LEVEL_BITS = 8, 8, 6, 5
# What is moved without a change leaves as much as it brings.
BALANCED_BITS = 10
# Where every amount behind the whole counts, by itself or in the breakdown of one that does, and
# none has a sign of its own, 52 of 52 were meant so, three of them misprinted.
PLAIN_BITS = 5
# What a step away from the plainest reading costs: to leave an amount out, to end before the last
# amounts, to count one that says more of another, to turn a sign that words leave open.
LEFT_OUT, ENDED, COUNTED, OPEN = 4, 2, 2, 1
# To take another whole than the last amount before a list, or another amount of an item.
OTHER_WHOLE, OTHER_AMOUNT = 2, 3
MOST_COST = 8
# Words that say that a list is not complete, or that an amount counts more than once.
INCOMPLETE = 8
# That an item says that nothing changes but states amounts, that nothing announces a list, and that
# items have no amounts, or amounts no brackets.
NEUTRAL, UNANNOUNCED, UNSURE = 2, 2, 4

_CHANGES = {MentionKind.CHANGE}
_UNSIGNED = (MentionKind.PART, MentionKind.AMOUNT)
_LEVELS = (MentionKind.LEVEL, MentionKind.AMOUNT)
_AMOUNTS = (MentionKind.CHANGE, *_UNSIGNED, MentionKind.LEVEL)
# What follows an amount up to the next stop or the next figure.
_CLAUSE = re.compile(r"[^\d;；。]{1,60}")
_STOP = re.compile(r"(?<=[.;])\s+(?=[A-Z(\u201c\"])|(?<=[\u3002\uff1b;])")
_END = re.compile(r"(?<=\.)\s+(?=[A-Z\u201c\"])|(?<=\u3002)")
_MARKED = re.compile(r"[;；]|(?<![\w(])\((?:[a-z]{1,2}|[ivx]{1,5})\)\s")
_ENDED = re.compile(r"[;；。]|\.\s")
_COLON = re.compile(r"[:：]\s*$")

# A mention with the sign by which it enters a sum.
Signed = tuple[int, int]
Parts = tuple[Signed, ...]


class _Choice(NamedTuple):
    """One way to count a piece of a text: what it adds, through which mentions, at what cost."""

    value: int
    cost: int
    parts: Parts = ()


class _Weighed(NamedTuple):
    """A breakdown with the bits for it."""

    told: Explanation
    bits: int


def _turned_over(read: _Choice) -> _Choice:
    return _Choice(-read.value, read.cost, tuple((at, -sign) for at, sign in read.parts))


def explanations_of(
    passages: Sequence[Passage], mentions: Sequence[Mention], vector: Vector, code: str
) -> tuple[Explanation, ...]:
    """All amounts that a document says again or breaks down: in sentences, then over items."""
    reading = _Amounts(passages, mentions, vector, code)
    found: dict[tuple[int, frozenset[Signed]], Explanation] = {}
    for each in reading.found():
        found.setdefault((each.whole, frozenset(each.parts)), each)
    return tuple(found.values())


@dataclass(slots=True)
class _Amounts:
    """A document's amounts, by passage in reading order."""

    passages: Sequence[Passage]
    mentions: Sequence[Mention]
    vector: Vector
    code: str
    amounts: Mapping[int, Sequence[int]] = field(default_factory=dict)
    neutral: Mapping[int, Sequence[int]] = field(default_factory=dict)
    explained: dict[int, frozenset[int]] = field(default_factory=dict)

    def found(self) -> Iterator[Explanation]:
        """Within each sentence, over the items of each list, and what is said again."""
        self.amounts = self._amounts()
        pieces = pieces_of(self.passages)
        for piece in pieces:
            yield from self._again(piece)
            yield from self._balanced(piece)
            yield from self._remainders(piece)
        for piece in pieces:
            yield from self._paired(piece)
            yield from self._broken_down(piece)
        for piece in pieces:
            if piece.items:
                yield from self._list(piece)

    # What is counted.

    def _amounts(self) -> Mapping[int, list[int]]:
        """Passage -> its mentions of money; what is said to change nothing is left out."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for at, mention in enumerate(self.mentions):
            if mention.kind in _AMOUNTS and not mention.rounded:
                found[mention.span.passage].append(at)
        neutral = grammar_of(self.code).neutral
        self.neutral = {
            passage: listed
            for passage, listed in found.items()
            if neutral.search(self.passages[passage].text)
        }
        for passage, listed in self.neutral.items():
            found[passage] = [
                at for at in listed if self._kind(at) not in _UNSIGNED or not self._is_neutral(at)
            ]
        return found

    def _is_neutral(self, at: int) -> bool:
        """Whether an amount stands in a sentence that says that nothing changes."""
        mention = self.mentions[at]
        text = self.passages[mention.span.passage].text
        text = text[max(mention.span.end - SENTENCE_BEFORE_CHARS, 0) : mention.span.end]
        said = text[max((end.end() for end in _STOP.finditer(text)), default=0) :]
        return bool(grammar_of(self.code).neutral.search(said))

    def _own(self, piece: ItemPiece) -> list[int]:
        """The amounts of a piece before its items."""
        return self._within(piece.passage, piece.start, piece.head)

    def _within(self, passage: int, start: int, end: int) -> list[int]:
        listed = self.amounts.get(passage, ())
        places = [self.mentions[at].span.start for at in listed]
        return [*listed[bisect_left(places, start) : bisect_left(places, end)]]

    def _sentences(self, piece: ItemPiece) -> list[list[int]]:
        """The amounts of each sentence of a piece that has any."""
        own = self._own(piece)
        if not own:
            return []
        text = folded(self.passages[piece.passage].text)
        ends = [end.start() for end in _END.finditer(text, piece.start, piece.head)]
        found: defaultdict[int, list[int]] = defaultdict(list)
        for at in own:
            found[bisect_right(ends, self.mentions[at].span.start)].append(at)
        return [*found.values()]

    def _value(self, at: int) -> int:
        number = self.vector.numbers[self.mentions[at].figure]
        return scaled(number, CENTS) if number.exponent >= CENTS else number.units

    def _kind(self, at: int) -> MentionKind:
        return self.mentions[at].kind

    def _between(self, one: int, other: int) -> str:
        """The text between two amounts of one passage."""
        first, last = self.mentions[one].span, self.mentions[other].span
        return folded(self.passages[first.passage].text[first.end : last.start])

    # What is said again.

    def _again(self, piece: ItemPiece) -> Iterator[Explanation]:
        """A change that its sentence states once more: (increase of 5): an increase of 5."""
        own = self._own(piece)
        changes = [at for at in own if self._kind(at) is MentionKind.CHANGE]
        for one, other in list(pairwise(changes))[:1]:
            if self._is_again(one, other):
                turned = self._turned_bits(one, _Choice(self._value(other), 0, ((other, 1),)))
                yield Explanation(one, ((other, 1),), Whole.AGAIN, LIST_BITS + turned)
            elif len(own) == FEWEST_PARTS and self._is_said_again(one, other):
                yield Explanation(one, ((other, 1),), Whole.AGAIN, NET_BITS)

    def _is_again(self, one: int, other: int) -> bool:
        """Whether the next change is the same, said again right behind the first."""
        if {self._kind(one), self._kind(other)} != _CHANGES:
            return False
        if self.mentions[other].offset:
            return False  # What follows takes part of it back: the net was said first.
        between = self._between(one, other).lstrip()
        return len(between) <= AGAIN and between[:1] in (")", ":") and "(" not in between

    def _is_said_again(self, one: int, other: int) -> bool:
        """Whether the other change begins a sentence and is as large as the first."""
        span = self.mentions[other].span
        before = self.passages[span.passage].text[: span.start]
        begins = max(before.rfind(stop) for stop in (". ", "。")) >= len(before) - ARTICLE
        return begins and abs(self._value(one)) == abs(self._value(other))

    def _balanced(self, piece: ItemPiece) -> Iterator[Explanation]:
        """The two amounts of a sentence, or of the items below it, of which nothing is left.

        A cost-neutral redeployment from one object (of 5) to another (of 5).
        """
        own = [
            at
            for at in self.neutral.get(piece.passage, ())
            # A level is not moved, and nothing is left of what does not change.
            if self._is_of(piece, at)
            and self._kind(at) is not MentionKind.LEVEL
            and self._value(at)
        ]
        sentences = defaultdict[int, list[int]](list)
        for at in own:
            sentences[self.mentions[at].sentence].append(at)
        pairs = [
            pair
            for pair in sentences.values()
            if self._is_neutral(pair[-1]) and self._are_apart(pair)
        ]
        text = self.passages[piece.passage].text[piece.start : piece.head]
        if not own and len(piece.items) == PAIR and grammar_of(self.code).neutral.search(text):
            pairs.append([at for item in piece.items for at in self._own(item)[:1]])
        for pair in pairs:
            if len(pair) == PAIR:
                one, other = pair
                are_changes = {self._kind(each) for each in pair} == _CHANGES
                sign = -1 if are_changes or self._value(one) * self._value(other) < 0 else 1
                yield Explanation(one, ((other, sign),), Whole.AGAIN, BALANCED_BITS)

    def _remainders(self, piece: ItemPiece) -> Iterator[Explanation]:
        """What words call the balance of the two amounts before it: the larger is all of it.

        Of 90 assessed 60 were received, leaving a balance of 30.
        """
        own = [at for at in self._own(piece) if self._kind(at) not in _CHANGES]
        for first, second, left in zip(own, own[1:], own[2:], strict=False):
            sentences = [self.mentions[at].sentence for at in (first, second, left)]
            is_near = sentences[-1] - sentences[0] < PAIR
            if is_near and grammar_of(self.code).remainder.search(self._between(second, left)):
                part, whole = sorted((first, second), key=self._value)
                missed = self._value(whole) - self._value(part) - self._value(left)
                if abs(missed) < self._value(left):  # else it is the balance of something else
                    yield Explanation(whole, ((part, 1), (left, 1)), Whole.PARTS, LIST_BITS)

    def _paired(self, piece: ItemPiece) -> Iterator[Explanation]:
        """A level and its change, each broken down by a list of levels with their changes.

        Fuel costs 60, a decrease of 9: of boats (40, a decrease of 4) and of pumps (20, of 5).
        """
        own = self._own(piece)
        changes = [self._kind(at) in _CHANGES for at in own]
        start = len(own)
        while start >= PAIR and changes[start - PAIR : start] == [False, True]:
            start -= PAIR
        while start < len(own) and self._kind(own[start]) is not MentionKind.PART:
            start += PAIR
        heads = {is_change: at for at, is_change in zip(own[:start], changes, strict=False)}
        if len(own) - start < FEWEST_PARTS * PAIR or len(heads) < PAIR:
            return
        rows = [tuple((at, 1) for at in own[start + each :: PAIR]) for each in (0, 1)]
        missed = [
            self._value(whole) - sum(self._value(at) for at, _ in parts)
            for whole, parts in zip((heads[False], heads[True]), rows, strict=True)
        ]
        for is_change, parts in enumerate(rows):
            if missed[is_change] and self._is_rounded(own, missed[is_change], len(parts)):
                continue
            prior = LIST_BITS + (0 if missed[1 - is_change] else PLAIN_BITS)
            yield Explanation(heads[bool(is_change)], parts, Whole.PARTS, prior)

    def _is_rounded(self, listed: Sequence[int], missed: int, parts: int) -> bool:
        """Whether amounts that are all said in hundreds or more differ by their rounding."""
        step = gcd(*map(self._value, listed))
        unit = int(10 ** (len(str(step)) - len(str(step).rstrip("0"))))
        return 2 * abs(missed) <= unit * (parts + 1)

    def _are_apart(self, listed: Sequence[int]) -> bool:
        """Whether no bracket holds two amounts in a row: such are said of several things alike."""
        pairs = [pair for pair in pairwise(listed) if self._kind(pair[0]) is MentionKind.PART]
        return all(")" in self._between(*pair) for pair in pairs)

    def _is_of(self, piece: ItemPiece, at: int) -> bool:
        """Whether an amount stands in a piece before its items."""
        return piece.start <= self.mentions[at].span.start < piece.head

    # Sentences.

    def _broken_down(self, piece: ItemPiece) -> Iterator[Explanation]:
        """Each amount that some behind it break down, the last ones of a text first.

        They stand in its own sentence; the change that a text without items begins with may be
        explained by all that follows.
        """
        plain: list[Explanation] = []
        own = self._own(piece)
        if len(own) <= FEWEST_PARTS:
            return
        lead = self._lead(piece, own) if not piece.items else None
        for listed in reversed(self._sentences(piece)):
            changes = [at for at in listed if self._kind(at) in _CHANGES][:1]
            for place, whole in reversed([*enumerate(listed)]):
                rest = listed[place + 1 : place + 1 + MOST_PARTS]
                if whole == lead:
                    begin = own.index(lead) + 1
                    rest = own[begin : begin + MOST_PARTS]
                inner = [at for at in rest if self._is_in_bracket(whole, at)]
                rest = inner if len(inner) >= FEWEST_PARTS else rest
                if len(rest) < FEWEST_PARTS or self._is_again(whole, rest[0]):
                    continue
                is_first = not changes or whole <= changes[0]
                choices = self._choices(whole, rest)
                found = self._adding_up(whole, rest, choices, is_first=is_first)
                may_turn = found is None
                told = self._plainly(whole, rest, choices, is_first=is_first, may_turn=may_turn)
                best = max(filter(None, (found, told)), key=lambda each: each.bits, default=None)
                if best is not None and self._adds_up(best.told):
                    self.explained[whole] = frozenset(at for at, _ in best.told.parts)
                    yield best.told
                    yield from self._replaced(rest, best.told)
                elif best is not None:
                    plain.append(best.told)
        yield from self._outermost(own, plain)

    def _adds_up(self, told: Explanation) -> bool:
        """Whether the parts of an amount make it up to the last digit."""
        made = sum(self._value(at) * sign for at, sign in told.parts)
        return made == self._value(told.whole)

    def _outermost(self, own: Sequence[int], plain: Iterable[Explanation]) -> Iterator[Explanation]:
        """The breakdowns that do not add up, but for those of parts of one that does."""
        above: defaultdict[int, list[int]] = defaultdict(list)
        for whole in own:
            for at in (whole, *self.explained.get(whole, ())):
                above[at].append(whole)
        for each in plain:
            parts = {at for at, _ in each.parts}
            if not any(parts <= self.explained.get(at, set()) for at in above[each.whole]):
                yield each

    def _lead(self, piece: ItemPiece, own: Sequence[int]) -> int | None:
        """The change that a text begins with, where it is last said before it is explained."""
        changes = [at for at in own if self._kind(at) is MentionKind.CHANGE]
        if not changes or self.mentions[changes[0]].span.start - piece.start > WHOLE_BEFORE_CHARS:
            return None
        lead = changes[0]
        for at in own[own.index(lead) + 1 :]:
            if self._value(at) != self._value(lead) and not self._is_again(lead, at):
                break
            lead = at
        return lead

    def _adding_up(
        self,
        whole: int,
        rest: Sequence[int],
        choices: Sequence[tuple[_Choice, ...]],
        *,
        is_first: bool,
    ) -> _Weighed | None:
        """The cheapest reading under which amounts behind one make it up, if it says enough.

        The more sums are as cheap, the more easily one of them is the whole by chance.
        """
        target = self._value(whole)
        ends = dict(self._ends(rest))
        found = []
        for end, sums in enumerate(running_sums(choices), 1):
            tried = self._made_up(whole, sums) if end in ends else None
            if tried and len(tried.parts) >= FEWEST_PARTS:
                rivals = sum(each.cost <= tried.cost for each in sums.values())
                found.append((tried.cost + ends[end], len(rest) - end, tried.parts, rivals))
        if not found:
            return None
        cost, left, parts, rivals = min(found)
        prior = self._announced(whole, rest[: len(rest) - left], is_first=is_first) - cost
        bits = prior + gain_of(Trial(target, target)) - (rivals - 1).bit_length()
        if bits < BORNE_OUT_BITS:
            return None
        return _Weighed(Explanation(whole, parts, Whole.PARTS, prior), bits)

    def _replaced(self, rest: Sequence[int], found: Explanation) -> Iterator[Explanation]:
        """The amounts that a sum leaves out, where it counts what is said to be contained in them.

        An amount and all that is contained in it are the same.
        """
        counted = {at for at, _ in found.parts}
        for place, whole in enumerate(rest):
            if whole in counted or place + FEWEST_PARTS >= len(rest):
                continue
            if not self._is_partial(whole, rest[place + 1]):
                continue
            inner = list(takewhile(counted.__contains__, rest[place + 1 :]))
            parts = [at for at in inner if not _MARKED.search(self._between(whole, at))]
            signs = dict(found.parts)
            if len(parts) >= FEWEST_PARTS and whole not in self.explained:
                inside = tuple((at, signs[at]) for at in parts)
                yield Explanation(whole, inside, Whole.PARTS, LIST_BITS)

    def _made_up(self, whole: int, sums: Mapping[int, _Choice]) -> _Choice | None:
        """The parts of a whole; one without a sign may be made up of decreases, too."""
        target = self._value(whole)
        if target in sums or self._kind(whole) in _CHANGES or -target not in sums:
            return sums.get(target)
        return _turned_over(sums[-target])

    def _choices(self, whole: int, rest: Sequence[int]) -> list[tuple[_Choice, ...]]:
        """How each of the amounts behind a whole may count."""
        sign = -1 if self._value(whole) < 0 else 1
        inner = frozenset[int]().union(*(self.explained.get(at, ()) for at in rest))
        found = []
        for before, at in pairwise([whole, *rest]):
            says_more = at in inner or (before != whole and self._is_partial(before, at))
            left_out = _Choice(0, 0 if says_more else LEFT_OUT)
            counted = self._signed(at, sign, COUNTED if says_more else 0)
            found.append((*counted, left_out))
        return found

    def _signed(self, at: int, sign: int, cost: int = 0) -> tuple[_Choice, ...]:
        """An amount by the sign that its words give it, and by the other one if they leave it open.

        In 230 breakdowns of 31 documents no sign that words give plainly was to be turned.
        """
        value = self._value(at)
        if self._kind(at) is MentionKind.CHANGE:
            return (_Choice(value, cost, ((at, 1),)),)
        own = self.mentions[at].direction or sign
        said = _Choice(own * value, cost, ((at, own),))
        if not self._is_open(at):
            return (said,)
        return (said, _Choice(-own * value, cost + OPEN, ((at, -own),)))

    def _is_open(self, at: int) -> bool:
        """Whether the words leave the sign of an amount open: none governs it, or it offsets.

        What is said of an amount may stand before it or, as in Chinese, behind it.
        """
        mention, grammar = self.mentions[at], grammar_of(self.code)
        text = self.passages[mention.span.passage].text
        clause = _CLAUSE.match(text, mention.span.end)
        behind = grammar.words.search(clause[0]) if clause else None
        # Where words have two cases, what stands behind an amount gives the reason for it.
        if not mention.direction or (behind and behind[0].upper() == behind[0].lower()):
            return True
        first = self.mentions[self.amounts[mention.span.passage][0]].span.end
        begin = max(first, mention.span.start - SIGN_BEFORE_CHARS)
        words = [*grammar.words.finditer(text, begin, mention.span.start)]
        return not words or words[-1][0].casefold() in grammar.offsets

    def _is_partial(self, one: int, other: int) -> bool:
        """Whether words between two amounts say that not all follows: mainly, including."""
        between = self._between(one, other)
        said = grammar_of(self.code).incomplete.search(between)
        return said is not None and not _MARKED.search(between, said.end())

    def _ends(self, rest: Sequence[int]) -> Iterator[tuple[int, int]]:
        """After how many amounts a breakdown may end, and what it costs to end there."""
        for end in range(FEWEST_PARTS, len(rest)):
            yield end, 0 if self._is_end(*rest[end - 1 : end + 1]) else ENDED
        yield len(rest), 0

    def _is_end(self, one: int, other: int) -> bool:
        """Whether another change or another sentence begins between two amounts."""
        is_change = self._kind(other) is MentionKind.CHANGE and not self._offsets(one, other)
        return is_change or _END.search(self._between(one, other)) is not None

    def _offsets(self, one: int, other: int) -> bool:
        """Whether words between two amounts set them off against each other."""
        between = self._between(one, other).casefold()
        return any(word in between for word in grammar_of(self.code).offsets)

    def _plainly(
        self,
        whole: int,
        rest: Sequence[int],
        choices: Sequence[tuple[_Choice, ...]],
        *,
        is_first: bool,
        may_turn: bool,
    ) -> _Weighed | None:
        """The plainest reading of a breakdown that does not add up, if words announce one.

        With ``may_turn`` a word for an increase or a decrease may be the only thing wrong.
        """
        mixed = [not _CHANGES.isdisjoint(map(self._kind, rest[:end])) for end in range(len(rest))]
        end = next(end for end, cost in self._ends(rest) if not (cost or [*mixed, False][end]))
        turned = self._turned(whole, choices[:end]) if may_turn else None
        nearest = turned or self._nearest(whole, choices[:end])
        if nearest.value < 0 < self._value(whole) and self._kind(whole) not in _CHANGES:
            nearest = _turned_over(nearest)
        parts = nearest.parts
        kinds = {self._kind(at) for at, _ in parts}
        if len(parts) < FEWEST_PARTS:
            return None
        prior = self._announced(whole, rest[:end], is_first=is_first)
        is_announced = self._comprises(whole) or self._is_in_bracket(whole, rest[end - 1])
        if MentionKind.AMOUNT in kinds and not is_announced:
            prior -= UNSURE
        if prior < LEVEL_BITS:
            return None
        if self._names_rest(whole, parts):
            self.explained[whole] = frozenset(at for at, _ in parts)
            return None
        # That a single word makes it add up says that nothing else is missing.
        prior += self._turned_bits(whole, nearest) if may_turn else 0
        is_partial = self._is_partial(whole, rest[0]) or any(map(self._is_multiplied, rest[:end]))
        if is_partial or (not self._comprises(whole) and self._is_over(whole, rest[:end])):
            prior -= INCOMPLETE
        if prior < LEVEL_BITS:
            return None
        is_plain = kinds.issubset(_UNSIGNED) and len({sign for _, sign in parts}) == 1
        smaller = all(abs(self._value(at)) < abs(self._value(whole)) for at, _ in parts)
        counted = {at for part, _ in parts for at in (part, *self.explained.get(part, ()))}
        if counted.issuperset(rest[:end]) and is_plain and (is_announced or smaller):
            prior += PLAIN_BITS
        told = Explanation(whole, parts, Whole.PARTS, prior)
        return _Weighed(told, self._bits(whole, parts, prior))

    def _names_rest(self, whole: int, parts: Parts) -> bool:
        """Whether what is missing from a sum is printed beside it, without its currency."""
        first, last = self.mentions[whole].span, self.mentions[max(at for at, _ in parts)].span
        text = folded(self.passages[first.passage].text[first.end : last.end + BEHIND])
        missed = self._value(whole) - sum(self._value(at) * sign for at, sign in parts)
        units, cents = divmod(abs(missed), 10**-CENTS)
        digits = f"{units:,}".replace(",", "[ ,.]")
        bare = re.search(rf"(?<![\d.,])(?<!\d ){digits}(?![\d.]|[, ]\d)", text)
        return not cents and bare is not None

    def _announced(self, whole: int, rest: Sequence[int], *, is_first: bool) -> int:
        """What the words are worth that say that amounts break down one before them.

        Of several changes in a sentence the first one is made up of the others, if any is.
        """
        if self._comprises(whole):
            return LIST_BITS
        if self._kind(whole) is MentionKind.PART:
            return 0
        if MentionKind.CHANGE in map(self._kind, rest):
            is_net = self._kind(whole) is MentionKind.CHANGE and is_first
            return NET_BITS if is_net else 0
        if self._kind(whole) is MentionKind.CHANGE:
            return BRACKETS_BITS
        return BRACKETS_BITS if self._is_in_bracket(whole, rest[-1]) else LEVEL_BITS

    def _comprises(self, whole: int) -> bool:
        """Whether words between an amount and the next say that it is made up of what follows."""
        span = self.mentions[whole].span
        listed = self.amounts[span.passage]
        after = bisect_right(listed, whole)
        behind = [self.mentions[at].span.start for at in listed[after : after + 1]]
        stop = min([*behind, span.end + BREAKDOWN_CHARS])
        said = _ENDED.split(folded(self.passages[span.passage].text[span.end : stop]), maxsplit=1)
        return grammar_of(self.code).comprising.search(said[0]) is not None

    def _is_in_bracket(self, whole: int, last: int) -> bool:
        """Whether one bracket right behind an amount holds all that follows."""
        span = self.mentions[whole].span
        behind = self.passages[span.passage].text[span.end : span.end + BREAKDOWN_CHARS]
        if folded(behind).lstrip()[:1] != "(":
            return False
        between = self._between(whole, last).lstrip()
        depths = accumulate((sign == "(") - (sign == ")") for sign in between)
        return all(depth > 0 for depth in depths)

    def _is_multiplied(self, at: int) -> bool:
        """Whether words beside an amount say that it counts several times."""
        multiplied = grammar_of(self.code).multiplied
        span = self.mentions[at].span
        text = self.passages[span.passage].text
        beside = (
            text[span.end : span.end + MULTIPLIER_CHARS],
            text[max(span.start - MULTIPLIER_CHARS, 0) : span.start],
        )
        return any(multiplied.search(each) for each in beside)

    def _is_over(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether parts of a level are years, or, outside a bracket, larger than it: no parts."""
        if self._kind(whole) not in _LEVELS:
            return False
        is_larger = any(self._value(at) >= self._value(whole) for at in parts)
        is_larger = is_larger and not self._is_in_bracket(whole, parts[-1])
        return is_larger or YEAR_ALONE.search(self._between(whole, parts[-1])) is not None

    def _nearest(self, whole: int, choices: Sequence[Sequence[_Choice]]) -> _Choice:
        """The plainest reading, with signs that words leave open as a misprint explains most."""
        target = self._value(whole)
        plain = [[each for each in options if each.cost <= OPEN] for options in choices]
        tried = sorted(sums_of(plain).values(), key=lambda each: each.cost)[:TRIED]

        def doubt(each: _Choice) -> int:
            figures = tuple(self._value(at) * sign for at, sign in each.parts)
            trial = Trial(target, each.value, figures=figures)
            return each.cost if trial.holds else loss_of(trial) + each.cost

        return min(tried, key=doubt, default=_plainest(choices))

    def _turned_bits(self, whole: int, read: _Choice) -> int:
        """What it says for parts that they make up the whole to the digit with one word turned.

        A word for an increase or a decrease governs the whole, or some parts in a row.
        """
        target = self._value(whole)
        values = [self._value(at) * sign for at, sign in read.parts]
        runs = [values[a:b] for a, b in combinations(range(len(values) + 1), 2)]
        turned = [-target, *(target + 2 * sum(run) for run in runs)]
        is_turned = read.value in turned[self._kind(whole) not in _CHANGES :]
        bits = gain_of(Trial(target, target)) - (len(runs) - 1).bit_length()
        return max(bits, 0) if is_turned else 0

    def _turned(self, whole: int, choices: Sequence[Sequence[_Choice]]) -> _Choice | None:
        """The parts that make up a whole whose own word is turned."""
        return cheapest(-self._value(whole), choices) if self._kind(whole) in _CHANGES else None

    @staticmethod
    def _is_enough(value: int, prior: int) -> bool:
        """Whether a sum that holds bears out a reading with so many bits of its words."""
        return gain_of(Trial(value, value)) + prior >= BORNE_OUT_BITS

    # Lists.

    def _list(self, piece: ItemPiece) -> Iterator[Explanation]:
        """The amount that announces a list against what its items add."""
        wholes = list(self._wholes(piece))
        if not wholes:
            return
        sign = -1 if self._value(wholes[0][0]) < 0 else 1
        choices = [self._item(each, sign) for each in piece.items]
        tried = [
            (found.cost + cost, whole, found.parts)
            for whole, cost in wholes
            if (found := cheapest(self._value(whole), choices)) and found.parts
        ]
        if tried:
            cost, whole, parts = min(tried)
            prior = LIST_BITS - cost
        else:
            plain = [self._plain_list(piece, whole, cost, choices) for whole, cost in wholes]
            (whole, parts, prior), _ = max(plain, key=lambda each: each[1])
        is_told = self._is_enough(self._value(whole), prior) if tried else prior >= LEVEL_BITS
        # A single item says the change of its list again.
        is_list = (
            len(parts) >= FEWEST_PARTS or {*map(self._kind, (at for at, _ in parts))} == _CHANGES
        )
        if is_told and is_list:
            told = Explanation(whole, parts, self._whole(whole, parts), prior)
            yield told
            for each in piece.items if tried else ():
                yield from self._replaced(self._own(each), told)

    def _plain_list(
        self, piece: ItemPiece, whole: int, cost: int, choices: Sequence[Sequence[_Choice]]
    ) -> tuple[tuple[int, Parts, int], int]:
        """A whole, its items as they say themselves and the bits of words; then with the sum."""
        nearest = self._turned(whole, choices) or self._nearest(whole, choices)
        prior = self._listed(piece, whole) - cost + self._turned_bits(whole, nearest)
        return (whole, nearest.parts, prior), self._bits(whole, nearest.parts, prior)

    def _bits(self, whole: int, parts: Parts, prior: int) -> int:
        """The bits for a breakdown with those of its sum."""
        target, figures = self._value(whole), tuple(self._value(at) * sign for at, sign in parts)
        trial = Trial(target, sum(figures), figures=figures)
        return prior + (gain_of(trial) if trial.holds else -loss_of(trial))

    def _whole(self, whole: int, parts: Parts) -> Whole:
        own = self.mentions[whole].span.passage
        is_inner = all(self.mentions[at].span.passage == own for at, _ in parts)
        return Whole.PARTS if is_inner else Whole.ITEMS

    def _wholes(self, piece: ItemPiece) -> Iterator[tuple[int, int]]:
        """The amounts that a list may break down: the last one before it in its own sentence."""
        sentences = self._sentences(piece)
        if not sentences:
            return
        last = sentences[-1]
        text = folded(self.passages[piece.passage].text)
        span = self.mentions[last[-1]].span
        others = dict.fromkeys([last[0], *(at for each in reversed(sentences) for at in each)])
        is_far = len(others) > 1 and _END.search(text, span.end, piece.head)
        far = OTHER_WHOLE if is_far else 0
        yield last[-1], far
        yield from ((at, far + OTHER_WHOLE) for at in others if at != last[-1])

    def _item(self, piece: ItemPiece, sign: int) -> tuple[_Choice, ...]:
        """What an item may add: its change, its first amount, all of them, its items, nothing."""
        own = self._own(piece)
        head = folded(self.passages[piece.passage].text[piece.start : piece.head])
        is_neutral = grammar_of(self.code).neutral.search(head) is not None
        # A change in another sentence than what is neutral is one.
        changes = [at for at in own if self._kind(at) in _CHANGES]
        is_neutral = is_neutral and all(map(self._is_neutral, changes))
        found = self._own_choices(own, sign) if own else []
        if piece.items:
            inner = self._sign_above(head, sign) if not own else sign
            below = _plainest([self._item(each, inner) for each in piece.items])
            found.append(_Choice(below.value, OTHER_AMOUNT if own else 0, below.parts))
        if is_neutral:
            found = [_Choice(each.value, each.cost + NEUTRAL, each.parts) for each in found]
        return (*found, _Choice(0, 0 if is_neutral or not found else LEFT_OUT))

    def _sign_above(self, head: str, sign: int) -> int:
        """The sign of items below a text without amounts: Offset in part by the following."""
        grammar = grammar_of(self.code)
        words = [word[0].casefold() for word in grammar.words.finditer(head)]
        if words and words[-1] in grammar.offsets:
            return -sign
        return grammar.signs.get(words[-1], sign) if words else sign

    def _own_choices(self, own: Sequence[int], sign: int) -> list[_Choice]:
        """The sums of amounts of one item: mostly its change, or all where it states none."""
        changes = [at for at in own if self._kind(at) is MentionKind.CHANGE]
        first = (changes or own)[0]
        covered = self.explained.get(first, frozenset())
        others = [at for at in own if at != first]
        is_one = bool(changes or covered) or self._says_more(first, others)
        choices = [(*self._signed(first, sign), _Choice(0, OTHER_AMOUNT))]
        for at in others:
            is_alike = not covered and self._kind(at) is self._kind(first)
            counted, left_out = (OTHER_AMOUNT - is_alike, 0) if is_one else (0, OTHER_AMOUNT)
            choices.append((*self._signed(at, sign, counted), _Choice(0, left_out)))
        return list(sums_of(choices).values())

    def _says_more(self, first: int, others: Sequence[int]) -> bool:
        """Whether words say that the other amounts of an item are contained in its first."""
        behind = [at for at in others if at > first]
        return bool(behind) and self._is_partial(first, behind[0])

    def _listed(self, piece: ItemPiece, whole: int) -> int:
        """What the words of a list are worth."""
        text = folded(self.passages[piece.passage].text)
        end = self.mentions[whole].span.end
        prior = LIST_BITS
        # Amounts in brackets, one an item of the same sentence, are parts without a colon.
        is_inner = all(each.passage == piece.passage for each in piece.items)
        parts = [self._own(each) for each in piece.items]
        bare = is_inner and all([*map(self._kind, each)] == [MentionKind.PART] for each in parts)
        if not (bare or _COLON.search(text, end, piece.head) or self._comprises(whole)):
            prior -= UNANNOUNCED
        if grammar_of(self.code).incomplete.search(text, end, piece.head):
            prior -= INCOMPLETE
        if not piece.is_complete or not all(self._own(each) or each.items for each in piece.items):
            prior -= UNSURE
        return prior


def _plainest(choices: Iterable[Sequence[_Choice]]) -> _Choice:
    """The cheapest of each of some choices, added up."""
    each = [min(options, key=lambda choice: choice.cost) for options in choices]
    parts = tuple(part for choice in each for part in choice.parts)
    return _Choice(sum(choice.value for choice in each), 0, parts)


def cheapest(target: int, choices: Sequence[Sequence[_Choice]]) -> _Choice | None:
    """The cheapest choices, one of each, that add up to a target."""
    return sums_of(choices).get(target)


def sums_of(choices: Sequence[Sequence[_Choice]]) -> Mapping[int, _Choice]:
    """Every sum of choices, one of each, that is not too dear, in its cheapest way."""
    if len(choices) > MOST_PARTS:
        plainest = _plainest(choices)
        return {plainest.value: plainest}
    *_, sums = ({0: _Choice(0, 0)}, *running_sums(choices))
    return sums


def running_sums(choices: Iterable[Sequence[_Choice]]) -> Iterator[Mapping[int, _Choice]]:
    """The sums after the first of some choices, after the first two, and so on."""
    sums = {0: _Choice(0, 0)}
    for options in choices:
        reached: dict[int, _Choice] = {}
        for so_far in sums.values():
            for option in options:
                value, cost = so_far.value + option.value, so_far.cost + option.cost
                known = reached.get(value)
                if cost <= MOST_COST and (known is None or cost < known.cost):
                    reached[value] = _Choice(value, cost, (*so_far.parts, *option.parts))
        kept = sorted(reached.values(), key=lambda each: each.cost)[:SUMS_KEPT]
        sums = {each.value: each for each in kept}
        yield sums
