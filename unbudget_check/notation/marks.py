"""Footnote marks as documents print them: 25a, 25 a/, 25 1/, 25 (a), 25 [1], 25*, a raised 1.

Behind a figure many forms are a mark; in running text only those of the profiles are, where a text
begins or ends with one, or where one stands alone.
"""

from __future__ import annotations

import re

from unbudget_check.profiles import form

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

TEXT_MARK = form("footnote_mark")
# A footnote begins with its mark or, where that was raised, ends with it after a full stop.
BEGINS = re.compile(rf"({TEXT_MARK})\s(?=\S)")
ENDS = re.compile(rf"[.)\u3002]\s?({TEXT_MARK})$")
# A raised mark right behind a word, at the end of a text; a mark that begins a line of a cell.
GLUED = re.compile(rf"[^\W\d_]{{2}}({TEXT_MARK})$")
LINE_BEGINS = re.compile(rf"^\W{{0,2}}({TEXT_MARK})\b", re.MULTILINE)
# Not raised, at the end of a label.
LOOSE = re.compile(rf"\s({TEXT_MARK})$")
TITLE_ENDS = re.compile(rf"(?:[^\W\d_]{{3}}|\d{{4}}|[)\u2e80-\u9fff])\s?({TEXT_MARK})$")
# No form of a mark at the end of a text takes up more characters.
LONGEST_END_CHARS = 8


def mark_at_end(pattern: re.Pattern[str], text: str) -> str:
    """The mark with which a text ends in this form, or ""."""
    found = pattern.search(text, max(len(text) - LONGEST_END_CHARS, 0))
    return found[1] if found else ""


def is_mark(word: str) -> bool:
    """Whether a word that stands alone is the mark of a footnote."""
    return _ALONE.fullmatch(word) is not None


def bare_mark(mark: str) -> str:
    """What a mark points with: a for (a), a/ or a."""
    return mark.strip(" ()[]/⁽⁾")
