"""Tables without a caption: runs of lines that all end in the same number of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.readers.text_numbering import is_numbering
from unbudget_check.readers.text_signs import is_unit
from unbudget_check.readers.text_tables import find_table
from unbudget_check.readers.text_terms import covered, pieces_of
from unbudget_check.readers.text_words import is_year, tail_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_idiom import Idiom
    from unbudget_check.readers.text_pages import Textline
    from unbudget_check.readers.text_signs import Signs
    from unbudget_check.readers.text_tables import Found

_WIDE_GAP = re.compile(r"\S(?: {2,}|\t)\s*(?=\S)")
ENOUGH = 3  # rows with figures
FAR = 20  # leading blanks that put a word over the figures
PAUSE = 3  # lines without figures between two rows
MOST_HEADING_LINES = 24
FIGURES = 2  # in each row


def find_runs(textlines: Sequence[Textline], idiom: Idiom, signs: Signs) -> list[tuple[int, Found]]:
    """The tables among lines of running text: where each begins, and the table."""
    found: list[tuple[int, Found]] = []
    free = 0
    for first, last in _runs(textlines, idiom):
        begin = _begin(textlines, first, free, idiom, signs)
        table = find_table(textlines[begin : last + 1], idiom)
        if table is not None and _is_sure(table):
            found.append((begin, table))
            free = begin + table.taken
    return found


def _runs(textlines: Sequence[Textline], idiom: Idiom) -> list[tuple[int, int]]:
    """First and last lines of runs of labelled rows."""
    runs: list[tuple[int, int]] = []
    counts: list[int] = []
    for at, textline in enumerate(textlines):
        tail = tail_of(textline.text, idiom.style)
        if len(tail) < FIGURES or all(map(is_year, tail)):
            continue
        if not any(map(str.isalpha, textline.text[: tail[0].start])):
            continue
        if runs and at - runs[-1][1] <= PAUSE + 1:
            runs[-1] = (runs[-1][0], at)
            counts[-1] += 1
        else:
            runs.append((at, at))
            counts.append(1)
    return [run for run, count in zip(runs, counts, strict=True) if count >= ENOUGH]


def _begin(textlines: Sequence[Textline], first: int, free: int, idiom: Idiom, signs: Signs) -> int:
    """The first heading line above a run; units and other text are left out."""
    above = textlines[max(free, first - MOST_HEADING_LINES) : first]
    known = covered(above, pieces_of(above, idiom.code))
    begin = first
    for at in range(len(above) - 1, -1, -1):
        textline = above[at]
        tail = tail_of(textline.text, idiom.style)
        is_years = bool(tail) and all(map(is_year, tail))
        if is_unit(textline.bare, signs):
            break
        is_wide = len(_WIDE_GAP.findall(textline.bare)) >= FIGURES
        is_far = len(textline.text) - len(textline.text.lstrip()) >= FAR
        if known[at] or is_years or is_wide or is_far or is_numbering(textline.text):
            begin = first - (len(above) - at)
        elif begin < first:
            break
    return begin


def _is_sure(found: Found) -> bool:
    """Without a caption a table needs headings that fit, or many rows with many figures."""
    if found.columns < FIGURES or found.figured < ENOUGH:
        return False
    return found.is_headed or found.columns > FIGURES or found.figured > ENOUGH
