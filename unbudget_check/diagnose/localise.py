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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from unbudget_check.model.figures import Figures
    from unbudget_check.model.relations import Relations

# Groups with more broken relations are reported relation by relation.
LARGEST = 400


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure, its change in units of the vector, and the broken relations that it settles.

    ``certain`` is false where nothing tells the cells of one relation apart: then ``figure`` is the
    one that the relation states, and ``suspects`` are the (figure, change) pairs that explain it
    equally well.
    """

    figure: int
    change: int
    relations: tuple[int, ...]
    certain: bool
    suspects: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _State:
    """The relations around one group of broken ones, as corrections change them."""

    residuals: dict[int, int]
    limits: Mapping[int, int]
    terms: Mapping[int, Sequence[tuple[int, int]]]
    touching: Mapping[int, Sequence[tuple[int, int]]]
    broken: set[int]
    idle: Mapping[int, bool]
    doubtful: frozenset[int]


def localise(
    relations: Relations,
    residuals: Sequence[int],
    limits: Sequence[int],
    broken: Iterable[int],
    figures: Figures,
    doubtful: Collection[int] = (),
) -> tuple[Correction, ...]:
    """The corrections that explain the broken relations, in the order of those relations.

    ``limits[r]`` is twice what relation r may miss without being broken (0 where it must be exact);
    ``doubtful`` figures are written wrongly, and suspected first among equals.
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
            frozenset(doubtful),
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
        candidates = _candidates(state, corrected) if bounded else []
        best = candidates[0] if candidates else None
        if best is None or best.rank[0] <= 0 or _rivals(best, candidates):
            relation = _hardest(state, best)
            state.broken.discard(relation)
            if relation in printed:
                corrections.append(_alone(state, relation, candidates))
            continue
        settled = tuple(r for r in _apply(state, best) if r in printed)
        corrected.add(best.figure)
        corrections.append(Correction(best.figure, best.change, settled, certain=True))
    return [correction for correction in corrections if correction.relations]


def _hardest(state: _State, best: _Candidate | None) -> int:
    """The relation to tell by itself: one that the best candidates cannot agree on."""
    return min(best.settled) if best is not None and best.settled else min(state.broken)


def _rivals(best: _Candidate, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Other figures that explain as much of the same relations."""
    return [
        other
        for other in candidates
        if other.rank == best.rank and other.figure != best.figure and other.settled & best.settled
    ]


def _alone(state: _State, relation: int, candidates: Sequence[_Candidate]) -> Correction:
    """A broken relation by itself, told at its stated figure, with all that explain it equally."""
    stated, coefficient = state.terms[relation][0]
    change = -state.residuals[relation] // coefficient
    able = [candidate for candidate in candidates if relation in candidate.settled]
    best = max((candidate.rank for candidate in able), default=None)
    suspects = tuple((c.figure, c.change) for c in able if c.rank == best)
    return Correction(stated, change, (relation,), certain=False, suspects=suspects)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A correction with the broken relations that it settles.

    ``rank`` is what it settles less what it breaks, what it settles, how much of that to the last
    digit, and whether the figure is written wrongly anyway.
    """

    rank: tuple[int, int, int, bool]
    figure: int
    change: int
    settled: frozenset[int]


def _candidates(state: _State, corrected: set[int]) -> list[_Candidate]:
    """Every figure and correction that a broken relation names, the best first."""
    seen: set[tuple[int, int]] = set()
    found: list[_Candidate] = []
    for relation in sorted(state.broken):
        for figure, coefficient in state.terms[relation]:
            change, rest = divmod(-state.residuals[relation], coefficient)
            known = (figure, change) in seen or figure in corrected
            if not rest and not known and figure in state.touching:
                seen.add((figure, change))
                found.append(_candidate(state, figure, change))
    return sorted(found, key=lambda candidate: candidate.rank, reverse=True)


def _candidate(state: _State, figure: int, change: int) -> _Candidate:
    """What a correction settles and breaks.

    A sum of nothing but nil is no witness against a figure: a whole row of dashes may be missing.
    """
    settled: set[int] = set()
    broken = exact = 0
    for relation, coefficient in state.touching[figure]:
        after = state.residuals[relation] + coefficient * change
        holds = 2 * abs(after) <= state.limits[relation]
        if relation in state.broken and holds:
            settled.add(relation)
            exact += not after
        elif not holds and 2 * abs(state.residuals[relation]) <= state.limits[relation]:
            broken += 1 - state.idle[relation]
    rank = (len(settled) - broken, len(settled), exact, figure in state.doubtful)
    return _Candidate(rank, figure, change, frozenset(settled))


def _apply(state: _State, best: _Candidate) -> tuple[int, ...]:
    for relation, coefficient in state.touching[best.figure]:
        held = 2 * abs(state.residuals[relation]) <= state.limits[relation]
        state.residuals[relation] += coefficient * best.change
        holds = 2 * abs(state.residuals[relation]) <= state.limits[relation]
        if held and not holds and state.idle[relation]:
            # The sum of a row of dashes: filling one cell asks for the next.
            state.broken.add(relation)
    state.broken -= best.settled
    return tuple(sorted(best.settled))
