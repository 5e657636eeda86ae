"""Columns and lines that are a product: number x unit cost x months, or a printed rate of another.

Such rates are support cost (7%), fringe benefits, taxes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Context
from itertools import combinations, islice
from math import comb
from typing import TYPE_CHECKING

from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.slips import slip_between
from unbudget_check.evidence.weight import (
    HIGH_BITS,
    LEAST_LOSS_BITS,
    Trial,
    is_doubtful,
    loss_of,
    standing_of,
    weigh,
)
from unbudget_check.model.claims import Computed, Remark
from unbudget_check.model.facts import (
    RATES,
    ROWS_OF_TOTALS,
    CellKind,
    ColumnRole,
    Reading,
    RowRole,
    Spot,
    Standing,
)
from unbudget_check.model.number import Number, decimal_of, number_of, printed, quantum_of, scaled
from unbudget_check.model.relations import TieKind
from unbudget_check.notation.printed_style import notation_in
from unbudget_check.notation.rates import rates_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    Line = tuple[int, Number, Sequence[Number]]
    from collections.abc import Mapping

    Place = Sequence[int]


# Wider tables are not searched, nor products of more factors.
WIDEST_PRODUCT_COLUMNS, MOST_FACTORS, WIDEST_PAIR_COLUMNS = 8, 4, 16
# Four factors of as many digits as a figure may have fit in.
_WIDE = Context(prec=200)
# Places that must confirm a product, as no heading announces it.
FEWEST_PRODUCT_PLACES = 3
# Rows before a product among which its factors are sought, and rows of the longest such table.
FACTOR_ROWS_BEFORE, MOST_PRODUCT_ROWS = 6, 300
# Rows to one error at least, where there is more than one.
ROWS_PER_ERROR = 12
_FACTOR_ROWS = frozenset({RowRole.ITEM, RowRole.MEMO, *ROWS_OF_TOTALS})
_NO_FACTORS = (ColumnRole.LABEL, ColumnRole.TEXT)
# A number that no column prints, such as months, weeks or days of a year.
LEAST_CONSTANT, MOST_CONSTANT = 4, 366
# Where a table leads from a base to an estimate, nothing in it is a product.
_EXPLAINED = frozenset({ColumnRole.BASE, ColumnRole.ESTIMATE})
_RESULTS = (ColumnRole.AMOUNT, ColumnRole.TOTAL, ColumnRole.EXPENDITURE, ColumnRole.ESTIMATE)

# A rate in the name of a line is a rate of some other line in most tables, and there it is seldom
# far: what stands right before is the base, or ends it.
NAMED_BITS, BEFORE_BITS = 4, 2
# All of another amount is a copy of it, and no rate.
HUNDRED = 100
# Lines before a rate among which its base is sought, and parts that may make up that base.
BASE_LINES_BEFORE, MOST_BASE_PARTS = 40, 12
_NO_BASES = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, *RATES})
# The result of a rate is rounded by itself.
_PLACE = ("rate", ColumnRole.SHARE.value)


@dataclass(frozen=True, slots=True)
class _Plane:
    """The figures of a table by place and line: lines are its columns, or its rows if ``turned``.

    A product stands in one line, its factors in others; each place has one of each.
    """

    facts: DocumentFacts
    table: TableFacts
    places: tuple[int, ...]
    turned: bool

    def figure(self, place: int, line: int) -> int:
        """The number of the figure there, negative where there is none."""
        return self.table.grid[line][place] if self.turned else self.table.grid[place][line]

    def spot(self, place: int, line: int) -> Spot:
        """Where that is in the table."""
        row, column = (line, place) if self.turned else (place, line)
        return Spot(self.table.ordinal, row, column)

    def factor(self, place: int, line: int) -> Number:
        """The figure as a factor; one in per cent is a share of the others."""
        number, at = self.facts.numbers[self.figure(place, line)], self.spot(place, line)
        cell, column = self.table.cells[at.row][at.column], self.table.columns[at.column]
        is_rate = column.role in (ColumnRole.PERCENTAGE, ColumnRole.SHARE)
        if is_rate or (cell is not None and "%" in cell.text):
            return Number(number.units, number.exponent - 2)
        return number


def _plane(facts: DocumentFacts, table: TableFacts, *, turned: bool) -> _Plane:
    """The figures of the items: a total adds products up, and its factors may be means."""
    if turned:
        totals = {tie.stated for tie in table.ties}
        kept = {*_RESULTS, ColumnRole.BASE} - {ColumnRole.TOTAL}
        places = [c.index for c in table.columns if c.role in kept and c.index not in totals]
    else:
        totals = {footing.total for footing in table.footings}
        rows = range(len(table.rows))
        places = [r for r in rows if table.rows[r].role is RowRole.ITEM and r not in totals]
    return _Plane(facts, table, tuple(places), turned)


def check_products(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on each figure that is not the product which the others of its column, or row, are.

    Those that are its product are listed as computed.
    """
    for table in facts.tables:
        columns = [column.index for column in table.columns if column.role not in _NO_FACTORS]
        roles = {column.role for column in table.columns}
        if len(columns) <= WIDEST_PAIR_COLUMNS and not roles >= _EXPLAINED:
            plane = _plane(facts, table, turned=False)
            for column in table.columns:
                if column.role in _RESULTS:
                    others = [index for index in columns if index != column.index]
                    _tell(plane, column.index, others, number, claims)
        plane = _plane(facts, table, turned=True)
        if len(plane.places) >= FEWEST_PRODUCT_PLACES and len(table.rows) <= MOST_PRODUCT_ROWS:
            items = [r for r, row in enumerate(table.rows) if row.role in _FACTOR_ROWS]
            for at, row in enumerate(items):
                _tell(plane, row, items[max(at - FACTOR_ROWS_BEFORE, 0) : at], number, claims)


def _tell(plane: _Plane, stated: int, others: Sequence[int], number: int, claims: Claims) -> None:
    """Write down the products that one line has of others, and remark on those that fail."""
    by, lines = _borne_out(plane, stated, others)
    inexact = [line for line in lines if not _is_exact(line)]
    is_odd = len(inexact) == 1 and len(lines) > FEWEST_PRODUCT_PLACES and _has_slip(inexact[0])
    for line in (*lines, *(_unfilled(plane, stated, by) if lines else ())):
        holds = _product_trial(line).holds and not (is_odd and line is inexact[0])
        figures = tuple(plane.figure(line[0], at) for at in by if at >= 0)
        own = plane.figure(line[0], stated)
        rounded = holds and _missed(line)[0] != 0
        claims.computed.append(Computed(own, figures, TieKind.PRODUCT, holds, rounded))
        if not holds:
            spot = plane.spot(line[0], stated)
            claims.remarks.append(_remark(plane, spot, line, by, number))


def _unfilled(plane: _Plane, stated: int, by: Sequence[int]) -> Iterator[Line]:
    """The places in which the product, or a factor, was left out: one, or few among many.

    Formulas tell by themselves why they come to nothing.
    """
    if min(by) < 0:
        return
    many = sum(1 for _ in _lines(plane, stated, by))
    nils = [] if plane.facts.worksheets else list(_lines(plane, stated, by, nil=True))
    for lines in (nils, list(_without_factor(plane, stated, by))):
        if len(lines) <= 1 or len(lines) * ROWS_PER_ERROR <= many:
            yield from lines


def _remark(plane: _Plane, spot: Spot, line: Line, by: Sequence[int], rule: int) -> Remark:
    """That a figure is not its product: it may be wrong, or one of its factors."""
    product, notation = _product(line), notation_in(plane.facts, spot)
    return Remark(
        rule,
        spot,
        product,
        " × ".join(printed(factor, notation) for factor in line[2]),
        changes=((plane.table.grid[spot.row][spot.column], product),),
        instead=tuple(_instead(plane, line, by)) if line[1].units else (),
    )


def _borne_out(
    plane: _Plane, stated: int, others: Sequence[int]
) -> tuple[Sequence[int], Sequence[Line]]:
    """The factors which the places bear out best, and these places."""
    most = MOST_FACTORS if len(others) < WIDEST_PRODUCT_COLUMNS else 2
    sets = [s for size in range(2, most + 1) for s in combinations(others, size)]
    unsaid = -2 * len(sets).bit_length()
    if plane.turned:
        sets = _of_its_size(plane, stated, sets)
    best: tuple[int, Sequence[int], Sequence[Line]] = 0, (), ()
    across = [each for each in plane.table.ratios if each.across is not plane.turned]
    ratios = [{ratio.stated, ratio.part, ratio.base} for ratio in across]
    for factors in sets:
        if {stated, *factors} in ratios:
            continue  # what divides two others is not multiplied back
        first = list(islice(_lines(plane, stated, factors), FEWEST_PRODUCT_PLACES))
        if len(first) < FEWEST_PRODUCT_PLACES or not any(
            _product_trial(line).holds for line in first
        ):
            continue
        lines = list(_lines(plane, stated, factors))
        if plane.turned:
            # Factors right above their product are looked for first.
            reach = len(others) - min(map(others.index, factors))
            unsaid = -2 * sum(comb(reach, size) for size in range(2, most + 1)).bit_length()
        weight = weigh(map(_product_trial, lines), unsaid)
        is_borne_out = (
            standing_of(weight) is Standing.BORNE_OUT and weight.held >= FEWEST_PRODUCT_PLACES
        )
        if is_borne_out and not is_doubtful(weight, ROWS_PER_ERROR) and weight.bits > best[0]:
            best = weight.bits, factors, lines
    if not best[0] and len(others) < WIDEST_PRODUCT_COLUMNS and not plane.turned:
        return _with_constant(plane, stated, others)
    return best[1:]


def _of_its_size(
    plane: _Plane, stated: int, sets: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The sets of lines whose product has as many digits as what is stated, where that is largest.

    This saves time only: few rows of a table are products, and each has many sets before it.
    """
    numbers = plane.facts.numbers
    figures = [(plane.figure(place, stated), place) for place in plane.places]
    sizes = [(abs(decimal_of(numbers[figure])), place) for figure, place in figures if figure >= 0]
    size, largest = max(sizes, default=(decimal_of(Number(0)), 0))
    digits = {
        line: decimal_of(plane.factor(largest, line)).adjusted()
        for line in {line for each in sets for line in each}
        if plane.figure(largest, line) >= 0
    }
    return [
        each
        for each in sets
        if size
        and all(line in digits for line in each)
        and 0 <= size.adjusted() - sum(digits[line] for line in each) < len(each)
    ]


def _with_constant(
    plane: _Plane, stated: int, others: Sequence[int]
) -> tuple[Sequence[int], Sequence[Line]]:
    """The factors which the rows bear out best together with a number that no column prints.

    Twelve months make a year. The number stands among the factors with a minus.
    """
    best: tuple[int, Sequence[int], Sequence[Line]] = 0, (), ()
    for factors in (s for size in (1, 2) for s in combinations(others, size)):
        lines = list(_lines(plane, stated, factors))
        constants = Counter(filter(None, map(_constant_of, lines)))
        if len(lines) < FEWEST_PRODUCT_PLACES or not constants:
            continue
        constant = max(constants, key=lambda each: constants[each])
        whole = [(place, said, [*numbers, Number(constant)]) for place, said, numbers in lines]
        unsaid = -2 * len(others).bit_length() - MOST_CONSTANT.bit_length()
        weight = weigh(map(_product_trial, whole), unsaid)
        is_sure = standing_of(weight) is Standing.BORNE_OUT
        # Small figures are multiples of one another, and tens are a change of unit.
        is_sure = is_sure and weight.bits >= HIGH_BITS and constant % 10 != 0
        is_often = constants[constant] >= FEWEST_PRODUCT_PLACES and weight.failed <= 1
        if is_sure and is_often and weight.bits > best[0]:
            best = weight.bits, (*factors, -constant), whole
    return best[1:]


def _constant_of(line: Line) -> int | None:
    """The whole number by which the factors of a line must still be multiplied, if there is one."""
    _, said, factors = line
    units, exponent = 1, 0
    for factor in factors:
        units, exponent = units * factor.units, exponent + factor.exponent
    finest = min(exponent, said.exponent)
    over, under = (
        said.units * int(10 ** (said.exponent - finest)),
        units * int(10 ** (exponent - finest)),
    )
    constant, rest = divmod(over, under)
    return constant if not rest and LEAST_CONSTANT <= constant <= MOST_CONSTANT else None


def _instead(plane: _Plane, line: Line, by: Sequence[int]) -> Iterator[tuple[int, Number]]:
    """Each factor that may be wrong in place of the product, with what it should be."""
    place, said, factors = line
    for at, column in enumerate(by):
        if column < 0:
            continue  # a constant of all rows
        meant = _factor_of(line, at)
        whole = place, said, [*factors[:at], meant, *factors[at + 1 :]]
        if 0 != meant.units != factors[at].units and _product_trial(whole).holds:
            figure = plane.figure(place, column)
            yield figure, Number(meant.units, plane.facts.numbers[figure].exponent)


def _factor_of(line: Line, at: int) -> Number:
    """What one factor must be, as precisely as it is printed, nil where nothing can be."""
    _, said, factors = line
    units, exponent = 1, factors[at].exponent - said.exponent
    for other in (*factors[:at], *factors[at + 1 :]):
        units, exponent = units * other.units, exponent + other.exponent
    if not units:
        return Number(0, factors[at].exponent)
    over = abs(said.units) * int(10 ** max(-exponent, 0))
    under = abs(units) * int(10 ** max(exponent, 0))
    value = (2 * over + under) // (2 * under)
    return Number(value if (said.units < 0) == (units < 0) else -value, factors[at].exponent)


def _lines(
    plane: _Plane, stated: int, factors: Sequence[int], *, nil: bool = False
) -> Iterator[Line]:
    """The items that print all of them; one that repeats one of its factors says nothing.

    Nil times anything is a row that nobody filled in. With ``nil`` those that have all factors, and
    nil for their product.
    """
    for place in plane.places:
        if min(plane.figure(place, line) for line in (stated, *factors)) < 0:
            continue
        said = plane.facts.numbers[plane.figure(place, stated)]
        by = [plane.factor(place, line) for line in factors]
        if (
            bool(said.units) is not nil
            and all(n.units for n in by)
            and all(decimal_of(said) != decimal_of(n) for n in by)
        ):
            yield place, said, by


def _without_factor(plane: _Plane, stated: int, factors: Sequence[int]) -> Iterator[Line]:
    """The items with a dash for one factor that the others and the product give without a rest.

    A lump sum has no factors, or any; and where the factor would be one, nothing was multiplied.
    """
    numerals = plane.table.numerals
    for place in plane.places:
        if min(plane.figure(place, line) for line in (stated, *factors)) < 0:
            continue
        said = plane.facts.numbers[plane.figure(place, stated)]
        by = [plane.factor(place, line) for line in factors]
        nil = [at for at, number in enumerate(by) if not number.units]
        at = plane.spot(place, factors[nil[0]]) if len(nil) == 1 else None
        if not said.units or at is None or numerals[at.row][at.column].reading is not CellKind.NIL:
            continue
        read = numerals[at.row] if plane.turned else [row[at.column] for row in numerals]
        finest = min(each.number.exponent for each in read if each.number is not None)
        shift = (
            by[nil[0]].exponent - plane.facts.numbers[plane.figure(place, factors[nil[0]])].exponent
        )
        by[nil[0]] = Number(0, finest + shift)
        for _, meant in _instead(plane, (place, said, by), factors):
            own = Number(meant.units, by[nil[0]].exponent)
            whole = place, said, [*by[: nil[0]], own, *by[nil[0] + 1 :]]
            if (
                decimal_of(own) != 1
                and _product_trial(whole).stated == _product_trial(whole).computed
            ):
                yield place, said, by


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


def _product_trial(line: Line) -> Trial:
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


def _is_exact(line: Line) -> bool:
    """Whether a product comes out to its own last digit, as of factors that were not rounded."""
    missed, last = _missed(line)
    return 2 * missed <= last


def _missed(line: Line) -> tuple[int, int]:
    """By how much the product of the printed factors misses, and the last printed digit."""
    _, said, factors = line
    units, exponent = 1, -said.exponent
    for factor in factors:
        units, exponent = units * factor.units, exponent + factor.exponent
    finer, coarser = int(10 ** max(-exponent, 0)), int(10 ** max(exponent, 0))
    return abs(units * coarser - said.units * finer), finer


def _has_slip(line: Line) -> bool:
    """Whether a product that only the rounding of one factor saves has a slip in another.

    A unit cost may be what a round total was divided by; the other factor is then as it was.
    """
    place, said, factors = line
    for at, factor in enumerate(factors):
        meant = _factor_of(line, at)
        whole = place, said, [*factors[:at], meant, *factors[at + 1 :]]
        is_slip = 0 != meant.units != factor.units and slip_between(factor.units, meant.units)
        if is_slip and _is_exact(whole):
            return True
    return False


def check_rates(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write stated - rate x base = 0 for each line whose name, or cell, prints the rate."""
    for index, table in enumerate(facts.tables):
        for across in (False, True):
            for line, rate in _rated(table, facts.language, across=across):
                found = _base(facts, table, line, rate, across=across)
                if found is None:
                    continue
                bases, prior = found
                row, column = (0, line) if across else (line, 0)
                names = [
                    table.columns[at].heading if across else table.rows[at].label
                    for at in dict.fromkeys((bases[0], bases[-1]))
                ]
                spot = Spot(table.ordinal, row, column)
                at = claims.read(Reading("derived", spot, ", ".join(names), prior))
                signs = _signs(rate, len(bases))
                members = list(_places(table, line, bases, across=across))
                places = [(*_PLACE, table.part or "")] * len(members)
                claims.add(index, number, members, signs, places, reading=at)


def _rated(table: TableFacts, language: str, *, across: bool) -> Iterator[tuple[int, Number]]:
    """The lines whose names print one rate; of rows also those with one cell in per cent."""
    if across:
        for column in table.columns:
            rates = rates_in(column.heading, language)
            if len(rates) == 1 and column.role not in _NO_BASES:
                yield column.index, rates[0]
        return
    for at, row in enumerate(table.rows):
        if row.role is RowRole.HEADING:
            continue
        rates = rates_in(row.label, language)
        if not rates:
            cells = zip(table.cells[at], table.numerals[at], table.columns, strict=True)
            rates = [
                numeral.number
                for cell, numeral, column in cells
                if numeral.number is not None
                and numeral.reading is CellKind.FIGURE
                and (column.role in RATES or (cell is not None and "%" in cell.text))
            ]
        if len(rates) == 1 and 0 < decimal_of(rates[0]) < HUNDRED:
            yield at, rates[0]


def _base(
    facts: DocumentFacts, table: TableFacts, line: int, rate: Number, *, across: bool
) -> tuple[list[int], int] | None:
    """The lines that the rate is of, with the bits for them before figures are looked at."""
    runs = list(_runs(table, line, across=across))
    others = sorted({at for bases in runs for at in bases})
    rows = [
        dict(zip((line, *others), place, strict=True))
        for place in _places(table, line, others, across=across)
    ]
    shown = _in_one_unit(facts, [row for row in rows if row[line] >= 0])
    unsaid = NAMED_BITS - len(runs).bit_length()
    best: tuple[int, list[int], int] | None = None
    for bases in runs:
        is_before = bases == [line - 1]
        # Nothing but figures speaks for bases that do not stand right before.
        if not is_before and not any(_holds(place, line, bases, rate) for place in shown):
            continue
        places = ([row[at] for at in (line, *bases)] for row in rows)
        trials = [
            _rate_trial(facts, place, rate)
            for place in places
            if place[0] >= 0 and max(place[1:]) >= 0
        ]
        # A lone figure that is far off, or not right below its base, is a rate of something else.
        is_lone = is_before and len(trials) == 1
        is_slip = is_lone and loss_of(trials[0]) <= LEAST_LOSS_BITS
        if not is_slip and not any(trial.holds for trial in trials):
            continue
        prior = NAMED_BITS + BEFORE_BITS if is_before else unsaid
        weight = weigh(trials, prior)
        is_told = standing_of(weight) is Standing.BORNE_OUT
        if is_told and (best is None or weight.bits > best[0]):
            best = weight.bits, bases, prior
    return (best[1], best[2]) if best is not None else None


def _in_one_unit(
    facts: DocumentFacts, rows: Sequence[Mapping[int, int]]
) -> list[dict[int, tuple[int, int]]]:
    """The figures of each place by line, and to what they were rounded; blanks are left out."""
    numbers, counts = facts.numbers, facts.counts
    printed = {figure for row in rows for figure in row.values() if figure >= 0}
    finest = min((numbers[figure].exponent for figure in printed), default=0)
    amounts = {
        figure: (
            scaled(numbers[figure], finest),
            0 if counts[figure] else quantum_of(numbers[figure], finest),
        )
        for figure in printed
    }
    return [{at: amounts[figure] for at, figure in row.items() if figure >= 0} for row in rows]


def _holds(
    place: Mapping[int, tuple[int, int]], line: int, bases: Sequence[int], rate: Number
) -> bool:
    """Whether the rate of some bases comes right in one place, and says something."""
    whole, part = _signs(rate, 1)
    (stated, quantum), found = place[line], [place[at] for at in bases if at in place]
    base = sum([amount for amount, _ in found])
    hidden = whole * quantum + abs(part) * sum([each for _, each in found])
    # Nil = nil says nothing.
    return bool(stated or base) and 2 * abs(whole * stated + part * base) <= hidden


def _runs(table: TableFacts, line: int, *, across: bool) -> Iterator[list[int]]:
    """What the rate may be of: another line, or the lines right before it added up."""
    if across:
        others = [c.index for c in table.columns if c.role not in _NO_BASES and c.index != line]
        before = [at for at in others if at < line]
    else:
        kept = (RowRole.HEADING, RowRole.SPACER, RowRole.MEMO)
        others = [at for at, row in enumerate(table.rows) if row.role not in kept and at != line]
        others = [at for at in others if abs(at - line) <= BASE_LINES_BEFORE]
        before = [at for at in others if at < line]
    yield from ([at] for at in sorted(others, key=lambda at: abs(at - line)))
    for count in range(2, min(len(before), MOST_BASE_PARTS) + 1):
        run = before[-count:]
        if not across and table.rows[run[0]].role is not RowRole.ITEM:
            return  # a total is no addend beside its parts
        yield run


def _places(
    table: TableFacts, line: int, bases: Sequence[int], *, across: bool
) -> Iterator[list[int]]:
    """The figures of each place, the stated one first; of rows the columns that hold amounts.

    Totals of a column that is a rate of another add up what was rounded in each row.
    """
    if across:
        totals = {footing.total for footing in table.footings}
        for at_row, (row, figures) in enumerate(zip(table.rows, table.grid, strict=True)):
            if row.role is RowRole.ITEM and at_row not in totals:
                yield [figures[at] for at in (line, *bases)]
        return
    for column in table.columns:
        if column.role not in _NO_BASES:
            yield [table.grid[at][column.index] for at in (line, *bases)]


def _signs(rate: Number, count: int) -> list[int]:
    """The coefficients of stated x 100 - rate x base, in whole numbers."""
    return [100 * int(10**-rate.exponent), *[-rate.units] * count]


def _rate_trial(facts: DocumentFacts, place: Place, rate: Number) -> Trial:
    signs = _signs(rate, len(place) - 1)
    terms = [(f, sign) for f, sign in zip(place, signs, strict=True) if f >= 0]
    return trial_of(terms, facts.numbers, facts.counts)
