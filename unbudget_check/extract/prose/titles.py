"""What a performance measure shows and under which words: caption, series, the text of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.extract.prose.grammar import any_of, folded
from unbudget_check.extract.prose.quantities import quantities_in
from unbudget_check.languages import load_language
from unbudget_check.model.measures import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.measures import Measure, Quantity
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Passage

END = re.compile(r"[.;](?=\s|\Z)|[。；\n]")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CLAUSE = re.compile(r"[,.;](?=\s|\Z)|[，。；\n]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# Shorter words say little; the beginning of longer ones tells their meaning.
SHORT, STEM = 4, 5
# So many words behind a number say what it counts, and its own is one of the first of a title.
REACH, HEAD, NEAR = 12, 5, 2
# So many words in common show that two numbers count the same, or so many pairs of ideographs;
# so many are enough of whole sentences.
ALIKE, PAIRS, WHOLE = 4, 6, 7
# Words further before a number say nothing of it.
FAR = 400
# A cell of fewer characters holds no number and enough words behind it.
SHORTEST = 6
PERCENTAGE = "percentage"


@dataclass(frozen=True, slots=True)
class Title:
    """What a measure shows under one name: its words, and its numbers, the likeliest first.

    ``noun`` is the word behind the number, where the name is the text of a cell, and of a series
    with a short name that name. ``whole`` says that the words are those of a sentence of a cell.
    """

    stems: tuple[str, ...]
    shown: tuple[Number, ...]
    is_percent: bool
    noun: str = ""
    is_cell: bool = False
    whole: bool = False


def titles_of(passages: Sequence[Passage], measure: Measure, code: str) -> list[Title]:
    """All names under which a measure shows numbers."""
    return [*names_of(passages, measure, code), *_in_cells(measure, code)]


def shown_as(
    text: str, quantity: Quantity, others: Sequence[Quantity], titles: Sequence[Title]
) -> tuple[Number, ...]:
    """What the titles of the same words show, the likeliest first; nothing if there are none."""
    near, sentence = _around(text, quantity, others), _sentence(text, quantity)
    found = [t for t in titles if _is_same(sentence if t.whole else near, quantity, t)]
    series = [t for t in found if t.noun and not t.is_cell]
    found = [t for t in series if t.noun[:STEM] == quantity.noun[:STEM]] or series or found
    found.sort(key=lambda title: -len({*near} & {*title.stems}) / len(title.stems))
    return tuple(number for title in found for number in title.shown)


def _is_same(stems: tuple[str, ...], quantity: Quantity, title: Title) -> bool:
    """Whether a number and a title tell of the same thing."""
    common = [stem for stem in stems if stem in title.stems]
    near = stems[:NEAR]  # an adjective may stand before the noun
    enough = PAIRS if common and _is_ideographic(common[0]) else ALIKE
    if len(common) < enough or quantity.is_percent != title.is_percent:
        return False
    if title.noun and title.noun[:STEM] not in ({quantity.noun[:STEM]} if title.is_cell else near):
        return False
    if title.whole:
        return len(common) >= WHOLE and len(common) * 4 >= len(title.stems) * 3
    if title.is_cell:
        return len(common) * 4 >= min(len(title.stems), len(stems)) * 3
    is_first = _is_ideographic(stems[0]) or stems[0] in title.stems[:HEAD] or bool(title.noun)
    return is_first and (len(common) * 2 >= len(title.stems) or bool(title.noun))


def may_be_told(plain: str, titles: Iterable[Title]) -> bool:
    """Whether enough words of some title are in a text in small letters; others tell nothing."""
    return any(sum(stem in plain for stem in title.stems) >= ALIKE for title in titles)


def is_told(text: str, quantity: Quantity, names: Iterable[Title]) -> bool:
    """Whether the sentence of a number has the words of a caption or series."""
    said = {*_sentence(text, quantity)}
    return any(ALIKE <= len(said & {*name.stems}) >= len(name.stems) / 2 for name in names)


def _around(text: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, ...]:
    """The words that say what a number counts: behind it, without blanks between words around."""
    end = END.search(text, quantity.span.end)
    behind = _stems(text[quantity.span.end : end.start() if end else len(text)])
    if behind and not _is_ideographic(behind[0]):
        return behind[:REACH]
    low = max(quantity.span.start - FAR, 0)
    starts = [each.end() for each in _CLAUSE.finditer(text, low, quantity.span.start)]
    start, close = max(starts, default=low), _CLAUSE.search(text, quantity.span.end)
    stop = close.start() if close else len(text)
    inside = [each for each in others if start <= each.span.start < stop]
    around = _stems(text[start:stop]) if len(inside) == 1 else ()
    return tuple(stem for stem in around if _is_ideographic(stem))


def _sentence(text: str, quantity: Quantity) -> tuple[str, ...]:
    """The words of the sentence that a number stands in."""
    low = max(quantity.span.start - FAR, 0)
    start = max((each.end() for each in END.finditer(text, low, quantity.span.start)), default=low)
    end = END.search(text, quantity.span.end)
    return _stems(text[start : end.start() if end else len(text)])


@lru_cache(maxsize=512)
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


def names_of(passages: Sequence[Passage], measure: Measure, code: str) -> Iterator[Title]:
    """The caption with all numbers of its measure, and each series with its own."""
    text = " ".join(passages[index].text for index in reversed(measure.captions))
    name = folded(text).split(":", 1)[-1]
    every = [number for series in measure.series for number in numbers_of(series)]
    if every:
        yield _title(name, every, code)
    for series in measure.series:
        shown = list(numbers_of(series))
        yield _title(series.name, shown, code)
        if len(measure.series) > 1 and len(_stems(series.name)) == 1:
            yield _title(f"{series.name} {name}", shown, code, series.name.split()[0])


def _title(name: str, shown: Sequence[Number], code: str, noun: str = "") -> Title:
    is_percent = bool(_percentage(code).search(name))
    return Title(_stems(_BRACKETS.sub(" ", name)), tuple(shown), is_percent, noun)


@lru_cache(maxsize=8)
def _percentage(code: str) -> re.Pattern[str]:
    units = load_language(code).units
    terms = [term for unit in units if unit.kind == PERCENTAGE for term in unit.terms]
    return re.compile(any_of(terms), re.IGNORECASE)


def _in_cells(measure: Measure, code: str) -> Iterator[Title]:
    """The numbers in the text of cells, the last ones first."""
    for cell in reversed(measure.cells):
        if len(cell) < SHORTEST:
            continue
        text = folded(cell)
        for quantity in quantities_in(text, 0, len(text), 0, code):
            end = END.search(text, quantity.span.end)
            behind = _stems(text[quantity.span.end : end.start() if end else len(text)])
            shown, noun = (quantity.number,), quantity.noun
            if len(behind) >= ALIKE and noun:
                yield Title(behind[:REACH], shown, quantity.is_percent, noun, is_cell=True)
            sentence = _sentence(text, quantity)
            if len(sentence) >= WHOLE and noun:
                yield Title(sentence, shown, quantity.is_percent, noun, is_cell=True, whole=True)
