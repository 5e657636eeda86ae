"""Put the rows of a text table together and build its cells, headings and addresses.

Rows that are cut into columns -> a table of cells with headings, addresses and doubts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from unbudget_check.model.document import UNPLACED, Cell, Flaw, Table
from unbudget_check.readers.text.pages import has_outline_mark
from unbudget_check.readers.text.words import has_open_bracket, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unbudget_check.readers.text.cuts import SettledRow, Span, Tail
    from unbudget_check.readers.text.headings import TableHeadings
    from unbudget_check.readers.text.pages import Textline


# Lines without figures after which a table is over.
LONGEST_PAUSE = 30
_OPEN_ENDS = ("/", ",", "，", "、", "-", "(", "（", "&")
_CLOSED_ENDS = (":", "：", ".", "。", ";", "；")
WIDE_LABEL = 50  # places that a label takes when it fills its column
NARROWEST = 30  # places of a column of labels in which words are broken
LOOSE = 6  # letters are not all equally wide
_LETTERED = re.compile(r"[A-Z]\.\s")

LOST_CELL_BLANKS = 4  # leading blanks that the lost cells of a heading leave before the first row
_WIDE_SCRIPT = "\u2e80"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row: the lines of its label, and the line and tail of its figures, if it has any.

    A line that carries both label and figures is the last of ``label_lines``.
    """

    label_lines: tuple[Textline, ...]
    textline: Textline | None = None
    tail: Tail | None = None


@dataclass(slots=True)
class _Gathering:
    """The rows so far, the lines without figures that wait for their row, and the label widths.

    ``widths`` are the two greatest widths of label lines: how wide the column of labels is.
    """

    rows: list[TableRow] = field(default_factory=list)
    waiting: list[Textline] = field(default_factory=list)
    widths: tuple[int, ...] = ()


def gather_rows(
    body: Sequence[tuple[Textline, Tail | None]],
    is_row: Callable[[Textline, Tail], bool],
    repeated: frozenset[str],
) -> tuple[list[TableRow], int]:
    """The rows of a table, and how many of its lines they take; ``repeated`` are its heading lines.

    What follows the last row with figures is no longer the table.
    """
    printed = [
        (textline, tail if tail is not None and is_row(textline, tail) else None)
        for textline, tail in body
    ]
    gathering = _Gathering(widths=_widths(printed))
    taken = 0
    for at, (textline, tail) in enumerate(printed):
        if textline.bare in repeated:
            continue
        if tail is not None:
            _take_figures(gathering, textline, tail)
            taken = at + 1
        elif not _is_stray(textline):
            gathering.waiting.append(textline)
            if len(gathering.waiting) > LONGEST_PAUSE:
                break
    return gathering.rows, taken


def wraps(upper: Textline, lower: Textline, widths: Sequence[int] = ()) -> bool:
    """Whether a label goes on in the next line.

    ``widths`` are those of the widest label lines: a line was broken where the first word of the
    next one did not fit. Only another line that is as wide shows how wide the column is.
    """
    if has_outline_mark(lower.bare):
        return False
    if upper.runs_on or upper.bare.endswith(_OPEN_ENDS) or has_open_bracket(upper.bare):
        return True
    if upper.closed or (upper.bare.endswith(_CLOSED_ENDS) and not is_item(upper)):
        return False
    own = width(upper.bare)
    if lower.bare[:1].islower() or (own >= WIDE_LABEL and not lower.bare[:1].isupper()):
        return True
    column = next((other for other in widths if other != own), 0)
    first = width(lower.bare.split(maxsplit=1)[0])
    is_broken = own <= column + LOOSE and own + 1 + first > column
    return is_broken and column >= NARROWEST and not _LETTERED.match(upper.bare)


def is_item(textline: Textline) -> bool:
    """Whether a line begins a numbered item, rather than a lettered heading or none."""
    return has_outline_mark(textline.bare) and not _LETTERED.match(textline.bare)


def has_label(textline: Textline, tail: Tail) -> bool:
    """Whether words stand before the figures of a line."""
    return bool(textline.text[: tail.atoms[0].start].strip())


def _widths(printed: Sequence[tuple[Textline, Tail | None]]) -> tuple[int, ...]:
    """The two greatest widths of label lines, down to the last row with figures."""
    last = max((at for at, (_, tail) in enumerate(printed) if tail is not None), default=0)
    found = {
        width(textline.text[: tail.atoms[0].start].strip() if tail else textline.bare)
        for textline, tail in printed[: last + 1]
    }
    return tuple(sorted(found, reverse=True)[:2])


def _take_figures(gathering: _Gathering, textline: Textline, tail: Tail) -> None:
    """Adds a row with figures, and the waiting lines as its label or as headings above it."""
    groups = _grouped(gathering.waiting, gathering.widths)
    gathering.waiting = []
    label: tuple[Textline, ...] = ()
    if not has_label(textline, tail):
        label = groups.pop() if groups else ()
    else:
        if groups and wraps(groups[-1][-1], textline, gathering.widths):
            label = groups.pop()
        label = (*label, textline)
    gathering.rows.extend(TableRow(group) for group in groups)
    gathering.rows.append(TableRow(label, textline, tail))


def _grouped(waiting: Sequence[Textline], widths: Sequence[int]) -> list[tuple[Textline, ...]]:
    """Lines without figures, those together that are one wrapped label."""
    groups: list[tuple[Textline, ...]] = []
    for textline in waiting:
        if textline.beside_mark and not has_outline_mark(textline.bare):
            # A running header beside a page mark interrupts the table.
            continue
        if groups and wraps(groups[-1][-1], textline, widths):
            groups[-1] = (*groups[-1], textline)
        else:
            groups.append((textline,))
    return groups


def _is_stray(textline: Textline) -> bool:
    """A page number, or figures that pictures leave: nothing but digits and marks."""
    return not any(map(str.isalpha, textline.bare))


@dataclass(frozen=True, slots=True)
class HeadingLayout:
    """What stands over the figures: headings (if they fit), column numbers, and their lines.

    ``notes`` are the letters of the footnotes below, which may end a label. ``is_by_order`` says
    that only the order of the headings tells their columns.
    """

    count: int
    heading: TableHeadings | None
    label: str
    numbering: tuple[str, ...]
    heading_lines: tuple[Textline, ...]
    notes: frozenset[str] = frozenset()
    is_by_order: bool = False


def build_table(
    layout: HeadingLayout, rows: Sequence[TableRow], settled: Sequence[SettledRow | None]
) -> Table:
    """The table with its heading rows first; a row without figures keeps its label only."""
    cells = list(_heading_rows(layout))
    indents = _indents(rows)
    for row, cut, indent in zip(rows, settled, indents, strict=True):
        printed = _row(row, cut, len(cells), layout.count)
        cells.append((_label(printed[0], row, indent, layout.notes), *printed[1:]))
    numbers = [
        textline.number for row in rows for textline in (*row.label_lines, row.textline) if textline
    ]
    return Table(
        tuple(cells),
        layout.count + 1,
        f"lines {min(numbers)}-{max(numbers)}",
        _doubt(layout, rows, settled),
        is_by_order=layout.is_by_order,
    )


def join_lines(texts: Sequence[str]) -> str:
    """Wrapped words as one text; scripts without blanks between words get none."""
    joined = ""
    for text in texts:
        bare = text.strip()
        blank = joined and bare and not (joined[-1] >= _WIDE_SCRIPT and bare[0] >= _WIDE_SCRIPT)
        joined += f" {bare}" if blank else bare
    return joined


def _heading_rows(layout: HeadingLayout) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    heading = layout.heading
    first = layout.heading_lines[0].number if layout.heading_lines else None
    if heading is not None and heading.groups:
        rows.append(_group_row(heading, layout.count, first))
    if heading is not None or layout.label:
        at = len(rows)
        leaves = [Cell(layout.label, at, 0, line=first)]
        for column in range(layout.count):
            leaf = heading.leaves[column] if heading else None
            number = layout.heading_lines[leaf.last].number if leaf else first
            text, marks = (" ".join(leaf.texts), leaf.marks) if leaf else ("", "")
            leaves.append(
                Cell(text, at, column + 1, marks=marks, address=f"line {number}", line=number)
            )
        rows.append(tuple(leaves))
    if layout.numbering:
        rows.append(_numbering_row(layout, len(rows)))
    return rows


def _group_row(heading: TableHeadings, count: int, number: int | None) -> tuple[Cell, ...]:
    """The headings that span several columns, and empty cells over the others."""
    starts = {first + 1: (text, span) for text, first, span in heading.groups}
    cells = []
    column = 0
    while column <= count:
        text, span = starts.get(column, ("", 1))
        cells.append(Cell(text, 0, column, columns=span, address=f"line {number}", line=number))
        column += span
    return tuple(cells)


def _numbering_row(layout: HeadingLayout, at: int) -> tuple[Cell, ...]:
    """The column numbers over their columns; the label column may have one, too."""
    marks = list(layout.numbering)
    if len(marks) == layout.count:
        marks.insert(0, "")
    return tuple(Cell(mark, at, column) for column, mark in enumerate(marks))


def _row(row: TableRow, cut: SettledRow | None, at: int, count: int) -> tuple[Cell, ...]:
    """The cells of one row; figures that cannot be told apart stay with the label."""
    texts = [textline.text for textline in row.label_lines]
    if row.textline is None or row.tail is None or cut is None:
        if row.textline is not None and row.textline not in row.label_lines:
            texts.append(row.textline.text)
        return (Cell(join_lines(texts), at, 0),)
    if row.textline in row.label_lines:
        texts[-1] = texts[-1][: row.tail.atoms[cut.skipped].start]
    flaw = Flaw.CHOSEN if cut.chosen else Flaw.NONE
    figures = [_figure(row, span, (at, column), flaw) for column, span in enumerate(cut.places, 1)]
    cells = [Cell(join_lines(texts), at, 0), *figures]
    return (*cells, *(Cell("", at, column) for column in range(len(cells), count + 1)))


def _label(cell: Cell, row: TableRow, indent: int, notes: frozenset[str]) -> Cell:
    """The label with its place, and with a footnote letter at its end as a mark."""
    textline = row.label_lines[0] if row.label_lines else row.textline
    number = textline.number if textline else None
    words = cell.text.rsplit(None, 1)
    is_marked = len(words) > 1 and words[1] in notes
    text, marks = (words[0], words[1]) if is_marked else (cell.text, "")
    place = f"line {number}"
    return replace(cell, text=text, marks=marks, indent=indent, address=place, line=number)


def _figure(row: TableRow, span: Span | None, place: tuple[int, int], flaw: Flaw) -> Cell:
    """One figure as printed; its address is the line and the first and last character in it."""
    if row.textline is None or row.tail is None:
        return Cell("", *place)
    number = row.textline.number
    if span is None:
        return Cell("", *place, address=f"line {number}", line=number)
    atoms = row.tail.atoms[span[0] : span[1] + 1]
    start, end = atoms[0].start, max(atoms[-1].end, atoms[-1].marked_end)
    return Cell(
        row.textline.text[start:end],
        *place,
        marks="".join(atom.marks for atom in atoms),
        address=f"line {number}, {start + 1}-{end}",
        line=number,
        flaw=flaw,
    )


def _indents(rows: Sequence[TableRow]) -> list[int]:
    """1 for labels set further in than the outermost ones.

    The first row often carries the blanks of heading cells that were lost; those do not count.
    """
    leading = []
    for row in rows:
        textline = row.label_lines[0] if row.label_lines else None
        text = textline.text if textline else ""
        leading.append(len(text) - len(text.lstrip()))
    if len(leading) > 1 and leading[0] >= LOST_CELL_BLANKS and leading[0] > max(leading[1:]):
        leading[0] = 0
    base = min(leading, default=0)
    return [int(blanks > base) for blanks in leading]


def _doubt(
    layout: HeadingLayout, rows: Sequence[TableRow], settled: Sequence[SettledRow | None]
) -> str:
    """Why the table may be read wrongly, in sentences for the user; empty if print is clear."""
    doubts = []
    if layout.heading is None and layout.heading_lines:
        doubts.append(UNPLACED)
    unread = [
        row.textline.number
        for row, cut in zip(rows, settled, strict=True)
        if row.textline is not None and cut is None
    ]
    if unread:
        doubts.append(f"The columns of line {unread[0]} could not be told apart.")
    unsure = [
        row.textline.number
        for row, cut in zip(rows, settled, strict=True)
        if row.textline is not None and cut is not None and cut.doubtful
    ]
    if unsure:
        doubts.append(f"Line {unsure[0]} can be cut into columns in several ways.")
    chosen = sum(cut is not None and cut.chosen for cut in settled)
    if chosen:
        doubts.append(f"Sums chose the columns of {chosen} rows, because borders are lost.")
    return " ".join(doubts)
