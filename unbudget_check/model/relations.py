"""Ties between figures: the rows of one sparse integer matrix, as three arrays.

Relation r has the terms ``pointers[r]`` up to ``pointers[r + 1]``: figure numbers and small
integer coefficients. The first term is the *stated* figure, with a positive coefficient, so that
``sum(coefficient * figure)`` is the residual: stated minus computed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Relations:
    """The matrix. ``rules[r]`` numbers the rule, ``places[r]`` the place whose regime applies."""

    pointers: NDArray[np.int64]
    figures: NDArray[np.int64]
    coefficients: NDArray[np.int64]
    rules: NDArray[np.int32]
    places: NDArray[np.int32]

    def __len__(self) -> int:
        """How many relations there are."""
        return len(self.pointers) - 1

    def terms(self, relation: int) -> list[tuple[int, int]]:
        """The (figure, coefficient) pairs of one relation, the stated figure first."""
        at = slice(int(self.pointers[relation]), int(self.pointers[relation + 1]))
        return list(zip(self.figures[at].tolist(), self.coefficients[at].tolist(), strict=True))


@dataclass(slots=True)
class RelationWriter:
    """Collects blocks of equally shaped relations and lays them out as one matrix."""

    _figures: list[NDArray[Any]] = field(default_factory=list)
    _coefficients: list[NDArray[Any]] = field(default_factory=list)
    _lengths: list[NDArray[Any]] = field(default_factory=list)
    _rules: list[NDArray[Any]] = field(default_factory=list)
    _places: list[NDArray[Any]] = field(default_factory=list)
    count: int = 0

    def add(self, members: ArrayLike, coefficients: Sequence[int], rule: int, place: int) -> range:
        """Add k relations of m terms: ``members`` is k x m figure numbers, -1 where a cell is blank.

        A blank in the first column (no stated figure) or in all others drops the relation. Returns
        the numbers of the relations that were added.
        """
        block = np.atleast_2d(np.asarray(members, dtype=np.int64))
        weights = np.broadcast_to(np.asarray(coefficients, dtype=np.int64), block.shape)
        there = block >= 0
        if not there.all():
            keep = there[:, 0] & there[:, 1:].any(axis=1)
            block, weights, there = block[keep], weights[keep], there[keep]
        self._figures.append(block[there])
        self._coefficients.append(weights[there])
        self._lengths.append(there.sum(axis=1))
        self._rules.append(np.full(len(block), rule, dtype=np.int32))
        self._places.append(np.full(len(block), place, dtype=np.int32))
        first, self.count = self.count, self.count + len(block)
        return range(first, self.count)

    def finish(self) -> Relations:
        """The matrix of everything added so far."""
        lengths = _join(self._lengths, np.int64)
        pointers = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(lengths, out=pointers[1:])
        return Relations(
            pointers,
            _join(self._figures, np.int64),
            _join(self._coefficients, np.int64),
            _join(self._rules, np.int32),
            _join(self._places, np.int32),
        )


def _join(pieces: list[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate(pieces).astype(kind, copy=False) if pieces else np.zeros(0, dtype=kind)
