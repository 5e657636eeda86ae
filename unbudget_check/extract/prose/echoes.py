"""Numbers of sentences that the performance measure below shows again for the same thing.

That it is the same thing is told by words: those behind the number are the words of the caption,
of a series, or those behind a number in a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, folded, grammar_of
from unbudget_check.extract.prose.quantities import quantities_in
from unbudget_check.languages import load_language
from unbudget_check.model.measures import Echo
from unbudget_check.model.number import agree, decimal_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.measures import Measure, Quantity, Series
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Passage

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"[.;](?=\s|\Z)|[。；\n]")
_CLAUSE = re.compile(r"[,.;](?=\s|\Z)|[，。；\n]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# Shorter words say little; the beginning of longer ones tells their meaning.
SHORT, STEM = 4, 5
# So many words behind a number say what it counts, and its own is one of the first of a title.
REACH, HEAD = 12, 5
# So many words in common show that two numbers count the same, or so many pairs of ideographs.
ALIKE, PAIRS = 4, 6
PERCENTAGE = "percentage"


@dataclass(frozen=True, slots=True)
class _Title:
    """What a measure shows under one name: its words, and its numbers, the likeliest first.

    ``noun`` is the word behind the number, where the name is the text of a cell.
    """

    stems: tuple[str, ...]
    shown: tuple[Number, ...]
    is_percent: bool
    noun: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    total: re.Pattern[str]
    growing: re.Pattern[str]
    percent: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(code: str) -> _Words:
    language = load_language(code)
    terms = language.comparisons
    units = [term for each in language.units if each.kind == PERCENTAGE for term in each.terms]
    return _Words(
        re.compile(rf"(?:{any_of(terms['total'])})\s*\Z", re.IGNORECASE),
        re.compile("|".join(map(re.escape, terms["cumulative"])), re.IGNORECASE),
        re.compile(any_of(units), re.IGNORECASE),
    )


def echoes_of(
    passages: Sequence[Passage], measures: Iterable[Measure], code: str
) -> tuple[Echo, ...]:
    """All numbers of sentences that a measure below them shows for the same thing."""
    found: list[Echo] = []
    for measure in measures:
        titles = [*_named(passages, measure, code), *_in_cells(measure, code)]
        for index in measure.told if titles else ():
            found += _in_passage(passages[index], titles, code)
            found += _additions(passages[index], measure, code)
    return tuple(found)


def _in_passage(passage: Passage, titles: Sequence[_Title], code: str) -> Iterator[Echo]:
    text, about = folded(passage.text), grammar_of(code).about
    quantities = list(quantities_in(text, passage.body, len(text), passage.index, code))
    found = [
        Echo(quantity, shown)
        for quantity in quantities
        if not about.search(text[: quantity.span.start])
        and (shown := _shown(text, quantity, quantities, titles))
    ]
    said = {echo.quantity.noun for echo in found if _agrees(echo)}
    for echo in found:
        # Beside the number itself, another one may count some of the same.
        if _agrees(echo) or echo.quantity.noun not in said:
            yield echo


def _additions(passage: Passage, measure: Measure, code: str) -> Iterator[Echo]:
    """What the last year added to a total: an additional 4 harbours, for a total of 14."""
    text, words = folded(passage.text), _words(code)
    quantities = list(quantities_in(text, passage.body, len(text), passage.index, code))
    for at, total in enumerate(quantities):
        lead = _END.split(text[passage.body : total.span.start])[-1]
        if not words.total.search(lead) or not (measure.cumulative or words.growing.search(lead)):
            continue
        start = total.span.start - len(lead)
        parts = [each for each in quantities[:at] if each.span.start >= start]
        alike = [each for each in parts if total.noun and each.noun == total.noun]
        added = [each for series in measure.series for each in _added(series, total.number)]
        if parts and len(added) == 1:
            same = [each for each in parts if agree(each.number, added[0])]
            yield Echo((*same, (alike or parts)[-1])[0], (added[0],))


def _added(series: Series, total: Number) -> Iterator[Number]:
    """By how much a series rose in its last year to a total."""
    last = max(series.reached)
    before = series.reached.get(last - 1)
    if before is not None and agree(series.reached[last], total):
        yield number_of(decimal_of(series.reached[last]) - decimal_of(before))


def _agrees(echo: Echo) -> bool:
    return any(agree(echo.quantity.number, each) for each in echo.shown)


def _shown(
    text: str, quantity: Quantity, others: Sequence[Quantity], titles: Sequence[_Title]
) -> tuple[Number, ...]:
    """What the titles of the same words show, the likeliest first; nothing if there are none."""
    stems = _around(text, quantity, others)
    found = [each for each in titles if _is_same(stems, quantity, each)]
    found.sort(key=lambda title: -len({*stems} & {*title.stems}) / len(title.stems))
    return tuple(number for title in found for number in title.shown)


def _around(text: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, ...]:
    """The words that say what a number counts: behind it, without blanks between words around."""
    end = _END.search(text, quantity.span.end)
    behind = _stems(text[quantity.span.end : end.start() if end else len(text)])
    if behind and not _is_ideographic(behind[0]):
        return behind[:REACH]
    starts = [each.end() for each in _CLAUSE.finditer(text, 0, quantity.span.start)]
    start, close = max(starts, default=0), _CLAUSE.search(text, quantity.span.end)
    stop = close.start() if close else len(text)
    inside = [each for each in others if start <= each.span.start < stop]
    around = _stems(text[start:stop]) if len(inside) == 1 else ()
    return tuple(stem for stem in around if _is_ideographic(stem))


def _stems(text: str) -> tuple[str, ...]:
    """What words mean, in their order: their beginnings; of ideographs each pair."""
    found: dict[str, None] = {}
    for word in _WORD.findall(text):
        if _is_ideographic(word):
            found |= dict.fromkeys("".join(pair) for pair in pairwise(word))
        elif len(word) >= SHORT:
            found[word.casefold()[:STEM]] = None
    return tuple(found)


def _is_ideographic(word: str) -> bool:
    return word.upper() == word.lower()


def _is_same(stems: tuple[str, ...], quantity: Quantity, title: _Title) -> bool:
    """Whether a number and a title tell of the same thing."""
    common = [stem for stem in stems if stem in title.stems]
    enough = PAIRS if common and _is_ideographic(common[0]) else ALIKE
    if len(common) < enough or quantity.is_percent != title.is_percent:
        return False
    if title.noun:
        alike = title.noun[:STEM] == quantity.noun[:STEM]
        return alike and len(common) * 4 >= min(len(title.stems), len(stems)) * 3
    first = stems[0]
    is_first = _is_ideographic(first) or first in title.stems[:HEAD]
    return is_first and len(common) * 2 >= len(title.stems)


def _named(passages: Sequence[Passage], measure: Measure, code: str) -> Iterator[_Title]:
    """The caption with all numbers of its measure, and each series with its own."""
    text = " ".join(passages[index].text for index in reversed(measure.captions))
    name = folded(text).split(":", 1)[-1]
    every = [number for series in measure.series for number in _numbers(series)]
    if every:
        yield _title(name, every, code)
    for series in measure.series:
        yield _title(series.name, list(_numbers(series)), code)


def _title(name: str, shown: Sequence[Number], code: str) -> _Title:
    is_percent = bool(_words(code).percent.search(name))
    return _Title(_stems(_BRACKETS.sub(" ", name)), tuple(shown), is_percent)


def _numbers(series: Series) -> Iterator[Number]:
    """All that a series shows or gives by adding up: results, targets, additions, their sum."""
    years = sorted(series.reached, reverse=True)
    yield from (series.reached[year] for year in years)
    yield from series.planned.values()
    values = [decimal_of(series.reached[year]) for year in years]
    yield from (number_of(new - old) for new, old in pairwise(values))
    if len(values) > 1:
        yield number_of(sum(values[1:], values[0]))


def _in_cells(measure: Measure, code: str) -> Iterator[_Title]:
    """The numbers in the text of cells, the last ones first."""
    for cell in reversed(measure.cells):
        text = folded(cell)
        for quantity in quantities_in(text, 0, len(text), 0, code):
            end = _END.search(text, quantity.span.end)
            stems = _stems(text[quantity.span.end : end.start() if end else len(text)])
            if len(stems) >= ALIKE and quantity.noun:
                noun = quantity.noun
                yield _Title(stems[:REACH], (quantity.number,), quantity.is_percent, noun)
