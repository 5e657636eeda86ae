"""What one figure shows, before it is known what it is about: totals with titles, lists of slices.

A chart of Word brings its values. Of a chart in text taken from a PDF titles, labels and figures
are left, the figures of a list before their labels.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from unbudget_check.extract.drawings.chart_words import Part
from unbudget_check.extract.numerals import numeral_reader
from unbudget_check.languages import NumberStyle
from unbudget_check.model.charts import Label, Labelled
from unbudget_check.model.facts import Reading
from unbudget_check.model.meaning import NON_POST, POST, POSTS
from unbudget_check.model.number import Number, decimal_of, number_of, scaled
from unbudget_check.model.prose import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.extract.drawings.chart_words import Reader, Token
    from unbudget_check.extract.drawings.drawn import Drawn
    from unbudget_check.model.document import Table
    from unbudget_check.model.prose import Passage

HALVES = (POST, NON_POST)
# Values of a chart part are written in plain digits, whatever the language.
_STORED = NumberStyle(".", " ,", ("-", "\u2013", "\u2014"), ())


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a chart: what it counts, how it is labelled, and where it is printed."""

    measure: str
    label: Label
    number: Number
    span: Span


@dataclass(slots=True)
class Shown:
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
    token: Token


def read_words(shown: Shown, passages: Iterable[Passage], reader: Reader) -> None:
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
        elif value and word.token.part is Part.HEAD:
            shown.heads.setdefault(measure, value)
            skips = True
        elif value and measure in HALVES and measure not in shown.halves:
            shown.halves[measure] = value
            skips = True
        else:
            rest.append(word)
    _take_lists(shown, rest)


def _take_lists(shown: Shown, words: Sequence[_Word]) -> None:
    """Figures with as many labels behind them are a list; anything else is not understood.

    Where their numbers differ a figure is lost, perhaps that of a half above the list.
    """
    runs = [(part, list(run)) for part, run in groupby(words, key=lambda word: word.token.part)]
    for (kind, figures), (named, labels) in pairwise(runs):
        if kind is not Part.FIGURE or named is not Part.LABEL:
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
    return Value(label.token.measure, Label(number, printed), found, span)


def read_table(
    shown: Shown, table: Table, reader: Reader, style: NumberStyle, drawn: Drawn
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
            drawn.labels[span] = Label(shown.number, label, name)
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
    return numeral.number if numeral.reading is Reading.FIGURE else None
