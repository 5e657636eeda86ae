"""The rows of a data file as a pandas frame of texts, in which nothing was converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


def data_frame(
    names: Sequence[str], rows: Sequence[Sequence[str]], index: Sequence[int]
) -> pd.DataFrame:
    """Texts exactly as the file holds them: "NA", "1e3" and "007" stay what they are.

    ``names`` are the column headings, without repeats; ``index`` the number of each row in its
    file. A blank cell is an empty text, never a missing value.
    """
    return pd.DataFrame(rows, columns=list(names), index=list(index), dtype="str")
