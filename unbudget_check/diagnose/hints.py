"""What a table tells about a doubtful figure beside its sums: where it may come from."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.likeness import Likeness, likeness_of
from unbudget_check.diagnose.localisation.repairs import Hints
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.facts import UNSUMMED, Reading, RowRole
from unbudget_check.model.number import scaled
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unbudget_check.model.facts import DocumentFacts, Spot, TableFacts

# Figures with fewer digits meet by chance.
TELLING = 3


def hints_of(facts: DocumentFacts, scale: int, doubtful: Collection[int]) -> Hints:
    """The hints that a document gives about its figures; ``scale`` is that of the vector."""

    @cache
    def step(figure: int) -> int:
        finest = min(facts.numbers[figure].exponent, usual_exponent(facts, figure))
        return int(10 ** max(finest - scale, 0))

    @cache
    def copied(figure: int) -> Slip | None:
        return next(_sources(facts, figure), None) if _is_telling(facts, figure) else None

    @cache
    def columns(table: int) -> list[list[int]]:
        return _columns(facts, table, scale)

    @cache
    def likeness_in(table: int, column: int) -> Likeness | None:
        return likeness_of(columns(table), column)

    def odd(figure: int, value: int) -> int:
        spot = facts.spots[figure]
        if isinstance(spot, Span):
            return 0
        likeness = likeness_in(spot.table, spot.column)
        beside = columns(spot.table)[likeness.column][spot.row] if likeness else 0
        if likeness is None or (facts.counts[figure] and value and beside):
            return 0  # one post more or less is nothing odd
        return likeness.cost(value, beside)

    return Hints(step, copied, odd, doubtful)


def _columns(facts: DocumentFacts, table: int, scale: int) -> list[list[int]]:
    """The figures of a table column by column, 0 where there is none or nothing to compare."""
    found = facts.tables[table]
    summed = [column.role not in UNSUMMED for column in found.columns]
    return [
        [scaled(facts.numbers[f], scale) if f >= 0 and summed[at] else 0 for f in figures]
        for at, figures in enumerate(zip(*found.grid, strict=True))
    ]


def usual_exponent(facts: DocumentFacts, figure: int) -> int:
    """The precision that most figures of a column have: a slip may have lost its own."""
    spot = facts.spots[figure]
    if isinstance(spot, Span):
        return facts.numbers[figure].exponent
    column = [numerals[spot.column] for numerals in facts.tables[spot.table].numerals]
    printed = Counter(
        numeral.number.exponent
        for numeral in column
        if numeral.reading is Reading.FIGURE and numeral.number is not None
    )
    own = facts.numbers[figure].exponent
    return max(printed, key=lambda exponent: (printed[exponent], -exponent), default=own)


def _is_telling(facts: DocumentFacts, figure: int) -> bool:
    return len(str(abs(facts.numbers[figure].units)).rstrip("0")) >= TELLING


def _sources(facts: DocumentFacts, figure: int) -> Iterator[Slip]:
    """From where a figure may have been copied by mistake: every place that prints the same."""
    spot = facts.spots[figure]
    if isinstance(spot, Span):
        return
    table, number = facts.tables[spot.table], facts.numbers[figure]
    for slip, other in _neighbours(facts, table, spot):
        if facts.numbers[other] == number:
            yield slip
    label = table.rows[spot.row].label
    for index, elsewhere in enumerate(facts.tables):
        if index == spot.table or not label:
            continue
        rows = (at for at, row in enumerate(elsewhere.rows) if row.label == label)
        if any(
            other >= 0 and facts.numbers[other] == number
            for at in rows
            for other in elsewhere.grid[at]
        ):
            yield Slip.OTHER_TABLE
            return


def _neighbours(facts: DocumentFacts, table: TableFacts, spot: Spot) -> Iterator[tuple[Slip, int]]:
    """The figures next to a cell from which a copying hand may have slid."""
    column = [row[spot.column] for row in table.grid]
    totals = [at for at, row in enumerate(table.rows) if row.role is RowRole.TOTAL]
    if totals and totals[-1] != spot.row and column[totals[-1]] >= 0:
        yield Slip.GRAND_TOTAL, column[totals[-1]]
    above, below = column[: spot.row][::-1], column[spot.row + 1 :]
    for slip, figures in ((Slip.ROW_ABOVE, above), (Slip.ROW_BELOW, below)):
        yield from ((slip, other) for other in [f for f in figures if f >= 0][:1])
    for at, other in enumerate(table.grid[spot.row]):
        if at != spot.column and other >= 0 and not _are_twins(facts, table, spot.column, at):
            yield Slip.OTHER_COLUMN, other


def _are_twins(facts: DocumentFacts, table: TableFacts, one: int, other: int) -> bool:
    """Whether two columns print the same in many rows: what did not change is no copy."""
    pairs = [(row[one], row[other]) for row in table.grid if min(row[one], row[other]) >= 0]
    same = sum(facts.numbers[a] == facts.numbers[b] for a, b in pairs)
    return 3 * same >= len(pairs)
