"""What the rows of a sheet look like, before a language is known: figures, headings, captions."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import language_codes, load_language, normalise
from unbudget_check.model.document import Flaw
from unbudget_check.notation.figures import is_amount, looks_like_figure
from unbudget_check.notation.years import is_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.grid.cells import GridCell

SENTENCE = 40  # characters; what is longer is no heading of a column
NUMBERING = re.compile(r"\(?\s*(\d{1,2}|[a-z])\s*\)?(\s*=.*)?")
NUMBERED = 2  # columns, at least, in a row that numbers its columns


def amounts(row: Sequence[GridCell], first: int) -> list[int]:
    """The columns of a row that hold amounts, beside the label in column ``first``."""
    return [entry.column for entry in row if entry.column > first and is_amount_entry(entry)]


def is_amount_entry(entry: GridCell) -> bool:
    """Whether a cell holds a figure, is the dash for nil or a formula that has no result yet."""
    if entry.number is not None:
        return not is_year(entry.text)
    return entry.flaw is Flaw.UNCALCULATED or is_amount(entry.text)


def is_figure_row(row: Sequence[GridCell], first: int) -> bool:
    """Whether a row holds amounts and does not merely number its columns."""
    return bool(amounts(row, first)) and not is_numbering_row(row, first)


def is_numbering_row(row: Sequence[GridCell], first: int) -> bool:
    """(1) (2) (3)=(2)-(1), counting up; beside a label in words only with brackets or formulas.

    Posts of 1 and 2 beside a grade are amounts.
    """
    texts = [entry.text.strip() for entry in row if entry.column > first and entry.text.strip()]
    if len(texts) < NUMBERED or not NUMBERING.fullmatch(texts[-1]):
        return False
    found = [match for text in texts if (match := NUMBERING.fullmatch(text))]
    if len(found) < len(texts):
        return False
    if any(match[2] for match in found):
        return True
    label = "".join(entry.text.strip() for entry in row if entry.column <= first)
    if label and not NUMBERING.fullmatch(label):
        bracketed = all(text.startswith("(") for text in texts)
        if not bracketed or len(texts) == NUMBERED:
            return False
    counts = [int(match[1]) for match in found if match[1].isdigit()]
    return len(counts) < len(texts) or all(
        after == before + 1 for before, after in pairwise(counts)
    )


def caption_of(row: Sequence[GridCell]) -> str:
    """The caption that a row prints (its number may have a cell of its own), or nothing."""
    texts = [entry.text.strip() for entry in row]
    short = len(texts) == 1 or (len(texts) == NUMBERED and not is_amount(texts[1]))
    joined = " ".join(texts)
    return joined if short and _caption_pattern().match(normalise(joined)) else ""


@cache
def _caption_pattern() -> re.Pattern[str]:
    """The words for a table in all languages, followed by a printed number."""
    words = {word for code in language_codes() for word in load_language(code).captions["table"]}
    joined = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:{joined})\s*(?:[a-z]{{1,3}}[.-])?(?:\d|[ivx]+\b)[^。]*[^.。;]?$")


def is_note(row: Sequence[GridCell], first: int) -> bool:
    """Whether a row below the figures is a note: one text, or a mark and a long text."""
    if amounts(row, first) or any(looks_like_figure(entry.text) for entry in row):
        return False
    return len(row) == 1 or (len(row) == NUMBERED and len(row[1].text) > SENTENCE)
