"""Which lines of a short table may be sums of others, each line compared with all sums at once.

The same as :mod:`unbudget_check.understand.tables.screens` for tables of which any two lines are
neighbours: there are so few runs and pairs of lines that each is formed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from unbudget_check.understand.tables.screens import Flags, Ints, Lines


def may_be_runs(lines: Lines, open_: Flags, least: int, *, but_one: bool = False) -> Flags:
    """Which lines may add up the open lines right before or after them in so many columns.

    With ``but_one`` one of these is left out, and the largest figure comes right to the last digit.
    """
    count = len(lines.values)
    sums, widths = (
        np.concatenate([np.zeros((1, each.shape[1]), dtype=np.int64), each.cumsum(axis=0)])
        for each in (lines.values * open_[:, None], lines.quanta * open_[:, None])
    )
    passed = np.zeros(count, dtype=bool)
    at, other = np.arange(count)[:, None], np.arange(count)[None, :]
    for end, start, there in (
        (sums[:-1, None] - sums[None, :-1], widths[:-1, None] - widths[None, :-1], other < at - 1),
        (sums[None, 1:] - sums[1:, None], widths[None, 1:] - widths[1:, None], other > at + 1),
    ):
        if but_one:
            passed |= (_is_over_by_one(lines, end) & there).any(axis=1)
        else:
            passed |= ((_held(lines, end, start) >= least) & there).any(axis=1)
    return passed & (lines.crossing[:, 0] >= 0)


def _held(lines: Lines, sums: Ints, widths: Ints) -> Ints:
    """In how many columns each line states some sums: those of its row of them."""
    stated = lines.values[:, None]
    holds = 2 * abs(sums - stated) <= widths + lines.quanta[:, None]
    held: Ints = (holds & ((sums != 0) | (stated != 0))).sum(axis=2)
    return held


def _is_over_by_one(lines: Lines, sums: Ints) -> Flags:
    """Whether some sums exceed the largest figure of their line by one figure of its column."""
    at, column = np.arange(len(sums)), np.maximum(lines.crossing[:, 0], 0)
    over = sums[at, :, column] - lines.values[at, column][:, None]
    figures = lines.values[:, column].T
    found: Flags = ((over[:, :, None] == figures[:, None, :]).any(axis=2)) & (over != 0)
    return found


def may_be_series(lines: Lines, spans: tuple[Ints, Ints, Ints], least: int) -> Flags:
    """Which lines may add up lines at regular distances; the line itself is left out.

    ``spans`` are the lines of all series, one after the other, and where runs of them start and
    end.
    """
    order, starts, ends = spans
    sums, widths = (
        np.concatenate([np.zeros((1, each.shape[1]), dtype=np.int64), each[order].cumsum(axis=0)])
        for each in (lines.values, lines.quanta)
    )
    sums, widths = sums[ends] - sums[starts], widths[ends] - widths[starts]
    passed = np.zeros(len(lines.values), dtype=bool)
    for times in (1, 2):
        _pass(lines, (sums, widths), (times, 0, least), passed)
    return passed


def may_be_pairs(lines: Lines, least: int) -> Flags:
    """Which lines may be the sum of two others."""
    one, other = np.triu_indices(len(lines.values), 1)
    sums = lines.values[one] + lines.values[other]
    widths = lines.quanta[one] + lines.quanta[other]
    passed = np.zeros(len(lines.values), dtype=bool)
    for rank in (0, 1):
        _pass(lines, (sums, widths), (1, rank, least), passed, np.array([one, other]))
    return passed


def _pass(
    lines: Lines,
    sums: tuple[Ints, Ints],
    claim: tuple[int, int, int],
    passed: Flags,
    parts: Ints | None = None,
) -> None:
    """Pass the lines that are stated in one crossing column, and in so many columns at least.

    Each line so many ``times``, as where it is among its own addends; no line is its own part.
    """
    (computed, widths), (times, rank, least) = sums, claim
    column = lines.crossing[:, rank]
    at = np.flatnonzero((column >= 0) & ~passed)
    column = column[at]
    stated = times * lines.values[at, column]
    reach = widths[:, column] + lines.quanta[at, column]
    which, place = np.nonzero(2 * abs(computed[:, column] - stated) <= reach)
    place = at[place]
    if parts is not None:
        apart = (parts[:, which] != place).all(axis=0)
        which, place = which[apart], place[apart]
    figures, whole = lines.values[place], computed[which]
    holds = 2 * abs(whole - times * figures) <= widths[which] + lines.quanta[place]
    holds &= (whole - (times - 1) * figures != 0) | (figures != 0)
    passed[place[holds.sum(axis=1) >= least]] = True
