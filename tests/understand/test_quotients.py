"""Columns of percentages under headings that no language file knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unbudget_check import check
from unbudget_check.evidence.ratios import find_ratios
from unbudget_check.model.number import Number

if TYPE_CHECKING:
    from pathlib import Path

    from unbudget_check.model.report import Report

ROWS = (
    ("Stellen", 281353, 281590, 8140),
    ("Berater", 314198, 314881, 8915),
    ("Reisen", 728394, 728545, -1958),
    ("Bauten", 726420, 727311, 5682),
)


def printed(tenths: int) -> str:
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def per_cent(part: int, base: int) -> int:
    """Tenths of a per cent, halves away from zero."""
    whole, rest = divmod(abs(part) * 1000, base)
    return (whole + (2 * rest >= base)) * (-1 if part < 0 else 1)


def table(rows: tuple[tuple[str, int, int, int], ...]) -> list[list[str]]:
    total = (
        "Summe",
        sum(row[1] for row in rows),
        sum(row[2] for row in rows),
        sum(row[3] for row in rows),
    )
    return [["Ausgabenart", "Spalte eins", "Spalte zwei", "Unterschied", "Anteil", "Neu"]] + [
        [name, *map(printed, (spent, base, change, per_cent(change, base), base + change))]
        for name, spent, base, change in (*rows, total)
    ]


def checked(folder: Path, cells: list[list[str]]) -> Report:
    path = folder / "tabelle.csv"
    path.write_text("\n".join(map(",".join, cells)), encoding="utf-8")
    return check([str(path)])


def test_a_column_that_divides_two_others_is_not_added_up(tmp_path: Path) -> None:
    assert checked(tmp_path, table(ROWS)).findings == ()


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5])
def test_a_wrong_percentage_in_it_is_found(tmp_path: Path, row: int) -> None:
    cells = table(ROWS)
    cells[row][4] = "7.7"
    (finding,) = checked(tmp_path, cells).findings
    assert (finding.code, finding.stated_text) == ("ARI304", "7.7")


def test_amounts_that_add_up_stay_amounts(tmp_path: Path) -> None:
    cells = table(ROWS)
    for row, amount in zip(cells[1:], (31, 17, 250, 9, 307), strict=True):
        row[4] = printed(amount)
    assert checked(tmp_path, cells).findings == ()
    cells[5][4] = "30.8"
    (finding,) = checked(tmp_path, cells).findings
    assert finding.code == "ARI101"


@given(
    st.lists(
        st.tuples(st.integers(1000, 10**6), st.integers(1000, 10**6), st.integers(100, 10**5)),
        min_size=4,
        max_size=8,
        unique_by=lambda row: per_cent(row[2], row[1]),
    )
)
@example([(1000, 1000, 100), (1000, 1000, 821), (1000, 1000, 1027), (1000, 200001, 100)])
def test_whatever_the_figures_a_consistent_table_has_no_findings(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, int]]
) -> None:
    named = tuple((f"Zeile {chr(97 + at)}", *row) for at, row in enumerate(rows))
    report = checked(tmp_path_factory.mktemp("tables"), table(named))
    assert [each for each in report.findings if each.severity == "error"] == []


def test_small_counts_are_no_percentages_of_each_other() -> None:
    """Rounding could make each sum a share of the staff, but it could make any of them so."""
    sums, fifth, staff = (24, 25, 21, 22), (10, 10, 6, 7), (40, 41, 29, 31)
    lines = [[Number(units, 0) for units in each] for each in (sums, fifth, staff)]
    lines += [[Number(units + at, 0) for at in range(4)] for units in (2, 3, 1, 9, 5, 11)]
    assert find_ratios(lines) == []


def test_percentages_of_rounded_amounts_are_told_apart_by_more_than_rounding() -> None:
    rates, parts, bases = (37, 12, 61, 85), (1110, 239, 1403, 3402), (3002, 1990, 2301, 4003)
    lines = [[Number(units, 0) for units in each] for each in (rates, parts, bases)]
    assert [(each.stated, each.part, each.base) for each in find_ratios(lines)] == [(0, 1, 2)]
