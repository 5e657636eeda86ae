"""The tables of a document as a page shows them, each with its findings beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import say
from unbudget_check.model.location import Where
from unbudget_check.reporters.html.grid import draw_table
from unbudget_check.reporters.html.spots import find_spots
from unbudget_check.reporters.html.stretches import CELL
from unbudget_check.reporters.words import shown, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unbudget_check.model.report import DocumentResult, PrintedTable
    from unbudget_check.reporters.html.anchors import Anchors
    from unbudget_check.reporters.html.cards import Card
    from unbudget_check.reporters.html.grid import DrawnTable
    from unbudget_check.reporters.html.spots import Numbered, Spot


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its findings beside it; without findings it is there for proofs of others.

    ``cited`` are the numbers of the findings that speak of its cells.
    """

    anchor: str
    name: str
    title: str
    drawn: DrawnTable
    cards: tuple[Card, ...]
    cited: tuple[int, ...]


def draw_blocks(
    document: DocumentResult,
    numbered: Mapping[str, Iterable[Numbered]],
    cards: Mapping[str, tuple[Card, ...]],
    anchors: Anchors,
) -> tuple[Block, ...]:
    """All tables that the document carries along; findings and cards are grouped by their keys."""
    every = tuple(each for found in numbered.values() for each in found)
    prefix = f"d{anchors.numbers[document.path]}-"
    spots = find_spots(every, document.path, prefix)
    cited = _cited(spots)
    stretches = anchors.stretches[document.path]
    return tuple(
        Block(
            f"{prefix}{table.key}",
            _name_of(table, anchors.lang),
            _title_of(table, numbered.get(table.key, ())),
            draw_table(table, stretches[table.key], spots),
            cards.get(table.key, ()),
            tuple(sorted(cited[table.key])),
        )
        for table in document.tables
    )


def _cited(spots: Mapping[str, Spot]) -> dict[str, set[int]]:
    """The numbers of the findings that speak of each table."""
    cited: dict[str, set[int]] = defaultdict(set)
    for cell, spot in spots.items():
        named = CELL.fullmatch(cell)
        if named:
            cited[named[1]] |= spot.findings
    return cited


def _title_of(table: PrintedTable, found: Iterable[Numbered]) -> str:
    """What stands above the table; its unit is known where a finding quotes the table."""
    units = [each.finding.excerpt.unit for each in found if each.finding.excerpt]
    titles = (shown(each) for each in (table.title, table.part_title, *units))
    return ". ".join(dict.fromkeys(each.rstrip(".") for each in titles if each))


def _name_of(table: PrintedTable, lang: str) -> str:
    """The table as it is cited; without a number its title, or where it stands."""
    named = table_of(Where("", table.number, table.part), lang) or shown(table.title)
    if named:
        return named[:1].upper() + named[1:]
    place = shown(table.address)
    if not place or place.startswith("/"):
        return say(lang, "html.table_unnamed")
    return say(lang, "html.table_at", place=place)
