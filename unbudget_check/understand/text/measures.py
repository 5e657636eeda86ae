"""Performance measures: results and targets by year, and where sentences repeat their numbers.

A chart that Word can edit has a row for each year and a column for what was reached or planned;
a table has a column for each year, and its cells may begin with a number. That a number of a
sentence is the same thing is known by words: those behind the number are the words of the caption,
of a series, or those of a cell. What rose or fell is known by its years.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language, normalise
from unbudget_check.model.document import Paragraph
from unbudget_check.model.facts import CellKind
from unbudget_check.model.number import agree, decimal_of, number_of
from unbudget_check.model.prose import SPOKEN, Echo, Measure, PassageKind, Series, Span, numbers_of
from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.notation.years import YEAR
from unbudget_check.understand.text.grammar import (
    any_of,
    folded,
    grammar_of,
    leading_quantity,
    quantities_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Block, Cell, Table
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Movement, Passage, Quantity


# So few passages lie between a sentence and its measure: a reference, a caption, a title, a unit.
MEASURE_PASSAGES_BELOW = 6
# Passages between a measure and the first one that may repeat its numbers.
MEASURE_PASSAGES_ABOVE = 16
# A school year counts as the year in which it begins.
_COLUMN_YEAR = re.compile(rf"(?<!\d)({YEAR})(?:[/–-]\d{{2,4}})?(?!\d)")

END = re.compile(r"[.;](?=\s|\Z)|[。；\n]")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CLAUSE = re.compile(r"[,.;](?=\s|\Z)|[，。；\n]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# Shorter words say little; the beginning of longer ones tells their meaning.
SHORT_WORD_LETTERS, STEM_LETTERS = 4, 5
# Words behind a number that say what it counts; its own is one of the first words of a title.
COUNTED_WORDS, TITLE_WORDS, OWN_WORDS = 12, 5, 2
# Words, or pairs of ideographs, in common that show that two numbers count the same; and words
# that are enough between whole sentences.
COMMON_WORDS, COMMON_PAIRS, COMMON_SENTENCE_WORDS = 4, 6, 7
# Words further before a number say nothing of it.
TITLE_BEFORE_CHARS = 400
# A cell of fewer characters holds no number and enough words behind it.
SHORTEST = 6
PERCENTAGE = "percentage"

# So near before a number stands what makes it a round one.
ROUND_NUMBER_CHARS = 40
# The year of a number stands right behind it.
_YEAR_BEHIND = re.compile(rf"\W{{0,2}}(?:[^\W\d]+ )?({YEAR})(?!\d)")


@dataclass(slots=True)
class _Shown:
    """What was found of one series."""

    reached: dict[int, Number] = field(default_factory=dict)
    planned: dict[int, Number] = field(default_factory=dict)
    nouns: dict[int, str] = field(default_factory=dict)


def measures_of(
    blocks: Iterable[Block], passages: Sequence[Passage], language: Language
) -> tuple[Measure, ...]:
    """The captioned figures and tables that show by year what was reached or planned."""
    by_address = {passage.address: passage.index for passage in passages if passage.address}
    found: list[Measure] = []
    last = end = -1
    for block in blocks:
        if isinstance(block, Paragraph):
            last = by_address.get(block.address, last)
            continue
        above = range(last, max(last - MEASURE_PASSAGES_ABOVE, end), -1)
        captions = _captions(passages, above)
        if captions and _is_measure(block, language):
            told = tuple(i for i in above if passages[i].kind in SPOKEN and i < captions[-1])
            cells = tuple(cell.text for row in block.rows[1:] for cell in row)
            growing = _cumulative(passages, captions, language.code)
            series = series_of(block, language)
            found.append(Measure(last, captions, told, series, cells, growing))
        end = last
    return tuple(found)


def _captions(passages: Sequence[Passage], above: Iterable[int]) -> tuple[int, ...]:
    """The lines of the nearest caption above a table: what is said before it ends them."""
    found: list[int] = []
    for index in above:
        kind = passages[index].kind
        if kind is PassageKind.CAPTION:
            found.append(index)
        elif found and (kind in SPOKEN or kind is PassageKind.HEADING):
            break
    return tuple(found)


def _cumulative(passages: Sequence[Passage], captions: Iterable[int], code: str) -> Span | None:
    """Where captions say that each number includes those of the years before, and only that."""
    growing, yearly = _spans(code)
    if any(yearly.search(passages[index].text) for index in captions):
        return None
    found = ((index, growing.search(passages[index].text)) for index in captions)
    return next((Span(index, *match.span()) for index, match in found if match), None)


@lru_cache(maxsize=8)
def _spans(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is said of numbers that include earlier years, and of those of one year."""
    terms = load_language(code).comparisons
    growing, yearly = (
        re.compile("|".join(map(re.escape, terms[name])), re.IGNORECASE)
        for name in ("cumulative", "annual")
    )
    return growing, yearly


def _is_measure(table: Table, language: Language) -> bool:
    words = normalise(_first_words(table)) if table.rows else ""
    return bool(
        _COLUMN_YEAR.search(words) and any(each.search(words) for each in _kinds(language.code))
    )


def series_by_sentence(
    measures: Iterable[Measure], passages: Sequence[Passage], language: Language
) -> dict[int, tuple[Series, ...]]:
    """The series of each performance measure, by the passages above it that speak of a target."""
    mark = re.compile(any_of(language.comparisons["target"]), re.IGNORECASE)
    found: dict[int, tuple[Series, ...]] = {}
    for measure in measures:
        near = [i for i in _before(passages, measure.last) if mark.search(passages[i].text)]
        if measure.series:
            found |= {index: measure.series for index in near if index not in found}
    return found


def _before(passages: Sequence[Passage], last: int) -> Iterator[int]:
    """The passages before a measure and its caption, back to the heading above them."""
    captioned = False
    for index in range(last, max(last - MEASURE_PASSAGES_BELOW, -1), -1):
        kind = passages[index].kind
        if kind is PassageKind.CAPTION:
            captioned = True
        elif kind is PassageKind.HEADING:
            return
        elif captioned:
            yield index


def series_of(table: Table, language: Language) -> tuple[Series, ...]:
    """What a table or chart shows of results and targets by year."""
    shown: defaultdict[str, _Shown] = defaultdict(_Shown)
    heads = {cell.column: cell.text for cell in table.rows[0]}
    has_labels = not _COLUMN_YEAR.search(heads.get(0, ""))
    for row in table.rows[1:]:
        label = next((c.text for c in row if c.column == 0), "") if has_labels else ""
        for cell in row:
            if cell.column > 0 or not has_labels:
                _take(shown, (label, heads.get(cell.column, "")), cell, language)
    return tuple(
        Series(name, each.reached, each.planned, each.nouns)
        for name, each in shown.items()
        if each.reached
    )


def _first_words(table: Table) -> str:
    """The headings of a table, and the label of its second row."""
    second = table.rows[1][:1] if table.rows[1:] else ()
    return " ".join(cell.text for cell in (*table.rows[0], *second))


def _take(
    shown: dict[str, _Shown], labels: tuple[str, str], cell: Cell, language: Language
) -> None:
    """One cell, if its row and column say which year it tells of, and whether it was reached."""
    told = _told(*(_read_label(each, language.code) for each in labels))
    if told is None:
        return
    name, year, planned = told
    numeral = numeral_reader(language.numbers)(cell.text)
    series = shown[name]
    kept = series.planned if planned else series.reached
    number = cell.number or (numeral.number if numeral.reading is CellKind.FIGURE else None)
    if number is not None:
        kept[year] = number
        return
    lead = leading_quantity(cell.text.strip(), language.code)
    if lead is not None and lead.noun and "\n" not in cell.text.strip():
        kept[year] = lead.number
        series.nouns[year] = lead.noun


def _told(row: _Label, column: _Label) -> tuple[str, int, bool] | None:
    """The series, the year and whether it was planned, by row and column; or nothing of these."""
    years = (*row.years, *column.years)
    planned, reached = row.planned or column.planned, row.reached or column.reached
    if len(years) != 1 or planned == reached:
        return None
    return f"{row.name} {column.name}".strip(), int(years[0]), planned


@dataclass(frozen=True, slots=True)
class _Label:
    """What a heading or label says: years, whether planned or reached, and the other words."""

    name: str
    years: tuple[str, ...]
    planned: bool
    reached: bool


@lru_cache(maxsize=1024)
def _read_label(text: str, code: str) -> _Label:
    name = words = normalise(text)
    planned, reached = (bool(each.search(words)) for each in _kinds(code))
    for pattern in (*_kinds(code), _COLUMN_YEAR):
        name = pattern.sub("", name)
    name = " ".join(re.sub(r"[()]", " ", name).split())
    return _Label(name, tuple(_COLUMN_YEAR.findall(words)), planned, reached)


@lru_cache(maxsize=8)
def _kinds(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is said of planned and of reached results."""
    terms = load_language(code).comparisons
    return re.compile(any_of(terms["planned"])), re.compile(any_of(terms["reached"]))


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
    found = (
        [t for t in series if t.noun[:STEM_LETTERS] == quantity.noun[:STEM_LETTERS]]
        or series
        or found
    )
    found.sort(key=lambda title: -len({*near} & {*title.stems}) / len(title.stems))
    return tuple(number for title in found for number in title.shown)


def _is_same(stems: tuple[str, ...], quantity: Quantity, title: Title) -> bool:
    """Whether a number and a title tell of the same thing."""
    common = [stem for stem in stems if stem in title.stems]
    near = stems[:OWN_WORDS]  # an adjective may stand before the noun
    enough = COMMON_PAIRS if common and _is_ideographic(common[0]) else COMMON_WORDS
    if len(common) < enough or quantity.is_percent != title.is_percent:
        return False
    if title.noun and title.noun[:STEM_LETTERS] not in (
        {quantity.noun[:STEM_LETTERS]} if title.is_cell else near
    ):
        return False
    if title.whole:
        return len(common) >= COMMON_SENTENCE_WORDS and len(common) * 4 >= len(title.stems) * 3
    if title.is_cell:
        return len(common) * 4 >= min(len(title.stems), len(stems)) * 3
    is_first = (
        _is_ideographic(stems[0]) or stems[0] in title.stems[:TITLE_WORDS] or bool(title.noun)
    )
    return is_first and (len(common) * 2 >= len(title.stems) or bool(title.noun))


def may_be_told(plain: str, titles: Iterable[Title]) -> bool:
    """Whether enough words of some title are in a text in small letters; others tell nothing."""
    return any(sum(stem in plain for stem in title.stems) >= COMMON_WORDS for title in titles)


def is_told(text: str, quantity: Quantity, names: Iterable[Title]) -> bool:
    """Whether the sentence of a number has the words of a caption or series."""
    said = {*_sentence(text, quantity)}
    return any(COMMON_WORDS <= len(said & {*name.stems}) >= len(name.stems) / 2 for name in names)


def _around(text: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, ...]:
    """The words that say what a number counts: behind it, without blanks between words around."""
    end = END.search(text, quantity.span.end)
    behind = _stems(text[quantity.span.end : end.start() if end else len(text)])
    if behind and not _is_ideographic(behind[0]):
        return behind[:COUNTED_WORDS]
    low = max(quantity.span.start - TITLE_BEFORE_CHARS, 0)
    starts = [each.end() for each in _CLAUSE.finditer(text, low, quantity.span.start)]
    start, close = max(starts, default=low), _CLAUSE.search(text, quantity.span.end)
    stop = close.start() if close else len(text)
    inside = [each for each in others if start <= each.span.start < stop]
    around = _stems(text[start:stop]) if len(inside) == 1 else ()
    return tuple(stem for stem in around if _is_ideographic(stem))


def _sentence(text: str, quantity: Quantity) -> tuple[str, ...]:
    """The words of the sentence that a number stands in."""
    low = max(quantity.span.start - TITLE_BEFORE_CHARS, 0)
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
        elif len(word) >= SHORT_WORD_LETTERS:
            found[word.casefold()[:STEM_LETTERS]] = None
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
            if len(behind) >= COMMON_WORDS and noun:
                yield Title(behind[:COUNTED_WORDS], shown, quantity.is_percent, noun, is_cell=True)
            sentence = _sentence(text, quantity)
            if len(sentence) >= COMMON_SENTENCE_WORDS and noun:
                yield Title(sentence, shown, quantity.is_percent, noun, is_cell=True, whole=True)


@dataclass(frozen=True, slots=True)
class _RoundWords:
    """The patterns of one language."""

    totals: tuple[str, ...]
    total: re.Pattern[str]
    growing: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(code: str) -> _RoundWords:
    terms = load_language(code).comparisons
    return _RoundWords(
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
        if not about.search(
            text, max(quantity.span.start - ROUND_NUMBER_CHARS, 0), quantity.span.start
        )
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
        low = max(total.span.start - TITLE_BEFORE_CHARS, passage.body)
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
        shown = by_passage.get(movement.at.passage)
        if not shown:
            continue
        text = folded(passages[movement.at.passage].text)
        pair = (movement.first, movement.last)
        years = [_YEAR_BEHIND.match(text, each.span.end) for each in pair]
        told = [(each, int(year[1])) for each, year in zip(pair, years, strict=True) if year]
        for measure in shown if told else ():
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
