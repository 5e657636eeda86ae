"""Slips of every kind in every kind of cell, through the whole engine, one or two a table."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.bench.accuracy.misprints import KINDS, misprint, printed_as
from tests.bench.accuracy.planting import Known, Plant, check_with, is_repaired
from tests.bench.accuracy.sources import random_tables, real_documents, samples
from unbudget_check.model.finding import Localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.model.finding import Finding

ROUNDS, ROUNDS_OF_PAIRS, SEED = 3, 6, 2026
HEAD = (
    "planted",
    "covered",
    "detected",
    "crossed",
    "localised",
    "repaired",
    "not crossed",
    "first",
    "elsewhere",
)
LAYOUT = "  {:<24}" + "{:>12}" * len(HEAD)
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
        cells: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for kind in KINDS:
            scores = singles(documents, kind)
            rows.append(LAYOUT.format(str(kind), *_columns(_added(scores))))
            for cell, score in scores.items():
                cells[cell] += score
        rows.append(LAYOUT.format("all slips", *_columns(_added(cells))))
        rows.append(LAYOUT.format("pairs in one table", *_columns(pairs(documents))))
        rows += ["", "  the same slips by the cell in which they stand"]
        rows += [LAYOUT.format(cell, *_columns(cells[cell])) for cell in sorted(cells)]
        rows += [TARGETS, ""]
    return rows


def _added(scores: Mapping[str, Counter[str]]) -> Counter[str]:
    together: Counter[str] = Counter()
    for score in scores.values():
        together += score
    return together


def singles(documents: Iterable[Known], kind: str) -> Mapping[str, Counter[str]]:
    """Cell -> score, of one slip of a kind in the tables of each group, several times over."""
    scores: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, known in enumerate(documents):
        chance = random.Random(f"{SEED} {kind} {number}")
        for _ in range(ROUNDS):
            plants = [_plant(known, group, kind, chance) for group in known.groups]
            there = [plant for plant in plants if plant]
            findings = check_with(known, there) if there else []
            for plant in there:
                scores[plant.cell] += _score(plant, findings)
            for plant in there[:1]:
                scores[plant.cell]["elsewhere"] += _elsewhere(there, findings)
    return scores


def pairs(documents: Iterable[Known]) -> Counter[str]:
    """Two slips of any kinds in the tables of each group."""
    score: Counter[str] = Counter()
    for number, known in enumerate(documents):
        chance = random.Random(f"{SEED} pairs {number}")
        for _ in range(ROUNDS_OF_PAIRS):
            plants = [plant for group in known.groups for plant in _two(known, group, chance)]
            findings = check_with(known, plants) if plants else []
            for plant in plants:
                score += _score(plant, findings)
            score["elsewhere"] += _elsewhere(plants, findings)
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
            known.kind_of_cell(figure),
            figure,
            known.address(figure),
            printed_as(units, number.exponent),
            number,
            known.is_covered(figure, change),
            known.is_crossed(figure, change),
        )
    return None


def _score(plant: Plant, findings: Sequence[Finding]) -> Counter[str]:
    about = [finding for finding in findings if plant.address in addresses(finding)]
    named = [finding for finding in about if _names(finding, plant.address)]
    lone = plant.covered and not plant.crossed
    return Counter(
        planted=1,
        covered=plant.covered,
        detected=plant.covered and bool(about),
        crossed=plant.crossed,
        localised=plant.crossed and bool(named),
        repaired=plant.crossed and any(is_repaired(plant, finding) for finding in named),
    ) + Counter({"not crossed": plant.covered - plant.crossed, "first": lone and bool(named)})


def _elsewhere(plants: Iterable[Plant], findings: Iterable[Finding]) -> int:
    """New findings that speak of no planted cell."""
    blamed = {plant.address for plant in plants}
    return sum(blamed.isdisjoint(addresses(finding)) for finding in findings)


def addresses(finding: Finding) -> set[str | None]:
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
    shares["first"] = "not crossed"
    return [
        f"{100 * score[name] / score[shares[name]]:.1f}%"
        if score[shares.get(name, "")]
        else str(score[name])
        for name in HEAD
    ]
