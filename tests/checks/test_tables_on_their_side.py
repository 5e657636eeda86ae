"""Tables that lie on their side: what is counted stands in rows, and each column is one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.as_printed import check

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDS = 24


def row(label: str, figures: Iterable[object]) -> str:
    return f"{label} | " + " | ".join(map(str, figures))


def told(*rows: str) -> list[str]:
    heading = row("Results", (f"Crew {at}" for at in range(1, RECORDS + 1)))
    return [each.code for each in check("\n".join(["", heading, *rows, ""]), ("Tests",)).findings]


def first(at: int) -> int:
    return 40 + (at * at + at * 7) % 37


def second(at: int) -> int:
    return 11 + (at * 5 + at * at * 3) % 23


def together(wrong: int) -> list[int]:
    """The sums, of which as many as there are to be wrong are two more, every other one."""
    raised = set(range(0, RECORDS, 2)[:wrong])
    return [first(at) + second(at) + 2 * (at in raised) for at in range(RECORDS)]


SEVERAL = [
    row("Seamanship", map(first, range(RECORDS))),
    row("Signals", map(second, range(RECORDS))),
]


@pytest.mark.parametrize("wrong", [9, 10, 11])
def test_a_line_that_is_often_more_than_the_two_above_it_is_no_sum(wrong: int) -> None:
    assert told(*SEVERAL, row("Examination", together(wrong))) == []


@pytest.mark.parametrize("wrong", [1, 2])
def test_one_or_two_wrong_sums_are_found(wrong: int) -> None:
    assert told(*SEVERAL, row("Examination", together(wrong))) == ["ARI101"] * wrong


def test_a_line_of_codes_in_groups_holds_no_malformed_figures() -> None:
    codes = (f"{1000 + at * 311 % 8999:04} {100 + at * 37 % 899:03}" for at in range(RECORDS))
    assert told(row("Identity", codes), *SEVERAL, row("Examination", together(0))) == []


def test_a_code_above_amounts_and_their_percentages_is_no_percentage() -> None:
    years = range(2001, 2009)
    counties = [23001 + 2 * at for at in range(RECORDS)]
    part = [[17 + (at * 7 + year) % 50 for at in range(RECORDS)] for year in years]
    base = [[1200 + (at * 131 + year * 17) % 900 for at in range(RECORDS)] for year in years]
    rates = [
        [f"{100 * p / b:.3f}" for p, b in zip(over, under, strict=True)]
        for over, under in zip(part, base, strict=True)
    ]
    named: list[tuple[str, Iterable[Iterable[object]]]]
    named = [("Leavers", part), ("Pupils", base), ("Rate", rates)]
    lines = [
        row(f"{name} {year}", figures)
        for name, block in named
        for year, figures in zip(years, block, strict=True)
    ]
    assert told(row("County", counties), *lines) == []
