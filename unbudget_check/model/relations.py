"""Ties between figures: the rows of one sparse integer matrix, as three arrays.

Relation r has the terms ``pointers[r]`` up to ``pointers[r + 1]``, at least one: figure numbers and
small integer coefficients. The first term is the *stated* figure, with a positive coefficient, so
that ``sum(coefficient * figure)`` is the residual: stated minus computed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


class TieKind(StrEnum):
    """How a stated figure follows from others."""

    SUM = "sum"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    QUOTIENT = "quotient"
    CHANGE = "change"  # (new - old) / old
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One tie as data for other programs: addresses as in findings."""

    kind: TieKind
    stated: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """The matrix. ``rules[r]`` numbers the rule, ``places[r]`` the place whose regime applies.

    ``figures`` and ``coefficients`` have the narrowest integer type that holds them: there are
    millions of terms, nearly all of them +1 or -1.
    """

    pointers: NDArray[np.int64]
    figures: NDArray[np.signedinteger[Any]]
    coefficients: NDArray[np.signedinteger[Any]]
    rules: NDArray[np.int32]
    places: NDArray[np.int32]

    def __len__(self) -> int:
        """How many relations there are."""
        return len(self.pointers) - 1

    def terms(self, relation: int) -> list[tuple[int, int]]:
        """The (figure, coefficient) pairs of one relation, the stated figure first."""
        at = slice(int(self.pointers[relation]), int(self.pointers[relation + 1]))
        return list(zip(self.figures[at].tolist(), self.coefficients[at].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Percentages:
    """The ties that are not linear: figure ``stated[i]`` is ``parts[i]`` over ``bases[i]`` in %.

    The arrays hold figure numbers; ``rules[i]`` numbers the rule. ``powers[i]`` is the power of
    ten of the quotient, 2 for per cent; where ``growths[i]`` is 1 the quotient less one is stated.
    """

    stated: NDArray[np.int32]
    parts: NDArray[np.int32]
    bases: NDArray[np.int32]
    rules: NDArray[np.int32]
    powers: NDArray[np.int32]
    growths: NDArray[np.int32]

    def __len__(self) -> int:
        """How many percentages there are."""
        return len(self.stated)


@dataclass(slots=True)
class RelationWriter:
    """Collects blocks of equally shaped relations and lays them out as one matrix."""

    _figures: list[NDArray[Any]] = field(default_factory=list)
    _coefficients: list[NDArray[Any]] = field(default_factory=list)
    _lengths: list[NDArray[Any]] = field(default_factory=list)
    _rules: list[NDArray[Any]] = field(default_factory=list)
    _places: list[NDArray[Any]] = field(default_factory=list)
    _terms: list[tuple[int, int]] = field(default_factory=list)
    _heads: list[tuple[int, int, int]] = field(default_factory=list)
    count: int = 0

    def add(
        self, members: ArrayLike, coefficients: Sequence[int], rule: int, place: ArrayLike
    ) -> range:
        """Add k relations of m terms: ``members`` is k x m figure numbers, -1 where one is blank.

        A blank in the first column (no stated figure) or in all others drops the relation.
        ``place`` is one number or k of them. Returns the numbers of the relations that were added.
        """
        block = np.atleast_2d(np.asarray(members))
        weights = _narrowed(np.asarray(coefficients))
        places = np.broadcast_to(np.asarray(place, dtype=np.int32), len(block))
        if block.min(initial=0) < 0:
            there = block >= 0
            keep = there[:, 0] & there[:, 1:].any(axis=1)
            block, there, places = block[keep], there[keep], places[keep]
            lengths = there.sum(axis=1, dtype=np.int32)
            self._figures.append(_narrowed(block[there]))
            self._coefficients.append(np.broadcast_to(weights, block.shape)[there])
        else:
            lengths = np.full(len(block), block.shape[1], dtype=np.int32)
            self._figures.append(_narrowed(block.ravel()))
            self._coefficients.append(np.tile(weights, len(block)))
        self._lengths.append(lengths)
        self._rules.append(np.full(len(block), rule, dtype=np.int32))
        self._places.append(places)
        first, self.count = self.count, self.count + len(block)
        return range(first, self.count)

    def append(self, terms: Sequence[tuple[int, int]], rule: int, place: int) -> None:
        """Add one relation, as (figure, coefficient) pairs with the stated figure first.

        Single relations of many shapes are gathered in plain lists: numpy pays for blocks only.
        """
        self._terms.extend(terms)
        self._heads.append((len(terms), rule, place))
        self.count += 1

    def finish(self) -> Relations:
        """The matrix: first the single relations in their order, then the blocks in theirs."""
        if self._heads:
            figures, coefficients = np.array(self._terms, dtype=np.int64).T
            sizes, rules, places = np.array(self._heads, dtype=np.int32).T
            self._figures.insert(0, _narrowed(figures))
            self._coefficients.insert(0, _narrowed(coefficients))
            self._lengths.insert(0, sizes)
            self._rules.insert(0, rules)
            self._places.insert(0, places)
            self._terms, self._heads = [], []
        lengths = _join(self._lengths, np.int32)
        pointers = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(lengths, out=pointers[1:])
        return Relations(
            pointers,
            _join(self._figures, np.int32),
            _join(self._coefficients, np.int8),
            _join(self._rules, np.int32),
            _join(self._places, np.int32),
        )


def _narrowed(numbers: NDArray[Any]) -> NDArray[Any]:
    """The same integers in the narrowest signed type that holds them and their negatives."""
    widest = max(int(numbers.max(initial=0)), -int(numbers.min(initial=0)))
    return numbers.astype(np.min_scalar_type(-widest - 1), copy=False)


def _join(pieces: list[NDArray[Any]], narrowest: type[Any]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=narrowest), *pieces])
