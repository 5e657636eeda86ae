"""The same sums by interval as a vectorised pandas script, as an analyst writes it by hand.

One row a printed row, whole numbers of tenths, one quantum a figure, no loop over tables. Unlike
the matrix it knows by heart which rows and columns belong together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.bench.generate import COLUMNS, ITEMS, MONEY

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

FOOTED = [COLUMNS[column] for column in MONEY]
TIES = {"change": ["technical", "mandates", "other"], "estimate": ["approved", "change"]}


def check_wide(values: pd.DataFrame, quanta: pd.DataFrame) -> list[NDArray[np.int8]]:
    """Footings, the two ties of each row, percentages: 0 exact, 1 within, 2 beyond, 3 unjudged."""
    verdicts = [_footings(values, quanta)]
    for stated, parts in TIES.items():
        residuals = values[stated] - values[parts].sum(axis=1)
        verdicts.append(_verdicts(residuals, quanta[stated] + quanta[parts].sum(axis=1)))
    verdicts.append(_percentages(values, quanta))
    return verdicts


def _footings(values: pd.DataFrame, quanta: pd.DataFrame) -> NDArray[np.int8]:
    is_total = values.index.get_level_values("row") == ITEMS
    stated = values.loc[is_total, FOOTED].droplevel("row")
    parts = values.loc[~is_total, FOOTED].groupby(level="table", sort=False).sum()
    spans = quanta[FOOTED].groupby(level="table", sort=False).sum()
    return _verdicts(stated - parts, spans)


def _verdicts(
    residuals: pd.DataFrame | pd.Series[int], spans: pd.DataFrame | pd.Series[int]
) -> NDArray[np.int8]:
    distances = 2 * residuals.abs()
    return np.select([distances == 0, distances <= spans], [0, 1], 2).astype(np.int8)


def _percentages(values: pd.DataFrame, quanta: pd.DataFrame) -> NDArray[np.int8]:
    base, half = 2 * values["approved"].abs(), quanta["approved"]
    part = 2 * values["change"] * np.sign(values["approved"])
    low, high = part - quanta["change"], part + quanta["change"]
    stated, width = 2 * values["percentage"], quanta["percentage"]
    possible = (2000 * low <= (stated + width) * (base + half).where(low > 0, base - half)) & (
        2000 * high >= (stated - width) * (base - half).where(high > 0, base + half)
    )
    exact = (2000 * part - stated * base).abs() <= width * base
    return np.select([base <= half, exact, possible], [3, 0, 1], 2).astype(np.int8)
