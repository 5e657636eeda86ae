"""What all code-hosting sites are told alike: stable paths, headlines, safe Markdown text.

Text of a document inside Markdown: it reads as it stands and marks up nothing.
"""

from __future__ import annotations

import posixpath
import re
from itertools import accumulate
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.finding import CONFIDENCES, SEVERITIES
from unbudget_check.reporters.words import place_of, sentence_of, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions


# A stop within a label ends no sentence when the space after it does not break.
_STOP = re.compile(r"\. (?=\S)")
_DRIVE = re.compile(r"[A-Za-z]:/")
NO_BREAK = "\N{NO-BREAK SPACE}"
_NAMES = ("table", "part", "paragraph", "figure", "row", "column", "item", "page")

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
# A formula begins and ends with a dollar; in a span of its own it is a dollar.
DOLLAR = "<span>$</span>"


def open_findings(report: Report) -> list[Finding]:
    """All findings that nobody has accepted yet, the gravest first, then by their numbers.

    Waived and baselined ones are left out, because these sites would show them as open.
    """
    return sorted((each for each in report.findings if each.status == "open"), key=gravity)


def accepted_findings(report: Report) -> list[Finding]:
    """The findings that were waived or known before, in the same order."""
    return sorted((each for each in report.findings if each.status != "open"), key=gravity)


def gravity(finding: Finding) -> tuple[int, int]:
    """A key by which the gravest findings come first, and of these the most certain."""
    severity = SEVERITIES.index(finding.severity)
    return -severity, -CONFIDENCES.index(finding.confidence)


def headline_of(finding: Finding, lang: str) -> str:
    """Where, as an officer says it, then what is wrong, as one text; the place is said once.

    Labels such as "B. Programme" do not end its first sentence, which sites take for a title.
    """
    said, where = sentence_of(finding, capital=False), finding.where
    if any(getattr(where, name) for name in _NAMES):
        said = say(lang, "lists.reason", thing=place_of(where, lang=lang), reason=said)
    for label in map(shown, _labels(where)):
        said = said.replace(label, _STOP.sub(f".{NO_BREAK}", label))
    return said[:1].upper() + said[1:]


def advice_of(finding: Finding, lang: str) -> str:
    """What to do, as a sentence of its own; empty where there is nothing to advise."""
    if not finding.advice:
        return ""
    told = say(lang, "full.labelled", label=say(lang, "full.advice"), text=shown(finding.advice))
    return told[:1].upper() + told[1:]


def _labels(where: Where) -> list[str]:
    return [label for label in (where.row, where.column) if label]


def stable_path(path: str, options: RenderOptions) -> str:
    """A path as the same in every run: forward slashes, seen from the top folder if it lies there.

    A path that is not absolute was named from the folder in which the program ran.
    """
    plain = _normal(path)
    if not (plain.startswith("/") or _DRIVE.match(plain)):
        return posixpath.normpath(posixpath.join(options.folder, plain))
    home = _normal(options.root) if options.root else ""
    if home and PurePosixPath(plain).is_relative_to(home):
        return PurePosixPath(plain).relative_to(home).as_posix()
    return plain


def _normal(path: str) -> str:
    return posixpath.normpath(PureWindowsPath(path).as_posix() if "\\" in path else path)


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
