"""The invented section from its title to its annexes, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose import figures, tables
from tests.compose.chapters import write_components
from tests.compose.drawings import organization, resources_figure
from tests.compose.explanations import explain_changes, explain_objects
from tests.compose.moves import annex_table
from tests.compose.office import HARBOURS, Office
from tests.compose.plan import write_plan
from tests.compose.printed import percent
from tests.compose.sources import tell_source
from tests.compose.sums import money, posts
from tests.compose.volume import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.compose.printed import Piece
    from tests.compose.tables import Words


def compose_section(
    words: Words, office: Office = HARBOURS, symbol: str = "40"
) -> tuple[Piece, ...]:
    """All blocks of the section, in reading order."""
    volume = Volume(words, office, symbol)
    headings = words["headings"]
    volume.heading(headings["office"])
    write_plan(volume)
    volume.heading(headings["resources"])
    _overview(volume)
    _tables_of_sources(volume)
    told = _explanation(volume)
    write_components(volume, told)
    _annexes(volume)
    return volume.written()


def mission_blocks(words: Words) -> list[Piece]:
    """The table of the survey mission, which only the workbook holds."""
    volume = Volume(words)
    volume.counts["table"] = 14
    volume.table("mission", tables.mission_table(HARBOURS, words), unit="money_unit")
    return volume.blocks


def _overview(volume: Volume) -> None:
    office, words = volume.office, volume.words
    volume.heading(volume.prose["headings"]["overview"])
    volume.tell("tables")
    volume.table("objects", tables.objects_table(office, words), unit="money_unit")
    volume.note(words["sentences"]["mark_a"])
    approved, *changes = posts(office, figures.GRADES)
    volume.tell(
        "staff",
        posts=volume.posts(approved + sum(changes)),
        approved=volume.posts(approved),
        grades=volume.grades({grade: sum(posts(office, [grade])) for grade in figures.GRADES}),
    )
    volume.table("changes", tables.post_changes_table(office, words), unit="post_unit")
    volume.table("grades", tables.grades_table(office, words), unit="post_unit")
    volume.note(words["sentences"]["mark_c"])


def _tables_of_sources(volume: Volume) -> None:
    office, words = volume.office, volume.words
    volume.tell("distribution")
    _, base, *factors = money(office, figures.OBJECTS)
    change = sum(factors)
    volume.tell(
        "overall",
        estimate=volume.dollars(base + change),
        change=volume.change(change, is_net=True),
        percentage=percent(abs(change), base),
        places=volume.listed([f"@{name}@" for name in _factors(office)]),
    )
    volume.table("funds", *tables.funds_table(office, words), unit="money_unit")
    volume.table("fund_posts", *tables.fund_posts_table(office, words), unit="post_unit")
    grid = tables.evolution_table(office, words, "8", office.components)
    volume.table("evolution", grid, unit="both_unit")
    resources_figure(volume, "overall", office.components)


def _factors(office: Office) -> list[str]:
    """The factors that change anything."""
    return [name for name in figures.FACTORS if any(name == each[2] for each in office.changes)]


def _explanation(volume: Volume) -> Mapping[str, list[str]]:
    headings = volume.prose["headings"]
    volume.heading(headings["explanation"])
    volume.heading(headings["overall"])
    told = explain_changes(volume)
    explain_objects(volume)
    tell_source(volume, "other_assessed")
    tell_source(volume, "extrabudgetary")
    return told


def _annexes(volume: Volume) -> None:
    headings = volume.prose["headings"]
    volume.heading(headings["annex_1"])
    volume.heading(volume.prose["titles"]["organization"])
    volume.blocks += organization(volume)
    volume.heading(headings["annex_2"])
    volume.heading(volume.words["headings"]["annex"])
    volume.blocks.append(annex_table(volume.office, volume.words))
