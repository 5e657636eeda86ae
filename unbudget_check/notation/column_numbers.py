"""Column numbers under headings, (1) (2) (3), and the formulas printed there: (5)=(4)-(3).

The row of column numbers that some tables print under their headings: (1) (2) (3)=(2)-(1).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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

_MARK = r"(?:\((?:\d{1,2}|[a-z])\)|\d{1,2})"
_ITEM = re.compile(
    rf"(?P<mark>{_MARK})(?:\s*=\s*{_MARK}(?:\s*[-–−+/÷×x*]\s*(?:{_MARK}|100))*)?(?!\S)"
)
_CELL = re.compile(r"\(?\s*(\d{1,2}|[a-z])\s*\)?(\s*=.*)?")
FEWEST_COLUMN_NUMBERS = 2


def parse_sum(formula: str) -> list[tuple[int, str]]:
    """Sign and number of each column that is added up, or nothing where it is no sum."""
    right = formula.split("=", 1)[-1]
    if not _SUM.fullmatch(right):
        return []
    return [(-1 if sign in set("-−–") else 1, name) for sign, name in _TERM.findall(right)]


def replace_terms(formula: str, others: Mapping[str, str]) -> str:
    """The formula with other columns in place of some that it adds up."""
    left, right = formula.split("=", 1)
    names = "|".join(map(re.escape, others))
    found = re.sub(rf"(?<![0-9a-z])(?:{names})(?![0-9a-z])", lambda name: others[name[0]], right)
    return f"{left}={found}"


def parse_quotient(formula: str) -> tuple[str, str] | None:
    """The numbers of the columns of part and base, or None where it is no quotient of two."""
    bare = re.sub(r"[\s()\[\]]", "", formula.split("=", 1)[-1])
    found = _QUOTIENT.fullmatch(bare)
    return (found["part"], found["base"]) if found else None


def is_divided(formula: str) -> bool:
    """Whether the formula divides: then its column is never a sum, down or across."""
    return bool(_DIVIDED.search(formula.split("=", 1)[-1])) if "=" in formula else False


def label_before(text: str) -> str:
    """What stands before the column numbers of a line, such as the heading of the labels."""
    found = _ITEM.search(text)
    return text[: found.start()] if found else text


def numbering_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The column numbers and formulas that heading lines print, in order; () where they do not."""
    items = [found[0] for found in _ITEM.finditer(" ".join(texts))]
    if len(items) < FEWEST_COLUMN_NUMBERS or not _counts_up(items):
        return ()
    return tuple(items)


def is_column_number(text: str) -> bool:
    """Whether a cell numbers its column, such as (3), (b) or (5)=(4)-(3)."""
    return _CELL.fullmatch(text.strip()) is not None


def is_numbering_row(texts: Sequence[str], label: str = "") -> bool:
    """Whether the cells of a row number its columns: (1) (2) (3)=(2)-(1), counting up.

    Beside a ``label`` in words only with brackets or formulas: posts of 1 and 2 beside a grade are
    amounts, and so is a negative amount alone.
    """
    filled = [text.strip() for text in texts if text.strip()]
    found = [match for text in filled if (match := _CELL.fullmatch(text))]
    if not filled or len(found) < len(filled):
        return False
    if len(filled) > 1 and any(match[2] for match in found):
        return True  # however the columns are counted
    is_bracketed = all(text.startswith("(") for text in filled)
    is_worded = bool(label.strip()) and not is_column_number(label)
    if len(filled) == 1 or is_worded:
        return is_bracketed and (len(filled) > FEWEST_COLUMN_NUMBERS or not is_worded)
    counts = [int(match[1]) for match in found if match[1].isdigit()]
    return len(counts) < len(filled) or all(b == a + 1 for a, b in pairwise(counts))


def is_numbering(text: str) -> bool:
    """Whether a printed line holds column numbers and formulas, after a label at most."""
    bare = text.strip()
    items = list(_ITEM.finditer(bare))
    if not items or _ITEM.sub("", bare[items[0].start() :]).strip():
        return False
    if items[0].start() and not (
        len(items) > FEWEST_COLUMN_NUMBERS and bare[items[0].start()] == "("
    ):
        return False
    is_bracketed = all(item["mark"].startswith("(") or "=" in item[0] for item in items)
    if not is_bracketed and (len(items) <= FEWEST_COLUMN_NUMBERS or _place(items[0][0]) != 1):
        return False
    return _counts_up([item[0] for item in items])


def _counts_up(items: Sequence[str]) -> bool:
    places = [_place(item) for item in items]
    return all(b == a + 1 for a, b in pairwise(places))


def _place(item: str) -> int:
    """The number that a mark such as (3) or (c) stands for."""
    found = re.match(r"\(?(\d+|[a-z])", item)
    mark = found[1] if found else "0"
    return int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
