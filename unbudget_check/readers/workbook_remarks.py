"""What to say about a workbook that its tables do not show: hidden, uncalculated, in error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.saying import saying, some_of
from unbudget_check.readers.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from unbudget_check.model.saying import Saying
    from unbudget_check.readers.sheets import Sheet


def remarks_of(sheets: Sequence[Sheet]) -> list[Saying]:
    """One sentence for each thing that a reader of the workbook would not see or trust."""
    remarks = []
    for name, places in (
        ("evaluated-here", [place for sheet in sheets for place in sheet.evaluated]),
        ("never-calculated", [place for sheet in sheets for place in sheet.missing]),
    ):
        if places:
            remarks.append(saying(name, count=len(places), cells=some_of(places)))
    for sheet in sheets:
        remarks.extend(_hidden(sheet))
        if sheet.errors:
            cells = some_of([f"{place} {text}" for place, text in sheet.errors])
            remarks.append(saying("error-cells", cells=cells))
    return remarks


def _hidden(sheet: Sheet) -> list[Saying]:
    name = sheet.grid.sheet
    if sheet.is_hidden:
        return [saying("hidden-sheet", sheet=name)] if sheet.grid.rows else []
    remarks = []
    if sheet.hidden_rows:
        rows = some_of(_runs(sheet.hidden_rows, lambda row: str(row + 1)))
        remarks.append(saying("hidden-rows", sheet=name, rows=rows))
    if sheet.hidden_columns:
        columns = some_of(_runs(sheet.hidden_columns, column_letters))
        remarks.append(saying("hidden-columns", sheet=name, columns=columns))
    return remarks


def _runs(numbers: Iterable[int], name: Callable[[int], str]) -> list[str]:
    """Numbers in order as single names and spans: 3, 5-9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ["-".join(map(name, run)) for run in runs]
