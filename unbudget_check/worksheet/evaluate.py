"""Evaluate formulas exactly: sums, products, quotients, rounding, conditions, functions.

All else is not evaluated, and says so. Values are decimals with the fifteen digits that spreadsheet
programs keep; within one formula nothing is rounded.

The functions and signs of formulas that are evaluated, exactly; no other is ever run.
"""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from unbudget_check.model.number import EXACT, KEPT, ZERO, exact, kept, total_of
from unbudget_check.worksheet.grammar import (
    Area,
    Call,
    Constant,
    DefinedName,
    ErrorValueError,
    NotEvaluatedError,
    NotReadError,
    parse_formula,
    parse_relative,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from unbudget_check.model.document import Place
    from unbudget_check.worksheet.grammar import Node

    Value = Fraction | str | None
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.model.document import Worksheets


# What SUBTOTAL does, by its number.
SUBTOTALS = {9: "SUM", 109: "SUM", 1: "AVERAGE", 101: "AVERAGE"}
HIGHEST_POWER = 64
_SIGNS = frozenset({"+", "-", "*", "/", "^"})
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}

# A cell: the position of its sheet, its row and its column.
Address = tuple[int, int, int]

# Results that differ by less are the same.
NOISE = exact("0.000000001")
# Cells that the evaluation of one workbook may look at: sums of sums of long columns end somewhere.
MOST_LOOKS = 20_000_000
# Ranges that are longer are added up from sums that are kept by column.
LONG_RANGE_CELLS = 64


def value_of(found: Calculation, node: Node, own: Address) -> Value:
    """What a piece of a formula comes to in a cell, None for a blank; raises NotEvaluatedError."""
    node = found.resolved(node)
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Area):
        if not node.is_cell:
            message = "a range"
            raise NotEvaluatedError(message)
        sheet, rows, columns = found.range_of(node, own)
        cell = (sheet, rows.start, columns.start)
        number = found.number(cell)
        if number is None and cell[1:] in found.worksheets.sheets[sheet].texts:
            message = "a text"
            raise NotEvaluatedError(message)
        return None if number is None else Fraction(number)
    if isinstance(node, Call):
        return _called(found, node, own)
    raise NotEvaluatedError(node.name)


def _called(found: Calculation, call: Call, own: Address) -> Value:
    if call.name in _SIGNS:
        left, right = (_scalar(found, each, own) for each in call.arguments)
        return _combined(call.name, left, right)
    function = _FUNCTIONS.get(call.name)
    if function is None or not call.arguments:
        raise NotEvaluatedError(call.name)
    return function(found, call, own)


def _chosen(found: Calculation, call: Call, own: Address) -> Value:
    node = branch(found, call, own)
    return Fraction(0) if node is None else value_of(found, node, own)


def _absolute(found: Calculation, call: Call, own: Address) -> Fraction:
    return abs(_scalar(found, call.arguments[0], own))


def _rounded(found: Calculation, call: Call, own: Address) -> Fraction:
    if len(call.arguments) != 2:
        raise NotEvaluatedError(call.name)
    value, digits = (_scalar(found, each, own) for each in call.arguments)
    return rounded(value, digits, call.name)


def _scalar(found: Calculation, node: Node, own: Address) -> Fraction:
    value = value_of(found, node, own)
    if isinstance(value, str):
        raise NotEvaluatedError(value)
    return value or Fraction(0)


def _combined(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign in "+-":
        return left + right if sign == "+" else left - right
    if sign == "*":
        return left * right
    if sign == "/" and right:
        return left / right
    if sign == "^" and right.denominator == 1 and abs(right) <= HIGHEST_POWER and left:
        return left ** int(right)
    message = f"{sign}0"
    raise ErrorValueError(message)


def branch(found: Calculation, call: Call, own: Address) -> Node | None:
    """The argument that IF or IFERROR comes to; None for a false condition that has none."""
    first, *others = call.arguments
    if call.name == "IFERROR" and len(others) == 1:
        try:
            value_of(found, first, own)
        except ErrorValueError:
            return others[0]
        return first
    if call.name == "IF" and others:
        chosen = others if _is_true(found, first, own) else others[1:]
        return chosen[0] if chosen else None
    raise NotEvaluatedError(call.name)


def _is_true(found: Calculation, condition: Node, own: Address) -> bool:
    """Whether a condition holds: numbers compared with numbers, texts with texts."""
    if not isinstance(condition, Call) or condition.name not in _COMPARED:
        message = "IF"
        raise NotEvaluatedError(message)
    left, right = (_compared(found, each, own) for each in condition.arguments)
    if isinstance(left, str) != isinstance(right, str):
        left, right = (("" if each is None else each) for each in (left, right))
        if isinstance(left, str) != isinstance(right, str):
            return condition.name == "<>"
    left, right = (Fraction(0) if each is None else each for each in (left, right))
    return bool(_COMPARED[condition.name](left, right))


def _compared(found: Calculation, node: Node, own: Address) -> Value:
    """A side of a comparison; what a cell of words says is not kept, but that it is not blank."""
    node = found.resolved(node)
    if isinstance(node, Area) and node.is_cell:
        sheet, rows, columns = found.range_of(node, own)
        if (rows.start, columns.start) in found.worksheets.sheets[sheet].texts:
            message = "IF"
            raise NotEvaluatedError(message)
    value = value_of(found, node, own)
    return value.casefold() if isinstance(value, str) else value


def rounded(value: Fraction, digits: Fraction, how: str) -> Fraction:
    """A rounded value: half away from zero, always away from zero, or towards zero."""
    if abs(digits) > 15:
        raise NotEvaluatedError(how)
    unit = Fraction(10) ** -int(digits)
    # What is stored as 0.28499999999999998 was meant as 0.285.
    whole, rest = divmod(abs(Fraction(kept(value, KEPT))), unit)
    up = {"ROUND": 2 * rest >= unit, "ROUNDUP": rest > 0, "ROUNDDOWN": False}[how]
    return (whole + up) * unit * (-1 if value < 0 else 1)


def _of_all(found: Calculation, call: Call, own: Address) -> Fraction:
    """Sum, mean, product or extreme of all numbers in the arguments; words are passed over."""
    name = call.name
    total, count, product = Fraction(0), 0, Fraction(1)
    every: list[Fraction] = []
    for node in map(found.resolved, call.arguments):
        if isinstance(node, Area):
            sheet, rows, columns = found.range_of(node, own)
            if name == "SUM":
                total += Fraction(found.total(sheet, rows, columns))
                continue
            cells = found.cells_in(sheet, rows, columns)
            numbers = [Fraction(n) for cell in cells if (n := found.number(cell)) is not None]
        else:
            numbers = [_scalar(found, node, own)]
        total, count = total + sum(numbers), count + len(numbers)
        every += numbers
        for number in numbers:
            product *= number
    if name == "SUM":
        return total
    if not count:
        raise NotEvaluatedError(name)
    if name in {"MIN", "MAX"}:
        return min(every) if name == "MIN" else max(every)
    return total / count if name == "AVERAGE" else product


def _subtotal(found: Calculation, call: Call, own: Address) -> Fraction:
    """SUBTOTAL passes over cells that are subtotals themselves, and may do so over hidden ones."""
    kind, *nodes = call.arguments
    number = int(_scalar(found, kind, own))
    name = SUBTOTALS.get(number)
    if name is None:
        raise NotEvaluatedError(call.name)
    numbers: list[Fraction] = []
    for node in map(found.resolved, nodes):
        if not isinstance(node, Area):
            raise NotEvaluatedError(call.name)
        sheet, rows, columns = found.range_of(node, own)
        if any(row in rows for row in found.worksheets.sheets[sheet].hidden_rows):
            raise NotEvaluatedError(call.name)  # filtered rows are passed over, others are not
        cells = found.cells_in(sheet, rows, columns)
        values = (found.number(cell) for cell in cells if not is_subtotal(found, cell))
        numbers += [Fraction(value) for value in values if value is not None]
    if not numbers and name == "AVERAGE":
        raise NotEvaluatedError(call.name)
    return sum(numbers, Fraction(0)) / (len(numbers) if name == "AVERAGE" else 1)


def is_subtotal(found: Calculation, cell: Address) -> bool:
    """Whether a cell is one of those that SUBTOTAL passes over."""
    return (found.formula(cell) or "").lstrip().upper().startswith("SUBTOTAL(")


def _sum_of_products(found: Calculation, call: Call, own: Address) -> Fraction:
    lists: list[Mapping[Place, Fraction]] = []
    sizes = set()
    for node in map(found.resolved, call.arguments):
        if not isinstance(node, Area):
            raise NotEvaluatedError(call.name)
        sheet, rows, columns = found.range_of(node, own)
        sizes.add((len(rows), len(columns)))
        cells = found.cells_in(sheet, rows, columns)
        lists.append(
            {
                (cell[1] - rows.start, cell[2] - columns.start): Fraction(number)
                for cell in cells
                if (number := found.number(cell)) is not None
            }
        )
    if len(sizes) != 1:
        raise NotEvaluatedError(call.name)
    total = Fraction(0)
    for place, first in lists[0].items():
        product = first
        for other in lists[1:]:
            product *= other.get(place, Fraction(0))
        total += product
    return total


_FUNCTIONS: Mapping[str, Callable[[Calculation, Call, Address], Value]] = {
    **dict.fromkeys(("IF", "IFERROR"), _chosen),
    **dict.fromkeys(("ROUND", "ROUNDUP", "ROUNDDOWN"), _rounded),
    **dict.fromkeys(("SUM", "AVERAGE", "PRODUCT", "MIN", "MAX"), _of_all),
    "ABS": _absolute,
    "SUBTOTAL": _subtotal,
    "SUMPRODUCT": _sum_of_products,
}


@dataclass(slots=True)
class Calculation:
    """The cells of a workbook while formulas are evaluated.

    ``changed`` holds values that stand in place of the stored ones, and those that were evaluated
    because none was stored. ``nodes`` keeps what was parsed.
    """

    worksheets: Worksheets
    changed: dict[Address, Decimal] = field(default_factory=dict)
    failed: dict[Address, str] = field(default_factory=dict)
    looks: int = 0
    nodes: dict[Address, Node | None] = field(default_factory=dict)
    _agreed: dict[Address, bool | None] = field(default_factory=dict)
    _sheets: dict[str, int] = field(default_factory=dict)
    _sums: dict[tuple[int, int], tuple[list[int], list[Decimal]]] = field(default_factory=dict)
    _by_column: dict[int, dict[int, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each sheet stands: formulas name it in any case."""
        names = (sheet.name.casefold() for sheet in self.worksheets.sheets)
        self._sheets.update((name, at) for at, name in enumerate(names))

    def formula(self, cell: Address) -> str | None:
        """The formula of a cell as it is written, if it has one."""
        return self.worksheets.sheets[cell[0]].formulas.get(cell[1:])

    def formulas(self) -> Iterator[Address]:
        """All cells with formulas, sheet by sheet."""
        for at, sheet in enumerate(self.worksheets.sheets):
            yield from ((at, *place) for place in sheet.formulas)

    def node(self, cell: Address) -> Node:
        """What the formula of a cell says; raises NotEvaluatedError where it is not understood."""
        if cell not in self.nodes:
            sheet, place = self.worksheets.sheets[cell[0]], cell[1:]
            self.nodes[cell] = None
            if place not in sheet.special and place in sheet.formulas:
                try:
                    self.nodes[cell] = parse_formula(sheet.formulas[place], place)
                except NotReadError as error:
                    self.failed[cell] = str(error)
        found = self.nodes[cell]
        if found is None:
            special = self.worksheets.sheets[cell[0]].special.get(cell[1:], "")
            raise NotEvaluatedError(self.failed.get(cell, special))
        return found

    def stored(self, cell: Address) -> Decimal | None:
        """The number in a cell, as stored or as it was changed."""
        changed = self.changed.get(cell)
        return self.worksheets.sheets[cell[0]].values.get(cell[1:]) if changed is None else changed

    def is_open(self, cell: Address) -> bool:
        """Whether a cell has a formula of which no result was stored or evaluated so far."""
        sheet = self.worksheets.sheets[cell[0]]
        return cell[1:] in sheet.missing and cell not in self.changed

    def range_of(self, area: Area, own: Address) -> tuple[int, range, range]:
        """Sheet, rows and columns of a reference; raises NotEvaluatedError for an unknown sheet."""
        sheet = self._sheets.get(area.sheet.casefold()) if area.sheet else own[0]
        if sheet is None:
            raise NotEvaluatedError(area.sheet)
        rows = sorted((area.top.at(own[1]), area.bottom.at(own[1])))
        columns = sorted((area.left.at(own[2]), area.right.at(own[2])))
        return sheet, range(max(rows[0], 0), rows[1] + 1), range(max(columns[0], 0), columns[1] + 1)

    def cells_in(self, sheet: int, rows: range, columns: range) -> list[Address]:
        """The cells of a range that hold anything, row by row."""
        wide = len(rows) * len(columns)
        if wide <= LONG_RANGE_CELLS:
            self.looks += wide
            return [(sheet, row, column) for row in rows for column in columns]
        used = self._used(sheet)
        found = []
        for column in columns if len(columns) <= len(used) else sorted(used):
            lines = used.get(column, []) if column in columns else []
            lines = lines[bisect_left(lines, rows.start) : bisect_left(lines, rows.stop)]
            found += [(sheet, row, column) for row in lines]
        self.looks += len(found)
        if self.looks > MOST_LOOKS:
            message = "too many cells"
            raise NotEvaluatedError(message)
        return found

    def _used(self, sheet: int) -> dict[int, list[int]]:
        """By column, the rows that hold a number, a text, an error or a formula."""
        if sheet not in self._by_column:
            held = self.worksheets.sheets[sheet]
            used: dict[int, list[int]] = {}
            for row, column in sorted({*held.values, *held.texts, *held.errors, *held.formulas}):
                used.setdefault(column, []).append(row)
            self._by_column[sheet] = used
        return self._by_column[sheet]

    def total(self, sheet: int, rows: range, columns: range) -> Decimal:
        """The sum of the numbers in a range; raises NotEvaluatedError where a cell is in error."""
        held = self.worksheets.sheets[sheet]
        if (
            len(rows) > LONG_RANGE_CELLS
            and not self.changed
            and not held.missing
            and not held.errors
        ):
            sums = (self._long_sum(sheet, rows, column) for column in self._wide(sheet, columns))
            return total_of(sums)
        return total_of(self.number(cell) or ZERO for cell in self.cells_in(sheet, rows, columns))

    def _wide(self, sheet: int, columns: range) -> Sequence[int]:
        used = self._used(sheet)
        return columns if len(columns) <= len(used) else [c for c in used if c in columns]

    def _long_sum(self, sheet: int, rows: range, column: int) -> Decimal:
        if (sheet, column) not in self._sums:
            values = self.worksheets.sheets[sheet].values
            lines = [row for row in self._used(sheet).get(column, ()) if (row, column) in values]
            numbers = (values[row, column] for row in lines)
            sums = list(accumulate(numbers, EXACT.add, initial=ZERO))
            self._sums[sheet, column] = lines, sums
        lines, sums = self._sums[sheet, column]
        first, last = bisect_left(lines, rows.start), bisect_right(lines, rows.stop - 1)
        return EXACT.subtract(sums[last], sums[first])

    def number(self, cell: Address) -> Decimal | None:
        """The number in a cell, None for anything else; raises NotEvaluatedError where unknown."""
        if self.is_open(cell):
            raise NotEvaluatedError(self.failed.get(cell, ""))
        if cell[1:] in self.worksheets.sheets[cell[0]].errors and cell not in self.changed:
            message = "#"
            raise ErrorValueError(message)
        return self.stored(cell)

    def evaluate(self, cell: Address) -> Decimal:
        """What the formula of a cell comes to; raises NotEvaluatedError."""
        return self._kept(value_of(self, self.node(cell), cell))

    def evaluate_as(self, text: str, cell: Address) -> Decimal:
        """What a formula in relative notation comes to in a cell; raises NotEvaluatedError."""
        try:
            node = parse_relative(text)
        except NotReadError as error:
            raise NotEvaluatedError(text) from error
        return self._kept(value_of(self, node, cell))

    def _kept(self, value: Value) -> Decimal:
        if isinstance(value, str):
            raise NotEvaluatedError(value)
        return kept(value or Fraction(0))

    def agrees(self, cell: Address) -> bool | None:
        """Whether the stored result of a formula is what it comes to; None where nobody can say.

        Binary numbers leave noise behind: of a difference as much as of the amounts in it.
        """
        if cell not in self._agreed:
            self._agreed[cell] = self._is_borne_out(cell)
        return self._agreed[cell]

    def _is_borne_out(self, cell: Address) -> bool | None:
        if cell in self.changed and cell[1:] in self.worksheets.sheets[cell[0]].missing:
            return True  # it was evaluated here
        try:
            found, stored = value_of(self, self.node(cell), cell), self.number(cell)
        except NotEvaluatedError:
            return None
        if isinstance(found, str) or stored is None:
            is_text = cell[1:] in self.worksheets.sheets[cell[0]].texts
            return True if isinstance(found, str) and (is_text or stored is None) else None
        return self.is_same(cell, kept(found or Fraction(0)), stored)

    def is_same(self, cell: Address, value: Decimal, stored: Decimal) -> bool:
        """Whether a value is the one that is stored for a formula, but for the noise."""
        gap = abs(value - stored)
        if gap <= NOISE * max(abs(value), abs(stored)):
            return True
        largest = ZERO
        for sheet, rows, columns in self.precedents(cell):
            for each in self.cells_in(sheet, rows, columns):
                largest = max(largest, abs(self.stored(each) or largest))
        return gap <= NOISE * largest / 1000

    def precedents(self, cell: Address) -> Iterator[tuple[int, range, range]]:
        """The ranges that the formula of a cell refers to."""
        yield from self._ranges(self.node(cell), cell)

    def ranges_in(self, text: str, cell: Address) -> Iterator[tuple[int, range, range]]:
        """The same of a formula in relative notation, were it in a cell."""
        try:
            node = parse_relative(text)
        except NotReadError as error:
            raise NotEvaluatedError(text) from error
        yield from self._ranges(node, cell)

    def _ranges(self, node: Node, cell: Address) -> Iterator[tuple[int, range, range]]:
        node = self.resolved(node)
        if isinstance(node, Area):
            yield self.range_of(node, cell)
        elif isinstance(node, Call):
            for argument in node.arguments:
                yield from self._ranges(argument, cell)

    def resolved(self, node: Node) -> Node:
        """A node, or what it is the name of; raises NotEvaluatedError for an unknown name."""
        if not isinstance(node, DefinedName):
            return node
        meant = self.worksheets.names.get(node.name.casefold())
        if meant is None:
            raise NotEvaluatedError(node.name)
        try:
            found = parse_formula(meant, (0, 0))
        except NotReadError as error:
            raise NotEvaluatedError(node.name) from error
        if not isinstance(found, Area | Constant):
            raise NotEvaluatedError(node.name)
        return found


@lru_cache(maxsize=1)
def calculation_of(worksheets: Worksheets) -> Calculation:
    """A workbook in which every formula without a stored result is evaluated, after what it needs.

    Kept for the workbook that is being checked, whose formulas are looked at more than once. What
    cannot be evaluated is noted under ``failed``, with what is in the way.
    """
    found = Calculation(worksheets)
    for at, sheet in enumerate(worksheets.sheets):
        for place in sorted(sheet.missing):
            _calculate(found, (at, *place))
    return found


def _calculate(found: Calculation, first: Address) -> None:
    """Evaluate one formula after all that it needs; circles are not evaluated."""
    waiting, entered = [first], set()
    while waiting:
        cell = waiting[-1]
        if not found.is_open(cell) or cell in found.failed:
            waiting.pop()
            continue
        try:
            needed = [] if cell in entered else list(_open_cells(found, cell))
            if any(each in entered for each in needed):
                message = "circle"
                raise NotEvaluatedError(message)  # noqa: TRY301  told like what else goes wrong
            entered.add(cell)
            if needed:
                waiting += needed
                continue
            found.changed[cell] = found.evaluate(cell)
        except NotEvaluatedError as error:
            found.failed[cell] = str(error)
        waiting.pop()


def _open_cells(found: Calculation, cell: Address) -> Iterator[Address]:
    for sheet, rows, columns in found.precedents(cell):
        missing = found.worksheets.sheets[sheet].missing
        if missing:
            for each in found.cells_in(sheet, rows, columns):
                if found.is_open(each) and each not in found.failed:
                    yield each
