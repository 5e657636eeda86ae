"""The invented section from its title to its annex, in one language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.compose import figures, tables
from tests.compose.printed import Block, Grid, Paragraph, percent
from tests.compose.sums import money, posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.compose.tables import Words


def words_of(language: str) -> Words:
    """What the section says in this language."""
    text = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
    words: Words = tomllib.loads(text)[language]
    return words


def compose_section(words: Words) -> tuple[Block, ...]:
    """All blocks of the section, in reading order."""
    said, headings = words["sentences"], words["headings"]
    return (
        Paragraph(headings["office"], "heading"),
        Paragraph(headings["plan"], "heading"),
        Paragraph(said["opening"]),
        Paragraph(said["deliverables_1"]),
        *captioned(words, "deliverables", tables.deliverables_table(words, "1"), of="1"),
        Paragraph(said["mark_b"], "note"),
        Paragraph(said["deliverables_2"]),
        *captioned(words, "deliverables", tables.deliverables_table(words, "2"), of="2"),
        Paragraph(headings["resources"], "heading"),
        *_overview(words),
        *_components(words),
        Paragraph(headings["annex"], "heading"),
        tables.annex_table(words),
    )


def captioned(words: Words, title: str, *grids: Grid, unit: str = "", of: str = "") -> list[Block]:
    """A table with what stands above it: its number, its title, its unit and, if any, its parts."""
    name = words["names"].get(of, of)
    number = of if title == "deliverables" else ""
    blocks: list[Block] = [
        Paragraph(words["table"].format(number=grids[0].number), "caption"),
        Paragraph(words["titles"][title].format(number=number, name=name), "caption"),
    ]
    if unit:
        blocks.append(Paragraph(words[unit], "caption"))
    for grid in grids:
        if grid.part:
            blocks.append(Paragraph(words["parts"][str(grid.part)], "part"))
        blocks.append(grid)
    return blocks


def mission_blocks(words: Words) -> list[Block]:
    """The table of the survey mission, which only the workbook holds."""
    return captioned(words, "mission", tables.mission_table(words), unit="money_unit")


def dollars(words: Words, value: int) -> str:
    """An amount in tenths of a thousand, as a sentence says it."""
    amount = f"{abs(value) * 100:,}".replace(",", words["thousands"])
    return str(words["dollars"].format(amount=amount))


def _overview(words: Words) -> Iterator[Block]:
    said = words["sentences"]
    _, base, *factors = money(figures.OBJECTS)
    change = sum(factors)
    yield Paragraph(
        said["overview"].format(
            estimate=dollars(words, base + change),
            approved=dollars(words, base),
            change=dollars(words, change),
            percentage=percent(change, base),
        )
    )
    yield from captioned(words, "objects", tables.objects_table(words), unit="money_unit")
    yield Paragraph(said["mark_a"], "note")
    everybody = posts(figures.GRADES)
    yield Paragraph(
        said["posts"].format(approved_posts=everybody[0], proposed_posts=sum(everybody))
    )
    yield from captioned(words, "changes", tables.post_changes_table(words), unit="post_unit")
    yield from captioned(words, "grades", tables.grades_table(words), unit="post_unit")
    yield Paragraph(said["mark_c"], "note")
    yield Paragraph(said["sources"])
    yield from captioned(words, "funds", *tables.funds_table(words), unit="money_unit")
    yield from captioned(words, "fund_posts", *tables.fund_posts_table(words), unit="post_unit")
    overall = tables.evolution_table(words, "8", figures.COMPONENTS)
    yield from captioned(words, "evolution", overall, unit="both_unit")
    yield Paragraph(said["compliance"])
    yield from captioned(
        words, "compliance", tables.compliance_table(words), unit="percentage_unit"
    )


def _components(words: Words) -> Iterator[Block]:
    said = words["sentences"]
    for at, component in enumerate(figures.COMPONENTS):
        _, base, *factors = money(figures.OBJECTS, [component])
        proposed = dollars(words, base + sum(factors))
        name = words["names"][component]
        yield Paragraph(said["component"].format(number=8 + at, name=name, estimate=proposed))
        grid = tables.evolution_table(words, str(10 + at), (component,))
        yield from captioned(words, "component", grid, unit="both_unit", of=component)
