"""Addresses of cells as people write them, such as ``'Sheet 1'!B5``."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from unbudget_check.worksheet.grammar import column_number, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.worksheets import Place

_ADDRESS = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")


def split_address(text: str) -> tuple[str, Place] | None:
    """The sheet and the place of a printed address, or None where it is no cell of a sheet."""
    found = _ADDRESS.fullmatch(text)
    if found is None or found["sheet"] is None:
        return None
    sheet = found["sheet"]
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, (int(found["row"]) - 1, column_number(found["column"]))


def name_of(place: Place) -> str:
    """A place as it is written in a formula of its own sheet."""
    return f"{letters_of(place[1])}{place[0] + 1}"


def ranges_of(places: Iterable[Place]) -> str:
    """Places as ranges, column by column: ``B5:B7, B9``."""
    names = []
    for column, cells in groupby(sorted(set(places), key=lambda p: p[::-1]), key=lambda p: p[1]):
        rows = [row for row, _ in cells]
        runs = groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
        for _, run in runs:
            lines = [row for _, row in run]
            first, last = name_of((lines[0], column)), name_of((lines[-1], column))
            names.append(first if len(lines) == 1 else f"{first}:{last}")
    return ", ".join(names)
