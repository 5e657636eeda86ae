"""Amounts that step from column to column by their level are one column: details, group, total.

Each row prints one amount. A column further in breaks down what the column beside it adds up:
sub-item, item and category of revenue, or partial and total amounts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import Trial, standing_of, weigh
from unbudget_check.model.facts import CellKind, Standing
from unbudget_check.model.number import scaled
from unbudget_check.understand.tables.layout import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.facts import Weight
    from unbudget_check.understand.tables.layout import TableLayout

    # The figure of each row, in one unit, with the column in which it stands.
    Steps = Mapping[int, tuple[int, int]]

# Sums of a column that the one beside it must break down, at least; debit and credit of a journal
# stand in two columns, too. No word says so: what the search costs in bits.
FEWEST_SUMS, UNSAID_BITS = 2, -8
# Sums to each that fails.
SUMS_PER_ERROR = 4
FEWEST_ROWS = 5


def without_steps(layout: TableLayout) -> tuple[TableLayout, dict[int, int]]:
    """The layout with columns that are steps of one put together, and the levels of its rows.

    The outermost level is 0; there is none where no columns are steps.
    """
    levels: dict[int, int] = {}
    column = 1
    while column + 1 < layout.width:
        end = _run(layout, column)
        found = _levels(layout, column, end) if end > column + 1 else None
        if found:
            layout, levels = _together(layout, column, end), levels or found
        column += 1
    return layout, levels


def _run(layout: TableLayout, first: int) -> int:
    """The end of the columns from one on of which each row fills one at most, with a figure."""
    filled: set[int] = set()
    for column in range(first, layout.width):
        readings = [row[column].reading for row in layout.numerals[layout.body :]]
        own = {at for at, reading in enumerate(readings) if reading is not CellKind.BLANK}
        is_figured = all(readings[at] in NUMERIC for at in own)
        if not own or not is_figured or own & filled:
            return column
        filled |= own
    return layout.width


def _levels(layout: TableLayout, first: int, end: int) -> dict[int, int] | None:
    """The level of each row, if the figures bear out that a column breaks down another."""
    steps = _steps(layout, first, end)
    if len(steps) < FEWEST_ROWS:
        return None
    for outer, sign in ((end - 1, -1), (first, 1)):
        levels = {row: sign * (column - outer) for row, (_, column) in steps.items()}
        weight = _weight(steps, levels)
        is_rare = weight.failed * SUMS_PER_ERROR <= weight.held
        is_told = weight.held >= FEWEST_SUMS and standing_of(weight) is Standing.BORNE_OUT
        if is_told and is_rare:
            return levels
    return None


def _steps(layout: TableLayout, first: int, end: int) -> Steps:
    rows = {
        row: (numeral.number, column)
        for row in range(layout.body, len(layout.numerals))
        for column, numeral in enumerate(layout.numerals[row][first:end], first)
        if numeral.number is not None
    }
    finest = min((number.exponent for number, _ in rows.values()), default=0)
    return {row: (scaled(number, finest), column) for row, (number, column) in rows.items()}


def rows_below(levels: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each row that has one above it on an outer level, with that row."""
    above: list[int] = []
    for row, level in levels.items():
        while above and levels[above[-1]] >= level:
            above.pop()
        if above:
            yield row, above[-1]
        above.append(row)


def _weight(steps: Steps, levels: Mapping[int, int]) -> Weight:
    """What the figures say of each row as the sum of the rows right below its level."""
    parts: dict[int, list[int]] = {}
    for row, above in rows_below(levels):
        parts.setdefault(above, []).append(steps[row][0])
    return weigh(
        (
            Trial(steps[row][0], sum(own), 0, len(own), len(own) + 1, sums=True, figures=tuple(own))
            for row, own in parts.items()
        ),
        UNSAID_BITS,
    )


def _together(layout: TableLayout, first: int, end: int) -> TableLayout:
    """The layout with some columns as one: what each row prints in any of them."""

    def texts(row: Sequence[str]) -> tuple[str, ...]:
        own = " / ".join(dict.fromkeys(filter(None, row[first:end])))
        return (*row[:first], own, *row[end:])

    chosen = []
    for numerals in layout.numerals:
        own = range(first, end)
        filled = (at for at in own if numerals[at].reading is not CellKind.BLANK)
        chosen.append(next(filled, first))
    return replace(
        layout,
        cells=tuple(
            (*row[:first], row[at], *row[end:])
            for row, at in zip(layout.cells, chosen, strict=True)
        ),
        spans=tuple(map(texts, layout.spans)),
        numerals=tuple(
            (*row[:first], row[at], *row[end:])
            for row, at in zip(layout.numerals, chosen, strict=True)
        ),
        width=layout.width - (end - first) + 1,
        starts=(*layout.starts[: first + 1], *layout.starts[end:]),
    )
