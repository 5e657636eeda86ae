"""Rows that were put among those that a total adds up, and that the total does not take in.

Where an edit adds a row and no total takes it in, the table still adds up without that row: the
new version shows nothing wrong. The old version knows which rows the total adds up, and that it
adds up all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.evidence.settle import trial_of
from unbudget_check.model.facts import RowRole, Spot
from unbudget_check.model.number import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.compare.alignment import AlignedTable, Alignment
    from unbudget_check.diagnosis.proofs import Case
    from unbudget_check.model.claims import Relation
    from unbudget_check.model.facts import DocumentFacts, TableFacts

# A sum of one row is that row again.
LEAST_PARTS = 2


class _ColumnSum(NamedTuple):
    """A total of one column: its table and column, the row of the total and those of its parts."""

    table: int
    column: int
    total: int
    parts: tuple[int, ...]


class LeftOut(NamedTuple):
    """A total that stayed, by its tie in the old version and its figure in the new one.

    ``parts`` are those that it should add up now, the ``fresh`` ones that were put in among them;
    ``gone`` are figures of the old version.
    """

    tie: int
    total: int
    parts: tuple[int, ...]
    fresh: tuple[int, ...]
    gone: tuple[int, ...]


def left_out(before: Case, now: Case, same: Alignment) -> Iterator[LeftOut]:
    """The totals that stayed though rows were put among their parts.

    Where all parts stayed, too, the new rows are left out of the total. Where some parts are others
    or gone, it agrees neither with what is left of them nor with the new rows added.
    """
    tables = {each.old: each for each in same.tables}
    partners = {there: here for here, there in same.figures.items()}
    taken = set(_parts_of_columns(now))
    for number, tie in enumerate(before.claims.kept):
        found = _column_sum(before.facts, tie)
        if found is None or found.table not in tables or not _takes_all(before.facts, found):
            continue
        total, aligned = partners.get(tie.figures[0], -1), tables[found.table]
        kept = [partners[each] for each in tie.figures[1:] if each in partners]
        if total < 0 or not kept or _differ(before, now, {total: tie.figures[0]}):
            continue
        column = _new_column(aligned, found.column)
        new = now.facts.tables[aligned.new]
        among = (new.grid[row][column] for row in _rows_among(now.facts, aligned, (total, *kept)))
        fresh = [each for each in among if each >= 0 and now.facts.numbers[each].units]
        fresh = [each for each in fresh if each not in taken]
        gone = tuple(each for each in tie.figures[1:] if each not in partners)
        stayed = not gone and not _differ(before, now, {each: same.figures[each] for each in kept})
        if fresh and (stayed or not any(_holds(now, total, each) for each in (kept, kept + fresh))):
            yield LeftOut(number, total, (*kept, *fresh), tuple(fresh), gone)


def _differ(before: Case, now: Case, pairs: Mapping[int, int]) -> bool:
    """Whether any of these figures, new -> old, is another one now."""
    old, new = before.facts.numbers, now.facts.numbers
    return any(comparable(new[here]) != comparable(old[there]) for here, there in pairs.items())


def _holds(now: Case, total: int, parts: Sequence[int]) -> bool:
    """Whether a total agrees with these parts, as far as rounding lets one say."""
    terms = [(total, 1), *((part, -1) for part in parts)]
    return trial_of(terms, now.facts.numbers, now.facts.counts).holds


def _column_sum(facts: DocumentFacts, tie: Relation) -> _ColumnSum | None:
    """The tie as a total of rows of one column, each counted once; None for any other tie."""
    (_, one), *parts = tie.terms
    spots = [facts.spots[figure] for figure, _ in tie.terms]
    cells = [each for each in spots if isinstance(each, Spot) and not each.item]
    homes = {(each.table, each.column) for each in cells}
    if len(parts) < LEAST_PARTS or len(cells) < len(spots) or len(homes) > 1 or one != 1:
        return None
    if any(weight != -1 for _, weight in parts):
        return None
    ((table, column),) = homes
    return _ColumnSum(table, column, cells[0].row, tuple(each.row for each in cells[1:]))


def _takes_all(facts: DocumentFacts, found: _ColumnSum) -> bool:
    """Whether every item between the parts, down to the total, is one of them."""
    table = facts.tables[found.table]
    ends = (*found.parts, found.total)
    return all(
        row in ends or table.grid[row][found.column] < 0
        for row in range(min(ends), max(ends) + 1)
        if table.rows[row].role is RowRole.ITEM
    )


def _parts_of_columns(case: Case) -> Iterator[int]:
    for tie in case.claims.kept:
        found = _column_sum(case.facts, tie)
        if found is not None:
            yield from tie.figures[1:]


def _new_column(aligned: AlignedTable, column: int) -> int:
    return next(here for here, there in aligned.columns.items() if there == column)


def _rows_among(
    facts: DocumentFacts, aligned: AlignedTable, figures: Sequence[int]
) -> Iterator[int]:
    """The new rows between these figures, or right beside them, that are items like their parts."""
    table = facts.tables[aligned.new]
    spots = (facts.spots[figure] for figure in figures)
    total, *parts = (each.row for each in spots if isinstance(each, Spot))
    first, last = min(total, *parts), max(total, *parts)
    while first and first != total and _is_new(table, aligned, first - 1):
        first -= 1
    while last + 1 < len(table.rows) and last != total and _is_new(table, aligned, last + 1):
        last += 1
    kinds = {
        (table.rows[each].depth, table.rows[each].unit, table.rows[each].block) for each in parts
    }
    for row in range(first, last + 1):
        known = table.rows[row]
        if _is_new(table, aligned, row) and (known.depth, known.unit, known.block) in kinds:
            yield row


def _is_new(table: TableFacts, aligned: AlignedTable, row: int) -> bool:
    known = table.rows[row]
    return row not in aligned.rows and known.role is RowRole.ITEM and bool(known.label)
