"""Find the figures that sentences mention: levels, changes, rates, shares, posts, grade lists.

Grades are listed in brackets (2 P-4 and 1 P-3), without numbers where there is one of each
(P-4, P-3), behind words such as "comprising", or behind a title each: in brackets, or as Legal
Officer (P-4); Judge (D-1) behind a colon. A few words may stand before the bracket: 5 posts were
vacant (2 P-4 and 3 P-3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.number import Number
from unbudget_check.model.prose import (
    SPOKEN,
    Bearing,
    Mention,
    MentionKind,
    Passage,
    PassageKind,
    Span,
)
from unbudget_check.notation.figures import LONGEST_FIGURE_CHARS
from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.notation.years import YEAR
from unbudget_check.understand.text.entities import factor_in
from unbudget_check.understand.text.grammar import (
    Grammar,
    any_of,
    folded,
    grammar_of,
    led_by,
    sentences_of,
)
from unbudget_check.understand.text.sources import SEVERAL, source_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.figures import Vector
    from unbudget_check.understand.text.entities import Entities


# One grade without its number may be a remark on any number of posts.
FEWEST_GRADES = 2
# Entries that are not one list may be parts of another number, unless no more is missing of it.
MISSING_POSTS = 4
_INNER = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_BRACKET = re.compile(rf"\s*\(((?:[^()]|{_INNER})*)\)")
_OPENED = re.compile(r"\s*\(")
_TITLE = re.compile(r"\b[^\W\d_a-z]\w+")
# What may stand between the posts and their bracket: were vacant as at 28 February 2026.
_WORDS = re.compile(r"[^.,;:()]{1,48}(?=\()")
# Entries behind such words that are a list of those posts.
MANY_ENTRIES = 3
_STOP = re.compile(r"[.;]\s|[\u3002\uff1b]|\Z")
_DIGIT = re.compile(r"\d")
# A grade may be printed without its hyphen: P5, P 5.
_HYPHENS = r"[-\u2010\u2011\u2013\s]?"

# So much before an amount may say what it is.
BEFORE = 240
# So near before a count must stand what says that these posts are to be paid.
PROPOSED_POSTS_CHARS = 60
POSITIONS = "positions"
_YEAR = re.compile(rf"(?<!\d){YEAR}(?![\d/])")


_OWNERS = {
    MentionKind.GRADE: MentionKind.POSTS,
    MentionKind.PART: MentionKind.CHANGE,
}


@dataclass(frozen=True, slots=True)
class ListedGrade:
    """One entry of a list: its grade, how many, and where that is said."""

    grade: str
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _GradePatterns:
    item: re.Pattern[str]
    between: re.Pattern[str]
    comprising: re.Pattern[str]
    titled: re.Pattern[str]
    entitled: re.Pattern[str]
    counted: re.Pattern[str]
    numerals: Mapping[str, int]
    names: Mapping[str, str]


def listed_behind(text: str, at: int, code: str, stated: int) -> tuple[ListedGrade, ...]:
    """The list of grades that begins at a place of a text, right behind the posts; else nothing.

    A bracket may hold only the first of them: (1 D-1 and 2 P-5) and 10 Local level. Those right
    behind it count where that is nearer to the number that is stated, and those further on in
    the sentence, such as 1 P-3 in another place, where all make it up.
    """
    patterns = _patterns(code)
    bracket = _BRACKET.match(text, at)
    if bracket:
        found, end = _items(text, *bracket.span(1), patterns)
        if end != bracket.end(1):
            titles, end = _items(text, *bracket.span(1), patterns, patterns.entitled)
            if end == bracket.end(1):
                return _complete(titles)
            return _in_places(text, *bracket.span(1), patterns, stated)
        listed = _complete(found)
        return _with_rest(text, bracket.end(), patterns, stated, listed) if listed else ()
    if lead := _OPENED.match(text, at) or patterns.comprising.match(text, at):
        return _unclosed(text, lead.end(), patterns)
    if words := _WORDS.match(text, at):
        return _behind_words(text, words.end(), words[0], code, stated)
    titles = _titles(text, at, patterns) if text[at : at + 1] == ":" else []
    return _complete(titles) if len(titles) >= FEWEST_GRADES else ()


def _unclosed(text: str, at: int, patterns: _GradePatterns) -> tuple[ListedGrade, ...]:
    """The list that ends with its last entry: no bracket closes it."""
    for item in (patterns.item, patterns.entitled):
        found, _ = _items(text, at, len(text), patterns, item)
        if len(found) >= FEWEST_GRADES:
            return _complete(found)
    return ()


def _behind_words(
    text: str, at: int, words: str, code: str, stated: int
) -> tuple[ListedGrade, ...]:
    """The list of a bracket a few words behind the posts, if it is nearly all of them."""
    bracket = _BRACKET.match(text, at)
    if not bracket or grammar_of(code).incomplete.search(words):
        return ()
    found, end = _items(text, *bracket.span(1), _patterns(code))
    listed = _complete(found) if end == bracket.end(1) and len(found) >= MANY_ENTRIES else ()
    missed = abs(stated - sum(each.count for each in listed))
    return listed if missed * MISSING_POSTS <= stated else ()


def _in_places(
    text: str, start: int, end: int, patterns: _GradePatterns, stated: int
) -> tuple[ListedGrade, ...]:
    """The entries of a bracket with words between them, such as 1 P-5 in one place and 2 P-3.

    Nothing where any other figure stands among them, or where they are far from what is stated.
    """
    rest = patterns.counted.sub("", text[start:end])
    found = [_entry(each, patterns)[0] for each in patterns.counted.finditer(text, start, end)]
    missed = abs(stated - sum(each.count for each in found))
    is_list = (
        len(found) >= FEWEST_GRADES and not _DIGIT.search(rest) and missed * MISSING_POSTS <= stated
    )
    return tuple(found) if is_list else ()


def _with_rest(
    text: str, at: int, patterns: _GradePatterns, stated: int, listed: tuple[ListedGrade, ...]
) -> tuple[ListedGrade, ...]:
    """A list with what goes on behind its bracket, by the number that is stated."""
    missed = stated - sum(each.count for each in listed)
    if missed <= 0:
        return listed
    joint = patterns.between.match(text, at)
    found, _ = _items(text, joint.end(), len(text), patterns) if joint else ([], at)
    more = tuple(each for each, is_counted in found if is_counted)
    if more and abs(missed - sum(each.count for each in more)) < missed:
        return (*listed, *more)
    stop = _STOP.search(text, at)
    for match in patterns.counted.finditer(text, at, stop.start() if stop else len(text)):
        each, _ = _entry(match, patterns)
        more, missed = (*more, each), missed - each.count
        if missed <= 0:
            break
    return (*listed, *more) if more and not missed else listed


def is_one_list(text: str, start: int, end: int, code: str) -> bool:
    """Whether nothing but its grade stands between an entry and the next, and what joins them."""
    patterns = _patterns(code)
    entry = patterns.item.match(text, start)
    return entry is not None and is_joint(text[entry.end() : end], code)


def is_joint(text: str, code: str) -> bool:
    """Whether a piece of text only joins what stands before it and behind it."""
    return _patterns(code).between.fullmatch(text) is not None


def _items(
    text: str, start: int, end: int, patterns: _GradePatterns, item: re.Pattern[str] | None = None
) -> tuple[list[tuple[ListedGrade, bool]], int]:
    """Entries one after another, each with whether its number is printed, and where they end."""
    found: list[tuple[ListedGrade, bool]] = []
    at = start
    while match := (item or patterns.item).match(text, at, end):
        found.append(_entry(match, patterns))
        at = match.end()
        if (joint := patterns.between.match(text, at, end)) is None:
            break
        at = joint.end()
    return found, at


def _entry(match: re.Match[str], patterns: _GradePatterns) -> tuple[ListedGrade, bool]:
    said, grade = match["count"], patterns.names[_bare(match["grade"])]
    place = match.span("count" if said else "grade")
    return ListedGrade(grade, _number(said, patterns), *place), bool(said)


def _titles(text: str, at: int, patterns: _GradePatterns) -> list[tuple[ListedGrade, bool]]:
    """Titles with their grades in brackets, as far as they go on behind a colon."""
    found: list[tuple[ListedGrade, bool]] = []
    at += 1
    while match := patterns.titled.match(text, at):
        found.append((_entry(match, patterns)[0], True))
        at = match.end()
        if match["stop"] != ";":
            break
    return found


def _complete(found: Sequence[tuple[ListedGrade, bool]]) -> tuple[ListedGrade, ...]:
    """The entries, if each has a number, or several have none: then each is one post."""
    counted = [is_counted for _, is_counted in found]
    if all(counted) or (not any(counted) and len(found) >= FEWEST_GRADES):
        return tuple(each for each, _ in found)
    return ()


def _number(said: str | None, patterns: _GradePatterns) -> int:
    if not said:
        return 1
    return patterns.numerals.get(said.casefold()) or int(said)


def _bare(grade: str) -> str:
    return re.sub(_HYPHENS, "", grade).casefold()


@lru_cache(maxsize=8)
def _patterns(code: str) -> _GradePatterns:
    language, grammar = load_language(code), grammar_of(code)
    names = {_bare(term): name for name, terms in language.grades.items() for term in terms}
    terms = sorted({t for found in language.grades.values() for t in found}, key=len, reverse=True)
    printed = (
        re.escape(term).replace(r"\ ", r"\s*").replace(r"\(", r"\s*\(").replace(r"\-", _HYPHENS)
        for term in terms
    )
    grade = rf"(?P<grade>{'|'.join(printed)})(?![a-z\d/-])"
    spoken = any_of(word for word in grammar.numerals if word.upper() != word) or r"(?!)"
    counter = "|".join(map(re.escape, language.lists["counter"])) or r"(?!)"
    count = rf"(?P<count>\d{{1,5}}|{spoken})\s*(?:{counter})?\s*"
    joints = "|".join(map(re.escape, language.lists["separator"]))
    words = r"(?:[a-z]+\s){0,2}?"  # two international Field Service
    mark = rf"(?:\s[a-z](?=\s*(?:{joints}|\)|\Z)))?"
    flags = re.IGNORECASE
    return _GradePatterns(
        re.compile(rf"\s*(?:{count}{words})?{grade}{mark}\s*", flags),
        re.compile(rf"\s*(?:(?:{joints})\s*)+", flags),
        re.compile(rf"\s*,?\s*(?:{any_of(language.prose['comprising'])})\s*", flags),
        re.compile(
            rf"\s*(?:(?:{joints})\s+)?(?:{count})?[^\d;:.()]{{3,120}}\(\s*{grade}\s*\)"
            r"\s*(?P<stop>[;.]|\Z)",
            flags,
        ),
        re.compile(rf"\s*(?:{count}\s)?[^\d;:]{{3,120}}?\(\s*{grade}\s*\)\s*", flags),
        re.compile(rf"(?<![\w.,-]){count}{grade}", flags),
        grammar.numerals,
        names,
    )


def mentions_of(
    passages: Iterable[Passage], entities: Entities, vector: Vector
) -> tuple[Mention, ...]:
    """All figures that sentences mention; each is taken into the vector."""
    language = entities.language
    reading = _MentionReader(entities, language, grammar_of(language.code), vector)
    for passage in passages:
        spoken = passage.kind in (*SPOKEN, PassageKind.NOTE)
        if spoken and reading.has_any(passage):
            reading.take(passage)
    return tuple(reading.mentions)


@dataclass(slots=True)
class _MentionReader:
    """What was found so far."""

    entities: Entities
    language: Language
    grammar: Grammar
    vector: Vector
    mentions: list[Mention] = field(default_factory=list)

    def has_any(self, passage: Passage) -> bool:
        """Whether a passage may mention a figure at all."""
        text = passage.text
        if _DIGIT.search(text, passage.body):
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

    def _found(self, text: str, start: int, kind: PassageKind) -> Iterator[_FoundFigure]:
        plain = text.casefold()
        if kind is PassageKind.NOTE:
            # Amounts of notes are what their tables leave out.
            yield from self._posts(text, start) if self._may_hold("posts", plain) else ()
            return
        shares = [*self._shares(text, plain, start)] if self._may_hold("percent", plain) else []
        yield from shares
        begun = {share.start for share in shares}
        if self._may_hold("amount", plain):
            for match in self.grammar.amount.finditer(text, start):
                amount = self._amount(text, match)
                yield amount
                yield from (r for r in self._rate(text, amount) if r.start not in begun)
        if self._may_hold("unchanged", plain):
            for match in self.grammar.unchanged.finditer(text, start):
                yield _FoundFigure(match.start(), match.end(), MentionKind.CHANGE, Number(0))
        if self._may_hold("posts", plain):
            yield from self._posts(text, start)

    def _shares(self, text: str, plain: str, start: int) -> Iterator[_FoundFigure]:
        """Percentages of a total, each once, whichever patterns find it."""
        patterns = (pattern for cue, pattern in self.grammar.shares if cue in plain)
        found = (match for pattern in patterns for match in pattern.finditer(text, start))
        for match in {match.start("percent"): match for match in found}.values():
            yield self._figure(match, "percent", MentionKind.SHARE)

    def _amount(self, text: str, match: re.Match[str]) -> _FoundFigure:
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
            return _FoundFigure(begin, match.end(), kind, signed, sign, rounded, is_net=is_net)
        if next(led_by(before, behind, self.grammar.bases), None) is not None:
            return _FoundFigure(match.start(), match.end(), MentionKind.BASE, number, 0, rounded)
        if any(map(self._is_level, led_by(before, behind, self.grammar.levels))):
            return _FoundFigure(match.start(), match.end(), MentionKind.LEVEL, number, 0, rounded)
        in_brackets = before.rstrip().endswith("(")
        kind = MentionKind.PART if in_brackets else MentionKind.AMOUNT
        return _FoundFigure(match.start(), match.end(), kind, number, 0, rounded)

    def _is_level(self, found: re.Match[str]) -> bool:
        """Whether no increase or decrease stands between the resources and their amount."""
        return not self.grammar.words.search(found[0])

    def _rate(self, text: str, found: _FoundFigure) -> Iterator[_FoundFigure]:
        """The percentage that stands right behind an amount; that of a change has its sign."""
        for pattern in self.grammar.rates:
            match = pattern.match(text, found.end)
            if match:
                rate = self._figure(match, "percent", MentionKind.RATE)
                units = (found.direction or 1) * rate.number.units
                number = Number(units, rate.number.exponent)
                yield _FoundFigure(rate.start, rate.end, rate.kind, number, found.direction)
                return

    def _posts(self, text: str, start: int) -> Iterator[_FoundFigure]:
        """Counts of posts that a list of grades follows, or that are to be provided for."""
        grammar, code = self.grammar, self.language.code
        found: dict[int, _FoundFigure] = {}
        before: _FoundFigure | None = None  # the last count, and where its noun ends
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
            lead = text[max(match.start() - PROPOSED_POSTS_CHARS, start) : match.start()]
            if listed or is_odd or grammar.provides.search(lead):
                found[count.start] = count
            for at, each in enumerate(listed):
                number, kind = Number(each.count), MentionKind.GRADE
                apart = at > 0 and not is_one_list(text, listed[at - 1].start, each.start, code)
                found[each.start] = _FoundFigure(
                    each.start, each.end, kind, number, name=each.grade, apart=apart
                )
        yield from found.values()

    def _is_single(self, text: str, match: re.Match[str], noun: re.Match[str]) -> bool:
        """Whether a number counts a noun in the singular: no words join others between them."""
        # Words of a title join nothing: two Programme Officer post.
        between = _TITLE.sub("", text[match.end("count") : noun.start()])
        is_counted = self.grammar.joining.search(between) is None
        return is_counted and self.grammar.single.match(text, noun.start()) is not None

    def _listed_within(self, text: str, match: re.Match[str], end: int) -> tuple[ListedGrade, ...]:
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
                at, found = max(stop - PROPOSED_POSTS_CHARS, start), None
                for head in heads:
                    while match := head.search(text, at, stop):
                        at, found = match.start() + 1, match
                if found is not None:
                    yield found, noun, name

    def _figure(self, match: re.Match[str], name: str, kind: MentionKind) -> _FoundFigure:
        digits = match[name]
        word = self.grammar.numerals.get(digits.casefold())
        number = Number(word) if word is not None else self._number(digits)
        end = match.end() if name == "percent" else match.end(name)
        return _FoundFigure(match.start(name), end, kind, number)

    def _number(self, digits: str) -> Number:
        number = numeral_reader(self.language.numbers)(digits).number
        # Of digits without end, which no figure has, only the first are taken.
        return (
            number
            if number is not None
            else Number(int(re.sub(r"\D", "", digits)[:LONGEST_FIGURE_CHARS]))
        )

    def _add(
        self, passage: Passage, text: str, found: _FoundFigure, last: Mapping[MentionKind, int]
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
class _FoundFigure:
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


def _ordered(found: Iterable[_FoundFigure]) -> list[_FoundFigure]:
    return sorted(found, key=lambda each: (each.start, each.end))
