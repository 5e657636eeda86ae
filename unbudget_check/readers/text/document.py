"""Read text files: tables set with tabs, and text from a PDF that lost its borders.

Wrapped lines are put together as paragraphs. Tables stand after a caption, a part or a unit, never
under a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import detect_language, language_codes
from unbudget_check.model.document import Document, Paragraph, Table, Where
from unbudget_check.model.faults import Faults
from unbudget_check.model.prose import CaptionKind
from unbudget_check.notation.units import is_unit_line
from unbudget_check.profiles import form
from unbudget_check.readers.encoding import decode
from unbudget_check.readers.text.delimited import find_delimited
from unbudget_check.readers.text.headings import covered, pieces_of
from unbudget_check.readers.text.lines import (
    is_note,
    is_part,
    language_of,
    opens_other,
    opens_paragraph,
    opens_table,
)
from unbudget_check.readers.text.lists import find_list
from unbudget_check.readers.text.pages import find_symbol, has_outline_mark, idiom_of, printed_lines
from unbudget_check.readers.text.rows import join_lines
from unbudget_check.readers.text.tables import find_runs, find_table
from unbudget_check.readers.text.words import are_years, has_open_bracket, tail_of, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Block
    from unbudget_check.readers.source import Source
    from unbudget_check.readers.text.heading_lines import Headings
    from unbudget_check.readers.text.pages import Idiom, Textline


# 12. or 29E.97, and no figure that a line happens to begin with: 12 posts, 12.5 per cent, 12 500.
_NUMBERED = re.compile(rf"{form('line_section')}\.(?:\d{{1,3}}\.?)?\s+[^a-z\d\s%(]")
# A sign before the mark or number of a list that was set with bullets.
_BULLET = re.compile(r"[-\u2010-\u2015\u2022\u00b7\u25aa*]\s+")
# Printed lines in one paragraph; a longer run is no paragraph but a text without any signs.
MOST_PARAGRAPH_LINES = 60

# Lines after an inline caption in which a table must show itself.
AHEAD = 8
SENTENCE = 60  # places that a line of running text takes at least
LABEL = 30  # places that a line takes at most which is no running text

# Lines after a caption within which its unit ends the title.
TITLE_LINES = 5
FIGURES = 2  # at the end of a line show that it is a row of a table

# Characters from which the language is known.
SAMPLE = 8_000


def paragraph(textlines: Sequence[Textline]) -> Paragraph:
    """These lines as one paragraph, at the place of the first."""
    number = textlines[0].number
    text = join_lines([textline.text for textline in textlines])
    return Paragraph(text, f"line {number}", number)


def paragraphs(textlines: Iterable[Textline]) -> Iterator[Paragraph]:
    """The paragraphs of running text, as far as the print shows where they end."""
    waiting: list[Textline] = []
    for textline in textlines:
        if waiting and _opens(waiting[-1], textline):
            yield paragraph(waiting)
            waiting = []
        waiting.append(textline)
        if (textline.stops and not textline.runs_on) or len(waiting) >= MOST_PARAGRAPH_LINES:
            yield paragraph(waiting)
            waiting = []
    if waiting:
        yield paragraph(waiting)


def _opens(upper: Textline, lower: Textline) -> bool:
    """Whether a new paragraph begins although the line before did not seem to end one."""
    if upper.runs_on or has_open_bracket(upper.bare):
        return False
    if upper.bare[-1].isdecimal() and width(upper.bare) < LABEL:
        return True  # a labelled figure, as charts have them
    bullet = _BULLET.match(lower.bare)
    bare = lower.bare[bullet.end() :] if bullet else lower.bare
    return has_outline_mark(bare) or _NUMBERED.match(bare) is not None


class ZoneSort(StrEnum):
    """What a zone of the text holds."""

    PROSE = "prose"
    TABLE = "table"  # opens with a caption
    FIGURE = "figure"  # a chart: its stray figures are no table


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of lines under one caption, or between captions; ``number`` is the table's."""

    sort: ZoneSort
    textlines: tuple[Textline, ...]
    number: str = ""
    has_title: bool = False


def zones_of(
    textlines: Sequence[Textline],
    language: Language | None,
    shows_table: Callable[[Textline], bool],
) -> list[Zone]:
    """The text cut at captions and numbered paragraphs; ``shows_table`` knows a table's lines."""
    zones: list[Zone] = []
    sort, number, has_title, first = ZoneSort.PROSE, "", False, 0
    for at in range(len(textlines)):
        opened = _opened(textlines, at, (sort, number), language, shows_table)
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
    inside: tuple[ZoneSort, str],
    language: Language | None,
    shows_table: Callable[[Textline], bool],
) -> tuple[ZoneSort, str, bool] | None:
    """The zone that a line opens, or None where it goes on with the one before."""
    bare = textlines[at].bare
    sort, number = inside
    caption = opens_table(bare, language)
    if caption is not None:
        if caption.continued and inside == (ZoneSort.TABLE, caption.number):
            return None
        follows = textlines[at + 1 : at + 1 + AHEAD]
        wrapped = at > 0 and textlines[at - 1].runs_on
        if not caption.title or (not wrapped and any(map(shows_table, follows))):
            return ZoneSort.TABLE, caption.number, bool(caption.title)
    if opens_other(bare, language, CaptionKind.FIGURE):
        return ZoneSort.FIGURE, "", False
    if sort is ZoneSort.PROSE and bare.startswith(("(", "（")) and is_unit_line(bare, language):
        # A table without a caption of its own; what is above its unit is a heading of the text.
        return ZoneSort.TABLE, "", True
    ends = opens_other(bare, language, CaptionKind.ANNEX) or (
        sort is ZoneSort.FIGURE and _is_sentence(bare)
    )
    if sort is not ZoneSort.PROSE and opens_paragraph(bare, number):
        ends = ends or not shows_table(textlines[at])
    return (ZoneSort.PROSE, "", False) if ends else None


def _is_sentence(bare: str) -> bool:
    return bare.endswith((".", "。")) and width(bare) >= SENTENCE


def blocks_of(
    textlines: Sequence[Textline], idiom: Idiom, faults: Faults | None = None
) -> Iterator[Block]:
    """Every block of the text; tables with delimiters first divide it.

    A zone in which this program fails is read as running text, and noted among the ``faults``;
    without these the fault is raised.
    """
    language = language_of(idiom.code)
    at = 0
    cut = partial(_delimited, textlines, idiom, language)
    found = cut() if faults is None else faults.guarded(cut, list[tuple[int, int, Table]])
    for first, last, table in found:
        yield from _printed(textlines[at:first], idiom, language, faults)
        yield table
        at = last + 1
    yield from _printed(textlines[at:], idiom, language, faults)


def _delimited(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None
) -> list[tuple[int, int, Table]]:
    return [*find_delimited(textlines, idiom, language)]


def _printed(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None, faults: Faults | None
) -> Iterator[Block]:
    """The blocks of lines without delimiters."""

    def shows_table(textline: Textline) -> bool:
        tail = tail_of(textline.text, idiom.style)
        if len(tail) >= FIGURES and not are_years(tail):
            return True
        return is_unit_line(textline.bare, language) or any(
            covered([textline], pieces_of([textline], idiom.code))
        )

    for zone in zones_of(textlines, language, shows_table):
        if faults is None:
            yield from _zone_blocks(zone, idiom, language)
            continue
        first = zone.textlines[0]
        yield from faults.guarded(
            partial(_zone_blocks, zone, idiom, language),
            partial(_as_text, zone),
            "internal-fault-block",
            Where(faults.path, line=first.number),
            text=first.bare,
        )


def _as_text(zone: Zone) -> list[Block]:
    return [*paragraphs(zone.textlines)]


def _zone_blocks(zone: Zone, idiom: Idiom, language: Language | None) -> list[Block]:
    if zone.sort is ZoneSort.TABLE:
        return [*_captioned(zone, idiom, language)]
    if zone.sort is ZoneSort.FIGURE:
        return [paragraph([textline]) for textline in zone.textlines]
    return [*_prose(zone.textlines, idiom, language)]


def _captioned(zone: Zone, idiom: Idiom, language: Language | None) -> Iterator[Block]:
    """Caption, title, unit and part as paragraphs, then the table; each part is one table."""
    openings, at = _openings(zone, language)
    yield from (paragraph(opening) for opening in openings)
    rest = _without_repeats(zone.textlines[at:], openings, language)
    letters = (t.bare[0] for t in rest if is_note(t.bare, language) and t.bare[1:2].isspace())
    idiom = replace(idiom, notes=frozenset(letters))
    headings: Headings | None = None
    for stretch in _stretches(rest, idiom, language):
        body = stretch
        if is_part(stretch[0].bare) or is_unit_line(stretch[0].bare, language):
            yield paragraph(stretch[:1])
            body = stretch[1:]
        elif _divides(stretch[0], idiom, language):
            # A note ends the table; what is below it is text until a part or unit opens another.
            yield from _prose(stretch, idiom, language)
            continue
        found = find_list(body, idiom) or find_table(body, idiom, headings)
        if found is not None:
            headings = found.headings
            yield from _prose(body[: headings.lead], idiom, language)
            yield found.table
        yield from _prose(body[found.taken if found else 0 :], idiom, language)


def _stretches(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None
) -> Iterator[Sequence[Textline]]:
    """The lines below a caption, cut before every part, unit and note."""
    starts = [at for at, textline in enumerate(textlines) if _divides(textline, idiom, language)]
    for begin, end in pairwise([0, *starts, len(textlines)]):
        if end > begin:
            yield textlines[begin:end]


def _without_repeats(
    textlines: Sequence[Textline], openings: Sequence[Sequence[Textline]], language: Language | None
) -> tuple[Textline, ...]:
    """The lines without captions that say "continued", and the opening lines repeated there."""
    opened = {textline.bare for opening in openings for textline in opening}
    kept: list[Textline] = []
    follows = False
    for textline in textlines:
        caption = opens_table(textline.bare, language)
        is_caption = caption is not None and caption.continued
        follows = is_caption or (follows and textline.bare in opened)
        if not follows:
            kept.append(textline)
    return tuple(kept)


def _openings(zone: Zone, language: Language | None) -> tuple[list[Sequence[Textline]], int]:
    """The lines of caption, title, unit and part, and the first line after them."""
    printed = zone.textlines
    openings: list[Sequence[Textline]] = [printed[:1]]
    near = range(1, min(len(printed), TITLE_LINES + 1))
    unit = next((at for at in near if is_unit_line(printed[at].bare, language)), None)
    end = unit if unit is not None else 1 + (not zone.has_title)
    while unit is None and 1 < end < len(printed) and printed[end - 1].runs_on:
        end += 1
    if end > 1:
        openings.append(printed[1:end])
    at = min(end, len(printed))
    while at < len(printed) and (
        is_unit_line(printed[at].bare, language) or is_part(printed[at].bare)
    ):
        openings.append(printed[at : at + 1])
        at += 1
    return [opening for opening in openings if opening], at


def _divides(textline: Textline, idiom: Idiom, language: Language | None) -> bool:
    """Whether a line ends a table: a further part, a further unit, a note."""
    bare = textline.bare
    if not (is_part(bare) or is_unit_line(bare, language) or is_note(bare, language)):
        return False
    return not tail_of(textline.text, idiom.style)


def _prose(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None
) -> Iterator[Block]:
    """Running text, and the tables in it that have no caption."""
    at = 0
    for begin, found in find_runs(textlines, idiom, language):
        yield from paragraphs(textlines[at : begin + found.headings.lead])
        yield found.table
        at = begin + found.taken
    yield from paragraphs(textlines[at:])


def read(source: Source) -> Document:
    """The paragraphs and tables of a text file; raises UnreadableError where it is no text."""
    text = decode(source.data, source.path)
    language = source.options.language
    if language not in language_codes():
        language = detect_language(text[:SAMPLE])
    faults = Faults(source.path)
    blocks = tuple(blocks_of(printed_lines(text), idiom_of(language), faults))
    remarks = tuple(told for _, told in faults.found)
    return Document(
        source.path, source.sha256, blocks, find_symbol(text), language, remarks=remarks
    )
