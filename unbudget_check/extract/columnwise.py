"""Which columns each total column adds up: by formula, by heading, or because the rows agree."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, combinations, pairwise
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import is_doubtful, standing_of, weigh
from unbudget_check.extract.found_sums import find_sums
from unbudget_check.extract.variance import trials_of, wins
from unbudget_check.model.facts import RATES, Column, ColumnRole, Tie
from unbudget_check.model.formulas import parse_sum, replace_term
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.extract.variance import Figure, Rows
    from unbudget_check.model.reading import Weight

    Values = Sequence[tuple[int | None, ...]]

# So many rows, or groups of columns, at least show a habit.
ENOUGH = 3
# A sum has two parts at least.
PAIR = 2
# What a heading that says total adds to the columns before it, and takes from others.
TOTAL_BITS, OTHER_RUN_BITS = 3, 2
# Beyond one, errors are no more than one in so many rows: else the rule has exceptions, or the
# figures were rounded in another way.
FEW_IN_TOTALS = 4
# Wider tables are not searched for sums of any of their columns.
WIDEST_SUBSETS = 9
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
    return (*ties, *_by_figures(columns, rows, ties))


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
    # What fails in one run and holds in another is no misprint.
    sound = [run for run in tried if tried[run].held and not tried[run].failed]
    if tried[best].failed and sound:
        other = max(sound, key=lambda run: tried[run].bits)
        best = other if tried[other].gain >= tried[best].gain else best
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


def _by_figures(columns: Sequence[Column], rows: Rows, said: Sequence[Tie]) -> Iterator[Tie]:
    """Sums that the rows bear out although no heading says so: months make quarters, and a year."""
    amounts = [column.index for column in columns if column.role in (*_AMOUNTS, *_TOTALS)]
    place = {index: at for at, index in enumerate(amounts)}
    lines = [[row[index] for row in rows] for index in amounts]
    known = [
        (place[tie.stated], [place[p] for p, _ in tie.parts], min(s for _, s in tie.parts) < 0)
        for tie in said
        if {tie.stated, *dict(tie.parts)} <= place.keys()
    ]
    groups = [columns[index].group for index in amounts]
    sections = list(accumulate((a != b for a, b in pairwise(groups)), initial=0))
    for found in find_sums(lines, known, sections, ENOUGH):
        parts = tuple((amounts[part], 1) for part in found.parts)
        tie = _tie(amounts[found.total], parts, found.weight, "found")
        yield replace(tie, exceptions=found.exceptions)


def _amount(row: Sequence[Figure], column: int) -> int:
    """A figure of a row; blanks are nothing."""
    figure = row[column]
    return 0 if figure is None else figure[0]


def _weight(rows: Rows, stated: int, parts: Iterable[tuple[int, int]], prior: int = 0) -> Weight:
    return weigh(trials_of(rows, stated, parts), prior)


def _tie(stated: int, parts: tuple[tuple[int, int], ...], weight: Weight, origin: str) -> Tie:
    return Tie(stated, parts, weight.held, weight.said, origin)
