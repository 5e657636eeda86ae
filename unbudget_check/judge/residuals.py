"""By how much each relation fails to hold, and whether rounding alone can explain that.

A printed figure x with quantum q stands for an interval of true amounts. A linear relation is
possible when some choice of true amounts makes it hold. The sum of the intervals is an interval
itself, so that nothing has to be searched: its middle and its reach are two sums over the terms
(interval arithmetic as in the XBRL specification Calculations 1.1). Everything is doubled, because
half a quantum is not a whole number; all comparisons are exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.judge.intervals import owned_ends
from unbudget_check.judge.running_sums import sums, terms_of
from unbudget_check.model.outcome import Bound, Judgement, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Relations

# Terms taken up at a time: enough to keep numpy busy, few enough to stay in the cache.
CHUNK = 2**17
# Every sum of the judgement stays below this, or exact Python integers take over.
ROOM = 2**62


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
    pointers = relations.pointers[rows.start : rows.stop + 1]
    terms, pointers = slice(pointers[0], pointers[-1]), pointers - pointers[0]
    numbers, kind = relations.figures[terms], judgement.residuals.dtype
    coefficients = relations.coefficients[terms].astype(kind)
    quanta = figures.quanta.take(numbers).astype(kind, copy=False)
    products = figures.values.take(numbers).astype(kind, copy=False) * coefficients
    spans = np.abs(coefficients) * quanta
    residuals, allowances = sums(products, pointers), sums(spans, pointers)
    deviations, there = 2 * residuals, products != 0
    if rounding is Rounding.TRUNCATED:
        # What was cut off points away from nil: x stands for x up to x + q, nil for -q up to q.
        deviations += sums(np.sign(products) * spans, pointers)
        allowances += sums(spans * ~there, pointers)
    carriers = sums((there & (quanta != 0)).astype(np.int32), pointers)
    bounds = np.where(residuals == 0, Bound.EXACT, Bound.WITHIN)
    if quanta.min() != quanta.max():
        coarsest = _coarsest_of_mixed(spans * there, quanta * there, there, pointers)
        carriers[coarsest > 0] = 0
        bounds[np.abs(2 * residuals) <= coarsest] = Bound.EXACT
    bounds[np.abs(deviations) > allowances] = Bound.BEYOND
    touching = np.flatnonzero((np.abs(deviations) == allowances) & (allowances > 0))
    if rounding is not Rounding.UNKNOWN and len(touching):
        missed = _ends_missed(
            figures, relations, rows.start + touching, deviations[touching], rounding
        )
        bounds[touching[missed]] = Bound.BEYOND
    for whole, piece in zip(
        (judgement.residuals, judgement.deviations, judgement.allowances, judgement.spreads),
        (residuals, deviations, allowances, sums(spans * spans, pointers)),
        strict=True,
    ):
        whole[rows] = piece
    judgement.carriers[rows], judgement.bounds[rows] = carriers, bounds


def _coarsest_of_mixed(
    spans: NDArray[Any], quanta: NDArray[Any], there: NDArray[Any], pointers: NDArray[Any]
) -> NDArray[Any]:
    """The largest span of each relation whose figures differ in their quanta, or else 0.

    Parts in dollars and their total in thousands agree when the total is the rounded sum: that is
    no drift, and so half a quantum of the coarsest figure is not held against a relation.
    """
    coarsest, widest = (np.maximum.reduceat(each, pointers[:-1]) for each in (quanta, spans))
    mixed = sums(quanta, pointers) != coarsest * sums(there.astype(np.int64), pointers)
    return np.where(mixed, widest, 0)


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
    missed = ~np.where(smaller, low, high)
    return sums(missed.astype(np.int32), pointers) > 0
