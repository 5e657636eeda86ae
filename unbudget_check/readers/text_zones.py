"""Where tables stand in the text: after a caption, a part or a unit; never under a figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.readers.text_signs import (
    Signs,
    is_annex,
    is_figure,
    is_unit,
    opens_paragraph,
    table_caption,
)
from unbudget_check.readers.text_words import width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.readers.text_pages import Textline

# Lines after an inline caption in which a table must show itself.
AHEAD = 8
SENTENCE = 60  # places that a line of running text takes at least


class Sort(StrEnum):
    """What a zone of the text holds."""

    PROSE = "prose"
    TABLE = "table"  # opens with a caption
    FIGURE = "figure"  # a chart: its stray figures are no table


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of lines under one caption, or between captions; ``number`` is the table's."""

    sort: Sort
    textlines: tuple[Textline, ...]
    number: str = ""
    has_title: bool = False


def zones_of(
    textlines: Sequence[Textline], signs: Signs, shows_table: Callable[[Textline], bool]
) -> list[Zone]:
    """The text cut at captions and numbered paragraphs; ``shows_table`` knows a table's lines."""
    zones: list[Zone] = []
    sort, number, has_title, first = Sort.PROSE, "", False, 0
    for at in range(len(textlines)):
        opened = _opened(textlines, at, (sort, number), signs, shows_table)
        if opened is None:
            continue
        if at > first:
            zones.append(Zone(sort, tuple(textlines[first:at]), number, has_title))
        sort, number, has_title = opened
        first = at
    if len(textlines) > first:
        zones.append(Zone(sort, tuple(textlines[first:]), number, has_title))
    return zones


def _opened(
    textlines: Sequence[Textline],
    at: int,
    inside: tuple[Sort, str],
    signs: Signs,
    shows_table: Callable[[Textline], bool],
) -> tuple[Sort, str, bool] | None:
    """The zone that a line opens, or None where it goes on with the one before."""
    bare = textlines[at].bare
    sort, number = inside
    caption = table_caption(bare, signs)
    if caption is not None:
        if caption.continued and inside == (Sort.TABLE, caption.number):
            return None
        follows = textlines[at + 1 : at + 1 + AHEAD]
        wrapped = at > 0 and textlines[at - 1].runs_on
        if not caption.title or (not wrapped and any(map(shows_table, follows))):
            return Sort.TABLE, caption.number, bool(caption.title)
    if is_figure(bare, signs):
        return Sort.FIGURE, "", False
    if sort is Sort.PROSE and bare.startswith(("(", "（")) and is_unit(bare, signs):
        # A table without a caption of its own; what is above its unit is a heading of the text.
        return Sort.TABLE, "", True
    ends = is_annex(bare, signs) or (sort is Sort.FIGURE and _is_sentence(bare))
    if sort is not Sort.PROSE and opens_paragraph(bare, number):
        ends = ends or not shows_table(textlines[at])
    return (Sort.PROSE, "", False) if ends else None


def _is_sentence(bare: str) -> bool:
    return bare.endswith((".", "。")) and width(bare) >= SENTENCE
