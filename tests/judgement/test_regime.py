"""Where figures drift, and what a small residual means there and elsewhere."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judgement.drawing import Term, figures_from, relation_terms, relations_from
from unbudget_check.judgement.regime import (
    FEWEST_FIGURES,
    HELD,
    LEANS_DRIFTING,
    LEANS_EXACT,
    MISSED,
    grade,
    learn_regime,
)
from unbudget_check.judgement.residuals import judge
from unbudget_check.model.figures import Figures
from unbudget_check.model.outcome import Bound, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = (511, 287, 643)


def footing(residual: int, parts: Sequence[int] = PARTS, quantum: int = 1) -> list[Term]:
    """A total that is off by ``residual``."""
    return [Term(sum(parts) + residual, quantum, 1), *(Term(p, quantum, -1) for p in parts)]


def learned(
    residuals: Sequence[Sequence[int]],
    parents: Sequence[int] | None = None,
    leanings: Sequence[int] | None = None,
) -> tuple[list[bool], list[Verdict]]:
    """The regime and the verdicts of places, each given by the residuals of its footings."""
    rows = [footing(each) for place in residuals for each in place]
    places = [number for number, place in enumerate(residuals) for _ in place]
    relations = relations_from(rows, places)
    judgement = judge(figures_from(rows), relations)
    weights = None if leanings is None else np.array(leanings)
    above = None if parents is None else np.array(parents)
    drifting = learn_regime(judgement, relations, above, weights)
    return drifting.tolist(), [Verdict(v) for v in grade(judgement, relations, drifting)]


def held_exactly(figures: int) -> Fraction:
    """The Irwin-Hall density of so many uniform variables, at its middle."""
    half = Fraction(figures, 2)
    whole = range(figures // 2 + 1)
    terms = ((-1) ** k * math.comb(figures, k) * (half - k) ** (figures - 1) for k in whole)
    return sum(terms, Fraction(0)) / math.factorial(figures - 1)


def test_the_weights_are_the_logarithms_that_the_formula_gives() -> None:
    chances = [
        held_exactly(figures) for figures in range(FEWEST_FIGURES, FEWEST_FIGURES + len(HELD))
    ]
    assert tuple(round(1000 * math.log(p / Fraction(99, 100))) for p in chances) == HELD
    assert tuple(round(1000 * math.log((1 - p) * 100)) for p in chances) == MISSED


def test_a_column_that_keeps_missing_by_little_drifts_and_its_neighbours_do_not() -> None:
    places = [[1, 0, -1, 0, 1, 1], [0] * 6, [0, 0, 0, 1, 0, 0]]
    drifting, verdicts = learned(places, leanings=[LEANS_DRIFTING, LEANS_EXACT, LEANS_EXACT])
    assert drifting == [True, False, False]
    assert verdicts[:2] == [Verdict.DRIFT, Verdict.EXACT]
    assert verdicts[15] == Verdict.IMPLAUSIBLE


def test_one_odd_sum_in_an_exact_document_is_implausible() -> None:
    drifting, verdicts = learned([[0] * 8, [0] * 8, [1]])
    assert not any(drifting)
    assert verdicts[-1] == Verdict.IMPLAUSIBLE


def test_one_odd_sum_of_amounts_spent_is_drift() -> None:
    drifting, verdicts = learned(
        [[0] * 8, [0] * 8, [1]], leanings=[LEANS_EXACT, LEANS_EXACT, LEANS_DRIFTING]
    )
    assert drifting == [False, False, True]
    assert verdicts[-1] == Verdict.DRIFT


def test_amounts_spent_that_always_add_up_are_held_to_it() -> None:
    drifting, _ = learned([[0] * 30, [0] * 30], leanings=[LEANS_EXACT, LEANS_DRIFTING])
    assert drifting == [False, False]


def test_a_document_that_drifts_lends_its_regime_to_a_small_table() -> None:
    drifting, verdicts = learned([[1, 0, -1, 1], [0, 1, 1, -1], [-1, 0, 0, 1], [0, 1]])
    assert all(drifting)
    assert verdicts[-1] == Verdict.DRIFT


def test_documents_learn_from_themselves_only() -> None:
    drifts, exact = [[1, 0, -1, 1]] * 3, [[0] * 4] * 3
    drifting, verdicts = learned([*drifts, *exact, [1]], parents=[0, 0, 0, 1, 1, 1, 1])
    assert drifting == [True] * 3 + [False] * 4
    assert verdicts[-1] == Verdict.IMPLAUSIBLE


def test_large_errors_say_nothing_about_the_regime() -> None:
    drifting, verdicts = learned([[50, 0, 0, 0, -700, 0, 9_000]])
    assert drifting == [False]
    assert verdicts[0] == Verdict.IMPOSSIBLE


def test_two_figures_alone_never_drift() -> None:
    rows = [footing(1, [7]) for _ in range(20)]
    relations = relations_from(rows)
    judgement = judge(figures_from(rows), relations)
    assert learn_regime(judgement, relations).tolist() == [False]
    anyway = grade(judgement, relations, np.array([True]))
    assert set(anyway.tolist()) == {Verdict.IMPLAUSIBLE}


@pytest.mark.parametrize(("residual", "verdict"), [(1, Verdict.DRIFT), (3, Verdict.IMPLAUSIBLE)])
def test_one_sum_that_is_far_out_makes_no_habit(residual: int, verdict: Verdict) -> None:
    """Of nine parts rounding seldom leaves three: with one sum that holds, that is no regime."""
    parts = (8, 9, 5, 13, 12, 21, 41, 11, 7)
    rows = [footing(0, [part * 31 for part in parts]), footing(residual, parts)]
    relations = relations_from(rows, [0, 0])
    judgement = judge(figures_from(rows), relations)
    drifting = learn_regime(judgement, relations)
    assert drifting.tolist() == [verdict is Verdict.DRIFT]
    assert Verdict(grade(judgement, relations, drifting)[1]) is verdict


def test_a_long_column_is_implausible_beyond_four_standard_deviations() -> None:
    parts = list(range(100, 147))  # 48 figures: four standard deviations are 8 quanta
    rows = [footing(residual, parts) for residual in (8, 9, 23, 25)]
    relations = relations_from(rows)
    judgement = judge(figures_from(rows), relations)
    assert grade(judgement, relations, np.array([True])).tolist() == [
        Verdict.DRIFT,
        Verdict.IMPLAUSIBLE,
        Verdict.IMPLAUSIBLE,
        Verdict.IMPOSSIBLE,
    ]


@pytest.mark.parametrize("quantum", [1, 10**9, 10**20])
def test_the_size_of_the_quantum_does_not_matter(quantum: int) -> None:
    rows = [footing(r * quantum, [p * quantum for p in PARTS], quantum) for r in (0, 1, 3)]
    relations = relations_from(rows)
    values = [[term.value, term.quantum] for row in rows for term in row]
    cells = np.array(values, dtype=object)
    judgement = judge(Figures(cells[:, 0], cells[:, 1]), relations)
    assert grade(judgement, relations, np.array([True])).tolist() == [
        Verdict.EXACT,
        Verdict.DRIFT,
        Verdict.IMPOSSIBLE,
    ]


@given(rows=st.lists(relation_terms(), min_size=1, max_size=6), drifts=st.booleans())
def test_grades_refine_the_bounds_and_drift_only_where_figures_drift(
    rows: list[list[Term]], *, drifts: bool
) -> None:
    relations = relations_from(rows)
    judgement = judge(figures_from(rows), relations)
    verdicts = grade(judgement, relations, np.array([drifts]))
    assert ((verdicts == Verdict.EXACT) == (judgement.bounds == Bound.EXACT)).all()
    assert ((verdicts == Verdict.IMPOSSIBLE) == (judgement.bounds == Bound.BEYOND)).all()
    assert drifts or Verdict.DRIFT not in verdicts


def test_without_relations_no_place_drifts() -> None:
    relations = relations_from([])
    judgement = judge(figures_from([]), relations)
    assert learn_regime(judgement, relations).tolist() == []
    named = learn_regime(judgement, relations, leanings=np.array([LEANS_EXACT, LEANS_EXACT]))
    assert named.tolist() == [False, False]
    assert grade(judgement, relations, named).tolist() == []
