"""Data files as columns: CSV, workbooks, Parquet, JSON Lines, and frames of pandas.

Nothing is converted here: a text stays as the file holds it, "NA", "1e3" and "007" too, and a
number keeps the type that it is stored in.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as arrow_parquet

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.csv import data_grid
from unbudget_check.readers.csv_dialect import find_delimiter
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.grid.cells import column_letters
from unbudget_check.readers.paths import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from unbudget_check.model.message import Message
    from unbudget_check.readers.grid.cells import Grid
    from unbudget_check.readers.source import Source

TABS = (".tsv", ".tab")
BOOKS = tuple(ending for ending, reader in FORMATS.items() if reader == "sheets.workbook")
LINES = (".jsonl", ".ndjson", ".json")
PARQUET = (".parquet", ".pq")
# Formats that hold data only, whether or not a mapping says what.
SAMPLE = 1 << 16  # bytes in which the separator shows
HEAD_WITHIN = 50  # rows in which the heading row must stand; titles may stand above it


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One table of data: its columns by heading, and where each row stands in the file.

    ``numbers`` are the numbers of the rows, from 1; ``lines`` says whether these are also lines of
    the file. ``letters`` say what a column is called at an address.
    """

    columns: Mapping[str, pa.Array]
    numbers: NDArray[np.int64]
    letters: Mapping[str, str]
    name: str = ""
    lines: bool = False
    grid: Grid | None = None

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def place(self, row: int, column: str) -> str:
        """The address of a cell; ``row`` counts the rows of data from 0."""
        number = int(self.numbers[row])
        if self.grid is not None and self.grid.sheet:
            return self.grid.place(number - 1, _column_number(self.letters[column]))
        return f"row {number}, column {self.letters[column]}"

    def named_place(self, row: int, column: str) -> str:
        """The place of a cell by the name of its column."""
        before = f"sheet {self.name}, " if self.name else ""
        return f"{before}row {int(self.numbers[row])}, column {column}"

    def line(self, row: int) -> int | None:
        """The line of the file on which a row stands, where it has lines."""
        return int(self.numbers[row]) if self.lines else None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def load(
    source: Source, needed: Sequence[str] | None, texts: Collection[str] = ()
) -> tuple[list[DataSheet], tuple[Message, ...]]:
    """The sheets of a data file, with what is to be said of the file.

    ``needed`` are the headings by which the heading row is found, and the only columns that are
    loaded; without them the first row holds the headings and all columns are loaded. ``texts``
    are columns in which the same few texts come again and again. Raises UnreadableError for what
    is no such file.
    """
    ending = PurePath(source.path).suffix.lower()
    if ending in PARQUET:
        return [_parquet(source, needed)], ()
    if ending in LINES:
        return [_json_lines(source, needed)], ()
    if ending in BOOKS:
        from unbudget_check.readers.sheets.workbook import data_grids

        grids, remarks = data_grids(source)
        return [_of_grid(grid, needed) for grid in grids], remarks
    return _csv(source, needed, texts)


def sheet_of_frame(frame: pd.DataFrame, needed: Sequence[str] | None = None) -> DataSheet:
    """A frame of pandas as a sheet; rows are numbered from 1 in their order."""
    names = [str(name) for name in frame.columns]
    wanted = [at for at, name in enumerate(names) if needed is None or name in needed]
    columns = {names[at]: _series(frame.iloc[:, at]) for at in wanted}
    return _sheet(columns, len(frame), first=1)


def _series(series: pd.Series[Any]) -> pa.Array:
    try:
        return _whole(pa.array(series, from_pandas=True))
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of several types
        known = series.notna().to_numpy()
        return pa.array([str(v) if k else None for v, k in zip(series, known, strict=True)])


def _sheet(
    columns: Mapping[str, pa.Array], rows: int, first: int, *, lines: bool = False
) -> DataSheet:
    numbers = np.arange(first, first + rows, dtype=np.int64)
    return DataSheet(columns, numbers, {name: name for name in columns}, lines=lines)


def _whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(array, pa.ChunkedArray):
        return array.combine_chunks() if array.num_chunks != 1 else array.chunk(0)
    return array


def _csv(
    source: Source, needed: Sequence[str] | None, texts: Collection[str]
) -> tuple[list[DataSheet], tuple[Message, ...]]:
    """A CSV file: at once where it is written as programs write it, else record by record."""
    sheet = _csv_at_once(source, needed, texts)
    if sheet is not None:
        return [sheet], ()
    grid, remarks = data_grid(source)
    return [_of_grid(grid, needed)], remarks


def _csv_at_once(
    source: Source, needed: Sequence[str] | None, texts: Collection[str]
) -> DataSheet | None:
    """The columns of a regular file: headings in the first row, a record a line, as many cells."""
    data = source.data
    start = data[:SAMPLE].decode("utf-8-sig", "replace")
    preferred = "\t" if source.path.casefold().endswith(TABS) else ","
    delimiter = find_delimiter(start, preferred)
    names = [name.strip() for name in next(csv.reader([start.split("\n")[0]], delimiter=delimiter))]
    regular = len(set(names)) == len(names) and all(names)
    if not regular or (needed is not None and not set(needed) <= set(names)):
        return None
    wanted = [name for name in names if needed is None or name in needed]
    coded = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(
                # One thread with small blocks takes hardly longer, and half the memory.
                column_names=names,
                skip_rows=1,
                block_size=1 << 20,
                use_threads=False,
            ),
            arrow_csv.ParseOptions(delimiter=delimiter),
            arrow_csv.ConvertOptions(
                column_types={name: coded if name in texts else pa.string() for name in wanted},
                include_columns=wanted,
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    # A blank line, or a cell of several lines, would number all rows after it wrongly.
    if data.rstrip(b"\r\n").count(b"\n") != table.num_rows:
        return None
    columns = {name: _whole(table[name]) for name in wanted}
    letters = {name: column_letters(at) for at, name in enumerate(names)}
    numbers = np.arange(2, table.num_rows + 2, dtype=np.int64)
    del table
    pa.default_memory_pool().release_unused()  # the blocks that were read, as large as the file
    return DataSheet(columns, numbers, letters, lines=True)


def _of_grid(grid: Grid, needed: Sequence[str] | None) -> DataSheet:
    """The rows of a sheet below its heading row, as columns of texts."""
    head = _heading_row(grid, needed)
    at: dict[int, str] = {}
    for entry in grid.rows[head] if grid.rows else ():
        if entry.text not in at.values() and (needed is None or entry.text in needed):
            at[entry.column] = entry.text
    rows = [n for n in range(head + 1, len(grid.rows)) if grid.rows[n]]
    texts: dict[str, list[str]] = {name: [""] * len(rows) for name in at.values()}
    for row, number in enumerate(rows):
        for entry in grid.rows[number]:
            if entry.column in at:
                texts[at[entry.column]][row] = entry.text
    return DataSheet(
        {name: pa.array(found, pa.string()) for name, found in texts.items()},
        np.array(rows, dtype=np.int64) + 1,
        {name: column_letters(column) for column, name in at.items()},
        grid.sheet,
        # Records of several lines are rare; then the row is all that can be said.
        lines=bool(grid.lines) and list(grid.lines[:1]) == [1] and _line_a_row(grid.lines),
        grid=grid,
    )


def _line_a_row(lines: Sequence[int]) -> bool:
    return lines[-1] == len(lines)


def _heading_row(grid: Grid, needed: Sequence[str] | None) -> int:
    """The row that names the needed columns, or else the first one that is not blank."""
    heads = [index for index, row in enumerate(grid.rows[:HEAD_WITHIN]) if row]
    wanted = set(needed or ())
    named = (i for i in heads if wanted <= {entry.text for entry in grid.rows[i]})
    return next(named, next(iter(heads), 0))


def _parquet(source: Source, needed: Sequence[str] | None) -> DataSheet:
    try:
        file = arrow_parquet.ParquetFile(io.BytesIO(source.data))
        names = [n for n in file.schema_arrow.names if needed is None or n in needed]
        table = file.read(columns=names)
    except (pa.ArrowException, OSError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error
    return _sheet({name: _whole(table[name]) for name in names}, table.num_rows, first=1)


def _json_lines(source: Source, needed: Sequence[str] | None) -> DataSheet:
    """One object a line, or a list of objects; digits stay the digits that are written."""
    text = decode(source.data, source.path)
    read: Callable[[str], Any] = json.JSONDecoder(parse_float=str, parse_int=str).decode
    try:
        listed = text.lstrip().startswith("[")
        records = read(text) if listed else [read(r) for r in text.splitlines() if r.strip()]
    except (ValueError, RecursionError) as error:
        raise unreadable(saying("file-damaged", path=source.path)) from error
    if not all(isinstance(record, dict) for record in records):
        raise unreadable(saying("file-damaged", path=source.path))
    names = _names(records) if needed is None else [n for n in needed if _is_named(n, records)]
    columns = {name: pa.array([_text(r.get(name)) for r in records]) for name in names}
    return _sheet(columns, len(records), first=1, lines=not listed and "\n\n" not in text)


def _names(records: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for record in records for name in record))


def _is_named(name: str, records: Iterable[Mapping[str, object]]) -> bool:
    return any(name in record for record in records)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
