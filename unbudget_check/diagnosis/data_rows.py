"""The facts of a document as rows that stand alone: meaning, value and place.

Every tie that is believed in, as data: what adds up to what, and where it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnosis.places import text_of, where_of
from unbudget_check.model.fact_row import PERCENT, RATE, SHARE, FactRow, Origin
from unbudget_check.model.facts import ROWS_OF_TOTALS, Spot
from unbudget_check.model.meaning import REGULAR, Kind, Meaning, View
from unbudget_check.model.number import Number, decimal_of, scaled
from unbudget_check.model.prose import MentionKind
from unbudget_check.model.relations import RelationRow, TieKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unbudget_check.model.claims import Claims
    from unbudget_check.model.facts import DocumentFacts, TableFacts, Tie


_PERCENTAGES = {MentionKind.RATE: RATE, MentionKind.SHARE: SHARE}
# What a title begins with: the component that the table is about.
_PREFIX = re.compile(r"\s*([^:：]+?)\s*[:：]")

# Parts from which a sum is written as the range from the first to the last.
RANGE = 3
# The number of a row in an address such as "row 5, column B" or "Sheet!B5".
_ROW = re.compile(r"(?<=\brow )\d+|(?<=[A-Z])\d+$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure and what it says, before it becomes a row."""

    figure: int
    meaning: Meaning
    origin: Origin
    scale: int = 0
    view: View | None = None
    kind: str = ""
    unit: str = ""


def fact_rows(facts: DocumentFacts, checked: Container[int]) -> Iterator[FactRow]:
    """All facts of a document: those of tables, then of sentences, then of charts.

    A sentence has one where it was tied to tables: before that nobody knows what it states. A
    chart has some where it is clear which component it shows. ``checked`` are the figures that
    stand in some relation.
    """
    names = names_of(facts)
    for told in (*_tables(facts), *_sentences(facts), *_charts(facts)):
        yield _row(facts, told, names, is_checked=told.figure in checked)


def names_of(facts: DocumentFacts) -> Mapping[tuple[str, str], str]:
    """(scope, key) -> the name of a component as printed: in lists of them, else in captions."""
    listed: dict[tuple[str, str], str] = {}
    titled: dict[tuple[str, str], str] = {}
    for fact in facts.meanings:
        key = fact.meaning.scope, fact.meaning.entity
        table, spot = facts.tables[fact.table], facts.spots[fact.figure]
        row = table.rows[spot.row] if isinstance(spot, Spot) else None
        prefix = _PREFIX.match(table.title)
        if row and fact.view is View.COMPONENTS and row.role not in ROWS_OF_TOTALS:
            listed.setdefault(key, row.label)
        elif prefix:
            titled.setdefault(key, prefix[1])
    return {**titled, **listed}


def _tables(facts: DocumentFacts) -> Iterator[_Told]:
    for fact in facts.meanings:
        yield _Told(fact.figure, fact.meaning, Origin.TABLE, fact.scale, fact.view)


def _sentences(facts: DocumentFacts) -> Iterator[_Told]:
    """What sentences state again; a percentage is a rate or a share, whatever it is taken of."""
    for statement in facts.prose.statements:
        mention = facts.prose.mentions[statement.mention]
        for fact in statement.facts[:1]:
            kind = _PERCENTAGES.get(mention.kind, "")
            unit = PERCENT if kind else ""
            yield _Told(mention.figure, fact.meaning, Origin.SENTENCE, kind=kind, unit=unit)


def _charts(facts: DocumentFacts) -> Iterator[_Told]:
    """What charts show: what is proposed, from the regular budget."""
    for chart in facts.charts:
        if len(chart.entities) != 1:
            continue
        for each in (piece for group in chart.groups for piece in group):
            meaning = Meaning(
                chart.scope,
                chart.entities[0],
                each.measure,
                Kind.PROPOSED,
                chart.year,
                REGULAR,
                each.unit,
            )
            yield _Told(each.figure, meaning, Origin.CHART, each.scale)


def _row(
    facts: DocumentFacts, told: _Told, names: Mapping[tuple[str, str], str], *, is_checked: bool
) -> FactRow:
    meaning, spot = told.meaning, facts.spots[told.figure]
    where = where_of(facts, spot)
    return FactRow(
        document=facts.path,
        symbol=facts.symbol,
        language=facts.language,
        scope=meaning.scope,
        entity=meaning.entity,
        entity_name=names.get((meaning.scope, meaning.entity)),
        measure=meaning.measure,
        kind=told.kind or meaning.kind.value,
        year=meaning.year,
        source=meaning.source,
        unit=told.unit or meaning.unit,
        scale=told.scale,
        value=_value(facts.numbers[told.figure], told.scale),
        printed=text_of(facts, spot),
        table=where.table,
        part=where.part,
        row=where.row,
        column=where.column,
        paragraph=where.paragraph,
        item=where.item,
        figure=where.figure,
        page=where.page,
        line=where.line,
        address=where.address,
        origin=told.origin,
        view=told.view.value if told.view else None,
        checked=is_checked,
    )


def _value(number: Number, scale: int) -> Decimal:
    """A printed number in single dollars or posts, all its digits before the point written out."""
    exponent = number.exponent + scale
    finest = min(exponent, 0)
    return decimal_of(Number(scaled(Number(number.units, exponent), finest), finest))


def relation_rows(facts: DocumentFacts, claims: Claims) -> Iterator[RelationRow]:
    """The ties of all readings that the document bears out, those that fail among them."""
    for tie in claims.kept:
        (stated, count), *parts = tie.terms
        deducted = any(weight > 0 for _, weight in parts)
        kind = TieKind.DIFFERENCE if deducted else TieKind.SUM
        if count > 1:  # an average, or a rate of what is added up
            is_mean = all(weight == -1 for _, weight in parts)
            kind = TieKind.AVERAGE if is_mean else TieKind.PRODUCT
        figures = [part for part, _ in parts]
        addresses = _with_blanks(facts, stated, figures) or [_address(facts, f) for f in figures]
        yield RelationRow(kind, _address(facts, stated), tuple(addresses))
    for claim in claims.percentages:
        figures = [claim.part, claim.base]
        addresses = [_address(facts, figure) for figure in figures]
        kind = TieKind.CHANGE if claim.growth else TieKind.QUOTIENT
        yield RelationRow(kind, _address(facts, claim.stated), tuple(addresses))
    for each in claims.computed:
        if each.kind is not None and each.parts:
            addresses = [_address(facts, figure) for figure in each.parts]
            yield RelationRow(each.kind, _address(facts, each.stated), tuple(addresses))


def _with_blanks(facts: DocumentFacts, stated: int, parts: Sequence[int]) -> list[str]:
    """The cells that a sum of one row or column covers, the blank ones among them."""
    spot, spots = facts.spots[stated], [facts.spots[part] for part in parts]
    if not isinstance(spot, Spot) or spot.item:
        return []
    table = facts.tables[spot.table]
    down = [
        [(row, spot.column) for row in _filled_down(table, each.parts, spot.column)]
        for each in table.footings
        if each.total == spot.row and not each.above
    ]
    across = [
        [(spot.row, column) for column in _filled_across(table, tie)]
        for tie in table.ties
        if tie.stated == spot.column
    ]
    for mean in table.averages:
        if mean.across and mean.stated == spot.column:
            across.append([(spot.row, column) for column in mean.parts])
        elif not mean.across and mean.stated == spot.row:
            down.append([(row, spot.column) for row in mean.parts])
    taken = {(s.row, s.column) for s in spots if isinstance(s, Spot) and s.table == spot.table}
    covering = [cells for cells in (*down, *across) if taken <= set(cells)]
    if not covering or len(taken) != len(spots):
        return []
    return list(filter(None, (_cell(table, *at) for at in min(covering, key=len))))


def _filled_across(table: TableFacts, tie: Tie) -> Sequence[int]:
    """The columns of a sum; where they are one run, the blank ones among and beside them."""
    parts = [part for part, _ in tie.parts]
    ends = [*parts, tie.stated]
    blank = [at for at in range(min(ends), max(ends)) if at not in ends]
    if any(grid[at] >= 0 for grid in table.grid for at in blank):
        return parts
    within = range(min(parts), max(parts)) if len(parts) >= RANGE else ()
    return sorted([*parts, *(at for at in blank if at in within or table.columns[at].heading)])


def _filled_down(table: TableFacts, parts: Sequence[int], column: int) -> Sequence[int]:
    """The rows of a sum; where they are one run of items, the blank ones among them."""
    left = [row for row in range(min(parts), max(parts) + 1) if row not in parts]
    totals = {each.total for each in table.footings}
    if (
        len(parts) < RANGE
        or any(table.grid[row][column] >= 0 for row in left)
        or totals & set(parts)
    ):
        return parts
    return sorted([*parts, *left])


def _cell(table: TableFacts, row: int, column: int) -> str:
    """The address of a cell; of a blank one that was not stored, from its row and column."""
    cell = table.cells[row][column]
    if cell is not None:
        return cell.address
    beside = next((each.address for each in table.cells[row] if each is not None), "")
    above = next((cells[column] for cells in table.cells if cells[column] is not None), None)
    number = _ROW.search(beside)
    return _ROW.sub(number[0], above.address) if number and above is not None else ""


def _address(facts: DocumentFacts, figure: int) -> str:
    return where_of(facts, facts.spots[figure]).address or ""
