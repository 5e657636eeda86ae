"""The cells of a workbook with formulas, and the figures of its tables that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.model.facts import Spot
from unbudget_check.model.number import EXACT, Number, decimal_of, exact, number_of
from unbudget_check.worksheet.evaluate import Address, Calculation, calculation_of
from unbudget_check.worksheet.grammar import NotEvaluatedError
from unbudget_check.worksheet.linear import Linear, linear_of
from unbudget_check.worksheet.places import name_of, ranges_of, split_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from decimal import Decimal

    from unbudget_check.model.facts import DocumentFacts

# By what powers of ten a number format may divide what is stored; per cent multiplies it.
SHIFTS = (0, 2, -3, -6, -9)
# What binary numbers add to a figure that is shown with all its digits.
TINY = exact("0.00000000000001")
SHOWN = Context(prec=200, rounding=ROUND_HALF_UP)
# Longer and wider ranges are whole columns of data.
TALLEST, WIDEST = 2_000, 64
# So many cells are told with the labels of their rows.
FEW = 3
# So many steps from a corrected cell, or cells looked at, are followed.
FARTHEST, MOST_PAIRS = 200, 5_000_000


@dataclass(slots=True)
class FormulaCells:
    """The figures and places of cells by address, and what their formulas say."""

    facts: DocumentFacts
    found: Calculation
    figures: dict[Address, int] = field(default_factory=dict)
    spots: dict[Address, Spot] = field(default_factory=dict)
    places: dict[tuple[int, int, int], Address] = field(default_factory=dict)
    addresses: dict[int, Address] = field(default_factory=dict)
    _linear: dict[Address, Linear | None] = field(default_factory=dict)

    def linear(self, cell: Address) -> Linear | None:
        """The formula of a cell as a weighted sum, or None."""
        if cell not in self._linear:
            is_formula = self.found.formula(cell) is not None
            self._linear[cell] = linear_of(self.found, cell) if is_formula else None
        return self._linear[cell]

    def agrees(self, cell: Address) -> bool | None:
        """Whether the result of a formula is what it comes to; None where nobody can say."""
        return self.found.agrees(cell)

    def taken_by(self, cell: Address) -> set[Address]:
        """The cells that a formula refers to, but for the longest ranges."""
        taken: set[Address] = set()
        try:
            for sheet, rows, columns in self.found.precedents(cell):
                if len(rows) <= TALLEST and len(columns) <= WIDEST:
                    taken.update((sheet, row, column) for row in rows for column in columns)
        except NotEvaluatedError:
            return taken
        return taken

    def shown(self, figure: int, value: Decimal) -> Number | None:
        """A value as the cell of a figure would show it, or None where that is not understood."""
        number = self.facts.numbers[figure]
        shift = self.shift(figure)
        if shift is None:
            return None
        moved = value.scaleb(shift, EXACT)
        last = decimal_of(Number(1, number.exponent))
        return number_of(moved.quantize(last, ROUND_HALF_UP, SHOWN))

    def shift(self, figure: int) -> int | None:
        """The power of ten by which a cell shows its value, None where it shows another one."""
        cell = self.addresses[figure]
        stored, number = self.found.stored(cell), self.facts.numbers[figure]
        if stored is None:
            return None
        shown, last = decimal_of(number), decimal_of(Number(number.step, number.exponent))
        for shift in SHIFTS:
            if abs(stored.scaleb(shift, EXACT) - shown) * 2 <= last + abs(shown) * TINY:
                return shift
        return None

    def address(self, cell: Address) -> str:
        """A cell as it is written with its sheet."""
        name = self.found.worksheets.sheets[cell[0]].name
        spot = self.spots.get(cell)
        held = self.facts.tables[spot.table].cells[spot.row][spot.column] if spot else None
        return held.address if held is not None else f"{name}!{name_of(cell[1:])}"

    def named(self, cells: Iterable[Address], own: Address) -> str:
        """Cells as ranges, with the names of other sheets."""
        by_sheet: dict[int, list[tuple[int, int]]] = {}
        for sheet, *place in cells:
            by_sheet.setdefault(sheet, []).append((place[0], place[1]))
        sheets = self.found.worksheets.sheets
        return ", ".join(
            ranges_of(places) if at == own[0] else f"{sheets[at].name}!{ranges_of(places)}"
            for at, places in by_sheet.items()
        )

    def labelled(self, cells: Collection[Address], own: Address) -> str:
        """A few cells with the labels of their rows, more of them as ranges: C5 (Travel)."""
        if len(cells) > FEW:
            return self.named(cells, own)
        told = []
        for cell in sorted(cells):
            spot = self.spots.get(cell)
            row = self.facts.tables[spot.table].rows[spot.row] if spot is not None else None
            label = f" ({row.label})" if row is not None and row.label else ""
            told.append(self.named([cell], own) + label)
        return ", ".join(told)

    def calculation(self, changes: Mapping[Address, Decimal]) -> Calculation:
        """The workbook with other values in some cells."""
        found = self.found
        return Calculation(found.worksheets, {**found.changed, **changes}, dict(found.failed))

    def recalculated(
        self, changes: Mapping[Address, Decimal], *, again: bool = False
    ) -> dict[Address, Decimal]:
        """All cells that have other values once some have; ``again`` evaluates these, too."""
        found, trial = self.found, self.calculation(changes)
        formulas = []
        for cell in found.formulas():
            try:
                formulas.append((cell, list(found.precedents(cell))))
            except NotEvaluatedError:
                continue
        new, fresh = dict(changes), set(changes)
        pairs = 0
        for _ in range(FARTHEST):
            pairs += len(formulas) * len(fresh)
            if not fresh or pairs > MOST_PAIRS:
                break
            follow = [
                cell
                for cell, ranges in formulas
                if (again or cell not in changes) and any(_holds(each, ranges) for each in fresh)
            ]
            fresh = set()
            for cell in follow:
                try:
                    value = trial.evaluate(cell)
                except NotEvaluatedError:
                    continue
                if value != trial.stored(cell):
                    new[cell] = trial.changed[cell] = value
                    fresh.add(cell)
        return new

    def changes(
        self, corrected: Mapping[Address, Decimal], *, again: bool = False
    ) -> tuple[tuple[int, Number], ...]:
        """The figures that are shown otherwise once some cells are corrected."""
        found = []
        for cell, value in self.recalculated(corrected, again=again).items():
            figure = self.figures.get(cell)
            number = self.shown(figure, value) if figure is not None else None
            if figure is not None and number is not None and number != self.facts.numbers[figure]:
                found.append((figure, number))
        return tuple(found)


def _holds(cell: Address, ranges: Iterable[tuple[int, range, range]]) -> bool:
    return any(
        cell[0] == sheet and cell[1] in rows and cell[2] in columns
        for sheet, rows, columns in ranges
    )


def formula_cells(facts: DocumentFacts) -> FormulaCells:
    """The formulas of a workbook beside its figures, kept while its rules are checked."""
    return _formula_cells(_Held(facts))


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A document that is the same as no other, whatever that says."""

    facts: DocumentFacts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.facts is self.facts

    def __hash__(self) -> int:
        return id(self.facts)


@lru_cache(maxsize=1)
def _formula_cells(held: _Held) -> FormulaCells:
    facts = held.facts
    cells = FormulaCells(facts, calculation_of(facts.worksheets))
    for address, spot, figure in _placed(facts):
        cells.spots[address] = spot
        cells.places[spot.table, spot.row, spot.column] = address
        if figure >= 0:
            cells.figures[address] = figure
            cells.addresses[figure] = address
    return cells


def _placed(facts: DocumentFacts) -> Iterator[tuple[Address, Spot, int]]:
    """The cells of all tables in sheets: address, place in the table and figure."""
    sheets = {sheet.name: at for at, sheet in enumerate(facts.worksheets.sheets)}
    for index, table in enumerate(facts.tables):
        corner = split_address(table.address)
        if corner is None or corner[0] not in sheets:
            continue
        sheet, (top, left) = sheets[corner[0]], corner[1]
        for r, cells in enumerate(table.cells):
            for c, cell in enumerate(cells):
                if cell is not None:
                    place = (sheet, top + cell.row, left + cell.column)
                    yield place, Spot(index, r, c), table.grid[r][c]
