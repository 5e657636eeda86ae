"""Which rows of a table a page draws: all of a common one, of a long one those of its findings."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.location import Where
    from unbudget_check.model.report import PrintedTable

    Item = TypeVar("Item")

CELL = re.compile(r"(t\d+)r(\d+)c(\d+)", re.ASCII)
# Longer tables than those of budget documents come from data files; their rows are alike.
ROWS_MOST = 120
NEAR = 4
ENDS = 12  # of a long sum, so many parts at either end


def rows_told(findings: Iterable[Finding]) -> Mapping[tuple[str, str], set[int]]:
    """The rows that the cards of findings name, by document and key of the table."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for finding in findings:
        for where in _places(finding):
            named = CELL.fullmatch(where.cell or "")
            if named:
                rows[where.document, named[1]].add(int(named[2]))
    return rows


def stretches_of(table: PrintedTable, told: Iterable[int]) -> tuple[range, ...]:
    """The rows below the headings that are drawn, in runs without a gap."""
    first, last = table.head, len(table.rows)
    if last - first <= ROWS_MOST:
        return (range(first, last),) if last > first else ()
    wanted = set(range(first, first + NEAR))
    for row in told:
        wanted |= set(range(row - NEAR, row + NEAR + 1))
    return tuple(_runs(sorted(row for row in wanted if first <= row < last)))


def ends_of(parts: Sequence[Item]) -> tuple[Sequence[Item], int, Sequence[Item]]:
    """The beginning of a long list, how many follow that are left out, and its end."""
    left_out = len(parts) - 2 * ENDS
    return (parts[:ENDS], left_out, parts[-ENDS:]) if left_out > 1 else (parts, 0, ())


def _places(finding: Finding) -> Iterator[Where]:
    """The places that the card of a finding names."""
    yield finding.where
    yield from (suspect.where for suspect in finding.suspects)
    for proof in finding.relations:
        yield proof.where
        start, _, end = ends_of(proof.parts)
        yield from (part.where for part in (*start, *end))


def _runs(rows: Iterable[int]) -> Iterator[range]:
    """Rising numbers as ranges; a gap of one row is not worth telling."""
    run: range | None = None
    for row in rows:
        if run is not None and row <= run.stop + 1:
            run = range(run.start, row + 1)
            continue
        if run is not None:
            yield run
        run = range(row, row + 1)
    if run is not None:
        yield run
