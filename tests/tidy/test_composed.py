"""Files by chance, in every shape: silent where all is right, told where one figure is not."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.tidy.composed import SHAPES, Composed, Tree, planted, seeds, tree
from tests.tidy.data_files import checked

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = 12


@pytest.mark.parametrize("shape", SHAPES)
def test_right_files_are_silent_and_every_figure_is_checked(
    shape: Callable[[Tree, Random], Composed],
) -> None:
    for seed in seeds(FILES):
        random = Random(seed)
        composed = shape(tree(random), random)
        result = checked(composed.text(), composed.mapping)
        assert not result.findings, (seed, composed.text())
        coverage = result.coverage
        assert coverage.figures_checked == coverage.figures_read > 0, (seed, composed.text())
        assert not coverage.rounding


@pytest.mark.parametrize("shape", SHAPES)
def test_one_wrong_figure_is_told_with_its_row_in_the_proof(
    shape: Callable[[Tree, Random], Composed],
) -> None:
    for seed in seeds(FILES):
        random = Random(seed)
        found = tree(random)
        composed = shape(found, random)
        rows, row = planted(composed, random, found.decimals)
        result = checked(composed.text(rows), composed.mapping)
        assert result.findings, (seed, row, composed.text(rows))
        told = {
            place.address.partition(",")[0]
            for finding in result.findings
            for proof in finding.relations
            for place in (proof.where, *(part.where for part in proof.parts))
            if place.address
        }
        assert f"row {row + 2}" in told, (seed, row, composed.text(rows))
