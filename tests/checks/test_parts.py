"""Tables in parts (1), (2), (3) whose last row is the total of all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, check, figure, is_complete
from tests.compose.printed import tenths
from tests.growing import CHANGE, PROPOSED, Row, added, changes, with_changes, written_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

PART = ("(1) Regular budget", "(2) Other assessed", "(3) Extrabudgetary")
# A source of funds whose changes are not told apart prints fewer columns.
SHORT = ("2024 expenditure", "2025 estimate", "Change", "Percentage", "2026 estimate")
KEPT = (0, 1, 5, 6, 7)
ITEMS = st.lists(changes(), min_size=2, max_size=4)


def part(ordinal: int, items: Sequence[tuple[int, ...]]) -> list[Row]:
    """The rows of one part with its subtotal."""
    rows = [Row(f"{at}. Component", figures) for at, figures in enumerate(items, 1)]
    return [*rows, Row(f"Subtotal, {ordinal}", added(items), tuple(range(len(rows))))]


def short(rows: Sequence[Row]) -> str:
    """The five columns of a table whose changes are not told apart."""
    texts = [(row.label, *(tenths(row.figures[at]) for at in KEPT)) for row in rows]
    return "\n".join(" | ".join(text) for text in [("Item", *SHORT), *texts])


def printed(first: Sequence[Row], second: Sequence[Row], slip: int = 0, column: int = 0) -> str:
    """Two parts; the figure of the total that is changed by ``slip`` stands in ``column``."""
    every = added(row.figures[:5] for row in (first[-1], second[-1]))
    (total,) = with_changes([Row("Total", every)])
    figures = [f + slip * (at == column) for at, f in enumerate(total.figures)]
    below = [*with_changes(second), Row("Total", tuple(figures))]
    return f"{written_variance(with_changes(first))}\n¶ {PART[1]}\n{short(below)}"


@settings(max_examples=40)
@given(ITEMS, ITEMS)
def test_parts_and_their_total_built_from_items_have_no_finding(
    one: list[tuple[int, ...]], two: list[tuple[int, ...]]
) -> None:
    assume(any(added(one)[2:]))
    result = check(printed(part(1, one), part(2, two)), (*MONEY, PART[0]))
    assert not result.findings
    assert is_complete(result)


@settings(max_examples=40)
@given(ITEMS, ITEMS, st.sampled_from([0, 1, CHANGE, PROPOSED]), st.sampled_from([-700, 90, 5000]))
def test_a_wrong_total_of_all_parts_is_one_finding(
    one: list[tuple[int, ...]], two: list[tuple[int, ...]], column: int, slip: int
) -> None:
    assume(any(added(one)[2:]))
    first, second = part(1, one), part(2, two)
    (finding,) = check(printed(first, second, slip, column), (*MONEY, PART[0])).findings
    (total,) = with_changes([Row("Total", added([added(one), added(two)]))])
    where = finding.where
    assert (where.table, where.part, where.row) == ("1", "(2)", "Total")
    assert where.column == SHORT[KEPT.index(column)]
    right = tenths(total.figures[column])
    assert figure(finding.computed).removesuffix(".0") == right.removesuffix(".0").replace("–", "0")
