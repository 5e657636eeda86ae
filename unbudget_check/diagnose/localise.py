"""Which cell, if corrected, makes most broken relations hold and breaks fewest of the others.

Every relation of a figure names the correction that would satisfy it. The figure and correction
that satisfy most, less what they would break, explain their relations; then the next, until
nothing is left that a correction explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Relations

# Groups with more broken relations are reported relation by relation.
LARGEST = 400


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure, its change in units of the vector, and the broken relations that it settles.

    ``certain`` is false where one relation stands alone: its stated figure is named by
    convention, because nothing tells its cells apart.
    """

    figure: int
    change: int
    relations: tuple[int, ...]
    certain: bool


@dataclass(slots=True)
class _State:
    """The relations around one group of broken ones, as corrections change them."""

    residuals: dict[int, int]
    limits: Mapping[int, int]
    terms: Mapping[int, Sequence[tuple[int, int]]]
    touching: Mapping[int, Sequence[tuple[int, int]]]
    broken: set[int]
    idle: Mapping[int, bool]


def localise(
    relations: Relations,
    residuals: Sequence[int],
    limits: Sequence[int],
    broken: Iterable[int],
    figures: Figures,
) -> tuple[Correction, ...]:
    """The corrections that explain the broken relations, in the order of those relations.

    ``limits[r]`` is twice what relation r may miss without being broken (0 where it must be exact).
    """
    suspects = sorted(broken)
    if not suspects:
        return ()
    involved = {figure for relation in suspects for figure, _ in relations.terms(relation)}
    near = _relations_of(relations, involved)
    terms = {relation: relations.terms(relation) for relation in near}
    touching: dict[int, list[tuple[int, int]]] = {}
    for relation, found in terms.items():
        for figure, coefficient in found:
            if figure in involved:
                touching.setdefault(figure, []).append((relation, coefficient))
    values = figures.values
    idle = {r: not any(values[figure] for figure, _ in terms[r]) for r in near}
    corrections: list[Correction] = []
    for group in _groups(suspects, terms):
        state = _State(
            {r: int(residuals[r]) for r in near},
            {r: int(limits[r]) for r in near},
            terms,
            touching,
            set(group),
            idle,
        )
        corrections.extend(_explain(state))
    return tuple(sorted(corrections, key=lambda found: found.relations))


def _relations_of(relations: Relations, involved: set[int]) -> list[int]:
    """All relations with a term among some figures."""
    hits = np.isin(relations.figures, np.fromiter(involved, dtype=np.int64))
    rows = np.searchsorted(relations.pointers, np.flatnonzero(hits), side="right") - 1
    return [int(row) for row in np.unique(rows)]


def _groups(
    suspects: Sequence[int], terms: Mapping[int, Sequence[tuple[int, int]]]
) -> list[list[int]]:
    """Broken relations that share figures, directly or by way of others."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for relation in suspects:
        first = terms[relation][0][0]
        for figure, _ in terms[relation]:
            parent[root(figure)] = root(first)
    groups: dict[int, list[int]] = {}
    for relation in suspects:
        groups.setdefault(root(terms[relation][0][0]), []).append(relation)
    return list(groups.values())


def _explain(state: _State) -> list[Correction]:
    corrections: list[Correction] = []
    bounded = len(state.broken) <= LARGEST
    corrected: set[int] = set()
    printed = frozenset(state.broken)
    while state.broken:
        best = _best(state, corrected) if bounded else None
        if best is None or best.settled == 1 or best.tied:
            relation = min(state.broken)
            state.broken.discard(relation)
            if relation in printed:
                corrections.append(_alone(state, relation))
            continue
        settled = tuple(r for r in _apply(state, best) if r in printed)
        corrected.add(best.figure)
        corrections.append(Correction(best.figure, best.change, settled, certain=True))
    return [correction for correction in corrections if correction.relations]


def _alone(state: _State, relation: int) -> Correction:
    """A broken relation by itself, told at its stated figure."""
    stated, coefficient = state.terms[relation][0]
    change = -state.residuals[relation] // coefficient
    return Correction(stated, change, (relation,), certain=False)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A correction; ``tied`` is true where another figure explains as much."""

    figure: int
    change: int
    settled: int
    tied: bool


def _best(state: _State, corrected: set[int]) -> _Candidate | None:
    """The figure and correction that settle most broken relations less those that they break."""
    ranked: list[tuple[tuple[int, int, int], int, int]] = []
    seen: set[tuple[int, int]] = set()
    for relation in sorted(state.broken):
        for figure, coefficient in state.terms[relation]:
            change, rest = divmod(-state.residuals[relation], coefficient)
            known = (figure, change) in seen or figure in corrected
            if rest or known or figure not in state.touching:
                continue
            seen.add((figure, change))
            settled, broken, exact = _effect(state, figure, change)
            ranked.append(((settled - broken, settled, exact), figure, change))
    if not ranked:
        return None
    rank, figure, change = max(ranked, key=lambda found: found[0])
    tied = any(other == rank and which != figure for other, which, _ in ranked)
    return _Candidate(figure, change, rank[1], tied) if rank[0] > 0 else None


def _effect(state: _State, figure: int, change: int) -> tuple[int, int, int]:
    """How many broken relations a correction settles, how many it breaks, how many become exact.

    A sum of nothing but nil is no witness against a figure: a whole row of dashes may be missing.
    """
    settled = broken = exact = 0
    for relation, coefficient in state.touching[figure]:
        after = state.residuals[relation] + coefficient * change
        holds = 2 * abs(after) <= state.limits[relation]
        if relation in state.broken:
            settled += holds
            exact += holds and not after
        elif not holds and 2 * abs(state.residuals[relation]) <= state.limits[relation]:
            broken += 1 - state.idle[relation]
    return settled, broken, exact


def _apply(state: _State, best: _Candidate) -> tuple[int, ...]:
    settled = []
    for relation, coefficient in state.touching[best.figure]:
        held = 2 * abs(state.residuals[relation]) <= state.limits[relation]
        state.residuals[relation] += coefficient * best.change
        holds = 2 * abs(state.residuals[relation]) <= state.limits[relation]
        if relation in state.broken and holds:
            state.broken.discard(relation)
            settled.append(relation)
        elif held and not holds and state.idle[relation]:
            # The sum of a row of dashes: filling one cell asks for the next.
            state.broken.add(relation)
    return tuple(settled)
