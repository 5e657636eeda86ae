"""Which concept of a column a heading names, by the terms that the language file lists."""

from __future__ import annotations

import re
from functools import cache

from unbudget_check.languages import load_language, normalise

YEAR = re.compile(r"(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?")
BRACKETED = re.compile(r"\([^()]*\)")


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


def concept_of(text: str, code: str | None) -> str:
    """The concept of a column that a whole heading names, years and brackets apart."""
    concepts, _ = terms_of(code)
    plain = "".join(normalise(text).split())
    bare = YEAR.sub("", plain).strip(".:*-–")
    for words in (plain, bare, BRACKETED.sub("", bare)):
        if words in concepts:
            return concepts[words]
    return ""


def year_in(text: str) -> str:
    """The first year in a heading, if it has one."""
    found = YEAR.search(text)
    return found[0] if found else ""
