"""The formulas of a workbook and the values that it stores, apart from how it displays them.

Shared formulas are written out for each cell (ECMA-376 part 1, 18.3.1.40), references to columns of
tables as ranges; formulas of ranges (array and data table) are named, not read.
"""

from __future__ import annotations

import re
from decimal import InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.number import KEPT
from unbudget_check.model.worksheets import Worksheet, Worksheets
from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.grammar import absolute, letters_of, relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.readers.sheets import Place, SheetCells

SPECIAL = {"array": "array", "dataTable": "table"}
WIDEST_EXPONENT = 60  # no amount is longer
_OF_TABLE = re.compile(r"([^\W\d][\w.]*)?\[(?:@|\[#This Row\],)?\[?([^\[\]#@]+)\]?\]")
_OF_ROW = re.compile(r"\[(?:@|\[#This Row\])")


class NamedTable(NamedTuple):
    """A table of a sheet, whose columns formulas may call by name; rows without its headings."""

    name: str
    sheet: str
    rows: range
    columns: Mapping[str, int]


def worksheets_of(
    sheets: Sequence[SheetCells],
    missing: Sequence[set[Place]],
    names: Mapping[str, str],
    tables: Sequence[NamedTable],
) -> Worksheets:
    """What all sheets store; ``missing`` are the formulas of each without a stored result."""
    if not any(sheet.formulas for sheet in sheets):
        return Worksheets()
    stored = (_stored(*each, tables) for each in zip(sheets, missing, strict=True))
    return Worksheets(tuple(stored), names)


def _stored(sheet: SheetCells, missing: set[Place], tables: Sequence[NamedTable]) -> Worksheet:
    numbers = {place: _number(text) for place, text in sheet.values.items()}
    values = {
        place: number
        for place, number in numbers.items()
        if number is not None and place not in missing
    }
    errors = frozenset(place for place, _ in sheet.errors)
    shown = {(row, entry.column) for row, entries in sheet.rows.items() for entry in entries}
    formulas = dict(_written_out(sheet, tables))
    special = {
        place: SPECIAL[formula.kind]
        for place, formula in sheet.formulas.items()
        if formula.kind in SPECIAL
    }
    return Worksheet(
        sheet.name,
        formulas,
        values,
        frozenset(shown - numbers.keys() - errors - missing),
        errors,
        frozenset(missing),
        special,
        frozenset(sheet.hidden_rows),
    )


def _number(text: str) -> Decimal | None:
    """A stored number at the fifteen digits that spreadsheet programs keep."""
    try:
        value = KEPT.create_decimal(text.strip())
    except InvalidOperation:
        return None
    fits = value.is_finite() and abs(value.adjusted()) <= WIDEST_EXPONENT
    return value if fits or not value else None


def _written_out(sheet: SheetCells, tables: Sequence[NamedTable]) -> Iterator[tuple[Place, str]]:
    """Each formula as it stands in its cell; a shared one is written where it begins."""
    shared: dict[str, str] = {}
    for place, formula in sorted(sheet.formulas.items()):
        text = formula.text.strip()
        if formula.shared and text:
            shared[formula.shared] = relative(text, place)
        elif formula.shared:
            text = absolute(shared.get(formula.shared, ""), place)
        yield place, _with_ranges(text, place, sheet.name, tables) if "[" in text else text


def _with_ranges(text: str, place: Place, sheet: str, tables: Sequence[NamedTable]) -> str:
    """A formula with the columns that it calls by name as ranges; other such calls stay."""

    def written(found: re.Match[str]) -> str:
        for table in tables:
            column = table.columns.get(found[2].strip().casefold())
            is_own = table.sheet == sheet and place[0] in table.rows
            is_meant = found[1].casefold() == table.name if found[1] else is_own
            if column is None or not is_meant:
                continue
            letters = letters_of(column)
            if _OF_ROW.search(found[0]):
                return f"${letters}{place[0] + 1}" if is_own else found[0]
            quoted = "" if table.sheet == sheet else "'" + table.sheet.replace("'", "''") + "'!"
            return f"{quoted}${letters}${table.rows.start + 1}:${letters}${table.rows.stop}"
        return found[0]

    return _OF_TABLE.sub(written, text)


def evaluated(worksheets: Worksheets) -> list[dict[Place, str]]:
    """By sheet, what formulas without a stored result come to, as a file would store it."""
    found: list[dict[Place, str]] = [{} for _ in worksheets.sheets]
    if any(sheet.missing for sheet in worksheets.sheets):
        for (sheet, row, column), value in calculation_of(worksheets).changed.items():
            found[sheet][row, column] = f"{KEPT.create_decimal(value):f}"
    return found
