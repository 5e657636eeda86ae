"""What is wrong with the formulas of a workbook, each with the cell to correct and what follows.

Formulas are held against the rows of their table and against their neighbours, as auditors of
spreadsheets do (D. W. Barowy et al., ExceLint, OOPSLA 2018: few that differ among many alike).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from unbudget_check.checks.tables.footing import is_alike, may_be_year, signs_of, trial_in
from unbudget_check.checks.worksheets.cells import TYPED, line_defects
from unbudget_check.evidence.slips import slip_between
from unbudget_check.evidence.weight import FAILURE_BITS, loss_of
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, RowRole
from unbudget_check.model.number import EXACT, ZERO, decimal_of, kept, total_of
from unbudget_check.worksheet.grammar import Area, Call, NotEvaluatedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.checks.worksheets.cells import FormulaCells
    from unbudget_check.model.facts import Footing, TableFacts
    from unbudget_check.model.number import Number
    from unbudget_check.worksheet.evaluate import Address, Calculation
    from unbudget_check.worksheet.grammar import Node
    from unbudget_check.worksheet.linear import Linear

LEFT_OUT, UNPROVED = "left-out", "left-out-unproved"
TWICE, STALE, OPERAND, LABEL = "counted-twice", "stale", "operand", "label"
# Results that differ in half of all formulas show that these are not what they seem.
CROWD = 10
# Sums across that show what a column adds up.
FEWEST_SUMS_ACROSS = 3
# Figures of a formula that are tried as the one that was changed since.
MOST_TRIED = 60
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
_FACTORS = frozenset({"*", "/", "^"})
_ARITHMETIC = _FACTORS | {"+", "-"}


@dataclass(frozen=True, slots=True)
class FormulaDefect:
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
    finders = (_twice(cells), _against_rows(cells), _unproved(cells), _operands(cells))
    lines = (FormulaDefect(*each) for each in line_defects(cells))
    defects: dict[Address, FormulaDefect] = {}
    for defect in chain(*finders, lines, _columns_left_out(cells)):
        if defect.cell in cells.spots:
            defects.setdefault(defect.cell, defect)
    stale = _unexplained(cells, _stale(cells), defects.values())
    dated = {cell for cell, _ in stale}
    told = [each for cell, each in defects.items() if cell not in dated]
    return (*_told_stale(cells, stale), *((each.name, _remark(cells, each)) for each in told))


def _unexplained(
    cells: FormulaCells, stale: Sequence[tuple[Address, Decimal]], defects: Iterable[FormulaDefect]
) -> list[tuple[Address, Decimal]]:
    """The results that are out of date, but for those that are right once defects are mended.

    A number typed over a formula leaves the totals as they were, until somebody calculates.
    """
    mended = {each.cell: each.value for each in defects if each.value is not None}
    if not stale or not mended:
        return list(stale)
    trial = cells.calculation(cells.recalculated(mended))
    return [
        (cell, value)
        for cell, value in stale
        if cell in mended or not _is_stored(cells, trial, cell)
    ]


def _is_stored(cells: FormulaCells, trial: Calculation, cell: Address) -> bool:
    """Whether a formula comes to what is stored for it, in a workbook that was changed on trial."""
    try:
        return trial.is_same(cell, trial.evaluate(cell), _stored(cells, cell))
    except NotEvaluatedError:
        return False


def _remark(cells: FormulaCells, defect: FormulaDefect) -> Remark:
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
    yield (
        STALE,
        Remark(
            -1,
            cells.spots[first],
            dict(changes).get(figure),
            f"={cells.found.formula(first)}",
            other=cells.named((cell for cell, _ in stale), first),
            parts=tuple((cells.spots[c], 0) for c in _terms(cells, first) if c in cells.spots),
            changes=changes,
            instead=tuple(_changed_since(cells, [cell for cell, _ in stale])),
        ),
    )


def _changed_since(cells: FormulaCells, stale: Sequence[Address]) -> Iterator[tuple[int, Number]]:
    """The typed figure with whose former value all results that are out of date were right.

    Of several that would do it is the one that a slip explains.
    """
    found = []
    for cell in sorted(cells.taken_by(stale[0]))[:MOST_TRIED]:
        value = None if cells.found.formula(cell) else cells.found.stored(cell)
        figure = cells.figures.get(cell)
        former = _former(cells, stale, cell, value) if value and figure is not None else None
        shown = cells.shown(figure, former) if former is not None and figure is not None else None
        shift = cells.shift(figure) if figure is not None else None
        # Nobody typed what has more digits than the cell shows.
        if shown is not None and shift is not None and former is not None and figure is not None:
            is_typed = decimal_of(shown) == former.scaleb(shift, EXACT)
            found += [(figure, shown)] if is_typed else []
    numbers = cells.facts.numbers
    slips = [pair for pair in found if slip_between(numbers[pair[0]].units, pair[1].units)]
    yield from slips if len(slips) == 1 else found if len(found) == 1 else ()


def _former(
    cells: FormulaCells, stale: Sequence[Address], cell: Address, value: Decimal
) -> Decimal | None:
    """What a cell must have held for all results to be right, reckoned along a straight line."""
    now, nought = cells.calculation({}), cells.calculation({cell: ZERO})
    try:
        at_nought = nought.evaluate(stale[0])
        slope = now.evaluate(stale[0]) - at_nought
        if not slope:
            return None
        former = kept(
            Fraction(value) * Fraction(_stored(cells, stale[0]) - at_nought) / Fraction(slope)
        )
    except NotEvaluatedError:
        return None
    trial = cells.calculation({cell: former})
    return former if all(_is_stored(cells, trial, each) for each in stale) else None


def _terms(cells: FormulaCells, cell: Address) -> Iterable[Address]:
    linear = cells.linear(cell)
    return linear.terms if linear else ()


def _twice(cells: FormulaCells) -> Iterator[FormulaDefect]:
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
            yield FormulaDefect(TWICE, cell, value - amount, named, tuple(kept))


def _stored(cells: FormulaCells, cell: Address) -> Decimal:
    return cells.found.stored(cell) or ZERO


def _columns(cells: FormulaCells, table: TableFacts, row: int) -> Iterator[tuple[int, Address]]:
    """The columns of a table with figures, and the addresses of their cells in a row."""
    for column in table.columns:
        address = cells.places.get((table.ordinal, row, column.index))
        if address is not None and column.role not in _WORDY:
            yield column.index, address


def _against_rows(cells: FormulaCells) -> Iterator[FormulaDefect]:
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
) -> FormulaDefect | None:
    """What is wrong with one total, by the rows that the rest of the table says it adds."""
    linear, value = cells.linear(cell), cells.found.stored(cell)
    meant = _meant(cells, table, footing, column)
    amount = total_of(sign * _stored(cells, each) for each, sign in meant.items())
    if value is None or cell not in cells.figures or len(meant) < 2 or amount == value:
        return None
    witness = _witness(cells, table, footing, column)
    if witness is None:
        return None
    parts = tuple(meant.items())
    if cells.found.formula(cell) is None:
        is_typed = cells.found.formula(witness) and _is_added(cells, table, footing, column)
        named = f"={cells.found.formula(witness)}"
        return FormulaDefect(TYPED, cell, amount, named, parts) if is_typed else None
    if linear is None or not linear.is_plain or dict(linear.terms) == meant:
        return None
    missing, further = set(meant) - set(linear.terms), set(linear.terms) - set(meant)
    named = cells.named(meant, cell) if further else cells.labelled(missing, cell)
    adds_across = any(term[:2] == cell[:2] for term in linear.terms)
    is_told = bool(missing or further) and not adds_across
    return (
        FormulaDefect(LABEL if further else LEFT_OUT, cell, amount, named, parts)
        if is_told
        else None
    )


def _meant(
    cells: FormulaCells, table: TableFacts, footing: Footing, column: int
) -> dict[Address, int]:
    """The cells that a total is made of in one column, with the sign of each."""
    return {
        cells.places[table.ordinal, part, column]: sign
        for part, sign in zip(footing.parts, signs_of(footing), strict=False)
        if table.grid[part][column] >= 0 and (table.ordinal, part, column) in cells.places
    }


def _is_added(cells: FormulaCells, table: TableFacts, footing: Footing, column: int) -> bool:
    """Whether a typed total is one: near the sum, or where another total of the column is one."""
    trial = trial_in(cells.facts, table, footing, table.columns[column])
    if trial is not None and loss_of(trial) < FAILURE_BITS:
        return True
    others = (cells.places.get((table.ordinal, f.total, column)) for f in table.footings)
    return any(
        (linear := cells.linear(cell)) is not None
        and linear.is_sum
        and len({row for _, row, _ in linear.terms}) > 1
        for cell in others
        if cell is not None
    )


def _witness(
    cells: FormulaCells, table: TableFacts, footing: Footing, column: int
) -> Address | None:
    """The total of another column that adds up these rows: by its formula, or in its figures."""
    for other, cell in _columns(cells, table, footing.total):
        if other == column:
            continue
        linear = cells.linear(cell)
        if linear is not None:
            meant = _meant(cells, table, footing, other)
            if len(meant) > 1 and dict(linear.terms) == meant:
                return cell
        elif cells.found.formula(cell) is None:
            trial = trial_in(cells.facts, table, footing, table.columns[other])
            if trial is not None and trial.holds and trial.addends > 1:
                return cell
    return None


def _unproved(cells: FormulaCells) -> Iterator[FormulaDefect]:
    """Sums that end beside rows which nothing else adds up, in all columns alike."""
    used = _used_elsewhere(cells)
    for table in cells.facts.tables:
        summed = [each for each in table.footings if each.parts and not each.above]
        for footing in sorted(summed, key=lambda each: max(each.parts) - min(each.parts)):
            others = {part for each in summed if each != footing for part in each.parts}
            if set(signs_of(footing)) == {1}:
                for defect in _beside(cells, table, footing, (used, others)):
                    used |= {cell for cell, _ in defect.parts}
                    yield defect


def _columns_left_out(cells: FormulaCells) -> Iterator[FormulaDefect]:
    """Total columns whose sums across, in all rows alike, end before a column like their own."""
    for table in cells.facts.tables:
        for column in table.columns:
            rows = list(_sums_across(cells, table, column.index))
            first = rows[0] if rows else None
            if first is None or len(rows) < FEWEST_SUMS_ACROSS:
                continue
            added = {cells.spots[term].column for term in first[2].terms if term in cells.spots}
            between = range(max(added, default=0) + 1, column.index)
            left = [at for at in between if _is_left_out(cells, table, (at, added), rows)]
            if left and len(left) == len(between):
                row, cell, linear = first
                missing = tuple(cells.places[table.ordinal, row, at] for at in left)
                every = (*linear.terms, *missing)
                value = total_of(_stored(cells, each) for each in every)
                parts = tuple((each, 1) for each in every)
                yield FormulaDefect(UNPROVED, cell, value, cells.named(missing, cell), parts)


def _sums_across(
    cells: FormulaCells, table: TableFacts, column: int
) -> Iterator[tuple[int, Address, Linear]]:
    """The cells of a column that add up others of their row, and nothing else."""
    for row in range(len(table.rows)):
        cell = cells.places.get((table.ordinal, row, column))
        linear = cells.linear(cell) if cell is not None and cell in cells.figures else None
        if cell is None or linear is None or not linear.is_sum or len(linear.terms) < 2:
            continue
        if all(term[:2] == cell[:2] for term in linear.terms):
            yield row, cell, linear


def _is_left_out(
    cells: FormulaCells,
    table: TableFacts,
    columns: tuple[int, set[int]],
    rows: Sequence[tuple[int, Address, Linear]],
) -> bool:
    """Whether a column is like those that sums across add, in every row, and nothing takes it."""
    at, added = columns
    mine, theirs = table.columns[at], [table.columns[each] for each in added]
    if any(mine.role is not other.role for other in theirs):
        return False
    numbers = cells.facts.numbers
    for row, total, linear in rows:
        cell, figure = cells.places.get((table.ordinal, row, at)), table.grid[row][at]
        if cell is None or figure < 0 or cell in linear.terms:
            return False
        taken = cells.taken_by(cell)
        if any(term in taken for term in linear.terms) or any(
            cell in cells.taken_by(other)
            for _, other in _columns(cells, table, row)
            if other != total and cells.found.formula(other)
        ):
            return False
        parts = [numbers[cells.figures[term]] for term in linear.terms if term in cells.figures]
        if may_be_year(numbers[figure]) or not is_alike(numbers[figure], parts):
            return False
    return True


def _used_elsewhere(cells: FormulaCells) -> set[Address]:
    """The cells that formulas of other rows or other sheets take, ranges included."""
    used: set[Address] = set()
    for cell in cells.found.formulas():
        used |= {each for each in cells.taken_by(cell) if each[:2] != cell[:2]}
    return used


def _beside(
    cells: FormulaCells,
    table: TableFacts,
    footing: Footing,
    taken: tuple[set[Address], set[int]],
) -> Iterator[FormulaDefect]:
    """The rows beside a sum that are like its own, told once for all columns.

    What is ``taken`` is not left out: cells by other formulas, rows by other totals.
    """
    used, others = taken
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
        and row not in others
        and all(_is_forgotten(cells, table, footing, (row, column), used) for column, _ in summed)
    ]
    if left:
        column, cell = summed[0]
        added = tuple(_terms(cells, cell))
        missing = tuple(cells.places[table.ordinal, row, column] for row in left)
        value = total_of(_stored(cells, each) for each in (*added, *missing))
        parts = tuple((each, 1) for each in (*added, *missing))
        yield FormulaDefect(UNPROVED, cell, value, cells.labelled(missing, cell), parts)


def _neighbours(table: TableFacts, footing: Footing) -> Iterator[int]:
    """The rows beside those that a total adds, and between them, up to any other kind of row."""
    first, last = min(footing.parts), max(footing.parts)
    own = set(footing.parts)
    between = [row for row in range(first, last) if row not in own]
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
    others = [numbers[table.grid[part][column]] for part in parts]
    return not may_be_year(numbers[figure]) and is_alike(numbers[figure], others)


def _operands(cells: FormulaCells) -> Iterator[FormulaDefect]:
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
            yield FormulaDefect(OPERAND, cell, None, named, cell_of)


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
