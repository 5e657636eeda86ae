"""The lines of a text as printed, without page furniture, and the language they are cut by.

A printed line of text is a *textline* here, because the word for it belongs to budgets.

The language of a text, as far as taking its lines apart needs it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import NumberStyle, load_language
from unbudget_check.profiles import form

if TYPE_CHECKING:
    from collections.abc import Sequence


_ENDS = re.compile(r"\r\n|\r|\n")
_WEB_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+(?:\s+\S{1,12}){0,2}\s*")
# A page number out of all pages, a job number such as 23-05446 (E), a bar code between asterisks.
_JOB = form("job_number")
_PAGE = r"\d{1,4}\s*/\s*\d{1,4}"
_PAGE_MARK = re.compile(rf"\s*(?:{_PAGE}\s+{_JOB}|{_JOB}\s+{_PAGE}|{_JOB}|\*[\d ]{{6,}}\*)\s*")
_PAGE_ONLY = re.compile(rf"\s*(?:{_PAGE}|[-–—]\s*\d{{1,4}}\s*[-–—]|\d{{1,4}})\s*")
_SYMBOL = re.compile(rf"\s*{form('symbol')}\s*")
_OUTLINE = re.compile(r"\s*(?:[A-Z]|[IVX]{1,5}|\d{1,3})\.\s|\s*\([0-9a-z]{1,4}\)\s")
# A number that may differ from page to page; one with a point numbers a table, not a page.
_COUNTED = re.compile(r"(?<![\d.])\d+(?!\.?\d)")
_WIDE_GAP = re.compile(r"\S(?: {2,}|\t)\S")
NEAR_TOP = 60  # printed lines among which a document carries its symbol
BESIDE = 2  # printed lines on either side of a page mark that may be a running header

# How numbers are taken apart where the language is unknown: either mark may be the decimal one.
UNKNOWN_STYLE = NumberStyle(".,", " \u00a0\u202f'’", ("–", "—", "-", "−"), ("n/a",))


@dataclass(frozen=True, slots=True)
class Textline:
    """One printed line: its number in the file (from 1) and its text as it stands.

    ``runs_on`` is true where the text itself shows that its paragraph goes on below, ``closed``
    where it shows that it ends; ``stops`` where a paragraph of running text seems to end;
    ``beside_mark`` next to a page mark.
    """

    number: int
    text: str
    bare: str
    runs_on: bool = False
    closed: bool = False
    stops: bool = True
    beside_mark: bool = False


def printed_lines(text: str) -> tuple[Textline, ...]:
    """The lines that carry the document; blank lines and page furniture are left out."""
    raw = _ENDS.split(text)
    filled = [number for number, line in enumerate(raw) if line.strip()]
    marked = _marked(raw, filled)
    stops = _stops(raw, filled) if not marked else frozenset()
    furniture, beside = _furniture(raw, filled)
    return tuple(
        Textline(
            number + 1,
            raw[number],
            raw[number].strip(),
            runs_on=number in marked and not raw[number][-1].isspace(),
            closed=number in marked and raw[number][-1].isspace(),
            stops=raw[number][-1].isspace() if number in marked else not marked and number in stops,
            beside_mark=number in beside,
        )
        for number in filled
        if number not in furniture
    )


def find_symbol(text: str) -> str | None:
    """The symbol of a document that stands alone near the top."""
    top = [line for line in _ENDS.split(text[:20_000]) if line.strip()][:NEAR_TOP]
    return next((line.strip().rstrip("*") for line in top if _SYMBOL.fullmatch(line)), None)


def has_outline_mark(text: str) -> bool:
    """Whether a text begins with a mark such as A., 1. or (a)."""
    return _OUTLINE.match(text) is not None


def _marked(raw: Sequence[str], filled: Sequence[int]) -> frozenset[int]:
    """The lines whose ends show where a paragraph ends.

    Some programs leave a blank at the end of a paragraph and none where a line is wrapped. A line
    that stands alone shows nothing of it, nor does a stretch of lines without such an end: those
    may be rows of a table. Where most lines are set in columns, they are.
    """
    steps = [after - before for before, after in pairwise(filled)]
    usual = sorted(steps)[len(steps) // 2] if steps else 1  # 2 where every second line is blank
    stretches: list[list[int]] = []
    for number in filled:
        if stretches and number <= stretches[-1][-1] + usual:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    together = [each for each in stretches if len(each) > 1 and not _is_in_columns(raw, each)]
    if not _shows_wrapping([raw[number] for each in together for number in each]):
        return frozenset()
    return frozenset(n for each in together if _ends_some(raw, each) for n in each)


def _is_in_columns(raw: Sequence[str], stretch: Sequence[int]) -> bool:
    """Whether more than half of some lines have wide gaps between their words."""
    return 2 * sum(_WIDE_GAP.search(raw[number]) is not None for number in stretch) > len(stretch)


def _shows_wrapping(lines: Sequence[str]) -> bool:
    """Whether some of these lines end in a blank, neither hardly any nor nearly all."""
    closed = sum(line[-1].isspace() for line in lines)
    return len(lines) < 5 * closed < 5 * len(lines) - len(lines) // 10


def _ends_some(raw: Sequence[str], stretch: Sequence[int]) -> bool:
    """Whether enough lines of a stretch end in a blank for the others to be wrapped."""
    return len(stretch) < 5 * sum(raw[number][-1].isspace() for number in stretch)


def _stops(raw: Sequence[str], filled: Sequence[int]) -> frozenset[int]:
    """The lines that end a paragraph: before a blank line, or short where every second is blank."""
    gaps = {number for number in filled if number + 1 >= len(raw) or not raw[number + 1].strip()}
    # Rows of tables stand apart, too: only where hardly any line follows another is all apart.
    if not filled or 15 * len(gaps) < 14 * len(filled):
        return frozenset(gaps)
    lengths = sorted(len(raw[number].strip()) for number in filled)
    usual = lengths[len(lengths) * 9 // 10]
    return frozenset(n for n in filled if 4 * len(raw[n].strip()) < 3 * usual)


def _furniture(raw: Sequence[str], filled: Sequence[int]) -> tuple[set[int], set[int]]:
    """Numbers of the lines that belong to the page, and of those beside a page mark."""
    furniture = {n for n in filled if _is_furniture(raw[n])}
    marks = [at for at, n in enumerate(filled) if _PAGE_MARK.fullmatch(raw[n]) or "\f" in raw[n]]
    near: dict[int, str] = {}
    for at in marks:
        for other in filled[max(at - BESIDE, 0) : at + BESIDE + 1]:
            if other not in furniture:
                near[other] = _COUNTED.sub("0", raw[other].strip())
    seen = Counter(near.values())
    repeated = {n for n, words in near.items() if seen[words] > 1 and _is_running(words)}
    alone = {n for n in near if _PAGE_ONLY.fullmatch(raw[n])}
    beside = {n for at in marks for n in _neighbours(filled, at, furniture | alone)}
    return furniture | repeated | alone, beside


def _is_furniture(line: str) -> bool:
    head = line.lstrip()[:1]
    if head.isdigit() or head in "*GA-–—" or "-" in line:
        return bool(_PAGE_MARK.fullmatch(line) or _SYMBOL.fullmatch(line))
    return bool(_WEB_ADDRESS.fullmatch(line) or _SYMBOL.fullmatch(line))


def _is_running(words: str) -> bool:
    """A running header is words and hardly a number; rows and outline marks are the text itself."""
    parts = words.split()
    numbers = [part for part in parts if any(map(str.isdigit, part))]
    if not any(map(str.isalpha, words)) or has_outline_mark(words) or len(numbers) > 1:
        return False
    return not any(part.strip("-–—") == "" for part in parts)


def _neighbours(filled: Sequence[int], at: int, furniture: set[int]) -> list[int]:
    """The first printed line before a page mark that is no furniture itself."""
    before = next((n for n in reversed(filled[:at]) if n not in furniture), None)
    return [] if before is None else [before]


@dataclass(frozen=True, slots=True)
class Idiom:
    """The code of the language, if it is known, and how it prints numbers.

    ``subtotals`` are the words for a subtotal; a number that follows counts parts of the table.
    ``notes`` are the letters of the footnotes below the table at hand.
    """

    code: str | None
    style: NumberStyle
    subtotals: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


def idiom_of(code: str | None) -> Idiom:
    """The idiom of a language, or of a text whose language nothing tells."""
    if code is None:
        return Idiom(None, UNKNOWN_STYLE)
    language = load_language(code)
    return Idiom(code, language.numbers, frozenset(language.rows.get("subtotal", ())))
