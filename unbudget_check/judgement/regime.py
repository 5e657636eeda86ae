"""Where figures drift, learned from the figures themselves, and the grade of every relation there.

In published programme budgets 98% of the sums hold to the last digit, while expenditure columns
drift because each cell was rounded on its own. A small residual is an error in the one and nothing
in the other. Each place (say the footings of one column) is weighed between the two:

* exact: 99% of the relations have no residual;
* drifting: a relation of m figures has none with the probability that m independent rounding
  errors leave, the Irwin-Hall density of m uniform variables at its middle,
  ``sum((-1)**k * comb(m, k) * (m/2 - k)**(m - 1) for k <= m/2) / factorial(m - 1)``.

Whole thousandths of a natural logarithm are added up, so that the outcome is the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.model.outcome import Bound, Judgement, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from unbudget_check.model.relations import Relations

# 1000 * ln(density / 0.99) for 3, 4, ... figures that carry rounding; the last for all beyond.
HELD = (-278, -395, -503, -588, -661, -725, -782, -833, -879, -922, -961, -997, -1031, -1062)
# 1000 * ln((1 - density) / 0.01) for a residual inside the bound, correspondingly.
MISSED = (3219, 3507, 3691, 3807, 3890, 3952, 4002, 4042, 4076, 4104, 4129, 4150, 4169, 4186)
# What a residual beyond two and three standard deviations of rounding speaks less for drifting: a
# wrong figure lands anywhere inside the bound, rounding seldom so far out.
FAR_OUT = ((2, 2000), (3, 2500))
# Two figures, one of them stated: the same amount printed twice cannot drift.
FEWEST_FIGURES = 3
# Before anything is seen, 1000 * ln(odds): one place in eight drifts; where amounts spent are
# printed, which come unrounded from the accounts, nineteen in twenty do.
LEANS_EXACT, LEANS_DRIFTING = -1946, 2944
# What one place may say about the others of its document, and all of them together about one. A
# single odd relation never outweighs a document that is exact throughout (2500 + 1946 is more than
# any of MISSED); in a document that drifts, a few relations that happen to hold prove little.
VOICE, FOR_EXACT, FOR_DRIFTING = 3000, -2500, 10000
# Three squares of numbers below this fit into 64 bits.
SQUARABLE = 2**30


def learn_regime(
    judgement: Judgement,
    relations: Relations,
    parents: NDArray[Any] | None = None,
    leanings: NDArray[Any] | None = None,
) -> NDArray[np.bool_]:
    """Whether figures drift, for each place; ``parents[place]`` numbers its document.

    A relation is evidence when its residual is inside the bound and at least three of its figures
    carry rounding. A place is judged by its own relations, within limits by the other places of
    its document, and by its leaning. Without ``parents`` all places belong to one document,
    without ``leanings`` all lean to exact.
    """
    named = [len(each) for each in (parents, leanings) if each is not None]
    count = max(int(relations.places.max(initial=-1)) + 1, *named, 0)
    groups = np.zeros(count, dtype=np.int64) if parents is None else parents
    leanings = np.full(count, LEANS_EXACT) if leanings is None else leanings
    own = evidence_of(judgement, relations, count)
    # A place that was expected to drift says nothing about its neighbours.
    voices = np.clip(own, -VOICE, VOICE) * (leanings < 0)
    together = np.zeros(int(groups.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(together, groups, voices)
    others = np.clip(together[groups] - voices, FOR_EXACT, FOR_DRIFTING)
    drifting: NDArray[np.bool_] = own + others + leanings > 0
    return drifting


def evidence_of(judgement: Judgement, relations: Relations, count: int) -> NDArray[np.int64]:
    """How much the relations of each place speak for drifting, in thousandths."""
    telling = (judgement.carriers >= FEWEST_FIGURES) & (judgement.bounds != Bound.BEYOND)
    sizes = np.minimum(judgement.carriers[telling] - FEWEST_FIGURES, len(HELD) - 1)
    missed = (judgement.bounds[telling] == Bound.WITHIN).astype(np.int8)
    own = np.zeros(count, dtype=np.int64)
    said = np.array([HELD, MISSED])[missed, sizes]
    for deviations, less in FAR_OUT:
        said -= less * _beyond(judgement, telling, deviations)
    np.add.at(own, relations.places[telling], said)
    return own


def _beyond(judgement: Judgement, which: NDArray[np.bool_], deviations: int) -> NDArray[np.bool_]:
    """Whether residuals lie beyond standard deviations of rounding, ``sqrt(spread / 12)`` each."""
    distances = np.abs(judgement.deviations[which])
    if distances.max(initial=0) >= SQUARABLE:
        distances = distances.astype(object)
    beyond = 3 * distances * distances > deviations**2 * judgement.spreads[which]
    return np.asarray(beyond, dtype=np.bool_)


def grade(
    judgement: Judgement, relations: Relations, drifting: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """One ``Verdict`` a relation.

    Inside the bound and in a place that drifts, a residual is still implausible beyond four
    standard deviations of independent rounding, 4 * sqrt(spread / 12), or where all of several
    figures would have to be off by exactly half a quantum. In whole numbers:
    3 * deviation**2 > 16 * spread.
    """
    grades = np.array([Verdict.EXACT, Verdict.IMPLAUSIBLE, Verdict.IMPOSSIBLE], dtype=np.int8)
    verdicts = grades[judgement.bounds]
    missed = (judgement.bounds == Bound.WITHIN) & drifting[relations.places]
    plausible = ~_beyond(judgement, missed, 4)
    halves = np.abs(judgement.deviations[missed]) >= judgement.allowances[missed]
    plausible &= ~(halves & (judgement.carriers[missed] > 1))
    verdicts[np.flatnonzero(missed)[plausible]] = Verdict.DRIFT
    return verdicts
