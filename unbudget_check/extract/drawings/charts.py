"""Figures, understood: which component they show, what their slices count, and what adds up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unbudget_check.extract.context import units_in
from unbudget_check.extract.drawings.chart_lists import HALVES, Shown, read_table, read_words
from unbudget_check.extract.prose.entities import OVERALL, in_body, scope_of
from unbudget_check.languages import normalise
from unbudget_check.model.charts import Chart, Slice, Tally
from unbudget_check.model.document import Paragraph
from unbudget_check.model.meaning import GENERAL, NON_POST, POST, POSTS, PROFESSIONAL, RESOURCES
from unbudget_check.model.prose import CaptionKind, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.extract.drawings.chart_lists import Value
    from unbudget_check.extract.drawings.chart_words import Reader
    from unbudget_check.extract.drawings.drawn import Drawn
    from unbudget_check.extract.prose.entities import Entities
    from unbudget_check.languages import Language
    from unbudget_check.model.document import Block, Table
    from unbudget_check.model.prose import Caption, Prose

# What text has left of a figure may stand further down, after paragraphs that were printed beside
# it, but no further than this, and before the next figure.
REACH = 120
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = (POSTS, PROFESSIONAL, GENERAL)


def charts_of(
    blocks: Iterable[Block], prose: Prose, entities: Entities, reader: Reader, drawn: Drawn
) -> tuple[Chart, ...]:
    """The figures of a document that show something countable."""
    tables = _tables_after(blocks, drawn)
    language = entities.language
    ends = [each for each in prose.captions if each.kind is not CaptionKind.TABLE]
    found = []
    for at, caption in enumerate(ends):
        if caption.kind is not CaptionKind.FIGURE:
            continue
        following = [each.passage for each in ends[at + 1 : at + 2]]
        end = min(*following, caption.passage + REACH, len(prose.passages))
        inside = prose.passages[caption.passage + 1 : end]
        shown = Shown(caption.number)
        read_words(shown, (p for p in inside if p.kind is not PassageKind.CAPTION), reader)
        for place in range(caption.passage, end):
            for table in tables.get(place, ()):
                read_table(shown, table, reader, language.numbers, drawn)
        if shown.heads or shown.halves or shown.lists or shown.series:
            found.append(_chart(shown, caption, prose, entities, drawn))
    return tuple(found)


def _tables_after(blocks: Iterable[Block], drawn: Drawn) -> Mapping[int, list[Table]]:
    """Passage -> the charts that follow it."""
    found: dict[int, list[Table]] = {}
    last = -1
    for block in blocks:
        if isinstance(block, Paragraph):
            last = drawn.known.get(block.address, last)
        elif block.chart:
            found.setdefault(last, []).append(block)
    return found


def _chart(shown: Shown, caption: Caption, prose: Prose, entities: Entities, drawn: Drawn) -> Chart:
    """One figure with its numbers in the vector."""
    scale = _scale(caption, prose, entities.language)
    grades = entities.language.grades

    def cut(value: Value) -> Slice:
        counted = value.measure in _COUNTED or value.measure in grades
        figure = drawn.add(value.number, value.span, value.label, counted=counted)
        unit = ("posts", 0) if counted else ("money", scale)
        return Slice(figure, value.measure, *unit)

    heads = {key: cut(value) for key, value in shown.heads.items()}
    halves = {key: cut(value) for key, value in shown.halves.items()}
    lists = [tuple(map(cut, values)) for values in shown.lists]
    named = [heads, halves]
    groups = (*(tuple(each.values()) for each in named if each), *lists)
    year = _YEAR.search(caption.title)
    return Chart(
        caption.number,
        scope_of(caption.number),
        _entities(caption, prose, entities),
        int(year[0]) if year else None,
        groups,
        tuple(_tallies(heads, halves, lists)),
        tuple(shown.series),
    )


def _tallies(
    heads: Mapping[str, Slice], halves: Mapping[str, Slice], lists: Sequence[Sequence[Slice]]
) -> Iterator[Tally]:
    """The sums that a figure shows: posts by grade, posts and the rest, the rest by object."""
    total, rest = heads.get(RESOURCES), [heads.get(NON_POST), halves.get(NON_POST)]
    if total and halves.keys() == set(HALVES):
        yield Tally(total.figure, tuple(half.figure for half in halves.values()))
    if rest[0] and rest[1]:
        yield Tally(rest[0].figure, (rest[1].figure,))
    for slices in lists:
        parts = tuple(each.figure for each in slices)
        if slices[0].unit == "posts":
            wholes = [heads.get(POSTS)]
        elif any(each.measure == POST for each in slices):
            wholes = [total]
        else:
            wholes = rest
        yield from (Tally(whole.figure, parts) for whole in wholes if whole)


def _entities(caption: Caption, prose: Prose, entities: Entities) -> tuple[str, ...]:
    """The components that a figure may show: the one of its caption, the one of its heading."""
    prefix, colon, _ = normalise(caption.title).partition(":")
    bearing = prose.passages[caption.passage].bearing
    above = bearing.entity
    named = entities.of(prefix, scope_of(caption.number), above) if colon else OVERALL
    named = in_body(named, bearing.body)
    return tuple(dict.fromkeys(filter(None, (named, above))))


def _scale(caption: Caption, prose: Prose, language: Language) -> int:
    """The power of ten of the money in a figure, from the line in brackets below its caption."""
    below = prose.passages[caption.passage + 1 : caption.passage + 3]
    units = (unit for passage in below for unit in units_in(passage.text, language))
    return next((unit.scale for unit in units if unit.kind == "money"), 0)
