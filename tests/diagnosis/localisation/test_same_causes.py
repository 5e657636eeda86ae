"""What must not matter to the causes: the order of figures and relations, and the unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.diagnosis.localisation.matrices import (
    TWO_SUMS_OF_ONE,
    Matrix,
    footed,
    located,
    misprinted,
    renumbered,
    tenfold,
    wrong_grids,
)
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.diagnosis.localisation.search import Cause

# No table here has more figures or sums.
PRINTED = range(27)
ORDERS = st.permutations(PRINTED)
THREE_IN_A_ROW = misprinted(footed([[0, 0], [0, 1]]), {0: -1, 1: -1, 2: 1})
TWO_IN_A_ROW = misprinted(footed([[0, 0], [0, 0]]), {0: 1, 1: 1, 2: 1})
Told = tuple[frozenset[tuple[int, tuple[int, int]]], frozenset[int], Localisation]


def told(causes: Iterable[Cause], figures: Sequence[int], ties: Sequence[int]) -> set[Told]:
    """Causes without the order of anything, by the old numbers of figures and ties."""
    return {
        (
            frozenset((figures[each.figure], each.span) for each in cause.suspects),
            frozenset(ties[tie] for tie in cause.ties),
            cause.localisation,
        )
        for cause in causes
    }


def in_order(wrong: Matrix, figures: Sequence[int], ties: Sequence[int]) -> set[Told]:
    """The causes that are found once figures and relations are numbered in this order."""
    figures = [figure for figure in figures if figure < len(wrong.values)]
    ties = [tie for tie in ties if tie < len(wrong.relations)]
    return told(located(renumbered(wrong, figures, ties)), figures, ties)


@settings(max_examples=60)
@given(wrong_grids(most=2, whole=True), ORDERS, ORDERS)
def test_the_order_of_relations_and_figures_does_not_change_the_causes(
    wrong: Matrix, figures: Sequence[int], ties: Sequence[int]
) -> None:
    assert in_order(wrong, figures, ties) == in_order(wrong, PRINTED, PRINTED)


@settings(max_examples=60)
@given(wrong_grids(most=4, whole=True), ORDERS, ORDERS)
@example(THREE_IN_A_ROW, PRINTED[::-1], PRINTED)
@example(TWO_IN_A_ROW, PRINTED, [1, 0, *PRINTED[2:]])
def test_the_order_does_not_change_the_causes_of_many_misprints(
    wrong: Matrix, figures: Sequence[int], ties: Sequence[int]
) -> None:
    assert in_order(wrong, figures, ties) == in_order(wrong, PRINTED, PRINTED)


@settings(max_examples=60)
@given(wrong_grids(most=3), ORDERS, ORDERS)
@example(TWO_SUMS_OF_ONE, PRINTED[::-1], PRINTED[::-1])
def test_the_order_does_not_change_the_causes_where_sums_are_missing(
    wrong: Matrix, figures: Sequence[int], ties: Sequence[int]
) -> None:
    assert in_order(wrong, figures, ties) == in_order(wrong, PRINTED, PRINTED)


@settings(max_examples=60)
@given(wrong_grids())
def test_a_unit_ten_times_as_small_makes_the_changes_ten_times_as_large(wrong: Matrix) -> None:
    """And leaves all else as it was, down to the order and the likelihood of the suspects."""
    small, large = located(wrong), located(tenfold(wrong))
    assert [(c.ties, c.localisation) for c in large] == [(c.ties, c.localisation) for c in small]
    for one, other in zip(small, large, strict=True):
        for suspect, same in zip(one.suspects, other.suspects, strict=True):
            assert (same.figure, same.cost) == (suspect.figure, suspect.cost)
            assert same.span == (10 * suspect.span[0], 10 * suspect.span[1])
            assert same.change == 10 * suspect.change
            assert same.repairs == tuple(
                replace(each, change=10 * each.change) for each in suspect.repairs
            )
