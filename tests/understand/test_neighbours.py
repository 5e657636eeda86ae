"""Roles that columns have only beside one another."""

from __future__ import annotations

import pytest

from tests.as_printed import POSTS, check, headings, table_of, told

REGRADED = """
Grade | 2025 approved | Changes<3> | 2026 proposed
| | New posts | Reclassification | Total |
P-5   |  9 | 1 |  – |   1 | 10
P-4   | 17 | – | (1) | (1) | 16
P-3   | 10 | 1 |  1 | {} | 12
P-2   |  5 | – |  – |   – |  5
Total | 41 | 2 |  – |   2 | 43
"""


def test_factors_in_words_of_their_own_make_the_total_the_change() -> None:
    table = table_of(REGRADED.format(2), POSTS)
    assert [role for _, role in headings(table)[1:]] == [
        "base",
        "factor",
        "factor",
        "change",
        "estimate",
    ]
    assert not check(REGRADED.format(2), POSTS).findings


def test_a_wrong_total_of_such_factors_is_found() -> None:
    (finding,) = check(REGRADED.format(3), POSTS).findings
    assert told(finding)[1:] == ("P-3 / Total", "3", "2")


@pytest.mark.parametrize("leaf", ["Amount", "Thousands"])
def test_a_lone_column_below_a_heading_of_changes_is_the_change(leaf: str) -> None:
    table = f"""
    | | Changes<2> |
    Item | 2025 | {leaf} | Percentage | 2026
    Posts  | 10.0 | 1.0 | 10.0 | 11.0
    Travel |  5.0 | 1.0 | 20.0 |  6.0
    """
    assert [role for _, role in headings(table_of(table))[1:]] == [
        "base",
        "change",
        "percentage",
        "estimate",
    ]
