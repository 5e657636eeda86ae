"""Total columns against the columns that they add up, and formulas printed in the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.checks.places import place_of
from unbudget_check.evidence.settle import trial_of
from unbudget_check.evidence.weight import FAILURE_BITS, HEADINGS_BITS, PAIR, loss_of
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import RowRole, Spot
from unbudget_check.model.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts, Tie
    from unbudget_check.rulebook.rule import Rule

# The rows have borne a tie out before it is written: what its words say beside that.
# A mean, weighted or not, differs from the plain one by no more than one part in so many.
NEAR = 5
_PRIORS = {"formula": HEADINGS_BITS, "heading": 3, "found": -3}


def check_row_sums(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write stated column - parts = 0 where headings, or the agreement of the rows, say so."""
    del rule
    _write(facts, ("heading", "found"), number, claims)


def check_formula(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Write the formulas that the headings print, such as (5)=(4)-(3), row by row."""
    del rule
    _write(facts, ("formula",), number, claims)


def check_formula_columns(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each printed formula that names a wrong column, with what all rows bear out."""
    del rule
    for table in facts.tables:
        for tie in (tie for tie in table.ties if tie.meant):
            printed = table.columns[tie.stated].formula
            spot = Spot(table.ordinal, 0, tie.stated)
            at = claims.read(_reading(table, tie))
            claims.remarks.append(Remark(number, spot, None, tie.meant, printed, at))


def _write(facts: DocumentFacts, origins: Container[str], number: int, claims: Claims) -> None:
    for index, table in enumerate(facts.tables):
        rows = [r for r, row in enumerate(table.rows) if row.role is not RowRole.HEADING]
        for tie in table.ties:
            if tie.origin not in origins:
                continue
            columns = (tie.stated, *(part for part, _ in tie.parts))
            signs = [1, *(-sign for _, sign in tie.parts)]
            added = [
                r
                for r in rows
                if r not in tie.exceptions and not _is_mean(facts, table, r, columns, signs)
            ]
            members = [[table.grid[r][column] for column in columns] for r in added]
            places = [place_of(table, row, tie.stated) for row in added]
            at = claims.read(_reading(table, tie))
            claims.add(index, number, members, signs, places, _doubt(tie), reading=at)


def _is_mean(
    facts: DocumentFacts,
    table: TableFacts,
    row: int,
    columns: Sequence[int],
    signs: Sequence[int],
) -> bool:
    """Whether a "total" lies near the mean of its parts, far from their sum as no misprint is.

    So it is in a row of rates, unit costs or balances, for which a total column holds a mean.
    """
    terms = [(f, s) for c, s in zip(columns, signs, strict=True) if (f := table.grid[row][c]) >= 0]
    if table.grid[row][columns[0]] < 0 or len(terms) <= PAIR or max(signs[1:]) > 0:
        return False
    trial = trial_of(terms, facts.numbers, facts.counts)
    among = 0 <= min(trial.figures) <= trial.stated <= max(trial.figures)
    gap = trial.stated * len(trial.figures) - trial.computed
    is_near = NEAR * abs(gap) <= trial.computed
    return among and is_near and not trial.holds and loss_of(trial) >= FAILURE_BITS


def _reading(table: TableFacts, tie: Tie) -> Reading:
    """That a column is the sum of others."""
    headings = [table.columns[column].heading for column, _ in tie.parts]
    spot = Spot(table.ordinal, 0, tie.stated)
    return Reading("equation", spot, ", ".join(headings), _PRIORS[tie.origin])


def _doubt(tie: Tie) -> str:
    return "no heading says so, but the rows agree" if tie.origin == "found" else ""
