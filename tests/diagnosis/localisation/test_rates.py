"""A percentage solved for one of its figures allows what the judgement of percentages allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from unbudget_check.diagnosis.localisation.board import (
    Ties,
    board_around,
    mends,
    rate_of,
    span_of_rate,
)
from unbudget_check.judgement.percentages import judge_percentages
from unbudget_check.model.figures import Figures
from unbudget_check.model.outcome import Bound, Rounding
from unbudget_check.model.relations import Percentages, RelationWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

STATED, PART, BASE = range(3)
WINDOW = 40


def one_percentage(
    values: Sequence[int],
    quanta: Sequence[int],
    scale: int = -1,
    power: int = 2,
    *,
    growth: bool = False,
) -> Ties:
    """A document that claims nothing but one percentage, quotient or growth of three figures."""
    stated, part, base, rule = np.arange(4, dtype=np.int32).reshape(4, 1)
    figures = Figures(np.array(values), np.array(quanta), scale)
    nil = 0 * rule
    percentages = Percentages(stated, part, base, nil, nil + power, nil + growth)
    return Ties(figures, RelationWriter().finish(), [], [], [], percentages)


def judged(ties: Ties, figure: int, tried: Sequence[int]) -> list[int]:
    """How the percentage is judged with each of these values of one figure."""
    found = ties.figures
    values = np.tile(found.values, len(tried))
    values[figure::3] = tried
    numbers = np.arange(len(values), dtype=np.int32).reshape(-1, 3)
    stated, parts, bases = numbers.T
    nil = 0 * stated
    power, growth = (int(each[0]) for each in (ties.percentages.powers, ties.percentages.growths))
    percentages = Percentages(stated, parts, bases, nil, nil + power, nil + growth)
    figures = Figures(values, np.tile(found.quanta, len(tried)), found.scale)
    bounds: list[int] = judge_percentages(figures, percentages, Rounding.UNKNOWN).tolist()
    return bounds


@st.composite
def percentages(draw: st.DrawFn) -> Ties:
    """A percentage near the quotient of its part and its base, or anywhere; counts have quantum 0.

    Figures are multiples of their quanta, as they are in print.
    """
    scale = draw(st.integers(-2, 1))
    quanta = [draw(st.sampled_from(each)) for each in ((1, 10), (0, 1, 10), (0, 1, 10))]
    base = draw(st.integers(-200, 200)) * max(quanta[BASE], 1)
    part = draw(st.integers(-60, 60)) * max(quanta[PART], 1)
    near = draw(st.integers(-300, 300))
    if base and draw(st.booleans()):
        near += 10000 * part // base // int(10 ** (scale + 2))
    stated = near // quanta[STATED] * quanta[STATED]
    power = draw(st.sampled_from([2, 2, 0, 3]))
    growth = draw(st.booleans()) and scale <= power
    return one_percentage((stated, part, base), quanta, scale, power, growth=growth)


def window(ties: Ties, figure: int) -> list[int]:
    """The values near a figure and near the ends of its span; a base keeps its sign.

    A base is never proposed with another sign than it is printed with (nil counts as positive), so
    that what fits is one span and not two.
    """
    printed = int(ties.figures.values[figure])
    found = dict(enumerate(ties.figures.values.tolist()))
    ends = [end for end in span_of_rate(rate_of(ties, 0), figure, found) if abs(end) < 10**9]
    middles = {printed, *ends}
    values = {value + by for value in middles for by in range(-WINDOW, WINDOW + 1)}
    if figure == BASE:
        values = {value for value in values if value and (value < 0) == (printed < 0)}
    return sorted(values)


@settings(max_examples=250)
@given(percentages(), st.sampled_from([STATED, PART, BASE]))
@example(one_percentage((45, 43, 945), (1, 1, 1)), BASE)
@example(one_percentage((50, 0, 30), (1, 1, 1)), BASE)
def test_the_span_of_a_figure_holds_every_value_that_is_not_beyond_rounding(
    ties: Ties, figure: int
) -> None:
    """A base that may be nothing is skipped: no percentage of it is claimed or judged at all."""
    found = dict(enumerate(ties.figures.values.tolist()))
    low, high = span_of_rate(rate_of(ties, 0), figure, found)
    values = window(ties, figure)
    for value, bound in zip(values, judged(ties, figure, values), strict=True):
        if bound != Bound.UNJUDGED:
            assert (low <= value <= high) == (bound != Bound.BEYOND), (value, low, high)


@settings(max_examples=100)
@given(percentages(), st.sampled_from([STATED, PART, BASE]))
@example(one_percentage((50, 0, 30), (1, 1, 1)), BASE)
def test_a_percentage_is_mended_by_what_its_judgement_accepts(ties: Ties, figure: int) -> None:
    """Bases that may be nothing are skipped, as above."""
    printed = int(ties.figures.values[figure])
    values = window(ties, figure)
    for value, bound in zip(values, judged(ties, figure, values), strict=True):
        if bound != Bound.UNJUDGED:
            assert mends(ties, 0, figure, value - printed) == (bound != Bound.BEYOND)


@settings(max_examples=100)
@given(percentages())
@example(one_percentage((1, 0, 1), (1, 1, 0), 0))
def test_the_three_figures_agree_on_whether_a_percentage_holds(ties: Ties) -> None:
    if judged(ties, STATED, [int(ties.figures.values[STATED])]) == [Bound.UNJUDGED]:
        return
    assert len({mends(ties, 0, figure, 0) for figure in (STATED, PART, BASE)}) == 1


@settings(max_examples=100)
@given(percentages(), st.integers(2, 10**6))
def test_amounts_in_another_unit_leave_the_same_percentages(ties: Ties, times: int) -> None:
    figures = ties.figures
    factors = np.array([1, times, times])
    larger = replace(ties, figures=Figures(figures.values * factors, figures.quanta * factors, 0))
    same = replace(ties, figures=Figures(figures.values, figures.quanta, 0))
    spans = [
        span_of_rate(rate_of(each, 0), STATED, dict(enumerate(each.figures.values.tolist())))
        for each in (same, larger)
    ]
    assert spans[0] == spans[1]


@pytest.mark.parametrize(
    ("values", "figure", "span"),
    [
        ((99, 100, 1000), STATED, (99, 101)),
        ((99, 100, 1000), PART, (98, 100)),
        ((0, 0, 1000), STATED, (-1, 1)),
        ((-125, 10, -80), STATED, (-132, -118)),
        ((100, 12, 0), STATED, (1, 0)),
    ],
)
def test_spans_as_they_look_in_print(
    values: tuple[int, int, int], figure: int, span: tuple[int, int]
) -> None:
    rate = rate_of(one_percentage(values, (1, 1, 1)), 0)
    assert span_of_rate(rate, figure, dict(enumerate(values))) == span


@settings(max_examples=50)
@given(percentages(), st.integers(-50, 50))
def test_a_board_judges_a_percentage_with_the_changes_tried_so_far(ties: Ties, by: int) -> None:
    board = board_around(ties, [0])
    board.change(PART, by)
    assert board.holds(0) == mends(ties, 0, PART, by)
    low, high = board.span(0, PART)
    assert (low <= 0 <= high) == board.holds(0)
    board.change(PART, -by)
    assert board.values == dict(enumerate(ties.figures.values.tolist()))
