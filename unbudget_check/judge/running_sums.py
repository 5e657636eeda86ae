"""The sum of each relation's terms, and which terms these are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray


def sums(
    terms: NDArray[Any], pointers: NDArray[Any], kind: DTypeLike | None = None
) -> NDArray[Any]:
    """The sum of the terms from each pointer up to the next, in the type of the terms or ``kind``.

    Differences of a running sum: on short relations faster than ``numpy.add.reduceat``, and right
    for empty ones. A running sum that wraps around 64 bits wraps back in the difference.
    """
    running = np.zeros(len(terms) + 1, dtype=kind or terms.dtype)
    np.cumsum(terms, out=running[1:])
    return np.diff(running[pointers])


def terms_of(rows: NDArray[Any], pointers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The positions of the terms of some relations, and pointers into these positions."""
    lengths = pointers[rows + 1] - pointers[rows]
    edges = np.concatenate([[0], np.cumsum(lengths)])
    return np.arange(edges[-1]) + np.repeat(pointers[rows] - edges[:-1], lengths), edges
