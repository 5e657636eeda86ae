"""What an officer reads of a finding: which figure, what it should be, and who says so."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.as_printed import MONEY, check
from tests.diagnosis.printing import SITES, TABLE, reprinted
from unbudget_check.model.report import Report, Tool
from unbudget_check.reporters.options import RenderOptions
from unbudget_check.reporters.terminal import full

if TYPE_CHECKING:
    from unbudget_check.model.finding import Finding

DRIFTING = """
Item        | East, expenditure | West, expenditure | Total expenditure
Posts       |           1 302.4 |           1 327.1 |           2 629.4
Consultants |             214.7 |             231.5 |             446.3
Travel      |             118.3 |             146.9 |             265.1
Rent        |             563.8 |             572.6 |           1 136.5
Supplies    |              41.2 |              39.9 |              81.0
Fuel        |              77.6 |              12.3 |              89.8
Total       |           2 317.9 |           2 330.2 |           4 648.2
"""


OFFICES = """
Item        | 2024 expenditure | 2025 approved | Change | 2026 estimate
A. East     |                  |               |        |
Posts       |          1 302.4 |       1 327.1 |   10.0 |       1 337.1
Subtotal, A |          1 302.4 |       1 327.1 |   10.0 |       1 337.1
B. West     |                  |               |        |
Posts       |            563.8 |         572.6 |    1.2 |         573.8
Travel      |             41.2 |          39.9 |    2.1 |          42.0
Subtotal, B |            605.0 |         612.5 |    3.3 |         615.8
Total (A+B) |          1 907.4 |       1 939.6 |   13.3 |       1 952.9
"""


def told(table: str, place: tuple[str, str], printed: str) -> Finding:
    (finding,) = check(reprinted(table, {place: printed}), MONEY).findings
    return finding


def test_the_sentence_names_the_figure_the_slip_and_the_relations_that_agree() -> None:
    finding = told(TABLE, ("Travel", "2026 estimate"), "115.0")
    assert finding.message == (
        "Travel, 2026 estimate: stated 115.0, but 146.9 + 4.1 = 151.0 (difference (36.0)). "
        "It should be 151.0: two digits are transposed. "
        "2 checks confirm this: row Travel; column 2026 estimate (Total)."
    )


def test_a_part_that_is_to_blame_is_named_below_the_sum_that_fails() -> None:
    finding = told(SITES, ("Rent", "West"), "350.2")
    assert "The error is in Rent, West, which states 350.2; it should be 305.2" in finding.message
    assert (finding.where.row, finding.where.column) == ("Rent", "West")


def test_where_figures_drift_the_range_is_told() -> None:
    finding = told(DRIFTING, ("Rent", "East, expenditure"), "–")
    assert "it should be between " in finding.message
    (suspect,) = finding.suspects
    assert suspect.proposed is None
    assert suspect.low is not None
    assert suspect.high is not None
    assert suspect.low <= Decimal("563.8") <= suspect.high


def test_a_total_of_one_part_is_told_so() -> None:
    finding = told(OFFICES, ("Subtotal, A", "2024 expenditure"), "1 320.4")
    assert finding.message.startswith(
        "Subtotal, A, 2024 expenditure: stated 1 320.4, but its only part is 1 302.4 "
        "(difference 18.0). It should be 1 302.4"
    )


@pytest.mark.parametrize("proofs", [True, False])
def test_the_proof_is_written_out_in_figures_on_demand(*, proofs: bool) -> None:
    result = check(reprinted(TABLE, {("Travel", "2026 estimate"): "115.0"}), MONEY)
    report = Report(Tool("unbudget-check", "0", "0"), (result,))
    text = " ".join(full.render(report, RenderOptions(width=200, proofs=proofs)).split())
    assert ("1 263.4 + 248.7 + 115.0 + 559.0 = 2 186.1, but stated 2 222.1" in text) is proofs
    assert ("(4.1) / 146.9" in text) is False
