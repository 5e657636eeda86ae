"""What a table tells about a doubtful figure beside its sums: where it may come from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.localisation.repairs import Hints, Likeness, likeness_of
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.facts import UNSUMMED, CellKind, RowRole
from unbudget_check.model.number import scaled
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unbudget_check.model.facts import DocumentFacts, Spot, TableFacts
    from unbudget_check.model.number import Number

# Figures with fewer digits meet by chance.
TELLING = 3


def hints_of(facts: DocumentFacts, scale: int, doubtful: Collection[int]) -> Hints:
    """The hints that a document gives about its figures; ``scale`` is that of the vector."""
    page = _Lookups(facts)

    @cache
    def step(figure: int) -> int:
        finest = min(facts.numbers[figure].exponent, page.usual_exponent(figure))
        return int(10 ** max(finest - scale, 0))

    @cache
    def copied(figure: int) -> Slip | None:
        return next(_sources(page, figure), None) if is_telling(facts, figure) else None

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


class _Lookups:
    """The tables of a document as lookups, each made once: a figure is asked for in no time.

    Where very many sums are broken, every figure of a table is a suspect; walking down its column
    for each of them would take the square of the time.
    """

    def __init__(self, facts: DocumentFacts) -> None:
        self.facts = facts
        self._exponents: dict[tuple[int, int], Counter[int]] = {}
        self._filled: dict[tuple[int, int], list[int]] = {}
        self._totals: dict[int, int] = {}
        self._twins: dict[tuple[int, int, int], bool] = {}
        self._printed: dict[tuple[str, Number], set[int]] | None = None

    def usual_exponent(self, figure: int) -> int:
        """The precision that most figures of a column have: a slip may have lost its own."""
        spot = self.facts.spots[figure]
        own = self.facts.numbers[figure].exponent
        if isinstance(spot, Span):
            return own
        at = spot.table, spot.column
        if at not in self._exponents:
            self._exponents[at] = _exponents_of(self.facts.tables[spot.table], spot.column)
        return _usual(self._exponents[at], own)

    def filled(self, table: int, column: int) -> list[int]:
        """The rows of a column in which a figure stands."""
        if (table, column) not in self._filled:
            grid = self.facts.tables[table].grid
            self._filled[table, column] = [at for at, row in enumerate(grid) if row[column] >= 0]
        return self._filled[table, column]

    def last_total(self, table: int) -> int:
        """The last row of a total, -1 where there is none."""
        if table not in self._totals:
            rows = self.facts.tables[table].rows
            totals = (at for at, row in enumerate(rows) if row.role is RowRole.TOTAL)
            self._totals[table] = max(totals, default=-1)
        return self._totals[table]

    def are_twins(self, table: int, one: int, other: int) -> bool:
        """Whether two columns print the same in many rows: what did not change is no copy."""
        key = table, min(one, other), max(one, other)
        if key not in self._twins:
            grid, numbers = self.facts.tables[table].grid, self.facts.numbers
            pairs = [(row[one], row[other]) for row in grid if min(row[one], row[other]) >= 0]
            same = sum(numbers[a] == numbers[b] for a, b in pairs)
            self._twins[key] = 3 * same >= len(pairs)
        return self._twins[key]

    def prints_elsewhere(self, label: str, table: int, number: Number) -> bool:
        """Whether a row of another table with this label prints a number."""
        if self._printed is None:
            self._printed = defaultdict(set)
            for at, each in enumerate(self.facts.tables):
                for row, figures in zip(each.rows, each.grid, strict=True):
                    for figure in (each for each in figures if each >= 0):
                        self._printed[row.label, self.facts.numbers[figure]].add(at)
        found = self._printed.get((label, number), set())
        return not found <= {table}


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
    return _Lookups(facts).usual_exponent(figure)


def _exponents_of(table: TableFacts, column: int) -> Counter[int]:
    numerals = (row[column] for row in table.numerals)
    return Counter(
        numeral.number.exponent
        for numeral in numerals
        if numeral.reading is CellKind.FIGURE and numeral.number is not None
    )


def _usual(printed: Counter[int], own: int) -> int:
    return max(printed, key=lambda exponent: (printed[exponent], -exponent), default=own)


def is_telling(facts: DocumentFacts, figure: int) -> bool:
    """Whether a figure has enough digits that a match elsewhere is unlikely to be chance."""
    return len(str(abs(facts.numbers[figure].units)).rstrip("0")) >= TELLING


def _sources(page: _Lookups, figure: int) -> Iterator[Slip]:
    """From where a figure may have been copied by mistake: every place that prints the same."""
    facts = page.facts
    spot = facts.spots[figure]
    if isinstance(spot, Span):
        return
    number = facts.numbers[figure]
    for slip, other in _neighbours(page, spot):
        if facts.numbers[other] == number:
            yield slip
    label = facts.tables[spot.table].rows[spot.row].label
    if label and page.prints_elsewhere(label, spot.table, number):
        yield Slip.OTHER_TABLE


def _neighbours(page: _Lookups, spot: Spot) -> Iterator[tuple[Slip, int]]:
    """The figures next to a cell from which a copying hand may have slid."""
    grid = page.facts.tables[spot.table].grid
    total = page.last_total(spot.table)
    if total not in {-1, spot.row} and grid[total][spot.column] >= 0:
        yield Slip.GRAND_TOTAL, grid[total][spot.column]
    filled = page.filled(spot.table, spot.column)
    after = bisect_right(filled, spot.row)
    before = bisect_left(filled, spot.row)
    if before:
        yield Slip.ROW_ABOVE, grid[filled[before - 1]][spot.column]
    if after < len(filled):
        yield Slip.ROW_BELOW, grid[filled[after]][spot.column]
    for at, other in enumerate(grid[spot.row]):
        if at != spot.column and other >= 0 and not page.are_twins(spot.table, spot.column, at):
            yield Slip.OTHER_COLUMN, other
