"""What a formula printed in a heading says, such as (5)=(4)-(3) or (4)=(3)/(1)*100."""

from __future__ import annotations

import re

FORMULA = re.compile(r"\(?\s*([0-9a-z]{1,2})\s*\)?\s*=\s*(.+)", re.IGNORECASE)
_TERM = re.compile(r"\s*([+\-−–]?)\s*\(?\s*([0-9a-z]{1,2})\s*\)?")
_SUM = re.compile(r"(?:\s*(?:^\s*[+\-−–]?|[+\-−–])\s*\(?\s*[0-9a-z]{1,2}\s*\)?)+\s*")
_DIVIDED = re.compile(r"[÷/:∕]")
# Brackets and spaces left out: 3/1, 3/1*100, 3*100/1, 100*3/1.
_QUOTIENT = re.compile(
    r"(?:100[*x×])?(?P<part>[0-9a-z]{1,2})(?:[*x×]100)?[÷/:∕]"
    r"(?P<base>[0-9a-z]{1,2})(?:[*x×]100)?%?",
    re.IGNORECASE,
)


def parse_sum(formula: str) -> list[tuple[int, str]]:
    """Sign and number of each column that is added up, or nothing where it is no sum."""
    right = formula.split("=", 1)[-1]
    if not _SUM.fullmatch(right):
        return []
    return [(-1 if sign in set("-−–") else 1, name) for sign, name in _TERM.findall(right)]


def replace_term(formula: str, name: str, other: str) -> str:
    """The formula with another column in place of one that it adds up."""
    left, right = formula.split("=", 1)
    return f"{left}={re.sub(rf'(?<![0-9a-z]){re.escape(name)}(?![0-9a-z])', other, right, count=1)}"


def parse_quotient(formula: str) -> tuple[str, str] | None:
    """The numbers of the columns of part and base, or None where it is no quotient of two."""
    bare = re.sub(r"[\s()\[\]]", "", formula.split("=", 1)[-1])
    found = _QUOTIENT.fullmatch(bare)
    return (found["part"], found["base"]) if found else None


def is_divided(formula: str) -> bool:
    """Whether the formula divides: then its column is never a sum, down or across."""
    return bool(_DIVIDED.search(formula.split("=", 1)[-1])) if "=" in formula else False
