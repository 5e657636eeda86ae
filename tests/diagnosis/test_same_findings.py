"""What must not matter: the order of items, the position of the decimal mark, the typography."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, check, told
from tests.compose.printed import DASH, tenths
from tests.growing import (
    BASE,
    CHANGE,
    PERCENTAGE,
    PROPOSED,
    TECHNICAL,
    changes,
    moved,
    with_changes,
    written_variance,
)
from tests.growing import Row as PrintedRow

if TYPE_CHECKING:
    from collections.abc import Sequence

ITEMS = st.lists(changes(), min_size=3, max_size=8)
SLIPS = st.tuples(
    st.sampled_from([BASE, TECHNICAL, CHANGE, PROPOSED]), st.sampled_from([-300, 100, 450, 9000])
)


def table(items: Sequence[tuple[int, ...]]) -> list[PrintedRow]:
    """Items with names of their own, and their total."""
    rows = [PrintedRow(f"Place {at}", figures) for at, figures in enumerate(items)]
    total = tuple(map(sum, zip(*items, strict=True)))
    return with_changes([*rows, PrintedRow("Total", total, tuple(range(len(rows))))])


def found(text: str) -> list[tuple[str, ...]]:
    return sorted(told(finding) for finding in check(text, MONEY).findings)


@settings(max_examples=50)
@given(ITEMS, st.data())
def test_the_order_of_items_does_not_matter(
    items: list[tuple[int, ...]], data: st.DataObject
) -> None:
    rows = table(items)
    for _ in range(data.draw(st.integers(0, 2))):
        column, slip = data.draw(SLIPS)
        rows = moved(rows, data.draw(st.integers(0, len(items))), column, slip)
    other = [*data.draw(st.permutations(rows[:-1])), rows[-1]]
    assert found(written_variance(other)) == found(written_variance(rows))


def tens(value: int) -> str:
    """A number of tenths printed without its decimal mark, ten times as large."""
    return tenths(10 * value).replace(".0", "")


def without_decimals(rows: Sequence[PrintedRow]) -> str:
    """The table with amounts ten times as large, in whole units; percentages as they are."""
    texts = [text.split(" | ") for text in written_variance(rows, show=tens).splitlines()]
    for cells, row in zip(texts[1:], rows, strict=True):
        cells[PERCENTAGE + 1] = tenths(row.figures[PERCENTAGE])
    return "\n".join(" | ".join(cells) for cells in texts)


@settings(max_examples=40)
@given(ITEMS, st.data())
def test_figures_ten_times_as_large_give_the_same_findings(
    items: list[tuple[int, ...]], data: st.DataObject
) -> None:
    rows = table(items)
    column, slip = data.draw(SLIPS)
    rows = moved(rows, data.draw(st.integers(0, len(items))), column, slip)
    small = check(written_variance(rows), MONEY)
    large = check(without_decimals(rows), MONEY)
    assert [(f.code, f.severity, f.where) for f in small.findings] == [
        (f.code, f.severity, f.where) for f in large.findings
    ]
    assert small.findings
    for one, other in zip(small.findings, large.findings, strict=True):
        assert one.computed is not None
        assert one.computed * 10 == other.computed
    assert small.coverage.exact == large.coverage.exact


RIGHT = """
Item    | 2024 expenditure | 2025 approved |  Change | Percentage | 2026 estimate
Posts   |          1 300.0 |       1 320.0 |  (20.0) |      (1.5) |       1 300.0
Travel  |            200.0 |         210.0 |    10.0 |        4.8 |         220.0
Rent    |             50.0 |          60.0 |       – |          – |          60.0
Total   |          1 550.0 |       1 590.0 |  (10.0) |      (0.6) |       1 580.0
"""


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        (" 3", "\u00a03"),
        (" 3", "\u20093"),
        (" 3", "\u202f3"),
        (" 3", ",3"),
        (DASH, "—"),
        (DASH, "-"),
        ("(20.0)", "-20.0"),
        ("(20.0)", "−20.0"),
        ("(20.0)", "( 20.0 )"),
        ("1 300.0", "1 300.0^a"),
        ("Posts", "Posts^b"),
        ("Total", "Grand total"),
        ("Total", "TOTAL"),
        ("Item", ""),
        ("Rent  ", "Rent, of premises"),
    ],
)
@pytest.mark.parametrize("wrong", ["", "1 290.0"])
def test_typography_changes_nothing(printed: str, instead: str, wrong: str) -> None:
    """A table that is right stays right, and a wrong cell stays the only finding."""
    text = RIGHT.replace("1 590.0", wrong) if wrong else RIGHT
    note = f"¶ Provisional figures.{instead[-1]}\n" if "^" in instead else ""
    findings = check(text.replace(printed, instead) + note, MONEY).findings
    assert [figure for *_, figure in map(told, findings)] == (["1 590.0"] if wrong else [])
