"""Tables inside a text whose cells are set apart by tabs or upright strokes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from unbudget_check.model.document import Cell, Table
from unbudget_check.model.prose import CaptionKind
from unbudget_check.notation.column_concepts import concept_named
from unbudget_check.notation.units import is_unit_line
from unbudget_check.readers.text.heading_lines import place_headings
from unbudget_check.readers.text.lines import (
    is_note,
    is_part,
    opens_other,
    opens_table,
)
from unbudget_check.readers.text.words import STROKE, cut_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.readers.text.pages import Idiom, Textline
    from unbudget_check.readers.text.words import CellRow

FEWEST_FIGURE_ROWS = 2  # rows with figures
PAUSE = 2  # lines without delimiters between two rows
LONGEST_LABEL = 160
_RULE = re.compile(r"[\s|:+=\-–—─│┼_]+")


def find_delimited(
    textlines: Sequence[Textline], idiom: Idiom, language: Language | None
) -> Iterator[tuple[int, int, Table]]:
    """First line, last line and table of every run of lines with delimiters that is a table."""
    for delimiter in _delimiters(textlines):
        for begin, last in _runs(textlines, delimiter, language):
            first = begin - _is_group(textlines[begin - 1], idiom) if begin else begin
            rows = [
                cut_cells(textline, delimiter, idiom)
                for textline in textlines[first : last + 1]
                if not (delimiter == STROKE and _RULE.fullmatch(textline.text))
            ]
            width = _width(rows)
            if width:
                yield first, last, _table(rows, width, idiom)


def _delimiters(textlines: Sequence[Textline]) -> list[str]:
    """The delimiter that this text uses, tabs rather than strokes."""
    for delimiter in ("\t", STROKE):
        if sum(delimiter in textline.text.strip() for textline in textlines) >= FEWEST_FIGURE_ROWS:
            return [delimiter]
    return []


def _runs(
    textlines: Sequence[Textline], delimiter: str, language: Language | None
) -> Iterator[tuple[int, int]]:
    """Runs of lines with delimiters; a heading row between them may be without."""
    first = last = -1
    for at, textline in enumerate(textlines):
        is_cut = delimiter in textline.text.strip("\n ") and not _is_caption(textline, language)
        if first >= 0 and (at - last > PAUSE + 1 or (not is_cut and _parts(textline, language))):
            yield first, last
            first = -1
        if is_cut:
            first = at if first < 0 else first
            last = at
    if first >= 0:
        yield first, last


def _is_group(textline: Textline, idiom: Idiom) -> bool:
    """Whether a line holds only the heading of changes, which slid all the way to the left."""
    return concept_named(textline.bare, idiom.code) == "change"


def _is_caption(textline: Textline, language: Language | None) -> bool:
    return opens_table(" ".join(textline.bare.split()), language) is not None


def _parts(textline: Textline, language: Language | None) -> bool:
    """Whether a line without delimiters stands between two tables rather than within one."""
    bare = textline.bare
    return (
        len(bare) > LONGEST_LABEL
        or is_part(bare)
        or is_unit_line(bare, language)
        or is_note(bare, language)
        or opens_other(bare, language, CaptionKind.ANNEX, CaptionKind.FIGURE)
        or _is_caption(textline, language)
    )


def _width(rows: Sequence[CellRow]) -> int:
    """The number of columns that most rows with figures have; 0 where they do not agree."""
    counts = Counter(len(row.texts) for row in rows if row.figures)
    figures = max((row.figures for row in rows), default=0)
    if sum(counts.values()) < (
        1 if figures > FEWEST_FIGURE_ROWS and len(rows) > 1 else FEWEST_FIGURE_ROWS
    ):
        return 0
    width, agreed = counts.most_common(1)[0]
    short = sum(n for count, n in counts.items() if count <= width)
    return (
        width if 2 * agreed > sum(counts.values()) or 5 * short >= 4 * sum(counts.values()) else 0
    )


def _table(rows: Sequence[CellRow], width: int, idiom: Idiom) -> Table:
    first = next(at for at, row in enumerate(rows) if row.figures)
    headed = _heading_count(rows, first)
    width = max(width, *(len(_trimmed(row.texts)) for row in rows[headed:]))
    heads = [row.texts for row in rows[:headed]]
    filled = {
        column for row in rows[headed:] for column, text in enumerate(row.texts) if column and text
    }
    placed, doubt = place_headings(heads, filled, width, idiom.code)
    cells: list[tuple[Cell, ...]] = []
    for at, spans in enumerate(placed):
        number = rows[at].textline.number
        cells.append(
            tuple(
                Cell(span.text, at, span.column, columns=span.columns, line=number)
                for span in spans
            )
        )
    margin = min(row.starts[0] for row in rows[headed:])
    cells.extend(_row(row, at, width, margin) for at, row in enumerate(rows[headed:], headed))
    numbers = rows[0].textline.number, rows[-1].textline.number
    return Table(tuple(cells), width, f"lines {numbers[0]}-{numbers[1]}", doubt)


def _heading_count(rows: Sequence[CellRow], first: int) -> int:
    """The rows above the first figures, less those that carry a label only."""
    headed = first
    while headed and not any(rows[headed - 1].texts[1:]):
        headed -= 1
    return headed


def _trimmed(texts: Sequence[str]) -> Sequence[str]:
    end = len(texts)
    while end and not texts[end - 1]:
        end -= 1
    return texts[:end]


def _row(row: CellRow, at: int, width: int, margin: int) -> tuple[Cell, ...]:
    """One row; a label alone stays alone, and cells that were trimmed at the end are empty."""
    texts = row.texts[:width]
    number = row.textline.number
    if not any(texts[1:]):
        texts = texts[:1]
    cells = []
    for column, text in enumerate(texts):
        start = row.starts[column]
        place = f"line {number}, {start + 1}-{start + len(text)}" if text else f"line {number}"
        indent = int(start > margin) if column == 0 else 0
        cells.append(Cell(text, at, column, indent=indent, address=place, line=number))
    if len(texts) > 1:
        cells.extend(Cell("", at, column) for column in range(len(texts), width))
    return tuple(cells)
