"""What kind of tie a formula states: which cells it adds, takes away, divides or multiplies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from unbudget_check.model.relations import TieKind
from unbudget_check.worksheet.evaluate import SUBTOTALS, branch, is_subtotal
from unbudget_check.worksheet.grammar import Area, Call, Constant, NotEvaluatedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.worksheet.evaluate import Address, Calculation
    from unbudget_check.worksheet.grammar import Node

# Sums of more cells are evaluated, but not written out.
MOST_TERMS = 5_000
_ROUNDING = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN"})
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of cells and a constant, blank cells left out."""

    terms: Mapping[Address, Fraction]
    constant: Fraction = Fraction(0)
    is_rounded: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether cells are added and taken away as they are, and nothing else."""
        return not self.constant and all(abs(weight) == 1 for weight in self.terms.values())

    @property
    def is_sum(self) -> bool:
        """Whether cells are added up, and nothing else."""
        return not self.constant and all(weight == 1 for weight in self.terms.values())


def linear_of(found: Calculation, cell: Address) -> Linear | None:
    """The formula of a cell as a weighted sum, or None where it is none."""
    try:
        return _linear(found, found.node(cell), cell)
    except NotEvaluatedError:
        return None


def _linear(found: Calculation, node: Node, own: Address) -> Linear | None:
    node = found.resolved(node)
    if isinstance(node, Constant):
        return None if isinstance(node.value, str) else Linear({}, node.value)
    if isinstance(node, Area):
        return _added(found, node, own) if node.is_cell else None
    return _called(found, node, own) if isinstance(node, Call) else None


def _called(found: Calculation, call: Call, own: Address) -> Linear | None:
    name, nodes = call.name, call.arguments
    if name in {"+", "-", "*", "/"}:
        left, right = (_linear(found, node, own) for node in nodes)
        return _combined(name, left, right) if left and right else None
    if name in _ROUNDING and nodes:
        inner = _linear(found, nodes[0], own)
        return Linear(inner.terms, inner.constant, is_rounded=True) if inner else None
    if name == "SUBTOTAL" and nodes and isinstance(nodes[0], Constant):
        number = nodes[0].value
        is_sum = isinstance(number, Fraction) and SUBTOTALS.get(int(number)) == "SUM"
        return _all_added(found, call, nodes[1:], own) if is_sum else None
    return _all_added(found, call, nodes, own) if name == "SUM" else None


def _all_added(
    found: Calculation, call: Call, nodes: tuple[Node, ...], own: Address
) -> Linear | None:
    total = Linear({})
    for node in map(found.resolved, nodes):
        if isinstance(node, Area):
            part: Linear | None = _added(found, node, own, subtotals=call.name != "SUBTOTAL")
        else:
            part = _linear(found, node, own)
        if part is None or len(total.terms) > MOST_TERMS:
            return None
        total = _sum(total, part, 1)
    return total


def _added(
    found: Calculation, area: Area, own: Address, *, subtotals: bool = True
) -> Linear | None:
    """The cells of a range that hold numbers, or formulas that may come to one."""
    sheet, rows, columns = found.range_of(area, own)
    if len(rows) > MOST_TERMS and len(columns) > 1:
        return None
    held = found.worksheets.sheets[sheet]
    return Linear(
        {
            cell: Fraction(1)
            for cell in found.cells_in(sheet, rows, columns)
            if (found.stored(cell) is not None or cell[1:] in held.formulas)
            and (subtotals or not is_subtotal(found, cell))
        }
    )


def _combined(sign: str, left: Linear, right: Linear) -> Linear | None:
    if sign in "+-":
        return _sum(left, right, 1 if sign == "+" else -1)
    if sign == "*" and not left.terms:
        left, right = right, left
    if right.terms or (sign == "/" and not right.constant):
        return None
    factor = right.constant if sign == "*" else 1 / right.constant
    terms = {cell: weight * factor for cell, weight in left.terms.items()}
    return Linear(terms, left.constant * factor, left.is_rounded)


def _sum(left: Linear, right: Linear, sign: int) -> Linear:
    terms = dict(left.terms)
    for cell, weight in right.terms.items():
        terms[cell] = terms.get(cell, Fraction(0)) + sign * weight
    kept = {cell: weight for cell, weight in terms.items() if weight}
    constant = left.constant + sign * right.constant
    return Linear(kept, constant, left.is_rounded or right.is_rounded)


def kind_of(found: Calculation, cell: Address) -> tuple[TieKind, tuple[Address, ...]] | None:
    """The kind of tie that a formula states, and the cells it is made of, or None."""
    try:
        node = _bare(found, found.node(cell), cell)
        return _kind(found, node, cell)
    except NotEvaluatedError:
        return None


def _kind(
    found: Calculation, node: Node, own: Address
) -> tuple[TieKind, tuple[Address, ...]] | None:
    linear = _linear(found, node, own)
    if linear is not None and linear.terms:
        weights = set(linear.terms.values())
        if linear.is_plain:
            kind = TieKind.SUM if weights == {1} else TieKind.DIFFERENCE
            return kind, tuple(linear.terms)
        if weights == {Fraction(1, len(linear.terms))} and not linear.constant:
            return TieKind.AVERAGE, tuple(linear.terms)
    if not isinstance(node, Call):
        return None
    if node.name == "AVERAGE":
        added = _all_added(found, node, node.arguments, own)
        return (TieKind.AVERAGE, tuple(added.terms)) if added else None
    if node.name in {"/", "-"}:
        return _quotient(found, node, own)
    factors = tuple(_factors(found, node, own))
    return (TieKind.PRODUCT, factors) if len(factors) > 1 else None


def _bare(found: Calculation, node: Node, own: Address) -> Node:
    """A formula without the condition or rounding around it, or the hundred of a percentage."""
    while isinstance(node, Call):
        if node.name in {"IF", "IFERROR"}:
            chosen = branch(found, node, own)
            if chosen is None:
                break
            node = chosen
            continue
        if node.name in _ROUNDING and node.arguments:
            node = node.arguments[0]
        elif node.name == "*" and Constant(_HUNDRED) in node.arguments:
            node = next(each for each in node.arguments if each != Constant(_HUNDRED))
        else:
            break
    return node


def _quotient(
    found: Calculation, call: Call, own: Address
) -> tuple[TieKind, tuple[Address, ...]] | None:
    """One cell over another, or by how much one exceeds another, as a share of it."""
    left, right = call.arguments
    if call.name == "-":  # new / old - 1
        if right != Constant(Fraction(1)) or not isinstance(left, Call) or left.name != "/":
            return None
        parts = [_cell(found, each, own) for each in left.arguments]
        return (TieKind.CHANGE, (parts[0], parts[1])) if parts[0] and parts[1] else None
    base = _cell(found, right, own)
    part = _linear(found, left, own)
    if base is None or part is None or not part.is_plain:
        return None
    if len(part.terms) == 1 and part.is_sum:
        return TieKind.QUOTIENT, (*part.terms, base)
    new = [cell for cell, weight in part.terms.items() if weight == 1]
    if len(part.terms) == 2 and part.terms.get(base) == -1 and new:
        return TieKind.CHANGE, (new[0], base)
    return None


def _cell(found: Calculation, node: Node, own: Address) -> Address | None:
    linear = _linear(found, node, own)
    if linear is None or not linear.is_sum or len(linear.terms) != 1:
        return None
    return next(iter(linear.terms))


def _factors(found: Calculation, node: Node, own: Address) -> list[Address]:
    """The cells that are multiplied, () where anything else is among them."""
    node = found.resolved(node)
    if isinstance(node, Call) and node.name == "*":
        parts = [_factors(found, each, own) for each in node.arguments]
        return [*parts[0], *parts[1]] if all(parts) else []
    if isinstance(node, Call) and node.name == "PRODUCT":
        parts = [_factors(found, each, own) for each in node.arguments]
        return [cell for part in parts for cell in part] if all(parts) else []
    if isinstance(node, Area):
        sheet, rows, columns = found.range_of(node, own)
        return found.cells_in(sheet, rows, columns) if len(rows) * len(columns) < 8 else []
    return []
