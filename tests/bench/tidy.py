"""Generated tables as a data file holds them: one row a figure, with its table, row and column.

This is what every contender in the race starts from, and what becomes the matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from tests.bench.generate import COLUMNS, ITEMS, Tables
from unbudget_check.model.figures import Figures

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = ITEMS + 1


def tidy_frame(tables: Tables) -> pd.DataFrame:
    """All figures; ``value`` counts tenths and ``quantum`` is the weight of its last digit."""
    table, row, column = np.indices(tables.printed.shape, dtype=np.int32)
    return pd.DataFrame(
        {
            "table": table.ravel(),
            "row": row.ravel(),
            "column": pd.Categorical.from_codes(column.ravel(), pd.Index(COLUMNS)),
            "value": tables.printed.ravel(),
            "quantum": np.ones(tables.printed.size, dtype=np.int64),
        }
    )


def wide_frames(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values and the quanta, one row for each printed row and one column for each heading."""
    keyed = frame.set_index(["table", "row", "column"])
    wide = keyed.unstack("column")  # noqa: PD010 - pivot is three times slower here
    return cast("pd.DataFrame", wide["value"]), cast("pd.DataFrame", wide["quantum"])


def figures_of_frame(frame: pd.DataFrame) -> Figures:
    """The vector: two columns of the frame as they stand."""
    return Figures(frame["value"].to_numpy(), frame["quantum"].to_numpy(), -1)


def grid_of_frame(frame: pd.DataFrame) -> NDArray[np.int32]:
    """Where each cell of each table stands in the frame, -1 where there is none."""
    tables = int(frame["table"].max()) + 1
    grid = np.full((tables, ROWS, len(COLUMNS)), -1, dtype=np.int32)
    column = frame["column"].cat.codes.to_numpy()
    grid[frame["table"].to_numpy(), frame["row"].to_numpy(), column] = np.arange(len(frame))
    return grid
