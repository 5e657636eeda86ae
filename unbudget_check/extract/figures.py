"""The figures of one table, numbered for the document's vector; lists of grades included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.extract.grade_lists import read_grade_list
from unbudget_check.extract.layout import NUMERIC
from unbudget_check.extract.units import is_count
from unbudget_check.model.document import Flaw
from unbudget_check.model.facts import (
    BLANK,
    UNCALCULATED,
    UNREAD,
    WORDS,
    Column,
    ColumnRole,
    GradeList,
    Numeral,
    Reading,
    TableFacts,
)
from unbudget_check.model.number import Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.languages import Language
    from unbudget_check.model.document import Cell

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDY = (ColumnRole.LABEL, ColumnRole.TEXT)


@dataclass(slots=True)
class Numbering:
    """The figures of a table: value, whether it is a count, and (row, column, item) of each."""

    first: int
    numbers: list[Number] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, number: Number, place: tuple[int, int, int], *, counted: bool) -> int:
        """Take up one more figure and give it its number in the document's vector."""
        self.numbers.append(number)
        self.counts.append(counted)
        self.places.append(place)
        return self.first + len(self.numbers) - 1


def number_figures(
    facts: TableFacts, first: int, language: Language
) -> tuple[TableFacts, Numbering]:
    """The table with its grid of figure numbers, counting from ``first``, and its grade lists."""
    numbering = Numbering(first)
    grid = tuple(
        tuple(_number(facts, numbering, r, column) for column in facts.columns)
        for r in range(len(facts.rows))
    )
    lists = tuple(_numbered(found, numbering) for found in _grade_lists(facts, grid, language))
    return replace(facts, grid=grid, lists=lists), numbering


def _number(facts: TableFacts, numbering: Numbering, row: int, column: Column) -> int:
    numeral = facts.numerals[row][column.index]
    if column.role in _WORDY:
        return BLANK
    if numeral.reading in NUMERIC and numeral.number is not None:
        # What is rounded to noughts was not counted one by one.
        counted = is_count(facts.rows[row], column, numeral.number)
        return numbering.add(numeral.number, (row, column.index, 0), counted=counted)
    return _absence(facts.cells[row][column.index], numeral)


def _absence(cell: Cell | None, numeral: Numeral) -> int:
    """Why a cell holds no figure: a blank, a formula without a value, or words."""
    if cell is not None and cell.flaw is Flaw.UNCALCULATED:
        return UNCALCULATED
    if numeral.reading is Reading.BLANK:
        return BLANK
    text = cell.text.strip() if cell is not None else ""
    # A single letter, such as x or F, stands for a figure that is withheld.
    hides = len(text) == 1 or any(map(str.isdigit, text))
    return UNREAD if hides and numeral.reading is Reading.TEXT else WORDS


def _grade_lists(
    facts: TableFacts, grid: Sequence[Sequence[int]], language: Language
) -> Iterator[tuple[GradeList, tuple[tuple[str, int], ...]]]:
    """Cells of words that list posts by grade, beside the one number that they explain."""
    wordy = [column.index for column in facts.columns if column.role is ColumnRole.TEXT]
    for r, row in enumerate(facts.rows):
        beside = [number for number in grid[r] if number >= 0]
        year = _YEAR.search(row.label)
        for column in wordy if len(beside) == 1 else ():
            cell = facts.cells[r][column]
            stated = read_grade_list(cell.text, language) if cell is not None else ()
            if stated:
                yield GradeList(r, column, beside[0], (), int(year[0]) if year else None), stated


def _numbered(
    found: tuple[GradeList, tuple[tuple[str, int], ...]], numbering: Numbering
) -> GradeList:
    """The list with a figure number for each of its counts."""
    place, stated = found
    items = tuple(
        (grade, numbering.add(Number(count), (place.row, place.column, item), counted=True))
        for item, (grade, count) in enumerate(stated, 1)
    )
    return replace(place, items=items)
