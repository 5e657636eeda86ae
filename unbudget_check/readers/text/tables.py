"""Turn a stretch of printed lines into a table, with or without a caption.

Tables without a caption: runs of lines that all end in the same number of figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.lexicon import normalise
from unbudget_check.notation.column_numbers import is_numbering
from unbudget_check.notation.units import is_unit_line
from unbudget_check.readers.text.columns import (
    by_edges,
    count_columns,
    edges_of,
    is_column,
    settle_rows,
)
from unbudget_check.readers.text.cuts import VOTES, WIDE_GAP_BLANKS, PrintedRow, weigh_tails
from unbudget_check.readers.text.heading_lines import Headings, read_headings, stacked_headings
from unbudget_check.readers.text.headings import covered, pieces_of
from unbudget_check.readers.text.rows import (
    HeadingLayout,
    TableRow,
    build_table,
    gather_rows,
)
from unbudget_check.readers.text.words import are_years, fewest_figures, has_open_bracket, tail_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Table
    from unbudget_check.readers.text.cuts import Tail
    from unbudget_check.readers.text.pages import Idiom, Textline
    from unbudget_check.readers.text.words import Atom


# Heading lines above the first row; text further up belongs to something else.
MOST_LINES_ABOVE = 40
FEWEST_ROWS_UNHEADED = 2  # rows with figures, where no headings bear the table out
MOST_BLANKS = 2
LONG_LABEL = 30  # characters of a label that may be the beginning of a sentence

_WIDE_GAP = re.compile(r"\S(?: {2,}|\t)\s*(?=\S)")
FEWEST_ROWS_OF_RUN = 3  # rows with figures
BLANKS_OVER_FIGURES = 20  # leading blanks that put a word over the figures
PAUSE = 3  # lines without figures between two rows
MOST_HEADING_LINES = 24
FIGURES = 2  # in each row


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, the lines that it took, and whether its own headings or rows bear it out."""

    table: Table
    taken: int
    headings: Headings
    is_headed: bool
    figured: int
    columns: int


def find_table(
    textlines: Sequence[Textline], idiom: Idiom, inherited: Headings | None = None
) -> FoundTable | None:
    """The table in a stretch of lines that may begin with headings; None where there is none.

    A part of a table that prints no headings of its own has the ``inherited`` ones.
    """
    atoms = [tail_of(textline.text, idiom.style) for textline in textlines]
    # Below a single column of figures most lines end in one.
    lone = sum(fewest_figures(tail) == 1 and not are_years(tail[-1:]) for tail in atoms)
    is_single = lone >= FEWEST_ROWS_UNHEADED and 2 * lone > sum(map(bool, atoms))
    for least in (1, VOTES) if is_single else (VOTES, 1):
        first = _first_row(textlines, atoms, least)
        if first is None or first > MOST_LINES_ABOVE:
            continue
        is_labelled = bool(textlines[first].text[: atoms[first][0].start].strip())
        headings = stacked_headings(textlines, atoms, first, idiom.code) or read_headings(
            textlines[:first], idiom.code, is_labelled=is_labelled
        )
        if inherited is not None and not headings.readings:
            headings = replace(inherited, begin=0, lead=0)
        found = _table(textlines, atoms, headings, idiom)
        if found is not None:
            return found
    return None


def _first_row(
    textlines: Sequence[Textline], atoms: Sequence[Sequence[Atom]], least: int
) -> int | None:
    """The first line that ends in figures and is no heading: not only years or column numbers."""
    for at, (textline, tail) in enumerate(zip(textlines, atoms, strict=True)):
        if len(tail) < least or are_years(tail) or is_numbering(textline.text):
            continue
        return at
    return None


def _table(
    textlines: Sequence[Textline],
    atoms: Sequence[tuple[Atom, ...]],
    headings: Headings,
    idiom: Idiom,
) -> FoundTable | None:
    body = textlines[headings.begin :]
    tails = weigh_tails(body, atoms[headings.begin :], headings.counts)
    votes = [tail for tail in tails if tail is not None and len(tail.atoms) >= VOTES]
    count = count_columns(votes, headings.counts)
    singles = [tail is not None and tail.fewest == 1 for tail in tails]
    if not count and is_column(singles, headings.counts):
        count = 1
    if not count:
        return None
    repeated = frozenset(textline.bare for textline in headings.printed)
    printed = _without_sentences(body, tails, count)
    rows, taken = gather_rows(printed, partial(_is_row, count, _edges(printed, count)), repeated)
    figured = [row for row in rows if row.tail is not None]
    is_headed = count in headings.counts
    if len(figured) < (1 if is_headed else FEWEST_ROWS_UNHEADED):
        return None
    if not is_headed and 5 * len(figured) < 2 * taken:
        return None
    if 2 * sum(bool(row.label_lines) for row in figured) < len(figured):
        return None
    table = _build(rows, count, headings, idiom)
    return FoundTable(table, headings.begin + taken, headings, is_headed, len(figured), count)


def _without_sentences(
    body: Sequence[Textline], tails: Sequence[Tail | None], count: int
) -> list[tuple[Textline, Tail | None]]:
    """The lines with their tails, less those of sentences that end in figures and go on below."""
    printed: list[tuple[Textline, Tail | None]] = []
    for at, (textline, tail) in enumerate(zip(body, tails, strict=True)):
        below = body[at + 1] if at + 1 < len(body) else None
        goes_on = below is not None and below.bare[:1].islower() and tails[at + 1] is None
        is_short = tail is not None and tail.most < count
        printed.append((textline, None if goes_on and is_short else tail))
    return printed


def _edges(printed: Sequence[tuple[Textline, Tail | None]], count: int) -> tuple[int, ...]:
    return edges_of([(line.text, tail) for line, tail in printed if tail is not None], count)


def _is_row(count: int, edges: Sequence[int], textline: Textline, tail: Tail) -> bool:
    """Whether a line has enough figures for a row: a blank cell or two may be missing.

    Figures inside an open bracket, or at the end of a line that runs on, belong to a sentence.
    Where columns are still set one below the other, a single figure in its place is enough.
    """
    label = textline.text[: tail.atoms[0].start]
    if textline.runs_on and len(label) > LONG_LABEL:
        return False
    if has_open_bracket(label) and has_open_bracket(textline.text):
        return False
    least = max(min(count, VOTES), count - MOST_BLANKS)
    in_place = bool(edges) and tail.atoms[0].gap >= WIDE_GAP_BLANKS
    in_place = in_place and by_edges(textline.text, tail, edges) is not None
    return in_place or len(tail.atoms) >= least


def _build(rows: Sequence[TableRow], count: int, headings: Headings, idiom: Idiom) -> Table:
    printed: list[PrintedRow] = []
    block = 0
    for row in rows:
        if row.textline is None or row.tail is None:
            block += 1
            continue
        label = row.textline.text[: row.tail.atoms[0].start].strip()
        is_counted = normalise(label) in idiom.subtotals
        printed.append(PrintedRow(row.textline.text, row.tail, block, bool(label), is_counted))
    fitting = (heading for heading in headings.readings if len(heading.leaves) == count)
    heading = next(fitting, None)
    label = heading.label if heading else next((h.label for h in headings.readings), "")
    numbering = headings.numbering if len(headings.numbering) in (count, count + 1) else ()
    layout = HeadingLayout(
        count,
        heading,
        label,
        numbering,
        headings.textlines,
        idiom.notes,
        is_by_order=not headings.is_placed,
    )
    cuts = iter(settle_rows(printed, count, idiom.style))
    return build_table(layout, rows, [next(cuts) if row.tail is not None else None for row in rows])


def find_runs(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None
) -> list[tuple[int, FoundTable]]:
    """The tables among lines of running text: where each begins, and the table."""
    found: list[tuple[int, FoundTable]] = []
    free = 0
    for first, last in _runs(textlines, idiom):
        begin = _begin(textlines, first, free, idiom, language)
        table = find_table(textlines[begin : last + 1], idiom)
        if table is not None and _is_sure(table):
            found.append((begin, table))
            free = begin + table.taken
    return found


def _runs(textlines: Sequence[Textline], idiom: Idiom) -> list[tuple[int, int]]:
    """First and last lines of runs of labelled rows."""
    runs: list[tuple[int, int]] = []
    counts: list[int] = []
    for at, textline in enumerate(textlines):
        tail = tail_of(textline.text, idiom.style)
        if len(tail) < FIGURES or are_years(tail):
            continue
        if not any(map(str.isalpha, textline.text[: tail[0].start])):
            continue
        if runs and at - runs[-1][1] <= PAUSE + 1:
            runs[-1] = (runs[-1][0], at)
            counts[-1] += 1
        else:
            runs.append((at, at))
            counts.append(1)
    return [run for run, count in zip(runs, counts, strict=True) if count >= FEWEST_ROWS_OF_RUN]


def _begin(
    textlines: Sequence[Textline], first: int, free: int, idiom: Idiom, language: Language | None
) -> int:
    """The first heading line above a run; units and other text are left out."""
    above = textlines[max(free, first - MOST_HEADING_LINES) : first]
    known = covered(above, pieces_of(above, idiom.code))
    begin = first
    for at in range(len(above) - 1, -1, -1):
        textline = above[at]
        tail = tail_of(textline.text, idiom.style)
        is_years = bool(tail) and are_years(tail)
        if is_unit_line(textline.bare, language):
            break
        is_wide = len(_WIDE_GAP.findall(textline.bare)) >= FIGURES
        is_far = len(textline.text) - len(textline.text.lstrip()) >= BLANKS_OVER_FIGURES
        if known[at] or is_years or is_wide or is_far or is_numbering(textline.text):
            begin = first - (len(above) - at)
        elif begin < first:
            break
    return begin


def _is_sure(found: FoundTable) -> bool:
    """Without a caption a table needs headings that fit, or many rows with many figures."""
    if found.columns < FIGURES or found.figured < FEWEST_ROWS_OF_RUN:
        return False
    return found.is_headed or found.columns > FIGURES or found.figured > FEWEST_ROWS_OF_RUN
