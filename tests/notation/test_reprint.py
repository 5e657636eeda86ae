"""A corrected figure looks like the wrong one, whatever the document prints."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.model.number import Notation, Number, decimal_of, printed
from unbudget_check.notation.reprint import reprint

WITH_COMMAS = Notation(group=",", minus="-")
CONTINENTAL = Notation(decimal=",", group=".", minus="\u2212")


@pytest.mark.parametrize(
    ("text", "stated", "proposed", "notation", "corrected"),
    [
        ("1 970.5", "1970.5", "1790.5", Notation(), "1 790.5"),
        ("1\u00a0970.5", "1970.5", "1790.5", Notation(), "1\u00a0790.5"),
        ("970.5", "970.5", "1790.5", Notation(), "1 790.5"),
        ("1970.5", "1970.5", "11790.5", Notation(), "11790.5"),
        ("0.4", "0.4", "0.3", Notation(), "0.3"),
        ("6 582.27", "6582.27", "6582.7", Notation(), "6 582.7"),
        ("12.0", "12.0", "15", Notation(), "15"),
        ("(3.3)", "-3.3", "-4.3", Notation(), "(4.3)"),
        ("98.3", "98.3", "-98.3", Notation(), "(98.3)"),
        ("(98.3)", "-98.3", "98.3", Notation(), "98.3"),
        ("-7", "-7", "7", WITH_COMMAS, "7"),
        ("7", "7", "-7", WITH_COMMAS, "-7"),
        ("$8,969,900", "8969900", "8948900", WITH_COMMAS, "$8,948,900"),
        (
            "8,969,900 dollars in 2026",
            "8969900",
            "8948900",
            WITH_COMMAS,
            "8,948,900 dollars in 2026",
        ),
        ("1.234,5", "1234.5", "1243.5", CONTINENTAL, "1.243,5"),
        ("54.0 per cent", "54.0", "53.9", Notation(), "53.9 per cent"),
        ("\u2013", "0", "12.5", Notation(), "12.5"),
        ("", "0", "3", Notation(), "3"),
        ("12", "12", "0", Notation(), "0"),
        ("(12)", "-12", "0", Notation(), "\u2013"),
        ("$10.5 million", "1.05E+7", "1.06E+7", Notation(), "$10.6 million"),
        ("١٢٣", "123", "132", Notation(), "١٣٢"),
        ("9 P-5, 17 P-4", "9", "10", Notation(), "10 P-5, 17 P-4"),
    ],
)
def test_the_corrected_figure_is_printed_in_the_same_way(
    text: str, stated: str, proposed: str, notation: Notation, corrected: str
) -> None:
    found = reprint(text, Decimal(stated), Decimal(proposed), notation)
    assert found is not None
    assert text[: found.start] + found.figure + text[found.end :] == corrected


@pytest.mark.parametrize(
    ("text", "stated", "proposed"),
    [
        ("3 D-1, 9 P-5, 3 P-2", "3", "4"),  # which of the two is not said
        ("$10.5 million", "1.05E+7", "10541000"),  # more digits than there is room for
        ("a decrease of 3.2", "-3.2", "-3.5"),  # the minus is a word
        ("three posts", "3", "4"),
        ("12.5", "13.5", "14.5"),
        ("\u2013 and \u2013", "0", "1"),
    ],
)
def test_what_cannot_be_printed_in_the_same_way_is_left_alone(
    text: str, stated: str, proposed: str
) -> None:
    assert reprint(text, Decimal(stated), Decimal(proposed), Notation()) is None


@given(
    st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(0, 3),
    st.sampled_from([Notation(), WITH_COMMAS, CONTINENTAL]),
)  # fmt: skip
def test_a_corrected_figure_is_the_figure_as_the_notation_prints_it(
    was: int, meant: int, decimals: int, notation: Notation
) -> None:
    one, other = Number(was, -decimals), Number(meant, -decimals)
    if meant and was:
        text = printed(one, notation)
        found = reprint(text, decimal_of(one), decimal_of(other), notation)
        assert found is not None
        corrected = text[: found.start] + found.figure + text[found.end :]
        assert corrected == printed(other, notation)
