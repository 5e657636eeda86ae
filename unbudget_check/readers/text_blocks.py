"""The printed lines of a text -> paragraphs and tables in reading order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.text_delimited import find_delimited
from unbudget_check.readers.text_lists import find_list
from unbudget_check.readers.text_paragraphs import paragraph, paragraphs
from unbudget_check.readers.text_runs import find_runs
from unbudget_check.readers.text_signs import (
    Signs,
    is_note,
    is_part,
    is_unit,
    signs_of,
    table_caption,
)
from unbudget_check.readers.text_tables import find_table
from unbudget_check.readers.text_terms import covered, pieces_of
from unbudget_check.readers.text_words import is_year, tail_of
from unbudget_check.readers.text_zones import Sort, Zone, zones_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Block
    from unbudget_check.readers.text_above import Headings
    from unbudget_check.readers.text_idiom import Idiom
    from unbudget_check.readers.text_pages import Textline

# Lines after a caption within which its unit ends the title.
TITLE_LINES = 5
FIGURES = 2  # at the end of a line show that it is a row of a table


def blocks_of(textlines: Sequence[Textline], idiom: Idiom) -> Iterator[Block]:
    """Every block of the text; tables with delimiters first divide it."""
    signs = signs_of(idiom.code)
    at = 0
    for first, last, table in find_delimited(textlines, idiom, signs):
        yield from _printed(textlines[at:first], idiom, signs)
        yield table
        at = last + 1
    yield from _printed(textlines[at:], idiom, signs)


def _printed(textlines: Sequence[Textline], idiom: Idiom, signs: Signs) -> Iterator[Block]:
    """The blocks of lines without delimiters."""

    def shows_table(textline: Textline) -> bool:
        tail = tail_of(textline.text, idiom.style)
        if len(tail) >= FIGURES and not all(map(is_year, tail)):
            return True
        return is_unit(textline.bare, signs) or any(
            covered([textline], pieces_of([textline], idiom.code))
        )

    for zone in zones_of(textlines, signs, shows_table):
        if zone.sort is Sort.TABLE:
            yield from _captioned(zone, idiom, signs)
        elif zone.sort is Sort.FIGURE:
            yield from (paragraph([textline]) for textline in zone.textlines)
        else:
            yield from _prose(zone.textlines, idiom, signs)


def _captioned(zone: Zone, idiom: Idiom, signs: Signs) -> Iterator[Block]:
    """Caption, title, unit and part as paragraphs, then the table; each part is one table."""
    openings, at = _openings(zone, signs)
    yield from (paragraph(opening) for opening in openings)
    rest = _without_repeats(zone.textlines[at:], openings, signs)
    letters = (t.bare[0] for t in rest if is_note(t.bare, signs) and t.bare[1:2].isspace())
    idiom = replace(idiom, notes=frozenset(letters))
    headings: Headings | None = None
    for stretch in _stretches(rest, idiom, signs):
        body = stretch
        if is_part(stretch[0].bare) or is_unit(stretch[0].bare, signs):
            yield paragraph(stretch[:1])
            body = stretch[1:]
        elif _divides(stretch[0], idiom, signs):
            # A note ends the table; what is below it is text until a part or unit opens another.
            yield from _prose(stretch, idiom, signs)
            continue
        found = find_list(body, idiom) or find_table(body, idiom, headings)
        if found is not None:
            headings = found.headings
            yield from _prose(body[: headings.lead], idiom, signs)
            yield found.table
        yield from _prose(body[found.taken if found else 0 :], idiom, signs)


def _stretches(
    textlines: Sequence[Textline], idiom: Idiom, signs: Signs
) -> Iterator[Sequence[Textline]]:
    """The lines below a caption, cut before every part, unit and note."""
    starts = [at for at, textline in enumerate(textlines) if _divides(textline, idiom, signs)]
    for begin, end in pairwise([0, *starts, len(textlines)]):
        if end > begin:
            yield textlines[begin:end]


def _without_repeats(
    textlines: Sequence[Textline], openings: Sequence[Sequence[Textline]], signs: Signs
) -> tuple[Textline, ...]:
    """The lines without captions that say "continued", and the opening lines repeated there."""
    opened = {textline.bare for opening in openings for textline in opening}
    kept: list[Textline] = []
    follows = False
    for textline in textlines:
        caption = table_caption(textline.bare, signs)
        is_caption = caption is not None and caption.continued
        follows = is_caption or (follows and textline.bare in opened)
        if not follows:
            kept.append(textline)
    return tuple(kept)


def _openings(zone: Zone, signs: Signs) -> tuple[list[Sequence[Textline]], int]:
    """The lines of caption, title, unit and part, and the first line after them."""
    printed = zone.textlines
    openings: list[Sequence[Textline]] = [printed[:1]]
    near = range(1, min(len(printed), TITLE_LINES + 1))
    unit = next((at for at in near if is_unit(printed[at].bare, signs)), None)
    end = unit if unit is not None else 1 + (not zone.has_title)
    while unit is None and 1 < end < len(printed) and printed[end - 1].runs_on:
        end += 1
    if end > 1:
        openings.append(printed[1:end])
    at = min(end, len(printed))
    while at < len(printed) and (is_unit(printed[at].bare, signs) or is_part(printed[at].bare)):
        openings.append(printed[at : at + 1])
        at += 1
    return [opening for opening in openings if opening], at


def _divides(textline: Textline, idiom: Idiom, signs: Signs) -> bool:
    """Whether a line ends a table: a further part, a further unit, a note."""
    bare = textline.bare
    if not (is_part(bare) or is_unit(bare, signs) or is_note(bare, signs)):
        return False
    return not tail_of(textline.text, idiom.style)


def _prose(textlines: Sequence[Textline], idiom: Idiom, signs: Signs) -> Iterator[Block]:
    """Running text, and the tables in it that have no caption."""
    at = 0
    for begin, found in find_runs(textlines, idiom, signs):
        yield from paragraphs(textlines[at : begin + found.headings.lead])
        yield found.table
        at = begin + found.taken
    yield from paragraphs(textlines[at:])
