"""By how much each relation fails to hold, and whether rounding alone can explain that.

A printed figure x with quantum q stands for an interval of true amounts. A linear relation is
possible when some choice of true amounts makes it hold. The sum of the intervals is an interval
itself, so that nothing has to be searched: its middle and its reach are two sums over the terms
(interval arithmetic as in the XBRL specification Calculations 1.1). Everything is doubled, because
half a quantum is not a whole number; all comparisons are exact.

Which true amounts a printed figure may stand for, by the way in which its author rounded.

| mode                | 12                      | 0                       | -12      |
|---------------------|-------------------------|-------------------------|----------|
| unknown             | 11.5 to 12.5            | -0.5 to 0.5             | mirrored |
| half away from zero | 11.5 up to but not 12.5 | between -0.5 and 0.5    | mirrored |
| half to even        | 11.5 to 12.5 (for 13 neither end) | -0.5 to 0.5   | mirrored |
| truncated           | 12 up to but not 13     | between -1 and 1        | mirrored |

A count (quantum 0) stands for itself. Ends are doubled, so that they are whole numbers.

The sum of each relation's terms, and which terms these are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.model.outcome import Bound, Judgement, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Relations


# Terms taken up at a time: enough to keep numpy busy, few enough to stay in the cache.
CHUNK = 2**17
# Every sum of the judgement stays below this, or exact Python integers take over.
ROOM = 2**62


@dataclass(frozen=True, slots=True)
class Intervals:
    """One interval a figure: twice its ends, and whether the ends belong to it."""

    low: NDArray[Any]
    high: NDArray[Any]
    owns_low: NDArray[np.bool_]
    owns_high: NDArray[np.bool_]


def intervals_of(values: NDArray[Any], quanta: NDArray[Any], rounding: Rounding) -> Intervals:
    """The intervals of some figures, from their values and quanta."""
    below = above = quanta
    if rounding is Rounding.TRUNCATED:
        below, above = 2 * quanta * (values <= 0), 2 * quanta * (values >= 0)
    return Intervals(2 * values - below, 2 * values + above, *owned_ends(values, quanta, rounding))


def owned_ends(
    values: NDArray[Any], quanta: NDArray[Any], rounding: Rounding
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the low end and the high end of each figure's interval belong to it."""
    if rounding is Rounding.UNKNOWN:
        owned = np.ones(values.shape, dtype=np.bool_)
        return owned, owned
    if rounding is Rounding.HALF_EVEN:
        owned = values % np.where(quanta == 0, 1, 2 * quanta) == 0
        return owned, owned
    return (values > 0) | (quanta == 0), (values < 0) | (quanta == 0)


def mirrored(intervals: Intervals, where: NDArray[np.bool_]) -> Intervals:
    """The intervals of the same amounts with their signs turned, at some places only."""
    if not where.any():
        return intervals
    return Intervals(
        np.where(where, -intervals.high, intervals.low),
        np.where(where, -intervals.low, intervals.high),
        np.where(where, intervals.owns_high, intervals.owns_low),
        np.where(where, intervals.owns_low, intervals.owns_high),
    )


def sums(
    terms: NDArray[Any], pointers: NDArray[Any], kind: DTypeLike | None = None
) -> NDArray[Any]:
    """The sum of the terms from each pointer up to the next, in the type of the terms or ``kind``.

    Differences of a running sum: on short relations faster than ``numpy.add.reduceat``, and right
    for empty ones. A running sum that wraps around 64 bits wraps back in the difference.
    """
    running = np.zeros(len(terms) + 1, dtype=kind or terms.dtype)
    np.cumsum(terms, out=running[1:])
    return np.diff(running[pointers])


def terms_of(rows: NDArray[Any], pointers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The positions of the terms of some relations, and pointers into these positions."""
    lengths = pointers[rows + 1] - pointers[rows]
    edges = np.concatenate([[0], np.cumsum(lengths)])
    return np.arange(edges[-1]) + np.repeat(pointers[rows] - edges[:-1], lengths), edges


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of some relations: coefficient x value, quantum, and |coefficient| x quantum."""

    products: NDArray[Any]
    quanta: NDArray[Any]
    spans: NDArray[Any]
    pointers: NDArray[Any]


def judge(
    figures: Figures, relations: Relations, rounding: Rounding = Rounding.UNKNOWN
) -> Judgement:
    """How every relation comes out when only its own figures and their rounding are known.

    The ends of an interval count as possible when the mode of rounding is unknown (closed
    intervals); a known mode decides which of them do.
    """
    kind: type[Any] = np.int64 if fits(figures, relations) else object
    judgement = Judgement(
        *(
            np.zeros(len(relations), dtype=each)
            for each in (kind, kind, kind, kind, np.int32, np.int8)
        )
    )
    for rows in _chunks(relations.pointers):
        _judge_rows(judgement, figures, relations, rows, rounding)
    return judgement


def fits(figures: Figures, relations: Relations) -> bool:
    """Whether no sum of a judgement can overflow 64 bits."""
    if object in (figures.values.dtype, figures.quanta.dtype):
        return False
    longest = int(np.diff(relations.pointers).max(initial=0))
    weight = _widest(relations.coefficients)
    value, quantum = _widest(figures.values), _widest(figures.quanta)
    reach = 2 * longest * weight * (value + quantum)
    square = 16 * longest * (weight * quantum) ** 2
    return max(reach, square) < ROOM


def _widest(numbers: NDArray[Any]) -> int:
    return max(int(numbers.max(initial=0)), -int(numbers.min(initial=0)))


def _chunks(pointers: NDArray[Any]) -> Iterator[slice]:
    cuts = np.searchsorted(pointers, np.arange(0, pointers[-1], CHUNK))
    edges = np.unique(np.append(cuts, len(pointers) - 1)).tolist()
    return map(slice, edges[:-1], edges[1:])


def _judge_rows(
    judgement: Judgement, figures: Figures, relations: Relations, rows: slice, rounding: Rounding
) -> None:
    """Fill in the judgement of a few neighbouring relations."""
    terms = _gathered(figures, relations, rows, judgement.residuals.dtype)
    residuals = sums(terms.products, terms.pointers)
    deviations, (allowances, spreads) = 2 * residuals, _reaches(terms)
    if rounding is Rounding.TRUNCATED:
        # What was cut off points away from nil: x stands for x up to x + q, nil for -q up to q.
        deviations += sums(np.sign(terms.products) * terms.spans, terms.pointers)
        allowances += sums((terms.products == 0) * terms.spans, terms.pointers)
    coarsest, carriers = _coarsest_of_mixed(terms)
    distances = np.abs(deviations)
    bounds = (np.abs(2 * residuals) > coarsest).view(np.int8)  # Bound.EXACT or Bound.WITHIN
    bounds[distances > allowances] = Bound.BEYOND
    touching = np.flatnonzero((distances == allowances) & (allowances > 0))
    if rounding is not Rounding.UNKNOWN and len(touching):
        numbers = rows.start + touching
        missed = _ends_missed(figures, relations, numbers, deviations[touching], rounding)
        bounds[touching[missed]] = Bound.BEYOND
    judgement.residuals[rows], judgement.deviations[rows] = residuals, deviations
    judgement.allowances[rows], judgement.spreads[rows] = allowances, spreads
    judgement.carriers[rows], judgement.bounds[rows] = carriers, bounds


def _gathered(figures: Figures, relations: Relations, rows: slice, kind: DTypeLike) -> _Terms:
    """All terms of some neighbouring relations, side by side."""
    pointers = relations.pointers[rows.start : rows.stop + 1]
    at = slice(pointers[0], pointers[-1])
    numbers = relations.figures[at].astype(np.intp)
    coefficients = relations.coefficients[at].astype(kind)
    quanta = figures.quanta.take(numbers).astype(kind, copy=False)
    products = figures.values.take(numbers).astype(kind, copy=False) * coefficients
    return _Terms(products, quanta, np.abs(coefficients) * quanta, pointers - pointers[0])


def _reaches(terms: _Terms) -> tuple[NDArray[Any], NDArray[Any]]:
    """The sum of the spans of each relation, and the sum of their squares."""
    spans, pointers = terms.spans, terms.pointers
    first = spans[0]
    if (spans == first).all():  # one quantum and only +1 and -1: millions of terms alike
        lengths = np.diff(pointers).astype(spans.dtype)
        return first * lengths, first * first * lengths
    return sums(spans, pointers), sums(spans * spans, pointers)


def _coarsest_of_mixed(terms: _Terms) -> tuple[NDArray[Any] | int, NDArray[Any]]:
    """The largest span of each relation whose figures differ in their quanta, else 0; carriers.

    Parts in dollars and their total in thousands agree when the total is the rounded sum: that is
    no drift, and so half a quantum of the coarsest figure is not held against a relation. Nil has
    the quantum of its column, not its own, and does not count.
    """
    there = terms.products != 0
    carriers = sums(there & (terms.quanta != 0), terms.pointers, np.int32)
    if (terms.quanta == terms.quanta[0]).all():
        return 0, carriers
    quanta, starts = terms.quanta * there, terms.pointers[:-1]
    coarsest = np.maximum.reduceat(quanta, starts)
    mixed = sums(quanta, terms.pointers) != coarsest * sums(there, terms.pointers, np.int64)
    widest = np.maximum.reduceat(terms.spans * there, starts)
    return np.where(mixed, widest, 0), np.where(mixed, 0, carriers)


def _ends_missed(
    figures: Figures,
    relations: Relations,
    rows: NDArray[Any],
    deviations: NDArray[Any],
    rounding: Rounding,
) -> NDArray[np.bool_]:
    """For relations just at the end of their allowance: whether that end is out of reach.

    A sum of intervals owns an end only when every interval owns the end that it contributes: the
    low one where its term would have to be smaller for the relation to hold.
    """
    terms, pointers = terms_of(rows, relations.pointers)
    numbers = relations.figures[terms]
    low, high = owned_ends(figures.values[numbers], figures.quanta[numbers], rounding)
    smaller = np.repeat(deviations > 0, np.diff(pointers)) == (relations.coefficients[terms] > 0)
    return sums(~np.where(smaller, low, high), pointers, np.int32) > 0
