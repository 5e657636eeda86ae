"""The verdicts on generated tables with planted slips: none invented, nearly all found."""

from __future__ import annotations

import pytest

from tests.bench.generate import generate
from tests.bench.verdicts import REGIMES, score_percentages, scores
from unbudget_check.model.outcome import Rounding

COUNT, SLIPS = 1_000, 0.01


@pytest.mark.parametrize(
    ("regime", "recall"), [("additive", 1.0), ("published", 0.98), ("drifting", 0.96)]
)
def test_the_regime_is_learned_and_slips_are_found(regime: str, recall: float) -> None:
    tables = generate(COUNT, REGIMES[regime], SLIPS)
    graded = scores(tables, Rounding.HALF_AWAY)["regime learned, graded"]
    assert graded.planted > COUNT / 2
    assert graded.precision == 1
    assert graded.recall >= recall


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("mode", [Rounding.UNKNOWN, Rounding.HALF_AWAY])
def test_tables_without_slips_contradict_nothing(regime: str, mode: Rounding) -> None:
    tables = generate(COUNT, REGIMES[regime], slips=0)
    rules = scores(tables, mode)
    assert rules["intervals always"].flagged == 0
    assert rules["regime learned, graded"].flagged == 0
    assert score_percentages(tables, mode).flagged == 0


@pytest.mark.parametrize("regime", REGIMES)
def test_misprinted_percentages_are_found(regime: str) -> None:
    score = score_percentages(generate(COUNT, REGIMES[regime], SLIPS), Rounding.HALF_AWAY)
    assert score.planted
    assert score.precision == 1
    assert score.recall >= 0.9
