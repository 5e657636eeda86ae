"""Determine what the figures of a table mean, or why that is not clear.

Why figures of a table have no meaning: what of its caption, rows or columns is unclear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.model.facts import RATES, ROWS_OF_TOTALS, CellKind, ColumnRole, RowRole
from unbudget_check.model.meaning import (
    ALL_SOURCES,
    GENERAL,
    NON_POST,
    OVERALL,
    POST,
    POSTS,
    PROFESSIONAL,
    REGULAR,
    RESOURCES,
    STEP,
    Fact,
    Kind,
    Meaning,
    View,
)
from unbudget_check.model.prose import Bearing
from unbudget_check.notation.names import named_parts
from unbudget_check.notation.years import YEAR
from unbudget_check.understand.text.entities import (
    QUALIFIER,
    in_body,
    is_by_component,
    paths_in,
    scope_of,
)
from unbudget_check.understand.text.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.facts import Column, DocumentFacts, Row, TableFacts
    from unbudget_check.model.prose import Passage
    from unbudget_check.understand.text.entities import Entities


MONEY_UNIT, POSTS_UNIT = "money", "posts"
# Grades that make a table one of grades.
GRADES = 3
KIND_OF_COLUMN = {
    ColumnRole.EXPENDITURE: Kind.SPENT,
    ColumnRole.BASE: Kind.APPROVED,
    ColumnRole.TECHNICAL: Kind.TECHNICAL,
    ColumnRole.MANDATES: Kind.MANDATES,
    ColumnRole.OTHER: Kind.OTHER,
    ColumnRole.CHANGE: Kind.CHANGE,
    ColumnRole.ESTIMATE: Kind.PROPOSED,
}
_CATEGORIES = {
    "posts": POST,
    "non_post": NON_POST,
    "professional": PROFESSIONAL,
    "general": GENERAL,
}
# Subtotals of these tables total what the heading above them names.
_HEADED = (View.GRADES, View.OBJECTS)
_STOCK = {"approved": Kind.APPROVED, "proposed": Kind.PROPOSED}
_YEAR = re.compile(YEAR)

PERCENTAGES = "gap-percentages"
UNCOUNTED = "gap-uncounted"
UNTITLED = "gap-untitled"
UNCLEAR = "gap-unclear"
SIDES = "gap-sides"
COLUMNS = "gap-columns"
SUBTOTALS = "gap-subtotals"
NOTES = "gap-notes"
ROWS = "gap-rows"
SLIPPED = "gap-slipped"
_UNITS = (MONEY_UNIT, POSTS_UNIT)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a whole table is about."""

    scope: str
    entity: str
    source: str
    body: str = ""


def facts_of(
    tables: Sequence[TableFacts], passages: Iterable[Passage], entities: Entities
) -> tuple[Fact, ...]:
    """The meanings of all figures of tables whose caption or place says what they are about."""
    bearings = _bearings(tables, passages)
    listed = _listed(tables, entities.language)
    found: list[Fact] = []
    for table in tables:
        subject = subject_of(table, bearings[table.ordinal], entities)
        view = view_of(table, entities.language)
        if subject.entity:
            found.extend(_facts(table, subject, view, entities))
        elif view is not View.OTHER:
            # Without any component in its title or above it, a table speaks of the whole.
            whole = replace(subject, entity=in_body(OVERALL, subject.body))
            found.extend(_facts(table, whole, view, entities))
        elif subject.scope in listed:
            found.extend(_single(table, subject, listed[subject.scope]))
    return tuple(_under_one_name(_told_once(found), listed))


def _bearings(tables: Sequence[TableFacts], passages: Iterable[Passage]) -> Sequence[Bearing]:
    """What the last heading or caption above each table makes it about."""
    lasts = {passage.follows: passage.bearing for passage in passages}
    found: list[Bearing] = []
    for table in tables:
        before = found[-1] if found else Bearing()
        found.append(lasts.get(table.ordinal, before))
    return found


def _told_once(found: Sequence[Fact]) -> Iterator[Fact]:
    """The facts without those whose meaning one table gives to several figures: it is no key."""
    counts = Counter((fact.table, fact.meaning) for fact in found)
    yield from (fact for fact in found if counts[fact.table, fact.meaning] == 1)


def _under_one_name(found: Iterable[Fact], listed: Mapping[str, ListedObjects]) -> Iterator[Fact]:
    """Objects that one table names in full and another without its last words, as one measure."""
    names: dict[tuple[str, str], str] = {}
    for scope, objects in listed.items():
        labels = sorted(objects.labels)
        for label in labels:
            at = bisect_left(labels, f"{label} ")
            longer = [each for each in labels[at : at + 2] if each.startswith(f"{label} ")]
            if len(longer) == 1:
                names[scope, longer[0]] = label
    for fact in found:
        short = names.get((fact.meaning.scope, fact.meaning.measure))
        yield replace(fact, meaning=replace(fact.meaning, measure=short)) if short else fact


@dataclass(frozen=True, slots=True)
class ListedObjects:
    """The objects of expenditure that a table lists, and the scale in which it prints them."""

    labels: frozenset[str]
    scale: int


def _listed(tables: Sequence[TableFacts], language: Language) -> Mapping[str, ListedObjects]:
    """Scope -> the objects of its table by object, where no table lists components."""
    views = [(table, view_of(table, language)) for table in tables]
    divided = {scope_of(t.number or "") for t, view in views if view is View.COMPONENTS}
    found: dict[str, ListedObjects] = {}
    for table in (table for table, view in views if view is View.OBJECTS):
        scope = scope_of(table.number or "")
        headed = (RowRole.ITEM, RowRole.HEADING)
        labels = {normalise(row.label) for row in table.rows if row.role in headed}
        if scope not in divided:
            known = found.get(scope, ListedObjects(frozenset(), table.scale))
            found[scope] = ListedObjects(known.labels | labels, table.scale)
    return found


def _single(table: TableFacts, subject: Subject, listed: ListedObjects) -> Iterator[Fact]:
    """The rows of a small table that repeat objects of the table by object."""
    whole = in_body(OVERALL, subject.body)
    for r, row in enumerate(table.rows):
        label = normalise(row.label)
        if row.role is RowRole.ITEM and label in listed.labels and row.unit in ("", MONEY_UNIT):
            yield from _row_facts(
                table, r, (whole, label, subject.source), View.OTHER, listed.scale
            )


def subject_of(table: TableFacts, bearing: Bearing, entities: Entities) -> Subject:
    """Component and source of funds of a table, by its title, else by the headings above it."""
    scope, body, code = scope_of(table.number or ""), bearing.body, entities.language.code
    title = normalise(table.title)
    prefix, _, rest = title.partition(":")
    entity = entities.of(prefix, scope, bearing.entity.removeprefix(f"{body}{STEP}"))
    if not entity and rest.strip():
        entity = prefix.strip()
    source = source_of(table.part_title, code) if table.part_title else ""
    qualifier = QUALIFIER.search(title)
    if qualifier and qualifier[1] in entities.funds:
        named = source_of(qualifier[1], code) or qualifier[1]
        source = " ".join(filter(None, (source, named)))
    entity = in_body(entity, body) or bearing.entity
    return Subject(scope, entity, source or bearing.source or REGULAR, body)


def view_of(table: TableFacts, language: Language) -> View:
    """By what the rows of a table divide its total."""
    concepts = {row.concept for row in table.rows}
    heading = normalise(table.columns[0].heading) if table.columns else ""
    if sum(bool(row.grade) for row in table.rows) >= GRADES:
        return View.GRADES
    if is_by_component(table, language):
        return View.COMPONENTS
    if _STOCK.keys() <= concepts:
        return View.MOVEMENTS
    if any(term in heading for term in language.entities["object"]):
        return View.OBJECTS
    return View.CATEGORIES if "non_post" in concepts else View.OTHER


def _facts(table: TableFacts, subject: Subject, view: View, entities: Entities) -> Iterator[Fact]:
    overall = _totals_of_all_parts(table)
    for r, (row, entity, measure) in _rows(table, subject, view, entities):
        source = ALL_SOURCES if r in overall else subject.source
        scale = table.scale if row.unit == MONEY_UNIT else 0
        yield from _row_facts(table, r, (entity, measure, source), view, scale)


def _row_facts(
    table: TableFacts, r: int, about: tuple[str, str, str], view: View, scale: int
) -> Iterator[Fact]:
    """The facts of one row, whose entity, measure and source are known."""
    row, scope = table.rows[r], scope_of(table.number or "")
    slid = row.unit == POSTS_UNIT and _has_slid(table, r)
    entity, measure, source = about
    for column, kind, year in _columns(table, row, view):
        figure = table.grid[r][column.index]
        if figure >= 0 and not (slid and kind in (Kind.SPENT, Kind.APPROVED)):
            unit = row.unit or MONEY_UNIT
            meaning = Meaning(scope, entity, measure, kind, year, source, unit)
            yield Fact(figure, table.ordinal, scale, view, meaning)


def _has_slid(table: TableFacts, row: int) -> bool:
    """Whether a row prints posts as spent and none as approved: one column to the left."""
    roles = {column.role: table.numerals[row][column.index] for column in table.columns}
    spent, base = roles.get(ColumnRole.EXPENDITURE), roles.get(ColumnRole.BASE)
    return (
        spent is not None
        and base is not None
        and (spent.reading, base.reading) == (CellKind.FIGURE, CellKind.NIL)
    )


def _rows(
    table: TableFacts, subject: Subject, view: View, entities: Entities
) -> Iterator[tuple[int, tuple[Row, str, str]]]:
    """(position, (row, entity, measure)) of the rows whose meaning is known."""
    category = ""
    lasts = _last_totals(table)
    listed = _entities(table, subject, view, entities)
    for r, row in enumerate(table.rows):
        if row.role is RowRole.HEADING:
            category = _CATEGORIES.get(row.concept, category)
            if view is View.OBJECTS:
                category = normalise(row.label)
            continue
        if row.unit not in (MONEY_UNIT, POSTS_UNIT):
            continue
        if row.role in ROWS_OF_TOTALS:
            measure = _total_of(row) if r in lasts else category if view in _HEADED else ""
            category = ""  # what follows stands under another heading, even under a lost one
            if measure:
                yield r, (row, subject.entity, measure)
        elif row.role is RowRole.ITEM:
            entity, measure = listed.get(r, ""), _item(row, view)
            if entity and measure:
                yield r, (row, entity, measure)
            if view is View.OBJECTS and _is_all(table):
                yield r, (row, subject.entity, _total_of(row))


def _is_all(table: TableFacts) -> bool:
    """Whether a table has one row of figures and no total: the row is all there is."""
    roles = [row.role for row in table.rows if row.role in (RowRole.ITEM, *ROWS_OF_TOTALS)]
    return roles == [RowRole.ITEM]


def _entities(
    table: TableFacts, subject: Subject, view: View, entities: Entities
) -> Mapping[int, str]:
    """Row -> the entity that it is about: its own in a table of the components of the whole."""
    if view is not View.COMPONENTS:
        return dict.fromkeys(range(len(table.rows)), subject.entity)
    if subject.entity != in_body(OVERALL, subject.body):
        return {}
    paths = paths_in(table, entities.language)
    keys = {r: entities.keys[subject.scope, path] for r, path in paths.items()}
    return {r: in_body(key, subject.body) for r, key in keys.items()}


def _item(row: Row, view: View) -> str:
    """The measure of an item."""
    if view is View.COMPONENTS:
        return _total_of(row)
    if view is View.GRADES:
        return row.grade
    if view is View.MOVEMENTS:
        return POSTS if row.concept in _STOCK else ""
    if view is View.CATEGORIES:
        return _CATEGORIES.get(row.concept, "")
    if view is View.OBJECTS:
        return POST if row.concept == "posts" else normalise(row.label)
    return ""


def _total_of(row: Row) -> str:
    return RESOURCES if row.unit == MONEY_UNIT else POSTS


def _last_totals(table: TableFacts) -> set[int]:
    """The rows that total a whole block (all that are called so), or all parts of the table."""
    lasts: dict[int, int] = {}
    others: set[int] = set()
    overall = _totals_of_all_parts(table)
    for r, row in enumerate(table.rows):
        if row.role in ROWS_OF_TOTALS:
            if r in overall or row.role is RowRole.TOTAL:
                others.add(r)
            if r not in overall:
                lasts[row.block] = r
    return {*lasts.values(), *others}


def _totals_of_all_parts(table: TableFacts) -> frozenset[int]:
    """The rows that add up what stands in several parts, also where some part is not there."""
    found = {each.total for each in table.footings if each.kind == "parts"}
    number = (table.part or "").strip("()（）")
    named = {each for each in table.unclear if number in named_parts(each)}
    return frozenset({*found, *(r for r, row in enumerate(table.rows) if row.label in named)})


def _columns(table: TableFacts, row: Row, view: View) -> Iterator[tuple[Column, Kind, int | None]]:
    """The columns of a row with a known kind; years of changes are not needed to tell them."""
    if view is View.MOVEMENTS:
        year = _YEAR.search(row.label)
        for column in table.columns:
            if column.role is ColumnRole.NUMBER and row.concept in _STOCK:
                yield column, _STOCK[row.concept], int(year[0]) if year else None
        return
    sides = {column.side for column in table.columns}
    for column in table.columns:
        kind = KIND_OF_COLUMN.get(column.role)
        if kind is not None and len(sides) == 1:
            stock = kind in (Kind.SPENT, Kind.APPROVED, Kind.PROPOSED)
            yield column, kind, column.year if stock else None


def gaps_of(facts: DocumentFacts) -> Mapping[int, Mapping[str, int]]:
    """Table -> reason -> how many of its figures have no meaning for that reason."""
    meant = {fact.figure for fact in facts.meanings}
    known = {fact.table for fact in facts.meanings}
    return {
        table.ordinal: Counter(
            _reason(table, r, c, meant) if table.ordinal in known else _reason_of_table(table, r, c)
            for r, row in enumerate(table.grid)
            for c, figure in enumerate(row)
            if figure >= 0 and figure not in meant
        )
        for table in facts.tables
    }


def _reason_of_table(table: TableFacts, row: int, column: int) -> str:
    """Why a figure has no meaning where none of its table has one."""
    if _is_quotient(table, row, column):
        return PERCENTAGES
    if not table.number:
        return UNTITLED
    if table.rows[row].unit not in _UNITS:
        return UNCOUNTED
    return SIDES if len({each.side for each in table.columns}) > 1 else UNCLEAR


def _reason(table: TableFacts, row: int, column: int, meant: Container[int]) -> str:
    """Why a figure has no meaning where others of its table have one."""
    found, role = table.rows[row], table.columns[column].role
    if _is_quotient(table, row, column):
        return PERCENTAGES
    if found.unit not in _UNITS:
        return UNCOUNTED
    if role not in KIND_OF_COLUMN and role is not ColumnRole.NUMBER:
        return COLUMNS
    if any(figure in meant for figure in table.grid[row]):
        return SLIPPED
    if found.role in ROWS_OF_TOTALS:
        return SUBTOTALS
    return ROWS if found.role is RowRole.ITEM else NOTES


def _is_quotient(table: TableFacts, row: int, column: int) -> bool:
    return table.columns[column].role in RATES or table.rows[row].unit == "percentage"
