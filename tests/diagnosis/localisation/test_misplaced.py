"""An amount counted in one sum instead of another is one cause; unrelated misprints are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.diagnosis.localisation.matrices import (
    ERRORS,
    Matrix,
    footed,
    grids,
    located,
    misprinted,
    tenfold,
)
from unbudget_check.diagnosis.localisation import misplaced
from unbudget_check.evidence.slips import Slip
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from unbudget_check.diagnosis.localisation.search import Cause

# Fewer units than these are what rounding of the figures of a sum may come to.
LEAST = 4
MOVED = st.integers(LEAST, 9_999)
ITEMS = st.lists(st.integers(10_000, 99_999), min_size=1, max_size=5)
SECTIONS = st.lists(ITEMS, min_size=2, max_size=4)


def sectioned(sections: Sequence[Sequence[int]]) -> tuple[Matrix, list[list[int]]]:
    """Sections with a subtotal each and one grand total, and the figures of each, total last."""
    values: list[int] = []
    figures, relations = [], []
    for items in sections:
        first = len(values)
        values += [*items, sum(items)]
        figures.append(list(range(first, len(values))))
        relations.append(((len(values) - 1, 1), *((each, -1) for each in figures[-1][:-1])))
    relations.append(((len(values), 1), *((each[-1], -1) for each in figures)))
    values.append(sum(map(sum, sections)))
    return Matrix(tuple(values), tuple(relations)), figures


def places(cause: Cause) -> tuple[int, int]:
    """The figure with too much, or its sum, and the one with too little."""
    over, under = (each.figure for each in cause.suspects)
    return over, under


@given(SECTIONS, MOVED, st.data())
def test_an_amount_moved_between_two_sections_is_one_cause_that_names_both(
    sections: list[list[int]], amount: int, data: st.DataObject
) -> None:
    whole, figures = sectioned(sections)
    one, other, *_ = data.draw(st.permutations(range(len(sections))))
    over, under = (data.draw(st.sampled_from(figures[each][:-1])) for each in (one, other))
    (cause,) = located(misprinted(whole, {over: amount, under: -amount}))
    assert (cause.ties, cause.misplaced) == ((min(one, other), max(one, other)), amount)
    found = places(cause)
    assert found[0] in figures[one]
    assert found[1] in figures[other]


@given(st.lists(ITEMS, min_size=2, max_size=2), st.sampled_from([-1, 1]))
def test_what_rounding_may_come_to_is_no_amount_that_stands_elsewhere(
    sections: list[list[int]], amount: int
) -> None:
    whole, figures = sectioned(sections)
    causes = located(misprinted(whole, {figures[0][0]: amount, figures[1][0]: -amount}))
    assert [cause.ties for cause in causes] == [(0,), (1,)]
    assert not any(cause.misplaced for cause in causes)


@given(SECTIONS, ERRORS, ERRORS, st.data())
def test_unrelated_misprints_in_two_sections_are_two_causes(
    sections: list[list[int]], error: int, further: int, data: st.DataObject
) -> None:
    assume(error != -further)
    whole, figures = sectioned(sections)
    one, other, *_ = data.draw(st.permutations(range(len(sections))))
    wrong = {figures[one][0]: error, figures[other][0]: further}
    causes = located(misprinted(whole, wrong))
    assert [cause.ties for cause in causes] == [(each,) for each in sorted((one, other))]
    assert not any(cause.misplaced for cause in causes)


@given(st.lists(ITEMS, min_size=3, max_size=4), MOVED)
def test_an_amount_that_two_sections_lack_is_in_neither_for_certain(
    sections: list[list[int]], amount: int
) -> None:
    whole, figures = sectioned(sections)
    changes = zip(figures[:3], (amount, -amount, -amount), strict=True)
    wrong = {each[0]: change for each, change in changes}
    causes = located(misprinted(whole, wrong))
    assert [cause.ties for cause in causes] == [(0,), (1,), (2,)]


@settings(max_examples=60)
@given(grids(amounts=st.integers(1_000, 9_999)), st.integers(LEAST, 999), st.data())
def test_an_amount_one_row_or_column_further_is_one_cause(
    grid: Matrix, amount: int, data: st.DataObject
) -> None:
    """The lines that hold too much and too little are told as one, whichever cells are theirs."""
    shared = data.draw(st.integers(0, len(grid.relations) - 1))
    over, under, *_ = data.draw(st.permutations([f for f, _ in grid.relations[shared][1:]]))
    wrong = misprinted(grid, {over: amount, under: -amount})
    (cause,) = located(wrong)
    assert (list(cause.ties), cause.misplaced) == (wrong.broken, amount)
    # One of the two stands in either of the lines, or totals it.
    lines = [set(dict(wrong.relations[tie])) for tie in wrong.broken]
    assert all(any(each in line for line in lines) for each in places(cause))


@settings(max_examples=60)
@given(st.integers(2, 4), st.integers(2, 4), st.integers(LEAST, 999), st.data())
def test_an_amount_moved_across_a_table_is_named_with_both_of_its_cells(
    rows: int, columns: int, amount: int, data: st.DataObject
) -> None:
    """In another row and another column, every broken sum names its cell."""
    amounts = st.lists(st.integers(1_000, 9_999), min_size=columns, max_size=columns)
    grid = footed(data.draw(st.lists(amounts, min_size=rows, max_size=rows)))
    one, other, *_ = data.draw(st.permutations(range(rows)))
    here, there, *_ = data.draw(st.permutations(range(columns)))
    over, under = one * (columns + 1) + here, other * (columns + 1) + there
    wrong = misprinted(grid, {over: amount, under: -amount})
    (cause,) = located(wrong)
    assert (cause.localisation, places(cause)) == (Localisation.CELLS, (over, under))
    assert [each.change for each in cause.suspects] == [-amount, amount]
    assert {each.repairs[0].slip for each in cause.suspects} == {Slip.MISPLACED}
    assert list(cause.ties) == wrong.broken


@settings(max_examples=40)
@given(grids(sides=3, most=3, amounts=st.integers(1, 999)), st.data())
def test_values_exchanged_are_one_cause_with_both_cells(cube: Matrix, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, len(cube.relations) - 1))
    one, other, *_ = data.draw(st.permutations([f for f, _ in cube.relations[column][1:]]))
    error = cube.values[other] - cube.values[one]
    assume(error)
    (cause,) = located(misprinted(cube, {one: error, other: -error}))
    assert cause.localisation is Localisation.CELLS
    assert {each.figure: each.change for each in cause.suspects} == {one: -error, other: error}


def test_of_values_exchanged_in_one_column_no_other_column_is_suspected() -> None:
    whole = footed([[5_318, 27_164, 871], [6_092, 1_877, 43_019], [911, 30_402, 2_655]])
    wrong = misprinted(whole, {1: 1_877 - 27_164, 5: 27_164 - 1_877})
    (cause,) = located(wrong)
    assert (cause.localisation, places(cause)) == (Localisation.CELLS, (5, 1))


@given(SECTIONS, MOVED)
def test_the_unit_of_the_figures_does_not_matter(sections: list[list[int]], amount: int) -> None:
    whole, figures = sectioned(sections)
    wrong = misprinted(whole, {figures[0][0]: amount, figures[1][0]: -amount})
    (small,), (large,) = located(wrong), located(tenfold(wrong))
    assert (places(large), large.misplaced) == (places(small), 10 * small.misplaced)


@settings(max_examples=40)
@given(st.integers(LEAST, 99), st.data())
def test_equal_amounts_moved_in_two_columns_of_a_cube_are_two_causes(
    amount: int, data: st.DataObject
) -> None:
    """Each of the four cells is named by its three sums, and has its partner in its own column."""
    amounts = st.lists(st.integers(1_000, 9_999), min_size=24, max_size=24)
    cube = footed(np.array(data.draw(amounts)).reshape(2, 4, 3))
    numbers = np.arange(len(cube.values)).reshape(3, 5, 4)
    one, other = (int(numbers[0, row, 0]) for row in (0, 1))
    further, last = (int(numbers[1, row, 2]) for row in (2, 3))
    errors = {one: amount, other: -amount, further: amount, last: -amount}
    causes = located(misprinted(cube, errors))
    assert sorted(map(places, causes)) == sorted([(one, other), (further, last)])


def test_among_very_many_equal_misses_no_partners_are_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every other row of a long table has one too many, and the rows between one too few."""
    grid = footed([[1_000 + 7 * row, 2_000 + 3 * row, 3_000 + row] for row in range(40)])
    wrong = misprinted(grid, {4 * row: (-1) ** row for row in range(40)})
    sought: list[object] = []
    monkeypatch.setattr(misplaced, "explained_by_two", lambda *given: sought.append(given))
    assert {tie for cause in located(wrong) for tie in cause.ties} == set(wrong.broken)
    assert not sought


@given(st.integers(100_000, 999_999), st.sampled_from([-1, 1]))
def test_rounding_may_hide_the_last_digit_of_a_large_amount(amount: int, lost: int) -> None:
    """Two figures of a table that are repeated elsewhere, each rounded by itself."""
    whole, _ = sectioned([[2_000_000, 3_000_000], [4_000_000, 5_000_000]])
    wrong = misprinted(whole, {0: amount, 3: -amount + lost})
    (cause,) = located(wrong)
    assert cause.misplaced
    assert cause.ties == (0, 1)
