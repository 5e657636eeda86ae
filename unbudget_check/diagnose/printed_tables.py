"""The tables in which a reader of the report looks for the cells of findings, as printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.model.document import Table
from unbudget_check.model.report import PrintedCell, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unbudget_check.model.document import Cell, Document
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.location import Where

_TABLE = re.compile(r"t(\d+)")


def printed_tables(
    document: Document, facts: DocumentFacts, findings: Iterable[Finding]
) -> tuple[PrintedTable, ...]:
    """Every table with a cell of a finding, of a suspect or of a proof, in reading order."""
    wanted = {int(found[1]) for place in _places(findings) if (found := _named(place))}
    if not wanted:
        return ()
    printed = {each.address: each for each in document.blocks if isinstance(each, Table)}
    tables = (facts.tables[ordinal] for ordinal in sorted(wanted))
    return tuple(_drawn(table, printed[table.address]) for table in tables)


def _places(findings: Iterable[Finding]) -> Iterator[Where]:
    for finding in findings:
        yield finding.where
        yield from (suspect.where for suspect in finding.suspects)
        for proof in finding.relations:
            yield proof.where
            yield from (part.where for part in proof.parts)


def _named(place: Where) -> re.Match[str] | None:
    return _TABLE.match(place.cell) if place.cell else None


def _drawn(facts: TableFacts, table: Table) -> PrintedTable:
    return PrintedTable(
        f"t{facts.ordinal}",
        tuple(tuple(map(_cell, row)) for row in table.rows),
        table.columns,
        facts.rows[0].index if facts.rows else len(table.rows),
        facts.number,
        facts.part,
        facts.title,
        facts.part_title,
        facts.address,
    )


def _cell(cell: Cell) -> PrintedCell:
    return PrintedCell(
        " ".join(cell.text.split()),
        cell.row,
        cell.column,
        cell.rows,
        cell.columns,
        cell.marks,
        cell.indent,
    )
