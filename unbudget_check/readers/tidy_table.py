"""The items of a data file as one table, printed: headings, indented items, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.document import Block, Cell, Paragraph, Table
from unbudget_check.readers.grid import Entry, cell_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.readers.source import TidyMapping
    from unbudget_check.readers.tidy_sheet import DataSheet, Item


class PrintedRow(NamedTuple):
    """One row of the printed table: its label, how far it is set in, and the item, if any."""

    label: str
    indent: int
    row: int
    item: Item | None


def tidy_blocks(
    sheet: DataSheet, title: str, items: Sequence[Item], mapping: TidyMapping
) -> list[Block]:
    """Title and unit, where the mapping gives them, and the table of these items."""
    above = [text for text in (title, mapping.unit) if text]
    address = sheet.grid.place(items[0].row, 0)
    line = sheet.grid.line(items[0].row)
    blocks: list[Block] = [Paragraph(text, address, line) for text in above]
    measures = _measures(items, mapping)
    printed = list(_printed_rows(items, mapping))
    rows = [_heading(sheet, measures, items, mapping)]
    rows.extend(
        _cells(sheet, number, row, measures, mapping) for number, row in enumerate(printed, 1)
    )
    blocks.append(Table(tuple(rows), len(measures) + 1, address, sheet=sheet.grid.sheet))
    return blocks


def _measures(items: Sequence[Item], mapping: TidyMapping) -> list[str]:
    """The measures in the order of the mapping, or else in the order of the file."""
    if mapping.measures:
        return list(mapping.measures)
    return list(dict.fromkeys(measure for item in items for measure in item.figures))


def _printed_rows(items: Sequence[Item], mapping: TidyMapping) -> Iterator[PrintedRow]:
    """The rows of the table; in a hierarchy with a heading wherever a group begins."""
    totals = {text.casefold() for text in mapping.totals}
    opened: tuple[str, ...] = ()
    for item in items:
        if not mapping.hierarchy:
            yield PrintedRow(" ".join(filter(None, item.labels)), 0, item.row, item)
            continue
        depth = _depth(item, totals)
        group = item.labels[: min(depth, len(item.labels) - 1)]
        # A blank below a level makes the row that level's own: it stands for the heading.
        is_own = 0 < depth < len(item.labels) and not item.labels[depth]
        headed = group[:-1] if is_own and opened[:depth] != group else group
        for level, label in enumerate(headed):
            if opened[: level + 1] != group[: level + 1]:
                yield PrintedRow(label, level, item.row, None)
        opened = group
        yield _item_row(item, depth, is_own=is_own)


def _depth(item: Item, totals: set[str]) -> int:
    """How many levels of labels say something, before a blank or the word for a total."""
    for level, label in enumerate(item.labels):
        if not label or label.casefold() in totals:
            return level
    return len(item.labels)


def _item_row(item: Item, depth: int, *, is_own: bool) -> PrintedRow:
    if depth == len(item.labels):
        return PrintedRow(item.labels[-1], depth - 1, item.row, item)
    if is_own:
        return PrintedRow(item.labels[depth - 1], depth - 1, item.row, item)
    # "Total" alone would not say of what once it is quoted in a finding.
    label = ", ".join(filter(None, (item.labels[depth], *item.labels[:depth][-1:])))
    return PrintedRow(label, max(depth - 1, 0), item.row, item)


def _heading(
    sheet: DataSheet, measures: Sequence[str], items: Sequence[Item], mapping: TidyMapping
) -> tuple[Cell, ...]:
    """The heading row: the name of the innermost labels, then the measures."""
    names = mapping.labels[-1] if mapping.hierarchy else " ".join(mapping.labels)
    texts = [names, *measures]
    address = sheet.grid.place(sheet.head, sheet.columns[mapping.labels[-1]])
    line = sheet.grid.line(sheet.head)
    if mapping.measure:
        # Here the measures stand in the rows, and each has its first row as address.
        address = sheet.grid.place(items[0].row, sheet.columns[mapping.measure])
        line = sheet.grid.line(items[0].row)
    return tuple(
        Cell(text, 0, column, address=address, line=line) for column, text in enumerate(texts)
    )


def _cells(
    sheet: DataSheet,
    number: int,
    printed: PrintedRow,
    measures: Sequence[str],
    mapping: TidyMapping,
) -> tuple[Cell, ...]:
    home = sheet.columns[mapping.labels[-1]]
    label = Entry(home, printed.label, indent=printed.indent)
    cells = [_moved(sheet, label, printed.row, (number, 0))]
    figures = printed.item.figures if printed.item else {}
    for column, measure in enumerate(measures, 1):
        blank = Entry(sheet.columns.get(measure, home), "")
        row, entry = figures.get(measure, (printed.row, blank))
        cells.append(_moved(sheet, entry, row, (number, column)))
    return tuple(cells)


def _moved(sheet: DataSheet, entry: Entry, row: int, target: tuple[int, int]) -> Cell:
    """An entry at its place in the printed table, with its address in the file."""
    single = entry._replace(rows=1, columns=1)
    corner = (row - target[0], entry.column - target[1])
    return cell_of(single, sheet.grid, row, corner)
