"""Sentences that compare two numbers: a result and its target, before and after, two changes.

Of two changes one may be said to offset the other, though both go the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.lexicon import load_language
from unbudget_check.model.number import Number, decimal_of
from unbudget_check.model.prose import (
    SPOKEN,
    Comparison,
    MentionKind,
    Movement,
    Offset,
    Outturn,
    Quantity,
    Span,
)
from unbudget_check.notation.years import YEAR
from unbudget_check.understand.text.grammar import (
    any_of,
    folded,
    grammar_of,
    quantities_in,
    sentences_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.model.prose import Mention, Passage, Series
    from unbudget_check.understand.text.grammar import Grammar


# What may be said of a target, within one clause.
_TARGET = r"(?P<target>(?:[^,.;:()，。；：（）]|(?<=\d)[,.](?=\d)){1,120})"
# So near behind must stand what says that several numbers are meant in turn.
RESPECTIVELY_CHARS = 40
# Letters of a word that tells one series from another.
TELLING = 4
# Words about two targets that are no further apart are said of several results in turn.
JOINED = 10
# What was not met must be read before what was met: it may hold the same words.
_ORDER = (Outturn.MISSED, Outturn.EXCEEDED, Outturn.MET)

_CLAUSE = rf"(?:[^,.;:，。；：\d]|(?<=\d)[,.](?=\d)|(?<![\d.,]){YEAR}(?!\d)){{0,60}}?"
# By how much, and of what: a decrease of 46 posts and positions, from ...
_CHANGE = (
    r"(?:(?P<change>[^,.;:，。；：\d]{0,12}\d(?:[\d ,]*\d)?(?!\d)[^,.;:，。；：\d]{0,60})[,，]\s*)?"
)
_NUMBER = r"(?:[^,.;:，。；：]|(?<=\d)[,.](?=\d)){1,60}?"

# So near behind "offset in part by" stands the word for what offsets, without a figure between.
# Where it did, in 31 documents, it was 51 times of 51 the opposite of the first such word of its
# sentence.
OFFSETTING_CHARS = 60
_OFFSET_STOP = re.compile(r"[\d;:()]")
_OFFSET_CLAUSE = re.compile(r"[,;:\u3002]")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff]")


@dataclass(frozen=True, slots=True)
class _TargetWords:
    """The patterns of one language."""

    outturns: tuple[tuple[Outturn, re.Pattern[str]], ...]
    targets: tuple[str, ...]
    mark: re.Pattern[str]
    total: re.Pattern[str]
    falls: re.Pattern[str]
    in_turn: re.Pattern[str]
    unmet: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(code: str) -> _TargetWords:
    terms = load_language(code).comparisons
    return _TargetWords(
        tuple(
            (each, re.compile(_pattern(term), re.IGNORECASE))
            for each in _ORDER
            for term in terms[each]
        ),
        terms["target"],
        re.compile(any_of(terms["target"]), re.IGNORECASE),
        re.compile(rf"(?:{any_of(terms['total'])})\s*\Z", re.IGNORECASE),
        re.compile("|".join(map(_stem, terms["falls"])), re.IGNORECASE),
        re.compile(any_of(terms["in_turn"]), re.IGNORECASE),
        re.compile(any_of(terms["unmet"]), re.IGNORECASE),
    )


def _stem(term: str) -> str:
    """The beginning of a word; scripts without blanks have no such place."""
    edge = r"\b" if term.upper() != term else ""
    return edge + re.escape(term)


def _pattern(term: str) -> str:
    pieces = [re.escape(piece).replace(r"\ ", r"\s*") for piece in term.split("{target}")]
    return _TARGET.join(pieces)


def comparisons_of(
    passages: Iterable[Passage], series: Mapping[int, tuple[Series, ...]], code: str
) -> tuple[Comparison, ...]:
    """All such sentences; ``series`` are the performance measures by the passage before them.

    A heading, too, may say that less is better: "Result 2: fewer accidents".
    """
    words = _words(code)
    found: list[Comparison] = []
    headings: list[str] = []
    for passage in passages:
        spoken = passage.kind in SPOKEN
        plain = passage.text.casefold()
        named = spoken and any(term in plain for term in words.targets)
        if named and words.mark.search(passage.text):
            own = _comparisons_in(passage, words, series.get(passage.index, ()), code)
            is_less = any(map(words.falls.search, headings))
            found += (replace(each, falls=each.falls or is_less) for each in own)
        if not spoken or (passage.number == "" and passage.text[-1:].isalnum()):
            headings.append(folded(passage.text))
        else:
            headings.clear()
    return tuple(found)


def _comparisons_in(
    passage: Passage, words: _TargetWords, series: tuple[Series, ...], code: str
) -> Iterator[Comparison]:
    text = folded(passage.text)
    start = passage.body
    matches = _matches(text, start, words)
    said = words.unmet.search(text, matches[-1][1].end()) if matches else None
    unmet = said[0] if said else ""
    for at, (outturn, match) in enumerate(matches):
        begin = max(start, sentences_of(text, passage.body).around(*match.span())[0])
        start = match.end()
        if at + 1 < len(matches) and matches[at + 1][1].start() - match.end() < JOINED:
            return  # met and exceeded, respectively: which is which is not told
        meant = _meant(series, text[begin : match.end()])
        reached = list(quantities_in(text, begin, match.start(), passage.index, code))
        targets = _targets(match, passage.index, code)
        span = Span(passage.index, match.start(), match.end())
        falls = bool(words.falls.search(text, begin, match.end()))
        near = text[match.end() : match.end() + RESPECTIVELY_CHARS]
        if len(targets) > 1:
            if _sum(reached) == _sum(targets):
                continue  # shares of one whole: where one exceeds its target, another does not
            told = bool(words.in_turn.search(near))
            for one, other in _in_turn(reached, targets, told=told):
                yield Comparison(outturn, span, (one,), other, falls, meant, unmet)
            continue
        target = targets[0] if targets else None
        named = _likely(text, reached, target, words)
        alike = all(_is_alike(text[each.span.end : match.start()], target) for each in named)
        yield Comparison(outturn, span, named, target, falls, meant, unmet, alike)


def _meant(series: tuple[Series, ...], clause: str) -> tuple[Series, ...]:
    """The series that only a clause can mean: words of its name that no other has; else all."""
    words = [{word for word in each.name.split() if len(word) >= TELLING} for each in series]
    said = set(clause.casefold().split())
    own = [each - set().union(*(other for other in words if other is not each)) for each in words]
    meant = [each for each, names in zip(series, own, strict=True) if names & said]
    return tuple(meant) if len(meant) == 1 else series


def _matches(text: str, start: int, words: _TargetWords) -> list[tuple[Outturn, re.Match[str]]]:
    """What is said of targets, in reading order; the longest of what overlaps."""
    taken: list[tuple[Outturn, re.Match[str]]] = []
    for outturn, pattern in words.outturns:
        for match in pattern.finditer(text, start):
            at = bisect_left(taken, match.start(), key=lambda each: each[1].start())
            beside = taken[max(at - 1, 0) : at + 1]
            if all(match.end() <= m.start() or m.end() <= match.start() for _, m in beside):
                taken.insert(at, (outturn, match))
    return taken


def _targets(match: re.Match[str], passage: int, code: str) -> list[Quantity]:
    if match.re.groups == 0:
        return []
    start, end = match.span("target")
    return list(quantities_in(match.string, start, end, passage, code))


def _sum(quantities: Iterable[Quantity]) -> Decimal:
    return sum((decimal_of(each.number) for each in quantities), start=decimal_of(Number(0)))


def _in_turn(
    reached: Sequence[Quantity], targets: Sequence[Quantity], *, told: bool
) -> list[tuple[Quantity, Quantity]]:
    """Several results and as many targets, where words or what is counted set them in pairs."""
    pairs = list(zip(reached, targets, strict=False))
    if len(reached) != len(targets):
        return []
    alike = all(one.noun == target.noun for one, target in pairs)
    units = all(one.is_percent == target.is_percent for one, target in pairs)
    return pairs if units and (told or alike) else []


def _is_alike(behind: str, target: Quantity | None) -> bool:
    """Whether what the target counts is also named behind the result."""
    if target is None or target.is_percent or not target.noun:
        return True
    return target.noun in behind.casefold()


def _likely(
    text: str, reached: Sequence[Quantity], target: Quantity | None, words: _TargetWords
) -> tuple[Quantity, ...]:
    """The numbers that may be the result: a total, or what is counted like the target."""
    found = [each for each in reached if target is None or each.is_percent == target.is_percent]
    totals = [
        each
        for each in found
        if words.total.search(text, max(each.span.start - RESPECTIVELY_CHARS, 0), each.span.start)
    ]
    if totals:
        return tuple(totals[-1:])
    if target is not None and target.noun:
        return tuple(each for each in found if each.noun == target.noun) or tuple(found)
    return tuple(found)


@lru_cache(maxsize=8)
def _patterns(code: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    terms = load_language(code).comparisons
    found = []
    for sign, name in ((1, "rose"), (-1, "fell")):
        for term in terms["movements"]:
            places = {
                "verb": rf"(?:{any_of(terms[name])})",
                "gap": _CHANGE + _CLAUSE,
                "first": rf"(?P<first>{_NUMBER})",
                "last": r"(?P<last>(?:[^,.;:，。；：]|(?<=\d)[,.](?=\d)){1,60})",
            }
            pieces = re.split(r"\{(\w+)\}", term)
            pattern = "".join(
                places[piece] if at % 2 else _spaced(piece) for at, piece in enumerate(pieces)
            )
            found.append((sign, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def _spaced(words: str) -> str:
    """Whole words between whatever blanks there are."""
    return rf"\s*(?:{any_of([words.strip()])})\s*" if words.strip() else ""


def movements_of(passages: Iterable[Passage], code: str) -> tuple[Movement, ...]:
    """All sentences that say how something moved from one number to another."""
    words = load_language(code).comparisons["from"]
    mark = re.compile(any_of(words), re.IGNORECASE)
    found: list[Movement] = []
    for passage in passages:
        spoken = passage.kind in SPOKEN
        plain = passage.text.casefold()
        if spoken and any(word in plain for word in words) and mark.search(passage.text):
            found += _movements_in(passage, code)
    return tuple(found)


def _movements_in(passage: Passage, code: str) -> Iterator[Movement]:
    text = folded(passage.text)
    found: dict[Span, list[Movement]] = {}
    for sign, pattern in _patterns(code):
        for match in pattern.finditer(text, passage.body):
            first, last = (
                next(quantities_in(text, *match.span(name), passage.index, code), None)
                for name in ("first", "last")
            )
            if first and last and _are_alike(text, first, last, code):
                span = Span(passage.index, match.start(), last.span.end)
                change = _change(text, match, first, code)
                found.setdefault(first.span, []).append(Movement(span, sign, first, last, change))
    for movements in found.values():
        # A reduction in the growth from 3 to 2: which of the words is meant is not told.
        if len({movement.direction for movement in movements}) == 1:
            yield movements[0]


def _change(text: str, match: re.Match[str], first: Quantity, code: str) -> Quantity | None:
    """By how much something moved: in per cent, or in the unit of its numbers."""
    if not match.groupdict().get("change"):
        return None
    change = next(quantities_in(text, *match.span("change"), first.span.passage, code), None)
    if change is None or change.is_percent:
        return change
    of_money = {text[: each.span.start].endswith("$") for each in (change, first)}
    return change if len(of_money) == 1 and not first.is_percent else None


def _are_alike(text: str, first: Quantity, last: Quantity, code: str) -> bool:
    """Whether both measure the same: dates, grades and different things are not compared."""
    if first.is_percent or last.is_percent:
        return first.is_percent and last.is_percent
    is_money = [text[: each.span.start].endswith("$") for each in (first, last)]
    if any(is_money):
        return all(is_money)
    links = ("", *load_language(code).comparisons["during"])
    return last.noun in links or first.noun in (*links, last.noun)


class _Word(NamedTuple):
    """A word for an increase (+1) or a decrease (-1), or one that sets them off (0)."""

    sign: int
    start: int
    end: int


def offsets_of(
    passages: Sequence[Passage], mentions: Iterable[Mention], code: str
) -> tuple[Offset, ...]:
    """The changes that are said to be offset by another one of the same direction."""
    grammar = grammar_of(code)
    stated: defaultdict[int, list[Span]] = defaultdict(list)
    for each in mentions:
        if each.kind is MentionKind.CHANGE:
            stated[each.span.passage].append(each.span)
    found = []
    for passage in passages:
        plain = passage.text.casefold()
        if passage.kind in SPOKEN and any(word in plain for word in grammar.offsets):
            for first, other in _offsets(passage, grammar, stated[passage.index]):
                places = ((word.start, word.end) for word in (first, other))
                found.append(Offset(*(Span(passage.index, *place) for place in places)))
    return tuple(found)


def _offsets(
    passage: Passage, grammar: Grammar, stated: Sequence[Span]
) -> Iterator[tuple[_Word, _Word]]:
    """What offsets a change that goes the same way: the first of a sentence, or the one before.

    The first one may be that of the whole, and the others its parts.
    """
    text = folded(passage.text)
    sentences = sentences_of(text, passage.body)
    for begin, end in zip(sentences.begins, sentences.ends, strict=True):
        words = [
            _Word(grammar.signs.get(found[0].casefold(), 0), *found.span())
            for found in grammar.words.finditer(text, begin, end)
        ]
        at = next((at for at, word in enumerate(words) if not word.sign), 0)
        other = _offsetting(text, words, at) if at else None
        if other is None:
            continue
        before = words[: words.index(other)]
        if other.start < words[at].start:
            # What stands right before it may offset the whole with it.
            before = before[:1]
        nearest = [w for w in before if any(s.start <= w.start < s.end for s in stated)][-1:]
        for first in (*before[:1], *nearest):
            if first.sign == other.sign:
                yield first, other
                break


def _offsetting(text: str, words: Sequence[_Word], at: int) -> _Word | None:
    """The change that is said to offset another one, in the clause of the word that sets off.

    Ideographs print that word behind it.
    """
    is_behind = _IDEOGRAPH.match(text, words[at].start)
    if is_behind:
        other = words[at - 1] if at > 1 else None
        between = text[other.end : words[at].start] if other else ""
    else:
        other = words[at + 1] if at + 1 < len(words) else None
        between = text[words[at].end : other.start] if other else ""
    stop = _OFFSET_CLAUSE if is_behind else _OFFSET_STOP
    is_one = (
        other is not None
        and other.sign
        and len(between) <= OFFSETTING_CHARS
        and not stop.search(between)
    )
    return other if is_one else None
