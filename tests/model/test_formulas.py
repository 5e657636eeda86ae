"""What formulas printed in headings say, and what they never say."""

from __future__ import annotations

import pytest

from tests.as_printed import check, headings, table_of, told
from unbudget_check.notation.column_numbers import is_divided, parse_quotient, parse_sum

TROOPS = """
Category | (1) | (2) | (3)=(2)-(1) | {}
Troops | 100.0 | 110.0 | 10.0 | 10.0
Police | 200.0 | 190.0 | (10.0) | {}
Staff | 50.0 | 60.0 | 10.0 | 20.0
Total | 350.0 | 360.0 | 10.0 | 2.9
"""


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("(5)=(4)-(3)", [(1, "4"), (-1, "3")]),
        ("(5) = (4) + (3) – (2)", [(1, "4"), (1, "3"), (-1, "2")]),
        ("c=-a+b", [(-1, "a"), (1, "b")]),
        ("(5=4-3)", [(1, "4"), (-1, "3")]),
        ("(4)=(3)÷(1)", []),
        ("(4)=(3)/(1)*100", []),
        ("(5)=(4)×100/(2)", []),
        ("(5)=(4)-(3)/(2)", []),
        ("(5)=(4)(3)", []),
        ("(5)=(1)-(2) per post", []),
        ("", []),
    ],
)
def test_a_sum_is_nothing_but_plus_and_minus(printed: str, terms: list[tuple[int, str]]) -> None:
    assert parse_sum(printed) == terms


@pytest.mark.parametrize(
    "printed",
    ["(4)=(3)÷(1)", "(4)=(3)/(1)*100", "(4)=(3)×100/(1)", "(4)=100x(3)/(1)", "(4) = ((3)/(1))*100"],
)
def test_the_quotient_of_two_columns(printed: str) -> None:
    assert is_divided(printed)
    assert parse_quotient(printed) == ("3", "1")


@pytest.mark.parametrize("printed", ["(4)=(3)-(1)", "(4)=((3)-(1))/(1)", "(4)=(3)x(1)", ""])
def test_other_formulas_are_no_quotient_of_two(printed: str) -> None:
    assert parse_quotient(printed) is None


@pytest.mark.parametrize("printed", ["(4)=(3)÷(1)", "(4)=(3)/(1)*100", "(4)=(3)×100/(1)"])
def test_a_printed_quotient_is_a_percentage_that_is_checked(printed: str) -> None:
    assert headings(table_of(TROOPS.format(printed, "(5.0)")))[4][1] == "percentage"
    assert not check(TROOPS.format(printed, "(5.0)")).findings
    (finding,) = check(TROOPS.format(printed, "(6.0)")).findings
    assert told(finding)[0] == "ARI301"
    assert told(finding)[2:] == ("(6.0)", "(5.0)")


def test_a_quotient_that_is_no_percentage_is_not_checked_as_one() -> None:
    table = """
    Team  | (1) | (2) | (3)=(2)/(1)
    North |   4 | 720 |         180
    South |   6 | 900 |         150
    Total |  10 | 1620 |        162
    """
    assert not check(table).findings
