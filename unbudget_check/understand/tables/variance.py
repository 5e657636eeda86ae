"""Which columns make a change, and between which two levels it stands: words propose, rows decide.

Headings name a base, changes and an estimate. Where the rows contradict what they suggest, other
columns are tried: another base, a factor whose heading is not known, a memo that is no addend.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import (
    BORNE_OUT_BITS,
    HEADINGS_BITS,
    Trial,
    quotient_trial,
    standing_of,
    weigh,
)
from unbudget_check.model.facts import Column, ColumnRole, Standing, Weight
from unbudget_check.model.number import quantum_of, scaled
from unbudget_check.profiles import factors
from unbudget_check.understand.tables.layout import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.facts import Numeral
    from unbudget_check.model.number import Number

    # A figure and its quantum, both in the finest unit of the table; None for a blank.
    Figure = tuple[int, int] | None
    Rows = Sequence[Sequence[Figure]]

KNOWN_FACTORS = tuple(map(ColumnRole, factors()))
FACTORS = (*KNOWN_FACTORS, ColumnRole.FACTOR)
MEMO = "memo"
_CHANGES = (*FACTORS, ColumnRole.CHANGE)
_AMOUNTS = (ColumnRole.AMOUNT, ColumnRole.TOTAL, ColumnRole.SUBTOTAL)
_LEVELS = (ColumnRole.AMOUNT, ColumnRole.BASE, ColumnRole.ESTIMATE)
# A change of two factors at least: one alone repeats it.
LEAST_FACTORS = 2
# Wider sets of columns are not searched.
MOST_CHANGES, MOST_LEVELS = 8, 6
# What it costs, in bits, to read columns otherwise than their headings suggest.
KNOWN_LEFT_OUT, UNKNOWN_LEFT_OUT, UNKNOWN_TAKEN = 16, 3, 1
OTHER_LEVEL, OTHER_ORDER, OTHER_YEARS, OTHER_CHANGE = 3, 2, 8, 4


def figures_in(numerals: Iterable[Sequence[Numeral]]) -> list[list[Figure]]:
    """The rows with figures, in one unit; whole numbers are taken to be exact."""
    found = [[n.number if n.reading in NUMERIC else None for n in row] for row in numerals]
    finest = min((n.exponent for row in found for n in row if n is not None), default=0)
    return [[_figure(n, finest) for n in row] for row in found if any(row)]


def _figure(number: Number | None, finest: int) -> Figure:
    if number is None:
        return None
    quantum = quantum_of(number, finest)
    return scaled(number, finest), 0 if quantum == 10 ** max(-finest, 0) else quantum


def trials_of(rows: Rows, stated: int, parts: Iterable[tuple[int, int]]) -> Iterator[Trial]:
    """The ties of all rows that one column is the sum of others, with their signs."""
    parts = tuple(parts)
    for row in rows:
        said = row[stated]
        if said is None:
            continue
        amount, allowance = said
        terms, computed, addends = 1, 0, 0
        for column, sign in parts:
            figure = row[column]
            if figure is not None:
                terms += 1
                allowance += figure[1]
                computed += sign * figure[0]
                addends += figure[0] != 0
        if terms > 1:
            yield Trial(amount, computed, allowance, addends, terms)


@dataclass(frozen=True, slots=True)
class Variance:
    """One reading of a set of columns: change = sum of factors, estimate = base + change."""

    base: int | None
    estimate: int | None
    change: int | None
    factors: tuple[int, ...]

    @property
    def moves(self) -> tuple[int, ...]:
        """What leads from the base to the estimate."""
        return self.factors if self.change is None else (self.change,)


def settle_by_figures(columns: Sequence[Column], rows: Rows) -> tuple[Column, ...]:
    """The same columns with the roles that the rows bear out, where words say otherwise."""
    settled = list(columns)
    for side in {column.side for column in columns}:
        own = [column for column in columns if column.side == side]
        changes = _changes(own)
        if changes and len(changes) <= MOST_CHANGES:
            said = _said(own)
            found = _levels(_factors(said, changes, rows), own, changes, rows)
            if found != said:
                _assign(settled, own, changes, found)
    return tuple(settled)


def evidence_of(
    columns: Sequence[Column], rows: Rows, numerals: Sequence[Sequence[Numeral]]
) -> Weight:
    """What the rows say of all that the roles of the columns claim, percentages included.

    ``rows`` are the figures of the numerals.
    """
    trials, prior = list[Trial](), 0
    for side in {column.side for column in columns}:
        own = [column for column in columns if column.side == side]
        said = _said(own)
        found = []
        if said.change is not None and len(said.factors) >= LEAST_FACTORS:
            found.append((said.change, [(factor, 1) for factor in said.factors]))
        if said.estimate is not None and said.base is not None and said.moves:
            found.append((said.estimate, [(part, 1) for part in (said.base, *said.moves)]))
        for stated, parts in found:
            trials.extend(trials_of(rows, stated, parts))
            prior += HEADINGS_BITS
        rates = [c.index for c in own if c.role is ColumnRole.PERCENTAGE]
        if rates and said.change is not None and said.base is not None:
            trials.extend(_rates(numerals, (rates[0], said.change, said.base)))
    return weigh(trials, prior)


def _rates(numerals: Sequence[Sequence[Numeral]], columns: tuple[int, int, int]) -> Iterator[Trial]:
    for row in numerals:
        rate, part, base = (row[column].number for column in columns)
        if rate is not None and part is not None and base is not None:
            yield quotient_trial(rate, part, base)


def _changes(columns: Sequence[Column]) -> list[Column]:
    """The columns that may be part of a change, by their words, their group or their place."""
    named = [c for c in columns if c.role in _CHANGES or c.concept == "other"]
    if not any(c.role in _CHANGES for c in named):
        return []
    groups = {c.group for c in named if c.group}
    first, last = min(c.index for c in named), max(c.index for c in named)
    return [
        c
        for c in columns
        if c in named
        or (c.role in _AMOUNTS and (c.group in groups or first < c.index < last) and not c.year)
    ]


def _said(columns: Sequence[Column]) -> Variance:
    """What the headings suggest."""
    roles: dict[ColumnRole, int] = {}
    for column in columns:
        roles.setdefault(column.role, column.index)
    return Variance(
        roles.get(ColumnRole.BASE),
        roles.get(ColumnRole.ESTIMATE),
        roles.get(ColumnRole.CHANGE),
        tuple(c.index for c in columns if c.role in FACTORS),
    )


def _factors(said: Variance, changes: Sequence[Column], rows: Rows) -> Variance:
    """The factors that add up to the change: all that are named, unless others do so better."""
    change = said.change
    if change is None:
        return said
    others = [column for column in changes if column.index != change]
    now = _of_factors(change, said.factors, others, rows)
    is_told = not now.failed and len(said.factors) >= LEAST_FACTORS
    if is_told or len(others) > MOST_LEVELS:
        return said
    tried = {
        factors: _of_factors(change, factors, others, rows)
        for size in range(LEAST_FACTORS, len(others) + 1)
        for factors in combinations([column.index for column in others], size)
    }
    best = max(tried, key=lambda factors: tried[factors].bits, default=said.factors)
    is_better = best != said.factors and wins(tried[best], now)
    return replace(said, factors=best) if is_better else said


def _of_factors(
    change: int, factors: Sequence[int], others: Sequence[Column], rows: Rows
) -> Weight:
    """What the rows say of change = sum of these factors."""
    cost = 0
    for column in others:
        is_named = column.role in FACTORS
        if column.index not in factors and is_named:
            cost += KNOWN_LEFT_OUT if column.role in KNOWN_FACTORS else UNKNOWN_LEFT_OUT
        elif column.index in factors and not is_named:
            cost += UNKNOWN_TAKEN
    if len(factors) < LEAST_FACTORS:
        return Weight(prior=-cost)
    # That a total of changes adds some of them up is nearly certain: the question is which.
    parts = [(factor, 1) for factor in factors]
    return weigh(trials_of(rows, change, parts), HEADINGS_BITS - cost)


def _levels(
    said: Variance, columns: Sequence[Column], changes: Sequence[Column], rows: Rows
) -> Variance:
    """Base and estimate: those of the headings, unless two others fit the change better."""
    now = _of_levels(said, said, columns, changes, rows)
    if now.said and not now.failed:
        return said
    levels = [c.index for c in columns if c.role in _LEVELS and c not in changes]
    if len(levels) > MOST_LEVELS:
        return said
    tried = {
        read: _of_levels(read, said, columns, changes, rows)
        for moved in _moves(said, changes)
        for base, estimate in permutations(levels, 2)
        for read in (replace(moved, base=base, estimate=estimate),)
    }
    best = max(tried, key=lambda read: tried[read].bits, default=said)
    return best if best != said and wins(tried[best], now) else said


def _moves(said: Variance, changes: Sequence[Column]) -> Iterator[Variance]:
    """What may lead from base to estimate: the change, or factors of which it is one.

    A column that is called the total of the changes is never one of them.
    """
    if said.change is not None:
        yield said
        total = next(c for c in changes if c.index == said.change)
        if total.concept == "total" or len(said.factors) >= LEAST_FACTORS:
            return
    indices = [column.index for column in changes[:MOST_LEVELS]]
    for size in range(1, len(indices) + 1):
        for chosen in combinations(indices, size):
            if said.change is None or said.change in chosen:
                yield replace(said, change=None, factors=chosen)


def _of_levels(
    read: Variance,
    said: Variance,
    columns: Sequence[Column],
    changes: Sequence[Column],
    rows: Rows,
) -> Weight:
    """What the rows say of estimate = base + change."""
    base, estimate = read.base, read.estimate
    if base is None or estimate is None or not read.moves:
        return Weight()
    cost = OTHER_LEVEL * ((base != said.base) + (estimate != said.estimate))
    cost += OTHER_ORDER * (base > estimate)
    years = {c.index: c.year for c in columns if c.year}
    cost += OTHER_YEARS * (years.get(base, 0) > years.get(estimate, 9999))
    if read.moves != said.moves:
        cost += OTHER_CHANGE
        cost += sum(UNKNOWN_LEFT_OUT for c in changes if c.index not in read.factors)
    parts = [(base, 1), *((move, 1) for move in read.moves)]
    return weigh(trials_of(rows, estimate, parts), -cost)


def wins(weight: Weight, now: Weight) -> bool:
    """Whether the rows bear out another reading, and clearly better than that of the headings.

    Where few figures say anything, as among posts, two ties without any that fails must do.
    """
    is_borne_out = standing_of(weight) is Standing.BORNE_OUT and weight.gain >= BORNE_OUT_BITS
    is_spotless = not weight.failed and weight.held >= LEAST_FACTORS and now.failed > 0
    return (is_borne_out or is_spotless) and weight.bits >= now.bits + BORNE_OUT_BITS


def _assign(
    settled: list[Column], own: Sequence[Column], changes: Sequence[Column], read: Variance
) -> None:
    """Give the columns of one set the roles of a reading."""
    roles = {read.base: ColumnRole.BASE, read.estimate: ColumnRole.ESTIMATE}
    roles |= {read.change: ColumnRole.CHANGE}
    for column in own:
        role = roles.get(column.index)
        if role is None and column.index in read.factors:
            role = column.role if column.role in FACTORS else ColumnRole.FACTOR
        elif role is None and (column in changes or column.role in roles.values()):
            concept = MEMO if column in changes else column.concept
            settled[column.index] = replace(column, role=ColumnRole.AMOUNT, concept=concept)
        if role is not None and role is not column.role:
            settled[column.index] = replace(column, role=role)
