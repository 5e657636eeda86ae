"""Propose which rows a total adds up: from formulas of a worksheet, or from the open rows.

What the formulas of a worksheet add up, row by row of a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product, zip_longest
from operator import mul
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import PAIR, Trial, weigh
from unbudget_check.worksheet.evaluate import calculation_of
from unbudget_check.worksheet.grammar import split_address
from unbudget_check.worksheet.linear import linear_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.facts import Weight

    Figures = Sequence[int | None]
    from collections.abc import Mapping

    from unbudget_check.model.document import Worksheets
    from unbudget_check.model.facts import TableFacts
    from unbudget_check.worksheet.evaluate import Address, Calculation


# A difference is formed of the last few rows: net = gross - deductions, change = new - old.
DIFFERENCE_ROWS = 12
# Rows, the total among them, that are tried with any signs.
MOST_MIXED = 7
# Of three figures a sum that rounding alone explains is the likelier one by chance, two times of
# three; of a right sum it is so at most every other time, and where columns are exact, hardly ever.
INEXACT_BITS = 1
# Columns that screen the starts of a total before all columns are weighed.
SCREENS = 3


# Rows that a formula adds up, as (position, sign).
Sum = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A row that no total has taken yet: its position, or (table, row) of an earlier part.

    ``is_total`` is true for a row that has taken others itself; ``sign`` is -1 where the label
    says that the row is deducted; ``adjusts`` where it leads from the row before it to the next,
    ``rated`` where it is a printed rate of that row.
    ``reference`` is the marker by which formulas in labels call it, ``marker`` the printed one,
    ``label`` what it is called, normalised, where it is no total.
    ``falls`` are the columns in which a sum of open rows, it and any before it, may become smaller
    by one more of them.
    ``under`` is the position of the row of whose code its own is a part, or -1.
    """

    position: int
    values: tuple[int | None, ...]
    depth: int = 0
    above: tuple[int, int] | None = None
    is_total: bool = False
    sign: int = 1
    numbered: bool = False
    adjusts: bool = False
    rated: bool = False
    reference: str = ""
    marker: str = ""
    label: str = ""
    falls: frozenset[int] = frozenset()
    under: int = -1


@dataclass(frozen=True, slots=True)
class Guess:
    """The parts of a total and their signs; it closes the rows of the stack from ``start`` on.

    ``said`` is true where words, or the form of the page, say the same.
    """

    start: int
    parts: tuple[Open, ...]
    signs: tuple[int, ...]
    weight: Weight
    said: bool = False


def guess_of(
    parts: Sequence[Open],
    signs: Sequence[int],
    start: int,
    stated: Figures,
    quanta: Sequence[int],
    prior: int,
) -> Guess:
    """The guess that a total adds up these rows, weighed column by column."""
    weight = weigh_parts(
        [(part.values, sign) for part, sign in zip(parts, signs, strict=True)],
        stated,
        quanta,
        prior,
    )
    return Guess(start, tuple(parts), tuple(signs), weight)


def weigh_parts(
    parts: Sequence[tuple[Figures, int]], stated: Figures, quanta: Sequence[int], prior: int
) -> Weight:
    """What the columns say of a sum; all in one unit, None is a blank, which has no say.

    A column whose parts are all nil says nothing: there the total was not broken down.
    """
    trials = []
    signs = [sign for _, sign in parts]
    for column, (value, *printed) in enumerate(
        zip(stated, *(values for values, _ in parts), strict=True)
    ):
        if value is None:
            continue
        figures = tuple([(f or 0) * sign for f, sign in zip(printed, signs, strict=True)])
        addends = len(figures) - figures.count(0)
        if addends:
            terms = 1 + len(printed) - printed.count(None)
            allowance, total = quanta[column] * terms, sum(figures)
            # A sum of one row repeats it, as one with nils does.
            terms = max(terms, PAIR + 1)
            trial = Trial(value, total, allowance, addends, terms, sums=True, figures=figures)
            trials.append(trial)
    inexact = sum(trial.holds and trial.stated != trial.computed for trial in trials)
    return weigh(trials, prior - INEXACT_BITS * inexact)


def plain(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Guess:
    """The guess that all rows from a start to the top are added up, deductions taken off.

    "Less: 50" may also be printed as a negative figure, which is added. Rows whose codes say that
    they are parts of another of these rows are not added again.
    """
    parts = stack[start:]
    if any(part.under >= 0 for part in parts):
        there = {part.position for part in parts}
        parts = [part for part in parts if part.under not in there]
    bare = guess_of(parts, [1] * len(parts), start, stated, quanta, prior)
    if all(part.sign > 0 for part in parts):
        return bare
    signed = guess_of(parts, [part.sign for part in parts], start, stated, quanta, prior)
    return max(signed, bare, key=lambda guess: guess.weight.bits)


def shallowest(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Guess | None:
    """The guess that only the rows of the smallest indentation count, the others are "of which"."""
    depth = min((part.depth for part in stack[start:]), default=0)
    parts = [part for part in stack[start:] if part.depth == depth]
    if len(parts) == len(stack) - start:
        return None
    return guess_of(parts, [1] * len(parts), start, stated, quanta, prior)


def but_one(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Guess | None:
    """The guess that one row, not the first, is left out: by which the largest figure is missed.

    A row that was put in later may be missing in the total, and a memo item stands anywhere. More
    than one column must say so, and none may say anything else.
    """
    value, column = max(((abs(v), at) for at, v in enumerate(stated) if v), default=(0, 0))
    figures = [(part.values[column] or 0) * part.sign for part in stack[start:]]
    missed = sum(figures) - (stated[column] or 0)
    reach = quanta[column] * (len(figures) + 1)
    if not value or 2 * abs(missed) <= reach or len(figures) <= PAIR:
        return None
    at = min(range(1, len(figures)), key=lambda at: abs(missed - figures[at]))
    if 2 * abs(missed - figures[at]) > reach:
        return None
    parts = [*stack[start : start + at], *stack[start + at + 1 :]]
    guess = guess_of(parts, [part.sign for part in parts], start, stated, quanta, prior)
    return guess if guess.weight.held > 1 and not guess.weight.failed else None


def unrepeated(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Guess | None:
    """The guess that a row with the figures of the row beside it is the total of that one alone."""
    parts = [
        part
        for part, beside in zip_longest(stack[start:], stack[start + 1 :])
        if beside is None or beside.values != part.values or not any(part.values)
    ]
    if not 0 < len(parts) < len(stack) - start:
        return None
    return guess_of(parts, [1] * len(parts), start, stated, quanta, prior)


def differences(
    stack: Sequence[Open],
    lowest: int,
    stated: Figures,
    quanta: Sequence[int],
    prior: int,
    *,
    said: bool = True,
) -> Iterator[Guess]:
    """Guesses that the rows after a total are taken from it: gross, less ..., net.

    Where no words can say so, one of the columns must come right.
    """
    lowest = max(len(stack) - DIFFERENCE_ROWS, lowest)
    if not any(part.is_total for part in stack[lowest:-1]):
        return
    less = [0] * len(stated)
    for start in range(len(stack) - 1, lowest - 1, -1):
        part = stack[start]
        if part.is_total and start < len(stack) - 1:
            terms = len(stack) - start + 1
            if said or any(
                value is not None and 2 * abs(value - (gross or 0) + net) <= quantum * terms
                for value, gross, net, quantum in zip(
                    stated, part.values, less, quanta, strict=True
                )
            ):
                signs = [1, *[-1] * (terms - 2)]
                yield guess_of(stack[start:], signs, start, stated, quanta, prior)
        less = [net + (figure or 0) for net, figure in zip(less, part.values, strict=True)]


def mixed(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Iterator[Guess]:
    """Guesses that the few rows after a total, or a net, lead on from it with signs of their own.

    What interest received adds and interest paid takes off, no sign may say. The largest figure
    screens the signs.
    """
    near = range(len(stack) - 1, max(lowest, len(stack) - MOST_MIXED) - 1, -1)
    start = next((at for at in near if stack[at].is_total), len(stack))
    parts = stack[start:]
    if len(parts) <= PAIR:
        return
    value, column = max(((abs(v), at) for at, v in enumerate(stated) if v), default=(0, 0))
    figures = [part.values[column] or 0 for part in parts]
    reach = quanta[column] * (len(parts) + 1)
    for signs in product((1, -1), repeat=len(parts) - 1):
        total = figures[0] + sum(map(mul, signs, figures[1:]))
        if value and len(set(signs)) > 1 and 2 * abs((stated[column] or 0) - total) <= reach:
            yield guess_of(parts, (1, *signs), start, stated, quanta, prior - len(signs))


def changes(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Iterator[Guess]:
    """Guesses that a row is what one of the last rows has more, or less, than another."""
    near = stack[max(len(stack) - DIFFERENCE_ROWS, lowest) :]
    for old, new in combinations(near, 2):
        for signs in ((1, -1), (-1, 1)):
            yield guess_of((new, old), signs, len(stack), stated, quanta, prior)


def screened(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int]
) -> list[int]:
    """The starts at which one of the largest stated figures comes out right, within rounding.

    This saves time only: what is left out could not have been borne out.
    """
    figures = [(value, column) for column, value in enumerate(stated) if value]
    largest = sorted(figures, key=lambda figure: (-abs(figure[0]), figure[1]))[:SCREENS]
    missed = [-value for value, _ in largest]
    most = len(stack) - lowest + 1
    starts = []
    for at in range(len(stack) - 1, lowest - 1, -1):
        part = stack[at]
        terms = len(stack) - at + 1
        is_right, is_over = False, True
        for place, (_, column) in enumerate(largest):
            missed[place] += (part.values[column] or 0) * part.sign
            is_right = is_right or 2 * abs(missed[place]) <= quanta[column] * terms
            is_over = is_over and 2 * missed[place] > quanta[column] * most
            is_over = is_over and column not in part.falls
        if is_right:
            starts.append(at)
        if is_over:
            break
    return starts


@dataclass(frozen=True, slots=True)
class Declared:
    """The sums of whole rows that the formulas of one row state, that of most rows first.

    Rows are left out by mistake more often than they are added. ``columns`` are those in which the
    row holds a formula whose stored result is, for all that is known, what it comes to.
    """

    sums: tuple[Sum, ...]
    columns: frozenset[int]


def declared_sums(facts: TableFacts, worksheets: Worksheets) -> Mapping[int, Declared]:
    """What formulas add up, by position of the row."""
    corner = split_address(facts.address)
    sheets = {sheet.name: at for at, sheet in enumerate(worksheets.sheets)}
    if corner is None or corner[0] not in sheets:
        return {}
    found = calculation_of(worksheets)
    sheet, (top, left) = sheets[corner[0]], corner[1]
    positions = {top + row.index: at for at, row in enumerate(facts.rows)}
    declared = {}
    for at, cells in enumerate(facts.cells):
        sums: list[tuple[Sum, int]] = []
        columns = set()
        for column, cell in enumerate(cells):
            own = (sheet, top + cell.row, left + cell.column) if cell is not None else None
            if own is None or found.formula(own) is None:
                continue
            # A result that is out of date still says something of its own.
            columns |= {column} if found.agrees(own) is not False else set()
            parts = _parts(found, own, positions)
            sums += [(parts, column)] if len(parts) > 1 else []
        if sums:
            declared[at] = Declared(tuple(_different(facts, sums)), frozenset(columns))
    return declared


def _parts(found: Calculation, own: Address, positions: Mapping[int, int]) -> Sum:
    """The rows that a formula adds up in its own column, () where it does anything else."""
    linear = linear_of(found, own)
    if linear is None or not linear.is_plain or own in linear.terms:
        return ()
    columns = {(sheet, column) for sheet, _, column in linear.terms}
    if columns != {(own[0], own[2])} or not all(row in positions for _, row, _ in linear.terms):
        return ()
    return tuple(sorted((positions[row], int(w)) for (_, row, _), w in linear.terms.items()))


def _different(facts: TableFacts, sums: Sequence[tuple[Sum, int]]) -> Iterator[Sum]:
    """The sums that differ by more than rows that are blank in their column."""
    kept: list[tuple[Sum, int]] = []
    for parts, column in sorted(sums, key=lambda each: -len(each[0])):
        if not any(_are_alike(facts, other, (parts, column)) for other in kept):
            kept.append((parts, column))
            yield parts


def _are_alike(facts: TableFacts, one: tuple[Sum, int], other: tuple[Sum, int]) -> bool:
    """Whether every row that only one of them adds is blank where the other might have added it."""
    return all(
        facts.grid[position][column] < 0
        for (more, _), (less, column) in ((one, other), (other, one))
        for position, _ in set(more) - set(less)
    )
