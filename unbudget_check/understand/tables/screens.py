"""Which lines of a long table may be sums of others at all, found for all lines at once.

A screen saves time only: it passes every line for which the search finds anything, and few others.
Figures are 64-bit integers, lines are the rows of an array, and what a line is compared with are
its largest figures, in the columns that ``crossing`` names for it (-1 where there are fewer).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# Lines that are compared at once: their figures stay in the cache.
LINES_AT_ONCE = 8192
# Lines of one block are looked up together; a window of lines reaches into two at most.
BLOCK = 128
# Of so few lines with their largest figure in one column each is searched by itself.
FEWEST = 64
# Mixes the number of a block with a figure.
_BLOCKS, _FIGURES = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table that hold anything, and in which columns each of them is compared."""

    values: Ints
    quanta: Ints
    crossing: Ints

    @property
    def steady(self) -> Flags:
        """The columns in which no figure has another sign."""
        steady: Flags = np.logical_or(
            (self.values >= 0).all(axis=0), (self.values <= 0).all(axis=0)
        )
        return steady

    @property
    def coarsest(self) -> Ints:
        """The largest quantum of each column."""
        coarsest: Ints = self.quanta.max(axis=0, initial=0)
        return coarsest


def may_be_runs(lines: Lines, open_: Flags, longest: int, *, but_one: bool = False) -> Flags:
    """Which lines may add up the open lines right before or after them, of so many at most.

    A run comes right in all but one of the crossing columns. With ``but_one`` one of its lines is
    left out, and the largest figure comes right to the last digit.
    """
    passed = np.zeros(len(lines.values), dtype=bool)
    targets = np.flatnonzero(lines.crossing[:, 0] >= 0)
    for start in range(0, len(targets), LINES_AT_ONCE):
        some = targets[start : start + LINES_AT_ONCE]
        for step in (-1, 1):
            if but_one:
                _pass_runs_but_one(lines, open_, (some, step, longest), passed)
            else:
                _pass_runs(lines, open_, (some, step, longest), passed)
    return passed


def _pass_runs(lines: Lines, open_: Flags, along: tuple[Ints, int, int], passed: Flags) -> None:
    at, step, longest = along
    columns = lines.crossing[at]
    there = columns >= 0
    enough = np.maximum(there.sum(axis=1) - 1, 1)
    stated = lines.values[at[:, None], columns]
    width = lines.quanta[at[:, None], columns]
    missed, ahead = -stated, np.sign(stated)
    # What is over by more than any rounding stays so where no figure has another sign.
    steady, beyond = lines.steady[columns], lines.coarsest[columns] * (longest + 2)
    alive = np.arange(len(at))
    for distance in range(1, longest + 1):
        other = at[alive] + step * distance
        inside = (other >= 0) & (other < len(lines.values)) & ~passed[at[alive]]
        alive, other = alive[inside], other[inside]
        if not len(alive):
            return
        column, is_open = columns[alive], open_[other][:, None]
        missed[alive] += lines.values[other[:, None], column] * is_open
        width[alive] += lines.quanta[other[:, None], column] * is_open
        over = missed[alive]
        if distance > 1:
            holds = (2 * abs(over) <= width[alive]) & there[alive]
            passed[at[alive[holds.sum(axis=1) >= enough[alive]]]] = True
        lost = steady[alive] & (2 * over * ahead[alive] > beyond[alive])
        alive = alive[(there[alive] & ~lost).sum(axis=1) >= enough[alive]]


def _pass_runs_but_one(
    lines: Lines, open_: Flags, along: tuple[Ints, int, int], passed: Flags
) -> None:
    at, step, longest = along
    column = lines.crossing[at, 0]
    over = -lines.values[at, column]
    ahead = -np.sign(over)
    steady = lines.steady[column]
    largest = np.zeros(len(at), dtype=np.int64)
    before: list[Ints] = []
    for distance in range(1, longest + 1):
        other = at + step * distance
        figures = np.zeros(len(at), dtype=np.int64)
        inside = (other >= 0) & (other < len(lines.values))
        figures[inside] = lines.values[other[inside], column[inside]]
        figures[inside] *= open_[other[inside]]
        over = over + figures
        hit = np.zeros(len(at), dtype=bool)
        for each in before:
            hit |= each == over
        passed[at[hit & (over != 0)]] = True
        largest = np.maximum(largest, abs(figures))
        before.append(figures)
        alive = inside & ~passed[at] & ~(steady & (over * ahead > largest))
        if not alive.all():
            at, column, over, ahead, steady, largest = (
                each[alive] for each in (at, column, over, ahead, steady, largest)
            )
            before = [each[alive] for each in before]
        if not len(at):
            return


@dataclass(slots=True)
class _Stated:
    """The stated figures of the lines that are compared in one column, to be looked up.

    Those of one block that differ by no more than a width share a place of a table.
    """

    places: Ints
    figures: Ints
    tables: dict[int, tuple[Flags, Ints, Ints]] = field(default_factory=dict)

    def table(self, bits: int) -> tuple[Flags, Ints, Ints]:
        """Which keys there are for figures ``2**bits`` wide; the keys in order, and whose."""
        if bits not in self.tables:
            keys = self._keys(self.places // BLOCK, self.figures >> bits)
            order = np.argsort(keys, kind="stable")
            there = np.zeros(self._size(), dtype=bool)
            there[keys] = True
            self.tables[bits] = there, keys[order], order
        return self.tables[bits]

    def found(self, first: Ints, last: Ints, sums: Ints, reach: int) -> Iterator[tuple[Ints, Ints]]:
        """The lines from first to last that state one of some sums, within reach.

        Each comes with the number of the sum.
        """
        bits = (2 * reach).bit_length()
        there, ordered, order = self.table(bits)
        low, high = (sums - reach) >> bits, (sums + reach) >> bits
        block, end = first // BLOCK, last // BLOCK
        every, on, over = np.arange(len(sums)), end != block, high != low
        for some, blocks, figures in (
            (every, block, low),
            (every[over], block, high),
            (every[on], end, low),
            (every[on & over], end, high),
        ):
            keys = self._keys(blocks[some], figures[some])
            hits = np.flatnonzero(there[keys])
            for start in range(0, len(hits), LINES_AT_ONCE):
                hit = hits[start : start + LINES_AT_ONCE]
                begin = np.searchsorted(ordered, keys[hit], side="left")
                counts = np.searchsorted(ordered, keys[hit], side="right") - begin
                which = np.repeat(some[hit], counts)
                runs = np.arange(len(which)) - np.repeat(counts.cumsum() - counts, counts)
                entry = order[np.repeat(begin, counts) + runs]
                place = self.places[entry]
                right = (place >= first[which]) & (place <= last[which])
                right &= abs(self.figures[entry] - sums[which]) <= reach
                yield place[right], which[right]

    def _size(self) -> int:
        return 1 << (len(self.places).bit_length() + 5)

    def _keys(self, blocks: Ints, figures: Ints) -> Ints:
        mixed = blocks.astype(np.uint64) * _BLOCKS ^ figures.astype(np.uint64) * _FIGURES
        shift = np.uint64(64 - (len(self.places).bit_length() + 5))
        return (mixed * _FIGURES >> shift).astype(np.int64)


def may_be_series(lines: Lines, widest: int, around: int, fewest: int, least: int) -> Flags:
    """Which lines may add up lines at regular distances, all less than ``around`` away from them.

    Their largest figure comes right, and so many columns at least; the line itself, where it is
    among the others, is left out.
    """
    count = len(lines.values)
    passed = np.zeros(count, dtype=bool)
    steady, widths = lines.steady, lines.coarsest
    for column, stated in _by_column(lines, 0, passed, times=(1, 2)):
        figures = lines.values[:, column]
        coarsest = int(widths[column])
        most = _most_nearby(stated, count) + coarsest * (2 * around + 2)
        for step in range(1, min(widest, count - 1) + 1):
            before = _sums_before(lines.values, step)
            first, sums = np.arange(count), figures
            for terms in range(2, (2 * around - 1) // step + 2):
                kept = first < count - step * (terms - 1)
                if steady[column]:
                    kept &= abs(sums) <= most[first // BLOCK]
                first, sums = first[kept], sums[kept]
                if not len(first):
                    break
                last = first + step * (terms - 1)
                sums = sums + figures[last]
                if terms < fewest:
                    continue
                reach = coarsest * (terms + 1) // 2 + 1
                ends = np.maximum(last - around, 0), first + around
                for places, which in stated.found(*ends, sums, reach):
                    whole = before[last[which] + step] - before[first[which]]
                    passed[_holding(lines, places, whole, widths * (terms + 1), least)] = True
                    whole -= lines.values[places]
                    passed[_holding(lines, places, whole, widths * (terms + 1), least)] = True
            if passed[stated.places].all():
                break
    return passed


def _sums_before(values: Ints, step: int) -> Ints:
    """What the lines so far apart before each line come to, for one step beyond the last line."""
    count, width = values.shape
    padded = np.zeros((-(-count // step) + 1, step, width), dtype=np.int64)
    padded.reshape(-1, width)[step : step + count] = values
    sums: Ints = padded.cumsum(axis=0).reshape(-1, width)
    return sums


def _holding(lines: Lines, places: Ints, sums: Ints, reach: Ints, least: int) -> Ints:
    """Those of some lines that state these sums, twice within reach, in so many columns."""
    stated = lines.values[places]
    holds = 2 * abs(sums - stated) <= reach
    holds &= (sums != 0) | (stated != 0)
    held: Ints = places[holds.sum(axis=1) >= least]
    return held


def may_be_pairs(lines: Lines, around: int, least: int) -> Flags:
    """Which lines may be the sum of two others, all no farther than ``around`` away from them.

    One of their two largest figures comes right, and so many columns at least.
    """
    count = len(lines.values)
    passed = np.zeros(count, dtype=bool)
    steady, widths = lines.steady, lines.coarsest
    for rank in range(2):
        for column, stated in _by_column(lines, rank, passed, times=(1,)):
            figures = lines.values[:, column]
            reach = int(widths[column]) * 3 // 2 + 1
            most = _most_nearby(stated, count) + reach
            for step in range(1, min(2 * around, count - 1) + 1):
                first = np.arange(count - step)
                sums = figures[:-step] + figures[step:]
                if steady[column]:
                    likely = abs(sums) <= most[first // BLOCK]
                    first, sums = first[likely], sums[likely]
                ends = np.maximum(first + step - around, 0), first + around
                for places, which in stated.found(*ends, sums, reach):
                    one = first[which]
                    others = (places != one) & (places != one + step)
                    whole = lines.values[one] + lines.values[one + step]
                    passed[_holding(lines, places[others], whole[others], 3 * widths, least)] = True
                if passed[stated.places].all():
                    break
    return passed


def _by_column(
    lines: Lines, rank: int, passed: Flags, times: tuple[int, ...]
) -> Iterator[tuple[int, _Stated]]:
    """The columns with the lines that are compared in them; where these are few, all pass."""
    columns = lines.crossing[:, rank]
    for column in np.unique(columns[columns >= 0]).tolist():
        places = np.flatnonzero(columns == column)
        if len(places) < FEWEST:
            passed[places] = True
            continue
        figures = lines.values[places, column]
        every = np.concatenate([figures * each for each in times])
        yield column, _Stated(np.tile(places, len(times)), every)


def _most_nearby(stated: _Stated, count: int) -> Ints:
    """For each block the largest figure that is stated in it or in one beside it."""
    most = np.zeros(count // BLOCK + 3, dtype=np.int64)
    np.maximum.at(most, stated.places // BLOCK + 1, abs(stated.figures))
    nearby: Ints = np.array([most[:-2], most[1:-1], most[2:]]).max(axis=0)
    return nearby
