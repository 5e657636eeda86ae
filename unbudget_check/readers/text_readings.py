"""Each row of a table cut into its columns: by print first, by its neighbours, by sums at last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from unbudget_check.readers.text_cuts import cut
from unbudget_check.readers.text_edges import by_edges, edges_of
from unbudget_check.readers.text_offers import Settled, readings_of_row, usual_blanks
from unbudget_check.readers.text_ties import find_sums, score, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unbudget_check.languages import NumberStyle
    from unbudget_check.readers.text_cuts import Span
    from unbudget_check.readers.text_offers import Places, PrintedRow, Reading
    from unbudget_check.readers.text_ties import Sum, Values

FIRST_BLANK = 8  # what the first column has ahead of the others in a block of posts below money


def settle_rows(
    rows: Sequence[PrintedRow], count: int, known: Sequence[Sum], style: NumberStyle
) -> list[Settled | None]:
    """Every row cut into ``count`` columns; None where a row cannot be read so at all."""
    settled = [_plain(row, count) for row in rows]
    if None not in settled:
        return settled
    edges = edges_of([(row.text, row.tail) for row in rows], count)
    usual = usual_blanks(rows, count)
    choices: list[list[Reading]] = []
    for at, row in enumerate(rows):
        places = by_edges(row.text, row.tail, edges) if edges and not settled[at] else None
        settled[at] = Settled(places) if places else settled[at]
        choices.append([] if settled[at] else readings_of_row(row, count, usual.get(row.block)))
    sums = _sums(rows, choices, settled, (count, known), style)
    _place_blanks(rows, choices, settled, sums, style)
    for at, readings in enumerate(choices):
        if settled[at] is None and readings:
            settled[at] = _choose(rows[at], readings, sums, style)
    return settled


def _plain(row: PrintedRow, count: int) -> Settled | None:
    """The one reading of a row in which print leaves no choice."""
    tail = row.tail
    if row.is_counted or not tail.fewest == count == tail.most:
        return None
    cuts = cut(tail, 0, count)
    return Settled(next(cuts.spans())) if cuts else None


def values_of(row: PrintedRow, places: Places, style: NumberStyle) -> Values:
    """The figures of a row in its columns, on one scale."""
    return tuple(None if span is None else _value(row, span, style) for span in places)


def _value(row: PrintedRow, span: Span, style: NumberStyle) -> int | None:
    atoms = row.tail.atoms
    return value_of(row.text[atoms[span[0]].start : atoms[span[1]].end], style)


def _sums(
    rows: Sequence[PrintedRow],
    choices: Sequence[Sequence[Reading]],
    settled: Sequence[Settled | None],
    promised: tuple[int, Sequence[Sum]],
    style: NumberStyle,
) -> tuple[Sum, ...]:
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
    return find_sums(whole, *promised)


def _place_blanks(
    rows: Sequence[PrintedRow],
    choices: Sequence[list[Reading]],
    settled: list[Settled | None],
    sums: Sequence[Sum],
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
    readings: Sequence[Reading],
    empty: tuple[int, ...],
    sums: Sequence[Sum],
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
    readings: Sequence[Reading],
    sums: Sequence[Sum],
    style: NumberStyle,
    empty: tuple[int, ...] = (),
) -> Settled | None:
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
    return Settled(places, skipped, chosen=len(ranked) > 1, doubtful=strained or len(best) > 1)


def _spread(reading: Reading, empty: tuple[int, ...]) -> Places:
    """The figures in their columns, with the blank cells left out."""
    figures = iter(reading.figures)
    count = len(reading.figures) + len(empty)
    return tuple(None if at in empty else next(figures) for at in range(count))
