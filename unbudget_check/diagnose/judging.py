"""All claims of a document, judged: which relations hold, which are broken and by how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.judge.percentages import judge_percentages
from unbudget_check.judge.regime import LEANS_DRIFTING, LEANS_EXACT, grade, learn_regime
from unbudget_check.judge.residuals import judge
from unbudget_check.model.facts import ColumnRole
from unbudget_check.model.figures import Figures, figures_of
from unbudget_check.model.outcome import Bound, Judgement, Verdict
from unbudget_check.model.relations import Percentages, Relations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.outcome import Rounding


@dataclass(frozen=True, slots=True)
class Judged:
    """The vector, the matrix, and how everything came out.

    ``verdicts`` grade the relations; ``bounds`` the percentages; ``drifting[place]`` tells the
    regime that was learned.
    """

    figures: Figures
    relations: Relations
    judgement: Judgement
    verdicts: NDArray[np.int8]
    drifting: NDArray[np.bool_]
    percentages: Percentages
    bounds: NDArray[np.int8]
    rounding: Rounding


def judge_claims(facts: DocumentFacts, claims: Claims, rounding: Rounding) -> Judged:
    """Judge every relation and percentage that the checks wrote."""
    figures = figures_of(facts.numbers, facts.counts)
    relations = claims.matrix.finish()
    judgement = judge(figures, relations, rounding)
    leanings = [
        LEANS_DRIFTING if ColumnRole.EXPENDITURE in place else LEANS_EXACT
        for place in claims.places
    ]
    drifting = learn_regime(judgement, relations, leanings=np.array(leanings, dtype=np.int64))
    verdicts = grade(judgement, relations, drifting)
    percentages = _percentages(claims)
    bounds = judge_percentages(figures, percentages, rounding)
    # Nothing of nothing, printed as nothing: no quotient exists, and none is claimed.
    nothing = (figures.values[percentages.stated] == 0) & (figures.values[percentages.parts] == 0)
    bounds[(bounds == Bound.UNJUDGED) & nothing] = Bound.EXACT
    return Judged(figures, relations, judgement, verdicts, drifting, percentages, bounds, rounding)


def limits_of(judged: Judged) -> list[int]:
    """Twice what each relation may miss: its allowance where figures drift, else nothing."""
    loose = judged.drifting[judged.relations.places] if len(judged.relations) else np.zeros(0, bool)
    return [
        int(allowance) if free or verdict == Verdict.DRIFT else 0
        for allowance, free, verdict in zip(
            judged.judgement.allowances, loose, judged.verdicts, strict=True
        )
    ]


def broken_relations(judged: Judged, claims: Claims) -> list[int]:
    """The relations that neither rounding nor an unknown addend explains."""
    broken = np.flatnonzero(judged.verdicts >= Verdict.IMPLAUSIBLE)
    return [int(relation) for relation in broken if not claims.excuses[relation]]


def broken_percentages(judged: Judged, changes: Mapping[int, int]) -> list[int]:
    """The percentages that no rounding explains, once figures are corrected as ``changes`` say."""
    figures, bounds = judged.figures, judged.bounds
    if changes:
        values = figures.values.copy()
        for figure, change in changes.items():
            values[figure] += change
        figures = replace(figures, values=values)
        bounds = judge_percentages(figures, judged.percentages, judged.rounding)
    return [int(p) for p in np.flatnonzero(bounds == Bound.BEYOND)]


def _percentages(claims: Claims) -> Percentages:
    found = claims.percentages
    columns = (
        [claim.stated for claim in found],
        [claim.part for claim in found],
        [claim.base for claim in found],
        [claim.rule for claim in found],
    )
    return Percentages(*(np.array(column, dtype=np.int32) for column in columns))
