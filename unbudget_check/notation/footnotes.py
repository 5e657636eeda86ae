"""Footnote marks: where a text begins or ends with one, and where one stands alone."""

from __future__ import annotations

import re

from unbudget_check.profiles import form

MARK = form("footnote_mark")
# A footnote begins with its mark or, where that was raised, ends with it after a full stop.
BEGINS = re.compile(rf"({MARK})\s(?=\S)")
ENDS = re.compile(rf"[.)\u3002]\s?({MARK})$")
# A raised mark right behind a word, at the end of a text; a mark that begins a line of a cell.
GLUED = re.compile(rf"[^\W\d_]{{2}}({MARK})$")
ALONE = re.compile(rf"^\W{{0,2}}({MARK})\b", re.MULTILINE)
# Not raised, at the end of a label.
LOOSE = re.compile(rf"\s({MARK})$")
# No form of a mark at the end of a text takes up more characters.
LONGEST_END = 8
TITLE_ENDS = re.compile(rf"(?:[^\W\d_]{{3}}|\d{{4}}|[)\u2e80-\u9fff])\s?({MARK})$")


def at_end(pattern: re.Pattern[str], text: str) -> str:
    """The mark with which a text ends in this form, or ""."""
    found = pattern.search(text, max(len(text) - LONGEST_END, 0))
    return found[1] if found else ""
