"""Tables saved as text with separators (.csv, .tsv) -> Document."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal, NamedTuple

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.document import Document
from unbudget_check.model.message import saying
from unbudget_check.readers.csv_dialect import DECLARED, find_delimiter, tightened
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.grid.blocks import blocks_of
from unbudget_check.readers.grid.cells import Grid, GridCell, column_letters, indent_of

if TYPE_CHECKING:
    from unbudget_check.model.message import Message
    from unbudget_check.readers.source import Source


class Record(NamedTuple):
    """The cells of one row of the file, and the physical line on which it begins."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    """How a file separates and quotes its cells."""

    delimiter: str
    quoting: Literal[0, 1, 2, 3]
    strict: bool


class _BrokenError(Exception):
    """A record that cannot be split; ``line`` is the one on which it begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read(source: Source) -> Document:
    """The tables of a CSV or TSV file as printed.

    Raises UnreadableError for an empty file and for bytes that are no text.
    """
    grid, remarks = data_grid(source)
    blocks, more = blocks_of(grid)
    return Document(
        source.path,
        source.sha256,
        blocks,
        language=source.options.language,
        remarks=(*remarks, *more),
    )


def data_grid(source: Source) -> tuple[Grid, tuple[Message, ...]]:
    """The cells of a data file record by record, and what is to be said of how it is written."""
    remarks: list[Message] = []
    grid = _grid(_records(decode(source.data, source.path), source.path, remarks))
    return grid, tuple(remarks)


def _records(text: str, path: str, remarks: list[Message]) -> list[Record]:
    """All records of a file, blank ones included."""
    preferred = "\t" if path.casefold().endswith((".tsv", ".tab")) else ","
    delimiter = find_delimiter(text, preferred)
    text = tightened(text, delimiter)
    quoted = Dialect(delimiter, csv.QUOTE_MINIMAL, strict=True)
    plain = Dialect(delimiter, csv.QUOTE_NONE, strict=False)
    try:
        return _split(text, quoted)
    except _BrokenError as broken:
        remarks.append(saying("open-quotation", line=str(broken.line)))
    try:
        # Quotation marks inside a cell are harmless as long as no cell swallows the next rows.
        split = _split(text, quoted._replace(strict=False))
        apart = _split(text, plain)
    except _BrokenError as broken:
        raise unreadable(saying("file-no-cells-at", path=path, line=str(broken.line))) from broken
    return split if len(split) == len(apart) else apart


def _split(text: str, dialect: Dialect) -> list[Record]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quoting=dialect.quoting,
        strict=dialect.strict,
    )
    records: list[Record] = []
    before = 0
    try:
        for cells in reader:
            records.append(Record(before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise _BrokenError(before + 1) from error
    if records and DECLARED.match(text):
        records[0] = Record(1, [])  # "sep=;" is for the program, not for the reader
    return records


def _grid(records: list[Record]) -> Grid:
    """The cells of all records that are not blank."""
    rows = [
        [
            GridCell(column, text.strip(), indent=indent_of(text))
            for column, text in enumerate(record.cells)
            if text and not text.isspace()
        ]
        for record in records
    ]
    return Grid(rows, _place, lines=[record.line for record in records])


def _place(row: int, column: int) -> str:
    return f"row {row + 1}, column {column_letters(column)}"
