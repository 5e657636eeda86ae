"""What each column is: its heading, year and role, read from the heading rows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.extract.layout import NUMERIC, Layout, is_numbering
from unbudget_check.extract.neighbours import settle_roles
from unbudget_check.languages import load_language, normalise, plain_digits
from unbudget_check.model.facts import Column, ColumnRole, Reading
from unbudget_check.model.formulas import FORMULA, is_divided, parse_quotient

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from unbudget_check.languages import Language

# A year may carry the letter of a footnote: 2024b, 2024 a/.
# A rate in a heading ("Fringe, 32%") says how amounts were reckoned, and makes them no percentages.
_PERCENT = re.compile(r"(?<!\d)(?<!\d\s)%")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:[a-z](?![a-z])/?|\s+[a-z]/(?!\w))?")
_BRACKET = re.compile(r"\(([^()]*)\)$")
# Chance hardly lets so many figures below each other grow by one each.
COUNTED_ROWS = 5
# Concepts that mean the same role wherever they stand.
_ROLES = {
    "expenditure": ColumnRole.EXPENDITURE,
    "technical": ColumnRole.TECHNICAL,
    "mandates": ColumnRole.MANDATES,
    "change": ColumnRole.CHANGE,
    "percentage": ColumnRole.PERCENTAGE,
    "share": ColumnRole.SHARE,
    "subtotal": ColumnRole.SUBTOTAL,
    "total": ColumnRole.TOTAL,
    "number": ColumnRole.NUMBER,
    "page": ColumnRole.TEXT,
    "label": ColumnRole.TEXT,
}


def columns_of(layout: Layout, language: Language) -> tuple[Column, ...]:
    """The columns of a table, left to right, with their roles."""
    heads = _heading_texts(layout)
    columns = [_column(index, texts, layout, language) for index, texts in enumerate(heads)]
    marks = {column.mark for column in columns}
    columns = [_as_quotient(column, marks) for column in columns]
    return settle_roles(columns, lambda heading: _concept(heading, language.code))


def _as_quotient(column: Column, marks: Container[str]) -> Column:
    """A column whose printed formula divides is no amount; the quotient of two is a percentage."""
    if column.role is not ColumnRole.SHARE and is_divided(column.formula):
        names = parse_quotient(column.formula)
        if names and all(name in marks for name in names):
            return replace(column, role=ColumnRole.PERCENTAGE, concept="percentage")
    return column


def _heading_texts(layout: Layout) -> list[list[str]]:
    """The texts over each column from the top down, without repeats; the leaf comes last."""
    heads: list[list[str]] = []
    for column in range(layout.width):
        texts: list[str] = []
        for row in range(layout.body):
            text = layout.spans[row][column]
            if text and text not in texts:
                texts.append(text)
        heads.append(texts)
    return heads


def _column(index: int, texts: Sequence[str], layout: Layout, language: Language) -> Column:
    if index == 0 or not _holds_figures(layout, index):
        role = ColumnRole.LABEL if index == 0 else ColumnRole.TEXT
        return Column(index, " ".join(texts), role)
    marks = [text for text in texts if is_numbering(text)]
    words = [text for text in texts if text not in marks]
    group = words[0] if len(words) > 1 and _is_shared(layout, index, words[0]) else ""
    heading = " ".join(words[1:] if group else words)
    years = _YEAR.findall(plain_digits(heading)) or _YEAR.findall(plain_digits(group))
    formula = next((text for text in texts if "=" in text and FORMULA.search(text)), "")
    mark = _mark(marks, formula)
    concept = "grade" if _is_grade(heading, language) else _concept(heading, language.code)
    concept = concept or _concept(group, language.code)
    if concept == "label" and _covers_stub(layout, words[-1]):
        concept = ""  # a heading of the labels that reaches over the figures names none of these
    if concept != "share" and (_PERCENT.search(heading) or _is_in_per_cent(layout, index)):
        concept = "percentage"
    return Column(
        index,
        heading or group,
        _ROLES.get(concept, ColumnRole.AMOUNT),
        group,
        int(years[0]) if years else None,
        mark,
        formula,
        concept,
    )


def _is_grade(heading: str, language: Language) -> bool:
    """Whether a heading is the name of a grade."""
    bare = normalise(heading)
    return any(bare in terms for terms in language.grades.values())


def _is_in_per_cent(layout: Layout, column: int) -> bool:
    """Whether most figures of a column are printed with a per cent sign."""
    cells = [
        row[column]
        for row, read in zip(
            layout.cells[layout.body :], layout.numerals[layout.body :], strict=True
        )
        if read[column].reading is Reading.FIGURE
    ]
    return sum(cell is not None and "%" in cell.text for cell in cells) * 2 > len(cells)


def _holds_figures(layout: Layout, column: int) -> bool:
    """Whether at least as many cells below the headings hold figures as hold words.

    Numbers that count the rows, or the documents behind them, are no figures.
    """
    readings = [row[column].reading for row in layout.numerals[layout.body :]]
    figures = sum(reading in NUMERIC for reading in readings)
    return (
        figures > 0
        and figures >= sum(reading is Reading.TEXT for reading in readings)
        and not _counts_on(layout, column)
    )


def _counts_on(layout: Layout, column: int) -> bool:
    """Whether each cell of a column is the whole number after the one above it."""
    texts = [row[column].strip() for row in layout.spans[layout.body :]]
    texts = [text for text in texts if text]
    if len(texts) < COUNTED_ROWS or not all(text.isdecimal() for text in texts):
        return False
    return all(int(above) + 1 == int(below) for above, below in pairwise(texts))


def _is_shared(layout: Layout, index: int, text: str) -> bool:
    """Whether a heading covers a neighbouring column, too: then it names a group."""
    neighbours = [index - 1, index + 1]
    return any(
        0 < other < layout.width and layout.spans[row][other] == text
        for row in range(layout.body)
        for other in neighbours
    )


def _covers_stub(layout: Layout, text: str) -> bool:
    """Whether a heading stands over the labels, too."""
    return any(layout.spans[row][0] == text for row in range(layout.body))


def _mark(marks: Sequence[str], formula: str) -> str:
    found = FORMULA.search(formula)
    if found:
        return found[1]
    return re.sub(r"\W", "", marks[0]) if marks else ""


@lru_cache(maxsize=4096)
def _concept(heading: str, code: str) -> str:
    """The concept whose printed term fits best: the whole heading, else its longest term.

    A unit of percentages, in a bracket or beside a word for change, makes it a percentage.
    """
    language = load_language(code)
    bare = normalise(FORMULA.sub("", _YEAR.sub(" ", heading)))
    bare = bare.strip(" .:*-–")
    found = _whole(bare, language)
    bracket = None if found else _BRACKET.search(bare)
    if bracket:
        found = _whole(bare[: bracket.start()].strip(), language)
        if found != "share" and bracket[1].strip() in _percent(language):
            return "percentage"
    found = found or _longest(bare, language)
    if found == "change" and any(_contains(bare, term) for term in _percent(language)):
        return "percentage"
    return found


def _whole(text: str, language: Language) -> str:
    """The concept of which the text is a term."""
    return next((concept for concept, terms in language.columns.items() if text in terms), "")


def _longest(text: str, language: Language) -> str:
    """The concept whose term is the longest in the text."""
    best, length = "", 0
    for concept, terms in language.columns.items():
        for term in terms:
            if len(term) > length and len(term) > 1 and _contains(text, term):
                best, length = concept, len(term)
    return best


def _percent(language: Language) -> list[str]:
    """The printed names of per cent."""
    units = [term for unit in language.units if unit.kind == "percentage" for term in unit.terms]
    return [*units, *language.columns.get("percentage", ())]


def _contains(text: str, term: str) -> bool:
    at = text.find(term)
    if at < 0:
        return False
    before, after = text[at - 1 : at], text[at + len(term) : at + len(term) + 1]
    wordlike = term[0].isascii() and term[0].isalpha()
    return not wordlike or not (before.isalpha() or after.isalpha())
