"""Which character separates the cells of a data file: comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from unbudget_check.notation.figures import looks_like_figure

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200
# The first line by which spreadsheet programs are told the separator.
DECLARED = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)


def find_delimiter(text: str, preferred: str = ",") -> str:
    """The delimiter under which most cells are whole figures and rows have the same length.

    ``preferred`` is the one that the file's name promises; it wins where all do equally well.
    """
    declared = DECLARED.match(text)
    if declared:
        return declared.group(1)
    sample = _sample(text)
    ranked = sorted(DELIMITERS, key=lambda mark: mark != preferred)
    return max(ranked, key=lambda mark: _score(sample, mark))


def tightened(text: str, delimiter: str) -> str:
    """The text without the blanks around quotation marks, which open and close cells all the same.

    Only files that are written so are changed: elsewhere blanks at the beginning set labels in.
    """
    mark = re.escape(delimiter)
    if not re.search(rf'{mark} +"', text):
        return text
    return re.sub(rf'(?<={mark}) +(?=")|(?<=") +(?={mark}|\r?\n|\Z)', "", text)


def _sample(text: str) -> str:
    """The first rows of a text."""
    end = 0
    for _ in range(SAMPLE_ROWS):
        following = text.find("\n", end)
        if following < 0:
            return text
        end = following + 1
    return text[:end]


def _score(sample: str, delimiter: str) -> tuple[int, float]:
    """How well a delimiter explains a text: whole figures, then how alike its rows are.

    Under the wrong delimiter figures lie in pieces, and pieces of text hold another delimiter.
    """
    others = [mark for mark in DELIMITERS if mark != delimiter]
    widths: Counter[int] = Counter()
    points = 0
    try:
        stream = io.StringIO(tightened(sample, delimiter), newline="")
        for row in csv.reader(stream, delimiter=delimiter):
            cells = [cell for cell in row if cell.strip()]
            if len(row) > 1:
                widths[len(row)] += 1
                points += sum(_point(cell, others) for cell in cells)
            elif cells:
                widths[1] += 1
    except csv.Error:
        return (0, 0.0)
    split = [count for width, count in widths.items() if width > 1]
    return points, max(split, default=0) / max(sum(widths.values()), 1)


def _point(cell: str, others: list[str]) -> int:
    if looks_like_figure(cell):
        return 1
    return -1 if any(mark in cell for mark in others) else 0
