"""What is wrong with the formulas of a workbook, each with the cell to correct and what follows.

Formulas are held against the rows of their table and against their neighbours, as auditors of
spreadsheets do (D. W. Barowy et al., ExceLint, OOPSLA 2018: few that differ among many alike).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from unbudget_check.checks.footing import ALIKE, signs_of, trial_in
from unbudget_check.checks.formula_lines import line_defects
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import UNSUMMED, RowRole
from unbudget_check.model.number import ZERO, decimal_of, total_of
from unbudget_check.worksheet.evaluate import NotEvaluatedError
from unbudget_check.worksheet.grammar import Area, Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.checks.formula_cells import FormulaCells
    from unbudget_check.model.facts import Footing, TableFacts
    from unbudget_check.worksheet.evaluate import Address
    from unbudget_check.worksheet.grammar import Node

LEFT_OUT, UNPROVED = "left-out", "left-out-unproved"
TWICE, STALE, OPERAND, LABEL = "counted-twice", "stale", "operand", "label"
# Results that differ in half of all formulas show that these are not what they seem.
CROWD = 10
_YEARS = range(1900, 2101)
_FACTORS = frozenset({"*", "/", "^"})
_ARITHMETIC = _FACTORS | {"+", "-"}


@dataclass(frozen=True, slots=True)
class Defect:
    """A formula, or a number in place of one, that is wrong.

    ``value`` is what the cell should hold, ``other`` the cells that its formula should take;
    ``parts`` are cells to show beside it, with the sign by which they should enter.
    """

    name: str
    cell: Address
    value: Decimal | None = None
    other: str = ""
    parts: tuple[tuple[Address, int], ...] = ()


def defects_of(cells: FormulaCells) -> tuple[tuple[str, Remark], ...]:
    """All defects, one a cell: what explains most comes first."""
    stale = _stale(cells)
    taken = {cell for cell, _ in stale}
    found = list(_told_stale(cells, stale))
    finders = (_twice(cells), _against_rows(cells), _unproved(cells), _operands(cells))
    lines = (Defect(*each) for each in line_defects(cells))
    for defect in chain(*finders, lines):
        if defect.cell not in taken and defect.cell in cells.figures | cells.spots:
            taken.add(defect.cell)
            found.append((defect.name, _remark(cells, defect)))
    return tuple(found)


def _remark(cells: FormulaCells, defect: Defect) -> Remark:
    spot, figure = cells.spots[defect.cell], cells.figures.get(defect.cell)
    meant = changes = None
    if defect.value is not None and figure is not None:
        meant = cells.shown(figure, defect.value)
        changes = cells.changes({defect.cell: defect.value})
    formula = cells.found.formula(defect.cell)
    return Remark(
        -1,
        spot,
        meant,
        f"={formula}" if formula else "",
        other=defect.other,
        parts=tuple(
            (cells.spots[cell], sign) for cell, sign in defect.parts if cell in cells.spots
        ),
        changes=changes or (),
    )


def _stale(cells: FormulaCells) -> list[tuple[Address, Decimal]]:
    """Formulas whose stored result shows another figure than they come to."""
    found, judged = [], 0
    for cell in cells.found.formulas():
        agrees = cells.agrees(cell)
        judged += agrees is not None
        figure = cells.figures.get(cell)
        if agrees is False and figure is not None:
            value = cells.found.evaluate(cell)
            if cells.shown(figure, value) not in {None, cells.facts.numbers[figure]}:
                found.append((cell, value))
    return [] if len(found) > CROWD and 2 * len(found) > judged else found


def _told_stale(
    cells: FormulaCells, stale: Sequence[tuple[Address, Decimal]]
) -> Iterator[tuple[str, Remark]]:
    """All results that are out of date as one finding: nobody calculated the workbook again."""
    if not stale:
        return
    (first, _), *_ = stale
    changes = cells.changes(dict(stale), again=True)
    figure = cells.figures[first]
    meant = dict(changes).get(figure)
    formula, others = cells.found.formula(first), cells.named((cell for cell, _ in stale), first)
    spots = tuple((cells.spots[cell], 0) for cell in _terms(cells, first) if cell in cells.spots)
    yield (
        STALE,
        Remark(
            -1, cells.spots[first], meant, f"={formula}", other=others, parts=spots, changes=changes
        ),
    )


def _terms(cells: FormulaCells, cell: Address) -> Iterable[Address]:
    linear = cells.linear(cell)
    return linear.terms if linear else ()


def _twice(cells: FormulaCells) -> Iterator[Defect]:
    """Sums that add a subtotal and what it adds up."""
    for cell in cells.found.formulas():
        linear = cells.linear(cell)
        if linear is None or not linear.is_plain or cell not in cells.figures:
            continue
        repeated: set[Address] = set()
        for term, weight in linear.terms.items():
            inner = cells.linear(term)
            if weight != 1 or inner is None or not inner.is_sum or len(inner.terms) < 2:
                continue
            again = {each for each in inner.terms if linear.terms.get(each) == 1}
            if len(again) > 1 and 2 * len(again) > len(inner.terms):
                repeated |= again
        value = cells.found.stored(cell)
        amount = total_of(_stored(cells, each) for each in repeated)
        if amount and value is not None:
            kept = [
                (each, int(linear.terms[each])) for each in linear.terms if each not in repeated
            ]
            named = cells.named(repeated, cell)
            yield Defect(TWICE, cell, value - amount, named, tuple(kept))


def _stored(cells: FormulaCells, cell: Address) -> Decimal:
    return cells.found.stored(cell) or ZERO


def _columns(cells: FormulaCells, table: TableFacts, row: int) -> Iterator[tuple[int, Address]]:
    """The columns of a table with amounts, and the addresses of their cells in a row."""
    for column in table.columns:
        address = cells.places.get((table.ordinal, row, column.index))
        if address is not None and column.role not in UNSUMMED:
            yield column.index, address


def _against_rows(cells: FormulaCells) -> Iterator[Defect]:
    """Totals whose formula adds other rows than those that the rest of the table bears out."""
    for table in cells.facts.tables:
        for footing in table.footings:
            if not footing.above:
                for column, cell in _columns(cells, table, footing.total):
                    defect = _against(cells, table, footing, column, cell)
                    if defect is not None:
                        yield defect


def _against(
    cells: FormulaCells, table: TableFacts, footing: Footing, column: int, cell: Address
) -> Defect | None:
    linear, value = cells.linear(cell), cells.found.stored(cell)
    if linear is None or not linear.is_plain or value is None or cell not in cells.figures:
        return None
    if any(term[:2] == cell[:2] for term in linear.terms):
        return None  # it adds across
    meant = {
        address: sign
        for part, sign in zip(footing.parts, signs_of(footing), strict=False)
        if table.grid[part][column] >= 0
        and (address := cells.places.get((table.ordinal, part, column))) is not None
    }
    amount = total_of(sign * _stored(cells, each) for each, sign in meant.items())
    if dict(linear.terms) == meant or not meant or amount == value:
        return None
    if not _is_borne_out(cells, table, footing, column):
        return None
    missing, further = set(meant) - set(linear.terms), set(linear.terms) - set(meant)
    name = LABEL if further else LEFT_OUT
    named = cells.named(meant if further else missing, cell)
    return Defect(name, cell, amount, named, tuple(meant.items())) if missing or further else None


def _is_borne_out(cells: FormulaCells, table: TableFacts, footing: Footing, column: int) -> bool:
    """Whether another column adds up these rows: by its formula, or in its figures."""
    for other, cell in _columns(cells, table, footing.total):
        if other == column:
            continue
        linear = cells.linear(cell)
        if linear is not None:
            terms = linear.terms.items()
            rows = {(row, int(weight)) for (_, row, at), weight in terms if at == cell[2]}
            meant = {
                (address[1], sign)
                for part, sign in zip(footing.parts, signs_of(footing), strict=False)
                if table.grid[part][other] >= 0
                and (address := cells.places.get((table.ordinal, part, other))) is not None
            }
            if rows == meant and len(rows) > 1:
                return True
        elif cells.found.formula(cell) is None:
            trial = trial_in(cells.facts, table, footing, table.columns[other])
            if trial is not None and trial.holds and trial.addends > 1:
                return True
    return False


def _unproved(cells: FormulaCells) -> Iterator[Defect]:
    """Sums that end beside rows which nothing else adds up, in all columns alike."""
    used = _used_elsewhere(cells)
    for table in cells.facts.tables:
        for footing in table.footings:
            if footing.parts and not footing.above and set(signs_of(footing)) == {1}:
                yield from _beside(cells, table, footing, used)


def _used_elsewhere(cells: FormulaCells) -> set[Address]:
    """The cells that formulas of other rows or other sheets take, ranges included."""
    used: set[Address] = set()
    for cell in cells.found.formulas():
        used |= {each for each in cells.taken_by(cell) if each[:2] != cell[:2]}
    return used


def _beside(
    cells: FormulaCells, table: TableFacts, footing: Footing, used: set[Address]
) -> Iterator[Defect]:
    """The rows beside a sum that are like its own, told once for all columns."""
    summed = []
    for column, cell in _columns(cells, table, footing.total):
        linear = cells.linear(cell)
        if linear is not None and linear.is_sum and len(linear.terms) > 1:
            rows = {row for _, row, at in linear.terms if at == cell[2]}
            if len(rows) == len(linear.terms) and cell in cells.figures:
                summed.append((column, cell))
    left = [
        row
        for row in _neighbours(table, footing)
        if summed
        and all(_is_forgotten(cells, table, footing, (row, column), used) for column, _ in summed)
    ]
    if left:
        column, cell = summed[0]
        added = tuple(_terms(cells, cell))
        missing = tuple(cells.places[table.ordinal, row, column] for row in left)
        value = total_of(_stored(cells, each) for each in (*added, *missing))
        parts = tuple((each, 1) for each in (*added, *missing))
        yield Defect(UNPROVED, cell, value, cells.named(missing, cell), parts)


def _neighbours(table: TableFacts, footing: Footing) -> Iterator[int]:
    """The rows beside those that a total adds, and between them, up to any other kind of row."""
    first, last = min(footing.parts), max(footing.parts)
    between = [row for row in range(first, last) if row not in footing.parts]
    yield from (row for row in between if table.rows[row].role is RowRole.ITEM)
    totals = {each.total for each in table.footings}
    for start, step in ((first - 1, -1), (last + 1, 1)):
        row = start
        while 0 <= row < len(table.rows) and row not in totals:
            if table.rows[row].role is not RowRole.ITEM:
                break
            yield row
            row += step


def _is_forgotten(
    cells: FormulaCells,
    table: TableFacts,
    footing: Footing,
    at: tuple[int, int],
    used: set[Address],
) -> bool:
    """Whether a row is like those that a sum adds, and nothing says that it should not.

    What other formulas take is dealt with there; what is reckoned from these rows, such as a tax,
    is none of them; a figure of another size or precision counts something else.
    """
    row, column = at
    cell, figure = cells.places.get((table.ordinal, row, column)), table.grid[row][column]
    parts = [part for part in footing.parts if table.grid[part][column] >= 0]
    own = {cells.places[table.ordinal, part, column] for part in parts}
    if cell is None or figure < 0 or cell in used or not own.isdisjoint(cells.taken_by(cell)):
        return False
    if any(table.rows[part].unit != table.rows[row].unit for part in parts):
        return False
    numbers = cells.facts.numbers
    number, others = numbers[figure], [numbers[table.grid[part][column]] for part in parts]
    is_year = number.exponent == 0 and number.units in _YEARS
    sizes = [abs(decimal_of(other)) for other in others if other.units]
    usual, size = median(sizes) if sizes else ZERO, abs(decimal_of(number))
    is_alike = usual <= ALIKE * size <= ALIKE**2 * usual
    return is_alike and not is_year and any(o.exponent == number.exponent for o in others)


def _operands(cells: FormulaCells) -> Iterator[Defect]:
    """Formulas that reckon with a text, or with a blank cell of another row."""
    for cell in cells.spots:
        if cells.found.formula(cell) is None:
            continue
        try:
            node = cells.found.node(cell)
        except NotEvaluatedError:
            continue
        wrong = [each for each in _reckoned(cells, node, cell) if _is_wrong(cells, each, cell)]
        if wrong:
            cell_of = tuple((each, 0) for each, _ in wrong)
            named = cells.named((each for each, _ in wrong), cell)
            yield Defect(OPERAND, cell, None, named, cell_of)


def _reckoned(cells: FormulaCells, node: Node, own: Address) -> Iterator[tuple[Address, str]]:
    """The single cells that stand beside a sign, and the sign."""
    if not isinstance(node, Call):
        return
    for argument in node.arguments:
        if isinstance(argument, Area) and argument.is_cell and node.name in _ARITHMETIC:
            try:
                sheet, rows, columns = cells.found.range_of(argument, own)
            except NotEvaluatedError:
                continue
            yield (sheet, rows.start, columns.start), node.name
        elif node.name in _ARITHMETIC:
            yield from _reckoned(cells, argument, own)


def _is_wrong(cells: FormulaCells, operand: tuple[Address, str], own: Address) -> bool:
    (sheet, *place), sign = operand
    held = cells.found.worksheets.sheets[sheet]
    at = (place[0], place[1])
    if at in held.texts:
        return at not in held.formulas
    is_blank = at not in held.values and at not in held.formulas and at not in held.errors
    is_elsewhere = sheet == own[0] and at[0] != own[1]
    value = cells.found.stored(own)
    return is_blank and is_elsewhere and sign in _FACTORS and not value
