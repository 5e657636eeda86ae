"""Text of a document inside Markdown: it reads as it stands and marks up nothing."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import say
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSEEN = "&#8203;"  # a space without width: it parts what would otherwise become a link
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = re.compile(r"([\\`*_\[\]|~])")
# At the beginning of a row: lists, rules and headings.
_START = re.compile(r"^([-+=](?=[-+=\s]|$)|\d+(?=[.)](?:\s|$)))")
# Names, issues, addresses and faces are recognised after the text was rendered: "@name", "#12",
# "GH-12", "www.x", "https://x" and ":face:".
_RECOGNISED = re.compile(r"(@|#|://|\bwww(?=\\?\.)|\bGH(?=\\?-)|:(?=\w+:))", re.IGNORECASE)
# A space between two digits belongs to one figure, which no row may split.
_WITHIN_FIGURE = re.compile(r"(?<=\d) (?=\d)")
NO_BREAK = "\N{NO-BREAK SPACE}"
# A formula begins and ends with a dollar; in a span of its own it is a dollar.
DOLLAR = "<span>$</span>"


def in_markdown(text: str) -> str:
    """One row of text with every mark escaped, for a paragraph, a list or a cell."""
    whole = _WITHIN_FIGURE.sub(NO_BREAK, shown(text))
    plain = "".join(_ENTITIES.get(each, each) for each in whole)
    marked = _RECOGNISED.sub(_parted, _MARKS.sub(r"\\\1", plain))
    return _START.sub(_escaped_start, marked).replace("$", DOLLAR)


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}{UNSEEN}" if found[0].isdigit() else f"\\{found[0]}"


def _parted(found: re.Match[str]) -> str:
    said = found[0]
    return f":{UNSEEN}//" if said == "://" else f"{said}{UNSEEN}"


def headings_of(lang: str) -> tuple[str, str]:
    """The first rows of the table that says what was checked, and how far."""
    return f"| {say(lang, 'sites.what')} | {say(lang, 'sites.how_far')} |", "| --- | --- |"


def within(rows: Sequence[str], room: int, lang: str) -> list[str]:
    """As many entries of a list as there is room for, and how many more there are."""
    lengths = accumulate(len(row) + 1 for row in rows)
    kept = [row for row, used in zip(rows, lengths, strict=True) if used <= room]
    missing = len(rows) - len(kept)
    return [*kept, *([f"- {say(lang, 'sites.more', count=missing)}"] if missing else [])]


def fenced(rows: str) -> str:
    """A block that is shown row by row as it stands; no row of it can close the fence."""
    longest = max((len(run) for run in re.findall(r"`+", rows)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{rows}\n{fence}"
