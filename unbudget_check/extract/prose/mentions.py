"""The figures that sentences mention: levels, changes with their sign, rates, shares, posts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.extract.numerals import LONGEST, numeral_reader
from unbudget_check.extract.prose.bearings import SEVERAL, factor_in, source_in
from unbudget_check.extract.prose.grammar import Grammar, folded, grammar_of, led_by
from unbudget_check.extract.prose.post_lists import (
    Listed,
    is_joint,
    is_one_list,
    listed_behind,
)
from unbudget_check.extract.prose.sentences import sentences_of
from unbudget_check.model.number import Number
from unbudget_check.model.prose import Bearing, Mention, MentionKind, Passage, PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.extract.prose.entities import Entities
    from unbudget_check.extract.vector import Vector
    from unbudget_check.languages import Language

# So much before an amount may say what it is.
BEFORE = 240
# So near before a count must stand what says that these posts are to be paid.
NEAR = 60
POSITIONS = "positions"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d/])")
_FIGURE = re.compile(r"\d")


def mentions_of(
    passages: Iterable[Passage], entities: Entities, vector: Vector
) -> tuple[Mention, ...]:
    """All figures that sentences mention; each is taken into the vector."""
    language = entities.language
    reading = _Reading(entities, language, grammar_of(language.code), vector)
    for passage in passages:
        spoken = passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.NOTE)
        if spoken and reading.has_any(passage):
            reading.take(passage)
    return tuple(reading.mentions)


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    entities: Entities
    language: Language
    grammar: Grammar
    vector: Vector
    mentions: list[Mention] = field(default_factory=list)

    def has_any(self, passage: Passage) -> bool:
        """Whether a passage may mention a figure at all."""
        text = passage.text
        if _FIGURE.search(text, passage.body):
            return True
        plain = text.casefold()
        return self._may_hold("unchanged", plain) or self._may_hold("posts", plain)

    def _may_hold(self, kind: str, plain: str) -> bool:
        """Whether a text has what a kind of figure cannot do without."""
        return any(cue in plain for cue in self.grammar.cues[kind])

    def take(self, passage: Passage) -> None:
        """All mentions of one passage, in reading order."""
        text = folded(passage.text)
        last: dict[MentionKind, int] = {}
        for found in _ordered(self._found(text, passage.body, passage.kind)):
            at = len(self.mentions)
            self._add(passage, text, found, last)
            last[found.kind] = at

    def _found(self, text: str, start: int, kind: PassageKind) -> Iterator[_Found]:
        plain = text.casefold()
        if kind is PassageKind.NOTE:
            # Amounts of notes are what their tables leave out.
            yield from self._posts(text, start) if self._may_hold("posts", plain) else ()
            return
        shares = [*self._shares(text, plain, start)] if self._may_hold("percent", plain) else []
        yield from shares
        if self._may_hold("amount", plain):
            for match in self.grammar.amount.finditer(text, start):
                amount = self._amount(text, match)
                yield amount
                rates = self._rate(text, amount)
                yield from (r for r in rates if all(r.start != share.start for share in shares))
        if self._may_hold("unchanged", plain):
            for match in self.grammar.unchanged.finditer(text, start):
                yield _Found(match.start(), match.end(), MentionKind.CHANGE, Number(0))
        if self._may_hold("posts", plain):
            yield from self._posts(text, start)

    def _shares(self, text: str, plain: str, start: int) -> Iterator[_Found]:
        """Percentages of a total, each once, whichever patterns find it."""
        patterns = (pattern for cue, pattern in self.grammar.shares if cue in plain)
        found = (match for pattern in patterns for match in pattern.finditer(text, start))
        for match in {match.start("percent"): match for match in found}.values():
            yield self._figure(match, "percent", MentionKind.SHARE)

    def _amount(self, text: str, match: re.Match[str]) -> _Found:
        """An amount, and what stands right before it says what it is."""
        digits, scale = match["digits"] or match["digits2"], match["scale"] or match["scale2"]
        number = self._number(digits)
        power = self.grammar.scales[scale.casefold()] if scale else 0
        number = Number(number.units, number.exponent + power)
        before = text[max(match.start() - BEFORE, 0) : match.start()]
        behind = text[match.end() : match.end() + BEFORE]
        rounded = bool(self.grammar.about.search(before))
        shift = max(match.start() - BEFORE, 0)
        change = next(led_by(before, behind, self.grammar.changes), None)
        if change is not None:
            sign = self.grammar.signs[change["direction"].casefold()]
            signed = Number(sign * number.units, number.exponent)
            begin = shift + change.start("sign")
            is_net = len(change["sign"]) > len(change["direction"])
            kind = MentionKind.CHANGE
            return _Found(begin, match.end(), kind, signed, sign, rounded, is_net=is_net)
        if next(led_by(before, behind, self.grammar.bases), None) is not None:
            return _Found(match.start(), match.end(), MentionKind.BASE, number, 0, rounded)
        if any(map(self._is_level, led_by(before, behind, self.grammar.levels))):
            return _Found(match.start(), match.end(), MentionKind.LEVEL, number, 0, rounded)
        in_brackets = before.rstrip().endswith("(")
        kind = MentionKind.PART if in_brackets else MentionKind.AMOUNT
        return _Found(match.start(), match.end(), kind, number, 0, rounded)

    def _is_level(self, found: re.Match[str]) -> bool:
        """Whether no increase or decrease stands between the resources and their amount."""
        return not self.grammar.words.search(found[0])

    def _rate(self, text: str, found: _Found) -> Iterator[_Found]:
        """The percentage that stands right behind an amount; that of a change has its sign."""
        for pattern in self.grammar.rates:
            match = pattern.match(text, found.end)
            if match:
                rate = self._figure(match, "percent", MentionKind.RATE)
                units = (found.direction or 1) * rate.number.units
                number = Number(units, rate.number.exponent)
                yield _Found(rate.start, rate.end, rate.kind, number, found.direction)
                return

    def _posts(self, text: str, start: int) -> Iterator[_Found]:
        """Counts of posts that a list of grades follows, or that are to be provided for."""
        grammar, code = self.grammar, self.language.code
        found: dict[int, _Found] = {}
        before: _Found | None = None  # the last count, and where its noun ends
        behind = start
        for match, noun, name in sorted(self._counted(text, start), key=lambda e: e[1].end()):
            end, count = noun.end(), self._figure(match, "count", MentionKind.POSTS)
            units = count.number.units
            is_odd = units != 1 and self._is_single(text, match, noun)
            count = replace(count, name=name, is_odd=is_odd)
            listed = listed_behind(text, end, code, units) or self._listed_within(text, match, end)
            whole = sum(each.count for each in listed)
            joint = before if listed and is_joint(text[behind : count.start], code) else None
            if joint and abs(whole - joint.number.units - units) < abs(whole - units):
                # 28 established posts and 1 temporary post (20 P-4 and 9 P-3)
                found[joint.start] = joint
                count = replace(count, is_joined=True)
            before, behind = count, end
            lead = text[max(match.start() - NEAR, start) : match.start()]
            if listed or is_odd or grammar.provides.search(lead):
                found[count.start] = count
            for at, each in enumerate(listed):
                number, kind = Number(each.count), MentionKind.GRADE
                apart = at > 0 and not is_one_list(text, listed[at - 1].start, each.start, code)
                found[each.start] = _Found(
                    each.start, each.end, kind, number, name=each.grade, apart=apart
                )
        yield from found.values()

    def _is_single(self, text: str, match: re.Match[str], noun: re.Match[str]) -> bool:
        """Whether a number counts a noun in the singular: no words join others between them."""
        between = text[match.end("count") : noun.start()]
        is_counted = self.grammar.joining.search(between) is None
        return is_counted and self.grammar.single.match(text, noun.start()) is not None

    def _listed_within(self, text: str, match: re.Match[str], end: int) -> tuple[Listed, ...]:
        """The list between a count and its noun: 29 (20 P-4 and 9 P-3) posts."""
        opened = text.find("(", match.end(), end)
        if opened < 0:
            return ()
        units = self._figure(match, "count", MentionKind.POSTS).number.units
        return listed_behind(text, opened, self.language.code, units)

    def _counted(self, text: str, start: int) -> Iterator[tuple[re.Match[str], re.Match[str], str]]:
        """Nouns for posts with the nearest number before them: that, the noun, and a name."""
        grammar = self.grammar
        for (nouns, heads), name in ((grammar.positions, POSITIONS), (grammar.posts, "")):
            for noun in nouns.finditer(text, start):
                stop = _before_bracket(text, start, noun.start())
                # A window, so that nothing is searched from the beginning of the text.
                at, found = max(stop - NEAR, start), None
                for head in heads:
                    while match := head.search(text, at, stop):
                        at, found = match.start() + 1, match
                if found is not None:
                    yield found, noun, name

    def _figure(self, match: re.Match[str], name: str, kind: MentionKind) -> _Found:
        digits = match[name]
        word = self.grammar.numerals.get(digits.casefold())
        number = Number(word) if word is not None else self._number(digits)
        end = match.end() if name == "percent" else match.end(name)
        return _Found(match.start(name), end, kind, number)

    def _number(self, digits: str) -> Number:
        number = numeral_reader(self.language.numbers)(digits).number
        # Of digits without end, which no figure has, only so many are taken.
        return number if number is not None else Number(int(re.sub(r"\D", "", digits)[:LONGEST]))

    def _add(
        self, passage: Passage, text: str, found: _Found, last: Mapping[MentionKind, int]
    ) -> None:
        """Take a figure in; ``last`` says which mention of each kind the passage made last."""
        span = Span(passage.index, found.start, found.end)
        counted = found.kind in (MentionKind.POSTS, MentionKind.GRADE)
        figure = self.vector.add(found.number, span, counted=counted)
        sentences = sentences_of(text, passage.body)
        begin, end = sentences.around(found.start, found.end)
        direction = found.direction
        if found.kind is MentionKind.PART:
            direction = self._sign_of_part(text, begin, found.start)
        years = _YEAR.findall(text[begin : found.start])
        owner = found.kind if found.is_joined else _OWNERS.get(found.kind)
        of = last.get(owner, -1) if owner else -1
        if found.kind is MentionKind.RATE:
            of = len(self.mentions) - 1  # the amount right before it
        self.mentions.append(
            Mention(
                span,
                found.kind,
                figure,
                sentences.number(found.start),
                direction,
                found.rounded,
                of,
                found.name,
                self._bearing(passage, text[begin:end], found.start - begin),
                int(years[0]) if years else None,
                not found.is_net
                and text[found.end : found.end + 1] != ")"
                and any(w in text[found.end : end].casefold() for w in self.grammar.offsets),
                found.apart,
                found.is_odd,
            )
        )

    def _bearing(self, passage: Passage, sentence: str, at: int) -> Bearing:
        """What the headings make the passage about, and then what the sentence itself names."""
        code = self.language.code
        bearing = passage.bearing
        source = bearing.source or source_in(sentence[:at], code)
        if not source and source_in(sentence, code) == SEVERAL:
            # The sources come behind their total.
            source = SEVERAL
        entity = passage.entity or bearing.entity
        factor = factor_in(sentence, code) or bearing.factor
        return Bearing(bearing.scope, entity, source, factor)

    def _sign_of_part(self, text: str, begin: int, end: int) -> int:
        """The sign of an amount in brackets: that of the words which govern it; 0 where none do."""
        begin = max(begin, *(text.rfind(stop, begin, end) + 1 for stop in (". ", "。", "; ", "；")))
        sign = 0
        for match in self.grammar.words.finditer(text, begin, end):
            word = match[0].casefold()
            sign = -sign if word in self.grammar.offsets else self.grammar.signs.get(word, sign)
        return sign


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure in a text, before it is numbered."""

    start: int
    end: int
    kind: MentionKind
    number: Number
    direction: int = 0
    rounded: bool = False
    name: str = ""
    is_net: bool = False
    apart: bool = False
    is_odd: bool = False
    is_joined: bool = False  # what follows counts it together with the count before


def _before_bracket(text: str, start: int, end: int) -> int:
    """Where the bracket opens that closes right before a place of a text, or that place."""
    bare = text[start:end].rstrip()
    if not bare.endswith(")"):
        return end
    depth = 0
    for at in range(len(bare) - 1, -1, -1):
        depth += (bare[at] == ")") - (bare[at] == "(")
        if not depth:
            return start + at
    return end


_OWNERS = {
    MentionKind.GRADE: MentionKind.POSTS,
    MentionKind.PART: MentionKind.CHANGE,
}


def _ordered(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=lambda each: (each.start, each.end))
