"""One wrong cell is one finding, at that cell, with the figure that it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.as_printed import MONEY, POSTS, check, figure, told
from tests.compose.printed import count
from tests.growing import (
    BASE,
    CHANGE,
    MANDATES,
    OTHER,
    PERCENTAGE,
    PROPOSED,
    SPENT,
    TECHNICAL,
    address,
    changes,
    lettered,
    moved,
    nodes,
    with_changes,
    written_variance,
)
from unbudget_check.model.finding import Confidence, Severity
from unbudget_check.model.number import Number, decimal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.growing import Node, Row

# Figures of these columns stand in two relations or more; an expenditure only as a (sub)total.
CROSSED = (BASE, TECHNICAL, MANDATES, OTHER, CHANGE, PROPOSED)
SLIPS = st.sampled_from([-5000, -300, 100, 450, 9000])
TABLE = """
Item                 | 2024 expenditure | 2025 approved | Change | Percentage | 2026 estimate
A. Direction         |            100.0 |         110.0 |    5.0 |        4.5 |         115.0
B. Programme of work |                  |               |        |            |
1. Policy            |            300.0 |         320.0 | (20.0) |      (6.3) |         300.0
2. Statistics        |            200.0 |         210.0 |   10.0 |        4.8 |         220.0
Subtotal, B          |            500.0 |         530.0 | (10.0) |      (1.9) |         520.0
C. Support           |             50.0 |          60.0 |      – |          – |          60.0
Total                |            650.0 |         700.0 |  (5.0) |      (0.7) |         695.0
"""


def drawn_cell(rows: Sequence[Row], data: st.DataObject) -> tuple[int, int]:
    """A row and a column where a wrong figure can be told from its neighbours."""
    at = data.draw(st.sampled_from([at for at, row in enumerate(rows) if row.figures]))
    columns = (SPENT, *CROSSED) if rows[at].parts else CROSSED
    return at, data.draw(st.sampled_from(columns))


@settings(max_examples=80)
@given(nodes(changes()), st.data())
def test_a_wrong_amount_is_one_finding_with_the_right_one(node: Node, data: st.DataObject) -> None:
    rows = with_changes(lettered(node))
    at, column = drawn_cell(rows, data)
    (finding,) = check(written_variance(moved(rows, at, column, data.draw(SLIPS))), MONEY).findings
    assert finding.where.address == address(at, column)
    assert finding.computed == decimal_of(Number(rows[at].figures[column], -1))
    assert finding.stated is not None
    assert finding.residual == finding.stated - finding.computed
    assert finding.severity is Severity.ERROR


@settings(max_examples=50)
@given(nodes(changes(most=500)), st.data())
def test_a_wrong_number_of_posts_is_one_finding(node: Node, data: st.DataObject) -> None:
    rows = with_changes(lettered(node))
    at, column = drawn_cell(rows, data)
    slip = data.draw(st.sampled_from([-50, -1, 1, 2, 10]))
    wrong = written_variance(moved(rows, at, column, slip), show=count)
    (finding,) = check(wrong, POSTS).findings
    assert finding.where.address == address(at, column)
    assert finding.computed == rows[at].figures[column]


@settings(max_examples=40)
@given(nodes(changes()), st.data())
def test_a_wrong_percentage_is_one_finding(node: Node, data: st.DataObject) -> None:
    rows = with_changes(lettered(node))
    at = data.draw(st.sampled_from([at for at, row in enumerate(rows) if row.figures]))
    wrong = moved(rows, at, PERCENTAGE, data.draw(st.sampled_from([-300, -50, 50, 300])))
    (finding,) = check(written_variance(wrong), MONEY).findings
    assert (finding.code, finding.where.address) == ("ARI301", address(at, PERCENTAGE))
    assert finding.computed == decimal_of(Number(rows[at].figures[PERCENTAGE], -1))


@settings(max_examples=40)
@given(nodes(changes()), st.data())
def test_two_wrong_amounts_are_two_findings(node: Node, data: st.DataObject) -> None:
    """In different rows and columns, wrong by different amounts."""
    rows = with_changes(lettered(node))
    assume(sum(map(bool, node.figures)) > 2)  # nil columns bear out nothing against two errors
    one, other = drawn_cell(rows, data), drawn_cell(rows, data)
    assume(one[0] != other[0] and one[1] != other[1])
    wrong = moved(moved(rows, *one, 450), *other, data.draw(st.sampled_from([-5000, 9000])))
    found = {(f.where.address, f.computed) for f in check(written_variance(wrong), MONEY).findings}
    assert found == {
        (address(at, column), decimal_of(Number(rows[at].figures[column], -1)))
        for at, column in (one, other)
    }


@pytest.mark.parametrize(
    ("printed", "instead", "place", "right"),
    [
        ("|         530.0 |", "|         550.0 |", "Subtotal, B / 2025 approved", "530.0"),
        ("|         210.0 |", "|         120.0 |", "2. Statistics / 2025 approved", "210.0"),
        ("| (20.0) |", "|   20.0 |", "1. Policy / Change", "(20.0)"),
        ("|            650.0 |", "|            651.0 |", "Total / 2024 expenditure", "650.0"),
        ("|         695.0\n", "| 6 950.0\n", "Total / 2026 estimate", "695.0"),
        ("|         695.0\n", "| –\n", "Total / 2026 estimate", "695.0"),
        ("|         115.0\n", "| 151.0\n", "A. Direction / 2026 estimate", "115.0"),
        ("|      (1.9) |", "|        1.9 |", "Subtotal, B / Percentage", "(1.9)"),
    ],
)
def test_slips_as_they_happen(printed: str, instead: str, place: str, right: str) -> None:
    assert printed in TABLE
    found = check(TABLE.replace(printed, instead, 1), MONEY).findings
    assert [(where, computed) for _, where, _, computed in map(told, found)] == [(place, right)]


def test_a_malformed_figure_is_one_finding_with_the_value_that_the_sums_name() -> None:
    (finding,) = check(TABLE.replace("530.0", "5.30.0"), MONEY).findings
    assert (finding.code, figure(finding.computed)) == ("NOT101", "530.0")


def test_two_wrong_cells_far_apart_are_two_findings() -> None:
    wrong = TABLE.replace("| (20.0) |", "|   20.0 |").replace("115.0", "151.0")
    found = [told(finding)[1:] for finding in check(wrong, MONEY).findings]
    assert found == [
        ("A. Direction / 2026 estimate", "151.0", "115.0"),
        ("1. Policy / Change", "20.0", "(20.0)"),
    ]


def test_the_proof_holds_every_sum_that_the_cell_breaks() -> None:
    (finding,) = check(TABLE.replace("|         530.0 |", "|         550.0 |"), MONEY).findings
    assert sorted(proof.code for proof in finding.relations) == [
        "ARI101",
        "ARI101",
        "ARI202",
        "ARI301",
    ]
    for proof in finding.relations[:-1]:
        assert proof.stated is not None
        assert proof.computed == sum(
            part.coefficient * part.stated for part in proof.parts if part.stated is not None
        )
        assert proof.residual == proof.stated - proof.computed
    assert finding.confidence is Confidence.HIGH
    (suspect,) = finding.suspects
    assert (suspect.stated, figure(suspect.proposed)) == ("550.0", "530.0")


def test_a_wrong_item_without_a_witness_is_told_at_its_total() -> None:
    """Nothing tells the cells of a lone sum apart: its total is named, by convention."""
    (finding,) = check(TABLE.replace("|            200.0 |", "| 240.0 |"), MONEY).findings
    assert finding.where.row == "Subtotal, B"
    assert figure(finding.computed) == "540.0"
