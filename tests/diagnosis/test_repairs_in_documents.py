"""Whole documents with slips as officers make them, and what is proposed for each."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY, check
from tests.diagnosis.printing import (
    AGREEING,
    ELSEWHERE,
    FEES,
    SITES,
    TABLE,
    meant,
    place,
    printed_at,
    reprinted,
    solved,
)
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.finding import Localisation
from unbudget_check.model.number import Number, decimal_of


def test_the_tables_are_right_as_they_stand() -> None:
    for table in (TABLE, TABLE + ELSEWHERE, SITES, FEES):
        assert not check(table, MONEY).findings


@pytest.mark.parametrize(
    ("row", "column", "printed", "slip"),
    [
        ("Travel", "Technical adjustments", "9.4", Slip.SIGN),
        ("Posts", "Total", "63.7", Slip.SIGN),
        ("Posts", "2025 approved", "1 237.1", Slip.TRANSPOSED),
        ("Total", "2026 estimate", "2 212.1", Slip.DIGIT),
        ("Rent", "2025 approved", "578.6", Slip.DIGIT),
        ("Posts", "2026 estimate", "1 623.4", Slip.TRANSPOSED),
        ("Total", "2025 approved", "228.1", Slip.MISSING_DIGIT),
        ("Consultants", "2026 estimate", "2 248.7", Slip.EXTRA_DIGIT),
        ("Rent", "Other", "(397.0)", Slip.SHIFTED),
        ("Posts", "2025 approved", "132.7", Slip.SHIFTED),
        ("Consultants", "2025 approved", "–", Slip.DASH),
        ("Total", "Total", "–", Slip.DASH),
        ("Consultants", "Technical adjustments", "31.6", Slip.VALUE),
        ("Travel", "2025 approved", "231.5", Slip.ROW_ABOVE),
        ("Consultants", "2026 estimate", "1 263.4", Slip.ROW_ABOVE),
        ("Travel", "2025 approved", "572.6", Slip.ROW_BELOW),
        ("Posts", "2026 estimate", "2 222.1", Slip.GRAND_TOTAL),
        ("Rent", "2026 estimate", "572.6", Slip.OTHER_COLUMN),
        ("Consultants", "2025 approved", "214.7", Slip.OTHER_COLUMN),
        ("Travel", "2025 approved", "307.2", Slip.OTHER_TABLE),
    ],
)
def test_a_slip_is_found_at_its_cell_with_what_was_meant(
    row: str, column: str, printed: str, slip: Slip
) -> None:
    text = TABLE + ELSEWHERE
    (finding,) = check(reprinted(text, {(row, column): printed}), MONEY).findings
    (suspect,) = finding.suspects
    assert finding.localisation is Localisation.CELL
    assert (finding.where.row, finding.where.column) == place(suspect) == (row, column)
    assert (suspect.stated, meant(suspect)) == (printed, printed_at(TABLE, row, column))
    assert suspect.slip == slip.value
    assert suspect.low == suspect.high == suspect.proposed


@pytest.mark.parametrize(
    ("row", "printed", "slip"),
    [
        ("Posts", "1 320.4", Slip.TRANSPOSED),
        ("Consultants", "241.7", Slip.TRANSPOSED),
        ("Travel", "181.3", Slip.TRANSPOSED),
        ("Total", "6 135.4", Slip.TRANSPOSED),
        ("Travel", "(118.3)", Slip.SIGN),
        ("Consultants", "21.5", Slip.SHIFTED),
    ],
)
def test_a_lone_sum_is_told_at_its_total_and_the_slip_comes_first(
    row: str, printed: str, slip: Slip
) -> None:
    (finding,) = check(reprinted(FEES, {(row, "2026"): printed}), MONEY).findings
    assert finding.where.row == "Total"
    assert finding.localisation is Localisation.ALTERNATIVES
    assert {each.where.row for each in finding.suspects} == {
        "Posts",
        "Consultants",
        "Travel",
        "Total",
    }
    first, *others = finding.suspects
    assert (first.where.row, meant(first)) == (row, printed_at(FEES, row, "2026"))
    assert first.slip == slip.value
    assert all(each.witnesses == (0,) for each in (first, *others))
    for each in finding.suspects:
        assert solved(finding.relations[0], each) == each.proposed


def test_a_row_of_nothing_but_dashes_does_not_take_the_blame_for_certain() -> None:
    """Two wrong figures of one row agree; a lone figure among dashes would break that row."""
    found = check(AGREEING, MONEY).findings
    certain = [each for each in found if each.localisation is Localisation.CELL]
    assert {place(each.suspects[0]) for each in certain} == {
        ("Posts", "Technical adjustments"),
        ("Posts", "Total"),
    }
    assert {meant(each.suspects[0]) for each in certain} == {"–"}


COPIED_TOTAL = """
Item                   |   Amount
Consultants            |  6 358.4
Travel                 |  2 580.8
Contractual services   | 15 296.9
Total                  | 15 296.9
"""


def test_a_grand_total_that_repeats_its_last_item_still_adds_up_all_items() -> None:
    (finding,) = check(COPIED_TOTAL, MONEY).findings
    assert finding.where.row == "Total"
    copied = {place(each): each.slip for each in finding.suspects}
    assert copied["Contractual services", "Amount"] == Slip.GRAND_TOTAL


def test_a_total_among_its_parts_is_wrong_where_nothing_else_could_be_added_up() -> None:
    """In a table of amounts with one column a total that looks like an average is a misprint."""
    (finding,) = check(
        COPIED_TOTAL.replace("Total                  | 15", "Total | 5"), MONEY
    ).findings
    assert (finding.where.row, meant(finding.suspects[0])) == ("Total", "24 236.1")


def test_what_did_not_change_is_no_copy_of_another_column() -> None:
    """The estimate repeats the approval wherever nothing changes; that explains no misprint."""
    table = """
Item        | 2024 expenditure | 2025 approved | 2026 estimate
Posts       |          1 302.4 |       1 327.1 |       1 327.1
Consultants |            214.7 |         231.5 |         231.5
Travel      |            118.3 |         146.9 |         146.9
Total       |          1 635.4 |       1 705.5 |       1 790.2
"""
    (finding,) = check(table, MONEY).findings
    assert Slip.OTHER_COLUMN not in {each.slip for each in finding.suspects}


def test_a_row_that_a_grand_total_leaves_out_in_one_column_is_wrong_there() -> None:
    table = """
Organ     | 2025 approved | 2026 estimate
Assembly  |             – |       9 430.8
Committee |             – |             –
Board     |         823.1 |         823.1
Total     |         823.1 |         823.1
"""
    (finding,) = check(table, MONEY).findings
    assert (finding.where.column, finding.computed) == (
        "2026 estimate",
        decimal_of(Number(102539, -1)),
    )
    assert ("Assembly", "2026 estimate") in {place(each) for each in finding.suspects}


def test_a_base_that_may_be_as_large_as_one_likes_is_given_no_figure() -> None:
    """The total bears the change out; only a far larger base would make it next to nothing."""
    table = """
Item   | 2025 approved | Change | Percentage
Posts  |       1 327.1 |   63.7 |          –
Travel |         146.9 |    4.1 |        2.8
Rent   |         572.6 |   13.6 |        2.4
Fuel   |         231.5 |   17.2 |        7.4
Audit  |          88.2 |    6.3 |        7.1
Total  |               |  104.9 |
"""
    (finding,) = check(table, MONEY).findings
    suspects = {place(each): each for each in finding.suspects}
    assert suspects["Posts", "2025 approved"].proposed is None
    assert place(finding.suspects[0]) == ("Posts", "Percentage")


COPIED_FROM_ABOVE = """
Item                   |   2025 |   2026 | Total
Consultants            |  358.4 |  402.6 |   761.0
Travel                 |  358.4 |  580.8 |   580.8
Contractual services   |  296.9 |  310.2 |   607.1
Total                  |  655.3 | 1 293.6 | 1 948.9
"""


def test_a_value_where_a_dash_was_meant_is_told_as_the_copy_that_it_is() -> None:
    (finding,) = check(COPIED_FROM_ABOVE, MONEY).findings
    (suspect,) = finding.suspects
    assert place(suspect) == ("Travel", "2025")
    assert (meant(suspect), suspect.slip) == ("–", Slip.ROW_ABOVE)
