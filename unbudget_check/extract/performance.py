"""Performance measures: what the figure or table behind a sentence shows of results and targets.

A chart that Word can edit has a row for each year and a column for what was reached or planned;
a table has a column for each year, and its cells may begin with a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.extract.numerals import numeral_reader
from unbudget_check.extract.prose.grammar import any_of
from unbudget_check.extract.prose.quantities import leading_quantity
from unbudget_check.languages import load_language, normalise
from unbudget_check.model.document import Paragraph
from unbudget_check.model.facts import Reading
from unbudget_check.model.measures import Measure, Series
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.languages import Language
    from unbudget_check.model.document import Block, Cell, Table
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Passage

# So few passages lie between a sentence and its measure: a reference, a caption, a title, a unit.
NEAR = 6
# So many lie between a measure and the first passage that may repeat its numbers.
FAR = 16
_SPOKEN = (PassageKind.PARAGRAPH, PassageKind.ITEM)
# A school year counts as the year in which it begins.
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:[/–-]\d{2,4})?(?!\d)")


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
        above = range(last, max(last - FAR, end), -1)
        captions = _captions(passages, above)
        if captions and _is_measure(block, language):
            told = tuple(i for i in above if passages[i].kind in _SPOKEN and i < captions[-1])
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
        elif found and (kind in _SPOKEN or kind is PassageKind.HEADING):
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
    return bool(_YEAR.search(words) and any(each.search(words) for each in _kinds(language.code)))


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
    for index in range(last, max(last - NEAR, -1), -1):
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
    has_labels = not _YEAR.search(heads.get(0, ""))
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
    number = cell.number or (numeral.number if numeral.reading is Reading.FIGURE else None)
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
    for pattern in (*_kinds(code), _YEAR):
        name = pattern.sub("", name)
    name = " ".join(re.sub(r"[()]", " ", name).split())
    return _Label(name, tuple(_YEAR.findall(words)), planned, reached)


@lru_cache(maxsize=8)
def _kinds(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is said of planned and of reached results."""
    terms = load_language(code).comparisons
    return re.compile(any_of(terms["planned"])), re.compile(any_of(terms["reached"]))
