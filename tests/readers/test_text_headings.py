"""Headings that lost their places: which leaves they make, however they are ordered."""

from __future__ import annotations

import pytest

from unbudget_check.readers.text.headings import (
    TableHeadings,
    covered,
    pieces_of,
    readings_of,
    run_of_changes,
)
from unbudget_check.readers.text.pages import printed_lines


def heading(text: str, count: int, code: str = "en") -> TableHeadings:
    """The first reading of heading lines that has so many columns of figures."""
    readings = readings_of(pieces_of(printed_lines(text), code))
    return next(found for found in readings if len(found.leaves) == count)


def leaves(found: TableHeadings) -> list[str]:
    return [" ".join(leaf.texts) for leaf in found.leaves]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Category\n2024\nplanned\n2024\nactual\n2025\nplanned",
            ["2024 planned", "2024 actual", "2025 planned"],
        ),
        ("Item\nExpenditure 2024\nAppropriation 2025", ["Expenditure 2024", "Appropriation 2025"]),
        (
            "2024 2025 2026\nexpenditure approved estimate",
            ["2024 expenditure", "2025 approved", "2026 estimate"],
        ),
        ("Item 2023 2024 Total Percentage", ["2023", "2024", "Total", "Percentage"]),
        ("Item Cost Rent", ["Cost", "Rent"]),
        (
            "Item\n2024\nestimate Change Percentage\n2025\nestimate",
            ["2024 estimate", "Change", "Percentage", "2025 estimate"],
        ),
        (
            "Item 2025 estimate Variance\n2026 vs. 2025",
            ["2025 estimate", "Variance 2026 vs. 2025"],
        ),
    ],
)
def test_leaves(text: str, wanted: list[str]) -> None:
    assert leaves(heading(text, len(wanted))) == wanted


def test_a_heading_over_several_columns_stands_apart_wherever_it_was_printed() -> None:
    text = (
        "变动\n支出用途\n2022 年\n支出 a\n2023 年\n批款\n技术\n调整\n"
        "其他 共计 百分比\n2024 年估计\n(重计费用前)"
    )
    found = heading(text, 7, "zh")
    assert found.label == "支出用途"
    assert found.groups == (("变动", 2, 4),)
    assert found.leaves[0].marks == "a"
    assert leaves(found)[-1] == "2024 年 估计 (重计费用前)"


def test_sources_of_funds_stand_over_the_same_headings_again_and_again() -> None:
    text = "Regular budget\nOther funds\n2025 approved 2026 estimate 2025 approved 2026 estimate"
    assert heading(text, 4).groups == (("Regular budget", 0, 2), ("Other funds", 2, 2))


def test_rows_are_told_from_headings() -> None:
    textlines = printed_lines(
        "Component\n2024\nexpenditure\n(before\nrecosting)\nStaff by category\n"
    )
    known = covered(textlines, pieces_of(textlines, "en"))
    assert known == [True, True, True, True, True, False]


def test_the_longest_run_of_factors_is_what_changes_span() -> None:
    concepts = ["total", "expenditure", "technical", "other", "total", "percentage", "estimate"]
    assert run_of_changes(concepts) == (2, 4)
    assert run_of_changes(["expenditure", "total"]) is None
