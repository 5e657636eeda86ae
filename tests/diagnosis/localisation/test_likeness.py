"""How well a figure fits beside another column of its table."""

from __future__ import annotations

from unbudget_check.diagnosis.localisation.repairs import likeness_of

ASKED = (13_200, 2_310, 1_460, 5_720, 640, 8_810, 310, 0)
SPENT = (12_900, 2_290, 1_180, 5_640, 610, 8_950, 325, 0)
NOISE = (3, 91_000, 12, 70_400, 880_000, 5, 61, 17)


def test_a_column_is_compared_with_the_one_whose_ratio_varies_least() -> None:
    found = likeness_of([NOISE, SPENT, ASKED], 1)
    assert found is not None
    assert found.column == 2


def test_a_value_is_the_odder_the_farther_it_is_from_the_usual_ratio() -> None:
    found = likeness_of([SPENT, ASKED], 0)
    assert found is not None
    costs = [found.cost(value, 5_720) for value in (5_640, 6_540, 9_640, 564, 56_400)]
    assert costs[0] < costs[1] < costs[2] < costs[3]
    assert found.cost(-5_640, 5_720) == found.cost(5_640, 5_720)


def test_a_dash_beside_a_value_is_odd_where_no_other_row_has_one() -> None:
    found = likeness_of([SPENT, ASKED], 0)
    assert found is not None
    assert found.cost(0, 5_720) > found.cost(5_640, 5_720)
    assert found.cost(0, 0) == 0
    assert found.cost(17, 0) > 0


def test_few_rows_and_columns_of_nothing_say_nothing() -> None:
    assert likeness_of([SPENT[:5], ASKED[:5]], 0) is None
    assert likeness_of([SPENT, (0,) * len(SPENT)], 0) is None
