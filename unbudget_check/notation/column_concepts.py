"""Which concept of a column a heading names: expenditure, change, percentage, in any language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.notation.column_numbers import FORMULA
from unbudget_check.notation.years import YEAR_OR_SPAN

if TYPE_CHECKING:
    from unbudget_check.lexicon import Language

# A year may carry the letter of a footnote: 2024b, 2024 a/.
_YEAR = re.compile(rf"(?<!\d){YEAR_OR_SPAN}(?!\d)(?:[a-z](?![a-z])/?|\s+[a-z]/(?!\w))?")
BRACKETED = re.compile(r"\([^()]*\)")
_BRACKET_BEHIND = re.compile(r"\(([^()]*)\)$")


@cache
def terms_of(code: str | None) -> tuple[dict[str, str], re.Pattern[str]]:
    """Every term of a column without blanks -> its concept, and a pattern, longest term first."""
    if code is None:
        return {}, re.compile(r"(?!)")
    concepts: dict[str, str] = {}
    for concept, terms in load_language(code).columns.items():
        for term in terms:
            concepts.setdefault("".join(term.split()), concept)
    longest = sorted(concepts, key=len, reverse=True)
    return concepts, re.compile("|".join(map(re.escape, longest)))


def concept_named(heading: str, code: str | None) -> str:
    """The concept of which a whole heading is a term, years and brackets apart; "" for none."""
    bare = _bare(heading)
    return _whole(bare, code) or _whole(BRACKETED.sub("", bare), code)


@lru_cache(maxsize=4096)
def concept_of(heading: str, code: str) -> str:
    """The concept whose printed term fits best: the whole heading, else its longest term.

    A unit of percentages, in a bracket or beside a word for change, makes it a percentage.
    """
    language = load_language(code)
    bare = _bare(heading)
    found = _whole(bare, code)
    bracket = None if found else _BRACKET_BEHIND.search(bare)
    if bracket:
        found = _whole(bare[: bracket.start()], code)
        if found != "share" and bracket[1].strip() in _percent(language):
            return "percentage"
    found = found or _longest(bare, language)
    if found == "change" and any(_contains(bare, term) for term in _percent(language)):
        return "percentage"
    return found


def _bare(heading: str) -> str:
    return normalise(FORMULA.sub("", _YEAR.sub(" ", heading))).strip(" .:*-–")


def _whole(text: str, code: str | None) -> str:
    """The concept of which the text is a term, wherever blanks stand in it."""
    return terms_of(code)[0].get("".join(text.split()), "")


def _longest(text: str, language: Language) -> str:
    """The concept whose term is the longest in the text."""
    best, length = "", 0
    for concept, terms in language.columns.items():
        for term in terms:
            if len(term) > length and len(term) > 1 and _contains(text, term):
                best, length = concept, len(term)
    return best


def _percent(language: Language) -> list[str]:
    """The printed names of per cent."""
    units = [term for unit in language.units if unit.kind == "percentage" for term in unit.terms]
    return [*units, *language.columns.get("percentage", ())]


def _contains(text: str, term: str) -> bool:
    at = text.find(term)
    if at < 0:
        return False
    before, after = text[at - 1 : at], text[at + len(term) : at + len(term) + 1]
    wordlike = term[0].isascii() and term[0].isalpha()
    return not wordlike or not (before.isalpha() or after.isalpha())
