"""Which columns each total column adds up: by formula, by heading, or because the rows agree."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import is_doubtful, standing_of, weigh
from unbudget_check.extract.variance import trials_of, wins
from unbudget_check.model.facts import RATES, Column, ColumnRole, Tie
from unbudget_check.model.formulas import parse_sum, replace_term
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.extract.variance import Figure, Rows
    from unbudget_check.model.reading import Weight

    Values = Sequence[tuple[int | None, ...]]

# So many rows, or groups of columns, at least show a habit.
ENOUGH = 3
# A sum has two parts at least.
PAIR = 2
# One table of some thousands has columns that add up although no heading says so; the more columns
# there are to try, the less a match proves.
CHANCE_BITS = 12
# What a heading that says total adds to the columns before it, and takes from others.
TOTAL_BITS, OTHER_RUN_BITS = 3, 2
# Beyond one, errors are no more than one in so many rows: else the rule has exceptions, or the
# figures were rounded in another way.
FEW_IN_TOTALS, FEW_IN_FOUND = 4, 12
# Wider tables are not searched for sums of any two columns, or of any of them.
WIDEST, WIDEST_SUBSETS = 14, 9
# Months of three years, with their quarters, stand in fewer columns.
LONGEST_RUN = 48
# A group that repeats itself has no more columns than a year has months.
MOST_IN_GROUP = 12
_AMOUNTS = frozenset(
    {
        ColumnRole.AMOUNT,
        ColumnRole.EXPENDITURE,
        ColumnRole.BASE,
        ColumnRole.ESTIMATE,
        ColumnRole.NUMBER,
        ColumnRole.CHANGE,
        ColumnRole.FACTOR,
    }
)
_TOTALS = frozenset({ColumnRole.TOTAL, ColumnRole.SUBTOTAL})


def find_ties(columns: Sequence[Column], values: Values, quanta: Values) -> tuple[Tie, ...]:
    """All ties across the columns; ``values[row][column]`` and ``quanta`` are in one unit."""
    rows = [
        [
            None if value is None else (value, quantum or 0)
            for value, quantum in zip(figures, weights, strict=True)
        ]
        for figures, weights in zip(values, quanta, strict=True)
    ]
    ties = [*_by_formula(columns, rows), *_by_heading(columns, rows), *_by_group(columns, rows)]
    roles = {column.role for column in columns}
    if not ties and not ({ColumnRole.BASE, ColumnRole.ESTIMATE, ColumnRole.CHANGE} <= roles):
        ties = _by_agreement(columns, rows)
    return tuple(ties)


def untied(columns: Sequence[Column], values: Values, ties: Iterable[Tie]) -> tuple[str, ...]:
    """The headings that say total, and are borne out by no tie although there are figures."""
    stated = {tie.stated for tie in ties}
    # Total = not allowed + allowed is allowed = total - not allowed.
    stated |= {
        at for t in ties if t.origin == "found" and len(t.parts) == PAIR for at, _ in t.parts
    }
    return tuple(
        column.heading
        for column in columns
        if column.role is ColumnRole.TOTAL
        and column.index not in stated
        and any(row[column.index] for row in values)
    )


def _by_formula(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Ties printed in the headings, such as (5)=(4)-(3).

    Where no row bears a formula out, but all do with another column in it, that one was meant.
    """
    marks = {column.mark: column.index for column in columns if column.mark}
    ties = []
    for column in columns:
        terms = parse_sum(column.formula)
        if len(terms) < 2 or not all(name in marks for _, name in terms):
            continue
        parts = tuple((marks[name], sign) for sign, name in terms)
        tie = _tie(column.index, parts, _weight(rows, column.index, parts), "formula")
        if standing_of(_weight(rows, column.index, parts)) is Standing.REFUTED:
            tie = _meant(column, parts, marks, rows) or tie
        ties.append(tie)
    return ties


def _meant(
    column: Column, parts: Sequence[tuple[int, int]], marks: Mapping[str, int], rows: Rows
) -> Tie | None:
    """A printed formula with one other column in it that holds in the rows without exception."""
    printed = {index: mark for mark, index in marks.items()}
    used = {column.index, *(index for index, _ in parts)}
    found = []
    for at, (_, sign) in enumerate(parts):
        for other in (index for index in printed if index not in used):
            meant = (*parts[:at], (other, sign), *parts[at + 1 :])
            weight = _weight(rows, column.index, meant)
            if not weight.failed and standing_of(weight) is Standing.BORNE_OUT:
                text = replace_term(column.formula, printed[parts[at][0]], printed[other])
                found.append(replace(_tie(column.index, meant, weight, "formula"), meant=text))
    return found[0] if len(found) == 1 else None


def _by_heading(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Subtotal and total columns, in the way in which rows are added up.

    The columns before them since the last total are what the headings suggest; the rows may bear
    out that others are added up: columns before the first of these, or some columns left out.
    """
    ties: list[Tie] = []
    waiting: list[int] = []
    closed = 0
    for column in columns:
        if column.role in _AMOUNTS:
            waiting.append(column.index)
        elif column.role in _TOTALS and waiting:
            start = closed if column.role is ColumnRole.SUBTOTAL and closed < len(waiting) else 0
            tie = _total(column.index, waiting, start, rows)
            if tie is not None:
                ties.append(tie)
                taken = {part for part, _ in tie.parts}
                waiting = [index for index in waiting if index not in taken]
            waiting.append(column.index)
            closed = len(waiting)
    return ties


def _total(stated: int, waiting: Sequence[int], start: int, rows: Rows) -> Tie | None:
    """What a column that is called a total adds up, if the rows bear anything out."""
    runs = [waiting[start:], *(waiting[at:] for at in range(len(waiting) - 1) if at != start)]
    tried = {
        tuple(run): _weight(rows, stated, [(part, 1) for part in run], _cost(at))
        for at, run in enumerate(runs)
        if len(run) > 1
    }
    if not tried:
        return None
    best = max(tried, key=lambda run: tried[run].bits)
    if tried[best].failed and len(waiting) <= WIDEST_SUBSETS:
        unsaid = -2 - len(waiting)
        some = {
            parts: _weight(rows, stated, [(part, 1) for part in parts], unsaid)
            for parts in _subsets(stated, waiting, rows)
        }
        other = max(some, key=lambda parts: some[parts].bits, default=best)
        if other not in tried and wins(some[other], tried[best]):
            best, tried = other, some
    first = tuple(runs[0])
    if first in tried and not any(_amount(row, stated) for row in rows):
        best = first  # nothing but dashes under a heading that says total: all of it is missing
    elif not tried[best].held or is_doubtful(tried[best], FEW_IN_TOTALS):
        return None
    return _tie(stated, tuple((part, 1) for part in best), tried[best], "heading")


def _cost(at: int) -> int:
    """What the words say of a run of columns: the first one is what they suggest."""
    return -OTHER_RUN_BITS if at else TOTAL_BITS


def _subsets(stated: int, waiting: Sequence[int], rows: Rows) -> Iterable[tuple[int, ...]]:
    """The sets of columns that make the total in one of the rows that say most."""
    telling = sorted(rows, key=lambda row: -abs(_amount(row, stated)))[:ENOUGH]
    found: dict[tuple[int, ...], None] = {}
    for row in telling:
        for size in range(2, len(waiting)):
            for parts in combinations(waiting, size):
                total = sum(_amount(row, part) for part in parts)
                if total and total == _amount(row, stated):
                    found[parts] = None
    return found


def _by_group(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Side by side groups with the same columns, the last of which is their total."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.group and column.role not in RATES:
            groups.setdefault(column.group, []).append(column)
    sets = list(groups.values())
    if len(sets) < ENOUGH or len({tuple(c.role for c in found) for found in sets}) > 1:
        return []
    ties = []
    for place, column in enumerate(sets[-1]):
        parts = tuple((found[place].index, 1) for found in sets[:-1])
        weight = _weight(rows, column.index, parts)
        if standing_of(weight) is Standing.BORNE_OUT:
            ties.append(_tie(column.index, parts, weight, "heading"))
    return ties


def _by_agreement(columns: Sequence[Column], rows: Rows) -> list[Tie]:
    """Sums and differences that the rows bear out although no heading says so.

    Runs of columns come first, and their totals are added up in turn: months make quarters, and
    quarters the year. Other sums of two columns are tried where none was found.
    """
    amounts = [column.index for column in columns if column.role in (*_AMOUNTS, *_TOTALS)]
    unsaid = -(CHANCE_BITS + 3 * len(amounts).bit_length())
    if len(amounts) < ENOUGH:
        return []
    ties = _runs(amounts, rows, unsaid) or _runs(amounts[::-1], rows, unsaid)
    if ties or len(amounts) > WIDEST:
        return ties
    for stated in reversed(amounts):
        others = [index for index in amounts if index != stated]
        for parts in combinations(others, 2):
            used = {stated, *parts}
            known = any(used & {t.stated} or used == {t.stated, *dict(t.parts)} for t in ties)
            tie = None if known else _found(stated, parts, rows, unsaid)
            if tie is not None:
                ties.append(tie)
    return ties


def _runs(amounts: Sequence[int], rows: Rows, unsaid: int) -> list[Tie]:
    """Columns that add up those since the last such column, or these totals themselves."""
    ties: list[Tie] = []
    waiting: list[int] = []
    habit = _habit(amounts, rows)
    for stated in amounts:
        for at in _promising(stated, waiting, rows, habit):
            parts = waiting[at:]
            is_habit = habit.get(stated) == parts or habit.keys() >= set(parts)
            tie = _found(stated, parts, rows, 0 if is_habit else unsaid)
            if tie is not None:
                ties.append(tie)
                del waiting[at:]
                break
        waiting.append(stated)
    return ties


def _promising(
    stated: int, waiting: Sequence[int], rows: Rows, habit: Mapping[int, Sequence[int]]
) -> list[int]:
    """From where the last columns add up in one of the rows that say most, the longest run first.

    Running sums, so that ten thousand columns cost no more than their number.
    """
    largest = sorted(rows, key=lambda row: -abs(_amount(row, stated)))[:ENOUGH]
    sums = [0] * len(largest)
    found = []
    for at in range(len(waiting) - 1, max(len(waiting) - LONGEST_RUN, 0) - 1, -1):
        for place, row in enumerate(largest):
            sums[place] += _amount(row, waiting[at])
            figure = row[stated]
            slack = (figure[1] if figure else 0) * (len(waiting) - at + 1)
            fits = figure and figure[0] and 2 * abs(figure[0] - sums[place]) <= slack
            if fits or habit.get(stated, ())[:1] == [waiting[at]]:
                found.append(at)
                break
    return [at for at in reversed(found) if at < len(waiting) - 1]


def _habit(amounts: Sequence[int], rows: Rows) -> dict[int, list[int]]:
    """The columns that each add up as many before them, as the rows bear out for all together.

    What one quarter of three months proves, it proves for the others, too.
    """
    unsaid = -(CHANCE_BITS + len(amounts).bit_length())
    few = [*rows[:ENOUGH], *rows[-ENOUGH:]]
    for size in range(PAIR, min(len(amounts) // ENOUGH, MOST_IN_GROUP + 1)):
        ends = range(size, len(amounts), size + 1)
        found = {amounts[at]: list(amounts[at - size : at]) for at in ends}
        signed = [(at, [(part, 1) for part in parts]) for at, parts in found.items()]
        if sum(bool(_weight(few, *each).held) for each in signed) < ENOUGH:
            continue
        weight = weigh((t for at, parts in signed for t in trials_of(rows, at, parts)), unsaid)
        if standing_of(weight) is Standing.BORNE_OUT and not is_doubtful(weight, FEW_IN_FOUND):
            return found
    return {}


def _found(stated: int, parts: Sequence[int], rows: Rows, unsaid: int) -> Tie | None:
    """A tie that no heading announces, where the rows bear it out all the same."""
    signed = tuple((part, 1) for part in sorted(parts))
    largest = sorted(rows, key=lambda row: -abs(_amount(row, stated)))[:ENOUGH]
    if not _weight(largest, stated, signed).held:
        return None
    weight = _weight(rows, stated, signed, unsaid)
    if weight.held < ENOUGH or is_doubtful(weight, FEW_IN_FOUND):
        return None
    if standing_of(weight) is not Standing.BORNE_OUT:
        return None
    return _tie(stated, signed, weight, "found")


def _amount(row: Sequence[Figure], column: int) -> int:
    """A figure of a row; blanks are nothing."""
    figure = row[column]
    return 0 if figure is None else figure[0]


def _weight(rows: Rows, stated: int, parts: Iterable[tuple[int, int]], prior: int = 0) -> Weight:
    return weigh(trials_of(rows, stated, parts), prior)


def _tie(stated: int, parts: tuple[tuple[int, int], ...], weight: Weight, origin: str) -> Tie:
    return Tie(stated, parts, weight.held, weight.said, origin)
