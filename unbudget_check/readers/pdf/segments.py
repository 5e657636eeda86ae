"""A printed line taken apart at its wide gaps, and what its pieces are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from unbudget_check.model.prose import CaptionKind
from unbudget_check.notation.column_numbers import (
    is_column_number,
    is_numbering,
    is_numbering_row,
)
from unbudget_check.notation.figures import is_entry, is_piece, may_join
from unbudget_check.readers.pdf.words import is_right_to_left
from unbudget_check.readers.text.lines import (
    is_note,
    is_part,
    opens_other,
    opens_table,
)
from unbudget_check.readers.text.pages import has_outline_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.lexicon import Language, NumberStyle
    from unbudget_check.readers.pdf.words import Line, Word

# Parts of the type size. Cells stand at least half an em apart, by the padding of both; a blank
# between words is a quarter, and up to one where a line is stretched to both margins.
CELL_GAP = 0.5
WIDE_GAP = 0.95
STRETCHED = 2.0  # the widest gap of a stretched line beside its usual one
PROSE_WORDS = 5
DOTS = ".…·"
LEADERS = 4  # dots that lead the eye to a page number
_MARKED = re.compile(
    r"(?:(?:[A-Z]{1,3}|\d{1,3})(?:\.\d{1,3})+|\d{1,3}[A-Z]{0,2}(?:\.[IVX]{1,4})?\.(?:\d{1,3}\.?)?|[-–—•·*▪●◦]|\([a-z0-9]{1,4}\)|[A-Z]\.|[IVX]{1,6}\.)"
)
_WIDE_SCRIPT = "\u2e80"


class Segment(NamedTuple):
    """Words of one line without a wide gap between them, and their left and right edges."""

    words: tuple[Word, ...]
    x0: float
    x1: float


def segment_of(words: Sequence[Word]) -> Segment:
    """Words of one line, in printed order, as one piece."""
    if len(words) == 1:
        return Segment(tuple(words), words[0].x0, words[0].x1)
    return Segment(tuple(words), words[0].x0, max([word.x1 for word in words]))


@dataclass(slots=True)
class Parted:
    """One line with its pieces: those with wide gaps between, and the figures among them."""

    line: Line
    segments: tuple[Segment, ...]
    figures: int
    text: str
    closing: bool = False  # caption, annex or figure
    numbers: bool = False  # those of the columns
    _cells: tuple[Segment, ...] = ()

    @property
    def is_tabular(self) -> bool:
        """Whether the line has several cells."""
        return len(self.segments) > 1

    @property
    def cells(self) -> tuple[Segment, ...]:
        """Its words cut at the narrowest gap that parts cells, as inside a table."""
        if not self._cells:
            self._cells = segments_of(self.line, CELL_GAP)
        return self._cells


def part(line: Line, style: NumberStyle, language: Language | None) -> Parted:
    """A line and its cells, as far as it shows them by itself."""
    segments = segments_of(line, WIDE_GAP)
    words = [word for word in line.words if not word.mark]
    if len(segments) > 1 and _is_stretched(words, line.size):
        segments = (segment_of(line.words),)
    text = text_of(line.words)
    if len(segments) > 1 and _MARKED.fullmatch(text_of(segments[0].words)):
        joined = segment_of((*segments[0].words, *segments[1].words))
        segments = (joined, *segments[2:])
    figures = sum(is_entry(text_of(each.words), style) for each in segments[1:])
    numbers = is_numbering(text) or (
        len(segments) > 2 and is_numbering_row([text_of(s.words) for s in segments[1:]])
    )
    numbers = numbers or _numbers_all_but_last(segments)
    figures = 0 if numbers else figures
    closing = opens_table(text, language) is not None or opens_other(
        text, language, CaptionKind.ANNEX, CaptionKind.FIGURE
    )
    return Parted(line, segments, figures, text, closing, numbers)


def _numbers_all_but_last(segments: Sequence[Segment]) -> bool:
    """Whether cells number their columns, the last with the end of a formula: (6)=(5)- (3)."""
    label, *texts = (text_of(each.words) for each in segments)
    return len(texts) > 1 and is_numbering_row(texts[:-1], label) and is_column_number(texts[-1])


def segments_of(line: Line, gap: float) -> tuple[Segment, ...]:
    """The words of a line in groups with gaps of at least ``gap`` em between them."""
    words = without_leaders(line.words)
    groups: list[list[Word]] = []
    end = 0.0
    for word in words:
        near = groups and word.x0 - end <= gap * line.size
        if near and (gap > CELL_GAP or not _parts_figures(groups[-1][-1], word)):
            groups[-1].append(word)
        else:
            groups.append([word])
        end = max(end, word.x1) if groups[-1][0] is not word else word.x1
    return tuple(map(segment_of, groups))


def _parts_figures(left: Word, right: Word) -> bool:
    """Whether two neighbours are figures that cannot be one: their digits do not group by three."""
    if right.glued or right.mark or left.mark:
        return False
    return is_piece(left.text) and is_piece(right.text) and not joins(left, right)


def joins(left: Word, right: Word) -> bool:
    """Whether two pieces of figures may be one, with a blank before the thousands."""
    return right.glued or may_join(left.text, right.text)


def has_leaders(words: Sequence[Word]) -> bool:
    """Whether dots lead from an entry to its page number."""
    return sum(len(word.text) - len(word.text.rstrip(DOTS)) for word in words) >= LEADERS


def without_leaders(words: Sequence[Word]) -> list[Word]:
    """The words of a line less the dots that lead from an entry to its page number."""
    if not has_leaders(words):
        return list(words)
    kept = []
    for word in words:
        text = word.text.rstrip(DOTS) if word.text.endswith(3 * ".") else word.text
        if text.strip(DOTS):
            # What the dots took is free now.
            width = (word.x1 - word.x0) * len(text) / len(word.text)
            kept.append(word._replace(text=text, x1=word.x0 + width))
    return kept or list(words)


def closes_table(parted: Parted, language: Language | None) -> bool:
    """Whether a line cannot be inside a table: a caption, an annex, a part, a note below it."""
    if parted.closing or parted.figures:
        return parted.closing
    return is_note(parted.text, language) or is_part(parted.text)


def opens_item(text: str) -> bool:
    """Whether a text begins with a mark of an outline or a list."""
    return has_outline_mark(text) or bool(_MARKED.match(text))


def text_of(words: Sequence[Word], tab: float = 0.0) -> str:
    """Words as one text in reading order, without raised marks; ``tab`` sets tabs at wide gaps."""
    kept = [word for word in words if not word.mark] or words
    if not kept:
        return ""
    if len(kept) == 1:
        return kept[0].text
    if is_right_to_left("".join(word.text for word in kept)):
        kept = _from_the_right(kept)
        return " ".join(word.text for word in kept)
    pieces = [kept[0].text]
    marked = tab and _MARKED.fullmatch(kept[0].text)
    for before, word in pairwise(kept):
        gap = word.x0 - before.x1
        wide = before.text[-1:] >= _WIDE_SCRIPT and word.text[:1] >= _WIDE_SCRIPT
        if word.glued or (wide and gap <= CELL_GAP * word.size):
            pieces.append(word.text)
        else:
            tabbed = tab and gap > (CELL_GAP if marked else tab) * word.size
            pieces.append(("\t" if tabbed else " ") + word.text)
        marked = False
    return "".join(pieces)


def marks_of(words: Sequence[Word]) -> str:
    """The raised marks among words, where there is other text beside them."""
    marks = [word.text for word in words if word.mark]
    return "".join(marks) if len(marks) < len(words) else ""


def _from_the_right(words: Sequence[Word]) -> list[Word]:
    """Words as they are read from right to left; figures and Latin words keep their own order."""
    ordered: list[Word] = []
    run: list[Word] = []
    for word in reversed(words):
        if not word.text.isascii() and is_right_to_left(word.text):
            ordered += reversed(run)
            run = []
            ordered.append(word)
        else:
            run.append(word)
    return ordered + run[::-1]


def _is_stretched(words: Sequence[Word], size: float) -> bool:
    """Whether a line is running text whose blanks are all about as wide."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words) if not b.glued)
    if len(gaps) < PROSE_WORDS or sum(word.text.isalpha() for word in words) * 2 < len(words):
        return False
    usual = gaps[len(gaps) // 2]
    return gaps[-1] <= max(STRETCHED * usual, WIDE_GAP * size)
