"""What a reader noticed about a cell of a workbook: a figure that is text, a formula not run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.checks.footing import trial_in
from unbudget_check.checks.habits import is_rate
from unbudget_check.model.claims import Remark
from unbudget_check.model.document import Flaw
from unbudget_check.model.facts import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.document import Cell
    from unbudget_check.model.facts import DocumentFacts
    from unbudget_check.rulebook.rule import Rule


def check_flaw(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on the first cell of each column with the flaw that the rule names, and how many.

    A rate or a code that is stored as text is missing from no sum.
    """
    wanted = Flaw(rule.parameters["flaw"])
    found = [
        (table, column, row)
        for table, row, column, cell in _cells(facts)
        if cell.flaw is wanted
        and not (cell.flaw is Flaw.TEXT and is_rate(facts.tables[table], row, column))
    ]
    places = {(table, column) for table, column, _ in found} if wanted is Flaw.TEXT else set()
    codes = {place for place in places if _are_codes(facts, *place)}
    found = [each for each in found if each[:2] not in codes]
    counts = Counter((table, column) for table, column, _ in found)
    first = {(table, column): row for table, column, row in reversed(found)}
    for (table, column), row in sorted(first.items()):
        text = str(counts[table, column])
        claims.remarks.append(Remark(number, Spot(table, row, column), text=text))


def _cells(facts: DocumentFacts) -> Iterator[tuple[int, int, int, Cell]]:
    for index, table in enumerate(facts.tables):
        for row, cells in enumerate(table.cells):
            yield from ((index, row, c, cell) for c, cell in enumerate(cells) if cell is not None)


def _are_codes(facts: DocumentFacts, table: int, column: int) -> bool:
    """Whether a column is text throughout, plain digits, and adds up nowhere: line numbers."""
    shown = facts.tables[table]
    cells = [cell for row in shown.cells if (cell := row[column]) is not None and cell.text]
    if not all(cell.flaw is Flaw.TEXT and cell.text.isdecimal() for cell in cells):
        return False
    trials = (trial_in(facts, shown, f, shown.columns[column]) for f in shown.footings)
    return not any(trial.holds for trial in trials if trial is not None)
