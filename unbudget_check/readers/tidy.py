"""Tidy data (one row a figure, or one row an item) -> tables as they would be printed.

Everything downstream then treats a data file as any other document: a label column, one column a
measure, headings and totals where the data holds them. Each figure keeps its place in the file.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.languages import language_codes, load_language
from unbudget_check.model.document import Document
from unbudget_check.readers.tidy_sheet import data_rows, data_sheet, items_of, needed_columns
from unbudget_check.readers.tidy_table import tidy_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.model.document import Block
    from unbudget_check.model.saying import Saying
    from unbudget_check.readers.grid import Grid
    from unbudget_check.readers.source import Source, TidyMapping
    from unbudget_check.readers.tidy_sheet import DataSheet


def mapping_for(source: Source) -> TidyMapping | None:
    """The first configured mapping whose path pattern fits a file; None for files as printed."""
    path = PurePath(source.path)
    for pattern, mapping in source.options.tidy.items():
        if fnmatch(source.path, pattern) or path.match(pattern):
            return mapping
    return None


def tidy_document(
    source: Source, grids: Sequence[Grid], mapping: TidyMapping, remarks: tuple[Saying, ...]
) -> Document:
    """The document of a data file: its tables, and complaints about rows that do not fit.

    Of a workbook the sheets with the mapped columns are read; the first one where none has them.
    """
    needed = set(needed_columns(mapping))
    sheets = [data_sheet(grid, mapping) for grid in grids]
    fitting = [sheet for sheet in sheets if needed <= set(sheet.columns)]
    blocks: list[Block] = []
    for sheet in fitting:
        for title, items in items_of(sheet, mapping).items():
            blocks.extend(tidy_blocks(sheet, title, items, mapping))
    complaints = [
        complaint
        for sheet in fitting or sheets[:1]
        for complaint in _complaints(sheet, mapping, source.options.language)
    ]
    return Document(
        source.path,
        source.sha256,
        tuple(blocks),
        language=source.options.language,
        remarks=remarks,
        complaints=tuple(complaints),
    )


def _complaints(
    sheet: DataSheet, mapping: TidyMapping, language: str | None
) -> tuple[tuple[str, Saying], ...]:
    """What does not fit the mapping, as (place, sentence) pairs."""
    # Loading pandas and pandera takes longer than reading most files.
    from unbudget_check.frames.data import data_frame
    from unbudget_check.frames.schema import complaints_of

    names = [name for name in needed_columns(mapping) if name in sheet.columns]
    numbers: list[int] = []
    texts: list[list[str]] = []
    for row, entries in data_rows(sheet):
        found = [entries.get(sheet.columns[name]) for name in names]
        numbers.append(row)
        texts.append([entry.text if entry else "" for entry in found])
    codes = (language,) if language else language_codes()
    styles = [load_language(code).numbers for code in codes]

    def place(row: int, name: str) -> str:
        before = f"sheet {sheet.grid.sheet}, " if sheet.grid.sheet else ""
        return f"{before}row {row + 1}, column {name}"

    return complaints_of(data_frame(names, texts, numbers), mapping, styles, place)
