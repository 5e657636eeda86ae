"""Which columns each total column adds up: by formula, by heading, or because the rows agree."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from unbudget_check.extract.neighbours import FACTOR
from unbudget_check.extract.structure import find_structure
from unbudget_check.judge.votes import Vote, vote
from unbudget_check.model.facts import Column, ColumnRole, Row, RowRole, Tie
from unbudget_check.model.formulas import parse_sum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    Values = Sequence[tuple[int | None, ...]]

# A tie that no heading announces must be this unlikely by chance, in bits, over so many rows; the
# more columns there are to try, the less a match proves.
CERTAIN = 16
ENOUGH = 3
# So many rows are read before all of them must agree.
TELLING = 24
# Wider tables are not searched for ties that no heading announces.
WIDEST = 14
_AMOUNTS = frozenset(
    {
        ColumnRole.AMOUNT,
        ColumnRole.EXPENDITURE,
        ColumnRole.BASE,
        ColumnRole.ESTIMATE,
        ColumnRole.NUMBER,
        ColumnRole.CHANGE,
    }
)
_TOTALS = frozenset({ColumnRole.TOTAL, ColumnRole.SUBTOTAL})


def find_ties(columns: Sequence[Column], values: Values, quanta: Values) -> tuple[Tie, ...]:
    """All ties across the columns; ``values[row][column]`` and ``quanta`` are in one unit."""
    ties = [*_by_formula(columns, values, quanta), *_by_heading(columns, values, quanta)]
    ties += _by_group(columns, values, quanta)
    ties += _by_factors(columns, values, quanta)
    known = any(c.role in (ColumnRole.CHANGE, ColumnRole.TECHNICAL) for c in columns)
    if not ties and not known:
        ties = _by_agreement(columns, values, quanta)
    if not known:
        ties += _like_rows(columns, values, quanta, {tie.stated for tie in ties})
    return tuple(ties)


def _like_rows(
    columns: Sequence[Column], values: Values, quanta: Values, stated: Collection[int]
) -> list[Tie]:
    """Columns that add up others, read in the way in which rows are: from left to right, or back.

    The rows with the largest figures are read; all of them must then bear a tie out.
    """
    amounts = [c.index for c in columns if c.role in _AMOUNTS or c.role in _TOTALS]
    if len(amounts) < ENOUGH or len(values) < ENOUGH:
        return []
    telling = sorted(range(len(values)), key=lambda r: -sum(bool(values[r][c]) for c in amounts))
    telling = sorted(telling[:TELLING])
    turned = {c: tuple(values[r][c] for r in telling) for c in amounts}
    widths = [max(quanta[r]) for r in telling]
    order = [(c, Row(c, "", RowRole.ITEM)) for c in amounts]
    ties = []
    for footing in find_structure(order, turned, widths).footings:
        if footing.total not in stated:
            parts = list(zip(footing.parts, footing.signs, strict=True))
            tie = _tie(footing.total, parts, values, quanta, "found")
            if tie.voted >= ENOUGH and 10 * tie.agreed >= 9 * tie.voted:
                ties.append(tie)
    return ties


def untied(columns: Sequence[Column], values: Values, ties: Iterable[Tie]) -> tuple[str, ...]:
    """The headings that say total, and are borne out by no tie although there are figures."""
    stated = {tie.stated for tie in ties}
    return tuple(
        column.heading
        for column in columns
        if column.role is ColumnRole.TOTAL
        and column.index not in stated
        and any(row[column.index] for row in values)
    )


def _by_formula(columns: Sequence[Column], values: Values, quanta: Values) -> list[Tie]:
    """Ties printed in the headings, such as (5)=(4)-(3)."""
    marks = {column.mark: column.index for column in columns if column.mark}
    ties = []
    for column in columns:
        terms = parse_sum(column.formula)
        if len(terms) > 1 and all(name in marks for _, name in terms):
            parts = [(marks[name], sign) for sign, name in terms]
            ties.append(_tie(column.index, parts, values, quanta, "formula"))
    return ties


def _by_heading(columns: Sequence[Column], values: Values, quanta: Values) -> list[Tie]:
    """Subtotal and total columns, in the way in which rows are added up."""
    ties: list[Tie] = []
    waiting: list[int] = []
    closed = 0
    for column in columns:
        if column.role in _AMOUNTS:
            waiting.append(column.index)
        elif column.role in _TOTALS and waiting:
            start = closed if column.role is ColumnRole.SUBTOTAL and closed < len(waiting) else 0
            candidates = [waiting[start:], *(waiting[at:] for at in range(len(waiting)))]
            tried = [
                _tie(column.index, [(part, 1) for part in parts], values, quanta, "heading")
                for parts in candidates
                if parts
            ]
            # The first candidate is what the headings suggest; max keeps it among equals.
            best = max(tried, key=lambda tie: 2 * tie.agreed - tie.voted)
            # Nothing but dashes under a heading that says total: all of it is missing.
            is_missing = not any(row[column.index] for row in values) and len(tried[0].parts) > 1
            best = tried[0] if is_missing else best
            if best.voted and (is_missing or 2 * best.agreed >= best.voted):
                ties.append(best)
                taken = {part for part, _ in best.parts}
                waiting = [index for index in waiting if index not in taken]
            waiting.append(column.index)
            closed = len(waiting)
    return ties


def _by_group(columns: Sequence[Column], values: Values, quanta: Values) -> list[Tie]:
    """Side by side groups with the same columns, the last of which is their total."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.group and column.role not in (ColumnRole.PERCENTAGE, ColumnRole.SHARE):
            groups.setdefault(column.group, []).append(column)
    sets = list(groups.values())
    if len(sets) < ENOUGH or len({tuple(c.role for c in found) for found in sets}) > 1:
        return []
    ties = []
    for place, column in enumerate(sets[-1]):
        parts = [(found[place].index, 1) for found in sets[:-1]]
        tie = _tie(column.index, parts, values, quanta, "heading")
        if tie.voted and 2 * tie.agreed > tie.voted:
            ties.append(tie)
    return ties


def _by_factors(columns: Sequence[Column], values: Values, quanta: Values) -> list[Tie]:
    """Changes that are the sum of the factors beside them, below the same heading."""
    ties = []
    for column in columns:
        parts = [(c.index, 1) for c in columns if c.concept == FACTOR and c.group == column.group]
        if column.role is ColumnRole.CHANGE and parts:
            tie = _tie(column.index, parts, values, quanta, "heading")
            if tie.voted and 2 * tie.agreed >= tie.voted:
                ties.append(tie)
    return ties


def _by_agreement(columns: Sequence[Column], values: Values, quanta: Values) -> list[Tie]:
    """Sums and differences that nearly all rows bear out although no heading says so."""
    amounts = [column.index for column in columns if column.role in _AMOUNTS]
    if not ENOUGH <= len(amounts) <= WIDEST:
        return []
    needed = CERTAIN + 3 * len(amounts).bit_length()
    ties: list[Tie] = []
    stated_before: set[int] = set()
    for (stated, _), *parts in _guesses(amounts):
        used = {stated, *(part for part, _ in parts)}
        known = any(used == {t.stated, *(p for p, _ in t.parts)} for t in ties)
        if known or stated in stated_before or not _is_promising(stated, parts, values, quanta):
            continue
        found = _vote(stated, parts, values, quanta)
        if found.voted >= ENOUGH and 3 * found.agreed >= 2 * found.voted and found.bits >= needed:
            ties.append(Tie(stated, tuple(parts), found.agreed, found.voted, "found"))
            stated_before.add(stated)
    return ties


def _is_promising(
    stated: int, parts: Sequence[tuple[int, int]], values: Values, quanta: Values
) -> bool:
    """Whether a guess holds in one of the three rows that say most: else it need not be voted."""
    largest = sorted(range(len(values)), key=lambda r: -abs(values[r][stated] or 0))[:ENOUGH]
    found = _vote(stated, parts, [values[r] for r in largest], [quanta[r] for r in largest])
    return found.agreed > 0


def _guesses(amounts: Sequence[int]) -> Iterable[tuple[tuple[int, int], ...]]:
    """(stated, part, part, ...): runs of columns added up on either side, then any two columns."""
    lengths = range(len(amounts) - 1, 1, -1)
    for (at, stated), length in product(enumerate(amounts), lengths):
        for run in (amounts[max(at - length, 0) : at], amounts[at + 1 : at + 1 + length]):
            if len(run) == length:
                yield ((stated, 1), *((part, 1) for part in run))
    for stated in reversed(amounts):
        for one, other in combinations([i for i in amounts if i != stated], 2):
            yield ((stated, 1), (one, 1), (other, 1))


def _tie(
    stated: int, parts: Sequence[tuple[int, int]], values: Values, quanta: Values, origin: str
) -> Tie:
    found = _vote(stated, parts, values, quanta)
    return Tie(stated, tuple(parts), found.agreed, found.voted, origin)


def _vote(stated: int, parts: Sequence[tuple[int, int]], values: Values, quanta: Values) -> Vote:
    sums = [
        sum(sign * value for part, sign in parts if (value := row[part]) is not None)
        for row in values
    ]
    counts = [sum(row[part] is not None for part, _ in parts) for row in values]
    return vote(
        [row[stated] for row in values],
        sums,
        counts,
        [max((weights[part] or 0) for part, _ in (*parts, (stated, 1))) for weights in quanta],
    )
