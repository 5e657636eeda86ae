"""The sample budgets among these: a project's with unit costs and rates, a city's with formulas.

A slip is said as for the other samples: the sheet as its table, row and column as a spreadsheet
names them. ``=SUM(B4:B6)|120`` is a formula with its value; all others are calculated again.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.budgets.book import Book, Mode, Ref, letters
from tests.budgets.cities import american_city
from tests.budgets.grants import agency_project
from tests.budgets.write import as_separated, as_workbook
from tests.compose.slips import Slip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.compose.slips import Wording


def compose_grant(slips: Iterable[Slip | Wording]) -> bytes:
    """A project budget as text, every figure typed."""
    book = Book("project-en")
    agency_project(book)
    return as_separated(_with(book, slips))


def compose_city(slips: Iterable[Slip | Wording]) -> bytes:
    """A city's funds on sheets of their own and a summary, totals and changes by formulas."""
    book = Book("city-en", Mode.LIVE)
    american_city(book)
    return as_workbook(_with(book, slips))


def _with(book: Book, slips: Iterable[Slip | Wording]) -> Book:
    """The book with every slip in its place; raises LookupError for one without a place."""
    planted = set()
    for slip in slips:
        if not isinstance(slip, Slip):
            continue
        sheet = [sheet.name for sheet in book.sheets].index(slip.table)
        columns = [letters(column) for column in range(40)]
        ref = Ref(sheet, int(slip.row) - 1, columns.index(slip.column))
        cell = book.cell(ref)
        if slip.was not in {cell.printed, f"={cell.formula}"}:
            message = f"{slip} does not fit: {cell.printed!r} stands there"
            raise LookupError(message)
        formula, _, figure = slip.printed.removeprefix("=").rpartition("|")
        value = Fraction(figure.strip("$%").replace(",", ""))
        value /= 100 if cell.form.percent else 1
        book.put(ref, replace(cell, value=value, formula=formula))
        planted.add(ref)
    book.recalculate(keep=planted)
    return book
