"""Tables of a number and what it is made of, such as posts and a list of grades.

The list runs over several lines and is itself full of figures, so only the number before it is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.document import Cell, Table
from unbudget_check.notation.figures import WordKind, kind_of
from unbudget_check.notation.years import is_year
from unbudget_check.readers.text.heading_lines import read_headings
from unbudget_check.readers.text.rows import join_lines, wraps
from unbudget_check.readers.text.tables import FoundTable
from unbudget_check.readers.text.words import LONGEST_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text.heading_lines import Headings
    from unbudget_check.readers.text.pages import Idiom, Textline

MOST_HEADING_LINES = 12
FEWEST_LISTS_UNHEADED = 2  # rows with lists, where no heading announces them
LONGEST_LABEL = 80  # characters in one line; more is a sentence
COLUMNS = 3  # label, number, details
_ONE_FORM = str.maketrans("（）\u2010\u2011", "()--")


@dataclass(slots=True)
class _Row:
    """One row while it is put together; ``number`` is where its number begins and ends."""

    label: list[Textline]
    label_end: int  # the label ends here in its last line; -1 for the whole line
    textline: Textline
    number: tuple[int, int]
    details: list[str] = field(default_factory=list)
    last: Textline | None = None


def find_list(textlines: Sequence[Textline], idiom: Idiom) -> FoundTable | None:
    """The table of numbers and lists in a stretch of lines; None where there is none."""
    if idiom.code is None:
        return None
    grades = _counted_grades(idiom.code)
    texts = [textline.text.translate(_ONE_FORM) for textline in textlines]
    if not any(map(grades.search, texts)) or max(map(len, texts)) > LONGEST_ROW:
        return None
    first = next(
        (at for at, t in enumerate(textlines) if _row_in(t, grades, idiom, has_label=False)),
        None,
    )
    if first is None or first > MOST_HEADING_LINES:
        return None
    headings = read_headings(textlines[:first], idiom.code, is_labelled=True)
    rows, taken = _rows(textlines[headings.begin :], grades, idiom)
    is_headed = any(
        [leaf.concept for leaf in reading.leaves] == ["number", "details"]
        for reading in headings.readings
    )
    if not rows or not _are_lists(rows, grades, is_headed=is_headed):
        return None
    table = _table(rows, headings)
    return FoundTable(table, headings.begin + taken, headings, is_headed, len(rows), COLUMNS - 1)


def _are_lists(rows: Sequence[_Row], grades: re.Pattern[str], *, is_headed: bool) -> bool:
    """Whether the details are lists of grades; without headings all must be, after short labels."""
    if is_headed:
        return any(grades.search(detail) for row in rows for detail in row.details)
    lists = [
        row for row in rows if row.details and grades.match(row.details[0].translate(_ONE_FORM))
    ]
    long_labels = any(len(part.bare) > LONGEST_LABEL for row in rows for part in row.label[:-1])
    return len(lists) >= FEWEST_LISTS_UNHEADED and 2 * len(lists) >= len(rows) and not long_labels


@cache
def _counted_grades(code: str) -> re.Pattern[str]:
    """A count and a grade, as a list of grades prints them."""
    counters = "|".join(map(re.escape, load_language(code).lists.get("counter", ()))) or "(?!)"
    return re.compile(
        rf"(?<![\w.-])\d{{1,5}}\s*(?:{counters})?\s*{_grade(code).pattern}", re.IGNORECASE
    )


@cache
def _grade(code: str) -> re.Pattern[str]:
    """A grade alone, as it stands where a list goes on in the next line."""
    grades = load_language(code).grades.values()
    terms = sorted({term for terms in grades for term in terms}, key=len, reverse=True)
    names = "|".join(re.escape(term).replace(r"\ ", r"\s*") for term in terms)
    return re.compile(rf"(?:{names})(?![A-Za-z])", re.IGNORECASE)


def _rows(
    textlines: Sequence[Textline], grades: re.Pattern[str], idiom: Idiom
) -> tuple[list[_Row], int]:
    """The rows in order, and how many of the lines they take."""
    rows: list[_Row] = []
    waiting: list[Textline] = []
    taken = 0
    for at, textline in enumerate(textlines):
        row = _row_in(textline, grades, idiom, has_label=bool(waiting))
        if row is None and rows and not waiting and _goes_on(rows[-1], textline, idiom):
            rows[-1].details.append(textline.bare)
            rows[-1].last = textline
            taken = at + 1
        elif row is None:
            waiting.append(textline)
        else:
            row.label = [*waiting, *row.label]
            rows.append(row)
            waiting = []
            taken = at + 1
    return rows, taken


def _row_in(
    textline: Textline, grades: re.Pattern[str], idiom: Idiom, *, has_label: bool
) -> _Row | None:
    """The row that a line begins: a label, a number or dash, and details after it."""
    text = textline.text.translate(_ONE_FORM)
    found = grades.search(text)
    end = found.start() if found else len(text)
    for start, stop in _runs(text[:end], idiom):
        label = text[:start].strip()
        details = textline.text[stop:].strip()
        is_dash = not any(map(str.isdigit, text[start:stop]))
        if not (label or has_label or is_dash) or not (details or found):
            continue
        own = [textline] if label else []
        return _Row(own, start if label else -1, textline, (start, stop), [details], textline)
    return None


def _runs(text: str, idiom: Idiom) -> list[tuple[int, int]]:
    """The figures among the words before the list; a year that ends a label is none."""
    runs: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text):
        kind = kind_of(word[0], idiom.style)
        if kind not in (WordKind.FIGURE, WordKind.NIL):
            continue
        goes_on = runs and not text[runs[-1][1] : word.start()].strip()
        if goes_on and is_year(text[slice(*runs[-1])]):
            runs.pop()
        elif goes_on and re.fullmatch(r"\d{3}\)?", word[0]):
            runs[-1] = (runs[-1][0], word.end())
            continue
        runs.append((word.start(), word.end()))
    return runs


def _goes_on(row: _Row, textline: Textline, idiom: Idiom) -> bool:
    """Whether a line without a number of its own goes on with the details of the row above."""
    if idiom.code is None or (row.last is not None and wraps(row.last, textline)):
        return idiom.code is not None
    begins = textline.bare.translate(_ONE_FORM)
    patterns = (_grade(idiom.code), _counted_grades(idiom.code))
    return any(pattern.match(begins) for pattern in patterns)


def _table(rows: Sequence[_Row], headings: Headings) -> Table:
    heading = next((h for h in headings.readings if len(h.leaves) == COLUMNS - 1), None)
    cells: list[tuple[Cell, ...]] = []
    if heading is not None:
        texts = [heading.label, *(" ".join(leaf.texts) for leaf in heading.leaves)]
        number = headings.textlines[0].number
        cells.append(tuple(Cell(text, 0, at, line=number) for at, text in enumerate(texts)))
    for row in rows:
        cells.append(_cells(row, len(cells)))
    first, last = rows[0].textline.number, (rows[-1].last or rows[-1].textline).number
    return Table(tuple(cells), COLUMNS, f"lines {first}-{last}")


def _cells(row: _Row, at: int) -> tuple[Cell, ...]:
    texts = [textline.text for textline in row.label]
    if row.label_end >= 0:
        texts[-1] = texts[-1][: row.label_end]
    start, stop = row.number
    number = row.textline.number
    place = f"line {number}, {start + 1}-{stop}"
    head = row.label[0].number if row.label else number
    return (
        Cell(join_lines(texts), at, 0, address=f"line {head}", line=head),
        Cell(row.textline.text[start:stop], at, 1, address=place, line=number),
        Cell(join_lines(row.details), at, 2, address=f"line {number}", line=number),
    )
