"""To which place a stated figure belongs, so that it can be learned where figures drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole

if TYPE_CHECKING:
    from unbudget_check.model.claims import Place
    from unbudget_check.model.facts import TableFacts


def place_of(table: TableFacts, row: int, column: int) -> Place:
    """The place that a stated figure belongs to.

    Expenditure comes from the accounts and is rounded cell by cell, all else was added up as
    printed; the parts of a table (its sources of funds) were often prepared by different hands.
    """
    spent = table.columns[column].role is ColumnRole.EXPENDITURE
    return table.rows[row].unit, "expenditure" if spent else "resources", table.part or ""
