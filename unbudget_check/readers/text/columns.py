"""Choose the columns of a text table: their number, their edges, and the cut of each row.

Where borders are lost, the rows vote for the number of columns: a row in which print leaves no
choice votes for one number, any other row for a span of numbers. What the headings suggest is
believed where enough of the rows can be cut so. Columns that are still set one under the other
have their right edges in common. A row that could be cut in several ways, all equal in print, is
read so that the sums across columns that hold in other rows hold in it; no figure is altered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from unbudget_check.notation.numerals import numeral_reader
from unbudget_check.readers.text.cuts import (
    WIDE_GAP_BLANKS,
    SettledRow,
    cut,
    readings_of_row,
    usual_blanks,
)
from unbudget_check.readers.text.words import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.lexicon import NumberStyle
    from unbudget_check.readers.text.cuts import Places, PrintedRow, RowCut, Span, Tail


FEWEST_COLUMNS = 3  # a sum and two parts
FEWEST_BEARING_ROWS = 2  # rows that bear a sum out
MOST_SUMMED_COLUMNS = 24  # beyond that the sums are too many to try
MOST_COLUMNS_OF_TRIPLES = 9  # columns up to which any three may make a sum
NEAREST_COLUMNS = 5  # in wider tables only columns as near as this
MOST_DECIMALS = 6  # decimals kept when figures of one table are put on one scale

Values = tuple[int | None, ...]


MOST_COLUMNS = 40
# Rows that must agree before a table is believed without headings.
FEWEST_AGREEING_ROWS = 2

# A closing bracket may hang over the edge of its column by one place.
LOOSE = 1
FEWEST_ALIGNED_ROWS = 2  # rows that must line up

FIRST_BLANK = 8  # what the first column has ahead of the others in a block of posts below money


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """Column ``total`` is the sum of the columns ``parts``; ``weight`` tells how sure that is."""

    total: int
    parts: tuple[int, ...]
    weight: int = 1


def value_of(text: str, style: NumberStyle) -> int | None:
    """A printed figure in millionths, or None for a blank, "n/a" or words; a dash is nothing."""
    number = numeral_reader(style)(text).number
    if number is None:
        return None
    shift = MOST_DECIMALS + number.exponent
    return number.units * int(10**shift) if shift >= 0 else number.units // int(10**-shift)


def find_column_sums(rows: Sequence[Values], width: int) -> tuple[ColumnSum, ...]:
    """The sums that most of the rows bear out."""
    if not FEWEST_COLUMNS <= width <= MOST_SUMMED_COLUMNS or len(rows) < FEWEST_BEARING_ROWS:
        return ()
    found = []
    for total in _possible(width):
        held = _held(rows, total)
        if 4 * held >= 3 * len(rows):
            weight = 2 if any(_is_telling(row, total) for row in rows) else 1
            found.append(ColumnSum(total.total, total.parts, weight))
    return tuple(found)


def score(row: Values, sums: Sequence[ColumnSum]) -> int:
    """How many of the sums hold in a row, the surer ones counting more."""
    return sum(total.weight for total in sums if _holds(row, total))


def _possible(width: int) -> Iterator[ColumnSum]:
    """One of three columns made by the other two; a run that makes the next; all but one."""
    reach = width if width <= MOST_COLUMNS_OF_TRIPLES else NEAREST_COLUMNS
    for first, second, third in combinations(range(width), 3):
        if third - first < reach:
            yield ColumnSum(third, (first, second))
            yield ColumnSum(second, (first, third))
            yield ColumnSum(first, (second, third))
    for total in range(3, width):
        for first in range(max(total - MOST_COLUMNS_OF_TRIPLES, 0), total - 2):
            yield ColumnSum(total, tuple(range(first, total)))
    yield ColumnSum(0, tuple(range(1, width)))


def _held(rows: Sequence[Values], total: ColumnSum) -> int:
    return sum(_holds(row, total) for row in rows)


def _holds(row: Values, total: ColumnSum) -> bool:
    """Whether the parts make the total, none of them blank."""
    computed = 0
    for part in total.parts:
        value = row[part]
        if value is None:
            return False
        computed += value
    return computed == row[total.total]


def _is_telling(row: Values, total: ColumnSum) -> bool:
    """Whether the sum says something in this row: at least two of its parts are not nothing."""
    return _holds(row, total) and sum(bool(row[part]) for part in total.parts) > 1


def count_columns(tails: Sequence[Tail], headed: Iterable[int]) -> int:
    """The number of columns of figures, or 0 where the rows do not make a table."""
    if not tails:
        return 0
    spans = [(tail.fewest, tail.most) for tail in tails]
    pinned = Counter(low for low, high in spans if low == high)
    for count in headed:
        # One row is enough under headings that fit it; else two rows in five, or the widest ones.
        support = _support(spans, count)
        if 5 * support >= 2 * len(spans) or (
            support >= FEWEST_AGREEING_ROWS and max(pinned, default=0) <= count
        ):
            return count
    steady = [
        n
        for n, rows in pinned.items()
        if rows >= FEWEST_AGREEING_ROWS and 10 * rows >= 3 * len(spans)
    ]
    if steady:
        # Two blocks may share a table, the lower one without the first column: the wider rules.
        return _bounded(max(steady))
    supported = Counter(n for low, high in spans for n in range(low, min(high, MOST_COLUMNS) + 1))
    best = max(supported, key=lambda n: (supported[n], pinned[n], n), default=0)
    return _bounded(best) if supported[best] >= FEWEST_AGREEING_ROWS else 0


def is_column(singles: Sequence[bool], headed: Iterable[int]) -> bool:
    """Whether lines that end in one figure each make a table with one column of figures."""
    found = sum(singles)
    if 1 in headed:
        return found >= 1
    return found >= FEWEST_AGREEING_ROWS and 5 * found >= 3 * len(singles)


def _support(spans: Sequence[tuple[int, int]], count: int) -> int:
    return sum(low <= count <= high for low, high in spans)


def _bounded(count: int) -> int:
    return count if count <= MOST_COLUMNS else 0


def edges_of(rows: Sequence[tuple[str, Tail]], count: int) -> tuple[int, ...]:
    """The right edges of the columns; () where the rows are not set in columns.

    Text without layout may line up by chance, when labels and figures are equally long; so the
    labels must differ in length.
    """
    full = [(text, tail) for text, tail in rows if tail.fewest == count == tail.most and tail.atoms]
    labels = {width(text[: tail.atoms[0].start].rstrip()) for text, tail in full}
    if (
        len(full) < FEWEST_ALIGNED_ROWS
        or count < FEWEST_ALIGNED_ROWS
        or len(labels) < FEWEST_ALIGNED_ROWS
    ):
        return ()
    ends = [_figure_ends(text, tail, count) for text, tail in full]
    columns = list(zip(*ends, strict=True))
    if any(max(column) - min(column) > LOOSE for column in columns):
        return ()
    edges = tuple(max(column) for column in columns)
    return edges if min(b - a for a, b in pairwise(edges)) > LOOSE + 1 else ()


def lone_edges(text: str, tail: Tail) -> tuple[int, ...]:
    """The right edges that a single row suggests, where all of its gaps are wide."""
    wide = all(atom.gap >= WIDE_GAP_BLANKS for atom in tail.atoms if not atom.groups)
    if tail.fewest != tail.most or tail.fewest < FEWEST_ALIGNED_ROWS or not wide:
        return ()
    return _figure_ends(text, tail, tail.fewest)


def by_edges(text: str, tail: Tail, edges: Sequence[int]) -> tuple[Span | None, ...] | None:
    """The atoms that make up each column's figure, by where they end; None where one is astray."""
    homes = [_home(end, edges) for end in _ends(text, tail)]
    if not homes or homes[-1] is None:
        return None
    spans: list[Span | None] = [None] * len(edges)
    joinable = {pair.at for pair in tail.regular} | set(tail.irregular)
    first = 0
    for at, home in enumerate(homes):
        if home is None and at not in joinable:
            return None
        if home is None:
            continue
        if spans[home] is not None:
            return None
        spans[home] = (first, at)
        first = at + 1
    return tuple(spans)


def _figure_ends(text: str, tail: Tail, count: int) -> tuple[int, ...]:
    cuts = cut(tail, 0, count)
    ends = _ends(text, tail)
    return tuple(ends[last] for _, last in next(cuts.spans())) if cuts else ()


def _ends(text: str, tail: Tail) -> tuple[int, ...]:
    """The place on the page where each atom ends."""
    if text.isascii():
        return tuple(atom.end for atom in tail.atoms)
    return tuple(width(text[: atom.end]) for atom in tail.atoms)


def _home(end: int, edges: Sequence[int]) -> int | None:
    return next((at for at, edge in enumerate(edges) if abs(edge - end) <= LOOSE), None)


def settle_rows(
    rows: Sequence[PrintedRow], count: int, style: NumberStyle
) -> list[SettledRow | None]:
    """Every row cut into ``count`` columns; None where a row cannot be read so at all."""
    settled = [_plain(row, count) for row in rows]
    if None not in settled:
        return settled
    edges = edges_of([(row.text, row.tail) for row in rows], count)
    usual = usual_blanks(rows, count)
    choices: list[list[RowCut]] = []
    for at, row in enumerate(rows):
        places = by_edges(row.text, row.tail, edges) if edges and not settled[at] else None
        settled[at] = SettledRow(places) if places else settled[at]
        choices.append([] if settled[at] else readings_of_row(row, count, usual.get(row.block)))
    sums = _sums(rows, choices, settled, count, style)
    _place_blanks(rows, choices, settled, sums, style)
    for at, readings in enumerate(choices):
        if settled[at] is None and readings:
            settled[at] = _choose(rows[at], readings, sums, style)
    return settled


def _plain(row: PrintedRow, count: int) -> SettledRow | None:
    """The one reading of a row in which print leaves no choice."""
    tail = row.tail
    if row.is_counted or not tail.fewest == count == tail.most:
        return None
    cuts = cut(tail, 0, count)
    return SettledRow(next(cuts.spans())) if cuts else None


def values_of(row: PrintedRow, places: Places, style: NumberStyle) -> Values:
    """The figures of a row in its columns, on one scale."""
    return tuple(None if span is None else _value(row, span, style) for span in places)


def _value(row: PrintedRow, span: Span, style: NumberStyle) -> int | None:
    atoms = row.tail.atoms
    return value_of(row.text[atoms[span[0]].start : atoms[span[1]].end], style)


def _sums(
    rows: Sequence[PrintedRow],
    choices: Sequence[Sequence[RowCut]],
    settled: Sequence[SettledRow | None],
    count: int,
    style: NumberStyle,
) -> tuple[ColumnSum, ...]:
    """The sums across columns that the rows without choice bear out; found only when needed."""
    certain = [s.places if s else None for s in settled]
    for at, readings in enumerate(choices):
        if len(readings) == 1 and not readings[0].blanks:
            certain[at] = readings[0].figures
    whole = [
        values_of(row, places, style)
        for row, places in zip(rows, certain, strict=True)
        if places is not None and None not in places
    ]
    return find_column_sums(whole, count)


def _place_blanks(
    rows: Sequence[PrintedRow],
    choices: Sequence[list[RowCut]],
    settled: list[SettledRow | None],
    sums: Sequence[ColumnSum],
    style: NumberStyle,
) -> None:
    """Settles the rows with blank cells, block by block: the same cells are blank in all."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, readings in enumerate(choices):
        if settled[at] is None and readings and min(r.blanks for r in readings):
            groups[rows[at].block, readings[0].blanks].append(at)
    for (_, blanks), members in groups.items():
        first = FIRST_BLANK if _is_below_money(rows, members) else 0
        count = len(choices[members[0]][0].figures) + blanks
        ranked: dict[tuple[int, ...], int] = {}
        for empty in combinations(range(count), blanks):
            points = sum(_best_score(rows[at], choices[at], empty, sums, style) for at in members)
            ranked[empty] = points + (0 if empty[0] else first * len(members))
        top = max(ranked.values())
        best = [empty for empty, points in ranked.items() if points == top]
        if blanks > 1 and not top:
            continue
        for at in members:
            filled = _choose(rows[at], choices[at], sums, style, best[0])
            if filled is not None:
                settled[at] = replace(filled, doubtful=filled.doubtful or len(best) > 1)


def _best_score(
    row: PrintedRow,
    readings: Sequence[RowCut],
    empty: tuple[int, ...],
    sums: Sequence[ColumnSum],
    style: NumberStyle,
) -> int:
    fitting = [reading for reading in readings if reading.blanks == len(empty)]
    scores = [score(values_of(row, _spread(r, empty), style), sums) for r in fitting]
    return max(scores, default=0)


def _is_below_money(rows: Sequence[PrintedRow], members: Sequence[int]) -> bool:
    """Whether these rows hold whole numbers and others do not: posts, on which nothing is spent."""
    return _is_whole(rows[at] for at in members) and not _is_whole(rows)


def _is_whole(rows: Iterable[PrintedRow]) -> bool:
    return all(row.tail.atoms[-1].decimals <= 0 for row in rows)


def _choose(
    row: PrintedRow,
    readings: Sequence[RowCut],
    sums: Sequence[ColumnSum],
    style: NumberStyle,
    empty: tuple[int, ...] = (),
) -> SettledRow | None:
    """The reading that fits the sums best; the first one, in doubt, where several fit."""
    ranked: dict[tuple[int, Places], int] = {}
    for reading in readings:
        if len(empty) != reading.blanks:
            continue
        places = _spread(reading, empty)
        ranked[reading.skipped, places] = score(values_of(row, places, style), sums)
    if not ranked:
        return None
    top = max(ranked.values())
    best = [key for key, points in ranked.items() if points == top]
    skipped, places = best[0]
    strained = any(reading.is_strained for reading in readings)
    return SettledRow(places, skipped, chosen=len(ranked) > 1, doubtful=strained or len(best) > 1)


def _spread(reading: RowCut, empty: tuple[int, ...]) -> Places:
    """The figures in their columns, with the blank cells left out."""
    figures = iter(reading.figures)
    count = len(reading.figures) + len(empty)
    return tuple(None if at in empty else next(figures) for at in range(count))
