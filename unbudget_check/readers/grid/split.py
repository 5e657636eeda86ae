"""Where one table of a sheet ends and the next begins: blank rows, captions, blank columns.

The look of rows decides before a language is known: figures, headings, captions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.lexicon import normalise
from unbudget_check.model.document import Flaw
from unbudget_check.notation.captions import has_table_caption
from unbudget_check.notation.column_numbers import is_numbering_row
from unbudget_check.notation.figures import is_amount, looks_like_figure
from unbudget_check.notation.years import is_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.readers.grid.cells import GridCell

    Rows = Sequence[Sequence[GridCell]]


SENTENCE = 40  # characters; what is longer is no heading of a column
MARK_AND_TEXT = 2  # cells: a number or mark has one of its own

MAX_SPACERS = 2  # blank rows that may stand inside one table
# The same where the row below has amounts in the very columns of so many above; and one in so many
# amounts may stand beside these columns.
LONGEST_GAP, ALIKE, STRAY = 20, 3, 8
MAX_LABELS = 2  # rows with a lone label between a spacer and the figures that go on
FARTHEST_BLANK_COLUMNS = 30  # blank columns after which nothing belongs to the same table
PARTING_BLANK_COLUMNS = 3  # blank columns after which text without figures does not
LABELS = 3  # labels that make a second side believable
LABELS_PER_ODD_ONE = 10  # of so many labels at most one is blank or repeats another
FREE_PLACES = 20_000  # rows times columns, below which nobody minds blank ones
SPARSE = 20  # places to a cell; of 504 tables of 490 files none has more than 15
STREWN_FACTOR = 4  # times as far as nine of ten rows reach, so far no row of the same table reaches
SEVERAL = 2  # rows that make a side by side table believable


def amounts(row: Sequence[GridCell], first: int) -> list[int]:
    """The columns of a row that hold amounts, beside the label in column ``first``."""
    return [entry.column for entry in row if entry.column > first and is_amount_entry(entry)]


def is_amount_entry(entry: GridCell) -> bool:
    """Whether a cell holds a figure, is the dash for nil or a formula that has no result yet."""
    if entry.number is not None:
        return not is_year(entry.text)
    return entry.flaw is Flaw.UNCALCULATED or is_amount(entry.text)


def is_figure_row(row: Sequence[GridCell], first: int) -> bool:
    """Whether a row holds amounts and does not merely number its columns."""
    return bool(amounts(row, first)) and not numbers_columns(row, first)


def numbers_columns(row: Sequence[GridCell], first: int) -> bool:
    """Whether a row numbers the columns beside the label in column ``first``."""
    label = "".join(entry.text for entry in row if entry.column <= first)
    texts = [entry.text for entry in row if entry.column > first and entry.text.strip()]
    return len(texts) > 1 and is_numbering_row(texts, label)


def caption_of(row: Sequence[GridCell]) -> str:
    """The caption that a row prints (its number may have a cell of its own), or nothing."""
    texts = [entry.text.strip() for entry in row]
    short = len(texts) == 1 or (len(texts) == MARK_AND_TEXT and not is_amount(texts[1]))
    joined = " ".join(texts)
    return joined if short and has_table_caption(joined) else ""


def is_note(row: Sequence[GridCell], first: int) -> bool:
    """Whether a row below the figures is a note: one text, or a mark and a long text."""
    if amounts(row, first) or any(looks_like_figure(entry.text) for entry in row):
        return False
    return len(row) == 1 or (len(row) == MARK_AND_TEXT and len(row[1].text) > SENTENCE)


class Region(NamedTuple):
    """One table with the paragraphs above and below it; ``start`` is its first row on the sheet.

    ``label`` is the column of the labels, ``width`` how many columns are used from there;
    ``has_many`` is true where a row has more than one cell, so that there is a table at all.
    """

    start: int
    rows: Rows
    label: int
    width: int
    has_many: bool

    def row(self, number: int) -> Sequence[GridCell]:
        """The entries of a row, by its number on the sheet."""
        return self.rows[number - self.start]


@dataclass(slots=True)
class RowStretch:
    """Rows that belong together so far, and the columns in which they have amounts or texts."""

    start: int
    stop: int
    label: int
    amounts: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)


def regions_of(rows: Rows) -> Iterator[Region]:
    """The regions of a sheet, top down, and left to right where tables stand side by side."""
    for part in _side_by_side(rows):
        for stretch in _stretches(part):
            for piece in _side_by_side(part[stretch.start : stretch.stop]):
                for side in _facing(piece):
                    for start, dense in _dense(side):
                        yield _region(stretch.start + start, dense)


def _dense(rows: Rows) -> Iterator[tuple[int, Rows]]:
    """The rows as tables whose places are mostly cells, each with the number of its first row.

    A table costs its places, rows times columns. A few rows that alone make it wide stand for
    themselves, and where cells are strewn over a sheet, every row does.
    """
    if _is_dense(rows):
        yield 0, rows
        return
    reaches = sorted(row[-1].column for row in rows if row)
    usual = STREWN_FACTOR * reaches[len(reaches) * 9 // 10]
    narrow = [row if row and row[-1].column <= usual else () for row in rows]
    is_split = any(narrow) and _is_dense(narrow)
    if is_split:
        yield 0, narrow
    for number, row in enumerate(rows):
        if row and not (is_split and narrow[number]):
            yield number, [row]


def _is_dense(rows: Rows) -> bool:
    used = [row for row in rows if row]
    left = min((row[0].column for row in used), default=0)
    right = max((row[-1].column for row in used), default=0)
    places = len(rows) * (right - left + 1)
    return places <= FREE_PLACES or places <= SPARSE * sum(map(len, used))


def _region(start: int, rows: Rows) -> Region:
    many = [row for row in rows if len(row) > 1]
    used = many or [row for row in rows if row]
    label = min((row[0].column for row in used), default=0)
    right = max((row[-1].column + row[-1].columns for row in used), default=label)
    return Region(start, rows, label, right - label, bool(many))


def _stretches(rows: Rows) -> list[RowStretch]:
    """Row ranges of one table each; each range is looked at once, so that this stays linear."""
    stretches: list[RowStretch] = []
    pieces = _pieces(rows)
    index = 0
    while index < len(pieces):
        start, stop = pieces[index]
        # A heading between two spacers goes with the figures below it.
        ends = (
            [stop]
            if _telling(rows, start, stop) is not None
            else [p[1] for p in pieces[index + 1 :][:1]]
        )
        if stretches and ends and _goes_on(rows, stretches[-1], start, ends[0]):
            _extend(stretches[-1], rows, start, ends[0])
            index += 1 if ends[0] == stop else 2
            continue
        stretch = RowStretch(start, stop, _label(rows, start, stop))
        _extend(stretch, rows, start, stop)
        stretches.append(stretch)
        index += 1
    return stretches


def _pieces(rows: Rows) -> list[tuple[int, int]]:
    """Runs of rows without a blank one, cut again before a caption that follows a table."""
    pieces: list[tuple[int, int]] = []
    start, has_many = -1, False
    for index, row in enumerate([*rows, ()]):
        ends = not row or (has_many and bool(caption_of(row)))
        if ends and start >= 0:
            pieces.append((start, index))
            start, has_many = -1, False
        if row and start < 0:
            start = index
        has_many = has_many or (len(row) > 1 and not caption_of(row))
    return pieces


def _label(rows: Rows, start: int, stop: int) -> int:
    """The first column of the rows with several cells."""
    many = [row[0].column for row in rows[start:stop] if len(row) > 1]
    return min(many or [row[0].column for row in rows[start:stop] if row])


def _extend(stretch: RowStretch, rows: Rows, start: int, stop: int) -> None:
    stretch.stop, stretch.label = stop, min(stretch.label, _label(rows, start, stop))
    for row in rows[start:stop]:
        found = amounts(row, stretch.label)
        if found and not numbers_columns(row, stretch.label):
            stretch.amounts.update(found)
        elif len(row) > 1:
            reach = (range(entry.column, entry.column + entry.columns) for entry in row)
            stretch.texts.update(column for columns in reach for column in columns)


def _telling(rows: Rows, start: int, stop: int) -> int | None:
    """The first row with more than a lone label."""
    return next((index for index in range(start, stop) if len(rows[index]) > 1), None)


def _goes_on(rows: Rows, above: RowStretch, start: int, stop: int) -> bool:
    """Whether rows after a spacer go on with amounts under the columns above, without headings."""
    telling = _telling(rows, start, stop)
    if telling is None or not (above.amounts or above.texts):
        return False
    found, columns = set(amounts(rows[telling], above.label)), above.amounts | above.texts
    most = LONGEST_GAP if len(found) >= ALIKE and found == above.amounts else MAX_SPACERS
    lone = [row for row in rows[start:telling] if row]
    is_far = start - above.stop > most or telling - start - len(lone) > MAX_SPACERS
    if is_far or len(lone) > MAX_LABELS or not is_figure_row(rows[telling], above.label):
        return False
    if any(row[0].column != above.label or caption_of(row) for row in lone):
        return False
    # A rate or a note of one figure may stand in a column of its own, between the amounts.
    is_between = len(found) == 1 and rows[telling][0].column == above.label
    return STRAY * len(found - columns) <= len(found) or (is_between and max(found) < max(columns))


def _side_by_side(rows: Rows) -> list[Rows]:
    """The rows as one part, or one part for each table that stands beside another."""
    many = [row for row in rows if len(row) > 1]
    starts = _segments(many)
    if len(starts) == 1:
        return [rows]
    labelled, figured = _counts(many, [first for first, _ in starts])
    cuts: list[int] = []
    left = bool(figured[0])
    for index, (first, blanks) in enumerate(starts[1:], 1):
        own = labelled[index] >= SEVERAL and labelled[index] * 2 > figured[index]
        # Remarks that stand between the labels and the first figures belong to these.
        is_remark = not figured[index] and (left or not any(figured[index:]))
        stray = blanks >= FARTHEST_BLANK_COLUMNS or (blanks >= PARTING_BLANK_COLUMNS and is_remark)
        if (own and left) or stray:
            cuts.append(first)
            left = False
        left = left or bool(figured[index])
    if not cuts:
        return [rows]
    parts: list[list[list[GridCell]]] = [[[] for _ in rows] for _ in range(len(cuts) + 1)]
    for index, row in enumerate(rows):
        for entry in row:
            parts[bisect_right(cuts, entry.column)][index].append(entry)
    return list(parts)


def _facing(rows: Rows) -> list[Rows]:
    """The rows as one part, or cut before the labels of a second side under the same headings.

    Charges face products, and assets liabilities, without a blank column between them. A column
    of units, or of remarks on some rows, repeats itself or is blank beside figures.
    """
    first = next((at for at, row in enumerate(rows) if len(row) > 1 and amounts(row, -1)), 0)
    above = [row for row in rows[:first] if len(row) > 1]
    heads = {entry.column: normalise(entry.text) for entry in above[-1]} if above else {}
    if len(set(heads.values())) == len(heads):
        return [rows]
    held: defaultdict[int, set[int]] = defaultdict(set)
    texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for at, row in enumerate(rows[first:]):
        for entry in row:
            if is_amount_entry(entry):
                held[entry.column].add(at)
            else:
                texts[entry.column][at] = entry.text
    cuts = (
        cut for cut in sorted(texts.keys() - held.keys()) if _begins_side(cut, heads, held, texts)
    )
    cut = _second_half(heads, texts) or next(cuts, 0)
    if not cut:
        return [rows]
    left = [[entry for entry in row if entry.column < cut] for row in rows]
    return [left, [[entry for entry in row if entry.column >= cut] for row in rows]]


def _begins_side(
    cut: int,
    heads: Mapping[int, str],
    held: Mapping[int, set[int]],
    texts: Mapping[int, Mapping[int, str]],
) -> bool:
    """Whether the amounts on both sides of a column of labels have the same headings."""
    left = [heads.get(column, "") for column in sorted(held) if column < cut]
    right = [column for column in sorted(held) if column > cut]
    figured = set().union(*(held[column] for column in right))
    labels = [texts[cut][at] for at in figured if at in texts[cut]]
    is_told = all(left) and left == [heads.get(column, "") for column in right]
    is_told = is_told and len(set(labels)) >= LABELS
    return is_told and LABELS_PER_ODD_ONE * (len(figured) - len(set(labels))) <= len(figured)


def _second_half(heads: Mapping[int, str], texts: Mapping[int, Mapping[int, str]]) -> int:
    """Where all headings come again, codes of chapters among them, over labels; else 0."""
    columns = sorted(heads)
    names, half = [heads[column] for column in columns], len(columns) // 2
    if half < SEVERAL or names[:half] != names[half:]:
        return 0
    labels = (len(set(texts[at].values())) for at in columns[half:] if at in texts)
    return columns[half] if max(labels, default=0) >= LABELS else 0


def _segments(many: Rows) -> list[tuple[int, int]]:
    """Runs of used columns: (first column, blank columns before it)."""
    used = {
        column
        for row in many
        for entry in row
        for column in range(entry.column, entry.column + entry.columns)
    }
    segments: list[tuple[int, int]] = []
    before = None
    for column in sorted(used):
        if before is None or column > before + 1:
            segments.append((column, 0 if before is None else column - before - 1))
        before = column
    return segments or [(0, 0)]


def _counts(many: Rows, starts: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each run of columns: rows that have amounts there, beside a text in its first column."""
    labelled, figured = [0] * len(starts), [0] * len(starts)
    for row in many:
        texts: set[int] = set()
        held: set[int] = set()
        for entry in row:
            segment = bisect_right(starts, entry.column) - 1
            if amounts((entry,), -1):
                held.add(segment)
            elif entry.column == starts[segment]:
                texts.add(segment)
        for segment in held:
            figured[segment] += 1
            labelled[segment] += segment in texts
    return labelled, figured
