"""Computed figures print as the figures around them do."""

from __future__ import annotations

import pytest

from unbudget_check.model.number import UNITED_NATIONS, Notation, Number, printed
from unbudget_check.notation.printed_style import learned

SHOWN = [
    (["517.020,85", "-3,10"], [Number(51702085, -2), Number(-310, -2)], "-1.234.567,8"),
    (["6,970 €", "($12.50)"], [Number(6970), Number(-1250, -2)], "(1,234,567.8)"),
    (["12,34,567", "-8"], [Number(1234567), Number(-8)], "-12,34,567.8"),
    (["16500.00"], [Number(1650000, -2)], "-1234567.8"),
    (["25 358,9", "(3,0)"], [Number(253589, -1), Number(-30, -1)], "(1 234 567,8)"),
    (["1'204.50", "−2.00"], [Number(120450, -2), Number(-200, -2)], "−1'234'567.8"),
    (["△7,439", "1,204"], [Number(-7439), Number(1204)], "△1,234,567.8"),
    (["12.5"], [Number(125, -1)], "(1 234 567.8)"),
]


@pytest.mark.parametrize(("texts", "numbers", "expected"), SHOWN)
def test_a_table_shows_how_it_prints(
    texts: list[str], numbers: list[Number], expected: str
) -> None:
    notation = learned(zip(texts, numbers, strict=True), ())
    assert printed(Number(-12345678, -1), notation) == expected


def test_what_a_table_does_not_show_is_taken_from_its_document() -> None:
    notation = learned([("12", Number(12))], [("1.204,5", Number(12045, -1))])
    assert notation == Notation(",", ".", "-")


def test_figures_of_another_unit_show_nothing() -> None:
    assert learned([("2.5 million", Number(2500000))], ()) == UNITED_NATIONS
