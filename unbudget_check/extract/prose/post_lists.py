"""The grades that a sentence lists behind a number of posts, each at its own place.

In brackets (2 P-4 and 1 P-3), without numbers where there is one of each (P-4, P-3), behind words
such as "comprising", or behind a colon, each behind a title: Legal Officer (P-4); Judge (D-1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, grammar_of
from unbudget_check.languages import load_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# One grade without its number may be a remark on any number of posts.
FEWEST = 2
# Entries that are not one list may be parts of another number, unless no more is missing of it.
FAR = 4
_BRACKET = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_STOP = re.compile(r"[.;]\s|[\u3002\uff1b]|\Z")
_DIGIT = re.compile(r"\d")
_HYPHENS = "[-\u2010\u2011\u2013]"


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list: its grade, how many, and where that is said."""

    grade: str
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    item: re.Pattern[str]
    between: re.Pattern[str]
    comprising: re.Pattern[str]
    titled: re.Pattern[str]
    counted: re.Pattern[str]
    numerals: Mapping[str, int]
    names: Mapping[str, str]


def listed_behind(text: str, at: int, code: str, stated: int) -> tuple[Listed, ...]:
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
            return _in_places(text, *bracket.span(1), patterns, stated)
        listed = _complete(found)
        return _with_rest(text, bracket.end(), patterns, stated, listed) if listed else ()
    if lead := patterns.comprising.match(text, at):
        found, _ = _items(text, lead.end(), len(text), patterns)
        return _complete(found) if len(found) >= FEWEST else ()
    titles = _titles(text, at, patterns) if text[at : at + 1] == ":" else []
    return _complete(titles) if len(titles) >= FEWEST else ()


def _in_places(
    text: str, start: int, end: int, patterns: _Patterns, stated: int
) -> tuple[Listed, ...]:
    """The entries of a bracket with words between them, such as 1 P-5 in one place and 2 P-3.

    Nothing where any other figure stands among them, or where they are far from what is stated.
    """
    rest = patterns.counted.sub("", text[start:end])
    found = [_entry(each, patterns)[0] for each in patterns.counted.finditer(text, start, end)]
    missed = abs(stated - sum(each.count for each in found))
    is_list = len(found) >= FEWEST and not _DIGIT.search(rest) and missed * FAR <= stated
    return tuple(found) if is_list else ()


def _with_rest(
    text: str, at: int, patterns: _Patterns, stated: int, listed: tuple[Listed, ...]
) -> tuple[Listed, ...]:
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
    text: str, start: int, end: int, patterns: _Patterns
) -> tuple[list[tuple[Listed, bool]], int]:
    """Entries one after another, each with whether its number is printed, and where they end."""
    found: list[tuple[Listed, bool]] = []
    at = start
    while match := patterns.item.match(text, at, end):
        found.append(_entry(match, patterns))
        at = match.end()
        if (joint := patterns.between.match(text, at, end)) is None:
            break
        at = joint.end()
    return found, at


def _entry(match: re.Match[str], patterns: _Patterns) -> tuple[Listed, bool]:
    said, grade = match["count"], patterns.names[_bare(match["grade"])]
    place = match.span("count" if said else "grade")
    return Listed(grade, _number(said, patterns), *place), bool(said)


def _titles(text: str, at: int, patterns: _Patterns) -> list[tuple[Listed, bool]]:
    """Titles with their grades in brackets, as far as they go on behind a colon."""
    found: list[tuple[Listed, bool]] = []
    at += 1
    while match := patterns.titled.match(text, at):
        found.append((_entry(match, patterns)[0], True))
        at = match.end()
        if match["stop"] != ";":
            break
    return found


def _complete(found: Sequence[tuple[Listed, bool]]) -> tuple[Listed, ...]:
    """The entries, if each has a number, or several have none: then each is one post."""
    counted = [is_counted for _, is_counted in found]
    if all(counted) or (not any(counted) and len(found) >= FEWEST):
        return tuple(each for each, _ in found)
    return ()


def _number(said: str | None, patterns: _Patterns) -> int:
    if not said:
        return 1
    return patterns.numerals.get(said.casefold()) or int(said)


def _bare(grade: str) -> str:
    return re.sub(r"\s", "", re.sub(_HYPHENS, "-", grade)).casefold()


@lru_cache(maxsize=8)
def _patterns(code: str) -> _Patterns:
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
    return _Patterns(
        re.compile(rf"\s*(?:{count}{words})?{grade}{mark}\s*", flags),
        re.compile(rf"\s*(?:(?:{joints})\s*)+", flags),
        re.compile(rf"\s*,?\s*(?:{any_of(language.prose['comprising'])})\s*", flags),
        re.compile(
            rf"\s*(?:(?:{joints})\s+)?(?:{count})?[^\d;:.()]{{3,120}}\(\s*{grade}\s*\)"
            r"\s*(?P<stop>[;.]|\Z)",
            flags,
        ),
        re.compile(rf"(?<![\w.,-]){count}{grade}", flags),
        grammar.numerals,
        names,
    )
