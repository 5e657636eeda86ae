"""The hot families of damage, 1,500 inputs: no crash, no hang, nothing lost, nothing silent."""

from __future__ import annotations

import os
import sys

import pytest

from tests.fuzz.mutations import FAMILIES, mutant_of
from tests.fuzz.seeds import seeds
from tests.fuzz.trial import problem_of, trials

INPUTS = 1_500
SEED = 2026
PIECES = 6


@pytest.mark.skipif(sys.platform != "linux", reason="processes with bounds are for Linux only")
@pytest.mark.parametrize("piece", range(PIECES))
def test_no_damage_is_worse_than_its_document(piece: int) -> None:
    numbers = range(piece, INPUTS, PIECES)
    done = trials(SEED, numbers, len(os.sched_getaffinity(0)))
    wrong = {f"{mutant.number} ({mutant.family})": said for mutant, said in done if said}
    assert not wrong


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_an_input_is_the_same_whenever_it_is_made(family: str) -> None:
    number = list(FAMILIES).index(family)
    mutant = mutant_of(SEED, number)
    assert mutant.family == family
    assert mutant == mutant_of(SEED, number)
    assert mutant.data not in {each.data for each in seeds()}


def test_a_mistake_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial tells a crash, a lost finding and figures that vanish."""
    from dataclasses import replace

    from tests.fuzz import trial

    sound = next(each for each in seeds() if each.suffix == ".csv")
    mutant = replace(mutant_of(SEED, 0), suffix=".csv", data=sound.data, keeps=True, seed=sound)
    assert not problem_of(mutant)
    assert problem_of(replace(mutant, data=b"Nothing here,\n")).startswith("silent")
    monkeypatch.setattr(trial, "SENTINEL", b"Item,2024\nBeds,1\n")
    assert problem_of(mutant).startswith("sentinel")
