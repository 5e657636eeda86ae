"""The functions and signs of formulas that are evaluated, exactly; no other is ever run."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from unbudget_check.model.number import KEPT, kept
from unbudget_check.worksheet.grammar import (
    Area,
    Call,
    Constant,
    ErrorValueError,
    NotEvaluatedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from unbudget_check.model.worksheets import Place
    from unbudget_check.worksheet.evaluate import Address, Calculation
    from unbudget_check.worksheet.grammar import Node

    Value = Fraction | str | None

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
    """A value at so many decimals: half away from zero, always away from zero, or towards it."""
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
