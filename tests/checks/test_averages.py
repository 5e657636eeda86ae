"""Averages in a total row are not added up, but a slip among sums is still found."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import pytest

from tests.as_printed import check, told
from tests.work import calls

STAFF = """
Grade | FTE | Unit cost | Total cost | Vacancy rate
P-5   |   2 |       200 |        400 |          5.0
P-4   |   4 |       180 |        720 |          7.0
P-3   |   6 |       150 |        900 |          9.0
Total |  12 |       {} |      2 020 |          7.7
"""
SITES = """
Item   | East | West | North | South
Staff  |  512 |  431 |   377 |   640
Rent   |  211 |  305 |   242 |   198
Travel |  154 |  120 |   133 |   101
Total  |  {} |  856 |   752 |   939
"""


def test_means_in_the_total_row_are_no_wrong_sums() -> None:
    assert not check(STAFF.format("168")).findings


@pytest.mark.parametrize("slip", ["377", "477", "887", "867"])
def test_a_slip_among_several_good_sums_is_found(slip: str) -> None:
    (finding,) = check(SITES.format(slip)).findings
    assert told(finding) == ("ARI101", "Total / East", slip, "877")


@pytest.mark.parametrize("slip", ["1.4", "2.4", "1.9", "0.4"])
def test_columns_headed_by_years_are_no_rates(slip: str) -> None:
    table = f"""
    Item   | 2024 | 2025 | 2026
    Staff  |  1.5 |  1.6 |  1.7
    Rent   |  0.6 |  0.6 |  0.7
    Travel |  0.3 |  0.4 |  0.5
    Total  |  {slip} |  2.6 |  2.9
    """
    assert {told(found)[3] for found in check(table).findings} <= {"2.4"}
    assert bool(check(table).findings) == (slip != "2.4")


def test_one_good_column_beside_an_average_far_from_the_sum() -> None:
    table = """
    Project | Hours | Charge
    Harbour |    10 |     20
    Bridge  |    25 |     31
    Tunnel  |    30 |     42
    Total   |    65 |     33
    """
    assert not check(table).findings


@pytest.mark.parametrize("digits", ["0." + "0" * 300 + "1", "9" * 60])
def test_figures_beyond_all_machine_words_stop_no_check(digits: str) -> None:
    rows = "".join(f"Item {at} | {at}.5 | {at + 7}.25 | {digits}\n" for at in range(12))
    table = f"Item | 2024 | 2025 | Average\n{rows}Average | 6.0 | 12.75 | 1\n"
    assert not check(table).coverage.faults


def test_many_equal_figures_are_weighed_at_once() -> None:
    once, again = (calls(partial(check, _ones(count))) for count in (100, 400))
    assert again < 4.4 * once


def _ones(count: int) -> str:
    """A table whose row of totals, all one, may be borne out by any of its rows of ones."""
    ones = " | ".join(["1"] * count)
    heads = " | ".join(f"Office {at}" for at in range(count))
    return f"Item | {heads}\nPosts | 100.5 | {ones[:-4]}\n" + f"Item | {ones}\n" * 150


def _block(start: int, count: int, rests: tuple[int, ...], last: str) -> list[str]:
    """Whole numbers of so many rows, whose sums leave these rests, and their means."""
    rows = [
        [30 + (at * at + at * 7 + start * 5 + column * 13) % 71 for column in range(len(rests))]
        for at in range(count - 1)
    ]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    rows.append([40 + (rest - total - 40) % count for rest, total in zip(rests, sums, strict=True)])
    totals = map(Decimal, map(sum, zip(*rows, strict=True)))
    means = [str((total / count).quantize(Decimal(last), ROUND_HALF_UP)) for total in totals]
    noughts = last[1:].replace("1", "0")
    lines = [
        f"Crew {start + at} | " + " | ".join(f"{value}{noughts}" for value in row)
        for at, row in enumerate(rows)
    ]
    return [*lines, "MEAN | " + " | ".join(means)]


@pytest.mark.parametrize(("count", "rest", "last"), [(19, 16, "0.00001"), (20, 1, "0.1")])
def test_a_mean_is_rounded_however_exact_the_others_are(count: int, rest: int, last: str) -> None:
    heading = "Crew | " + " | ".join(f"Test {at}" for at in range(1, 8))
    even, odd = (0,) * 7, (*(0,) * 6, rest)
    blocks = (*_block(1, count, even, last), *_block(30, count, odd, last))
    table = "\n".join(["", heading, *blocks, ""])
    assert not check(table, ("Results of tests",)).findings
