"""Turns an example of a rule, written as text, into a document that can be checked.

How an example is written, row by row:

* ``Posts | 1 234.5 | –`` is a table row; nothing between two bars is an empty cell;
* ``Changes<5>`` is a cell merged over five columns;
* ``25^a`` is a figure with the footnote mark a, set as a superscript;
* ``12.5 {=B2+B3}`` is the stored result of a formula: its table is a sheet that begins at A1;
* ``12.5 {12.46}`` there is a figure that is stored with more digits than it shows;
* ``'12.5`` is a figure that a workbook holds as text, ``=`` a formula that was never calculated;
* ``---`` begins a new table, ``¶ (2) Extrabudgetary`` is a paragraph between two tables;
* ``--- chart`` begins a chart: categories, and the values of one series in each further column;
* ``450 [350]`` is a label of a chart that was typed over the value 350;
* ``! row 7: the amount is missing`` is a complaint of the reader about a row of a data file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.model.document import (
    Cell,
    Document,
    Flaw,
    Paragraph,
    Table,
    Worksheet,
    Worksheets,
)
from unbudget_check.model.message import Message
from unbudget_check.model.number import exact, number_of
from unbudget_check.worksheet.grammar import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.model.document import Block, Place
    from unbudget_check.rulebook.rule import Example

SHEET = "Sheet{}"
NEW_TABLE, CHART, PARAGRAPH, COMPLAINT = "---", "--- chart", "¶ ", "! "
TYPED = re.compile(r"(.*\S)\s*\[(\S+)\]")
MERGED = re.compile(r"<(\d+)>$")
FORMULA = re.compile(r"\s*\{=(.+)\}$")
STORED = re.compile(r"\s*\{(\d+\.\d+)\}$")
FIGURE = re.compile(r"(\(?)(\d[\d ]*(?:\.\d+)?)(\)?)(%?)")
MARKS = re.compile(r"\^(\S+)$")


def document_of(example: Example) -> Document:
    """The document that an example describes: its lines above, its tables, its paragraphs.

    Raises UserError where the rows of a table are not equally wide.
    """
    rows = [row.strip() for row in example.table.splitlines() if row.strip()]
    above = tuple(
        Paragraph(text, f"above {number}") for number, text in enumerate(example.before, start=1)
    )
    printed = [row for row in rows if not row.startswith(COMPLAINT)]
    complaints = (row.removeprefix(COMPLAINT) for row in rows if row.startswith(COMPLAINT))
    return Document(
        path=example.what,
        blocks=(*above, *_blocks(printed)),
        language=example.language,
        complaints=tuple(_complaint(text) for text in complaints),
        worksheets=Worksheets(tuple(_sheets(printed))),
    )


def _complaint(text: str) -> tuple[str, Message]:
    place, _, complaint = text.partition(": ")
    return place, Message(complaint)


def _blocks(rows: Sequence[str]) -> Iterator[Block]:
    table: list[str] = []
    tables, chart = 0, False
    for number, row in enumerate([*rows, NEW_TABLE], start=1):
        if row not in (NEW_TABLE, CHART) and not row.startswith(PARAGRAPH):
            table.append(row)
            continue
        if table:
            tables += 1
            yield _chart(_table(table, tables)) if chart else _table(table, tables)
            table = []
        chart = row == CHART
        if row.startswith(PARAGRAPH):
            yield Paragraph(row.removeprefix(PARAGRAPH), f"row {number}")


def _chart(table: Table) -> Table:
    """The table as a chart, its typed labels apart from the values."""
    return replace(
        table,
        rows=tuple(
            tuple(
                replace(cell, text=typed[1], drawn=typed[2])
                if (typed := TYPED.fullmatch(cell.text))
                else cell
                for cell in row
            )
            for row in table.rows
        ),
        chart=True,
    )


def _sheets(rows: Sequence[str]) -> Iterator[Worksheet]:
    """What the tables with formulas store, each as a sheet of its own."""
    tables: list[list[str]] = [[]]
    for row in rows:
        if row in (NEW_TABLE, CHART) or row.startswith(PARAGRAPH):
            tables += [[]] if tables[-1] else []
        else:
            tables[-1].append(row)
    for number, table in enumerate(tables, start=1):
        if any("{=" in row for row in table):
            yield _sheet(table, number)


def _sheet(rows: Sequence[str], number: int) -> Worksheet:
    formulas: dict[Place, str] = {}
    values: dict[Place, Decimal] = {}
    texts: set[Place] = set()
    for at, row in enumerate(rows):
        for column, text in enumerate(map(str.strip, row.split("|"))):
            found = FORMULA.search(text)
            if found:
                formulas[at, column] = found[1]
            shown = FORMULA.sub("", text)
            stored, figure = STORED.search(shown), FIGURE.fullmatch(STORED.sub("", shown))
            if figure:
                digits = stored[1] if stored else figure[2].replace(" ", "")
                value = exact(digits).scaleb(-2 if figure[4] else 0)
                values[at, column] = -value if figure[1] else value
            elif text and not found:
                texts.add((at, column))
    return Worksheet(SHEET.format(number), formulas, values, frozenset(texts))


def _table(rows: Sequence[str], number: int) -> Table:
    is_sheet = any("{=" in row for row in rows)
    cells = [tuple(_cells(row, at, number, is_sheet=is_sheet)) for at, row in enumerate(rows)]
    widths = [sum(cell.columns for cell in row) for row in cells]
    for row, width in zip(rows, widths, strict=True):
        if width != widths[0]:
            message = f"the row '{row}' is {width} columns wide, and the first row {widths[0]}"
            raise UserError(message)
    sheet = SHEET.format(number) if is_sheet else ""
    address = f"{sheet}!A1" if is_sheet else f"table {number}"
    return Table(tuple(cells), widths[0], address=address, sheet=sheet)


def _cells(row: str, at: int, table: int, *, is_sheet: bool) -> Iterator[Cell]:
    column = 0
    for place, printed in enumerate(row.split("|"), start=1):
        text, flaw = FORMULA.sub("", printed.strip()), Flaw.NONE
        stored = STORED.search(text)
        text = STORED.sub("", text)
        address = f"table {table}, row {at + 1}, cell {place}"
        merged = MERGED.search(text)
        columns = int(merged[1]) if merged else 1
        text = MERGED.sub("", text)
        marks = MARKS.search(text)
        text = MARKS.sub("", text)
        if text.startswith("'"):
            text, flaw = text[1:], Flaw.TEXT
        elif text == "=":
            text, flaw = "", Flaw.UNCALCULATED
        yield Cell(
            text=text,
            row=at,
            column=column,
            columns=columns,
            marks=marks[1] if marks else "",
            address=f"{SHEET.format(table)}!{name_of((at, column))}" if is_sheet else address,
            flaw=flaw,
            number=number_of(exact(text)) if stored else None,
            held=number_of(exact(stored[1])) if stored else None,
        )
        column += columns
