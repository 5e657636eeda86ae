"""Small matrices made by hand: tables added up along every side, with figures misprinted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from unbudget_check.diagnosis.localisation.board import Ties
from unbudget_check.diagnosis.localisation.localise import localise
from unbudget_check.diagnosis.localisation.repairs import Hints
from unbudget_check.model.figures import Figures
from unbudget_check.model.relations import Percentages, RelationWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from unbudget_check.diagnosis.localisation.search import Cause

Terms = tuple[tuple[int, int], ...]
AMOUNTS = st.integers(-999, 999)
ERRORS = st.integers(-900, 900).filter(bool)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Figures and what is claimed of them; ``slack`` is what each relation may miss."""

    values: tuple[int, ...]
    relations: tuple[Terms, ...]
    slack: int = 0
    unit: int = 1

    @property
    def residuals(self) -> list[int]:
        """Stated minus computed, relation by relation."""
        return [sum(c * self.values[f] for f, c in terms) for terms in self.relations]

    @property
    def broken(self) -> list[int]:
        """The relations that miss by more than they may."""
        return [tie for tie, missed in enumerate(self.residuals) if abs(missed) > self.slack]

    def ties_of(self, figure: int) -> list[int]:
        """The relations in which a figure stands."""
        return [tie for tie, terms in enumerate(self.relations) if figure in dict(terms)]


def footed(cells: ArrayLike) -> Matrix:
    """A table with a total at the end of every side, each added up along its side."""
    table = np.asarray(cells)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis, keepdims=True)], axis)
    numbers = np.arange(table.size).reshape(table.shape)
    lanes = [lane for axis in range(table.ndim) for lane in _lanes(numbers, axis)]
    relations = tuple(((lane[-1], 1), *((f, -1) for f in lane[:-1])) for lane in lanes)
    return Matrix(tuple(table.ravel().tolist()), relations)


def _lanes(numbers: NDArray[np.int64], axis: int) -> list[list[int]]:
    lanes: list[list[int]] = (
        np.moveaxis(numbers, axis, -1).reshape(-1, numbers.shape[axis]).tolist()
    )
    return lanes


@st.composite
def grids(
    draw: st.DrawFn, sides: int = 2, most: int = 4, amounts: st.SearchStrategy[int] = AMOUNTS
) -> Matrix:
    """A table of random amounts that is footed along two or more sides, all of it right."""
    shape = [draw(st.integers(2, most)) for _ in range(sides)]
    size = int(np.prod(shape))
    cells = draw(st.lists(amounts, min_size=size, max_size=size))
    return footed(np.array(cells).reshape(shape))


@st.composite
def wrong_grids(draw: st.DrawFn, most: int = 4, *, whole: bool = False) -> Matrix:
    """A table with up to so many misprints; unless it is whole, some of its sums may be missing."""
    right = draw(st.one_of(grids(), grids(sides=3, most=2)))
    figures = st.integers(0, len(right.values) - 1)
    errors = draw(st.dictionaries(figures, ERRORS, min_size=1, max_size=most))
    if not whole:
        kept = draw(st.sets(st.sampled_from(right.relations), min_size=1))
        right = replace(right, relations=tuple(t for t in right.relations if t in kept))
    return misprinted(right, errors)


def misprinted(matrix: Matrix, errors: Mapping[int, int]) -> Matrix:
    """The same claims about figures of which some are wrong by so much."""
    values = (value + errors.get(figure, 0) for figure, value in enumerate(matrix.values))
    return replace(matrix, values=tuple(values))


def located(matrix: Matrix) -> tuple[Cause, ...]:
    """The causes of all that is broken in a matrix, its figures being known by nothing else."""
    return localise(ties_of(matrix), matrix.broken, hints_of(matrix))


def hints_of(matrix: Matrix) -> Hints:
    """Nothing is known of the figures but their unit."""
    return Hints(lambda _: matrix.unit, lambda _: None, lambda _figure, _value: 0)


def ties_of(matrix: Matrix) -> Ties:
    """The figures of a matrix and what ties them."""
    writer = RelationWriter()
    for terms in matrix.relations:
        writer.append(terms, 0, 0)
    values = np.array(matrix.values, dtype=np.int64)
    nothing = np.zeros(0, dtype=np.int32)
    return Ties(
        Figures(values, np.full_like(values, matrix.unit)),
        writer.finish(),
        matrix.residuals,
        [2 * matrix.slack] * len(matrix.relations),
        [len(terms) * matrix.unit**2 for terms in matrix.relations],
        Percentages(nothing, nothing, nothing, nothing, nothing, nothing),
    )


def repaired(matrix: Matrix, causes: Iterable[Cause]) -> Matrix:
    """The matrix with the likeliest change of every figure that is named alone."""
    found = matrix
    for cause in causes:
        (suspect,) = cause.suspects
        found = misprinted(found, {suspect.figure: suspect.change})
    return found


def tenfold(matrix: Matrix) -> Matrix:
    """The matrix in a unit ten times as small."""
    values = tuple(10 * value for value in matrix.values)
    return replace(matrix, values=values, slack=10 * matrix.slack, unit=10 * matrix.unit)


def renumbered(matrix: Matrix, figures: Sequence[int], ties: Sequence[int]) -> Matrix:
    """The same matrix in another order: new figure n was ``figures[n]``, new tie n ``ties[n]``."""
    number = {old: new for new, old in enumerate(figures)}
    relations = (
        tuple((number[f], c) for f, c in (terms[0], *reversed(terms[1:])))
        for terms in (matrix.relations[tie] for tie in ties)
    )
    values = tuple(matrix.values[figure] for figure in figures)
    return replace(matrix, values=values, relations=tuple(relations))


# A figure that stands in two sums, each of which is broken by another amount.
TWO_SUMS_OF_ONE = Matrix((0, 0, 2, 0, 1), (((4, 1), (0, -1), (3, -1)), ((2, 1), (0, -1), (1, -1))))
