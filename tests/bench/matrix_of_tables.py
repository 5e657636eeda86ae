"""The ties of generated tables as the matrix: what checks do for a real document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.bench.generate import (
    APPROVED,
    CHANGE,
    ESTIMATE,
    EXPENDITURE,
    ITEMS,
    MANDATES,
    MONEY,
    OTHER,
    PERCENTAGE,
    TECHNICAL,
)
from unbudget_check.judgement.regime import LEANS_DRIFTING, LEANS_EXACT
from unbudget_check.model.relations import Percentages, Relations, RelationWriter

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A document holds so many tables; a place is one kind of tie in one document: the footing of each
# column of money, the change as the sum of its factors, the change applied.
TABLES = 20
PLACES = len(MONEY) + 2
FACTORS = (CHANGE, TECHNICAL, MANDATES, OTHER)
APPLIED = (ESTIMATE, APPROVED, CHANGE)


def relations_of(grid: NDArray[np.int32]) -> Relations:
    """Seven footings a table, and two ties in each row, from a grid of figure numbers."""
    documents = np.arange(len(grid), dtype=np.int32) // TABLES * PLACES
    rows = np.repeat(documents, ITEMS + 1)
    writer = RelationWriter()
    for place, column in enumerate(MONEY):
        members = grid[..., column].take([ITEMS, *range(ITEMS)], axis=1)
        writer.add(members, [1] + [-1] * ITEMS, 0, documents + place)
    factors, applied = (grid.take(each, axis=2) for each in (FACTORS, APPLIED))
    writer.add(factors.reshape(-1, len(FACTORS)), [1, -1, -1, -1], 1, rows + len(MONEY))
    writer.add(applied.reshape(-1, len(APPLIED)), [1, -1, -1], 2, rows + len(MONEY) + 1)
    return writer.finish()


def percentages_of(grid: NDArray[np.int32]) -> Percentages:
    """The change over the approved amount, in every row."""
    stated, parts, bases = (grid[..., each].ravel() for each in (PERCENTAGE, CHANGE, APPROVED))
    rules = np.full(len(stated), 3, dtype=np.int32)
    return Percentages(stated, parts, bases, rules, 0 * rules + 2, 0 * rules)


def documents_of(grid: NDArray[np.int32]) -> NDArray[np.int64]:
    """The document of each place."""
    return np.arange(-(-len(grid) // TABLES)).repeat(PLACES)


def leanings_of(grid: NDArray[np.int32]) -> NDArray[np.int64]:
    """Amounts spent lean to drifting, all other places to exact."""
    leanings = np.full((-(-len(grid) // TABLES), PLACES), LEANS_EXACT)
    leanings[:, MONEY.index(EXPENDITURE)] = LEANS_DRIFTING
    return leanings.ravel()
