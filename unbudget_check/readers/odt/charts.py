"""The charts of an OpenDocument text as tables: the values that they keep, as their labels show.

Source: OpenDocument 1.3 part 3, 11. A chart keeps a table of its own; each series names the cells
of its values, and its points may have styles and labels of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.readers.display import show, stored_number
from unbudget_check.readers.elements import attribute, local_name, text_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from unbudget_check.model.number import Number

# Series whose points have two coordinates: they draw lines and marks, not figures of categories.
DRAWN_ONLY = ("chart:scatter", "chart:bubble")
MOST_POINTS = 10_000  # nobody draws more points
_RANGE = re.compile(r".*?\.?\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*?\.?\$?[A-Z]{1,3}\$?(\d{1,7}))?")
_CONDITION = re.compile(r"value\(\)\s*(>=|<=|!=|=|>|<)\s*(-?\d{1,9}(?:\.\d{1,9})?)")
GENERAL = "General"
_NUMBER_STYLES = ("number-style", "percentage-style", "currency-style", "text-style")


@dataclass(slots=True)
class _Formats:
    """Which number style a style of the chart names, and those styles themselves."""

    named: dict[str, str] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)

    def code(self, style: str, value: Number) -> str:
        """The number format for a value, as workbooks write it."""
        name = self.named.get(style, "")
        element = self.styles.get(name)
        for each in element if element is not None else ():
            condition = _CONDITION.fullmatch(attribute(each, "condition"))
            if local_name(each) == "map" and condition and _holds(value, condition):
                element = self.styles.get(attribute(each, "apply-style-name"), element)
                break
        return GENERAL if element is None else _code(element)


def chart_table(root: etree._Element, address: str) -> Table | None:
    """What a chart draws: categories in the first column; None where an object is no chart."""
    chart = next((each for each in root.iter() if local_name(each) == "chart"), None)
    if chart is None:
        return None
    grid = _grid(chart)
    formats = _formats(root)
    series = [
        each
        for each in chart.iter()
        if local_name(each) == "series" and attribute(each, "class") not in DRAWN_ONLY
    ]
    columns = [column for each in series if (column := _column(each, grid, formats))]
    if not columns:
        return None
    first, last = min(c.first for c in columns), max(c.first + len(c.texts) for c in columns)
    heads = ["", *(column.name for column in columns)]
    rows = [tuple(Cell(text, 0, at, address=address) for at, text in enumerate(heads))]
    for row in range(first, min(last, first + MOST_POINTS)):
        number = len(rows)
        label = Cell(_at(grid, row, 0), number, 0, address=f"{address}#{row}")
        drawn = []
        for at, column in enumerate(columns, 1):
            place = row - column.first
            known = 0 <= place < len(column.texts)
            text, value = column.texts[place] if known else ("", "")
            drawn.append(Cell(text, number, at, address=f"{address}#{at}.{row}", drawn=value))
        if label.text or any(cell.text for cell in drawn):
            rows.append((label, *drawn))
    return Table(tuple(rows), len(heads), address, chart=True)


@dataclass(frozen=True, slots=True)
class _Series:
    """A series: its name, the row of its first value, and what is shown and drawn for each."""

    name: str
    first: int
    texts: tuple[tuple[str, str], ...]


def _column(series: etree._Element, grid: list[list[str]], formats: _Formats) -> _Series | None:
    match = _RANGE.fullmatch(attribute(series, "values-cell-range-address"))
    if match is None:
        return None
    column, first = _letters(match[1]), int(match[2]) - 1
    last = min(int(match[3] or match[2]), len(grid))
    named = _RANGE.fullmatch(attribute(series, "label-cell-address"))
    name = _at(grid, int(named[2]) - 1, _letters(named[1])) if named else ""
    style = attribute(series, "style-name")
    points = dict(_points(series))
    texts = []
    for row in range(first, last):
        own, label = points.get(row - first, ("", ""))
        value = stored_number(_at(grid, row, column))
        shown = ""
        if value is not None:
            shown = show(value, formats.code(own if own in formats.named else style, value)).text
        is_own = bool(label) and "".join(label.replace(",", "").split()) != shown
        texts.append((label, shown) if is_own else (label or shown, ""))
    return _Series(name, first, tuple(texts))


def _points(series: etree._Element) -> Iterator[tuple[int, tuple[str, str]]]:
    """By place the style of a point and the label that somebody typed over its value."""
    at = 0
    for point in series:
        if local_name(point) != "data-point":
            continue
        labels = (text_of(each) for each in point if local_name(each) == "data-label")
        found = attribute(point, "style-name"), next(labels, "")
        for _ in range(whole(attribute(point, "repeated"), 1, MOST_POINTS)):
            if any(found):
                yield at, found
            at += 1


def _grid(chart: etree._Element) -> list[list[str]]:
    """The table that a chart keeps: values in plain digits, texts as they stand."""
    grid = []
    for row in (each for each in chart.iter() if local_name(each) == "table-row"):
        cells: list[str] = []
        for cell in (each for each in row if local_name(each) == "table-cell"):
            text = attribute(cell, "value") or text_of(cell)
            cells += [text] * whole(attribute(cell, "number-columns-repeated"), 1, MOST_POINTS)
        grid.append(cells)
    return grid


def _at(grid: list[list[str]], row: int, column: int) -> str:
    if not (0 <= row < len(grid) and 0 <= column < len(grid[row])):
        return ""
    text = grid[row][column]
    return "" if text == "NaN" else text


def _letters(name: str) -> int:
    column = 0
    for letter in name:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


def _formats(root: etree._Element) -> _Formats:
    found = _Formats()
    for each in root.iter():
        local = local_name(each)
        if local == "style" and attribute(each, "data-style-name"):
            found.named[attribute(each, "name")] = attribute(each, "data-style-name")
        elif local in _NUMBER_STYLES:
            found.styles[attribute(each, "name")] = each
    return found


def _holds(value: Number, condition: re.Match[str]) -> bool:
    other = stored_number(condition[2])
    if other is None:
        return False
    least = min(value.exponent, other.exponent)
    one, two = (each.units * 10 ** (each.exponent - least) for each in (value, other))
    held = {">": one > two, "<": one < two, "=": one == two}
    found = held | {">=": one >= two, "<=": one <= two, "!=": one != two}
    return bool(found[condition[1]])


def _code(style: etree._Element) -> str:
    """A number style as the format code of a workbook."""
    code = ""
    for each in style:
        local = local_name(each)
        if local == "number":
            places = whole(attribute(each, "decimal-places") or "none", -1, 20)
            if places < 0:
                return GENERAL
            zero = attribute(each, "decimal-places") == "0"
            unit = "#" if attribute(each, "min-integer-digits") == "0" else "0"
            code += unit if zero else f"{unit}.{'0' * places}"  # no signs between groups
        elif local in ("text", "currency-symbol"):
            text = "".join(map(str, each.itertext()))
            code += text if text.strip() == "%" else '"' + text.replace('"', "") + '"'
    return code or GENERAL
