"""Sentences by which something rose or fell from one number to another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, folded
from unbudget_check.extract.prose.quantities import quantities_in
from unbudget_check.languages import load_language
from unbudget_check.model.measures import Movement
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.measures import Quantity
    from unbudget_check.model.prose import Passage

_CLAUSE = r"(?:[^,.;:，。；：\d]|(?<=\d)[,.](?=\d)|(?<![\d.,])(?:19|20)\d\d(?!\d)){0,60}?"
# By how much, and of what: a decrease of 46 posts and positions, from ...
_CHANGE = (
    r"(?:(?P<change>[^,.;:，。；：\d]{0,12}\d(?:[\d ,]*\d)?(?!\d)[^,.;:，。；：\d]{0,60})[,，]\s*)?"
)
_NUMBER = r"(?:[^,.;:，。；：]|(?<=\d)[,.](?=\d)){1,60}?"


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
        spoken = passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM)
        plain = passage.text.casefold()
        if spoken and any(word in plain for word in words) and mark.search(passage.text):
            found += _in_passage(passage, code)
    return tuple(found)


def _in_passage(passage: Passage, code: str) -> Iterator[Movement]:
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
