"""Footnote marks as documents print them: 25a, 25 a/, 25 1/, 25 (a), 25 [1], 25*, a raised 1."""

from __future__ import annotations

import re

SINGLE = r"(?![lo])[a-z]"  # l and o are digits that a scanner misread
RAISED_DIGITS = r"⁽?[⁰¹²³⁴-⁹]+(?:\s*[,⁾]?\s*[⁰¹²³⁴-⁹]+)*⁾?"
# Marks that are no letters of their own; they stand behind a dash or a currency, too.
_PLAIN = rf"\*{{1,4}}|[†‡§]{{1,3}}|\[[a-z\d]{{1,2}}\]|\(\*{{1,3}}\)|{RAISED_DIGITS}|[ᵃᵇᶜᵈᵉ]"
_BRACKETED = r"\((?:[a-z]|[ivx]{2,4})\)"
MARK = (
    rf"(?:\s*(?:{SINGLE}(?:,\s?{SINGLE})*(?!/)|{_PLAIN}|[a-z]/)"
    rf"|(?:(?<![)）])\s*|\s+){_BRACKETED}|\s+\d{{1,2}}/)"
)
PLAIN_MARK = rf"\s*(?:{_PLAIN}|{_BRACKETED})"
_ALONE = re.compile(rf"{SINGLE}|{_PLAIN}|{_BRACKETED}|[a-z]/|\d{{1,2}}/")


def is_mark(word: str) -> bool:
    """Whether a word that stands alone is the mark of a footnote."""
    return _ALONE.fullmatch(word) is not None


def bare_mark(mark: str) -> str:
    """What a mark points with: a for (a), a/ or a."""
    return mark.strip(" ()[]/⁽⁾")
