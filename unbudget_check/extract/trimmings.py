"""What stands around the digits of a printed figure: currency, per cent signs, footnote marks.

All of it is taken off here, in the usual printed forms, so that only brackets, signs, digits and
their marks remain to be read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from unbudget_check.languages.currencies import CODES, SHORT

_SIGNS = r"\-−–—‑"
_MONEY = "|".join(map(re.escape, sorted((*CODES, *SHORT), key=len, reverse=True)))
# Currency before a figure, behind its sign or bracket, and behind it.
_BEFORE = re.compile(
    rf"^([(\s{_SIGNS}+△▲]*)(?:(?:{_MONEY})\s*\$?|[A-Z]{{0,3}}\$)\s*"
    rf"(?=[\s({_SIGNS}+△▲]*[.,\d]|[{_SIGNS}]$)"
)
_AFTER = re.compile(rf"(?<=[\d)%{_SIGNS}])\s*(?:{_MONEY}|[A-Z]{{0,3}}\$)(?=\s*\)?$)")
# A triangle is the minus of Japanese accounts.
_TRIANGLE = re.compile(r"^([(\s]*)[△▲]\s*(?=[.\d])")
_PER_CENT = re.compile(r"(?<=[\d)])\s*[%٪](?=\s*\)?$)")
_RAISED = re.compile(r"(?<=[\d)%])\s*([⁽]?[⁰¹²³⁴-⁹]+(?:\s*[,⁾]?\s*[⁰¹²³⁴-⁹]+)*⁾?)$")
_SINGLE = r"(?![lo])[a-z]"
_MARK = re.compile(
    rf"""(?<=[\d)%])(?:
        \s*(?:{_SINGLE}(?:,\s?{_SINGLE})*|\*{{1,4}}|[†‡§]{{1,3}})
        |\s*(?:\[[a-z\d]{{1,2}}\]|\(\*{{1,3}}\))
        |(?:(?<!\))\s*\((?:[a-z]|[ivx]{{2,4}})\))
        |(?:\s*[a-z]/|\s+\d{{1,2}}/)
    )$""",
    re.VERBOSE,
)
_MAGNITUDES = frozenset("kKmMbB")


def without_raised(text: str) -> tuple[str, str]:
    """The text without footnote marks in raised digits at its end, and these as plain digits."""
    raised = _RAISED.search(text)
    if raised is None:
        return text, ""
    return text[: raised.start()], unicodedata.normalize("NFKC", raised[1]).strip("() ")


def without_marks(text: str) -> tuple[str, str]:
    """The text without a footnote mark at its end: 25a, 25 (a), 25 a/, 25 [1], 25 1/, 25*."""
    mark = _MARK.search(text)
    if mark is None:
        return text, ""
    return text[: mark.start()].rstrip(), mark[0].strip(" ()[]/")


def without_units(text: str) -> str:
    """The figure without currency on either side and without per cent signs, signs kept."""
    bare = _AFTER.sub("", _BEFORE.sub(r"\1", text, count=1), count=1)
    bare = _PER_CENT.sub("", bare)
    return _TRIANGLE.sub(r"\1-", bare).strip()


def is_magnitude(text: str) -> bool:
    """Whether a letter behind an amount of money, or a capital one, stands for its power of ten."""
    if text[-1:] not in _MAGNITUDES or not text[-2:-1].isdecimal():
        return False
    return text[-1].isupper() or without_units(text[:-1]) != text[:-1]


def plain(text: str) -> str:
    """Full-width forms, foreign digits and every sign of currency as plain ones."""
    if text.isascii():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1024)
def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return "$" if unicodedata.category(character) == "Sc" else character
