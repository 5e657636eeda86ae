"""Lists of grades in a cell: counts with their grades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.as_printed import facts_of
from unbudget_check.lexicon import load_language
from unbudget_check.understand.tables.table import read_grade_list

ENGLISH, CHINESE = load_language("en"), load_language("zh")
LISTED = ("USG", "ASG", "D-2", "D-1", "P-5", "P-4", "P-3", "P-2/1", "GS (PL)", "GS (OL)", "FS")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1 D-2, 4 D-1 and 10 P-5", [("D-2", 1), ("D-1", 4), ("P-5", 10)]),
        ("1 D-2; 4 D-1; 10 P-5", [("D-2", 1), ("D-1", 4), ("P-5", 10)]),
        ("1 D-2, 4 D-1, and 10 P-5.", [("D-2", 1), ("D-1", 4), ("P-5", 10)]),
        ("1\u00a0D-2, 4\u00a0D-1", [("D-2", 1), ("D-1", 4)]),
        ("1 D\u20112, 4 D\u20111", [("D-2", 1), ("D-1", 4)]),
        ("2 P-2/1, 3 GS (PL), 21 GS (OL)", [("P-2/1", 2), ("GS (PL)", 3), ("GS (OL)", 21)]),
        ("3 GS(PL), 21 GS(OL)", [("GS (PL)", 3), ("GS (OL)", 21)]),
        ("1 USG, 1 ASG, 120 LL", [("USG", 1), ("ASG", 1), ("LL", 120)]),
        ("1 P-4 a, 2 P-3", [("P-4", 1), ("P-3", 2)]),
        ("2 P-4, 1 P-4", [("P-4", 2), ("P-4", 1)]),
        ("1 D-1,\n2 P-5", [("D-1", 1), ("P-5", 2)]),
    ],
)
def test_a_list_is_read(text: str, items: list[tuple[str, int]]) -> None:
    assert list(read_grade_list(text, ENGLISH)) == items


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 P-4",
        "1 P-4 under subprogramme 1 and 1 P-3 under subprogramme 2",
        "Redeployment of 1 P-4 and 2 P-3",
        "1 P-4 to P-5, 2 P-3",
        "4 vehicles, 2 boats",
        "D-1, P-5",
        "12 and 13",
    ],
)
def test_a_cell_that_says_more_than_a_list_is_none(text: str) -> None:
    assert read_grade_list(text, ENGLISH) == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1 个 D-2、4 个 D-1", [("D-2", 1), ("D-1", 4)]),
        ("1个D-2，4个D-1 和 10个P-5", [("D-2", 1), ("D-1", 4), ("P-5", 10)]),
        ("1 个 D-2、4 个 D-1。", [("D-2", 1), ("D-1", 4)]),
        (
            "2 个 P-2/1、21 个一般事务人员(其他职等)",
            [("P-2/1", 2), ("GS (OL)", 21)],
        ),
        (
            "3 个一般事务（特等）、21 个一般事务（其他职等）",
            [("GS (PL)", 3), ("GS (OL)", 21)],
        ),
        ("1 名副秘书长、2 名 D-2", [("USG", 1), ("D-2", 2)]),
        ("次级方案 1 下 1 个 P-4、1 个 P-3", []),
        ("1 个 P-4", []),
    ],
)
def test_a_list_in_chinese(text: str, items: list[tuple[str, int]]) -> None:
    assert list(read_grade_list(text, CHINESE)) == items


@given(st.lists(st.tuples(st.sampled_from(LISTED), st.integers(1, 9999)), min_size=2, max_size=9))
def test_what_is_listed_is_read_back(items: list[tuple[str, int]]) -> None:
    printed = [f"{count} {grade}" for grade, count in items]
    english = ", ".join(printed[:-1]) + f" and {printed[-1]}"
    assert list(read_grade_list(english, ENGLISH)) == items
    chinese = "、".join(f"{count} 个 {grade}" for grade, count in items)
    assert list(read_grade_list(chinese, CHINESE)) == items


def test_a_list_explains_the_number_beside_it() -> None:
    table = """
                      | Number |                    Details
    Approved for 2025 |     18 |      2 D-1, 5 P-5, 11 P-4
    Establishment     |      1 | 1 P-4 under subprogramme 1
    Proposed for 2026 |     19 |      2 D-1, 5 P-5, 12 P-4
    """
    facts = facts_of(table, ("Table 4", "Posts", "(Number of posts)"))
    lists = facts.tables[0].lists
    assert [(found.row, found.column, found.year) for found in lists] == [
        (0, 2, 2025),
        (2, 2, 2026),
    ]
    assert [facts.numbers[found.beside].units for found in lists] == [18, 19]
    assert [[facts.numbers[f].units for _, f in found.items] for found in lists] == [
        [2, 5, 11],
        [2, 5, 12],
    ]
    assert all(facts.counts[figure] for found in lists for _, figure in found.items)
