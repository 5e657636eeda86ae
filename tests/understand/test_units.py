"""In which unit each row counts, and which figures rounding can excuse."""

from __future__ import annotations

import pytest

from tests.as_printed import MONEY, POSTS, check, facts_of, table_of
from unbudget_check.model.facts import Spot
from unbudget_check.model.number import Number

TWO_UNITS = """
Item                    |  2025 | 2026
Financial resources     |       |
Posts                   | 100.0 | 110.0
Non-post                |  20.0 |  21.0
Total                   | 120.0 | 131.0
Post resources          |       |
Professional and higher |     8 |     9
General Service         |     5 |     5
Total                   |    13 |    14
"""
BOTH = ("Table 3", "Evolution", "(Thousands of United States dollars/number of posts)")
GRADES = "Grade | 2025 | 2026\nD-1 | 1 | 1\nP-5 | 2 | 3\nTotal | 3 | 4\n"


def test_a_table_with_two_units_has_money_above_and_posts_below() -> None:
    found = table_of(TWO_UNITS, BOTH)
    assert [(row.unit, row.block) for row in found.rows] == [("money", 0)] * 4 + [("posts", 1)] * 4
    assert [footing.total for footing in found.footings] == [3, 7]
    assert [len(footing.parts) for footing in found.footings] == [2, 2]


@pytest.mark.parametrize(
    ("before", "counted"),
    [(MONEY, False), (POSTS, True), ((), True), (("Table 1", "Grades", "(Percentage)"), False)],
)
def test_posts_are_counted_and_money_is_rounded(before: tuple[str, ...], *, counted: bool) -> None:
    facts = facts_of(GRADES, before)
    assert set(facts.counts) == {counted}


def test_only_the_posts_of_a_table_with_two_units_are_counted() -> None:
    facts = facts_of(TWO_UNITS, BOTH)
    assert list(facts.counts) == [False] * 6 + [True] * 6


def test_a_percentage_of_posts_is_rounded() -> None:
    table = """
    Grade | 2025 approved | Change | Percentage | 2026 estimate
    D-1   |             3 |      1 |       33.3 |             4
    P-5   |             7 |      – |          – |             7
    Total |            10 |      1 |       10.0 |            11
    """
    facts = facts_of(table, POSTS)
    column = [spot.column for spot in facts.spots if isinstance(spot, Spot)]
    assert {(c, counted) for c, counted in zip(column, facts.counts, strict=True)} == {
        (1, True),
        (2, True),
        (3, False),
        (4, True),
    }


def test_a_dash_is_nil_at_the_precision_of_its_column() -> None:
    table = "Item | 2025 | 2026\nPosts | 10.0 | –\nTravel | – | 5.25\nRent | 1.0 | 7.25\n"
    facts = facts_of(table, MONEY)
    assert facts.numbers[1] == Number(0, -2)
    assert facts.numbers[2] == Number(0, -1)


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("(Thousands of United States dollars)", 3),
        ("(Millions of United States dollars)", 6),
        ("(United States dollars)", 0),
    ],
)
def test_the_unit_tells_the_scale(unit: str, scale: int) -> None:
    found = table_of(GRADES, ("Table 1", "Resources", unit))
    assert (found.unit, found.scale) == ("money", scale)


@pytest.mark.parametrize(
    ("unit", "language", "scale"),
    [
        ("(Thousands of Swiss francs/number of posts)", "en", 3),
        ("(Pounds sterling/number of posts)", "en", 0),
        ("(En milliers de francs suisses/nombre de postes)", "fr", 3),
        ("(Miles de francos suizos/número de puestos)", "es", 3),
        ("(千瑞士法郎/员额数目)", "zh", 3),
    ],
)
def test_what_stands_beside_a_number_of_posts_is_money(
    unit: str, language: str, scale: int
) -> None:
    found = table_of(TWO_UNITS, ("Table 3", "Evolution", unit), language)
    assert (found.unit, found.scale) == ("money", scale)


WORKSHOPS = """
Category and subcategory      | 2031 planned | 2031 actual | 2032 planned
Guides (number of copies)     |           14 |          16 |           15
1. Guide to wells             |            4 |           5 |            5
2. Guide to pumps             |            5 |           6 |            4
3. Guide to pipes             |            5 |           4 |            6
Workshops (number of days)    |            6 |         6.5 |            7
4. Workshop on drilling       |            2 |           2 |            3
5. Workshop on filters        |            4 |         4.5 |            4
"""


def test_half_a_day_beside_what_is_counted_excuses_nothing() -> None:
    """Whole numbers do not drift because one line of the table counts half days."""
    facts = facts_of(WORKSHOPS)
    assert all(facts.counts)
    (finding,) = check(WORKSHOPS).findings
    assert (finding.code, str(finding.stated), str(finding.computed)) == ("ARI103", "16", "15")


def test_amounts_with_decimals_are_not_counted() -> None:
    assert not any(facts_of(WORKSHOPS.replace("4.5", "4.3").replace("6.5", "6.3")).counts)
