"""All claims of a document, judged: which relations hold, which are broken and by how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import localcontext
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from unbudget_check.diagnosis.localisation.board import Ties
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.judgement.regime import LEANS_DRIFTING, LEANS_EXACT, grade, learn_regime
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.claims import WORKED_OUT
from unbudget_check.model.facts import ColumnRole, Spot
from unbudget_check.model.figures import Figures, figures_of
from unbudget_check.model.number import EXACT, decimal_of
from unbudget_check.model.outcome import Bound, Judgement, Verdict
from unbudget_check.model.relations import Percentages, Relations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from numpy.typing import NDArray

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.model.outcome import Rounding

# Amounts spent come unrounded from the accounts, and each share is rounded by itself.
_ROUNDED_ALONE = frozenset({ColumnRole.EXPENDITURE, ColumnRole.SHARE})
# Digits of the largest one to which sums of stored numbers agree; the rest is binary noise.
NOISE = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """The vector, the matrix, and how everything came out.

    ``verdicts`` grade the relations; ``bounds`` the percentages; ``drifting[place]`` tells the
    regime that was learned; ``ties`` are what localisation sees of all this. ``as_stored`` are the
    relations that only the rounding of a workbook's display breaks.
    """

    figures: Figures
    relations: Relations
    judgement: Judgement
    verdicts: NDArray[np.int8]
    drifting: NDArray[np.bool_]
    percentages: Percentages
    bounds: NDArray[np.int8]
    rounding: Rounding
    ties: Ties
    as_stored: tuple[int, ...] = ()


def judge_claims(facts: DocumentFacts, claims: Claims, rounding: Rounding) -> Judged:
    """Judge every relation and percentage that the checks wrote."""
    figures = figures_of(facts.numbers, facts.counts)
    relations = claims.matrix.finish()
    judgement = judge(figures, relations, rounding)
    leanings = [
        LEANS_DRIFTING if _ROUNDED_ALONE.intersection(place) else LEANS_EXACT
        for place in claims.places
    ]
    drifting = learn_regime(judgement, relations, leanings=np.array(leanings, dtype=np.int64))
    # What is divided is rounded, however exact all else may be.
    drifting |= np.array([WORKED_OUT in place for place in claims.places], dtype=np.bool_)
    verdicts = grade(judgement, relations, drifting)
    missed = np.flatnonzero(verdicts == Verdict.IMPLAUSIBLE)
    verdicts[_of_rounded(relations, claims, verdicts, missed)] = Verdict.DRIFT
    as_stored = _held_as_stored(facts, relations, np.flatnonzero(verdicts == Verdict.IMPLAUSIBLE))
    verdicts[as_stored] = Verdict.DRIFT
    percentages = _percentages(claims)
    bounds = judge_percentages(figures, percentages, rounding)
    # Nothing of nothing, printed as nothing: no quotient exists, and none is claimed.
    nothing = (figures.values[percentages.stated] == 0) & (figures.values[percentages.parts] == 0)
    bounds[(bounds == Bound.UNJUDGED) & nothing] = Bound.EXACT
    loose = (drifting[relations.places] if len(relations) else False) | (verdicts == Verdict.DRIFT)
    excused = _excused(claims, bounds)
    ties = ties_of(figures, relations, judgement, loose, percentages, excused)
    return Judged(
        figures,
        relations,
        judgement,
        verdicts,
        drifting,
        percentages,
        bounds,
        rounding,
        ties,
        tuple(as_stored),
    )


def _of_rounded(
    relations: Relations, claims: Claims, verdicts: NDArray[np.int8], missed: NDArray[np.intp]
) -> list[int]:
    """Of these relations, the ones between figures of which some are known to be rounded.

    Such are products with more digits than are printed, and whatever adds them up.
    """
    rounded = {each.stated for each in claims.computed if each.rounded}
    if not rounded or not len(missed):
        return []
    stated_by: dict[int, list[int]] = {}
    for relation in np.flatnonzero(verdicts != Verdict.IMPOSSIBLE).tolist():
        (stated, _), *parts = relations.terms(relation)
        for part, _ in parts:
            stated_by.setdefault(part, []).append(stated)
    waiting = list(rounded)
    while waiting:
        for stated in stated_by.get(waiting.pop(), ()):
            if stated not in rounded:
                rounded.add(stated)
                waiting.append(stated)
    return [
        relation
        for relation in missed.tolist()
        if any(figure in rounded for figure, _ in relations.terms(relation))
    ]


def _held_as_stored(
    facts: DocumentFacts, relations: Relations, missed: NDArray[np.intp]
) -> list[int]:
    """Of these relations, the ones that hold between the numbers that a workbook keeps."""
    found = []
    for relation in missed.tolist():
        terms = relations.terms(relation)
        kept = [_kept(facts, figure) for figure, _ in terms]
        shown = [decimal_of(facts.numbers[figure]) for figure, _ in terms]
        if kept == shown:
            continue
        with localcontext(EXACT):
            parts = [kept[at] * coefficient for at, (_, coefficient) in enumerate(terms)]
            # Programs keep 15 digits of each number.
            if abs(sum(parts[1:], start=parts[0])) <= max(abs(part) for part in parts).scaleb(
                -NOISE
            ):
                found.append(relation)
    return found


def _kept(facts: DocumentFacts, figure: int) -> Decimal:
    """The number that a worksheet keeps behind a figure, where it shows fewer digits."""
    spot, shown = facts.spots[figure], decimal_of(facts.numbers[figure])
    if isinstance(spot, Spot) and not spot.item:
        cell = facts.tables[spot.table].cells[spot.row][spot.column]
        if cell is not None and cell.number is not None and cell.held is not None:
            return decimal_of(cell.held) if decimal_of(cell.number) == shown else shown
    return shown


def ties_of(
    figures: Figures,
    relations: Relations,
    judgement: Judgement,
    loose: NDArray[np.bool_],
    percentages: Percentages,
    excused: frozenset[int],
) -> Ties:
    """All that was judged, as localisation sees it; ``loose`` relations may miss by rounding."""
    limits = _limits(judgement, loose)
    spreads = judgement.spreads
    return Ties(figures, relations, judgement.residuals, limits, spreads, percentages, excused)


def _limits(judgement: Judgement, loose: NDArray[np.bool_]) -> list[int]:
    """Twice what each relation may miss: what rounding explains plausibly where figures drift."""
    return [
        _plausible(int(allowance), int(spread)) if free else 0
        for allowance, spread, free in zip(
            judgement.allowances, judgement.spreads, loose, strict=True
        )
    ]


def _plausible(allowance: int, spread: int) -> int:
    """Twice the largest residual that is graded as drift (see ``judgement.regime.grade``)."""
    return max(min(allowance - 1, isqrt(16 * spread // 3)), 0)


def _excused(claims: Claims, bounds: NDArray[np.int8]) -> frozenset[int]:
    """The ties that prove nothing: an addend is unknown, a base adjusted by a footnote, or nil."""
    count = len(claims.kept)
    sums = {relation for relation, tie in enumerate(claims.kept) if tie.excuse}
    rates = {
        count + number
        for number, claim in enumerate(claims.percentages)
        if claim.excuse or bounds[number] == Bound.UNJUDGED
    }
    return frozenset(sums | rates)


def broken_ties(judged: Judged) -> list[int]:
    """The relations that no rounding explains, and then the percentages, numbered after them."""
    count = len(judged.relations)
    sums = np.flatnonzero(judged.verdicts >= Verdict.IMPLAUSIBLE).tolist()
    rates = np.flatnonzero(judged.bounds == Bound.BEYOND).tolist()
    return [t for t in (*sums, *(count + p for p in rates)) if t not in judged.ties.excused]


def percentages_broken_by(judged: Judged, changes: Mapping[int, int]) -> list[int]:
    """The percentages that no rounding explains once figures are corrected, as ties."""
    if not changes:
        return []
    values = judged.figures.values.copy()
    for figure, change in changes.items():
        values[figure] += change
    figures = replace(judged.figures, values=values)
    bounds = judge_percentages(figures, judged.percentages, judged.rounding)
    return (len(judged.relations) + np.flatnonzero(bounds == Bound.BEYOND)).tolist()


def _percentages(claims: Claims) -> Percentages:
    found = claims.percentages
    columns = (
        [claim.stated for claim in found],
        [claim.part for claim in found],
        [claim.base for claim in found],
        [claim.rule for claim in found],
        [claim.power for claim in found],
        [claim.growth for claim in found],
    )
    return Percentages(*(np.array(column, dtype=np.int32) for column in columns))
