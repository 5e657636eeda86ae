"""What the formulas of a worksheet add up, row by row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.linear import linear_of
from unbudget_check.worksheet.places import split_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.worksheets import Worksheets
    from unbudget_check.worksheet.evaluate import Address, Calculation


# Rows that a formula adds up, as (position, sign).
Sum = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """The sums of whole rows that the formulas of one row state, that of most rows first.

    Rows are left out by mistake more often than they are added. ``columns`` are those in which the
    row holds a formula whose stored result is, for all that is known, what it comes to.
    """

    sums: tuple[Sum, ...]
    columns: frozenset[int]


def declared_sums(facts: TableFacts, worksheets: Worksheets) -> Mapping[int, Declared]:
    """What formulas add up, by position of the row."""
    corner = split_address(facts.address)
    sheets = {sheet.name: at for at, sheet in enumerate(worksheets.sheets)}
    if corner is None or corner[0] not in sheets:
        return {}
    found = calculation_of(worksheets)
    sheet, (top, left) = sheets[corner[0]], corner[1]
    positions = {top + row.index: at for at, row in enumerate(facts.rows)}
    declared = {}
    for at, cells in enumerate(facts.cells):
        sums: list[tuple[Sum, int]] = []
        columns = set()
        for column, cell in enumerate(cells):
            own = (sheet, top + cell.row, left + cell.column) if cell is not None else None
            if own is None or found.formula(own) is None:
                continue
            # A result that is out of date still says something of its own.
            columns |= {column} if found.agrees(own) is not False else set()
            parts = _parts(found, own, positions)
            sums += [(parts, column)] if len(parts) > 1 else []
        if sums:
            declared[at] = Declared(tuple(_different(facts, sums)), frozenset(columns))
    return declared


def _parts(found: Calculation, own: Address, positions: Mapping[int, int]) -> Sum:
    """The rows that a formula adds up in its own column, () where it does anything else."""
    linear = linear_of(found, own)
    if linear is None or not linear.is_plain or own in linear.terms:
        return ()
    columns = {(sheet, column) for sheet, _, column in linear.terms}
    if columns != {(own[0], own[2])} or not all(row in positions for _, row, _ in linear.terms):
        return ()
    return tuple(sorted((positions[row], int(w)) for (_, row, _), w in linear.terms.items()))


def _different(facts: TableFacts, sums: Sequence[tuple[Sum, int]]) -> Iterator[Sum]:
    """The sums that differ by more than rows that are blank in their column."""
    kept: list[tuple[Sum, int]] = []
    for parts, column in sorted(sums, key=lambda each: -len(each[0])):
        if not any(_are_alike(facts, other, (parts, column)) for other in kept):
            kept.append((parts, column))
            yield parts


def _are_alike(facts: TableFacts, one: tuple[Sum, int], other: tuple[Sum, int]) -> bool:
    """Whether every row that only one of them adds is blank where the other might have added it."""
    return all(
        facts.grid[position][column] < 0
        for (more, _), (less, column) in ((one, other), (other, one))
        for position, _ in set(more) - set(less)
    )
