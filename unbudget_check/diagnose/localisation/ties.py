"""All that is claimed about printed figures: relations, and percentages numbered after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.diagnose.localisation.rates import Rate, span_of_rate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Percentages, Relations


@dataclass(frozen=True, slots=True)
class Ties:
    """All that is claimed: relations, what each may miss, and percentages that could be judged.

    ``limits[r]`` is twice what relation r may miss without being broken (0 where it must be
    exact); ``spreads[r]`` is twelve times the variance of its rounding. ``excused`` ties prove
    nothing; they are neither broken nor witnesses.
    """

    figures: Figures
    relations: Relations
    residuals: Sequence[int] | NDArray[Any]
    limits: Sequence[int] | NDArray[Any]
    spreads: Sequence[int] | NDArray[Any]
    percentages: Percentages
    excused: Collection[int] = ()


def mends(ties: Ties, tie: int, figure: int, change: int) -> bool:
    """Whether a tie of printed figures holds once one of them, and nothing else, is changed."""
    count, values = len(ties.relations), ties.figures.values
    if tie < count:
        coefficient = dict(ties.relations.terms(tie)).get(figure, 0)
        return 2 * abs(int(ties.residuals[tie]) + coefficient * change) <= ties.limits[tie]
    rate = rate_of(ties, tie - count)
    found = {each: int(values[each]) for each in (rate.stated, rate.part, rate.base)}
    low, high = span_of_rate(rate, figure, found)
    return low <= found[figure] + change <= high


def rate_of(ties: Ties, percentage: int) -> Rate:
    """One percentage as a tie of three figures."""
    stated, part, base = trio_of(ties, percentage)
    quanta, scale = ties.figures.quanta, ties.figures.scale
    digits = int(ties.percentages.powers[percentage]) - scale
    hundred = int(10 ** max(digits, 0))
    return Rate(
        stated,
        part,
        base,
        (int(quanta[stated]), int(quanta[part]), int(quanta[base])),
        hundred,
        int(10 ** max(-digits, 0)),
        hundred * int(ties.percentages.growths[percentage]),
    )


def trio_of(ties: Ties, percentage: int) -> tuple[int, int, int]:
    """Stated percentage, part and base."""
    found = ties.percentages
    return int(found.stated[percentage]), int(found.parts[percentage]), int(found.bases[percentage])


def sums_with(ties: Ties, involved: Collection[int]) -> list[int]:
    """The relations with a term among some figures."""
    hits = np.isin(ties.relations.figures, np.fromiter(involved, dtype=np.int64))
    rows = np.searchsorted(ties.relations.pointers, np.flatnonzero(hits), side="right") - 1
    return [r for r in np.unique(rows).tolist() if r not in ties.excused]


def rates_with(ties: Ties, involved: Collection[int]) -> list[int]:
    """The percentages with a figure among some figures."""
    found, count = ties.percentages, len(ties.relations)
    wanted = np.fromiter(involved, dtype=np.int64)
    hits = np.isin(found.stated, wanted)
    for figures in (found.parts, found.bases):
        hits |= np.isin(figures, wanted)
    return [p for p in np.flatnonzero(hits).tolist() if count + p not in ties.excused]


def figures_of(ties: Ties, tie: int) -> tuple[int, ...]:
    """The figures of a relation or of a percentage, the stated one first."""
    count = len(ties.relations)
    if tie >= count:
        return trio_of(ties, tie - count)
    return tuple(figure for figure, _ in ties.relations.terms(tie))
