"""Lists of grades in a cell: "1 D-2, 4 D-1 and 10 P-5" as counts with their grades."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.languages import Language

# A list of fewer grades may be a remark on single posts.
FEWEST = 2


def read_grade_list(text: str, language: Language) -> tuple[tuple[str, int], ...]:
    """(grade, count) in printed order, or nothing where the text says more than a list."""
    bare = normalise(text).rstrip(" .。;")
    if not bare[:1].isdigit():
        return ()
    item, rest = _patterns(language.code)
    found = [(match["grade"], int(match["count"])) for match in item.finditer(bare)]
    if len(found) < FEWEST or rest.sub("", item.sub("", bare)).strip():
        return ()
    names = _names(language.grades)
    return tuple((names[re.sub(r"\s", "", grade)], count) for grade, count in found)


def _names(grades: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {re.sub(r"\s", "", term): grade for grade, terms in grades.items() for term in terms}


@lru_cache(maxsize=8)
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One item of a list, and what may stand between items."""
    language = load_language(code)
    terms = sorted({t for found in language.grades.values() for t in found}, key=len, reverse=True)
    # Blanks may be missing, or stand before a bracket.
    printed = (re.escape(term).replace(r"\ ", r"\s*").replace(r"\(", r"\s*\(") for term in terms)
    grade = "|".join(printed)
    counters = "|".join(map(re.escape, language.lists["counter"]))
    between = rf"\s*(?:{counters})?\s*" if counters else r"\s*"
    separators = "|".join(map(re.escape, language.lists["separator"]))
    item = re.compile(
        rf"(?P<count>\d{{1,5}}){between}(?P<grade>{grade})(?![a-z\d/-])\s*(?:[a-z](?!\w))?"
    )
    return item, re.compile(rf"(?:{separators}|\s)+")
