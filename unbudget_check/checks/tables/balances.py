"""Columns that go on from row to row: running balances, cumulative amounts, opening = closing."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import (
    HIGH_BITS,
    Trial,
    significance,
    standing_of,
    weigh,
)
from unbudget_check.model.claims import place_of
from unbudget_check.model.facts import (
    UNSUMMED,
    CellKind,
    ColumnRole,
    Reading,
    RowRole,
    Spot,
    Standing,
)
from unbudget_check.model.number import scaled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.rulebook.rule import Rule

    # What a figure has beside the one of the row above it: columns of its own row, with signs.
    Moves = Sequence[tuple[int, int]]

# Consecutive rows that must continue the balance; a first row has nothing above it.
FEWEST_STEPS = 4
# A slip breaks its own step and the next; more than one is another reading.
STEPS_PER_SLIP = 2
# Figures of less than three digits agree by chance.
SAYING_BITS = 7
# Wider tables are not searched, nor more columns that move a balance.
WIDEST_COLUMNS, WIDE_COLUMNS, MOST_MOVES = 14, 7, 3
# Where a table leads from a base to an estimate, no row goes on from the one above it.
_EXPLAINED = frozenset({ColumnRole.BASE, ColumnRole.CHANGE, ColumnRole.ESTIMATE})
# Rows in which a reading is tried before all of them are weighed.
SAMPLE_STEPS = 5


def check_running(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Write balance - balance above - moves = 0 for each column of which the rows bear that out."""
    for index, table in enumerate(facts.tables):
        columns = [column.index for column in table.columns if column.role not in UNSUMMED]
        roles = {column.role for column in table.columns}
        if not 1 < len(columns) <= WIDEST_COLUMNS or roles >= _EXPLAINED:
            continue
        for stated in columns:
            steps = list(_steps(facts, table, stated))
            found = _borne_out(facts, table, stated, columns, steps)
            if found is None:
                continue
            before, moves, prior = found
            moving = {stated, *dict(moves)}
            if moves and any(moving < {tie.stated, *dict(tie.parts)} for tie in table.ties):
                continue  # its row leads to it from an opening balance, which is the one above
            names = ", ".join(table.columns[each].heading for each in (before, *dict(moves)))
            spot = Spot(table.ordinal, 0, stated)
            at = claims.read(Reading("derived", spot, names, prior))
            signs = [1, -1, *(-sign for _, sign in moves)]
            for above, row in steps:
                figures = _figures(table, stated, before, moves, (above, row))
                if min(figures[:2]) >= 0:
                    place = place_of(table, row, stated)
                    claims.add(index, number, [figures], signs, [place], reading=at)


def _steps(facts: DocumentFacts, table: TableFacts, stated: int) -> Iterator[tuple[int, int]]:
    """The rows of items with a figure in a column, each with the one above it."""
    totals = {footing.total for footing in table.footings}
    rows = [
        row
        for row in range(len(table.rows))
        if table.rows[row].role is RowRole.ITEM
        and row not in totals
        and table.grid[row][stated] >= 0
        and table.numerals[row][stated].reading in {CellKind.FIGURE, CellKind.NIL}
    ]
    del facts
    yield from pairwise(rows)


def _borne_out(
    facts: DocumentFacts,
    table: TableFacts,
    stated: int,
    columns: Sequence[int],
    steps: Sequence[tuple[int, int]],
) -> tuple[int, Moves, int] | None:
    """The column that goes on in this one, and what moves it, as the rows bear out best."""
    if len(steps) < FEWEST_STEPS - 1:
        return None
    others = [column for column in columns if column != stated]
    readings: list[tuple[int, Moves]] = [(column, ()) for column in others]
    for size in range(1, (MOST_MOVES if len(others) < WIDE_COLUMNS else MOST_MOVES - 1) + 1):
        for chosen in combinations(others, size):
            readings += [
                (stated, tuple(zip(chosen, signs, strict=True)))
                for signs in product((1, -1), repeat=size)
            ]
    prior = -len(readings).bit_length()
    sample = _amounts(facts, table, steps[:SAMPLE_STEPS])
    best: tuple[int, int, Moves] | None = None
    for before, moves in readings:
        if not _agree(sample, stated, before, moves):
            continue
        trials = _trials(facts, table, stated, before, moves, steps)
        weight = weigh(trials, prior)
        is_sure = standing_of(weight) is Standing.BORNE_OUT and weight.bits >= HIGH_BITS
        is_rare = sum(not trial.holds for trial in trials) <= STEPS_PER_SLIP
        # Whoever keeps a balance adds what is printed; a bound for rounding alone proves nothing.
        exact = sum(trial.stated == trial.computed for trial in trials)
        is_rare = is_rare and 2 * exact >= len(trials)
        told = weight.held >= max(FEWEST_STEPS - 1, STEPS_PER_SLIP * weight.failed)
        if is_sure and is_rare and told and (best is None or weight.bits > best[0]):
            best = weight.bits, before, moves
    return (best[1], best[2], prior) if best is not None else None


def _amounts(
    facts: DocumentFacts, table: TableFacts, steps: Sequence[tuple[int, int]]
) -> list[tuple[list[int], list[int]]]:
    """The rows of some steps, above and below, in one unit; a blank is nothing."""
    found = []
    for step in steps:
        numbers = [[facts.numbers[f] if f >= 0 else None for f in table.grid[row]] for row in step]
        finest = min((n.exponent for row in numbers for n in row if n is not None), default=0)
        above, below = ([scaled(n, finest) if n is not None else 0 for n in row] for row in numbers)
        found.append((above, below))
    return found


def _agree(
    sample: Sequence[tuple[list[int], list[int]]], stated: int, before: int, moves: Moves
) -> bool:
    """Whether a reading comes out exactly in most of some steps, which saves weighing it."""
    missed = 0
    for above, row in sample:
        computed = above[before]
        for column, sign in moves:
            computed += sign * row[column]
        missed += computed != row[stated]
        if missed > STEPS_PER_SLIP:
            return False
    return missed < len(sample)


def _trials(
    facts: DocumentFacts,
    table: TableFacts,
    stated: int,
    before: int,
    moves: Moves,
    steps: Sequence[tuple[int, int]],
) -> list[Trial]:
    """The steps that say something: a figure that stays as it is proves nothing."""
    found = []
    for step in steps:
        figures = _figures(table, stated, before, moves, step)
        numbers = [facts.numbers[figure] for figure in figures if figure >= 0]
        moved = not moves or any(number.units for number in numbers[2:])
        if min(figures[:2]) >= 0 and moved:
            signs = [1, -1, *(-sign for _, sign in moves)]
            terms = [(f, sign) for f, sign in zip(figures, signs, strict=True) if f >= 0]
            trial = trial_of(terms, facts.numbers, facts.counts)
            if not trial.holds or _says_much(trial):
                found.append(trial)
    return found


def _says_much(trial: Trial) -> bool:
    """Whether the figures are so large that small ones near each other would not agree."""
    return significance(trial.stated) >= SAYING_BITS


def _figures(
    table: TableFacts, stated: int, before: int, moves: Moves, step: tuple[int, int]
) -> list[int]:
    above, row = step
    own = (table.grid[row][column] for column, _ in moves)
    return [table.grid[row][stated], table.grid[above][before], *own]
