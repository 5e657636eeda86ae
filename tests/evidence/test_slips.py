"""Which slip turns one figure into another, as an officer would name it, and how likely it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unbudget_check.evidence.slips import COSTS, THOUSAND, Slip, cost_of, nats, slip_between

FIGURES = st.integers(1, 10**9)
SIGNS = st.sampled_from([-1, 1])
DIGITS = st.sampled_from("0123456789")
COPIES = frozenset({Slip.ROW_ABOVE, Slip.ROW_BELOW, Slip.OTHER_COLUMN, Slip.GRAND_TOTAL})
SYMMETRIC = frozenset({Slip.SIGN, Slip.TRANSPOSED, Slip.DIGIT})


def units(text: str) -> int:
    """A printed figure as a whole number of its last digits: (12.5) is -125, a dash is nil."""
    digits = "".join(filter(str.isdigit, text))
    return int(digits or "0") * (-1 if text.startswith("(") else 1)


def spliced(figure: int, at: int, digits: str, instead_of: int) -> int:
    """A figure with some digits at one place instead of so many others; no leading nil."""
    text = str(figure)
    found = text[:at] + digits + text[at + instead_of :]
    assume(found and not found.startswith("0"))
    return int(found)


def place_in(figure: int, data: st.DataObject, without_last: int = 1) -> int:
    """A place among the digits of a figure."""
    return data.draw(st.integers(0, len(str(figure)) - without_last))


def shifts(stated: int, proposed: int) -> bool:
    """Whether a mark in another place explains it as well: the same digits but for nil at the end.

    A figure printed with the same decimals loses its last digit, rounded away.
    """
    same = str(stated).rstrip("0") == str(proposed).rstrip("0")
    return same or (len(str(proposed)) > len(str(stated)) and stated == (proposed + 5) // 10)


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        ("(20.0)", "20.0", Slip.SIGN),
        ("20.0", "(20.0)", Slip.SIGN),
        ("7", "(7)", Slip.SIGN),
        ("120.0", "210.0", Slip.TRANSPOSED),
        ("(1 324.5)", "(1 234.5)", Slip.TRANSPOSED),
        ("1 235.4", "1 234.5", Slip.TRANSPOSED),
        ("12", "21", Slip.TRANSPOSED),
        ("1 294.5", "1 234.5", Slip.DIGIT),
        ("(9.1)", "(9.7)", Slip.DIGIT),
        ("8", "3", Slip.DIGIT),
        ("134.5", "1 234.5", Slip.MISSING_DIGIT),
        ("234.5", "1 234.5", Slip.MISSING_DIGIT),
        ("(12.5)", "(125.5)", Slip.MISSING_DIGIT),
        ("1 223.7", "123.7", Slip.EXTRA_DIGIT),
        ("1 237.4", "123.7", Slip.EXTRA_DIGIT),
        ("91 234.5", "1 234.5", Slip.EXTRA_DIGIT),
        ("6 950.0", "695.0", Slip.SHIFTED),
        ("69.5", "695.0", Slip.SHIFTED),
        ("123.4", "1 234.4", Slip.SHIFTED),
        ("123.5", "1 234.5", Slip.SHIFTED),
        ("(1 250 000)", "(1 250)", Slip.UNIT),
        ("3", "3 000", Slip.UNIT),
        ("3", "30 000", Slip.SHIFTED),
        ("–", "695.0", Slip.DASH),
        ("–", "(0.1)", Slip.DASH),
        ("695.0", "–", Slip.VALUE),
        ("(0.1)", "–", Slip.VALUE),
        ("200.0", "240.7", None),
        ("1 432.5", "1 234.5", None),
        ("5 234.1", "1 234.5", None),
        ("12.5", "1 234.5", None),
        ("(120.0)", "210.0", None),
        ("7", "(8)", None),
    ],
)
def test_a_slip_is_named_as_an_officer_would(printed: str, meant: str, slip: Slip | None) -> None:
    assert slip_between(units(printed), units(meant)) == slip


@settings(max_examples=150)
@given(FIGURES, SIGNS)
def test_a_turned_sign_is_a_bracket_or_minus(figure: int, sign: int) -> None:
    assert slip_between(sign * figure, -sign * figure) is Slip.SIGN


@settings(max_examples=100)
@given(FIGURES, SIGNS)
def test_nil_on_one_side_is_a_dash_or_a_value_for_it(figure: int, sign: int) -> None:
    assert slip_between(0, sign * figure) is Slip.DASH
    assert slip_between(sign * figure, 0) is Slip.VALUE


@settings(max_examples=150)
@given(st.integers(10, 10**9), SIGNS, st.data())
def test_two_neighbouring_digits_exchanged_are_transposed(
    figure: int, sign: int, data: st.DataObject
) -> None:
    at = place_in(figure, data, without_last=2)
    pair = str(figure)[at : at + 2]
    assume(pair[0] != pair[1])
    assert slip_between(sign * spliced(figure, at, pair[::-1], 2), sign * figure) is Slip.TRANSPOSED


@settings(max_examples=150)
@given(FIGURES, SIGNS, DIGITS, st.data())
def test_another_digit_at_one_place_is_one_digit(
    figure: int, sign: int, digit: str, data: st.DataObject
) -> None:
    at = place_in(figure, data)
    assume(str(figure)[at] != digit)
    assert slip_between(sign * spliced(figure, at, digit, 1), sign * figure) is Slip.DIGIT


@settings(max_examples=150)
@given(st.integers(10, 10**9), SIGNS, st.data())
def test_a_digit_left_out_is_missing_unless_a_mark_has_moved(
    figure: int, sign: int, data: st.DataObject
) -> None:
    shorter = spliced(figure, place_in(figure, data), "", 1)
    slip = Slip.SHIFTED if shifts(shorter, figure) else Slip.MISSING_DIGIT
    assert slip_between(sign * shorter, sign * figure) is slip


@settings(max_examples=150)
@given(FIGURES, SIGNS, DIGITS, st.data())
def test_a_digit_put_in_is_extra_unless_a_mark_has_moved(
    figure: int, sign: int, digit: str, data: st.DataObject
) -> None:
    longer = spliced(figure, place_in(figure, data, without_last=0), digit, 0)
    slip = Slip.SHIFTED if shifts(longer, figure) else Slip.EXTRA_DIGIT
    assert slip_between(sign * longer, sign * figure) is slip


@settings(max_examples=150)
@given(FIGURES, SIGNS, st.integers(1, 4))
def test_a_mark_moved_by_some_places_is_a_shifted_mark(figure: int, sign: int, by: int) -> None:
    slip = Slip.UNIT if by == THOUSAND else Slip.SHIFTED
    assert slip_between(sign * figure * 10**by, sign * figure) is slip
    assert slip_between(sign * figure, sign * figure * 10**by) is slip


@settings(max_examples=150)
@given(st.integers(10, 10**9), SIGNS)
def test_a_mark_moved_to_the_left_rounds_the_last_digit_away(figure: int, sign: int) -> None:
    rounded = (figure + 5) // 10
    assume(len(str(rounded)) == len(str(figure)) - 1)
    assert slip_between(sign * rounded, sign * figure) is Slip.SHIFTED


@settings(max_examples=150)
@given(st.integers(100, 10**9), SIGNS, st.data())
def test_figures_that_differ_at_three_places_are_unrelated(
    figure: int, sign: int, data: st.DataObject
) -> None:
    other = list(str(figure))
    for at in data.draw(st.permutations(range(len(other))))[:3]:
        other[at] = data.draw(st.sampled_from(sorted(set("123456789") - {other[at]})))
    assert slip_between(sign * int("".join(other)), sign * figure) is None


@settings(max_examples=100)
@given(FIGURES, FIGURES)
def test_other_digits_with_another_sign_are_unrelated(figure: int, other: int) -> None:
    assume(figure != other)
    assert slip_between(-figure, other) is None
    assert slip_between(figure, -other) is None


@settings(max_examples=150)
@given(st.integers(-2_000, 2_000), st.integers(-2_000, 2_000))
def test_what_is_left_out_one_way_is_put_in_the_other_way(one: int, other: int) -> None:
    assume(one != other and one and other)
    there, back = slip_between(one, other), slip_between(other, one)
    if there in SYMMETRIC or back in SYMMETRIC:
        assert there is back
    if there is Slip.EXTRA_DIGIT:
        assert back in {Slip.MISSING_DIGIT, Slip.SHIFTED}


@settings(max_examples=150)
@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_any_slip_is_likelier_than_a_figure_out_of_nowhere(stated: int, proposed: int) -> None:
    assume(stated != proposed)
    nowhere = cost_of(None, stated, proposed)
    for slip in COPIES | {slip_between(stated, proposed)} - {None}:
        assert 0 < cost_of(slip, stated, proposed) < nowhere


@settings(max_examples=100)
@given(st.integers(100, 10**9), st.integers(100, 10**9))
def test_slips_that_fall_in_fewer_ways_are_likelier(stated: int, proposed: int) -> None:
    ranked = [Slip.SIGN, Slip.TRANSPOSED, Slip.DIGIT, Slip.MISSING_DIGIT]
    costs = [cost_of(slip, stated, proposed) for slip in ranked]
    assert costs == sorted(costs)
    assert cost_of(Slip.EXTRA_DIGIT, stated, proposed) < costs[-1]


def test_a_longer_figure_has_more_ways_to_be_wrong() -> None:
    for slip in (None, Slip.TRANSPOSED, Slip.DIGIT, Slip.MISSING_DIGIT, Slip.EXTRA_DIGIT):
        assert cost_of(slip, 123, 321) < cost_of(slip, 123_456, 654_321)


def test_a_dash_tells_nothing_of_the_digits_that_were_meant() -> None:
    costs = [cost_of(Slip.DASH, 0, meant) for meant in (7, 70, 700)]
    assert costs[1] - costs[0] == costs[2] - costs[1] > 0
    assert cost_of(Slip.DASH, 0, 70) == cost_of(Slip.DASH, 0, -99)


def test_all_copies_are_equally_likely_and_likelier_than_an_invented_value() -> None:
    (cost,) = {cost_of(slip, 1234, 5678) for slip in COPIES | {Slip.OTHER_TABLE}}
    assert cost < COSTS[Slip.VALUE]


@settings(max_examples=100)
@given(st.integers(1, 1000))
def test_a_number_of_ways_costs_its_logarithm_to_a_tenth(ways: int) -> None:
    assert abs(nats(ways) - 1000 * Decimal(ways).ln()) < 100
