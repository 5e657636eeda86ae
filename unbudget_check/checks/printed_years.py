"""Years in captions, headings of columns and labels of rows that contradict all others."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.checks.alike_captions import alike_years
from unbudget_check.languages import load_language, normalise, plain_digits
from unbudget_check.model.claims import Remark
from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.prose import CaptionKind, PassageKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import Column, DocumentFacts, Row, TableFacts
    from unbudget_check.model.prose import Caption
    from unbudget_check.rulebook.rule import Rule

# A document has a year for what was spent, approved and proposed where so many columns print it,
# and at most one prints another, or one in ten.
ENOUGH = 4
TENTH = 10
# A table that prints the years of the document in two columns or more speaks of these years.
SEVERAL = 2
_STOCK = {"approved": ColumnRole.BASE, "proposed": ColumnRole.ESTIMATE}
_ROLES = (ColumnRole.EXPENDITURE, ColumnRole.BASE, ColumnRole.ESTIMATE)
# A year by itself: no budget year (2025/26), number of a resolution or part of a longer one.
_YEAR = re.compile(r"(?<![\d/.])((?:19|20)\d\d)(?![\d/]|\s?\d{3}|\.\d)")
# The day of a date, or of a period: 31 May 2026 is no budget year.
_DAY = re.compile(r"(?<![\d/(（.])\d{1,2}(?![\d/)）.])")
_RANGE = re.compile(r"(?<![\d/.])((?:19|20)\d\d)\s?[-\u2010-\u2015]\s?((?:19|20)\d\d)(?!\d)")


def check_printed_year(facts: DocumentFacts, rule: Rule, number: int, claims: Claims) -> None:
    """Remark on each year that is not the one which the document prints in all other places."""
    years = _years(facts)
    in_tables = rule.parameters["place"] == "table"
    # A caption that differs from its columns may also differ from other captions.
    found = _in_tables(facts, years) if in_tables else _captioned(facts, years)
    for at, year in dict(found).items():
        claims.remarks.append(Remark(number, at, text=year))


def _years(facts: DocumentFacts) -> dict[ColumnRole, int]:
    """The year that nearly all columns with a role print."""
    found: dict[ColumnRole, Counter[int]] = {role: Counter() for role in _ROLES}
    for table in facts.tables:
        for column in table.columns:
            if column.role in found and column.year is not None and not _is_dated(column):
                found[column.role][column.year] += 1
    usual = {role: count.most_common(1)[0] for role, count in found.items() if count}
    return {
        role: year
        for role, (year, times) in usual.items()
        if times >= ENOUGH and found[role].total() - times <= max(1, times // TENTH)
    }


def _in_tables(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    for table in facts.tables:
        column = _odd_column(table, years)
        if column is not None and table.rows:
            yield Spot(table.ordinal, 0, column), str(years[table.columns[column].role])
        for r, row in enumerate(table.rows):
            role = _stock(row, facts.language)
            year = years.get(role) if role is not None else None
            said = _YEAR.findall(plain_digits(row.label)) if year else ()
            if len(said) == 1 and int(said[0]) != year:
                yield Spot(table.ordinal, r, 0), str(year)


def _stock(row: Row, code: str) -> ColumnRole | None:
    """Whether a row counts posts approved or proposed; its year may stand before the word."""
    if row.unit != "posts" or row.role is RowRole.HEADING:
        return None
    bare, terms = normalise(row.label), load_language(code).rows
    for concept, role in _STOCK.items():
        if row.concept == concept or any(bare.endswith(term) for term in terms[concept]):
            return role
    return None


def _odd_column(table: TableFacts, years: Mapping[ColumnRole, int]) -> int | None:
    """The only column of a table whose year is not that of its role in the document."""
    dated = [c for c in table.columns if c.year is not None and c.role in years]
    dated = [c for c in dated if not _is_dated(c)]
    # Where two estimates stand side by side, one of them only serves as a base.
    dated = [c for c in dated if (c.role, c.concept) != (ColumnRole.BASE, "estimate")]
    odd = [column for column in dated if column.year != years[column.role]]
    alone = len(odd) == 1 and len({column.side for column in table.columns}) == 1
    roles = [column.role for column in dated]
    if alone and len(dated) >= SEVERAL and roles.count(odd[0].role) == 1:
        return odd[0].index
    return None


def _is_dated(column: Column) -> bool:
    """Whether a heading prints a day, and so no year by itself."""
    return _DAY.search(plain_digits(column.heading)) is not None


def _captioned(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    yield from _in_text(facts, years)
    yield from alike_years(facts)


def _in_text(
    facts: DocumentFacts, years: Mapping[ColumnRole, int]
) -> Iterator[tuple[Spot | Span, str]]:
    """Captions of other years than their columns; proposals for another year than all columns."""
    tables: dict[str | None, list[TableFacts]] = {}
    for table in facts.tables:
        tables.setdefault(table.number, []).append(table)
    for caption in facts.prose.captions:
        if caption.kind is CaptionKind.TABLE and len(tables.get(caption.number, ())) == 1:
            yield from _range(facts, caption, tables[caption.number][0])
    proposed = years.get(ColumnRole.ESTIMATE)
    terms = load_language(facts.language).rows["proposed"]
    # A note may stand between a caption and its title.
    titles = {c.passage + 2 for c in facts.prose.captions if not c.title}
    for passage in facts.prose.passages:
        captioned = passage.kind is PassageKind.CAPTION or passage.index in titles
        if proposed is None or not captioned:
            continue
        text = plain_digits(passage.text)
        said = list(_YEAR.finditer(text))
        if len(said) == 1 and int(said[0][1]) != proposed and not _RANGE.search(text):
            bare = normalise(passage.text)
            if any(term in bare for term in terms):
                yield Span(passage.index, *said[0].span(1)), str(proposed)


def _range(
    facts: DocumentFacts, caption: Caption, table: TableFacts
) -> Iterator[tuple[Spot | Span, str]]:
    """A caption for 2024-2026 over columns that begin or end with another year."""
    columns = [column.year for column in table.columns if column.year is not None]
    if len(set(columns)) < SEVERAL or any(_RANGE.search(c.heading) for c in table.columns):
        return
    for passage in facts.prose.passages[caption.passage : caption.passage + SEVERAL]:
        found = _RANGE.search(plain_digits(passage.text))
        if found and passage.kind is PassageKind.CAPTION:
            said, printed = (int(found[1]), int(found[2])), (min(columns), max(columns))
            wrong = [at for at in (0, 1) if said[at] != printed[at]]
            if len(wrong) == 1:
                place = wrong[0] + 1
                yield Span(passage.index, *found.span(place)), str(printed[wrong[0]])
            return
