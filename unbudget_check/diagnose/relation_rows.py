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
    from unbudget_check.model.facts import DocumentFacts, TableFacts, Tie


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
    down = [
        [(row, spot.column) for row in _filled_down(table, each.parts, spot.column)]
        for each in table.footings
        if each.total == spot.row and not each.above
    ]
    across = [
        [(spot.row, column) for column in _filled_across(table, tie)]
        for tie in table.ties
        if tie.stated == spot.column
    ]
    for mean in table.averages:
        if mean.across and mean.stated == spot.column:
            across.append([(spot.row, column) for column in mean.parts])
        elif not mean.across and mean.stated == spot.row:
            down.append([(row, spot.column) for row in mean.parts])
    taken = {(s.row, s.column) for s in spots if isinstance(s, Spot) and s.table == spot.table}
    covering = [cells for cells in (*down, *across) if taken <= set(cells)]
    if not covering or len(taken) != len(spots):
        return []
    return list(filter(None, (_cell(table, *at) for at in min(covering, key=len))))


def _filled_across(table: TableFacts, tie: Tie) -> Sequence[int]:
    """The columns of a sum; where they are one run, those that have a heading and no figures."""
    parts = [part for part, _ in tie.parts]
    ends = [*parts, tie.stated]
    between = [at for at in range(min(ends), max(ends)) if at not in ends]
    if any(grid[at] >= 0 for grid in table.grid for at in between):
        return parts
    return sorted([*parts, *(at for at in between if table.columns[at].heading)])


def _filled_down(table: TableFacts, parts: Sequence[int], column: int) -> Sequence[int]:
    """The rows of a sum; where they are one run of items, the labelled blank ones among them."""
    between = range(min(parts), max(parts) + 1)
    left = [row for row in between if row not in parts]
    totals = {each.total for each in table.footings}
    if any(table.grid[row][column] >= 0 for row in left) or totals & set(parts):
        return parts
    return sorted([*parts, *(row for row in left if table.rows[row].label)])


def _cell(table: TableFacts, row: int, column: int) -> str:
    """The address of a cell; of a blank one that was not stored, from its row and column."""
    cell = table.cells[row][column]
    if cell is not None:
        return cell.address
    beside = next((each.address for each in table.cells[row] if each is not None), "")
    above = next((cells[column] for cells in table.cells if cells[column] is not None), None)
    number = _ROW.search(beside)
    return _ROW.sub(number[0], above.address) if number and above is not None else ""


def _address(facts: DocumentFacts, figure: int) -> str:
    return where_of(facts, facts.spots[figure]).address or ""
