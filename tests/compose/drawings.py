"""What the section draws: how resources are distributed, and who works where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose import figures
from tests.compose.printed import Box, Chart, tenths
from tests.compose.sources import grades_of
from tests.compose.sums import money, posts
from tests.compose.tables import GENERAL, NON_POST, PROFESSIONAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tests.compose.volume import Volume


def resources_figure(volume: Volume, name: str, components: Sequence[str]) -> None:
    """Three charts: posts by category, posts against the rest, and the rest by object."""
    office, rows, said = volume.office, volume.words["rows"], volume.prose["charts"]
    groups = {"professional": PROFESSIONAL, "general": GENERAL}
    counts = {key: sum(posts(office, grades, components)) for key, grades in groups.items()}
    amounts = {key: _proposed(volume, [key], components) for key in figures.OBJECTS}
    rest = {key: amount for key, amount in amounts.items() if key in NON_POST and amount}
    halves = {"posts": amounts["posts"], "non_post": sum(rest.values())}
    charts = (
        _pie(said["posts"], volume.posts(sum(counts.values())), rows, counts, is_money=False),
        _pie(said["money"], tenths(sum(halves.values())), rows, halves),
        _pie(said["non_post"], tenths(sum(rest.values())), rows, rest),
    )
    titles = volume.prose["titles"]
    whole = name == "overall"
    shown = "" if whole else volume.words["names"][components[0]]
    title = titles["overall" if whole else "component"].format(name=shown)
    volume.figure(name, title, *charts, unit=titles["unit"])


def _proposed(volume: Volume, names: Collection[str], components: Sequence[str]) -> int:
    return sum(money(volume.office, names, components)[1:])


def _pie(
    title: str, total: str, rows: dict[str, str], values: dict[str, int], *, is_money: bool = True
) -> Chart:
    stored = tuple(f"{n // 10}.{n % 10}" if is_money else str(n) for n in values.values())
    return Chart(title, total, "pie", tuple(rows[key] for key in values), stored)


def organization(volume: Volume) -> Iterator[Box]:
    """A box for each component, with its posts of the regular budget and the lent ones."""
    said, office = volume.prose["charts"], volume.office
    for component in office.components:
        regular = {grade: sum(posts(office, [grade], [component])) for grade in figures.GRADES}
        lent = grades_of(office, "extrabudgetary", [component])
        numbered = component in office.programme
        under = volume.words["under"][component]
        sums = [sum(regular.values()), sum(lent.values())]
        yield Box(
            volume.title(component) if numbered else volume.words["names"][component],
            said["note"].format(under=under) if numbered else "",
            (said["regular"], said["extrabudgetary"]),
            tuple(
                tuple(f"{n} {grade}" for grade, n in counts.items() if n)
                for counts in (regular, lent)
            ),
            tuple(map(str, sums)),
            said["total"].format(count=sum(sums)),
        )
