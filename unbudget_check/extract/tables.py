"""One table, understood: its columns, rows, figures and the sums that it claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.evidence.weight import standing_of
from unbudget_check.extract.columnwise import find_ties, untied
from unbudget_check.extract.derived import with_derived
from unbudget_check.extract.figures import number_figures
from unbudget_check.extract.headings import columns_of
from unbudget_check.extract.layout import (
    BY_ORDER_BITS,
    Layout,
    are_crossed,
    lay_out,
    other_headings,
)
from unbudget_check.extract.precision import settle_precision
from unbudget_check.extract.rows import rows_of
from unbudget_check.extract.sums import Amounts, Top, in_one_unit, sums_of
from unbudget_check.extract.units import PERCENTAGE, settle_units
from unbudget_check.extract.variance import evidence_of, figures_in, settle_by_figures, wins
from unbudget_check.model.facts import (
    Column,
    ColumnRole,
    Row,
    RowRole,
    TableFacts,
)
from unbudget_check.model.reading import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unbudget_check.extract.context import Context
    from unbudget_check.extract.declared import Declared
    from unbudget_check.extract.variance import Rows
    from unbudget_check.languages import Language
    from unbudget_check.model.document import Table
    from unbudget_check.model.number import Number
    from unbudget_check.model.worksheets import Worksheets


@dataclass(frozen=True, slots=True)
class Understood:
    """A table's facts, its figures in the order of its grid, and the rows that it leaves open."""

    facts: TableFacts
    numbers: tuple[Number, ...]
    counts: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]
    tops: tuple[Top, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What a table inherits from the one that it continues: open rows, and columns."""

    tops: tuple[Top, ...] = ()
    columns: tuple[Column, ...] = ()


def understand_table(  # noqa: PLR0913, PLR0917  where it stands, and all that is known before it
    table: Table,
    context: Context,
    language: Language,
    ordinal: int,
    first: int,
    before: Before,
    worksheets: Worksheets,
) -> Understood | None:
    """The facts of one table, or None where it holds no figures.

    ``ordinal`` numbers the table in its document, ``first`` its first figure in the vector.
    """
    layout = lay_out(table, language.numbers)
    if layout is None:
        return None
    columns = _columns(layout, context, language, before)
    rows = rows_of(layout, columns, language)
    body = [layout.numerals[row.index] for row in rows]
    rows = settle_units(rows, body, columns, context.units)
    facts = _table_facts(table, context, ordinal, columns, rows, layout)
    facts = with_derived(facts, language)
    facts, numbering = number_figures(facts, first, language)
    amounts = in_one_unit(facts)
    declared = _declared(facts, worksheets) if worksheets else {}
    footings, unclear, tops = sums_of(facts, amounts, before.tops, declared)
    facts = replace(facts, footings=tuple(footings), unclear=tuple(unclear))
    return Understood(
        _with_ties(facts, amounts),
        tuple(numbering.numbers),
        tuple(numbering.counts),
        tuple(numbering.places),
        tuple(tops),
    )


def _declared(facts: TableFacts, worksheets: Worksheets) -> Mapping[int, Declared]:
    """What the formulas of a worksheet add up; only few documents have any."""
    from unbudget_check.extract.declared import declared_sums

    return declared_sums(facts, worksheets)


def _columns(
    layout: Layout, context: Context, language: Language, before: Before
) -> tuple[Column, ...]:
    """The columns, below the headings that the rows bear out: mostly those in their grid column."""
    body = layout.numerals[layout.body :]
    rows = figures_in(body)
    columns = _settled(columns_of(layout, language), rows, context)
    inherited = before.columns if len(before.columns) == len(columns) else ()
    if not layout.body and inherited:
        return _settled(inherited, rows, context)  # the table goes on without its headings
    now = evidence_of(columns, rows, body)
    is_refuted = now.failed >= now.held or standing_of(now) is Standing.REFUTED
    if not (now.failed and is_refuted) and not are_crossed(layout):
        return columns
    best = columns, now
    others = ((columns_of(other, language), cost) for other, cost in other_headings(layout))
    again = [(inherited, BY_ORDER_BITS)] if _is_reordered(inherited, columns) else []
    for found, cost in (*again, *others):
        settled = _settled(found, rows, context)
        weight = evidence_of(settled, rows, body)
        weight = replace(weight, prior=weight.prior - cost)
        if weight.bits > best[1].bits and wins(weight, now):
            best = settled, weight
    return best[0]


def _settled(columns: tuple[Column, ...], rows: Rows, context: Context) -> tuple[Column, ...]:
    """The columns with the roles that their figures tell."""
    if context.units and context.units[0].kind == PERCENTAGE:
        columns = tuple(map(_as_share, columns))
    return settle_by_figures(columns, rows)


def _is_reordered(before: Sequence[Column], columns: Sequence[Column]) -> bool:
    """Whether a table that goes on prints the headings of its first part in another order."""
    printed, again = ([c.heading for c in found] for found in (before, columns))
    return printed != again and sorted(printed) == sorted(again)


def _table_facts(
    table: Table,
    context: Context,
    ordinal: int,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    layout: Layout,
) -> TableFacts:
    """The table as laid out, before its figures are numbered and its sums are found."""
    numerals = settle_precision(rows, columns, [layout.numerals[row.index] for row in rows])
    unit = context.units[0] if context.units else None
    return TableFacts(
        ordinal,
        context.number,
        context.part,
        context.title,
        unit.kind if unit else "",
        unit.scale if unit else 0,
        columns,
        rows,
        tuple(layout.cells[row.index] for row in rows),
        numerals,
        (),
        doubt=table.doubt,
        address=table.address,
        part_title=context.part_title,
        marks="".join(cell.marks for cells in table.rows for cell in cells if cell.marks),
    )


def _with_ties(facts: TableFacts, amounts: Amounts) -> TableFacts:
    """The table with the ties across its columns that the rows bear out."""
    values, quanta = amounts
    rows = [r for r, row in enumerate(facts.rows) if row.role is not RowRole.HEADING]
    figures = [values[r] for r in rows]
    ties = find_ties(facts.columns, figures, [quanta[facts.rows[r].block] for r in rows])
    unclear = untied(facts.columns, figures, ties)
    placed = (
        replace(tie, exceptions=frozenset(rows[at] for at in tie.exceptions))
        if tie.exceptions
        else tie
        for tie in ties
    )
    return replace(facts, ties=tuple(placed), unclear_columns=unclear)


def _as_share(column: Column) -> Column:
    """In a table of percentages every figure is a share: only their total of 100 can be checked."""
    if column.role in (ColumnRole.LABEL, ColumnRole.TEXT):
        return column
    return replace(column, role=ColumnRole.SHARE)
