"""Which texts a spreadsheet would run as a formula, and how they are made harmless."""

from __future__ import annotations

import re

from unbudget_check.reporters.words import visible

# Spreadsheets take a cell that begins so for a formula; in East Asian ones the wide signs, too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_FIGURE = re.compile(r"[+-]?[\d\s.,]*\d")
# Where a semicolon parts the cells, as in much of Europe, what follows one begins a cell, too.
_LATER = re.compile(r"(;[\s\"']*)(?=[=+\-@＝＋－＠])")


def defused(text: str) -> str:
    """A text of a document, with an apostrophe before what would be a formula; figures stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # alone it would end a row, unquoted
    if not text.isprintable():
        text = "".join(each if each in "\n\t" else visible(each) for each in text)
    text = _LATER.sub(r"\1'", text)
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text
