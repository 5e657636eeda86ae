"""A whole row or column of dashes is one finding that lists all its cells with their values."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY, check
from tests.diagnosis.printing import (
    SITES,
    TABLE,
    cells,
    meant,
    place,
    printed_at,
    reprinted,
    without,
)
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import Number, decimal_of


@pytest.mark.parametrize("column", ["Technical adjustments", "Other", "Total", "Percentage"])
def test_a_whole_column_of_dashes_is_one_finding(column: str) -> None:
    missing = {
        (row, column): printed_at(TABLE, row, column)
        for row in ("Posts", "Consultants", "Travel", "Rent", "Total")
        if printed_at(TABLE, row, column) != "–"
    }
    (finding,) = check(reprinted(TABLE, dict.fromkeys(missing, "–")), MONEY).findings
    assert finding.localisation is Localisation.CELLS
    assert {place(each): meant(each) for each in finding.suspects} == missing
    assert [place(each) for each in finding.suspects] == list(missing)
    assert {each.slip for each in finding.suspects} == {Slip.DASH.value}
    assert (finding.where.row, finding.where.column) == next(iter(missing))


@pytest.mark.parametrize("row", ["Consultants", "Travel"])
def test_a_whole_row_of_dashes_is_one_finding(row: str) -> None:
    """Down to its percentage, which can only be told with the amounts as they should be."""
    table = without(TABLE, "2024 expenditure")
    missing = {
        (row, column): printed_at(table, row, column)
        for column in cells(table)[0][1:]
        if printed_at(table, row, column) != "–"
    }
    (finding,) = check(reprinted(table, dict.fromkeys(missing, "–")), MONEY).findings
    assert finding.localisation is Localisation.CELLS
    assert {place(each): meant(each) for each in finding.suspects} == missing
    assert [place(each) for each in finding.suspects] == list(missing)


def test_a_row_of_dashes_is_two_findings_where_one_column_has_no_other_witness() -> None:
    """Nothing but its column tells that an expenditure is missing, which may have drifted."""
    dashes = {("Travel", column): "–" for column in cells(TABLE)[0][1:]}
    found = check(reprinted(TABLE, dashes), MONEY).findings
    (first,) = (each for each in found if each.localisation is Localisation.CELLS)
    (other,) = (each for each in found if each is not first)
    assert {place(each) for each in first.suspects} == dashes.keys() - {
        ("Travel", "2024 expenditure")
    }
    assert other.localisation is Localisation.ALTERNATIVES
    assert (other.where.row, other.where.column) == ("Total", "2024 expenditure")
    suspect = other.suspects[0]
    assert place(suspect) == ("Travel", "2024 expenditure")
    assert suspect.low is not None
    assert suspect.high is not None
    assert suspect.low <= decimal_of(Number(1183, -1)) <= suspect.high


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (("Posts", "Rent", "Supplies", "Travel", "Total"), ("Total",)),
        (("Posts", "Rent", "Supplies", "Travel", "Total"), ("West",)),
        (("Total",), ("East", "West", "North", "Total")),
        (("Rent",), ("East", "West", "North", "Total")),
    ],
)
def test_dashes_that_hide_the_sums_of_a_table_are_not_passed_over(
    rows: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    """Where only its sums tell what a table adds up, losing them all must at least be said."""
    dashes = {(row, column): "–" for row in rows for column in columns}
    result = check(reprinted(SITES, dashes), MONEY)
    assert result.findings or result.coverage.unchecked


def test_a_row_of_dashes_whose_only_item_has_figures_is_one_finding() -> None:
    """No second sum tells which of the two rows is wrong, but one row without any value is."""
    table = """
    Category and subcategory               | 2031 planned | 2031 actual | 2032 planned
    Harbour inspections (number of visits) |            – |           – |            –
    1. Inspection of piers                 |            4 |           9 |            3
    Training (number of days)              |           15 |          16 |           13
    2. Course on cranes                    |            9 |           8 |            7
    3. Course on ropes                     |            6 |           8 |            6
    """
    (finding,) = check(table, ("Table 5.1", "Deliverables")).findings
    assert finding.localisation is Localisation.CELLS
    assert [meant(each) for each in finding.suspects] == ["4", "9", "3"]
