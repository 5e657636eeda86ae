"""Slips of every kind in every kind of cell, through the whole engine, one or two a table."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from tests.bench.accuracy.misprints import KINDS, misprint, printed_as
from tests.bench.accuracy.planting import Known, Plant, check_with, is_repaired
from tests.bench.accuracy.sources import random_tables, real_documents, samples
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.model.finding import Finding

ROUNDS, ROUNDS_OF_PAIRS, SEED = 3, 6, 2026
HEAD = ("planted", "covered", "detected", "crossed", "localised", "repaired", "elsewhere")
LAYOUT = "  {:<28}" + "{:>11}" * len(HEAD)
TARGETS = (
    "  targets: detected 100%, localised 98%, repaired 95% (pairs: localised 90%), elsewhere 0"
)


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    rows = []
    sources = {
        "Real documents": list(real_documents()),
        "Sample documents": list(samples()),
        "Random tables": list(random_tables()),
    }
    for name, documents in sources.items():
        rows += [f"Planted errors: {name.lower()}, {len(documents)} of them", ""]
        rows.append(LAYOUT.format("slip", *HEAD))
        together: Counter[str] = Counter()
        for kind in KINDS:
            score = singles(documents, kind)
            together += score
            rows.append(LAYOUT.format(str(kind), *_columns(score)))
        rows.append(LAYOUT.format("all slips", *_columns(together)))
        rows.append(LAYOUT.format("pairs in one table", *_columns(pairs(documents))))
        rows += [TARGETS, ""]
    return rows


def singles(documents: Iterable[Known], kind: str) -> Counter[str]:
    """One slip of a kind in each connected group of figures, several times over."""
    score: Counter[str] = Counter()
    for number, known in enumerate(documents):
        chance = random.Random(f"{SEED} {kind} {number}")
        for _ in range(ROUNDS):
            plants = [_plant(known, group, kind, chance) for group in known.groups]
            there = [plant for plant in plants if plant]
            score += _score(there, check_with(known, there)) if there else Counter()
    return score


def pairs(documents: Iterable[Known]) -> Counter[str]:
    """Two slips of any kinds in the tables of each group."""
    score: Counter[str] = Counter()
    for number, known in enumerate(documents):
        chance = random.Random(f"{SEED} pairs {number}")
        for _ in range(ROUNDS_OF_PAIRS):
            plants = [plant for group in known.groups for plant in _two(known, group, chance)]
            score += _score(plants, check_with(known, plants)) if plants else Counter()
    return score


def _two(known: Known, group: Sequence[int], chance: random.Random) -> list[Plant]:
    """Two slips in different cells, or none."""
    found = [_plant(known, group, chance.choice(KINDS), chance) for _ in range(2)]
    plants = [plant for plant in found if plant]
    return plants if len({plant.address for plant in plants}) == 2 else []


def _plant(known: Known, group: Sequence[int], kind: str, chance: random.Random) -> Plant | None:
    """A slip of a kind somewhere in a group, or None where no cell of it can have one."""
    for figure in chance.sample(group, min(len(group), 30)):
        number = known.facts.numbers[figure]
        units = misprint(kind, number, known.beside(figure), chance)
        if units is None or not known.is_figure(figure):
            continue
        change = known.change_to(figure, units)
        return Plant(
            kind,
            figure,
            known.address(figure),
            printed_as(units, number.exponent),
            number,
            known.is_covered(figure, change),
            known.is_crossed(figure, change),
        )
    return None


def _score(plants: Sequence[Plant], findings: Sequence[Finding]) -> Counter[str]:
    score: Counter[str] = Counter(planted=len(plants))
    blamed = {plant.address for plant in plants}
    score["elsewhere"] += sum(not blamed & _addresses(finding) for finding in findings)
    for plant in plants:
        about = [finding for finding in findings if plant.address in _addresses(finding)]
        score["covered"] += plant.covered
        score["detected"] += plant.covered and bool(about)
        if plant.crossed:
            score["crossed"] += 1
            named = [finding for finding in about if _names(finding, plant.address)]
            score["localised"] += bool(named)
            score["repaired"] += any(is_repaired(plant, finding) for finding in named)
    return score


def _addresses(finding: Finding) -> set[str | None]:
    """Every cell that a finding speaks of."""
    places = [finding.where, *(suspect.where for suspect in finding.suspects)]
    for proof in finding.relations:
        places += [proof.where, *(part.where for part in proof.parts)]
    return {place.address for place in places}


def _names(finding: Finding, address: str) -> bool:
    """Whether a cell is the only or the first suspect, or one of a line of missing values."""
    if finding.localisation is Localisation.CELLS:
        return any(suspect.where.address == address for suspect in finding.suspects)
    return any(suspect.where.address == address for suspect in finding.suspects[:1])


def _columns(score: Counter[str]) -> list[str]:
    shares = {"detected": "covered", "localised": "crossed", "repaired": "crossed"}
    return [
        f"{100 * score[name] / score[shares[name]]:.1f}%"
        if score[shares.get(name, "")]
        else str(score[name])
        for name in HEAD
    ]
