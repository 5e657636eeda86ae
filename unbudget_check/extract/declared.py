"""What the formulas of a worksheet add up, row by row of a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.linear import linear_of
from unbudget_check.worksheet.places import split_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.facts import TableFacts
    from unbudget_check.model.worksheets import Worksheets
    from unbudget_check.worksheet.evaluate import Address, Calculation


@dataclass(frozen=True, slots=True)
class Declared:
    """Rows that formulas of one row add up, as (position, sign).

    ``columns`` are those in which a formula does so and its stored result is what it comes to.
    """

    parts: tuple[tuple[int, int], ...]
    columns: frozenset[int]


def declared_sums(facts: TableFacts, worksheets: Worksheets) -> Mapping[int, tuple[Declared, ...]]:
    """The sums of whole rows that formulas state, by position of the row.

    Where the formulas of a row differ, the one that adds most rows comes first: rows are left out
    by mistake more often than they are added.
    """
    corner = split_address(facts.address)
    sheets = {sheet.name: at for at, sheet in enumerate(worksheets.sheets)}
    if corner is None or corner[0] not in sheets:
        return {}
    found = calculation_of(worksheets)
    sheet, (top, left) = sheets[corner[0]], corner[1]
    positions = {top + row.index: at for at, row in enumerate(facts.rows)}
    said: dict[int, list[Declared]] = defaultdict(list)
    for at, cells in enumerate(facts.cells):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            own = (sheet, top + cell.row, left + cell.column)
            parts = _parts(found, own, positions)
            if len(parts) > 1:
                # A result that is out of date still says something of its own.
                is_borne_out = found.agrees(own)
                said[at].append(Declared(parts, frozenset({column} if is_borne_out else ())))
    return {at: tuple(_joined(facts, each)) for at, each in said.items()}


def _parts(
    found: Calculation, own: Address, positions: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """The rows that a formula adds up in its own column, () where it does anything else."""
    if own[1:] not in found.worksheets.sheets[own[0]].formulas:
        return ()
    linear = linear_of(found, own)
    if linear is None or not linear.is_plain or own in linear.terms:
        return ()
    columns = {(sheet, column) for sheet, _, column in linear.terms}
    if columns != {(own[0], own[2])} or not all(row in positions for _, row, _ in linear.terms):
        return ()
    return tuple(sorted((positions[row], int(w)) for (_, row, _), w in linear.terms.items()))


def _joined(facts: TableFacts, said: list[Declared]) -> Iterator[Declared]:
    """Formulas that add the same rows, but for those that are blank in their column."""
    waiting = sorted(said, key=lambda each: -len(each.parts))
    while waiting:
        first, *others = waiting
        alike = [each for each in others if _are_alike(facts, first, each)]
        columns = first.columns.union(*(each.columns for each in alike))
        yield Declared(first.parts, columns)
        waiting = [each for each in others if each not in alike]


def _are_alike(facts: TableFacts, one: Declared, other: Declared) -> bool:
    """Whether every row that only one of them adds is blank where the other might have added it."""
    return all(
        facts.grid[position][column] < 0
        for (position, _), columns in (
            *((part, other.columns) for part in set(one.parts) - set(other.parts)),
            *((part, one.columns) for part in set(other.parts) - set(one.parts)),
        )
        for column in columns
    )
