"""Formulas unlike their neighbours, and numbers where the neighbours have formulas.

Along a row or a column most formulas are copies of one another: relative to their own cells they
are the same text. One that differs between two of them is an exception, and needs a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.facts import ColumnRole, RowRole
from unbudget_check.worksheet.evaluate import NotEvaluatedError
from unbudget_check.worksheet.grammar import relative

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from unbudget_check.checks.formula_cells import FormulaCells
    from unbudget_check.model.facts import Spot, TableFacts
    from unbudget_check.worksheet.evaluate import Address

UNLIKE, UNLIKE_FACTOR = "unlike", "unlike-factor"
TYPED, TYPED_SAME = "typed-over", "typed-over-same"
# So many copies on a line are a habit, if they are three in four of its formulas.
ENOUGH = 3
MOST = 3, 4
_WORDY = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS})
_AREA = re.compile(
    r"R(?:\[-?\d+\]|\d+)C(?:\[-?\d+\]|\d+)(?::R(?:\[-?\d+\]|\d+)C(?:\[-?\d+\]|\d+))?"
)
_FIXED = re.compile(r"(?:[^\W\d][\w.]*!|'[^']*'!)?R\d+C\d+")
_NUMBER = re.compile(r"(?<![\w\[.])\d+(?:\.\d+)?(?![\w\].])")

# What a defect is made of: its name, cell, value, and what it is told against.
Found = tuple[str, "Address", "Decimal | None", str]


@dataclass(frozen=True, slots=True)
class _Member:
    """One cell of a line: its formula in relative notation, empty for a typed number."""

    cell: Address
    text: str


def line_defects(cells: FormulaCells) -> Iterator[Found]:
    """Every odd cell of every row and column of every table."""
    for table in cells.facts.tables:
        texts = {
            (spot.row, spot.column): _Member(cell, _text(cells, cell))
            for cell, spot in _cells_of(cells, table)
        }
        columns = [c.index for c in table.columns if c.role not in _WORDY]
        items = [r for r, row in enumerate(table.rows) if row.role is RowRole.ITEM]
        for column in columns:
            line = [texts[r, column] for r in items if (r, column) in texts]
            yield from _odd(cells, line, texts, across=False)
        for r in range(len(table.rows)):
            line = [texts[r, column] for column in columns if (r, column) in texts]
            yield from _odd(cells, line, texts, across=True)


def _cells_of(cells: FormulaCells, table: TableFacts) -> Iterator[tuple[Address, Spot]]:
    for r in range(len(table.rows)):
        for c in range(len(table.columns)):
            cell = cells.places.get((table.ordinal, r, c))
            if cell is not None and cell in cells.figures:
                yield cell, cells.spots[cell]


def _text(cells: FormulaCells, cell: Address) -> str:
    formula = cells.found.formula(cell)
    return relative(formula, cell[1:]) if formula else ""


def _odd(
    cells: FormulaCells,
    line: Sequence[_Member],
    texts: dict[tuple[int, int], _Member],
    *,
    across: bool,
) -> Iterator[Found]:
    """The cells of one line that stand between two copies and are none."""
    counts = Counter(member.text for member in line)
    if max((n for text, n in counts.items() if text), default=0) < ENOUGH:
        return
    typed = counts[""]
    for at, member in enumerate(line):
        around = _habit(line, at, is_last_told=not across and bool(member.text))
        if around is None or around == member.text:
            continue
        whole = len(line) if not member.text else len(line) - typed
        most, of = MOST
        if counts[around] < ENOUGH or counts[around] * of < most * whole:
            continue
        if not _has_twin(cells, member, texts, across=across):
            yield from _told(cells, member, around, line[at - 1].cell)


def _habit(line: Sequence[_Member], at: int, *, is_last_told: bool) -> str | None:
    """The formula on both sides of a cell, or before it where the line ends there."""
    if at == 0:
        return None
    before = line[at - 1].text
    if at == len(line) - 1:
        is_long = at > ENOUGH and all(
            member.text == before for member in line[at - 1 - ENOUGH : at]
        )
        return before if is_last_told and before and is_long else None
    return before if before and before == line[at + 1].text else None


def _has_twin(
    cells: FormulaCells,
    member: _Member,
    texts: dict[tuple[int, int], _Member],
    *,
    across: bool,
) -> bool:
    """Whether the cells beside it, across its line, are like it: then it was made so on purpose."""
    spot = cells.spots[member.cell]
    steps = ((1, 0), (-1, 0)) if across else ((0, 1), (0, -1))
    for down, right in steps:
        place = spot.row + down, spot.column + right
        other = texts.get(place)
        if other is None or other.text != member.text:
            continue
        along = (m for at, m in texts.items() if at[not across] == place[not across])
        if member.text or _are_copies(list(along)):
            return True
    return False


def _are_copies(line: Sequence[_Member]) -> bool:
    """Whether most cells of a line have formulas: a typed number is an exception there."""
    return 2 * sum(bool(member.text) for member in line) > len(line)


def _told(cells: FormulaCells, member: _Member, habit: str, neighbour: Address) -> Iterator[Found]:
    """What is said of an odd cell, if it makes a difference and nothing explains it."""
    found, cell = cells.found, member.cell
    try:
        areas = list(found.ranges_in(habit, cell))
        if not areas or not all(_is_filled(cells, *each) for each in areas):
            return
        value = found.evaluate_as(habit, cell)
    except NotEvaluatedError:
        return
    figure = cells.figures[cell]
    shown, printed = cells.shown(figure, value), cells.facts.numbers[figure]
    if shown is None:
        return
    named = f"={found.formula(neighbour)}"
    if not member.text:
        yield (TYPED_SAME, cell, None, named) if shown == printed else (TYPED, cell, value, named)
    elif shown != printed:
        name = _kind_of_difference(member.text, habit)
        if name:
            yield name, cell, value, named


def _is_filled(cells: FormulaCells, sheet: int, rows: range, columns: range) -> bool:
    """Whether a reference finds a number: what is not filled in is no slip."""
    held = cells.found.cells_in(sheet, rows, columns)
    return any(cells.found.stored(each) is not None for each in held)


def _kind_of_difference(text: str, habit: str) -> str:
    """Whether a formula differs by its references, by a number in it, or in kind on purpose."""
    own, usual = _AREA.findall(text), _AREA.findall(habit)
    bare, usual_bare = _AREA.sub("@", text), _AREA.sub("@", habit)
    if bare == usual_bare:
        differing = [one for one, other in zip(own, usual, strict=True) if one != other]
        is_chosen = all(_FIXED.fullmatch(each) for each in differing)
        return "" if is_chosen else UNLIKE
    if _NUMBER.sub("#", bare) == _NUMBER.sub("#", usual_bare) and own == usual:
        return UNLIKE_FACTOR
    is_less = set(own) <= set(usual) and set(_NUMBER.findall(bare)) <= set(
        _NUMBER.findall(usual_bare)
    )
    return UNLIKE if is_less else ""
