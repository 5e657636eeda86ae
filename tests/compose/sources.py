"""What the section says about the other sources of funds, and their posts by grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose import figures
from tests.compose.printed import percent
from tests.compose.sums import added, money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.compose.office import Office
    from tests.compose.volume import Volume

# The sources of funds name the grades of their posts in the prose and in the annex only.
LENT = ("P-4", "P-3", "GS (OL)")


def tell_source(volume: Volume, source: str) -> None:
    """The paragraph about one source of funds."""
    office = volume.office
    amounts = _amounts(office)[source]
    _, base, change = added(amounts.values())
    counts = grades_of(office, source, office.components)
    volume.heading(volume.prose["headings"][source])
    volume.tell(
        source,
        estimate=volume.dollars(base + change),
        posts=volume.posts(sum(counts.values())),
        grades=volume.grades(counts),
        share=percent(base + change, everything(office)),
        change=volume.change(change, is_net=False),
    )


def everything(office: Office) -> int:
    """What is proposed from all sources of funds."""
    _, *regular = money(office, figures.OBJECTS)
    others = [sum(row[1:]) for source in _amounts(office).values() for row in source.values()]
    return sum(regular) + sum(others)


def grades_of(office: Office, source: str, components: Iterable[str]) -> dict[str, int]:
    """The posts that a source of funds pays for in some components next year, by grade."""
    posts = {
        "other_assessed": office.other_assessed_posts,
        "extrabudgetary": office.extrabudgetary_posts,
    }[source]
    shares = [_split(sum(posts[component])) for component in components]
    return dict(zip(LENT, added(shares), strict=True))


def _split(count: int) -> tuple[int, int, int]:
    return count // 5, count // 3, count - count // 5 - count // 3


def _amounts(office: Office) -> dict[str, Mapping[str, tuple[int, ...]]]:
    return {"other_assessed": office.other_assessed, "extrabudgetary": office.extrabudgetary}
