"""The chapters of the components: level and change, posts, their table and their figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose import figures, tables
from tests.compose.drawings import resources_figure
from tests.compose.printed import percent
from tests.compose.sources import grades_of
from tests.compose.sums import money, posts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.compose.volume import Volume


def write_components(volume: Volume, told: Mapping[str, list[str]]) -> None:
    """All components in order; ``told`` says where the change of each is explained."""
    words = volume.words
    first, *_, last = volume.office.components
    for component in volume.office.components:
        if component == volume.office.programme[0]:
            volume.heading(volume.prose["headings"]["programme"])
        volume.heading(words["names"][component])
        if component not in {first, last}:
            volume.heading(volume.title(component))
        if component == first:
            _duties(volume)
        _level(volume, component, told.get(component, []))
        grid = tables.evolution_table(volume.office, words, "", (component,))
        volume.table("component", grid, unit="both_unit", of=component)
        resources_figure(volume, f"figure {component}", (component,))
        _extrabudgetary(volume, component)


def _duties(volume: Volume) -> None:
    """What the first component does, and how punctual it is."""
    volume.tell("tasks")
    for marker, text in zip(volume.prose["items"], volume.prose["tasks"].values(), strict=False):
        volume.item(text, marker)
    volume.tell("compliance")
    grid = tables.compliance_table(volume.office, volume.words)
    volume.table("compliance", grid, unit="percentage_unit")


def _level(volume: Volume, component: str, places: list[str]) -> None:
    """How much is proposed, how it changes, where that is explained, and for what posts."""
    office = volume.office
    _, base, *factors = money(office, figures.OBJECTS, [component])
    change = sum(factors)
    amounts = {amount > 0 for _, where, _, amount in office.changes if where == component}
    volume.tell(
        "component" if change else "component_same",
        estimate=volume.dollars(base + change),
        change=volume.change(change, is_net=len(amounts) > 1),
        places=volume.prose["place"][len(places) > 1].format(places=volume.listed(places)),
        of=component,
    )
    counts = {grade: sum(posts(office, [grade], [component])) for grade in figures.GRADES}
    salaries = sum(money(office, ["posts"], [component])[1:])
    volume.tell(
        "component_posts",
        money=volume.dollars(salaries),
        posts=volume.posts(sum(counts.values())),
        grades=volume.grades(counts),
        rest=volume.dollars(base + change - salaries),
        share=percent(base + change, sum(money(office, figures.OBJECTS)[1:])),
    )


def _extrabudgetary(volume: Volume, component: str) -> None:
    _, base, change = volume.office.extrabudgetary[component]
    counts = grades_of(volume.office, "extrabudgetary", [component])
    if not sum(counts.values()):
        return
    volume.heading(volume.prose["headings"]["extrabudgetary"])
    volume.tell(
        "component_extrabudgetary",
        under=volume.words["under"][component],
        estimate=volume.dollars(base + change),
        posts=volume.posts(sum(counts.values())),
        grades=volume.grades(counts),
        change=volume.change(change, is_net=False),
    )
