"""Names of the findings and cells on a page, by which they link to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.model.location import Where
    from unbudget_check.model.report import DocumentResult

CELL = re.compile(r"(t\d+)r(\d+)c(\d+)", re.ASCII)
UNSAFE = re.compile(r"[^0-9A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where each cell of the report is drawn: its document by path, its table by key."""

    numbers: Mapping[str, int]
    drawn: Mapping[str, frozenset[str]]
    owners: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def anchors_of(documents: Iterable[DocumentResult]) -> Anchors:
    """The names that the cells of these documents have on one page."""
    listed = tuple(documents)
    return Anchors(
        {each.path: number for number, each in enumerate(listed, 1)},
        {each.path: frozenset(table.key for table in each.tables) for each in listed},
        {each.path: (shown(each.symbol or ""), shown(each.path)) for each in listed},
    )


def cell_anchor(number: int, cell: str) -> str:
    """The name of a cell of the document with this number."""
    return f"d{number}-{cell}"


def link_to(where: Where, anchors: Anchors) -> str:
    """The link to a place in a table; empty where it is not drawn on the page."""
    named = CELL.fullmatch(where.cell or "")
    if not named or named[1] not in anchors.drawn.get(where.document, frozenset()):
        return ""
    return f"#{cell_anchor(anchors.numbers[where.document], named[0])}"


def finding_anchor(fingerprint: str, taken: set[str]) -> str:
    """The name of a finding, the same in every report; twins are told apart by a number."""
    name = f"f-{UNSAFE.sub('', fingerprint) or 'finding'}"
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique)
    return unique
