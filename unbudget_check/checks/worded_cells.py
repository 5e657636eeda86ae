"""The cells of all tables that hold words, not figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unbudget_check.checks.once import once
from unbudget_check.model.facts import Reading, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.facts import DocumentFacts, TableFacts

_WORDLESS = frozenset({Reading.FIGURE, Reading.NIL, Reading.BLANK, Reading.ABSENT})


@once
def worded_cells(facts: DocumentFacts) -> Mapping[str, list[Spot]]:
    """What is printed, and where, in reading order: the same labels stand in many tables."""
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for table in facts.tables:
        for text, spot in _worded(table):
            found[text].append(spot)
    return found


def _worded(table: TableFacts) -> Iterator[tuple[str, Spot]]:
    for r, (cells, numerals) in enumerate(zip(table.cells, table.numerals, strict=True)):
        for c, (cell, numeral) in enumerate(zip(cells, numerals, strict=True)):
            if cell is not None and numeral.reading not in _WORDLESS:
                yield cell.text, Spot(table.ordinal, r, c)
