"""Lines of running text put together as paragraphs, by their distance, ends and marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.readers.pdf.cells import Box, join
from unbudget_check.readers.pdf.segments import CELL_GAP, marks_of, opens_item, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unbudget_check.readers.pdf.words import Line

LOOSE = 1.2  # of the usual distance of lines: what is farther is a new paragraph
OTHER_SIZE = 0.08  # of the type size
ROOM = 0.6  # em that a line leaves beside the next word, where its paragraph ends with it
HALF = 0.6  # of the width of the text, which a wrapped heading fills at least
FULL = 6.0  # em that the last line of a page may leave free where its paragraph goes on
ENDS = (".", ":", ";", "。", "；", "：", "؟", "!", "?")
ENOUGH_LINES = 3  # that show where the text around them ends
TABBED = 1.6  # of the usual blank of a line: the gap behind the mark of an item
TAB = 0.9  # em of a gap that a tab leaves behind the number of a paragraph


@dataclass(slots=True)
class PrintedParagraph:
    """One paragraph, or its part on one page."""

    lines: list[Line]
    page: int
    margin: float  # the right end of the running text around it
    broken: list[list[Line]] = field(default_factory=list)  # its lines on the pages that follow

    @property
    def text(self) -> str:
        """Its words, the raised marks at its end, as in a Word document."""
        lines = [*self.lines, *(line for part in self.broken for line in part)]
        texts = [text_of(line.words, TAB if not at else 0) for at, line in enumerate(lines)]
        return join(texts) + "".join(marks_of(line.words) for line in lines)

    @property
    def box(self) -> Box:
        """Where it stands on its first page."""
        return Box(
            min(line.x0 for line in self.lines),
            self.lines[0].top,
            max(line.x1 for line in self.lines),
            self.lines[-1].bottom,
        )

    @property
    def is_full(self) -> bool:
        """Whether its last line reaches the margin, so that it may go on elsewhere."""
        last = (self.broken[-1] if self.broken else self.lines)[-1]
        return self.margin - last.x1 < FULL * last.size


def paragraphs_of(
    lines: Sequence[Line], page: int, pitches: Mapping[int, float], margin: float
) -> list[PrintedParagraph]:
    """The paragraphs of lines that stand one below the other, in text that ends at a margin."""
    found: list[PrintedParagraph] = []
    for block in _blocks(lines, pitches):
        nearest = max(line.x1 for line in block)
        begun = len(found)
        for line in block:
            last = found[-1] if len(found) > begun else None
            if last is None or _opens(last, line, nearest, margin):
                own = nearest if len(block) >= ENOUGH_LINES else margin
                found.append(PrintedParagraph([line], page, min(margin, own)))
            else:
                last.lines.append(line)
    return found


def _blocks(lines: Sequence[Line], pitches: Mapping[int, float]) -> list[list[Line]]:
    """Lines of one size at their usual distance: paragraphs between which nothing is left free."""
    blocks: list[list[Line]] = []
    for line in lines:
        upper = blocks[-1][-1] if blocks else None
        if upper is not None and abs(upper.size - line.size) <= OTHER_SIZE * upper.size:
            size = max(upper.size, line.size)
            pitch = max(pitches.get(round(line.size), 0.0), 1.1 * size)
            if 0 <= line.y - upper.y <= LOOSE * pitch:
                blocks[-1].append(line)
                continue
        blocks.append([line])
    return blocks


def pitches_of(flows: Iterable[Sequence[Line]]) -> dict[int, float]:
    """The usual distance of lines for each type size."""
    steps: dict[int, Counter[float]] = {}
    for lines in flows:
        for upper, lower in pairwise(lines):
            if abs(upper.size - lower.size) <= OTHER_SIZE * upper.size and lower.y > upper.y:
                steps.setdefault(round(lower.size), Counter())[round(lower.y - upper.y, 1)] += 1
    usual = {}
    for size, counted in steps.items():
        near = [step for step in counted if step <= 1.6 * max(size, 1)]
        if near:
            usual[size] = max(near, key=lambda step: (counted[step], -step))
    return usual


def _opens(last: PrintedParagraph, line: Line, nearest: float, margin: float) -> bool:
    """Whether a line begins a paragraph rather than goes on with the last one.

    ``nearest`` is where the longest line around ends, ``margin`` where all running text does.
    """
    upper = last.lines[-1]
    size = max(upper.size, line.size)
    first = line.words[0]
    if nearest - upper.x1 - _bound(line) > ROOM * size:
        return True
    if upper.x1 - upper.x0 < HALF * (margin - upper.x0):
        return True
    if opens_item(text_of(line.words)) and (
        first.mark or _is_tabbed(line) or line.x0 < upper.x0 - size
    ):
        return True
    return len(last.lines) > 1 and line.x0 - upper.x0 > size


def _bound(line: Line) -> float:
    """How wide the words are that a line begins with: a number is kept with what it counts."""
    first, *rest = line.words
    kept = rest and (first.text.isdigit() or rest[0].text[:1].isdigit())
    return (rest[0] if kept else first).x1 - first.x0


def _is_tabbed(line: Line) -> bool:
    """Whether the first word of a line stands apart from the others, as the mark of an item."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.words)]
    others = sorted(gaps[1:])
    usual = others[len(others) // 2] if others else 0.0
    return bool(gaps) and gaps[0] > max(CELL_GAP * line.size, TABBED * usual)


def continues(last: PrintedParagraph, following: PrintedParagraph) -> bool:
    """Whether a paragraph at the end of a page or column goes on at the top of the next."""
    upper, line = (last.broken[-1] if last.broken else last.lines)[-1], following.lines[0]
    if not last.is_full or abs(upper.size - line.size) > OTHER_SIZE * upper.size:
        return False
    text = text_of(line.words)
    if last.margin - upper.x1 - _bound(line) > ROOM * upper.size:
        return False
    ended = text_of(upper.words).endswith(ENDS)
    if ended and not following.is_full and not following.text.endswith(ENDS):
        return False  # a heading
    if not opens_item(text) or (text[:1].islower() and text[1:2] not in ")."):
        return True
    return _hangs(last, line) and not _is_tabbed(line)


def _hangs(last: PrintedParagraph, line: Line) -> bool:
    """Whether a line stands where the lines of a paragraph do that are below its mark."""
    begin, end = last.lines[0], (last.broken[-1] if last.broken else last.lines)[-1]
    return end.x0 - begin.x0 > end.size and abs(line.x0 - end.x0) < end.size / 2


def right_margin(lines: Iterable[Line]) -> float:
    """Where running text ends on the right: what one line in twenty may pass."""
    ends = sorted(line.x1 for line in lines)
    return ends[-1 - len(ends) // 20] if ends else 0.0
