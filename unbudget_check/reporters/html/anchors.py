"""Names of the findings and cells on a page, by which they link to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.html.stretches import rows_told, stretches_of
from unbudget_check.reporters.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.location import Where
    from unbudget_check.model.report import DocumentResult, PrintedTable

    Stretches = Mapping[str, tuple[range, ...]]

UNSAFE = re.compile(r"[^0-9A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Anchors:
    """What is drawn where: documents by path, tables by key, cells by their own name.

    ``stretches`` are the rows that are drawn of each table, ``names`` what documents are called;
    ``lang`` is the language of the page.
    """

    numbers: Mapping[str, int]
    stretches: Mapping[str, Stretches]
    drawn: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    lang: str


def anchors_of(documents: Iterable[DocumentResult], lang: str) -> Anchors:
    """The names that the cells of these documents have on one page."""
    listed = tuple(documents)
    # The proof of one document may stand in a table of another.
    told = rows_told(finding for each in listed for finding in each.findings)
    stretches = {
        each.path: {
            table.key: stretches_of(table, told.get((each.path, table.key), ()))
            for table in each.tables
        }
        for each in listed
    }
    return Anchors(
        {each.path: number for number, each in enumerate(listed, 1)},
        stretches,
        {
            each.path: frozenset(
                name
                for table in each.tables
                for name in _cells(table, stretches[each.path][table.key])
            )
            for each in listed
        },
        names_of(listed, symbols=True),
        lang,
    )


def cell_name(key: str, row: int, column: int) -> str:
    """The name that a report gives to a cell."""
    return f"{key}r{row}c{column}"


def cell_anchor(number: int, cell: str) -> str:
    """The name of a cell of the document with this number."""
    return f"d{number}-{cell}"


def link_to(where: Where, anchors: Anchors) -> str:
    """The link to a place in a table; empty where it is not drawn on the page."""
    if not where.cell or where.cell not in anchors.drawn.get(where.document, frozenset()):
        return ""
    return f"#{cell_anchor(anchors.numbers[where.document], where.cell)}"


def finding_anchor(fingerprint: str, taken: set[str]) -> str:
    """The name of a finding, the same in every report; twins are told apart by a number."""
    name = f"f-{UNSAFE.sub('', fingerprint) or 'finding'}"
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique)
    return unique


def rule_anchor(code: str) -> str:
    """The name of the place where a rule is told."""
    return f"rule-{UNSAFE.sub('', code)}"


def _cells(table: PrintedTable, stretches: Iterable[range]) -> Iterator[str]:
    """The cells that are drawn; what a merged one covers has no name of its own."""
    for rows in (range(table.head), *stretches):
        for at in rows:
            yield from (cell_name(table.key, at, cell.column) for cell in table.rows[at])
