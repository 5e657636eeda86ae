"""Which figures are blamed for what is broken, on small matrices made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.diagnosis.localisation.matrices import (
    ERRORS,
    TWO_SUMS_OF_ONE,
    Matrix,
    footed,
    grids,
    hints_of,
    located,
    misprinted,
    repaired,
    ties_of,
    wrong_grids,
)
from tests.work import calls
from unbudget_check.diagnosis.localisation.board import board_around
from unbudget_check.diagnosis.localisation.explanations import explained_by_two
from unbudget_check.diagnosis.localisation.stabbing import MOST_BROKEN_TIES
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.diagnosis.localisation.search import Cause

# Both columns and the totals are footed, and only the first row is added up across; the first
# cell of both rows is misprinted.
ROWS = (((6, 1), (0, -1), (3, -1)), ((7, 1), (1, -1), (4, -1)), ((8, 1), (2, -1), (5, -1)))
TWO_IN_A_COLUMN = Matrix(
    (312 + 90, 205, 517, 142 + 4, 87, 229, 454, 292, 746), (*ROWS, ((2, 1), (0, -1), (1, -1)))
)
# One change mends the first two sums and spoils the third, which holds for nothing but nil.
NIL_SPOILED = Matrix(
    (0, 0, 0, 0, 1, 0, 1, 1, 2, 0, 1),
    (
        ((3, 1), (2, -1), (4, -1)),
        ((5, 1), (2, -1), (6, -1)),
        ((2, 1), (0, -1), (1, -1)),
        ((7, 1), (6, -1), (8, -1)),
        ((7, 1), (9, -1), (10, -1)),
    ),
)


def named(causes: Iterable[Cause]) -> dict[int, int]:
    """Figure -> change, where every figure is named alone."""
    found = list(causes)
    assert {cause.localisation for cause in found} == {Localisation.CELL}
    assert all(len(cause.suspects) == 1 for cause in found)
    return {cause.suspects[0].figure: cause.suspects[0].change for cause in found}


def undone(errors: Mapping[int, int]) -> dict[int, int]:
    return {figure: -error for figure, error in errors.items()}


def drawn_pair(matrix: Matrix, data: st.DataObject) -> tuple[int, int]:
    """Two different figures."""
    one, other, *_ = data.draw(st.permutations(range(len(matrix.values))))
    return one, other


@settings(max_examples=50)
@given(st.one_of(grids(), grids(sides=3, most=3)), ERRORS, st.data())
def test_one_wrong_cell_is_named_alone_with_all_that_it_breaks(
    grid: Matrix, error: int, data: st.DataObject
) -> None:
    figure = data.draw(st.integers(0, len(grid.values) - 1))
    (cause,) = located(misprinted(grid, {figure: error}))
    (suspect,) = cause.suspects
    assert cause.localisation is Localisation.CELL
    assert (suspect.figure, suspect.change, suspect.span) == (figure, -error, (-error, -error))
    assert list(cause.ties) == grid.ties_of(figure)


@settings(max_examples=60)
@given(grids(), ERRORS, ERRORS, st.data())
def test_two_wrong_cells_in_one_row_or_column_are_both_named(
    grid: Matrix, error: int, further: int, data: st.DataObject
) -> None:
    """As long as they do not make up for each other in what they share."""
    shared = data.draw(st.integers(0, len(grid.relations) - 1))
    one, other, *_ = data.draw(st.permutations(sorted(dict(grid.relations[shared]))))
    errors = {one: error, other: further}
    wrong = misprinted(grid, errors)
    assume(shared in wrong.broken)
    assert named(located(wrong)) == undone(errors)


@settings(max_examples=60)
@given(grids(), ERRORS, ERRORS, st.data())
def test_two_wrong_cells_far_apart_are_both_named_with_their_ties(
    grid: Matrix, error: int, further: int, data: st.DataObject
) -> None:
    """Wrong by different amounts: else the two other corners would explain the same."""
    one, other = drawn_pair(grid, data)
    assume(not set(grid.ties_of(one)) & set(grid.ties_of(other)) and abs(error) != abs(further))
    causes = located(misprinted(grid, {one: error, other: further}))
    assert named(causes) == undone({one: error, other: further})
    for cause in causes:
        assert list(cause.ties) == grid.ties_of(cause.suspects[0].figure)


@settings(max_examples=40)
@given(grids(), ERRORS, st.data())
def test_two_corners_wrong_by_the_same_are_told_with_the_two_across(
    grid: Matrix, error: int, data: st.DataObject
) -> None:
    """Each broken row and column has one corner of either pair, and no other cell, to choose."""
    one, other = drawn_pair(grid, data)
    assume(not set(grid.ties_of(one)) & set(grid.ties_of(other)))
    wrong = misprinted(grid, {one: error, other: error})
    causes = located(wrong)
    assume(len(set(map(abs, wrong.residuals))) == 2)
    suspects = {suspect.figure for cause in causes for suspect in cause.suspects}
    assert suspects >= {one, other}
    assert sorted(tie for cause in causes for tie in cause.ties) == wrong.broken


@settings(max_examples=40)
@given(st.lists(st.integers(-500, 500), min_size=2, max_size=7), ERRORS)
def test_a_lone_sum_has_all_its_figures_as_alternatives(parts: list[int], error: int) -> None:
    terms = ((0, 1), *((at, -1) for at in range(1, len(parts) + 1)))
    assume(any(parts) or sum(parts) + error)
    (cause,) = located(Matrix((sum(parts) + error, *parts), (terms,)))
    assert cause.localisation is Localisation.ALTERNATIVES
    found = {each.figure: each.change for each in cause.suspects}
    assert found == {figure: -error * sign for figure, sign in terms}
    costs = [each.cost for each in cause.suspects]
    assert costs == sorted(costs)


def test_of_a_lone_sum_that_figure_comes_first_which_a_slip_explains() -> None:
    (cause,) = located(
        Matrix((1950, 812, 407, 371, 63), (((0, 1), *((f, -1) for f in range(1, 5))),))
    )
    first, *_ = cause.suspects
    assert (first.figure, first.change) == (2, 297)


@settings(max_examples=80)
@given(wrong_grids())
def test_a_figure_in_no_broken_relation_is_never_suspected(wrong: Matrix) -> None:
    doubtful = {figure for tie in wrong.broken for figure in dict(wrong.relations[tie])}
    for cause in located(wrong):
        assert {each.figure for each in cause.suspects} <= doubtful


@settings(max_examples=80)
@given(wrong_grids())
def test_every_broken_relation_is_told_and_what_holds_is_not(wrong: Matrix) -> None:
    """Told twice only where a figure is certain and does not, or not alone, explain it."""
    causes = located(wrong)
    assert {tie for cause in causes for tie in cause.ties} == set(wrong.broken)
    for tie in wrong.broken:
        told = [cause.localisation for cause in causes if tie in cause.ties]
        assert len([how for how in told if how is not Localisation.CELL]) <= 1


@settings(max_examples=60)
@given(wrong_grids(most=3))
@example(TWO_SUMS_OF_ONE)
def test_each_alternative_mends_what_it_is_told_for(wrong: Matrix) -> None:
    """By itself, or else the others that are to be changed with it would have to be told too."""
    for cause in located(wrong):
        for suspect in cause.suspects:
            left = misprinted(wrong, {suspect.figure: suspect.change}).broken
            assert len(cause.suspects) == 1 or not set(left) & set(cause.ties)


@settings(max_examples=60)
@given(grids(), st.data())
def test_where_sums_drift_the_span_holds_the_right_change(
    grid: Matrix, data: st.DataObject
) -> None:
    drift = data.draw(st.lists(st.integers(-1, 1), min_size=25, max_size=25))
    drifting = replace(misprinted(grid, dict(enumerate(drift))), slack=5)
    figure = data.draw(st.integers(0, len(grid.values) - 1))
    error = data.draw(st.integers(20, 900)) * data.draw(st.sampled_from([-1, 1]))
    (cause,) = located(misprinted(drifting, {figure: error}))
    (suspect,) = cause.suspects
    assert (suspect.figure, list(cause.ties)) == (figure, grid.ties_of(figure))
    low, high = suspect.span
    assert low <= -error <= high
    assert sorted(each.change for each in suspect.repairs) == list(range(low, high + 1))


@settings(max_examples=100)
@given(st.one_of(wrong_grids(most=6), wrong_grids(most=5, whole=True)))
@example(TWO_IN_A_COLUMN)
@example(NIL_SPOILED)
def test_the_changes_proposed_for_certain_make_everything_hold(wrong: Matrix) -> None:
    """But for sums of nothing but nil: a figure among dashes asks for another beside it."""
    causes = located(wrong)
    assume({cause.localisation for cause in causes} == {Localisation.CELL})
    nil = {
        tie
        for tie, terms in enumerate(wrong.relations)
        if not any(wrong.values[figure] for figure, _ in terms)
    }
    assert nil.issuperset(repaired(wrong, causes).broken)


@settings(max_examples=60)
@given(grids(amounts=st.integers(100, 999)), st.data())
def test_a_row_or_column_of_dashes_is_found_cell_by_cell(grid: Matrix, data: st.DataObject) -> None:
    dashes = [figure for figure, _ in data.draw(st.sampled_from(grid.relations))]
    blank = misprinted(grid, {figure: -grid.values[figure] for figure in dashes})
    causes = located(blank)
    assert named(causes) == {figure: grid.values[figure] for figure in dashes}
    assert len(causes) == len(dashes)
    assert repaired(blank, causes).values == grid.values


def test_a_second_misprint_is_not_hidden_behind_one_that_is_named() -> None:
    """The first cell is certain; the column that it leaves broken has two more to choose from."""
    first, second = located(TWO_IN_A_COLUMN)
    found = {(each.figure, each.change) for cause in (first, second) for each in cause.suspects}
    assert found == {(0, -90), (3, -4), (6, 4)}


def test_too_many_broken_ties_are_told_one_by_one_and_at_once() -> None:
    side = MOST_BROKEN_TIES // 2 + 5
    grid = footed(np.full((side, side), 7))
    wrong = misprinted(grid, {at * (side + 1) + at: 100 + at for at in range(side)})
    found: list[Cause] = []
    # Each cell costs the same, however many ties are broken.
    assert calls(lambda: found.extend(located(wrong))) < 100 * len(grid.values)
    causes = tuple(found)
    assert [cause.ties for cause in causes] == [(tie,) for tie in wrong.broken]
    assert len(causes) == 2 * side > MOST_BROKEN_TIES
    assert {cause.localisation for cause in causes} == {Localisation.GIVEN_UP}
    assert not any(cause.suspects for cause in causes)


def test_nothing_broken_has_no_cause() -> None:
    assert located(footed([[1, 2], [3, 4]])) == ()


def test_a_figure_that_each_explanation_changes_by_another_amount_is_not_given_one() -> None:
    """Figure 0 is wrong in any case; by how much depends on which other figure is wrong, too."""
    wrong = Matrix((7, 3, 5, 2, 1), (((1, 1), (0, -1), (3, -1)), ((2, 1), (0, -1), (4, -1))))
    for cause in located(wrong):
        assert cause.localisation is Localisation.ALTERNATIVES
        assert 0 in {each.figure for each in cause.suspects}


@settings(max_examples=60)
@given(wrong_grids(), st.data())
def test_a_search_for_pairs_leaves_the_board_as_it_was(matrix: Matrix, data: st.DataObject) -> None:
    """Sums of nothing but nil, which are no witnesses, are asked for a while."""
    nil = data.draw(st.sets(st.integers(0, len(matrix.values) - 1)))
    values = tuple(0 if at in nil else value for at, value in enumerate(matrix.values))
    matrix = replace(matrix, values=values)
    assume(matrix.broken)
    board = board_around(ties_of(matrix), matrix.broken)
    before = dict(board.values), dict(board.residuals), set(board.silent)
    explained_by_two(board, hints_of(matrix), matrix.broken, matrix.broken)
    assert (board.values, board.residuals, board.silent) == before
