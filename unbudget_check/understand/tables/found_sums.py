"""Sums among parallel lines of a table, rows or columns, that the figures bear out without words.

Each line may be the sum of lines beside it, of lines at regular distances, or of any two lines
near it; totals that were found stand for their parts when the next ones are searched for. What a
match proves is weighed over all crossing lines, less the bits of the search.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any

import numpy as np

from unbudget_check.evidence.slips import slip_between
from unbudget_check.evidence.weight import BORNE_OUT_BITS, Trial, weigh
from unbudget_check.model.facts import Weight
from unbudget_check.understand.tables import screens, short_screens
from unbudget_check.understand.tables.screens import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    _Places = NDArray[np.int64]
    # A figure and its quantum, in one unit for the whole table; None for a blank.
    Figure = tuple[int, int] | None
    # A total, what tells its parts from others, and its parts.
    _Known = tuple[int, frozenset[int], frozenset[int]]
    _Search = Callable[["_Board", "_Target"], Iterator["_Proposal"]]

# What a sum must overcome that no words announce, beside the bits of the search for it.
UNSAID_BITS = 8
# Crossing lines to each error beyond the first; where there are fewer, a sum has exceptions.
LINES_PER_ERROR = 12
# A total adds up no more lines in one run than this; lines that are searched in pairs are nearer.
LONGEST_RUN_LINES, PAIR_LINES_AROUND = 120, 32
# Lines at regular distances: the farthest apart that groups of columns repeat.
WIDEST_STEP = 12
# Crossing figures, the largest, that screen what may add up before all of them are weighed.
SCREENS = 3
# Lines of the longest table in which each is near any other.
SHORT_LINES = LONGEST_RUN_LINES // 2
# Sums of 64-bit integers below this cannot overflow.
SAFE = 2**62
# More lines than this that match one total by the screening figures are coincidence.
MOST_MATCHES = 40
# Crossing lines, not proportional, which show that all others need not be, either.
MOST_KINDS = 6
# Three and more lines make a series.
SERIES = 3


@dataclass(frozen=True, slots=True)
class FoundSum:
    """A line that is the sum of others, with what the crossing lines say of it.

    Where it holds in too few of these to be believed in throughout, ``exceptions`` are those in
    which it does not: rates, balances, figures of another kind.
    """

    total: int
    parts: tuple[int, ...]
    weight: Weight = field(default_factory=Weight)
    exceptions: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Board:
    """The lines as arrays, nil where blank, and the sums that were found so far.

    ``crossing[line]`` are the crossing lines that screen what a line adds up, if it says enough;
    ``likely`` are ``lines`` as they are screened, None where a figure is too large for it.
    ``names[line]`` is the first line with the same figures, or -1 where there are none but nil.
    ``sections[line]`` counts the breaks above: headings, and blank lines.
    """

    values: NDArray[Any]
    quanta: NDArray[Any]
    filled: NDArray[np.bool_]
    crossing: _Places
    lines: list[int]
    likely: Lines | None
    place: dict[int, int]
    names: list[int]
    sections: Sequence[int]
    least: int
    is_strict: bool = True
    later: list[FoundSum] = field(default_factory=list)
    found: list[FoundSum] = field(default_factory=list)
    known: set[_Known] = field(default_factory=set)
    keys: set[tuple[int, frozenset[int]]] = field(default_factory=set)
    known_by_part: defaultdict[int, set[_Known]] = field(default_factory=lambda: defaultdict(set))
    totals: set[int] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)
    sound: set[int] = field(default_factory=set)
    tied: set[frozenset[int]] = field(default_factory=set)
    weak: defaultdict[tuple[int, ...], list[FoundSum]] = field(
        default_factory=lambda: defaultdict(list)
    )


def find_sums(
    lines: Sequence[Sequence[Figure]],
    known: Iterable[tuple[int, Sequence[int], bool]] = (),
    sections: Sequence[int] = (),
    least: int = 2,
) -> list[FoundSum]:
    """The sums that the figures bear out beyond those that are known.

    Of these a total, its parts, and whether some are taken off. ``sections`` counts the breaks
    above each line, ``least`` is the number of crossing figures that must hold at least.
    """
    board = _board(lines, sections or [0] * len(lines), least)
    for total, parts, is_signed in known:
        if is_signed:
            board.tied.add(_key(board, (total, *parts)))
        else:
            _take(board, FoundSum(total, tuple(parts)))
    while _search(board, _runs):
        pass
    if _pooled(board):
        _search(board, _runs)
    for propose in (_series, _pairs, _runs_but_one):
        if _search(board, propose):
            _search(board, _runs)
    # What fails somewhere may be the wider or narrower form of what holds everywhere.
    board.is_strict = False
    if _take_all(board, board.later):
        while _search(board, _runs):
            pass
    return _without_corollaries(board)


def as_sum(
    total: int, parts: Sequence[int], signs: Sequence[int]
) -> tuple[int, Sequence[int], bool]:
    """A known sum as ``find_sums`` takes it: what is left of a total is a part of that total."""
    if min(signs, default=1) > 0:
        return total, parts, False
    added = [part for part, sign in zip(parts, signs, strict=False) if sign > 0]
    if len(added) != 1:
        return total, parts, True
    return added[0], [total, *(part for part in parts if part != added[0])], False


def _without_corollaries(board: _Board) -> list[FoundSum]:
    """The sums that do not follow from others, which may have been found later."""
    kept = []
    for each in sorted(board.found, key=lambda found: -len(found.parts)):
        own = each.total, _key(board, each.parts), frozenset(each.parts)
        board.known.discard(own)
        for part in {*own[1], *own[2]}:
            board.known_by_part[part].discard(own)
        if not _follows(board, each):
            _take(board, each)
            kept.append(each)
    return kept


def _board(lines: Sequence[Sequence[Figure]], sections: Sequence[int], least: int) -> _Board:
    count, width = len(lines), max(map(len, lines), default=0)
    largest = max((abs(each[0]) for line in lines for each in line if each), default=0)
    kind: Any = np.int64 if largest * (2 * count + 1) < SAFE else object
    values = np.zeros((count, width), dtype=kind)
    quanta = np.zeros((count, width), dtype=kind)
    filled = np.zeros((count, width), dtype=bool)
    names: list[int] = []
    first: dict[tuple[int, ...], int] = {}
    for at, line in enumerate(lines):
        figures = tuple(each[0] if each else 0 for each in line)
        values[at] = figures
        quanta[at] = [each[1] if each else 0 for each in line]
        filled[at] = [each is not None for each in line]
        names.append(first.setdefault(figures, at) if any(figures) else -1)
    present = [at for at in range(count) if filled[at].any()]
    place = {line: at for at, line in enumerate(present)}
    crossing = _crossing(values, min(least, SCREENS))
    likely = None
    if kind is not object:
        likely = Lines(values[present], quanta[present], crossing[present])
    return _Board(values, quanta, filled, crossing, present, likely, place, names, sections, least)


def _search(board: _Board, propose: _Search) -> int:
    """Take up what one kind of proposal yields for all lines; returns how many sums are new."""
    new: list[FoundSum] = []
    for total in _likely(board, propose):
        target = _target(board, total)
        seen: dict[frozenset[int], _Proposal] = {}
        for proposal in propose(board, target):
            key = _key(board, proposal.parts)
            if len(key) < 2 or (total, key) in board.keys:
                continue
            if key not in seen or proposal.rank < seen[key].rank:
                seen[key] = proposal
        if len(seen) > MOST_MATCHES:
            continue  # so many matches prove that any is chance
        weighed = (_weighed(board, total, _completed(board, total, p)) for p in seen.values())
        found = [_nearest(board, each) for each in weighed if each is not None]
        # What fails in one sum and holds in another is no misprint.
        fewest = min((_failed(each) > 0 for each in found), default=False)
        new += [each for each in found if (_failed(each) > 0) == fewest]
    if board.is_strict:
        board.later += [each for each in new if _failed(each)]
        new = [each for each in new if not _failed(each)]
    return _take_all(board, new)


def _nearest(board: _Board, found: FoundSum) -> FoundSum:
    """The sum with the nearest of equal lines: a total that stands for one other line."""
    parts = list(found.parts)
    for at, part in enumerate(found.parts):
        step = 1 if part < found.total else -1
        for other in range(found.total - step, part, -step):
            if board.names[other] == board.names[part] >= 0 and other not in parts:
                parts[at] = other
                break
    return replace(found, parts=tuple(sorted(parts)))


def _take_all(board: _Board, new: Iterable[FoundSum]) -> int:
    """Take up those of some sums that are not known; returns how many."""
    taken = 0
    for each in sorted(new, key=_simplicity):
        is_worse = _failed(each) > 0 and _has_rival(board, each)
        if not is_worse and not _follows(board, each):
            _take(board, each)
            board.found.append(each)
            taken += 1
    return taken


def _has_rival(board: _Board, each: FoundSum) -> bool:
    """Whether a sum of the same total, and of some of the same parts, holds everywhere."""
    return each.total in board.sound and any(
        total == each.total for part in each.parts for total, *_ in board.known_by_part[part]
    )


def _failed(found: FoundSum) -> int:
    return found.weight.failed + len(found.exceptions)


def _simplicity(found: FoundSum) -> tuple[int, int, int, int]:
    """Orders sums: those without failures first, of fewest parts, nearest to their total."""
    distance = min(abs(part - found.total) for part in found.parts)
    return _failed(found), len(found.parts), distance, found.total


@dataclass(frozen=True, slots=True)
class _Target:
    """A line that may be a total, and the crossing lines that screen what it adds up."""

    line: int
    crossing: NDArray[np.int64]
    stated: NDArray[Any]
    quanta: NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Lines that may add up to a total, what the search for them costs, and how it ranks."""

    parts: tuple[int, ...]
    cost: int
    rank: tuple[int, int] = (0, 0)


def _crossing(values: NDArray[Any], fewest: int) -> _Places:
    """The crossing lines in which the figures of each line say most.

    It is -1 where there are fewer, and all -1 where there are less than the fewest.
    """
    size = abs(values)
    order = np.argsort(-size, axis=1, kind="stable")
    ranked = np.take_along_axis(size, order, axis=1)
    is_new = (ranked != 0).astype(bool)
    is_new[:, 1:] &= (ranked[:, 1:] != ranked[:, :-1]).astype(bool)
    rank = is_new.cumsum(axis=1)
    lines, places = np.nonzero(is_new & (rank <= SCREENS))
    crossing = np.full((len(values), SCREENS), -1, dtype=np.int64)
    crossing[lines, rank[lines, places] - 1] = order[lines, places]
    crossing[(crossing >= 0).sum(axis=1) < fewest] = -1
    return crossing


def _target(board: _Board, line: int) -> _Target:
    """The crossing figures of a line that say most."""
    crossing = board.crossing[line]
    crossing = crossing[crossing >= 0]
    return _Target(line, crossing, board.values[line, crossing], board.quanta[line, crossing])


def _likely(board: _Board, propose: _Search) -> list[int]:
    """The lines for which a kind of proposal may yield any sum, in their order."""
    if board.likely is None or not board.lines:
        return [line for line in board.lines if (board.crossing[line] >= 0).any()]
    passed = _screened(board, board.likely, propose)
    return [board.lines[at] for at in np.flatnonzero(passed).tolist()]


def _screened(board: _Board, lines: Lines, propose: _Search) -> NDArray[np.bool_]:
    is_short = len(board.lines) <= SHORT_LINES
    if propose is _series:
        if is_short:
            return short_screens.may_be_series(lines, _spans(len(board.lines)), board.least)
        return screens.may_be_series(lines, WIDEST_STEP, SHORT_LINES, SERIES, board.least)
    if propose is _pairs:
        if is_short:
            return short_screens.may_be_pairs(lines, board.least)
        return screens.may_be_pairs(lines, PAIR_LINES_AROUND, board.least)
    every = np.ones(len(board.lines), dtype=bool)
    kinds = [every]
    if board.covered:
        open_ = np.array([line not in board.covered for line in board.lines])
        kinds += [open_, open_ & np.array([line in board.totals for line in board.lines])]
    but_one = propose is _runs_but_one
    passed = ~every
    for some in kinds:
        if some.sum() > 1:
            if is_short:
                passed |= short_screens.may_be_runs(lines, some, board.least, but_one=but_one)
            else:
                passed |= screens.may_be_runs(lines, some, LONGEST_RUN_LINES, but_one=but_one)
    return passed


def _fits(target: _Target, sums: NDArray[Any], quanta: NDArray[Any]) -> NDArray[np.int64]:
    """Which of many sums come out right in all but one of the screening lines."""
    holds = 2 * abs(sums - target.stated) <= quanta + target.quanta
    enough = max(len(target.crossing) - 1, 1)
    return np.flatnonzero(holds.astype(bool).sum(axis=1) >= enough)


def _orders(board: _Board, line: int) -> Iterator[list[int]]:
    """The lines before and after one, nearest first, each once as printed and once as totals.

    Lines of which found totals consist are passed over, then all but these totals, too.
    """
    position = board.place[line]
    sides = (
        board.lines[max(position - LONGEST_RUN_LINES, 0) : position][::-1],
        board.lines[position + 1 : position + 1 + LONGEST_RUN_LINES],
    )
    for side in sides:
        yield side
        if not board.covered:
            continue
        open_ = [each for each in side if each not in board.covered]
        if len(open_) < len(side):
            yield open_
        totals = [each for each in open_ if each in board.totals]
        if SERIES <= len(totals) < len(open_):
            yield totals


def _runs(board: _Board, target: _Target) -> Iterator[_Proposal]:
    """All lines beside a total, from it to some line before or after it."""
    for order in _orders(board, target.line):
        if len(order) < 2:
            continue
        window = np.ix_(np.array(order), target.crossing)
        sums, quanta = board.values[window].cumsum(axis=0), board.quanta[window].cumsum(axis=0)
        for at in _fits(target, sums, quanta).tolist():
            if at:
                crossed = abs(board.sections[order[at]] - board.sections[target.line])
                rank = crossed, -at if board.least == 2 else at
                yield _Proposal(tuple(sorted(order[: at + 1])), len(order).bit_length(), rank)


def _pairs(board: _Board, target: _Target) -> Iterator[_Proposal]:
    """Any two lines near a total."""
    position = board.place[target.line]
    near = [
        each
        for each in board.lines[
            max(position - PAIR_LINES_AROUND, 0) : position + PAIR_LINES_AROUND + 1
        ]
        if each != target.line and board.names[each] >= 0
    ]
    if len(near) < 2:
        return
    window = np.ix_(np.array(near), target.crossing)
    figures, quanta = board.values[window], board.quanta[window]
    # What holds in all but one of the screening lines holds in one of any two.
    if not any(
        _may_be_pair(target, at, figures[:, at], quanta[:, at])
        for at in range(2)[: len(target.crossing)]
    ):
        return
    sums = figures[:, None, :] + figures[None, :, :]
    widths = quanta[:, None, :] + quanta[None, :, :]
    holds = (2 * abs(sums - target.stated) <= widths + target.quanta).astype(bool).sum(axis=2)
    enough = max(len(target.crossing) - 1, 1)
    for one, other in zip(*np.nonzero(holds >= enough), strict=True):
        if one < other:
            parts = near[one], near[other]
            far = sum(abs(each - target.line) for each in parts)
            yield _Proposal(parts, 2 * len(near).bit_length(), (far, 0))


def _may_be_pair(target: _Target, at: int, figures: NDArray[Any], quanta: NDArray[Any]) -> bool:
    """Whether two of some figures may add up to what is stated in one crossing line."""
    reach = int(quanta.max()) + int(target.quanta[at]) // 2 + 1
    return _may_differ(np.sort(figures), target.stated[at] - figures, reach)


def _may_differ(ordered: NDArray[Any], wanted: NDArray[Any], reach: int) -> bool:
    """Whether one of the ordered figures is as near as that to one that is wanted."""
    first = np.searchsorted(ordered, wanted - reach, side="left")
    end = np.searchsorted(ordered, wanted + reach, side="right")
    return bool((end > first).any())


def _series(board: _Board, target: _Target) -> Iterator[_Proposal]:
    """Lines at regular distances, anywhere near a total: the same column of several groups."""
    position = board.place[target.line]
    around = board.lines[
        max(position - LONGEST_RUN_LINES // 2, 0) : position + LONGEST_RUN_LINES // 2
    ]
    order, starts, ends = _spans(len(around))
    if not len(starts):
        return
    lines = np.array(around)[order]
    others = lines != target.line
    cross, stated, reach = target.crossing[0], target.stated[0], target.quanta[0]
    # Where these run over they come back in the differences.
    sums, quanta = (
        np.concatenate([[0], (figures[lines, cross] * others).cumsum()])
        for figures in (board.values, board.quanta)
    )
    widest = int(abs(board.values[around, cross]).max())
    hidden = int(quanta[-1]) + int(reach)
    if widest * len(lines) < SAFE and not _may_differ(np.sort(sums), sums + stated, hidden):
        return
    missed = abs(sums[ends] - sums[starts] - stated)
    holds = 2 * missed <= quanta[ends] - quanta[starts] + reach
    cost = 2 * len(around).bit_length()
    for at in np.flatnonzero(holds.astype(bool)).tolist():
        span = slice(starts[at], ends[at])
        parts = tuple(lines[span][others[span]].tolist())
        if len(parts) >= SERIES:
            yield _Proposal(parts, cost, (0, -len(parts)))


@lru_cache(maxsize=LONGEST_RUN_LINES)
def _spans(size: int) -> tuple[_Places, _Places, _Places]:
    """The places of a window, series after series, and where all runs of these start and end."""
    order: list[int] = []
    starts, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for step in range(1, min(WIDEST_STEP, size // 2) + 1):
        for offset in range(step):
            series = range(offset, size, step)
            first, end = np.triu_indices(len(series) + 1, SERIES)
            starts.append(first + len(order))
            ends.append(end + len(order))
            order += series
    return np.array(order, dtype=np.int64), np.concatenate(starts), np.concatenate(ends)


def _runs_but_one(board: _Board, target: _Target) -> Iterator[_Proposal]:
    """All lines beside a total but one, which is counted among others already."""
    cross, stated = int(target.crossing[0]), int(target.stated[0])
    for order in _orders(board, target.line):
        figures = board.values[order, cross]
        if not _may_differ(np.sort(figures), figures.cumsum() - stated, 0):
            continue
        total, at_value = 0, defaultdict[int, list[int]](list)
        for at, figure in enumerate(figures.tolist()):
            total += figure
            over = total - stated
            if at >= SERIES and over:
                for without in at_value.get(over, ()):
                    parts = sorted(each for each in order[: at + 1] if each != without)
                    yield _Proposal(tuple(parts), 2 * len(order).bit_length(), (0, -at))
            if figure:
                at_value[figure].append(order[at])


def _key(board: _Board, parts: Iterable[int]) -> frozenset[int]:
    """What tells sums of the same total apart: lines of nil are nothing, and equal lines one."""
    return frozenset(name for part in parts if (name := board.names[part]) >= 0)


def _take(board: _Board, found: FoundSum) -> None:
    known = found.total, _key(board, found.parts), frozenset(found.parts)
    board.known.add(known)
    board.keys.add(known[:2])
    for part in {*known[1], *known[2]}:
        board.known_by_part[part].add(known)
    board.totals.add(found.total)
    board.covered.update(found.parts)
    board.covered.discard(found.total)
    if not _failed(found):
        board.sound.add(found.total)


def _follows(board: _Board, each: FoundSum) -> bool:
    """Whether a sum says nothing new: some of its parts are those of a total that is known."""
    key, own = _key(board, each.parts), board.names[each.total]
    lines = frozenset(each.parts)
    near = {known for part in key | lines for known in board.known_by_part[part]}
    for total, parts, others in near:
        if board.names[total] != own:
            if (parts < key and len(parts) > 1) or others < lines:
                return True
            if parts == key and not _failed(each) and not _is_exact(board, each):
                return True  # what holds to the last digit with another total
        elif parts == key and abs(each.total - total) > 1:
            return True  # the same total, printed again elsewhere
        elif parts < key or key < parts:
            return True  # with other lines that come to nothing
    same = (known[:2] == (each.total, key) for known in near)
    return any(same) or key | {own} in board.tied


def _is_exact(board: _Board, found: FoundSum) -> bool:
    """Whether a sum holds to the last digit wherever its total is printed."""
    said = board.filled[found.total]
    return bool(
        (board.values[list(found.parts)].sum(axis=0) == board.values[found.total])[said].all()
    )


def _is_like(figures: Sequence[int], others: Sequence[Sequence[int]], quantum: int) -> bool:
    """Whether the two largest parts stand in the same proportion, within rounding, as before."""
    ordered = sorted(range(len(figures)), key=lambda at: -abs(figures[at]))
    one, two = ordered[:2]
    for other in others:
        missed = abs(figures[one] * other[two] - figures[two] * other[one])
        size = sum(abs(each) for line in (figures, other) for each in (line[one], line[two]))
        if missed <= quantum * size:
            return True
    return False


def _is_misprint(stated: int, computed: int, figures: Sequence[int]) -> bool:
    """Whether a slip in one figure explains why a sum fails; else it is of another kind there."""
    missed = stated - computed
    pairs = ((stated, computed), *((each, each + missed) for each in figures))
    return any(all(pair) and slip_between(*pair) is not None for pair in pairs)


def _completed(board: _Board, total: int, proposal: _Proposal) -> _Proposal:
    """A sum with the nearest other line that is nil wherever it holds, and all that it lacks else.

    A part that came up once only is seen in no other crossing line.
    """
    own = [total, *proposal.parts]
    missed = board.values[total] - board.values[list(proposal.parts)].sum(axis=0)
    reach = board.quanta[own].sum(axis=0)
    fails = (2 * abs(missed) > reach).astype(bool)
    if not fails.any() or fails.all():
        return proposal
    said, quanta = board.values[:, fails], board.quanta[:, fails]
    closes = (2 * abs(missed[fails] - said) <= reach[fails] + quanta) & (said != 0)
    fits = closes.astype(bool).all(axis=1) & ~board.values[:, ~fails].astype(bool).any(axis=1)
    fits[own] = False
    if not fits.any():
        return proposal
    once = int(min(np.flatnonzero(fits), key=lambda line: abs(line - total)))
    return replace(proposal, parts=tuple(sorted((*proposal.parts, once))))


def _exceptions(
    stated: NDArray[Any],
    computed: NDArray[Any],
    figures: NDArray[Any],
    failing: Sequence[int],
    tried: int,
) -> frozenset[int]:
    """The crossing lines in which a sum is meant for no figures, unless slips explain them all."""
    if len(failing) * LINES_PER_ERROR <= max(tried, LINES_PER_ERROR) and all(
        _is_misprint(int(stated[at]), int(computed[at]), figures[:, at].tolist()) for at in failing
    ):
        return frozenset()
    return frozenset(failing)


def _has_unseen(board: _Board, total: int, figures: NDArray[Any]) -> bool:
    """Whether a part is finer everywhere than its total is printed: a share beside its amounts."""
    unseen = (abs(figures) < board.quanta[total]).astype(bool).all(axis=1)
    return bool((unseen & figures.astype(bool).any(axis=1)).any())


def _weighed(board: _Board, total: int, proposal: _Proposal) -> FoundSum | None:
    """The sum with its evidence, if the crossing lines bear it out."""
    parts = list(proposal.parts)
    stated, figures = board.values[total], board.values[parts]
    computed = figures.sum(axis=0)
    said = board.filled[total] & board.filled[parts].any(axis=0)
    said &= (stated != 0) | (computed != 0)
    allowances = board.quanta[total] + board.quanta[parts].sum(axis=0)
    holds = said & (2 * abs(stated - computed) <= allowances)
    held, tried = int(holds.sum()), int(said.sum())
    if held < board.least or _has_unseen(board, total, figures):
        return None
    failing = np.flatnonzero(said & ~holds).tolist()
    exceptions = _exceptions(stated, computed, figures, failing, tried)
    trials, kinds = [], list[tuple[int, ...]]()
    distinct = alike = exact = 0
    times = Counter(stated[said].tolist())
    leading = figures[np.count_nonzero(figures, axis=1).argmax()]
    # What repeats one part says nothing of the others.
    passed = {*exceptions, *np.flatnonzero(holds & (computed == leading))[1:].tolist()}
    for at in (at for at in np.flatnonzero(said).tolist() if at not in passed):
        own = tuple(int(figure) for figure in figures[:, at])
        if holds[at] and computed[at] != leading[at]:
            # How rare a figure is in its line says how unlikely it is that others match it.
            distinct += (tried // times[stated[at]]).bit_length() - 1
        if holds[at] and len(kinds) < MOST_KINDS:
            if _is_like(own, kinds, int(board.quanta[total, at])):
                # Proportional lines hold together, but for what rounding does to each.
                alike += 1
                exact += 1 if stated[at] == computed[at] else -1
                continue
            kinds.append(own)
        terms = 1 + int(board.filled[parts, at].sum())
        addends = sum(map(bool, own))
        # Multiples of one figure add up as small numbers do.
        unit = gcd(int(stated[at]), int(computed[at]), *own) or 1
        trial = Trial(
            int(stated[at]) // unit,
            int(computed[at]) // unit,
            int(allowances[at]) // unit,
            addends,
            terms,
        )
        trials.append(trial)
    # Which crossing lines are exceptions takes bits to say.
    excepted = len(exceptions) * tried.bit_length()
    weight = weigh(trials, -UNSAID_BITS - proposal.cost - excepted)
    exact = alike if exact == alike else 0
    if min(weight.held + exact, distinct) < board.least or weight.failed > weight.held:
        return None
    # Each part says something where the sum holds: what merely repeats a line is no total of it.
    if sum(map(any, figures[:, holds].tolist())) < 2:
        return None
    found = FoundSum(total, proposal.parts, weight, exceptions)
    bits = weight.prior - weight.loss + max(weight.gain + exact, distinct)
    if bits >= BORNE_OUT_BITS:
        return found
    if not exceptions:
        board.weak[tuple(part - total for part in found.parts)].append(found)
    return None


def _pooled(board: _Board) -> int:
    """Take up sums of one shape at regular distances that are borne out together: a habit.

    What one quarter of three months does not prove, three of them may. Returns how many are new.
    """
    taken = 0
    for alike in board.weak.values():
        sums = sorted({each.total: each for each in alike}.values(), key=lambda each: each.total)
        steps = {two.total - one.total for one, two in pairwise(sums)}
        whole = sum(each.weight.gain - each.weight.loss for each in sums)
        bits = whole + min(each.weight.prior for each in sums)
        if len(sums) < SERIES or len(steps) > 1 or bits < BORNE_OUT_BITS:
            continue
        for each in sums:
            if not _follows(board, each):
                _take(board, each)
                board.found.append(each)
                taken += 1
    return taken
