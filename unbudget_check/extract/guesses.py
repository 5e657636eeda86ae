"""Which open rows a total may add up: guesses from the stack, each weighed against the columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import Trial, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.reading import Weight

    Figures = Sequence[int | None]

# A difference is formed of the last few rows: net = gross - deductions, change = new - old.
REACH = 12
# Columns that screen the starts of a total before all columns are weighed.
SCREENS = 3


@dataclass(frozen=True, slots=True)
class Open:
    """A row that no total has taken yet: its position, or (table, row) of an earlier part.

    ``is_total`` is true for a row that has taken others itself; ``sign`` is -1 where the label
    says that the row is deducted; ``adjusts`` where it leads from the row before it to the next.
    ``reference`` is the marker by which formulas in labels call it, ``marker`` the printed one,
    ``label`` what it is called, normalised, where it is no total.
    ``falls`` is false where sums of it and any open rows before it grow with every row.
    """

    position: int
    values: tuple[int | None, ...]
    depth: int = 0
    above: tuple[int, int] | None = None
    is_total: bool = False
    sign: int = 1
    numbered: bool = False
    adjusts: bool = False
    reference: str = ""
    marker: str = ""
    label: str = ""
    falls: bool = True


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
            trial = Trial(value, total, allowance, addends, terms, sums=True, figures=figures)
            trials.append(trial)
    return weigh(trials, prior)


def plain(
    stack: Sequence[Open], start: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Guess:
    """The guess that all rows from a start to the top are added up, deductions taken off.

    "Less: 50" may also be printed as a negative figure, which is added.
    """
    parts = stack[start:]
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
    lowest = max(len(stack) - REACH, lowest)
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


def changes(
    stack: Sequence[Open], lowest: int, stated: Figures, quanta: Sequence[int], prior: int
) -> Iterator[Guess]:
    """Guesses that a row is what one of the last rows has more, or less, than another."""
    near = stack[max(len(stack) - REACH, lowest) :]
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
        if is_right:
            starts.append(at)
        if is_over and not part.falls:
            break
    return starts
