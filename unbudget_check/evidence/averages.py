"""Lines of figures that are the averages of a run of lines beside them, found by figures."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from unbudget_check.evidence.ratios import decimals_of, is_borne_out
from unbudget_check.evidence.weight import BORNE_OUT_BITS, PAIR, Trial, significance, weigh
from unbudget_check.model.facts import Average
from unbudget_check.model.number import comparable, quantum_of, scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    _Grids = tuple[NDArray[Any], NDArray[np.bool_], NDArray[Any], NDArray[Any]]

    from unbudget_check.evidence.ratios import Line

# Places in which an average must hold that no word announces.
FEWEST_PLACES = 2
# Places in which an average is sought before it is weighed in all of them.
SAMPLES = 4
# Lines (other averages, a median, a total) that may come between an average and its parts.
LINES_BETWEEN, LINES_BETWEEN_NAMED = 6, 12
# In so many places figures of the same precision do not agree by chance.
PLACES_BEYOND_CHANCE = 12
# Lines that differ by less than one part in so many, but for their size, make any sum.
LEAST_SPREAD_PARTS = 50
# Sums of amounts below this fit into 64 bits.
SAFE = 2**44
# Extremes say something in so many places at least, of so many lines above them.
PLACES, FEWEST_ABOVE = 3, 3


def find_averages(
    lines: Sequence[Line], priors: Mapping[int, int] | None = None
) -> Iterator[Average]:
    """The lines whose figures are averages of a run of lines before or after them.

    ``lines`` are of one length, with None where there is no figure; ``priors`` are the bits of
    words ("average", "mean"), by line. Lines that no word calls so must have more decimals than
    others, as averages do, unless there are MANY places and all of them agree.
    """
    priors = priors or {}
    decimals = [decimals_of(line) for line in lines]
    usual = sorted(decimals)[len(decimals) // 2] if decimals else 0
    named = [at for at, own in enumerate(decimals) if priors.get(at, 0) > 0 or own > usual]
    is_long = len(lines) <= len(lines[0]) >= PLACES_BEYOND_CHANCE if lines else False
    if not named and not is_long:
        return
    sums = _Sums(lines)
    for stated in range(len(lines)) if is_long else named:
        prior = priors.get(stated, 0) - 2 * len(lines).bit_length()
        best: Average | None = None
        for parts, gap in sums.runs(
            stated, LINES_BETWEEN_NAMED if priors.get(stated) else LINES_BETWEEN
        ):
            for blanks in (False, True):
                trials = list(sums.trials(stated, parts, blanks=blanks))
                weight = weigh(trials, prior - gap)
                is_better = best is None or weight.bits > best.weight.bits
                is_sure = stated in named or (
                    not weight.failed
                    and weight.held >= PLACES_BEYOND_CHANCE
                    and not sums.are_proportional(stated, parts)
                )
                if is_better and is_borne_out(weight) and is_sure:
                    best = Average(stated, tuple(parts), weight, blanks)
                if not weight.failed:
                    break
        if best is not None and (best.weight.held >= FEWEST_PLACES or priors.get(stated, 0) > 0):
            yield best


def find_extremes(lines: Sequence[Line]) -> Iterator[int]:
    """The last lines that print, in each place, the highest or the lowest figure above them.

    Such are rows of "Max" and "Min". Figures that are that of one line above, or that of the only
    line there, are copies and totals.
    """
    first = max(len(lines) - LINES_BETWEEN, FEWEST_ABOVE)
    reached = [
        (min(figures), max(figures)) if figures else (0, 0)
        for place in zip(*lines[: max(first - LINES_BETWEEN, 1)], strict=True)
        for figures in [[comparable(number) for number in place if number is not None]]
    ]
    for at in range(first, len(lines)):
        told = [place for place, number in enumerate(lines[at]) if number is not None]
        inside = sum(
            reached[place][0] < comparable(number) < reached[place][1]
            for place, number in enumerate(lines[at])
            if number is not None
        )
        if len(told) < PLACES or inside > 1:
            continue  # what lies among figures far above is not the extreme of any run
        for gap in range(min(LINES_BETWEEN, at - FEWEST_ABOVE)):
            above = lines[: at - gap]
            if any(_are_extremes(above, lines[at], told, pick) for pick in (max, min)):
                yield at
                break


def _are_extremes(
    above: Sequence[Line],
    line: Line,
    told: Sequence[int],
    pick: Callable[[Iterable[int]], int],
) -> bool:
    """Whether the figures of all places are extremes, of several lines and of several figures.

    One of them may be misprinted, or a figure above it.
    """
    owners: list[frozenset[int]] = []
    left, bits = 1, -2 * len(above).bit_length()
    for place in told:
        figures = {
            at: comparable(number)
            for at, each in enumerate(above)
            if (number := each[place]) is not None
        }
        stated = line[place]
        own = comparable(stated) if stated is not None else 0
        if len(figures) < FEWEST_ABOVE or pick(figures.values()) != own:
            if not left:
                return False
            left -= 1
            continue
        if len(set(figures.values())) > PAIR and stated is not None and own:
            owners.append(frozenset(at for at, figure in figures.items() if figure == own))
            bits += significance(stated.units)
    is_telling = len(owners) >= PLACES and bits >= BORNE_OUT_BITS
    return is_telling and not frozenset.intersection(*owners)


class _Running(NamedTuple):
    """Sums, counts and changes of the figures of one place, up to each line."""

    sums: NDArray[Any]
    counts: NDArray[np.int64]
    changes: NDArray[np.int64]


def _changes(amounts: Sequence[int | None]) -> NDArray[np.int64]:
    """How often, up to each line, a figure was another than the one before it."""
    counted = [0]
    before: int | None = None
    for amount in amounts:
        counted.append(counted[-1] + (amount is not None and amount != before))
        before = before if amount is None else amount
    return np.array(counted, dtype=np.int64)


class _Sums:
    """Running sums and counts of the figures of each place, along the lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.finest = min((n.exponent for line in lines for n in line if n is not None), default=0)
        self.running: dict[int, _Running] = {}
        self.grids: _Grids | None = None

    def _amount(self, line: int, at: int) -> int | None:
        number = self.lines[line][at]
        return None if number is None else scaled(number, self.finest)

    def _quantum(self, line: int, at: int) -> int:
        number = self.lines[line][at]
        return 0 if number is None else quantum_of(number, self.finest)

    def runs(self, stated: int, farthest: int) -> Iterator[tuple[range, int]]:
        """Runs of lines whose average fits where the line says most, and their distances."""
        line = self.lines[stated]
        samples = sorted(
            (at for at, number in enumerate(line) if number is not None and number.units),
            key=lambda at: -significance(number.units) if (number := line[at]) else 0,
        )[:SAMPLES]
        least = min(FEWEST_PLACES, len(samples))
        for gap in range(farthest if samples else 0):
            for end in (stated - gap, stated + 1 + gap):
                if 0 <= end <= len(self.lines):
                    fits = sum(self._fits(stated, at, end) for at in samples)
                    for start in np.flatnonzero(np.asarray(fits) >= least).tolist():
                        if (start < end) == (end <= stated):
                            run = self._trimmed(range(min(start, end), max(start, end)), samples)
                            if not self._has_own_total(run, samples):
                                yield run, gap

    def _fits(self, stated: int, at: int, end: int) -> NDArray[np.int64]:
        """From which line on, up to (or after) the end, the figures of a place have this mean.

        Figures that are all equal have a mean that says nothing.
        """
        sums, counts, changes = self._running(at)
        count, total = np.abs(counts - counts[end]), np.sign(counts - counts[end])
        amount, quantum = self._amount(stated, at) or 0, self._quantum(stated, at)
        missed = np.abs(count.astype(sums.dtype) * amount - total * (sums - sums[end]))
        ends = np.arange(len(counts))
        differ = (
            changes[np.maximum(ends, end)]
            > changes[np.minimum(np.minimum(ends, end) + 1, len(self.lines))]
        )
        is_mean = (missed <= count.astype(sums.dtype) * quantum) & differ
        fits: NDArray[np.int64] = (is_mean & (count >= PAIR)).astype(np.int64)
        return fits

    def _running(self, at: int) -> _Running:
        if at not in self.running:
            amounts = [self._amount(line, at) for line in range(len(self.lines))]
            values = [0, *(amount or 0 for amount in amounts)]
            coarsest = max(self._quantum(line, at) for line in range(len(self.lines)))
            largest = max(coarsest, *map(abs, values))
            kind = np.int64 if largest < SAFE // len(values) else object
            counts = np.cumsum([0, *(amount is not None for amount in amounts)], dtype=np.int64)
            sums = np.cumsum(np.array(values, dtype=kind))
            self.running[at] = _Running(sums, counts, _changes(amounts))
        return self.running[at]

    def _trimmed(self, run: range, samples: Sequence[int]) -> range:
        """The run without lines at its ends that have no figure there."""
        there = [line for line in run if any(self.lines[line][at] is not None for at in samples)]
        return range(there[0], there[-1] + 1)

    def _has_own_total(self, run: range, samples: Sequence[int]) -> bool:
        """Whether the last line adds up the others: then these are no figures of one kind."""
        for last in (run[0], run[-1]):
            others = [[self._amount(at, s) or 0 for at in run if at != last] for s in samples]
            totals = [self._amount(last, sample) for sample in samples]
            if [sum(each) for each in others] == totals:
                return True
        return False

    def are_proportional(self, stated: int, parts: range) -> bool:
        """Whether a line is some part of its run in all places alike."""
        both = [
            (own, first)
            for at in range(len(self.lines[stated]))
            if (own := self._amount(stated, at)) and (first := self._amount(parts[0], at))
        ]
        if not both:
            return True
        one, other = max(both, key=lambda pair: abs(pair[0]))
        return all(
            LEAST_SPREAD_PARTS * abs(own * other - one * first) <= abs(one * first)
            for own, first in both
        )

    def trials(self, stated: int, parts: range, *, blanks: bool) -> Iterator[Trial]:
        """Count x average = sum, within the rounding of all; equal figures say nothing."""
        amounts, there, quanta, hidden = self._grids()
        run, present = amounts[parts[0] : parts[-1] + 1], there[parts[0] : parts[-1] + 1]
        highest = np.where(present, run, amounts.min()).max(axis=0)
        lowest = np.where(present, run, amounts.max()).min(axis=0)
        sums, counts = run.sum(axis=0), present.sum(axis=0)
        rounded = hidden[parts[0] : parts[-1] + 1].sum(axis=0)
        telling = there[stated] & (counts >= PAIR) & (highest > lowest)
        for at in np.flatnonzero(telling).tolist():
            count = len(parts) if blanks else int(counts[at])
            allowance = count * int(quanta[stated, at]) + int(rounded[at])
            average = int(amounts[stated, at])
            yield Trial(count * average, int(sums[at]), allowance, count, count + 1)

    def _grids(self) -> _Grids:
        """By line and place: amounts (nil for none), which there are, quanta, what rounding hides.

        Whole numbers hide nothing.
        """
        if self.grids is None:
            shape = range(len(self.lines)), range(len(self.lines[0]))
            amounts = [[self._amount(line, at) for at in shape[1]] for line in shape[0]]
            quanta = [[self._quantum(line, at) for at in shape[1]] for line in shape[0]]
            sizes = (abs(amount or 0) for row in amounts for amount in row)
            largest = max(chain(sizes, chain.from_iterable(quanta)))
            kind = np.int64 if largest < SAFE // (len(shape[0]) + 1) else object
            coarse = np.array(quanta, dtype=kind)
            fine = [[n is not None and n.exponent < 0 for n in line] for line in self.lines]
            self.grids = (
                np.array([[a or 0 for a in row] for row in amounts], dtype=kind),
                np.array([[a is not None for a in row] for row in amounts]),
                coarse,
                coarse * np.array(fine),
            )
        return self.grids
