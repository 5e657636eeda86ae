"""The rows of a data file under their column names, and the items that they describe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.readers.grid import Entry, Grid
    from unbudget_check.readers.source import TidyMapping

HEAD_WITHIN = 50  # rows in which the heading row must stand; titles may stand above it


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A sheet of data: ``head`` is its heading row, ``columns`` where each named column stands."""

    grid: Grid
    head: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its labels, the row that names it first, and (row, entry) of each measure."""

    labels: tuple[str, ...]
    row: int
    figures: dict[str, tuple[int, Entry]] = field(default_factory=dict)


def data_sheet(grid: Grid, mapping: TidyMapping) -> DataSheet:
    """The sheet with the heading row that names the mapped columns, or else its first row."""
    wanted = set(needed_columns(mapping))
    heads = [index for index, row in enumerate(grid.rows[:HEAD_WITHIN]) if row]
    named = (i for i in heads if wanted <= {entry.text for entry in grid.rows[i]})
    head = next(named, next(iter(heads), 0))
    columns: dict[str, int] = {}
    for entry in grid.rows[head] if grid.rows else ():
        columns.setdefault(entry.text, entry.column)
    return DataSheet(grid, head, columns)


def needed_columns(mapping: TidyMapping) -> list[str]:
    """Every column that a mapping names, once."""
    names = [mapping.table, *mapping.labels, mapping.measure, *_figure_columns(mapping)]
    return list(dict.fromkeys(name for name in names if name))


def _figure_columns(mapping: TidyMapping) -> tuple[str, ...]:
    return (mapping.value,) if mapping.value else mapping.measures


def data_rows(sheet: DataSheet) -> Iterator[tuple[int, dict[int, Entry]]]:
    """(Row number, entries by column) of every row below the headings that is not blank."""
    for row in range(sheet.head + 1, len(sheet.grid.rows)):
        if sheet.grid.rows[row]:
            yield row, {entry.column: entry for entry in sheet.grid.rows[row]}


def items_of(sheet: DataSheet, mapping: TidyMapping) -> dict[str, list[Item]]:
    """The items of each table, in the order of the file; the key is the table's name.

    Rows with a blank label and rows that repeat an earlier one are left out: the schema of the
    file complains about each of them.
    """
    tables: dict[str, dict[tuple[str, ...], Item]] = {}
    for row, entries in data_rows(sheet):
        table = _text(sheet, entries, mapping.table)
        labels = tuple(_text(sheet, entries, name) for name in mapping.labels)
        asked = labels[:1] if mapping.hierarchy else labels
        if not all(asked) or (mapping.table and not table):
            continue
        items = tables.setdefault(table, {})
        item = items.get(labels)
        if item is not None and not mapping.measure:
            continue
        if item is None:
            item = items[labels] = Item(labels, row)
        for measure, entry in _figures(sheet, entries, mapping):
            item.figures.setdefault(measure, (row, entry))
    return {table: list(items.values()) for table, items in tables.items()}


def _figures(
    sheet: DataSheet, entries: Mapping[int, Entry], mapping: TidyMapping
) -> Iterator[tuple[str, Entry]]:
    """(Measure, entry) of every figure in a row."""
    if mapping.measure and mapping.value:
        measure = _text(sheet, entries, mapping.measure)
        pairs = [(measure, sheet.columns[mapping.value])] if measure else []
    else:
        pairs = [(name, sheet.columns[name]) for name in _figure_columns(mapping)]
    for measure, column in pairs:
        if column in entries:
            yield measure, entries[column]


def _text(sheet: DataSheet, entries: Mapping[int, Entry], name: str | None) -> str:
    """The text of a row in a named column, or nothing."""
    entry = entries.get(sheet.columns[name]) if name else None
    return entry.text if entry else ""
