"""The slips of the pen that are planted: six ways in which a figure is misprinted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLIPS = ("digit changed", "digits transposed", "sign", "digit dropped", "dash", "decimal shifted")


def slipped(
    figures: NDArray[np.int64], signed: NDArray[np.bool_], random: np.random.Generator
) -> NDArray[np.int64]:
    """Each figure with one slip, all six kinds alike often; never the figure that it was.

    Where a kind would change nothing, or would turn the sign of a column that has none, a digit is
    changed instead. No figure may be nil.
    """
    size = np.abs(figures)
    places = np.char.str_len(size.astype(str))
    at = 10 ** random.integers(0, places)
    within = 10 ** random.integers(0, np.maximum(places - 1, 1))
    candidates = (
        _digit_changed(size, at, random),
        _digits_transposed(size, within),
        np.where(signed, -size, size),
        size // (10 * within) * within + size % within,
        np.zeros_like(size),
        np.where(random.random(len(size)) < 0.5, size * 10, (size + 5) // 10),
    )
    chosen = np.choose(random.integers(0, len(SLIPS), len(size)), candidates)
    slips: NDArray[np.int64] = np.sign(figures) * np.where(chosen == size, candidates[0], chosen)
    return slips


def _digit_changed(
    size: NDArray[np.int64], at: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.int64]:
    """Another digit at one place; a leading digit stays a digit from 1 to 9."""
    digit = size // at % 10
    leading = size // at < 10
    other = (digit + random.integers(1, 10, len(size))) % 10
    again = np.where(digit < 9, digit + 1, 1)
    changed: NDArray[np.int64] = (
        size + (np.where(leading & (other == 0), again, other) - digit) * at
    )
    return changed


def _digits_transposed(size: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The digit at one place and the one left of it, exchanged."""
    right = size // at % 10
    left: NDArray[np.int64] = size // (10 * at) % 10
    swapped: NDArray[np.int64] = size + (right - left) * 9 * at
    return swapped
