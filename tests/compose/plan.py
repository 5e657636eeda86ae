"""The programme plan of the section: what was reached, what is planned, what is delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose import tables
from tests.compose.printed import Chart

if TYPE_CHECKING:
    from tests.compose.volume import Volume


def write_plan(volume: Volume) -> None:
    """The first half of the section."""
    volume.heading(volume.words["headings"]["plan"])
    volume.tell("opening")
    for component in volume.office.programme:
        volume.heading(volume.words["names"][component])
        volume.heading(volume.title(component))
        _measure(volume, component)
        if component in volume.office.deliverables:
            _deliverables(volume, component)


def _measure(volume: Volume, component: str) -> None:
    """A target that was reached or not, and the chart that shows it."""
    *values, target = volume.office.counted[component]
    reached = values[2]
    form = "exceeded" if reached > target else "missed" if reached < target else "met"
    counted = volume.prose["counted"][component]
    volume.heading(volume.prose["headings"]["measure"])
    volume.tell(form, value=str(reached), counted=counted, target=str(target))
    volume.tell("measure", of=component)
    title = volume.prose["titles"]["measure"].format(counted=counted)
    years = tuple(volume.prose["charts"]["years"])
    chart = Chart(counted, "", "bar", years, tuple(map(str, values)))
    volume.figure(f"measure {component}", title, chart)


def _deliverables(volume: Volume, component: str) -> None:
    volume.heading(volume.prose["headings"]["deliverables"])
    volume.tell("deliverables", of=component)
    grid = tables.deliverables_table(volume.office, volume.words, component)
    volume.table("deliverables", grid, of=component)
    if component == "1":
        volume.note(volume.words["sentences"]["mark_b"])
