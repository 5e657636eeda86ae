"""Columns that are the product of others, such as number x unit cost x months."""

from __future__ import annotations

from decimal import Context
from itertools import combinations, islice
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import Trial, is_doubtful, standing_of, weigh
from unbudget_check.model.claims import Computed, Remark
from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.notation import notation_in
from unbudget_check.model.number import Number, decimal_of, number_of, printed
from unbudget_check.model.reading import Standing
from unbudget_check.model.relations import TieKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    # The row, what it states, and its factors.
    Line = tuple[int, Number, Sequence[Number]]

# Wider tables are not searched, nor products of more factors.
WIDEST, MOST_FACTORS, WIDEST_OF_PAIRS = 8, 4, 16
# Four factors of as many digits as a figure may have fit in.
_WIDE = Context(prec=200)
# So many rows at least must bear a product out: no heading announces it.
ENOUGH = 3
# Errors are no more than one row in so many, or one.
RARE = 12
_WORDY = (ColumnRole.LABEL, ColumnRole.TEXT)
# Where a table leads from a base to an estimate, nothing in it is a product.
_EXPLAINED = frozenset({ColumnRole.BASE, ColumnRole.ESTIMATE})
_RESULTS = (ColumnRole.AMOUNT, ColumnRole.TOTAL, ColumnRole.EXPENDITURE, ColumnRole.ESTIMATE)


def check_products(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each figure that is not the product which the other rows of its column are.

    Those that are its product are listed as computed.
    """
    del rule
    for table in facts.tables:
        columns = [column.index for column in table.columns if column.role not in _WORDY]
        roles = {column.role for column in table.columns}
        if len(columns) > WIDEST_OF_PAIRS or roles >= _EXPLAINED:
            continue
        for column in table.columns:
            if column.role in _RESULTS:
                others = [index for index in columns if index != column.index]
                by, lines = _borne_out(facts, table, column.index, others)
                nils: list[Line] = []
                if lines and not facts.worksheets:  # formulas tell why they come to nothing
                    nils = list(_lines(facts, table, column.index, by, nil=True))
                if len(nils) > 1 and len(nils) * RARE > len(lines):
                    nils = []  # rows that nobody filled in
                for line in (*lines, *nils):
                    holds = _trial(line).holds
                    figures = tuple(table.grid[line[0]][at] for at in by)
                    stated = table.grid[line[0]][column.index]
                    claims.computed.append(Computed(stated, figures, TieKind.PRODUCT, holds))
                    if not holds:
                        spot = Spot(table.ordinal, line[0], column.index)
                        claims.remarks.append(_remark(facts, spot, line, by, number))


def _remark(facts: DocumentFacts, spot: Spot, line: Line, by: Sequence[int], rule: int) -> Remark:
    """That a figure is not its product: it may be wrong, or one of its factors."""
    table = facts.tables[spot.table]
    product, notation = _product(line), notation_in(facts, spot)
    return Remark(
        rule,
        spot,
        product,
        " × ".join(printed(factor, notation) for factor in line[2]),
        changes=((table.grid[spot.row][spot.column], product),),
        instead=tuple(_instead(facts, table, line, by)) if line[1].units else (),
    )


def _borne_out(
    facts: DocumentFacts, table: TableFacts, stated: int, others: Sequence[int]
) -> tuple[Sequence[int], Sequence[Line]]:
    """The factors which the rows bear out best, and these rows."""
    most = MOST_FACTORS if len(others) < WIDEST else 2
    sets = [s for size in range(2, most + 1) for s in combinations(others, size)]
    unsaid = -2 * len(sets).bit_length()
    best: tuple[int, Sequence[int], Sequence[Line]] = 0, (), ()
    ratios = [{r.stated, r.part, r.base} for r in table.ratios if r.across]
    for factors in sets:
        if {stated, *factors} in ratios:
            continue  # what divides two others is not multiplied back
        first = list(islice(_lines(facts, table, stated, factors), ENOUGH))
        if len(first) < ENOUGH or not any(_trial(line).holds for line in first):
            continue
        lines = list(_lines(facts, table, stated, factors))
        weight = weigh(map(_trial, lines), unsaid)
        is_borne_out = standing_of(weight) is Standing.BORNE_OUT and weight.held >= ENOUGH
        if is_borne_out and not is_doubtful(weight, RARE) and weight.bits > best[0]:
            best = weight.bits, factors, lines
    return best[1:]


def _instead(
    facts: DocumentFacts, table: TableFacts, line: Line, by: Sequence[int]
) -> Iterator[tuple[int, Number]]:
    """Each factor that may be wrong in place of the product, with what it should be."""
    row, said, factors = line
    for at, (column, factor) in enumerate(zip(by, factors, strict=True)):
        units, exponent = 1, factor.exponent - said.exponent
        for other in (*factors[:at], *factors[at + 1 :]):
            units, exponent = units * other.units, exponent + other.exponent
        over = abs(said.units) * int(10 ** max(-exponent, 0))
        under = abs(units) * int(10 ** max(exponent, 0))
        value = (2 * over + under) // (2 * under)
        value = value if (said.units < 0) == (units < 0) else -value
        meant = Number(value, factor.exponent)
        if value and _trial((row, said, [*factors[:at], meant, *factors[at + 1 :]])).holds:
            figure = table.grid[row][column]
            yield figure, Number(value, facts.numbers[figure].exponent)


def _lines(
    facts: DocumentFacts,
    table: TableFacts,
    stated: int,
    factors: Sequence[int],
    *,
    nil: bool = False,
) -> Iterator[Line]:
    """The items that print all of them; one that repeats one of its factors says nothing.

    Nil times anything is a row that nobody filled in. With ``nil`` those that have all factors, and
    nil for their product.

    A total adds products up, and its factors may be means.
    """
    for r, row in enumerate(table.rows):
        figures = [table.grid[r][column] for column in (stated, *factors)]
        if row.role is RowRole.ITEM and min(figures) >= 0:
            said, *numbers = (facts.numbers[figure] for figure in figures)
            shared = [_shared(table, r, c, n) for c, n in zip(factors, numbers, strict=True)]
            if (
                bool(said.units) is not nil
                and all(n.units for n in numbers)
                and all(decimal_of(said) != decimal_of(n) for n in shared)
            ):
                yield r, said, shared


def _shared(table: TableFacts, row: int, column: int, number: Number) -> Number:
    """A factor; one in per cent is a share of the others."""
    cell = table.cells[row][column]
    is_rate = table.columns[column].role in (ColumnRole.PERCENTAGE, ColumnRole.SHARE)
    if is_rate or (cell is not None and "%" in cell.text):
        return Number(number.units, number.exponent - 2)
    return number


def _product(line: Line) -> Number:
    """What the factors make, at the precision of what is stated where it loses no digit."""
    _, said, factors = line
    units, exponent = 1, 0
    for factor in factors:
        units, exponent = units * factor.units, exponent + factor.exponent
    while exponent < said.exponent and units % 10 == 0:
        units, exponent = units // 10, exponent + 1
    value: Decimal = decimal_of(Number(units, exponent))
    rounded = value.quantize(decimal_of(Number(1, said.exponent)), context=_WIDE)
    return number_of(rounded)


def _trial(line: Line) -> Trial:
    """The product against what is stated, within what the rounding of all figures may hide."""
    row, said, factors = line
    hidden = 0
    for at, factor in enumerate(factors):
        if factor.exponent < 0:
            last = Number(1, factor.exponent)
            hidden += abs(_product((row, said, [*factors[:at], last, *factors[at + 1 :]])).units)
    units, exponent = said.units, said.exponent
    while exponent < 0 and units % 10 == 0:
        units, exponent = units // 10, exponent + 1
    own = int(10 ** (exponent - said.exponent))
    computed = _product(line).units
    return Trial(said.units, computed, own + hidden, len(factors), len(factors) + 1)
