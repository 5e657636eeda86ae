"""One printed line cut at its tabs or upright strokes into cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.readers.text_numbering import is_numbering
from unbudget_check.readers.text_words import Kind, is_year, kind_of, tail_of

if TYPE_CHECKING:
    from unbudget_check.readers.text_idiom import Idiom
    from unbudget_check.readers.text_pages import Textline

STROKE = "|"
MOST_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class CellRow:
    """One line cut at its delimiters: the cells' texts, and the first character of each."""

    textline: Textline
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    figures: int


def cut_cells(textline: Textline, delimiter: str, idiom: Idiom) -> CellRow:
    """The cells of one line; strokes may also frame the row at both ends."""
    text = textline.text
    if delimiter == STROKE:
        framed = text.strip()
        lead = text.index(framed[:1]) if framed else 0
        body = framed.removeprefix(STROKE)
        offset = lead + len(framed) - len(body)
        body = body.removesuffix(STROKE)
    else:
        body, offset = text.rstrip("\n"), 0
    texts, starts = [], []
    for piece in body.split(delimiter)[:MOST_COLUMNS]:
        starts.append(offset + len(piece) - len(piece.lstrip()))
        texts.append(piece.strip())
        offset += len(piece) + 1
    figures = sum(_is_figure(cell, idiom) for cell in texts[1:])
    if is_numbering(" ".join(filter(None, texts))) or is_numbering(
        " ".join(filter(None, texts[1:]))
    ):
        figures = 0
    return CellRow(textline, tuple(texts), tuple(starts), figures)


def _is_figure(text: str, idiom: Idiom) -> bool:
    """Whether a cell is one figure or dash; a bare year belongs to the headings."""
    if kind_of(text, idiom.style) is Kind.NIL:
        return True
    tail = tail_of(text, idiom.style)
    whole = bool(tail) and not text[: tail[0].start].strip()
    return whole and not (len(tail) == 1 and is_year(tail[0]))
