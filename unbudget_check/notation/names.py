"""How alike two printed names are, which differences say nothing, and what a name adds up."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from unbudget_check.lexicon import normalise

# Shorter words (and, the, of) make no two names alike.
WORD = 4
# An abbreviation or a remark in brackets at the end of a name, and the mark of a footnote.
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_MARK = re.compile(r"(?:\s[a-z]|[*†‡])+$")
# The parts behind the name of a total: (A+B), (1 + 2 + 3).
_ADDED = re.compile(r"[(（]\s*(\w{1,4}(?:\s*\+\s*\w{1,4})+)\s*[)）]")


def without_bracket(text: str) -> str:
    """A name as printed, without the bracket at its end."""
    return _BRACKET.sub("", " ".join(text.split())) or text


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A name without what may vary: case, blanks, hyphens, marks, plurals, a bracket at its end."""
    bare = _MARK.sub("", normalise(text).strip(" .:;,"))
    bare = _BRACKET.sub("", bare).replace("&", " and ")
    # Joined by a hyphen or set apart, with or without a plural, it is the same name.
    words = re.findall(r"[a-z]+|[^\W_a-z]+", bare)
    return "".join(word.removesuffix("s") if word.isascii() else word for word in words)


def is_alike(one: str, other: str, share: tuple[int, int]) -> bool:
    """Whether so large a share of the letters of two names is the same, in the same order."""
    most, whole = share
    enough = most * (len(one) + len(other))
    if 2 * min(len(one), len(other)) * whole < enough:
        return False
    # Letters in any order bound those in the same order, and are counted much faster.
    if 2 * (_letters(one) & _letters(other)).total() * whole < enough:
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) * whole >= enough


@lru_cache(maxsize=4096)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


def shares_word(one: str, other: str) -> bool:
    """Whether two names have a word in common; ideographs are not set apart as words."""
    words = (set(re.findall(rf"[^\W\d_]{{{WORD},}}", normalise(each))) for each in (one, other))
    return not (one.isascii() and other.isascii()) or bool(set.intersection(*words))


def is_part(one: str, other: str) -> bool:
    """Whether one of two names is a part of the other: shortened, or with a word around it."""
    return one in other or other in one


def is_one_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is another, missing or too many."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = one[start:], other[start:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]


def named_parts(label: str) -> tuple[str, ...]:
    """The parts that a label adds up in so many words: A and B of "Direct costs (A+B)"."""
    found = _ADDED.search(label)
    return tuple(re.split(r"\s*\+\s*", found[1])) if found else ()
