"""One table, understood: its columns, rows, figures and the sums that it claims."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unbudget_check.extract.columnwise import find_ties
from unbudget_check.extract.grade_lists import read_grade_list
from unbudget_check.extract.headings import columns_of
from unbudget_check.extract.layout import NUMERIC, lay_out
from unbudget_check.extract.rows import rows_of
from unbudget_check.extract.sums import Top, in_one_unit, sums_of
from unbudget_check.extract.units import PERCENTAGE, is_count, settle_units
from unbudget_check.model.document import Flaw
from unbudget_check.model.facts import (
    BLANK,
    UNCALCULATED,
    WORDS,
    Column,
    ColumnRole,
    GradeList,
    Numeral,
    Reading,
    Row,
    RowRole,
    TableFacts,
)
from unbudget_check.model.number import Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.extract.context import Context
    from unbudget_check.languages import Language
    from unbudget_check.model.document import Cell, Table

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Understood:
    """A table's facts, its figures in the order of its grid, and the rows that it leaves open."""

    facts: TableFacts
    numbers: tuple[Number, ...]
    counts: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]
    tops: tuple[Top, ...]


def understand_table(
    table: Table,
    context: Context,
    language: Language,
    ordinal: int,
    first: int,
    above: Sequence[Top] = (),
) -> Understood | None:
    """The facts of one table, or None where it holds no figures.

    ``ordinal`` numbers the table in its document, ``first`` its first figure in the vector.
    """
    layout = lay_out(table, language.numbers)
    if layout is None:
        return None
    columns = columns_of(layout, language)
    if context.units and context.units[0].kind == PERCENTAGE:
        columns = tuple(map(_as_share, columns))
    rows = rows_of(layout, columns, language)
    body = [layout.numerals[row.index] for row in rows]
    rows = settle_units(rows, body, columns, context.units)
    numerals = _with_nil_precision(rows, columns, body)
    facts = TableFacts(
        ordinal,
        context.number,
        context.part,
        context.title,
        context.units[0].kind if context.units else "",
        context.units[0].scale if context.units else 0,
        columns,
        rows,
        tuple(layout.cells[row.index] for row in rows),
        numerals,
        (),
        doubt=table.doubt,
        address=table.address,
        part_title=context.part_title,
    )
    return _with_sums(facts, first, above, language)


def _as_share(column: Column) -> Column:
    """In a table of percentages every figure is a share: only their total of 100 can be checked."""
    if column.role in (ColumnRole.LABEL, ColumnRole.TEXT):
        return column
    return replace(column, role=ColumnRole.SHARE)


def _with_nil_precision(
    rows: Sequence[Row], columns: Sequence[Column], body: Sequence[Sequence[Numeral]]
) -> tuple[tuple[Numeral, ...], ...]:
    """A dash is nil at the precision that most figures of its column and block are printed with."""
    usual: dict[tuple[int, int], int] = {}
    for column in columns:
        printed: dict[int, Counter[int]] = {}
        for row, numerals in zip(rows, body, strict=True):
            number = numerals[column.index].number
            if numerals[column.index].reading is Reading.FIGURE and number is not None:
                printed.setdefault(row.block, Counter())[number.exponent] += 1
        for block, found in printed.items():
            usual[block, column.index] = found.most_common(1)[0][0]
    blocks: dict[int, Counter[int]] = {}
    for (block, _), exponent in usual.items():
        blocks.setdefault(block, Counter())[exponent] += 1
    settled = []
    for row, numerals in zip(rows, body, strict=True):
        fallback = blocks[row.block].most_common(1)[0][0] if row.block in blocks else 0
        settled.append(
            tuple(
                replace(numeral, number=Number(0, _usual(usual, row.block, column, fallback)))
                if numeral.reading is Reading.NIL
                else numeral
                for numeral, column in zip(numerals, columns, strict=True)
            )
        )
    return tuple(settled)


def _usual(usual: dict[tuple[int, int], int], block: int, column: Column, fallback: int) -> int:
    """The precision of a column in a block; percentages are printed alike in all blocks."""
    if column.role in (ColumnRole.PERCENTAGE, ColumnRole.SHARE):
        others = [found for (_, index), found in usual.items() if index == column.index]
        fallback = min(others, default=fallback)
    return usual.get((block, column.index), fallback)


def _with_sums(
    facts: TableFacts, first: int, above: Sequence[Top], language: Language
) -> Understood:
    numbers: list[Number] = []
    counts: list[bool] = []
    places: list[tuple[int, int, int]] = []
    grid = [[-1] * len(facts.columns) for _ in facts.rows]
    for r, (row, numerals) in enumerate(zip(facts.rows, facts.numerals, strict=True)):
        for column, numeral in zip(facts.columns, numerals, strict=True):
            figured = numeral.reading in NUMERIC and numeral.number is not None
            if figured and column.role not in (ColumnRole.LABEL, ColumnRole.TEXT):
                grid[r][column.index] = first + len(numbers)
                numbers.append(numeral.number or Number(0))
                counts.append(is_count(row, column))
                places.append((r, column.index, 0))
            else:
                grid[r][column.index] = _absence(facts.cells[r][column.index], numeral, column)
    lists = []
    for found, stated in _grade_lists(facts, grid, language):
        items = tuple((grade, first + len(numbers) + at) for at, (grade, _) in enumerate(stated))
        lists.append(replace(found, items=items))
        numbers.extend(Number(count) for _, count in stated)
        counts.extend(True for _ in stated)
        places.extend((found.row, found.column, at) for at in range(1, len(stated) + 1))
    footings, unclear, tops = sums_of(facts, above)
    values, quanta = in_one_unit(facts)
    rows_with_figures = [r for r, row in enumerate(facts.rows) if row.role is not RowRole.HEADING]
    ties = find_ties(
        facts.columns,
        [values[r] for r in rows_with_figures],
        [quanta[facts.rows[r].block] for r in rows_with_figures],
    )
    done = replace(
        facts,
        grid=tuple(map(tuple, grid)),
        footings=tuple(footings),
        ties=ties,
        lists=tuple(lists),
        unclear=tuple(unclear),
    )
    return Understood(done, tuple(numbers), tuple(counts), tuple(places), tuple(tops))


def _absence(cell: Cell | None, numeral: Numeral, column: Column) -> int:
    """Why a cell holds no figure: a blank, a formula without a value, or words."""
    if column.role in (ColumnRole.LABEL, ColumnRole.TEXT):
        return BLANK
    if cell is not None and cell.flaw is Flaw.UNCALCULATED:
        return UNCALCULATED
    return BLANK if numeral.reading is Reading.BLANK else WORDS


def _grade_lists(
    facts: TableFacts, grid: Sequence[Sequence[int]], language: Language
) -> Iterator[tuple[GradeList, tuple[tuple[str, int], ...]]]:
    """Cells of words that list posts by grade, beside the number that they explain."""
    for r, row in enumerate(facts.rows):
        beside = [number for number in grid[r] if number >= 0]
        if len(beside) != 1:
            continue
        for column in facts.columns:
            cell = facts.cells[r][column.index]
            if cell is None or column.role is not ColumnRole.TEXT:
                continue
            stated = read_grade_list(cell.text, language)
            if stated:
                year = _YEAR.search(row.label)
                yield (
                    GradeList(r, column.index, beside[0], (), int(year[0]) if year else None),
                    stated,
                )
