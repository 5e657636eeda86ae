"""By how much relations fail, and whether rounding can explain it, against amounts enumerated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judgement.drawing import (
    KNOWN_MODES,
    MODES,
    Term,
    figures_from,
    possible,
    printed,
    relation_terms,
    relations_from,
)
from unbudget_check.judgement import residuals
from unbudget_check.judgement.residuals import fits, judge
from unbudget_check.model.figures import Figures
from unbudget_check.model.outcome import Bound, Judgement, Rounding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from random import Random

ROWS = st.lists(relation_terms(), min_size=1, max_size=5)
HALVES = st.sampled_from([Rounding.HALF_AWAY, Rounding.HALF_EVEN])


def judged(rows: Sequence[Sequence[Term]], mode: Rounding = Rounding.UNKNOWN) -> Judgement:
    return judge(figures_from(rows), relations_from(rows), mode)


def total(stated: int, parts: Sequence[int], quantum: int = 1) -> list[Term]:
    """A total and its parts."""
    return [Term(stated, quantum, 1), *(Term(part, quantum, -1) for part in parts)]


def same(first: Judgement, second: Judgement) -> bool:
    names = ("residuals", "deviations", "allowances", "spreads", "carriers", "bounds")
    return all(getattr(first, n).tolist() == getattr(second, n).tolist() for n in names)


@given(ROWS, MODES)
def test_a_relation_is_beyond_its_bound_when_no_amounts_fit(
    rows: list[list[Term]], mode: Rounding
) -> None:
    judgement = judged(rows, mode)
    assert [bound != Bound.BEYOND for bound in judgement.bounds] == [
        possible(row, mode) for row in rows
    ]
    assert judgement.residuals.tolist() == [
        sum(term.coefficient * term.value for term in row) for row in rows
    ]


@given(st.lists(st.fractions(-50, 50), min_size=1, max_size=12), KNOWN_MODES)
def test_a_sum_that_was_rounded_cell_by_cell_always_holds(
    amounts: list[Fraction], mode: Rounding
) -> None:
    row = total(
        printed(sum(amounts[1:], amounts[0]), 1, mode), [printed(each, 1, mode) for each in amounts]
    )
    assert judged([row], mode).bounds[0] != Bound.BEYOND
    if mode is not Rounding.TRUNCATED:
        assert judged([row]).bounds[0] != Bound.BEYOND


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30), MODES)
def test_a_sum_of_printed_figures_holds_to_the_last_digit(parts: list[int], mode: Rounding) -> None:
    assert judged([total(sum(parts), parts)], mode).bounds.tolist() == [Bound.EXACT]


@given(relation_terms(), st.integers(1, 10**6), st.data())
def test_moving_one_part_beyond_the_allowance_breaks_the_relation(
    row: list[Term], further: int, data: st.DataObject
) -> None:
    before = judged([row])
    at = data.draw(st.integers(0, len(row) - 1))
    towards = 1 if before.residuals[0] * row[at].coefficient >= 0 else -1
    moved = row[at].value + towards * (int(before.allowances[0]) + further)
    broken = [*row[:at], Term(moved, row[at].quantum, row[at].coefficient), *row[at + 1 :]]
    assert judged([broken]).bounds[0] == Bound.BEYOND


@given(ROWS, MODES)
def test_counting_in_finer_units_changes_no_bound(rows: list[list[Term]], mode: Rounding) -> None:
    finer = [[Term(10 * t.value, 10 * t.quantum, t.coefficient) for t in row] for row in rows]
    assert judged(rows, mode).bounds.tolist() == judged(finer, mode).bounds.tolist()


@given(relation_terms(), MODES, st.randoms(use_true_random=False))
def test_the_order_of_the_terms_does_not_matter(
    row: list[Term], mode: Rounding, random: Random
) -> None:
    shuffled = random.sample(row, len(row))
    assert same(judged([row], mode), judged([shuffled], mode))


@given(ROWS, MODES)
def test_exact_integers_beyond_64_bits_give_the_same(
    rows: list[list[Term]], mode: Rounding
) -> None:
    figures, relations = figures_from(rows), relations_from(rows)
    wide = Figures(figures.values.astype(object), figures.quanta.astype(object), figures.scale)
    assert not fits(wide, relations)
    assert same(judge(figures, relations, mode), judge(wide, relations, mode))


@given(ROWS, HALVES)
def test_knowing_the_mode_never_forgives_more(rows: list[list[Term]], mode: Rounding) -> None:
    unknown, known = judged(rows).bounds, judged(rows, mode).bounds
    assert (known >= unknown).all()


@given(ROWS, MODES)
def test_the_size_of_the_chunks_changes_nothing(rows: list[list[Term]], mode: Rounding) -> None:
    whole = judged(rows, mode)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(residuals, "CHUNK", 3)
        assert same(whole, judged(rows, mode))


def test_no_relations_give_an_empty_judgement() -> None:
    assert len(judged([])) == 0


def test_figures_of_twenty_digits_are_judged_exactly() -> None:
    large = 12_345_678_901_234_567_890
    row = [(large, 1), (large - 1, -1), (3, -1)]
    rows = [[Term(1, 1, coefficient) for _, coefficient in row]]
    values = np.array([value for value, _ in row], dtype=object)
    figures = Figures(values, np.array([1, 1, 1], dtype=object))
    judgement = judge(figures, relations_from(rows))
    assert judgement.residuals.tolist() == [-2]
    assert judgement.bounds.tolist() == [Bound.BEYOND]


def test_sums_that_would_overflow_are_seen_before() -> None:
    rows = [total(2**61, [2**60, 2**60])]
    assert not fits(figures_from(rows), relations_from(rows))
    assert judged(rows).residuals.tolist() == [0]
    coarse = [total(0, [0, 0], quantum=2**40)]
    assert not fits(figures_from(coarse), relations_from(coarse))
    assert judged(coarse).spreads.tolist() == [3 * 2**80]


def test_posts_are_whole_numbers_without_any_allowance() -> None:
    assert judged([total(11, [5, 5], quantum=0)]).bounds.tolist() == [Bound.BEYOND]


def test_a_total_in_thousands_of_parts_in_dollars_agrees_when_it_is_the_rounded_sum() -> None:
    parts = [Term(1_400, 1, -1), Term(1_300, 1, -1)]
    rows = [[Term(stated, 1_000, 1), *parts] for stated in (3_000, 2_000, 4_000)]
    judgement = judged(rows)
    assert judgement.bounds.tolist() == [Bound.EXACT, Bound.BEYOND, Bound.BEYOND]
    assert judgement.carriers.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("mode", "part", "within", "beyond"),
    [
        (Rounding.UNKNOWN, 5, 17, 18),
        (Rounding.HALF_AWAY, 5, 16, 17),  # each part would have to be 5.5, which prints as 6
        (Rounding.HALF_EVEN, 5, 16, 17),
        (Rounding.HALF_EVEN, 6, 20, 21),  # 6.5 prints as 6, and 19.5 as 20
        (Rounding.TRUNCATED, 5, 17, 18),
        (Rounding.TRUNCATED, 5, 15, 14),  # nothing that was cut off makes a sum smaller
    ],
)
def test_the_mode_decides_how_far_three_parts_may_miss(
    mode: Rounding, part: int, within: int, beyond: int
) -> None:
    bounds = judged([total(stated, [part] * 3) for stated in (within, beyond)], mode).bounds
    assert bounds[0] != Bound.BEYOND
    assert bounds[1] == Bound.BEYOND
