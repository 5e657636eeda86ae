"""Units in captions that contradict the columns below, or the figures of other tables."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from unbudget_check.languages import load_language, normalise
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, Reading, Spot
from unbudget_check.model.prose import PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.prose import Caption, Passage
    from unbudget_check.rulebook.rule import Rule

# Captions of one kind have a unit in common where so many have it, and one other at most.
ENOUGH = 3
# So many figures, digit for digit, are no chance: the tables print the same amounts.
SAME = 3
# Amounts with fewer digits may be the same by chance.
LARGE = 10_000
_YEARS = re.compile(r"(?:19|20)\d\d")
_ENTITY = re.compile(r"^[^:]*:")
# What is counted, and by which power of ten.
Measure = tuple[str, int]


def check_caption_unit(facts: DocumentFacts, _: Rule, number: int, claims: Claims) -> None:
    """Remark on each unit that is not the one of the same figures, or of captions of its kind."""
    lines = {
        caption.number: found
        for caption in facts.prose.captions
        if (found := _unit_of(facts, caption)) is not None
    }
    told: set[int] = set()
    for at, text in (*_among_captions(facts), *_by_figures(facts, lines), *_by_heading(facts)):
        passage = at.passage if isinstance(at, Span) else -1
        if passage not in told or passage < 0:
            claims.remarks.append(Remark(number, at, text=text))
        told.add(passage)


def _unit_of(facts: DocumentFacts, caption: Caption) -> Passage | None:
    """The passage right below a caption that says what its figures count."""
    for passage in facts.prose.passages[caption.passage + 1 : caption.passage + 4]:
        if passage.kind is not PassageKind.CAPTION:
            return None
        if measures(passage.text, facts.language):
            return passage
    return None


@lru_cache(maxsize=512)
def measures(text: str, code: str) -> frozenset[Measure]:
    """What a line such as (Thousands of dollars/number of posts) counts, and in what scale."""
    bare = normalise(text)
    inner = bare.strip("() ")
    if inner == bare:
        return frozenset()
    found = (_measure(piece.strip(" ."), code) for piece in re.split(r"\s*/\s*|;", inner))
    return frozenset(measure for measure in found if measure is not None)


def _measure(text: str, code: str) -> Measure | None:
    """The unit with the longest term that a text begins with."""
    units = load_language(code).units
    return max(
        (
            (len(term), (unit.kind, unit.scale))
            for unit in units
            for term in unit.terms
            if len(term) > 1 and text.startswith(term)
        ),
        default=(0, None),
        key=lambda found: found[0],
    )[1]


def _among_captions(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """Units that differ from those of nearly all captions with the same words."""
    alike: dict[tuple[str, str], list[Passage]] = {}
    for caption in facts.prose.captions:
        line = _unit_of(facts, caption)
        if line is not None:
            title = _YEARS.sub("", _ENTITY.sub("", normalise(caption.title)))
            alike.setdefault((caption.kind.value, title), []).append(line)
    for lines in alike.values():
        counts = Counter(measures(line.text, facts.language) for line in lines)
        (usual, times), *_ = counts.most_common(1)
        if times < ENOUGH or len(lines) - times != 1:
            continue
        pattern = next(x.text for x in lines if measures(x.text, facts.language) == usual)
        for line in lines:
            said = measures(line.text, facts.language)
            if said != usual and len(said) == len(usual):
                yield Span(line.index, 0, len(line.text)), pattern


def _by_figures(
    facts: DocumentFacts, lines: dict[str, Passage]
) -> Iterator[tuple[Spot | Span, str]]:
    """Units of tables that print, digit for digit, the figures of tables with another unit."""
    amounts = {t.ordinal: _large(t) for t in facts.tables if t.unit == "money" and t.number}
    usual = Counter(facts.tables[ordinal].scale for ordinal in amounts).most_common(1)
    scales: dict[tuple[int, int], Counter[int]] = {}
    for ordinal, found in amounts.items():
        for amount in found:
            scales.setdefault(amount, Counter())[facts.tables[ordinal].scale] += 1
    for ordinal, found in amounts.items():
        table, scale = facts.tables[ordinal], usual[0][0]
        line = lines.get(table.number or "")
        same = [amount for amount in found if scales[amount][scale]]
        if line is not None and scale != table.scale and len(same) >= SAME:
            meant = (
                other.text
                for other in lines.values()
                if ("money", scale) in measures(other.text, facts.language)
            )
            yield Span(line.index, 0, len(line.text)), next(meant, "")


def _large(table: TableFacts) -> set[tuple[int, int]]:
    """The figures of a table that are too large to be the same by chance."""
    return {
        (abs(numeral.number.units), numeral.number.exponent)
        for row, numerals in zip(table.rows, table.numerals, strict=True)
        for numeral in numerals
        if row.unit == "money"
        and numeral.reading is Reading.FIGURE
        and numeral.number is not None
        and abs(numeral.number.units) >= LARGE
    }


def _by_heading(facts: DocumentFacts) -> Iterator[tuple[Spot | Span, str]]:
    """Headings of columns of resources with a unit of money that is not the caption's."""
    roles = (ColumnRole.EXPENDITURE, ColumnRole.BASE, ColumnRole.CHANGE, ColumnRole.ESTIMATE)
    for table in facts.tables:
        if table.unit != "money" or not table.rows:
            continue
        for column in table.columns:
            bracket = re.search(r"\([^()]*\)", normalise(column.heading))
            said = measures(bracket[0], facts.language) if bracket else frozenset()
            kinds = {scale for kind, scale in said if kind == "money"}
            if column.role in roles and kinds and table.scale not in kinds:
                yield Spot(table.ordinal, 0, column.index), bracket[0] if bracket else ""
