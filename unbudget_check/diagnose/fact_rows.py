"""The facts of a document as rows that stand alone: meaning, value and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.diagnose.places import text_of, where_of
from unbudget_check.model.fact_row import PERCENT, RATE, SHARE, FactRow, Origin
from unbudget_check.model.facts import ROWS_OF_TOTALS, Spot
from unbudget_check.model.meaning import Kind, Meaning, View
from unbudget_check.model.number import Number, decimal_of, scaled
from unbudget_check.model.prose import MentionKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from decimal import Decimal

    from unbudget_check.model.facts import DocumentFacts

REGULAR = "regular"
_PERCENTAGES = {MentionKind.RATE: RATE, MentionKind.SHARE: SHARE}
# What a title begins with: the component that the table is about.
_PREFIX = re.compile(r"\s*([^:：]+?)\s*[:：]")


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
