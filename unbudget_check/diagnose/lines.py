"""A whole row or column of missing values is one cause: somebody left out a line, not its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.diagnose.localisation.search import Cause
from unbudget_check.model.facts import Reading
from unbudget_check.model.finding import Localisation
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.diagnose.localisation.search import Suspicion
    from unbudget_check.model.facts import DocumentFacts, Spot

# One missing value is told by itself.
FEWEST = 2
# What names the line, and whether its causes have no other suspect: both kinds stay apart.
Line = tuple[int, str, int, str, Localisation]


def whole_lines(facts: DocumentFacts, causes: Sequence[Cause]) -> Iterator[Cause]:
    """The causes, with those that lie in one line without any value as one, at its first cell."""
    lines: dict[Line, list[Cause]] = {}
    for cause in causes:
        missing = _missing(facts, cause)
        for line in _empty_lines(facts, missing.figure) if missing else ():
            lines.setdefault((*line, cause.localisation), []).append(cause)
    folded: dict[int, list[Cause]] = {}
    for cells in sorted(lines.values(), key=len, reverse=True):
        left = [cause for cause in cells if id(cause) not in folded]
        if len(left) >= FEWEST:
            folded.update((id(cause), left) for cause in left)
    for cause in causes:
        cells = folded.get(id(cause), [cause])
        if cells == [cause]:
            yield cause
        elif cells[0] is cause:
            yield _joined(facts, cells)


def _joined(facts: DocumentFacts, causes: Sequence[Cause]) -> Cause:
    """Several causes as one that lists their cells in reading order."""
    found = [(missing, cause) for cause in causes if (missing := _missing(facts, cause))]
    found.sort(key=lambda pair: _place(facts.spots[pair[0].figure]))
    ties = dict.fromkeys(tie for _, cause in found for tie in cause.ties)
    return Cause(tuple(ties), tuple(missing for missing, _ in found), Localisation.CELLS)


def _place(spot: Spot | Span) -> tuple[int, int, int]:
    """Reading order among cells; a line of dashes has no other places."""
    if isinstance(spot, Span):
        return -1, spot.passage, spot.start
    return spot.table, spot.row, spot.column


def _missing(facts: DocumentFacts, cause: Cause) -> Suspicion | None:
    """The one suspect that is a missing value in a line without any."""
    if cause.localisation not in {Localisation.CELL, Localisation.ALTERNATIVES}:
        return None
    found = [each for each in cause.suspects if any(_empty_lines(facts, each.figure))]
    return found[0] if len(found) == 1 else None


def _empty_lines(facts: DocumentFacts, figure: int) -> Iterator[tuple[int, str, int, str]]:
    """The column and the row of a missing value, where these print no value at all."""
    spot = facts.spots[figure]
    if isinstance(spot, Span):
        return
    table = facts.tables[spot.table]
    if spot.item or table.numerals[spot.row][spot.column].reading is not Reading.NIL:
        return
    unit, group = table.rows[spot.row].unit, table.columns[spot.column].group
    below = [
        table.numerals[at][spot.column].reading
        for at, row in enumerate(table.rows)
        if row.unit == unit
    ]
    if Reading.FIGURE not in below:
        yield spot.table, "column", spot.column, unit
    beside = [
        table.numerals[spot.row][column.index].reading
        for column in table.columns
        if column.group == group
    ]
    if Reading.FIGURE not in beside:
        yield spot.table, "row", spot.row, group
