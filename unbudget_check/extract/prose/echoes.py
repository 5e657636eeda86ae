"""Numbers of sentences that the performance measure below shows again for the same thing.

That it is the same thing is told by words: those behind the number are the words of the caption,
of a series, or those of a cell. What rose or fell is told by its years.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, folded, grammar_of
from unbudget_check.extract.prose.quantities import quantities_in
from unbudget_check.extract.prose.titles import (
    END,
    FAR,
    is_told,
    may_be_told,
    names_of,
    shown_as,
    titles_of,
)
from unbudget_check.languages import load_language
from unbudget_check.model.measures import Echo
from unbudget_check.model.number import agree, decimal_of, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unbudget_check.extract.prose.titles import Title
    from unbudget_check.model.measures import Measure, Movement, Quantity, Series
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Passage

# So near before a number stands what makes it a round one.
NEAR = 40
# The year of a number stands right behind it.
_YEAR = re.compile(r"\W{0,2}(?:[^\W\d]+ )?(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    totals: tuple[str, ...]
    total: re.Pattern[str]
    growing: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(code: str) -> _Words:
    terms = load_language(code).comparisons
    return _Words(
        tuple(term.split()[0].casefold() for term in terms["total"]),
        re.compile(rf"(?:{any_of(terms['total'])})\s*\Z", re.IGNORECASE),
        re.compile("|".join(map(re.escape, terms["cumulative"])), re.IGNORECASE),
    )


def echoes_of(
    passages: Sequence[Passage], measures: Iterable[Measure], code: str
) -> tuple[Echo, ...]:
    """All numbers of sentences that a measure below them shows for the same thing."""
    found: list[Echo] = []
    words = _words(code)
    for measure in measures:
        titles = titles_of(passages, measure, code) if measure.told else ()
        for passage in (passages[index] for index in measure.told if titles):
            plain = passage.text.casefold()
            echoed = may_be_told(plain, titles)
            if not echoed and not any(term in plain for term in words.totals):
                continue
            quantities = _quantities(passage, code)
            if echoed:
                found += _in_passage(passage, quantities, titles, code, len(measure.series))
            found += _additions(passage, quantities, measure, code)
    return tuple(found)


def _quantities(passage: Passage, code: str) -> Sequence[Quantity]:
    text = folded(passage.text)
    return tuple(quantities_in(text, passage.body, len(text), passage.index, code))


def _in_passage(
    passage: Passage,
    quantities: Sequence[Quantity],
    titles: Sequence[Title],
    code: str,
    series: int,
) -> Iterator[Echo]:
    text, about = folded(passage.text), grammar_of(code).about
    found = [
        Echo(quantity, shown)
        for quantity in quantities
        if not about.search(text, max(quantity.span.start - NEAR, 0), quantity.span.start)
        and (shown := shown_as(text, quantity, quantities, titles))
    ]
    said = Counter(echo.quantity.noun for echo in found if _agrees(echo))
    for echo in found:
        # Beside the numbers themselves, another one may count some of the same.
        if _agrees(echo) or said[echo.quantity.noun] < max(series, 1):
            yield echo


def _additions(
    passage: Passage, quantities: Sequence[Quantity], measure: Measure, code: str
) -> Iterator[Echo]:
    """What the last year added to a total: an additional 4 harbours, for a total of 14."""
    text, words = folded(passage.text), _words(code)
    for at, total in enumerate(quantities):
        low = max(total.span.start - FAR, passage.body)
        lead = END.split(text[low : total.span.start])[-1]
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


def moved(
    passages: Sequence[Passage],
    measures: Iterable[Measure],
    movements: Iterable[Movement],
    code: str,
) -> tuple[Echo, ...]:
    """What rose or fell, where a measure below shows its numbers in their years.

    It must show one of both, or be named in the words of the sentence.
    """
    by_passage: defaultdict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        for index in measure.told:
            by_passage[index].append(measure)
    found: list[Echo] = []
    for movement in movements:
        text = folded(passages[movement.at.passage].text)
        pair = (movement.first, movement.last)
        years = [_YEAR.match(text, each.span.end) for each in pair]
        told = [(each, int(year[1])) for each, year in zip(pair, years, strict=True) if year]
        for measure in by_passage[movement.at.passage] if told else ():
            names = partial(names_of, passages, measure, code)
            found += _moved(text, told, measure, names)
    return tuple(found)


def _moved(
    text: str,
    told: Sequence[tuple[Quantity, int]],
    measure: Measure,
    names: Callable[[], Iterable[Title]],
) -> Iterator[Echo]:
    for series in measure.series:
        years = series.reached
        echoes = [Echo(each, (years[year],)) for each, year in told if year in years]
        alone = len(measure.series) == 1
        if any(map(_agrees, echoes)) or (alone and is_told(text, told[0][0], names())):
            yield from echoes
