"""Amounts broken down right behind them: in one bracket, in a list (a), (b), in a clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import folded, grammar_of
from unbudget_check.model.number import comparable
from unbudget_check.model.prose import Explanation, MentionKind, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.extract.vector import Vector
    from unbudget_check.model.prose import Mention, Passage

# One part is no breakdown.
FEWEST = 2
# So near behind an amount stands the word that begins its breakdown.
NEAR = 60
# A longer bracket breaks nothing down: one of its ends was lost.
LONGEST = 2_000
_WHOLES = (MentionKind.LEVEL, MentionKind.AMOUNT)
_PARTS = (MentionKind.PART, MentionKind.AMOUNT)
_MARKER = re.compile(r"(?<![\w(])\(([a-z])\)\s")
_BRACKET = re.compile(r"[()]")
_OPENING = re.compile(r"\s*\(")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Parts = list[int]


def listings_of(
    passages: Sequence[Passage], mentions: Sequence[Mention], vector: Vector, code: str
) -> Iterator[Explanation]:
    """Every breakdown of an amount within its own passage, in reading order."""
    listed: defaultdict[int, Parts] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if mention.kind in (*_WHOLES, *_PARTS) and not mention.rounded:
            listed[mention.span.passage].append(at)
    for passage, found in listed.items():
        text = folded(passages[passage].text)
        for whole, parts in _broken_down(text, found, mentions, vector, code):
            if len(parts) >= FEWEST:
                yield Explanation(whole, tuple((at, 1) for at in parts), Whole.PARTS)


def _broken_down(
    text: str, found: Parts, mentions: Sequence[Mention], vector: Vector, code: str
) -> Iterator[tuple[int, Parts]]:
    """(Amount, its parts) of one passage, in every form that is found."""
    wholes = [at for at in found if mentions[at].kind in _WHOLES]
    closings = _closings(text) if wholes else {}
    for at in wholes:
        start = mentions[at].span.end
        opening = _OPENING.match(text, start)
        end = closings.get(opening.end() - 1, 0) if opening else 0
        inside = text[start:end]
        parts = _between(found, mentions, start, end)
        if parts and not _YEAR.search(inside) and _are_smaller(at, parts, mentions, vector):
            yield at, parts
    if wholes:
        yield wholes[0], _in_list(text, found, mentions, wholes[0])
        yield wholes[0], _in_clause(text, found, mentions, wholes[0], code)


def _closings(text: str) -> dict[int, int]:
    """Bracket that opens -> where it closes; one that stays open for too long is left out."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened and bracket.start() - (opening := opened.pop()) <= LONGEST:
            closings[opening] = bracket.start()
    return closings


def _between(found: Parts, mentions: Sequence[Mention], start: int, end: int) -> Parts:
    """The mentions of a passage, in reading order, that begin within a piece of its text."""
    first = bisect_left(found, start, key=lambda at: mentions[at].span.start)
    within = takewhile(lambda at: mentions[at].span.start < end, islice(found, first, None))
    return list(within)


def _in_list(text: str, found: Parts, mentions: Sequence[Mention], whole: int) -> Parts:
    """The amounts in brackets of a list (a), (b), (c), if each of its items has one."""
    begin = mentions[whole].span.end
    starts = [match.start() for match in _MARKER.finditer(text, begin)]
    marks = [match[1] for match in _MARKER.finditer(text, begin)]
    if marks != [chr(ord("a") + n) for n in range(len(marks))] or len(marks) < FEWEST:
        return []
    ends = [*starts[1:], len(text)]
    items = [
        [
            at
            for at in _between(found, mentions, start, end)
            if mentions[at].kind is MentionKind.PART
        ]
        for start, end in zip(starts, ends, strict=True)
    ]
    return [at for item in items for at in item] if all(items) else []


def _in_clause(
    text: str, found: Parts, mentions: Sequence[Mention], whole: int, code: str
) -> Parts:
    """The amounts in brackets of the sentence, behind a word that begins a breakdown."""
    begin = mentions[whole].span.end
    word = grammar_of(code).comprising.search(text, begin, begin + NEAR)
    if word is None:
        return []
    return [
        at
        for at in found
        if mentions[at].kind is MentionKind.PART
        and mentions[at].span.start > word.end()
        and mentions[at].sentence == mentions[whole].sentence
    ]


def _are_smaller(whole: int, parts: Parts, mentions: Sequence[Mention], vector: Vector) -> bool:
    """Whether each part is less than the whole: amounts to compare with it are no parts."""
    amounts = [comparable(vector.numbers[mentions[at].figure]) for at in (whole, *parts)]
    return all(amount < amounts[0] for amount in amounts[1:])
