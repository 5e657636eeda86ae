"""An invented office as leaves of figures: the one of the samples, or a random one of any size."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.compose import figures

if TYPE_CHECKING:
    from collections.abc import Mapping

Change = tuple[str, str, str, int]  # what, component, factor, by how much
Deliverables = tuple[tuple[str, str, tuple[tuple[str, tuple[int, ...]], ...]], ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """The changes of posts: where grades are added, given up, moved, and raised."""

    established: tuple[str, tuple[str, str]]  # component, two grades; new mandates
    abolished: tuple[str, str]  # component, grade; other changes, as all that follow
    redeployed: tuple[str, str, str]  # grade, from component, to component
    reclassified: tuple[str, str, str]  # component, from grade, to grade


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that a section prints follows from these; money is in tenths of a thousand.

    The first component directs, the last supports; the subprogrammes stand between. Rows of the
    mappings list the components in this order.
    """

    components: tuple[str, ...]
    expenditure: Mapping[str, tuple[int, ...]]
    appropriation: Mapping[str, tuple[int, ...]]
    changes: tuple[Change, ...]
    approved_posts: Mapping[str, tuple[int, ...]]
    moves: Moves
    other_assessed: Mapping[str, tuple[int, ...]]
    extrabudgetary: Mapping[str, tuple[int, ...]]
    other_assessed_posts: Mapping[str, tuple[int, ...]]
    extrabudgetary_posts: Mapping[str, tuple[int, ...]]
    deliverables: Mapping[str, Deliverables]
    compliance: Mapping[str, tuple[int, ...]]
    mission: Mapping[str, tuple[int, ...]]
    counted: Mapping[str, tuple[int, ...]]  # what is counted of a subprogramme, and its target

    @property
    def programme(self) -> tuple[str, ...]:
        """The subprogrammes."""
        return self.components[1:-1]

    @property
    def post_changes(self) -> tuple[Change, ...]:
        """Each change of a number of posts: grade, component, factor, by how much."""
        moves = self.moves
        where, grades = moves.established
        poorer, lost = moves.abolished
        grade, source, target = moves.redeployed
        raised, before, after = moves.reclassified
        return (
            *((grade, where, "mandates", 1) for grade in grades),
            (lost, poorer, "other", -1),
            (before, raised, "other", -1),
            (after, raised, "other", 1),
            (grade, source, "other", -1),
            (grade, target, "other", 1),
        )


HARBOURS = Office(
    figures.COMPONENTS,
    figures.EXPENDITURE,
    figures.APPROPRIATION,
    figures.CHANGES,
    figures.APPROVED_POSTS,
    Moves(("3", ("P-4", "P-3")), ("1", "GS (OL)"), ("P-3", "1", "3"), ("2", "P-4", "P-5")),
    figures.OTHER_ASSESSED,
    figures.EXTRABUDGETARY,
    figures.OTHER_ASSESSED_POSTS,
    figures.EXTRABUDGETARY_POSTS,
    figures.DELIVERABLES,
    figures.COMPLIANCE,
    figures.MISSION,
    figures.COUNTED,
)
# Where a random office may change: objects of expenditure other than posts.
CHANGING = figures.OBJECTS[1:]


def random_office(seed: int, subprogrammes: int) -> Office:
    """An office with figures of its own and up to six subprogrammes, two at least."""
    chance = random.Random(seed)
    programme = tuple(str(number) for number in range(1, subprogrammes + 1))
    components = ("A", *programme, "C")
    many = len(components)
    approved = {
        name: tuple(
            chance.randrange(800, 60_000) if chance.random() < most else 0 for _ in components
        )
        for name, most in zip(figures.OBJECTS, SHARES, strict=True)
    }
    moves = _moves(chance, programme)
    return Office(
        components,
        {name: tuple(_near(chance, value) for value in row) for name, row in approved.items()},
        approved,
        _changes(chance, components, moves, approved),
        {
            grade: tuple(chance.randrange(1, 3 + 2 * at) for _ in range(many))
            for at, grade in enumerate(figures.GRADES)
        },
        moves,
        {name: _source(chance) for name in components},
        {name: _source(chance) for name in components},
        {name: (chance.randrange(1, 9), chance.randrange(-1, 3)) for name in components},
        {name: (chance.randrange(2, 40), chance.randrange(-2, 5)) for name in components},
        figures.DELIVERABLES,
        figures.COMPLIANCE,
        figures.MISSION,
        {name: tuple(chance.randrange(12, 400) for _ in range(6)) for name in programme},
    )


# How often a component has some of each object of expenditure.
SHARES = (1.0, 0.9, 0.3, 0.7, 0.2, 0.9, 0.9, 0.9, 0.8, 0.7)


def _moves(chance: random.Random, programme: tuple[str, ...]) -> Moves:
    first, second = chance.sample(programme, 2)
    return Moves(
        (first, ("P-4", "P-3")),
        (second, "GS (OL)"),
        ("P-3", second, first),
        (chance.choice(programme), "P-5", "D-1"),
    )


def _changes(
    chance: random.Random,
    components: tuple[str, ...],
    moves: Moves,
    approved: Mapping[str, tuple[int, ...]],
) -> tuple[Change, ...]:
    """Money for the moved posts, and a dozen other changes of what there is."""
    found = {
        ("posts", moves.established[0], "mandates"): chance.randrange(500, 3_000),
        ("posts", moves.abolished[0], "other"): -chance.randrange(300, 1_500),
    }
    for _ in range(14):
        name, component = chance.choice(CHANGING), chance.choice(components)
        there = approved[name][components.index(component)]
        factor = chance.choice(figures.FACTORS)
        if there and factor == "mandates":
            found[name, component, factor] = chance.randrange(20, 900)
        elif there:
            size = chance.randrange(10, max(there // 6, 20))
            found[name, component, factor] = -size if chance.random() < UNLIKELY else size
    return tuple((*key, amount) for key, amount in sorted(found.items()))


UNLIKELY = 0.55


def _near(chance: random.Random, value: int) -> int:
    return value * chance.randrange(80, 118) // 100


def _source(chance: random.Random) -> tuple[int, int, int]:
    base = chance.randrange(500, 30_000)
    change = chance.randrange(-base // 5, base // 5) if chance.random() < UNLIKELY else 0
    return base * chance.randrange(85, 110) // 100, base, change
