"""The sums of a data file as one matrix over its figures, judged at once.

Figure ``row * width + column`` is what a row has in a column of figures. A node of a tree is one
relation for each column: the rows that state its total less those that are its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.judgement.regime import evidence_of, grade, learn_regime
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.figures import Figures
from unbudget_check.model.outcome import Judgement, Rounding, Verdict
from unbudget_check.model.relations import Relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from unbudget_check.tidy.amounts import Amounts
    from unbudget_check.tidy.tree import Tree

# In thousandths of a natural logarithm: sums that held to the last digit so often (some 25 times)
# show that nothing was rounded there.
ADDITIVE = -7000
# Before anything is seen: programs write figures as they are; one file in 400 rounds each of them.
LEANS_ADDITIVE = -6000
# The sign of the stated measure of an equation, which no coefficient of a part has.
STATED = 2**40


@dataclass(frozen=True, slots=True)
class RelationBlock:
    """Relations of one kind: a tree in one column of figures, or one equation of the mapping.

    ``places`` number what shares a regime; ``kinds`` what is doubted together; ``rule`` is 0 for
    sums and 1 for equations.
    """

    figures: NDArray[np.int64]
    signs: NDArray[Any]
    pointers: NDArray[np.int64]
    places: NDArray[np.int32]
    kinds: NDArray[np.int32]
    rule: int


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """All relations of a sheet and how each came out."""

    figures: Figures
    relations: Relations
    kinds: NDArray[np.int32]
    judgement: Judgement
    verdicts: NDArray[np.int8]
    loose: NDArray[np.bool_]

    @property
    def broken(self) -> NDArray[np.intp]:
        """The relations that no rounding explains."""
        return np.flatnonzero(self.verdicts >= Verdict.IMPLAUSIBLE)


def sums_of(
    tree: Tree, there: NDArray[np.bool_], at: tuple[int, int], places: NDArray[np.int32], first: int
) -> RelationBlock:
    """The relations of a tree in one column of figures.

    ``there`` are the rows with a figure in it, ``at`` its number and how many columns there are;
    ``places`` number the place of each row, and ``first`` is the number of the first kind.
    """
    kind = _figure_type(len(there) * at[1])
    own = np.flatnonzero((tree.own >= 0) & there).astype(kind)
    part = np.flatnonzero((tree.part >= 0) & there).astype(kind)
    rows = np.concatenate([own, part])
    nodes = np.concatenate([tree.own[own], tree.part[part]])
    signs = np.concatenate([np.ones(len(own), np.int8), np.full(len(part), -1, np.int8)])
    nodes, rows, signs, starts = _by_node(nodes, rows, signs, len(own), len(tree))
    width = int(tree.levels.max(initial=0)) + 1
    place = places[rows[starts]]
    return RelationBlock(
        rows * at[1] + at[0],
        signs,
        np.append(starts, len(rows)),
        place,
        (first + place * width + tree.levels[nodes[starts]]).astype(np.int32),
        0,
    )


def long_equation_of(
    item: NDArray[np.int32], signs: NDArray[np.int64], place: int, kind: int
) -> RelationBlock:
    """One equation over the rows of each item; ``signs`` are 0 where a row does not enter it.

    The stated measure enters with a positive sign, the others with the sign turned.
    """
    own, part = np.flatnonzero(signs == STATED), np.flatnonzero((signs != 0) & (signs != STATED))
    rows = np.concatenate([own, part])
    weights = np.concatenate([np.ones(len(own), np.int64), -signs[part]])
    count = int(item.max(initial=-1)) + 1
    _, rows, weights, starts = _by_node(item[rows], rows, weights, len(own), count)
    filled = len(starts)
    return RelationBlock(
        rows,
        weights,
        np.append(starts, len(rows)),
        np.full(filled, place, dtype=np.int32),
        np.full(filled, kind, dtype=np.int32),
        1,
    )


def _by_node(
    nodes: NDArray[np.int64], rows: NDArray[np.int64], signs: NDArray[Any], own: int, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any], NDArray[np.intp]]:
    """Terms node by node, the stated ones first; nodes with no stated row or no part are left out.

    The first ``own`` terms are stated. Also returns where each node begins.
    """
    full = np.bincount(nodes[:own], minlength=count) > 0
    full &= np.bincount(nodes[own:], minlength=count) > 0
    keep = full[nodes]
    if not keep.all():
        nodes, rows, signs = nodes[keep], rows[keep], signs[keep]
    order = np.argsort(nodes, kind="stable")  # what is stated came first, and stays first
    nodes = nodes[order]
    return nodes, rows[order], signs[order], np.flatnonzero(np.diff(nodes, prepend=-1))


def _figure_type(figures: int) -> type[np.signedinteger[Any]]:
    """The integer type that numbers this many figures."""
    return np.int32 if figures < 2**31 else np.int64


def equation_of(
    members: NDArray[np.int64], signs: Sequence[int], place: int, kind: int
) -> RelationBlock:
    """One equation in every row: ``members`` are k x m figure numbers, -1 where one is blank.

    The first is the stated one; where it is blank, or all others are, nothing is claimed.
    """
    there = members >= 0
    keep = there[:, 0] & there[:, 1:].any(axis=1)
    members, there = members[keep], there[keep]
    weights = np.broadcast_to(np.array(signs, dtype=np.int64), members.shape)
    count = len(members)
    return RelationBlock(
        members[there],
        weights[there],
        np.append(0, np.cumsum(there.sum(axis=1))),
        np.full(count, place, dtype=np.int32),
        np.full(count, kind, dtype=np.int32),
        1,
    )


def vector_of(columns: Sequence[Amounts], places: NDArray[np.int32], *, exact: bool) -> Figures:
    """All figures, row by row; ``places`` (rows x columns) number what is written alike.

    A program drops the noughts at the end of a figure, so the quantum is that of the finest figure
    written in the same place; it is 0 where nothing was rounded.
    """
    scale = min((column.scale for column in columns), default=0)
    values = np.stack([column.at_scale(scale) for column in columns], axis=1)
    quanta: NDArray[Any] = np.zeros(values.shape, dtype=np.int8)
    if not exact:
        decimals = np.stack([column.decimals for column in columns], axis=1)
        finest: NDArray[Any] = np.zeros(int(places.max(initial=-1)) + 1, dtype=np.int64)
        if decimals.size and decimals.min() == decimals.max():
            finest += decimals[0, 0]
        else:
            np.maximum.at(finest, places, decimals)
        finest = np.minimum(finest, -scale)
        powers = [int(10**power) for power in range(-scale + 1)]
        wide = powers[-1] >= 2**62
        table = np.array(powers, dtype=object if wide else np.min_scalar_type(-powers[-1]))
        quanta = table[-scale - finest][places]
    return Figures(values.ravel(), quanta.ravel(), scale)


def judged(figures: Figures, blocks: Sequence[RelationBlock], rounding: Rounding) -> JudgedSheet:
    """Judge all relations of a sheet; ``rounding`` is how its figures were rounded."""
    relations, kinds = _joined(blocks, len(figures))
    judgement = judge(figures, relations, rounding)
    leanings = np.full(int(relations.places.max(initial=-1)) + 1, LEANS_ADDITIVE)
    drifting = learn_regime(judgement, relations, leanings=leanings)
    verdicts = grade(judgement, relations, drifting)
    additive = evidence_of(judgement, relations, len(leanings)) <= ADDITIVE
    sure = (verdicts == Verdict.IMPLAUSIBLE) & additive[relations.places]
    verdicts[sure & ~drifting[relations.places]] = Verdict.IMPOSSIBLE
    loose = drifting[relations.places] | (verdicts == Verdict.DRIFT)
    return JudgedSheet(figures, relations, kinds, judgement, verdicts, loose)


def is_additive(found: JudgedSheet) -> bool:
    """Whether sums hold to the last digit in every place, so often that nothing was rounded."""
    evidence = evidence_of(
        found.judgement, found.relations, int(found.relations.places.max(initial=-1)) + 1
    )
    seen = np.unique(found.relations.places)
    return bool(len(seen)) and bool((evidence[seen] <= ADDITIVE).all())


def _joined(blocks: Sequence[RelationBlock], figures: int) -> tuple[Relations, NDArray[np.int32]]:
    lengths = [np.diff(block.pointers) for block in blocks]
    pointers = np.append(0, np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *lengths])))
    kind = _figure_type(figures)
    empty = np.zeros(0, dtype=np.int32)
    rules = [
        np.full(len(each), block.rule, dtype=np.int32)
        for each, block in zip(lengths, blocks, strict=True)
    ]
    relations = Relations(
        pointers,
        np.concatenate(
            [empty, *(block.figures.astype(kind, copy=False) for block in blocks)]
        ).astype(kind),
        np.concatenate([np.zeros(0, dtype=np.int8), *(_narrow(each.signs) for each in blocks)]),
        np.concatenate([empty, *rules]),
        np.concatenate([empty, *(block.places for block in blocks)]),
    )
    return relations, np.concatenate([empty, *(block.kinds for block in blocks)])


def _narrow(signs: NDArray[Any]) -> NDArray[Any]:
    widest = int(np.abs(signs).max(initial=0))
    return signs.astype(np.int8 if widest < 128 else np.int64, copy=False)
