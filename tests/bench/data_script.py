"""The sums of a data file with levels as a pandas script, as an analyst writes it by hand.

Run with the path of the file; it knows by heart how the file is made. No loop over groups, cents as
whole numbers, every total against what stands below it.
"""

from __future__ import annotations

import sys

import pandas as pd

LEVELS = ["division", "office", "project", "item"]
MEASURES = ["actual", "budget"]


def broken_sums(path: str) -> int:
    """How many totals are not the sum of what stands below them."""
    frame = pd.read_excel(path, engine="openpyxl") if path.endswith(".xlsx") else pd.read_csv(path)
    frame[LEVELS] = frame[LEVELS].fillna("")
    cents = (frame[MEASURES] * 100).round().astype("int64")
    cents = pd.concat([frame[LEVELS], cents], axis=1)
    parts, broken = cents[(cents[LEVELS] != "Total").all(axis=1)], 0
    for depth in range(len(LEVELS) - 1, -1, -1):
        keys = LEVELS[:depth]
        stated = cents[cents[LEVELS[depth]] == "Total"]
        if depth:
            computed = parts.groupby(keys, sort=False)[MEASURES].sum()
            stated = stated.set_index(keys)[MEASURES]
            aligned = computed.reindex(stated.index)
            broken += int((stated.to_numpy() != aligned.to_numpy()).sum())
            parts = stated.reset_index()
        elif len(stated):
            broken += int((stated[MEASURES].to_numpy()[0] != parts[MEASURES].sum()).sum())
    return broken


if __name__ == "__main__":
    print(broken_sums(sys.argv[1]))  # noqa: T201
