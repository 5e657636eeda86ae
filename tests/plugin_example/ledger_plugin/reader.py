"""Reads ledgers: a title, then one row a line, cells separated by semicolons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.plugin_api import Cell, Document, Paragraph, Table, UnreadableError

if TYPE_CHECKING:
    from unbudget_check.plugin_api import Source


def read(source: Source) -> Document:
    """The title and the one table of a ledger."""
    try:
        title, *rows = source.data.decode("utf-8").splitlines()
    except ValueError:
        message = f"{source.path}: this is no ledger; its first row must be a title."
        raise UnreadableError(message) from None
    cells = tuple(
        tuple(
            Cell(text.strip(), at, column, address=f"row {at + 2}, column {column + 1}")
            for column, text in enumerate(row.split(";"))
        )
        for at, row in enumerate(rows)
    )
    table = Table(cells, max(map(len, cells), default=0), address="ledger")
    return Document(source.path, source.sha256, (Paragraph(title, "row 1"), table))
