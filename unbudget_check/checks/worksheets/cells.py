"""Formulas unlike their neighbours, and numbers where the neighbours have formulas.

Along a row or a column most formulas are copies of one another: relative to their own cells they
are the same text. One that differs between two of them is an exception, and needs a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.number import EXACT, Number, decimal_of, exact, number_of
from unbudget_check.worksheet.evaluate import Address, Calculation, calculation_of
from unbudget_check.worksheet.grammar import (
    NotEvaluatedError,
    name_of,
    ranges_of,
    relative,
    split_address,
)
from unbudget_check.worksheet.linear import Linear, linear_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.model.facts import DocumentFacts, TableFacts


# By what powers of ten a number format may divide what is stored; per cent multiplies it.
SHIFTS = (0, 2, -3, -6, -9)
# What binary numbers add to a figure that is shown with all its digits.
TINY = exact("0.00000000000001")
SHOWN = Context(prec=200, rounding=ROUND_HALF_UP)
# Longer and wider ranges are whole columns of data.
TALLEST_RANGE, WIDEST_RANGE = 2_000, 64
# Cells that are named with the labels of their rows.
MOST_CELLS_LABELLED = 3
# Steps that are followed from a corrected cell, and cells that are looked at.
MOST_STEPS_FOLLOWED, MOST_PAIRS = 200, 5_000_000

UNLIKE, UNLIKE_FACTOR = "unlike", "unlike-factor"
TYPED, TYPED_SAME = "typed-over", "typed-over-same"
# Copies on a line that are a habit, if they are three in four of its formulas.
FEWEST_COPIES = 3
COPIED_SHARE = 3, 4
# Formulas that two columns copied from each other have in common, but for one cell.
TWINS = 4
WIDEST_GAP = 40
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
_AREA = re.compile(
    r"R(?:\[-?\d+\]|\d+)C(?:\[-?\d+\]|\d+)(?::R(?:\[-?\d+\]|\d+)C(?:\[-?\d+\]|\d+))?"
)
_ROWS = re.compile(r"R(\[-?\d+\]|\d+)")
_FIXED = re.compile(r"(?:[^\W\d][\w.]*!|'[^']*'!)?R\d+C\d+")
_NUMBER = re.compile(r"(?<![\w\[.])\d+(?:\.\d+)?(?![\w\].])")

# What a defect is made of: its name, cell, value, and what it is told against.
Found = tuple[str, "Address", "Decimal | None", str]


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
                if len(rows) <= TALLEST_RANGE and len(columns) <= WIDEST_RANGE:
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
        if len(cells) > MOST_CELLS_LABELLED:
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
        for _ in range(MOST_STEPS_FOLLOWED):
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


@dataclass(frozen=True, slots=True)
class _Member:
    """One cell of a line: its formula in relative notation, empty for a typed number."""

    cell: Address
    text: str


def line_defects(cells: FormulaCells) -> Iterator[Found]:
    """Every odd cell of every row and column of every table."""
    for table in cells.facts.tables:
        texts = {
            (spot.row, spot.column): _Member(cell, _text(cells, cell))
            for cell, spot in _cells_of(cells, table)
        }
        columns = [column.index for column in table.columns if column.role not in _WORDY]
        items = [r for r, row in enumerate(table.rows) if row.role is RowRole.ITEM]
        for column in columns if items else ():
            line = [texts[r, column] for r in items if (r, column) in texts]
            below = [
                texts[r, column]
                for r in range(items[-1] + 1, len(table.rows))
                if (r, column) in texts
            ]
            yield from _odd(cells, line, texts, below[0].text if below else "", across=False)
        yield from _unlike_twins(cells, columns, texts)
        yield from _unlike_rows(cells, (items, columns), texts)
        for r in range(len(table.rows)):
            line = [texts[r, column] for column in columns if (r, column) in texts]
            yield from _odd(cells, line, texts, "", across=True)


def _unlike_twins(
    cells: FormulaCells, columns: Sequence[int], texts: dict[tuple[int, int], _Member]
) -> Iterator[Found]:
    """The one typed number of a column whose formulas are all those of another column."""
    by_column = {
        column: {row: member for (row, at), member in texts.items() if at == column}
        for column in columns[:WIDEST_GAP]
    }
    for own, other in permutations(by_column, 2):
        rows = by_column[own].keys() & by_column[other].keys()
        pairs = [(by_column[own][row], by_column[other][row]) for row in sorted(rows)]
        pairs = [(one, twin) for one, twin in pairs if one.text or twin.text]
        unlike = [(one, twin) for one, twin in pairs if one.text != twin.text]
        if len(unlike) == 1 and len(pairs) > TWINS and not unlike[0][0].text:
            yield from _told(cells, unlike[0][0], [unlike[0][1].text], unlike[0][1].cell)


def _unlike_rows(
    cells: FormulaCells,
    lines: tuple[Sequence[int], Sequence[int]],
    texts: dict[tuple[int, int], _Member],
) -> Iterator[Found]:
    """Typed numbers in rows that are filled in as others are, whose formulas reckon across."""
    items, columns = lines
    alike: dict[tuple[str | None, ...], list[int]] = {}
    for row in items:
        pattern = [m.text if (m := texts.get((row, column))) else None for column in columns]
        for at in range(len(columns)):
            others = (f"{at}", *pattern[:at], *pattern[at + 1 :])
            if pattern[at] is not None and any(each is not None for each in others[1:]):
                alike.setdefault(others, []).append(row)
    for others, rows in alike.items():
        column = columns[int(others[0] or 0)]
        members = [texts[row, column] for row in rows]
        typed = [member for member in members if not member.text]
        habits = {member.text for member in members if member.text}
        if len(typed) == 1 and len(members) > FEWEST_COPIES and len(habits) == 1:
            ((habit,), (member,)) = habits, typed
            if all(row in {"[0]", ""} for row in _ROWS.findall(habit)):
                near = next(m for m in members if m.text)
                yield from _told(cells, member, [habit], near.cell)


def _cells_of(cells: FormulaCells, table: TableFacts) -> Iterator[tuple[Address, Spot]]:
    for r in range(len(table.rows)):
        for c in range(len(table.columns)):
            cell = cells.places.get((table.ordinal, r, c))
            if cell is not None and cell in cells.figures:
                yield cell, cells.spots[cell]


def _text(cells: FormulaCells, cell: Address) -> str:
    formula = cells.found.formula(cell)
    return relative(formula, cell[1:]) if formula else ""


def _odd(
    cells: FormulaCells,
    line: Sequence[_Member],
    texts: dict[tuple[int, int], _Member],
    below: str,
    *,
    across: bool,
) -> Iterator[Found]:
    """The cells of one line that stand between two copies and are none.

    ``below`` is the formula of the total, or other row, that comes after the line.
    """
    counts = Counter(member.text for member in line)
    copied = [text for text, count in counts.items() if text and count >= FEWEST_COPIES]
    if not copied:
        return
    most, of = COPIED_SHARE
    for at, member in enumerate(line):
        habits = _habits(line, at, copied, below, is_last_told=not across)
        whole = len(line) - (counts[""] if member.text else 0)
        habits = [each for each in habits if each != member.text]
        alike = len(line) - counts[""] if len(habits) > 1 else sum(counts[each] for each in habits)
        is_habit = alike * of >= most * whole
        if habits and is_habit and not _has_twin(cells, member, texts, across=across):
            yield from _told(cells, member, habits, line[at - 1].cell)


def _habits(
    line: Sequence[_Member], at: int, copied: Sequence[str], below: str, *, is_last_told: bool
) -> list[str]:
    """The formulas that a cell might be expected to hold.

    That on both sides of it, or before it where the line ends there; for a typed number among
    formulas of several kinds, any of them.
    """
    if at == 0:
        return []
    before, is_formula = line[at - 1].text, bool(line[at].text)
    if at == len(line) - 1:
        first = at - 1 - FEWEST_COPIES
        is_long = first >= 0 and all(member.text == before for member in line[first:at])
        is_told = is_last_told and is_formula and before in copied
        return [before] if is_told and (is_long or below == before) else []
    after = line[at + 1].text
    if before == after:
        return [before] if before in copied else []
    return list(copied) if before and after and not is_formula else []


def _has_twin(
    cells: FormulaCells,
    member: _Member,
    texts: dict[tuple[int, int], _Member],
    *,
    across: bool,
) -> bool:
    """Whether the cells beside it, across its line, are like it: then it was made so on purpose."""
    spot = cells.spots[member.cell]
    steps = ((1, 0), (-1, 0)) if across else ((0, 1), (0, -1))
    for down, right in steps:
        place = spot.row + down, spot.column + right
        other = texts.get(place)
        if other is None or other.text != member.text:
            continue
        along = (m for at, m in texts.items() if at[not across] == place[not across])
        if member.text or _are_copies(list(along)):
            return True
    return False


def _are_copies(line: Sequence[_Member]) -> bool:
    """Whether most cells of a line have formulas: a typed number is an exception there."""
    return 2 * sum(bool(member.text) for member in line) > len(line)


def _told(
    cells: FormulaCells, member: _Member, habits: Sequence[str], neighbour: Address
) -> Iterator[Found]:
    """What is said of an odd cell, if it makes a difference and nothing explains it.

    Of several formulas that might stand there, only one may find all that it refers to.
    """
    found, cell = cells.found, member.cell
    values: dict[str, Decimal] = {}
    for habit in habits:
        try:
            areas = list(found.ranges_in(habit, cell))
            if areas and all(_is_filled(cells, *each) for each in areas):
                values[habit] = found.evaluate_as(habit, cell)
        except NotEvaluatedError:
            continue
    if len(values) != 1:
        return
    ((habit, value),) = values.items()
    figure = cells.figures[cell]
    shown, printed = cells.shown(figure, value), cells.facts.numbers[figure]
    if shown is None:
        return
    named = f"={found.formula(neighbour)}"
    if not member.text:
        yield (TYPED_SAME, cell, None, named) if shown == printed else (TYPED, cell, value, named)
    elif shown != printed:
        name = _kind_of_difference(member.text, habit)
        if name:
            yield name, cell, value, named


def _is_filled(cells: FormulaCells, sheet: int, rows: range, columns: range) -> bool:
    """Whether a reference finds a number: what is not filled in is no slip."""
    held = cells.found.cells_in(sheet, rows, columns)
    return any(cells.found.stored(each) is not None for each in held)


def _kind_of_difference(text: str, habit: str) -> str:
    """Whether a formula differs by its references, by a number in it, or in kind on purpose."""
    own, usual = _AREA.findall(text), _AREA.findall(habit)
    bare, usual_bare = _AREA.sub("@", text), _AREA.sub("@", habit)
    if bare == usual_bare:
        differing = [one for one, other in zip(own, usual, strict=True) if one != other]
        is_chosen = all(_FIXED.fullmatch(each) for each in differing)
        return "" if is_chosen else UNLIKE
    if _NUMBER.sub("#", bare) == _NUMBER.sub("#", usual_bare) and own == usual:
        return UNLIKE_FACTOR
    is_less = set(own) <= set(usual) and set(_NUMBER.findall(bare)) <= set(
        _NUMBER.findall(usual_bare)
    )
    return UNLIKE if is_less else ""
