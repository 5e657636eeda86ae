"""Figures, understood: which component they show, what their slices count, and what adds up.

A chart of Word brings its values. Of a chart in text taken from a PDF titles, labels and figures
are left, the figures of a list before their labels.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import NumberStyle, normalise
from unbudget_check.model.charts import Chart, ChartSum, FigureLabel, Labelled, Slice
from unbudget_check.model.document import Paragraph
from unbudget_check.model.facts import CellKind
from unbudget_check.model.meaning import (
    GENERAL,
    NON_POST,
    OVERALL,
    POST,
    POSTS,
    PROFESSIONAL,
    RESOURCES,
)
from unbudget_check.model.number import Number, decimal_of, number_of, scaled
from unbudget_check.model.prose import CaptionKind, PassageKind, Span
from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.notation.units import units_in
from unbudget_check.notation.years import YEAR_ALONE
from unbudget_check.understand.charts.words import LabelPart
from unbudget_check.understand.text.entities import in_body, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Block, Table
    from unbudget_check.model.prose import Caption, Passage, Prose
    from unbudget_check.understand.charts.words import ChartReader, ChartToken, Drawn
    from unbudget_check.understand.text.entities import Entities


HALVES = (POST, NON_POST)
# Values of a chart part are written in plain digits, whatever the language.
_STORED = NumberStyle(".", " ,", ("-", "\u2013", "\u2014"), ())

# What text has left of a figure may stand further down, after paragraphs that were printed beside
# it, but no further than this, and before the next figure.
REST_PASSAGES = 120
_COUNTED = (POSTS, PROFESSIONAL, GENERAL)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a chart: what it counts, how it is labelled, and where it is printed."""

    measure: str
    label: FigureLabel
    number: Number
    span: Span


@dataclass(slots=True)
class ChartContents:
    """All that one figure of a document shows.

    ``heads`` are totals below the title of a chart, by what they count; ``halves`` posts and the
    rest; ``lists`` the slices of the other charts; ``series`` the points of those in which labels
    were typed over.
    """

    number: str
    heads: dict[str, Value] = field(default_factory=dict)
    halves: dict[str, Value] = field(default_factory=dict)
    lists: list[list[Value]] = field(default_factory=list)
    series: list[tuple[Labelled, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Word:
    """A token and the passage in which it stands."""

    passage: Passage
    token: ChartToken


def read_words(shown: ChartContents, passages: Iterable[Passage], reader: ChartReader) -> None:
    """Take in what passages have left of the charts of one figure."""
    words = [_Word(each, token) for each in passages for token in reader.tokens(each.text)]
    finest = min((w.token.number.exponent for w in words if w.token.number), default=0)
    rest: list[_Word] = []
    skips = False
    for word, following in pairwise([*words, *words[-1:]]):
        measure, value = word.token.measure, _value(word, following, shown.number)
        if value and value.number.exponent != (0 if measure == POSTS else finest):
            value = None  # money is printed with its decimals: the figure of this one is lost
        if skips:
            skips = False
        elif value and word.token.part is LabelPart.HEAD:
            shown.heads.setdefault(measure, value)
            skips = True
        elif value and measure in HALVES and measure not in shown.halves:
            shown.halves[measure] = value
            skips = True
        else:
            rest.append(word)
    _take_lists(shown, rest)


def _take_lists(shown: ChartContents, words: Sequence[_Word]) -> None:
    """Figures with as many labels behind them are a list; anything else is not understood.

    Where their numbers differ a figure is lost, perhaps that of a half above the list.
    """
    runs = [(part, list(run)) for part, run in groupby(words, key=lambda word: word.token.part)]
    for (kind, figures), (named, labels) in pairwise(runs):
        if kind is not LabelPart.FIGURE or named is not LabelPart.LABEL:
            continue
        if len(figures) != len(labels):
            shown.halves.clear()
            continue
        pairs = zip(labels, figures, strict=True)
        values = [_value(label, figure, shown.number) for label, figure in pairs]
        if len(values) > 1 and all(values):
            shown.lists.append([value for value in values if value])


def _value(label: _Word, figure: _Word, number: str) -> Value | None:
    """A figure with the label or title that tells what it counts."""
    token, found = figure.token, figure.token.number
    if found is None or not label.token.measure:
        return None
    printed = label.passage.text[label.token.start : label.token.end]
    span = Span(figure.passage.index, token.start, token.end)
    return Value(label.token.measure, FigureLabel(number, printed), found, span)


def read_table(
    shown: ChartContents, table: Table, reader: ChartReader, style: NumberStyle, drawn: Drawn
) -> None:
    """Take in the values of a chart of Word, series by series."""
    heights = [Number(0)] * len(table.rows[1:])
    for column in range(1, table.columns):
        name = table.rows[0][column].text if table.columns > len(HALVES) else ""
        cells = [(row[0].text, row[column]) for row in table.rows[1:]]
        texts = [f"{label}: {cell.text}" for label, cell in cells]
        passage = drawn.passage(cells[0][1].address, "; ".join(texts))
        start, values, points = 0, [], []
        for at, ((label, cell), text) in enumerate(zip(cells, texts, strict=True)):
            span = Span(passage, start + len(text) - len(cell.text), start + len(text))
            start += len(text) + 2
            drawn.labels[span] = FigureLabel(shown.number, label, name)
            number = _number(cell.drawn or cell.text, _STORED)
            if number is not None:
                heights[at] = number_of(decimal_of(heights[at]) + decimal_of(number))
                label_of = _number(cell.text, style) if cell.drawn else number
                if label_of is not None:
                    points.append(Labelled(span, label_of, number, heights[at]))
                values.append(Value(reader.measure(label), drawn.labels[span], number, span))
        if any(each.printed != each.drawn for each in points):
            shown.series.append(tuple(points))
        values = list(_alike(values))
        measures = {value.measure for value in values}
        if measures == set(HALVES):
            shown.halves = {value.measure: value for value in values}
        elif "" not in measures and len(values) > 1:
            shown.lists.append(values)


def _alike(values: Sequence[Value]) -> Iterator[Value]:
    """The values at one precision: what is stored drops the zeros behind the point."""
    finest = min((value.number.exponent for value in values), default=0)
    for value in values:
        yield replace(value, number=Number(scaled(value.number, finest), finest))


def _number(text: str, style: NumberStyle) -> Number | None:
    numeral = numeral_reader(style)(text)
    return numeral.number if numeral.reading is CellKind.FIGURE else None


def charts_of(
    blocks: Iterable[Block], prose: Prose, entities: Entities, reader: ChartReader, drawn: Drawn
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
        end = min(*following, caption.passage + REST_PASSAGES, len(prose.passages))
        inside = prose.passages[caption.passage + 1 : end]
        shown = ChartContents(caption.number)
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


def _chart(
    shown: ChartContents, caption: Caption, prose: Prose, entities: Entities, drawn: Drawn
) -> Chart:
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
    year = YEAR_ALONE.search(caption.title)
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
) -> Iterator[ChartSum]:
    """The sums that a figure shows: posts by grade, posts and the rest, the rest by object."""
    total, rest = heads.get(RESOURCES), [heads.get(NON_POST), halves.get(NON_POST)]
    if total and halves.keys() == set(HALVES):
        yield ChartSum(total.figure, tuple(half.figure for half in halves.values()))
    if rest[0] and rest[1]:
        yield ChartSum(rest[0].figure, (rest[1].figure,))
    for slices in lists:
        parts = tuple(each.figure for each in slices)
        if slices[0].unit == "posts":
            wholes = [heads.get(POSTS)]
        elif any(each.measure == POST for each in slices):
            wholes = [total]
        else:
            wholes = rest
        yield from (ChartSum(whole.figure, parts) for whole in wholes if whole)


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
