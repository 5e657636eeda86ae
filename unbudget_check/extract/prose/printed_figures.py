"""All amounts and counts that tables print, by their value: what might bear a sentence out."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from unbudget_check.extract.meaning import KIND_OF_COLUMN, MONEY_UNIT, POSTS_UNIT
from unbudget_check.model.facts import UNSUMMED, ColumnRole, TableFacts
from unbudget_check.model.meaning import Fact, Kind, Meaning, View
from unbudget_check.model.number import Number, agree, comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from unbudget_check.extract.vector import Vector

# From this exponent on an amount is said in words, and rounded.
THOUSANDS = 3
_UNITS = (MONEY_UNIT, POSTS_UNIT)


class PrintedFigures:
    """The figures of tables other than percentages; those without a meaning have one of no name."""

    def __init__(self, tables: Sequence[TableFacts], found: Iterable[Fact], vector: Vector) -> None:
        self.tables, self.vector = tables, vector
        self.known = {fact.figure: fact for fact in found}
        self.by_value: defaultdict[tuple[str, int], list[Fact]] = defaultdict(list)
        self.counted: Counter[tuple[str, int | None]] = Counter()  # None is all tables
        self.of_figure: dict[int, Fact] = {}
        for table in tables:
            for fact in self._figures(table):
                self.of_figure[fact.figure] = fact
                unit = fact.meaning.unit
                self.by_value[unit, self._value(fact)].append(fact)
                self.counted[unit, fact.table] += 1
                self.counted[unit, None] += 1

    def same(self, number: Number, unit: str) -> list[Fact]:
        """The figures of this amount: those with its sign, else those with the other."""
        value = comparable(number)
        found = self.by_value.get((unit, value)) or self.by_value.get((unit, -value), [])
        if not found and number.exponent >= THOUSANDS:
            found = [
                fact
                for (of, _), facts in self.by_value.items()
                for fact in facts
                if of == unit and agree(number, self._number(fact))
            ]
        return found

    def bits_of(self, tables: Collection[int] | None, unit: str) -> int:
        """The bits that it takes to pick one figure of some tables, or of all."""
        chosen = (None,) if tables is None else tables
        return sum(self.counted[unit, table] for table in chosen).bit_length()

    def base_beside(self, fact: Fact) -> Fact | None:
        """What was approved, in the row of a fact."""
        table, spot = self.tables[fact.table], self.vector.spots[fact.figure]
        row = getattr(spot, "row", -1)
        for column in table.columns:
            figure = table.grid[row][column.index]
            if column.role is ColumnRole.BASE and figure >= 0:
                return self.of_figure.get(figure)
        return None

    def _figures(self, table: TableFacts) -> Iterator[Fact]:
        for r, row in enumerate(table.rows):
            if row.unit not in _UNITS:
                continue
            scale = table.scale if row.unit == MONEY_UNIT else 0
            for column in table.columns:
                figure = table.grid[r][column.index]
                if figure < 0 or column.role in UNSUMMED:
                    continue
                known = self.known.get(figure)
                if known is not None:
                    yield known
                    continue
                kind = KIND_OF_COLUMN.get(column.role, Kind.PROPOSED)
                nameless = Meaning("", "", "", kind, column.year, "", row.unit)
                yield Fact(figure, table.ordinal, scale, View.OTHER, nameless)

    def _number(self, fact: Fact) -> Number:
        number = self.vector.numbers[fact.figure]
        return Number(number.units, number.exponent + fact.scale)

    def _value(self, fact: Fact) -> int:
        return comparable(self.vector.numbers[fact.figure], fact.scale)
