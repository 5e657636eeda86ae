"""What columns are where words and figures disagree: bases, factors, memos, headings that slid."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY, POSTS, check, headings, table_of, told

TRANSFERS = """
| | | Variations<2> |
Poste | 2041 approuvé | 2042 proposé | Transferts | Autres changements | 2042 révisé
Postes      | 3 310.2 | 3 322.9 |    – | (210.4) | {}
Consultants |    75.0 |    75.0 |    – |       – |    75.0
Voyages     |    48.6 |    51.1 |    – |   (6.3) |    44.8
Mobilier    |    19.4 |    19.4 |  2.0 |   (3.0) |    18.4
Total       | 3 453.2 | 3 468.4 |  2.0 | (219.7) | 3 250.7
"""
MEMO = """
| | | Changes<4> |
Office | 2041 approved | 2042 proposed | Secondment | Merger | Other | Total | 2042 revised
North  | 51 |  54 |  2 |  – |  (7) |  (7) |  47
South  | 38 |  38 |  – | (3) |  (6) |  (9) |  29
East   | 17 |  19 |  5 |  – |  (4) |  (4) |  15
West   | 72 |  75 |  – | (1) | (11) | (12) |  63
Total  | 178 | 186 | 7 | (4) | (28) | (32) | 154
"""
SLID = """
Component | 2041 expenditure | 2042 approved | Changes<3> | | Total | Percentage | 2043 estimate
| | | Technical adjustments | New/expanded mandates | Other | | | |
A. Direction | 310.5 | 350.0 |   – |    – | (10.0) | (10.0) | (2.9) | 340.0 |
B. Programme | 800.1 | 900.0 |   – | 30.0 | (51.0) | (21.0) | (2.3) | 879.0 |
C. Support   | 515.0 | 600.0 | 5.0 |    – | (17.0) | (12.0) | (2.0) | 588.0 |
"""


def test_the_column_that_the_equation_ends_in_is_the_estimate() -> None:
    table = table_of(TRANSFERS.format("3 112.5"), MONEY, "fr")
    roles = [role for _, role in headings(table)]
    assert (roles.index("base"), roles.index("estimate")) == (2, 5)
    assert not check(TRANSFERS.format("3 112.5"), MONEY, "fr").findings


def test_a_slip_in_such_a_table_is_one_error_at_its_cell() -> None:
    (finding,) = check(TRANSFERS.format("3 121.5"), MONEY, "fr").findings
    assert told(finding)[1:] == ("Postes / 2042 révisé", "3 121.5", "3 112.5")


def test_a_memo_column_is_no_addend() -> None:
    assert not check(MEMO, POSTS).findings
    (finding,) = check(MEMO.replace("| (12) |  63", "| (13) |  63"), POSTS).findings
    assert told(finding)[1:] == ("West / Total", "(13)", "(12)")


def test_a_factor_with_an_unknown_heading_belongs_to_the_sum() -> None:
    table = """
    | | Changes<3> | |
    Grade | 2041 approved | Technical adjustments | Novelties | Other | Total | 2042 proposed
    Professional | 30 | 1 | 2 |   – |   3 | 33
    Local        | 41 | – | – | (5) | (5) | 36
    Field        |  8 | – | 4 |   – |   4 | 12
    Total        | 79 | 1 | 6 | (5) |   2 | 81
    """
    assert not check(table, POSTS).findings


def test_headings_that_slid_are_put_over_their_columns() -> None:
    found = table_of(SLID, MONEY)
    assert [role for _, role in headings(found)][5:] == [
        "other",
        "change",
        "percentage",
        "estimate",
    ]
    assert not check(SLID, MONEY).findings


@pytest.mark.parametrize("rows", [4, 7])
def test_percentages_on_a_base_that_no_column_prints_are_not_told(rows: int) -> None:
    lines = []
    for at in range(rows):
        base, moved, cut = 8000 + 617 * at, 310 * (at % 3) + 75, 431 + 97 * at
        after = base - moved - cut
        rate = round(1000 * (after - base + moved) / (base - moved))
        cells = (base, -moved, -cut, -moved - cut, after, rate)
        lines.append(f"Unit {at} | " + " | ".join(f"{c / 10:.1f}" for c in cells))
    head = "Unit | 2041 approved | Merger | Other | Total change | 2042 revised | Change (%)"
    assert not check("\n".join((head, *lines)), MONEY).findings


def test_a_column_of_percentages_that_one_row_breaks_is_told_there() -> None:
    table = """
    Item   | 2041 approved | Change | Percentage | 2042 estimate
    Posts  |       1 327.1 |   63.7 |        4.8 | 1 390.8
    Travel |         146.9 |    4.1 |        2.8 |   151.0
    Rent   |         572.6 |   13.6 |        4.2 |   586.2
    Fuel   |         231.5 |   17.2 |        7.4 |   248.7
    """
    (finding,) = check(table, MONEY).findings
    assert told(finding)[1:] == ("Rent / Percentage", "4.2", "2.4")
