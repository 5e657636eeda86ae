"""Where the cells of a worksheet stand in its part, and the edits that give them another format."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.readers.grid import column_letters
from unbudget_check.reporters.office.markup import Edit, with_attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unbudget_check.reporters.office.markup import Markup

    Restyle = Callable[[int], int]

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
LETTERS = 26


@dataclass(slots=True)
class Grid:
    """The rows and cells of a worksheet that have an element, by their places."""

    markup: Markup
    data: int = -1
    rows: dict[int, int] = field(default_factory=dict)
    cells: dict[tuple[int, int], int] = field(default_factory=dict)


def place_of_reference(reference: str) -> tuple[int, int] | None:
    """The row and the column of ``F12``, from 0; None where it is no single cell."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def reference_of(place: tuple[int, int]) -> str:
    """How a spreadsheet writes a place: ``F12``."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def grid_of(markup: Markup) -> Grid:
    """The rows and cells of a worksheet; those that do not name their place follow one another."""
    grid = Grid(markup)
    row = column = -1
    for number, element in enumerate(markup.elements):
        if element.local == "sheetData" and element.parent == 0:
            grid.data = number
        elif element.local == "row" and element.parent == grid.data >= 0:
            said = markup.attributes(element).get("r", "")
            row, column = int(said) - 1 if said.isdigit() else row + 1, -1
            grid.rows[row] = number
        elif element.local == "c" and element.parent == grid.rows.get(row, -1):
            place = place_of_reference(markup.attributes(element).get("r", ""))
            column = place[1] if place else column + 1
            grid.cells[row, column] = number
    return grid


def restyled(grid: Grid, places: Iterable[tuple[tuple[int, int], Restyle]]) -> Iterator[Edit]:
    """The edits that give cells another format; ``Restyle`` turns the old one into the new one.

    A cell that has no element yet gets one, and so does its row.
    """
    markup = grid.markup
    missing: dict[int, list[tuple[int, Restyle]]] = {}
    for place, restyle in sorted(places, key=lambda each: each[0]):
        number = grid.cells.get(place)
        if number is None:
            missing.setdefault(place[0], []).append((place[1], restyle))
            continue
        element = markup.elements[number]
        tag = markup.text[element.start : element.inside]
        style = restyle(_style(markup.attributes(element).get("s")))
        yield Edit(element.start, element.inside, with_attribute(tag, "s", str(style)))
    new_rows = {row: cells for row, cells in missing.items() if row not in grid.rows}
    for row, cells in missing.items():
        if row in grid.rows:
            yield from _new_cells(grid, row, cells)
    yield from _new_rows(grid, new_rows)


def _style(said: str | None) -> int:
    return int(said) if said and said.isdigit() else 0


def _new_cells(grid: Grid, row: int, cells: Iterable[tuple[int, Restyle]]) -> Iterator[Edit]:
    """New cells of a row that is there, each before the first one to its right."""
    markup, element = grid.markup, grid.markup.elements[grid.rows[row]]
    there = sorted(column for at, column in grid.cells if at == row)
    style = _style(markup.attributes(element).get("s"))
    last = []
    for column, restyle in cells:
        text = _cell(element.prefix, (row, column), restyle(style))
        at = bisect_right(there, column)
        if at == len(there):
            last.append(text)
        else:
            start = markup.elements[grid.cells[row, there[at]]].start
            yield Edit(start, start, text)
    if last:
        yield markup.appended(element, "".join(last))


def _new_rows(grid: Grid, rows: dict[int, list[tuple[int, Restyle]]]) -> Iterator[Edit]:
    """New rows, each before the first one below it."""
    if not rows:
        return
    markup, data = grid.markup, grid.markup.elements[grid.data]
    there = sorted(grid.rows)
    last = []
    for row, cells in rows.items():
        inside = "".join(_cell(data.prefix, (row, column), restyle(0)) for column, restyle in cells)
        text = f'<{data.prefix}row r="{row + 1}">{inside}</{data.prefix}row>'
        at = bisect_right(there, row)
        if at == len(there):
            last.append(text)
        else:
            start = markup.elements[grid.rows[there[at]]].start
            yield Edit(start, start, text)
    if last:
        yield markup.appended(data, "".join(last))


def _cell(prefix: str, place: tuple[int, int], style: int) -> str:
    return f'<{prefix}c r="{reference_of(place)}" s="{style}"/>'
