"""Totals that stand above their parts: category rows with numbered items, indented outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.judge.votes import Vote, vote
from unbudget_check.model.facts import ROWS_OF_TOTALS, Footing, Row, RowRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Indentation alone is weak evidence: its sums must be this unlikely by chance, in bits.
CERTAIN = 20
COUNTED = "counted"


def find_outline(
    rows: Sequence[tuple[int, Row]],
    values: Sequence[tuple[int | None, ...]],
    quanta: Sequence[int],
) -> tuple[Footing, ...]:
    """The rows that are the sum of the items below them, if the table as a whole bears it out."""
    for group in (_counted_below, _numbered_below):
        footings, found = _try(group, rows, values, quanta, "items")
        if found.agreed > 1 and 2 * found.agreed >= found.voted:
            return footings
    footings, found = _try(_indented_below, rows, values, quanta, "items")
    if found.agreed > 1 and 4 * found.agreed >= 3 * found.voted and found.bits >= CERTAIN:
        return footings
    return ()


def find_totals_above(
    rows: Sequence[tuple[int, Row]],
    values: Sequence[tuple[int | None, ...]],
    quanta: Sequence[int],
) -> tuple[tuple[Footing, ...], Vote]:
    """Labelled totals as the sums of the rows below them, with the vote of the whole block."""
    return _try(_labelled_below, rows, values, quanta, "column")


def _labelled_below(rows: Sequence[tuple[int, Row]], at: int) -> list[int]:
    """What stands below a total: for a grand total the subtotals, if there are any."""
    row = rows[at][1]
    if row.role not in ROWS_OF_TOTALS:
        return []
    below = []
    for position, other in rows[at + 1 :]:
        if other.role is RowRole.TOTAL or (
            other.role in ROWS_OF_TOTALS and row.role is RowRole.SUBTOTAL
        ):
            break
        below.append((position, other))
    subtotals = [position for position, other in below if other.role is RowRole.SUBTOTAL]
    return subtotals or [position for position, other in below if other.role is RowRole.ITEM]


def _try(
    group: Callable[[Sequence[tuple[int, Row]], int], list[int]],
    rows: Sequence[tuple[int, Row]],
    values: Sequence[tuple[int | None, ...]],
    quanta: Sequence[int],
    kind: str,
) -> tuple[tuple[Footing, ...], Vote]:
    footings = []
    agreed = voted = bits = 0
    for at, (position, row) in enumerate(rows):
        parts = group(rows, at)
        if not parts or (row.role is not RowRole.ITEM and kind == "items"):
            continue
        found = _vote(position, parts, values, quanta)
        agreed, voted, bits = agreed + found.agreed, voted + found.voted, bits + found.bits
        if found.voted > 1 and not found.agreed:
            continue  # a row that no column bears out is no sum, whatever the others are
        footings.append(
            Footing(position, tuple(parts), found.agreed, found.voted, labelled=True, kind=kind)
        )
    return tuple(footings), Vote(agreed, voted, bits)


def _vote(
    position: int,
    parts: Sequence[int],
    values: Sequence[tuple[int | None, ...]],
    quanta: Sequence[int],
) -> Vote:
    columns = list(zip(*(values[part] for part in parts), strict=True))
    sums = [sum(value for value in column if value is not None) for column in columns]
    counts = [sum(value is not None for value in column) for column in columns]
    return vote(values[position], sums, counts, quanta)


def _counted_below(rows: Sequence[tuple[int, Row]], at: int) -> list[int]:
    """The items after a row that names what it counts: "Publications (number of publications)"."""
    if rows[at][1].concept != COUNTED:
        return []
    parts = []
    for position, row in rows[at + 1 :]:
        if row.concept == COUNTED or (row.role is RowRole.HEADING and row.marker):
            break
        if row.role is RowRole.ITEM:
            parts.append(position)
    return parts


def _numbered_below(rows: Sequence[tuple[int, Row]], at: int) -> list[int]:
    """The numbered items after a row without a number, up to the next such row or lettered head.

    Introductory words between them ("Meetings of:") carry no figures and no letter.
    """
    if rows[at][1].marker.isdigit():
        return []
    parts = []
    for position, row in rows[at + 1 :]:
        if row.role is RowRole.ITEM and row.marker.isdigit():
            parts.append(position)
        elif row.role is not RowRole.HEADING or row.marker:
            break
    return parts


def _indented_below(rows: Sequence[tuple[int, Row]], at: int) -> list[int]:
    """The next deeper level of rows below a row, up to the next row that is not deeper."""
    depth = rows[at][1].depth
    below = []
    for position, row in rows[at + 1 :]:
        if row.role is not RowRole.ITEM or row.depth <= depth:
            break
        below.append((position, row.depth))
    level = min((found for _, found in below), default=0)
    return [position for position, found in below if found == level]
