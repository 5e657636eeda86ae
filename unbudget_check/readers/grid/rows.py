"""What the rows of a sheet look like, before a language is known: figures, headings, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.model.document import Flaw
from unbudget_check.notation.captions import has_table_caption
from unbudget_check.notation.column_numbers import is_numbering_row
from unbudget_check.notation.figures import is_amount, looks_like_figure
from unbudget_check.notation.years import is_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.grid.cells import GridCell

SENTENCE = 40  # characters; what is longer is no heading of a column
MARK_AND_TEXT = 2  # cells: a number or mark has one of its own


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
