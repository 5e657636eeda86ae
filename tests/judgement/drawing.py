"""Figures and relations at random, and what they may stand for, found out by printing amounts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from unbudget_check.model.figures import Figures
from unbudget_check.model.outcome import Rounding
from unbudget_check.model.relations import Relations, RelationWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

MODES = st.sampled_from(list(Rounding))
KNOWN_MODES = st.sampled_from([mode for mode in Rounding if mode is not Rounding.UNKNOWN])


@dataclass(frozen=True, slots=True)
class Term:
    """One figure as it enters a relation: ``value`` is a whole number of its quanta, or a count."""

    value: int
    quantum: int
    coefficient: int


@st.composite
def terms(draw: st.DrawFn, quanta: Sequence[int] = (0, 1, 10)) -> Term:
    """Small numbers, so that ends of intervals are met often."""
    quantum = draw(st.sampled_from(quanta))
    value = draw(st.integers(-4, 4)) * max(quantum, 1)
    return Term(value, quantum, draw(st.sampled_from([-2, -1, 1, 2])))


def relation_terms(quanta: Sequence[int] = (0, 1, 10)) -> st.SearchStrategy[list[Term]]:
    """One relation of two to six terms."""
    return st.lists(terms(quanta), min_size=2, max_size=6)


def figures_from(rows: Sequence[Sequence[Term]], scale: int = 0) -> Figures:
    """The figures of some relations, none shared."""
    every = [term for row in rows for term in row]
    values = np.array([term.value for term in every], dtype=np.int64)
    return Figures(values, np.array([term.quantum for term in every], dtype=np.int64), scale)


def relations_from(rows: Sequence[Sequence[Term]], places: Sequence[int] = ()) -> Relations:
    """The matrix of some relations, none of which share a figure."""
    writer, first = RelationWriter(), 0
    for number, row in enumerate(rows):
        members = range(first, first + len(row))
        place = places[number] if places else 0
        writer.add([list(members)], [term.coefficient for term in row], 0, place)
        first += len(row)
    return writer.finish()


def printed(amount: Fraction, quantum: int, mode: Rounding) -> int:
    """The figure that an author prints for an amount; an unknown author rounds half away."""
    if not quantum:
        return int(amount)
    size, sign = abs(amount) / quantum, -1 if amount < 0 else 1
    whole = int(size)
    if mode is Rounding.TRUNCATED:
        up = False
    elif mode is Rounding.HALF_EVEN and size - whole == Fraction(1, 2):
        up = whole % 2 == 1
    else:
        up = size - whole >= Fraction(1, 2)
    return sign * (whole + up) * quantum


def ends(value: int, quantum: int, mode: Rounding) -> tuple[tuple[Fraction, bool], ...]:
    """The lowest and the highest amount printed so, and whether these amounts are among them."""
    at = Fraction(value)
    if not quantum:
        return (at, True), (at, True)
    half = Fraction(quantum, 2)
    if mode is Rounding.UNKNOWN:
        return (at - half, True), (at + half, True)
    near, steps = half / 100, [at + half * step for step in range(-2, 3)]
    low = min(step for step in steps if printed(step + near, quantum, mode) == value)
    high = max(step for step in steps if printed(step - near, quantum, mode) == value)
    return tuple((end, printed(end, quantum, mode) == value) for end in (low, high))


def possible(row: Sequence[Term], mode: Rounding) -> bool:
    """Whether some amounts behind the figures make the relation hold, from the ends of each."""
    low, high, owns_low, owns_high = Fraction(0), Fraction(0), True, True
    for term in row:
        bounds = ends(term.value, term.quantum, mode)
        below, above = bounds if term.coefficient > 0 else bounds[::-1]
        low, owns_low = low + term.coefficient * below[0], owns_low and below[1]
        high, owns_high = high + term.coefficient * above[0], owns_high and above[1]
    return (low < 0 or (low == 0 and owns_low)) and (high > 0 or (high == 0 and owns_high))
