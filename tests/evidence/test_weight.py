"""What figures say for a reading: bits for ties that hold, fewer for those that prove little."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unbudget_check.evidence.weight import (
    BORNE_OUT_BITS,
    COPY_BITS,
    FAILURE_BITS,
    LEAST_LOSS_BITS,
    Trial,
    gain_of,
    loss_of,
    standing_of,
    weigh,
)
from unbudget_check.model.facts import Standing, Weight

AMOUNTS = st.integers(-(10**9), 10**9)
TRIALS = st.builds(
    Trial, AMOUNTS, AMOUNTS, st.integers(0, 20), st.integers(0, 9), st.integers(2, 10)
)


def test_nil_that_is_nil_says_nothing() -> None:
    assert weigh([Trial(0, 0)]) == Weight()


def test_a_figure_with_more_digits_says_more() -> None:
    bits = [gain_of(Trial(value, value)) for value in (3, 47, 8_191, 1_234_567)]
    assert bits == sorted(bits)
    assert bits[0] < bits[-1]


def test_round_figures_meet_by_chance_more_easily() -> None:
    assert gain_of(Trial(5_000, 5_000)) < gain_of(Trial(5_137, 5_137))


def test_a_figure_and_nils_are_a_copy_that_says_little() -> None:
    copied = Trial(48_391, 48_391, addends=1, terms=4)
    added = Trial(48_391, 48_391, addends=3, terms=4)
    assert gain_of(copied) == COPY_BITS
    assert gain_of(added) > 10 * gain_of(copied)


def test_two_figures_held_against_each_other_are_no_copy() -> None:
    assert gain_of(Trial(48_391, 48_391, addends=1, terms=2)) > COPY_BITS


def test_columns_that_fail_by_the_same_amount_are_one_witness() -> None:
    other, total, estimate = Trial(120, 150), Trial(480, 510), Trial(9_480, 9_510)
    assert weigh([other, total, estimate]).failed == 1


def test_columns_that_state_the_same_figure_are_one_witness() -> None:
    assert weigh([Trial(7_311, 7_311), Trial(7_311, 7_311)]) == weigh([Trial(7_311, 7_311)])


def test_a_misprint_speaks_less_against_a_reading_than_any_other_difference() -> None:
    transposed = loss_of(Trial(48_931, 48_391))
    unlike = loss_of(Trial(48_931, 17_206))
    assert LEAST_LOSS_BITS <= transposed < unlike == FAILURE_BITS


def test_a_misprint_of_any_part_explains_a_sum_that_fails() -> None:
    misprinted = Trial(45_900 + 70_210, 45_900 + 72_010, figures=(45_900, 72_010))
    unlike = Trial(45_900 + 70_210, 45_900 + 31_468, figures=(45_900, 31_468))
    assert loss_of(misprinted) < loss_of(unlike) == FAILURE_BITS


def test_noughts_that_all_figures_end_in_say_nothing() -> None:
    small, large = (Trial(n * 116, n * 181, figures=(n * 46, n * 135)) for n in (1, 10_000))
    assert loss_of(small) == loss_of(large)


def test_a_table_of_which_one_cell_is_wrong_is_borne_out() -> None:
    right = [Trial(value, value) for value in (12_345, 678_912, 3_457)]
    assert standing_of(weigh([*right, Trial(91_234, 92_134)])) is Standing.BORNE_OUT


def test_a_reading_that_most_rows_break_is_refuted_whatever_the_others_say() -> None:
    right = [Trial(value, value) for value in (12_345, 678_912)]
    wrong = [Trial(value, value // 3) for value in (7_777, 40_404, 90_001)]
    assert standing_of(weigh([*right, *wrong], prior=20)) is Standing.REFUTED


def test_few_figures_leave_a_reading_undecided() -> None:
    assert standing_of(weigh([Trial(3, 3)])) is Standing.UNDECIDED


@given(st.lists(TRIALS, max_size=8), st.integers(-8, 8))
def test_the_order_of_ties_does_not_matter(trials: list[Trial], prior: int) -> None:
    assert weigh(trials, prior) == weigh(trials[::-1], prior)


@given(st.lists(TRIALS, max_size=8), AMOUNTS.filter(bool))
def test_a_tie_that_holds_never_speaks_against_a_reading(trials: list[Trial], value: int) -> None:
    assert weigh([*trials, Trial(value, value)]).bits >= weigh(trials).bits


@given(st.lists(TRIALS, max_size=8), AMOUNTS, st.integers(1, 10**9))
def test_a_tie_that_fails_never_speaks_for_a_reading(
    trials: list[Trial], value: int, missed: int
) -> None:
    assert weigh([*trials, Trial(value, value + missed)]).bits <= weigh(trials).bits


@given(st.lists(TRIALS, max_size=8))
def test_words_shift_the_odds_and_nothing_else(trials: list[Trial]) -> None:
    plain, said = weigh(trials), weigh(trials, prior=BORNE_OUT_BITS)
    assert said.bits == plain.bits + BORNE_OUT_BITS
    assert (said.held, said.failed) == (plain.held, plain.failed)


def test_nil_in_the_place_of_a_figure_is_no_misprint_of_it() -> None:
    assert loss_of(Trial(142_100, 0)) == loss_of(Trial(0, 142_100)) == FAILURE_BITS


def test_noughts_at_the_end_make_no_misprint_likelier() -> None:
    assert loss_of(Trial(12_000, 10_000)) == loss_of(Trial(12, 10)) > LEAST_LOSS_BITS


def test_digits_that_rounding_may_change_say_nothing() -> None:
    assert gain_of(Trial(19_895_000, 19_895_000, 1_000)) == gain_of(Trial(19_895, 19_895, 0))
    assert gain_of(Trial(19_895_123, 19_895_000, 1_000)) <= gain_of(Trial(19_895, 19_895, 0))


def test_a_total_of_dashes_is_one_slip() -> None:
    """All columns of a total that nobody filled in; of figures that repeat others, each counts."""
    totals = [Trial(0, amount, terms=4, sums=True) for amount in (6, 11, 94)]
    assert weigh(totals).failed == 1
    assert weigh([each._replace(sums=False) for each in totals]).failed == 3
