"""What to say about a workbook that its tables do not show: hidden, uncalculated, in error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.readers.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from unbudget_check.readers.xlsx_sheet import Sheet

NAMED = 5  # places that a remark names before it says "and more"


def remarks_of(sheets: Sequence[Sheet]) -> list[str]:
    """One sentence for each thing that a reader of the workbook would not see or trust."""
    missing = [place for sheet in sheets for place in sheet.missing]
    remarks = []
    if missing:
        count = "1 formula was" if len(missing) == 1 else f"{len(missing)} formulas were"
        remarks.append(
            f"{count} never calculated ({_some(missing)}): open the workbook in a spreadsheet"
            " program, save it, and check again"
        )
    for sheet in sheets:
        remarks.extend(_hidden(sheet))
        if sheet.errors:
            cells = _some([f"{place} {text}" for place, text in sheet.errors])
            remarks.append(f"cells show an error instead of a figure: {cells}")
    return remarks


def _hidden(sheet: Sheet) -> list[str]:
    name = sheet.grid.sheet
    if sheet.is_hidden:
        return [f"sheet {name} is hidden; it was read, too"] if sheet.grid.rows else []
    remarks = []
    if sheet.hidden_rows:
        rows = _some(_runs(sheet.hidden_rows, lambda row: str(row + 1)))
        remarks.append(f"sheet {name}: hidden rows were read, too: {rows}")
    if sheet.hidden_columns:
        columns = _some(_runs(sheet.hidden_columns, column_letters))
        remarks.append(f"sheet {name}: hidden columns were read, too: {columns}")
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


def _some(texts: Sequence[str]) -> str:
    more = ", ..." if len(texts) > NAMED else ""
    return ", ".join(texts[:NAMED]) + more
