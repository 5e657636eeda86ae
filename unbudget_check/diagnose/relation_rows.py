"""Every tie that is believed in, as data: what adds up to what, and where it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import where_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.relations import RelationRow, TieKind

# The number of a row in an address such as "row 5, column B" or "Sheet!B5".
_ROW = re.compile(r"(?<=\brow )\d+|(?<=[A-Z])\d+$")

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts


def relation_rows(facts: DocumentFacts, claims: Claims) -> Iterator[RelationRow]:
    """The ties of all readings that the document bears out, those that fail among them."""
    for tie in claims.kept:
        (stated, count), *parts = tie.terms
        deducted = any(weight > 0 for _, weight in parts)
        kind = TieKind.DIFFERENCE if deducted else TieKind.SUM
        if count > 1:  # an average, or a rate of what is added up
            is_mean = all(weight == -1 for _, weight in parts)
            kind = TieKind.AVERAGE if is_mean else TieKind.PRODUCT
        figures = [part for part, _ in parts]
        addresses = _with_blanks(facts, stated, figures) or [_address(facts, f) for f in figures]
        yield RelationRow(kind, _address(facts, stated), tuple(addresses))
    for claim in claims.percentages:
        figures = [claim.part, claim.base]
        addresses = [_address(facts, figure) for figure in figures]
        kind = TieKind.CHANGE if claim.growth else TieKind.QUOTIENT
        yield RelationRow(kind, _address(facts, claim.stated), tuple(addresses))
    for each in claims.computed:
        if each.kind is not None and each.parts:
            addresses = [_address(facts, figure) for figure in each.parts]
            yield RelationRow(each.kind, _address(facts, each.stated), tuple(addresses))


def _with_blanks(facts: DocumentFacts, stated: int, parts: Sequence[int]) -> list[str]:
    """The cells that a sum of one row or column covers, the blank ones among them."""
    spot, spots = facts.spots[stated], [facts.spots[part] for part in parts]
    if not isinstance(spot, Spot) or spot.item:
        return []
    table = facts.tables[spot.table]
    down = [(spot.table, row, spot.column) for f in _footed(facts, spot) for row in f]
    across = [
        (spot.table, spot.row, column)
        for tie in table.ties
        if tie.stated == spot.column
        for column, _ in tie.parts
    ]
    for mean in table.averages:
        if mean.across and mean.stated == spot.column:
            across += [(spot.table, spot.row, column) for column in mean.parts]
        elif not mean.across and mean.stated == spot.row:
            down += [(spot.table, row, spot.column) for row in mean.parts]
    taken = {(s.table, s.row, s.column) for s in spots if isinstance(s, Spot)}
    for covered in (down, across):
        if taken <= set(covered) and len(taken) == len(spots):
            return list(filter(None, (_cell(table, r, c) for _, r, c in dict.fromkeys(covered))))
    return []


def _cell(table: TableFacts, row: int, column: int) -> str:
    """The address of a cell; of a blank one that was not stored, from its row and column."""
    cell = table.cells[row][column]
    if cell is not None:
        return cell.address
    beside = next((each.address for each in table.cells[row] if each is not None), "")
    above = next((cells[column] for cells in table.cells if cells[column] is not None), None)
    number = _ROW.search(beside)
    return _ROW.sub(number[0], above.address) if number and above is not None else ""


def _footed(facts: DocumentFacts, spot: Spot) -> Iterator[tuple[int, ...]]:
    footings = facts.tables[spot.table].footings
    return (each.parts for each in footings if each.total == spot.row and not each.above)


def _address(facts: DocumentFacts, figure: int) -> str:
    return where_of(facts, facts.spots[figure]).address or ""
