"""Where a figure stands, as an officer would say it and as a machine finds it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document; every field that does not apply is None.

    ``table``, ``paragraph`` and ``figure`` are the printed numbers (29E.24, 29E.96, 29E.VII),
    ``row`` and ``column`` the printed labels, ``address`` the machine's own (sheet and cell,
    block and cell of the XML, line and span of a text). ``cell`` names the cell in the tables that
    a report carries along: ``t3r12c4`` is the thirteenth row and the fifth column of table t3.
    """

    document: str
    table: str | None = None
    part: str | None = None
    row: str | None = None
    column: str | None = None
    paragraph: str | None = None
    item: str | None = None
    figure: str | None = None
    page: str | None = None
    line: int | None = None
    address: str | None = None
    cell: str | None = None


def cell_key(table: int, row: int, column: int) -> str:
    """The name of a cell by the numbers of its table, row and column, all from 0."""
    return f"t{table}r{row}c{column}"
