"""Budget tables by the thousand, as print would show them, with slips planted in known cells.

A table has eleven items and their total, in eight columns; amounts are whole dollars, printed in
thousands with one decimal, so that 1 unit of ``printed`` is 100 dollars (percentages: a tenth of a
per cent). Two regimes: *additive* tables are sums of printed figures, in *drifting* ones every
cell was rounded on its own, half away from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.bench.slips import slipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS = (
    "expenditure",
    "approved",
    "technical",
    "mandates",
    "other",
    "change",
    "percentage",
    "estimate",
)
EXPENDITURE, APPROVED, TECHNICAL, MANDATES, OTHER, CHANGE, PERCENTAGE, ESTIMATE = range(8)
MONEY = (EXPENDITURE, APPROVED, TECHNICAL, MANDATES, OTHER, CHANGE, ESTIMATE)
ITEMS = 11
SIGNED = (TECHNICAL, MANDATES, OTHER, CHANGE)

# Share of dashes by column; technical changes and new mandates touch few objects of expenditure.
DASHES = {EXPENDITURE: 0.05, APPROVED: 0.08, TECHNICAL: 0.7, MANDATES: 0.8, OTHER: 0.4}


@dataclass(frozen=True, slots=True)
class Tables:
    """``printed`` and ``planted`` (is it a slip?) are tables x 12 rows x 8 columns."""

    printed: NDArray[np.int64]
    planted: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self.printed)


def generate(count: int, drifting: tuple[int, ...], slips: float, seed: int = 2026) -> Tables:
    """So many tables with the columns ``drifting`` rounded cell by cell, the others additive.

    ``slips`` is the share of the figures other than dashes that are misprinted.
    """
    random = np.random.default_rng(seed)
    dollars = _amounts(count, random)
    alone = _printed(_completed(dollars), 100)
    adding = _completed(_printed(dollars, 100))
    printed = adding.copy()
    printed[..., drifting] = alone[..., drifting]
    printed[..., PERCENTAGE] = _percentages(_completed(dollars) if CHANGE in drifting else adding)
    planted = (random.random(printed.shape) < slips) & (printed != 0)
    signed = np.isin(np.nonzero(planted)[-1], SIGNED)
    printed[planted] = slipped(printed[planted], signed, random)
    return Tables(printed, planted)


def _amounts(count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Independent columns in dollars, items only; amounts spread evenly over their logarithm."""
    shape = (count, ITEMS)
    dollars = np.zeros((*shape, len(COLUMNS)), dtype=np.int64)
    size = 10 ** random.uniform(4, 8, shape)
    dollars[..., APPROVED] = size
    dollars[..., EXPENDITURE] = size * random.uniform(0.7, 1.2, shape)
    for column in (TECHNICAL, MANDATES, OTHER):
        part = 10 ** random.uniform(2.5, np.log10(size * 0.3))
        dollars[..., column] = part * random.choice((-1, 1), shape)
    for column, share in DASHES.items():
        dollars[..., column][random.random(shape) < share] = 0
    fresh = dollars[..., APPROVED] == 0
    for column in (TECHNICAL, MANDATES, OTHER):
        dollars[..., column][fresh] = np.abs(dollars[..., column][fresh])
    return dollars


def _completed(items: NDArray[np.int64]) -> NDArray[np.int64]:
    """The items with their change, their estimate and the total row, by addition."""
    rows = items.copy()
    rows[..., CHANGE] = rows[..., TECHNICAL] + rows[..., MANDATES] + rows[..., OTHER]
    rows[..., ESTIMATE] = rows[..., APPROVED] + rows[..., CHANGE]
    return np.concatenate([rows, rows.sum(axis=1, keepdims=True)], axis=1)


def _printed(amounts: NDArray[Any], quantum: NDArray[Any] | int) -> NDArray[np.int64]:
    """Amounts over a quantum, rounded half away from zero."""
    size = (2 * np.abs(amounts) + quantum) // (2 * quantum)
    rounded: NDArray[np.int64] = np.sign(amounts) * size
    return rounded


def _percentages(amounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The change in tenths of a per cent of the approved amount; a dash where there is none."""
    base, change = amounts[..., APPROVED], amounts[..., CHANGE]
    return np.where(base == 0, 0, _printed(1000 * change, np.maximum(base, 1)))
