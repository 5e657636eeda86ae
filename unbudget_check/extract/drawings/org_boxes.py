"""The boxes of organization charts, line by line, before their figures are numbered.

In Word they are text boxes, with a small table inside or plain lines; text taken from a PDF keeps
only their lines. There a box begins at its sources of funds (RB: XB:) and ends at its total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.extract.drawings.org_lines import read_line
from unbudget_check.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.extract.drawings.org_lines import Count, Heading, Line
    from unbudget_check.languages import Language
    from unbudget_check.model.document import Block, Cell, Table

# A line of a chart is no longer, and the name of a unit takes no more lines.
LONGEST = 100
NAMED = 3
# Posts with it between them stand in one list, others in columns.
SEPARATOR = ","
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_COUNTED = re.compile(r"\d{1,3}\s")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a chart: where it begins in the smoothed text at an address.

    ``column`` is that of its cell, which covers so many ``columns``; None where no cells keep the
    columns apart.
    """

    address: str
    text: str
    start: int
    row: int | None
    column: int | None = None
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A count and the line that prints it."""

    count: Count
    at: Printed


@dataclass(slots=True)
class Box:
    """One unit as its lines tell it; figures are kept by the column of their source of funds.

    Without cells (``is_gridded``) the second figure of a line belongs to the second source, and a
    lone one may belong to either. ``covers`` are the printed columns, and for which source each
    stands since the last heading. Without a frame a line of the box may have been lost. Boxes of
    the same ``drawing`` follow each other without any text between; ``year`` is the last one that
    a heading above it prints. ``others`` are names of further units among the lists.
    ``is_strange`` boxes hold lines that are not understood.
    """

    frame: str
    drawing: int
    name: tuple[str, ...] = ()
    others: list[str] = field(default_factory=list)
    year: int | None = None
    is_gridded: bool = False
    headings: dict[int, Heading] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)
    stated: dict[int, Placed] = field(default_factory=dict)
    items: list[tuple[int, Placed]] = field(default_factory=list)
    total: Placed | None = None
    is_strange: bool = False

    def owns(self, at: Printed) -> bool:
        """Whether a total stands in the cell of one source of several, below its list."""
        lists = any(each.at.address == at.address for _, each in self.items)
        return lists and at.column is not None and len(self.headings) > 1


def boxes_of(blocks: Iterable[Block], language: Language) -> tuple[tuple[Box, ...], frozenset[str]]:
    """All boxes that list posts, in reading order, and the addresses of the tables inside them."""
    reading = _Reading(language)
    for block in blocks:
        if isinstance(block, Paragraph):
            reading.paragraph(block)
        elif block.frame:
            reading.table(block)
        else:
            reading.leave()
    reading.close()
    return tuple(reading.boxes), frozenset(reading.tables)


@dataclass(slots=True)
class _Reading:
    """The open box while the blocks are read, and the words that may be the name of the next."""

    language: Language
    boxes: list[Box] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    box: Box | None = None
    frame: str = ""
    drawing: int = 0
    words: list[str] = field(default_factory=list)
    year: int | None = None

    def leave(self) -> None:
        """Something that is no box ends the drawing."""
        self.close()
        self.words.clear()
        self.drawing += 1

    def close(self) -> None:
        """End the open box; one without posts is none."""
        if self.box is not None and (self.box.items or self.box.stated):
            self.boxes.append(self.box)
        self.box = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """One paragraph, inside a text box or by itself."""
        self._enter(paragraph.frame)
        if not self.frame and len(paragraph.text) > LONGEST:
            self.leave()
            return
        text = " ".join(paragraph.text.split())
        years = [] if self.frame else _YEAR.findall(text)
        self.year = int(years[0]) if len(years) == 1 else self.year
        for start, words in _lines(paragraph.text):
            at = Printed(paragraph.address, text, start, paragraph.line)
            self._take(read_line(words, self.language), at)

    def table(self, table: Table) -> None:
        """A table inside a text box; several columns are several sources of funds."""
        self._enter(table.frame)
        for cell in (cell for row in table.rows for cell in row):
            self._cell(cell, cell.column if table.columns > 1 else None)
        if self.box is not None:
            self.box.is_gridded = table.columns > 1
            self.tables.add(table.address)

    def _cell(self, cell: Cell, column: int | None) -> None:
        text = " ".join(cell.text.split())
        lines = list(_lines(cell.text))
        for start, words in lines:
            at = Printed(cell.address, text, start, cell.line, column, cell.columns)
            line = read_line(words, self.language)
            if len(lines) == 1 and len(line.items) == 1 and cell.marks:
                line = replace(line, items=(replace(line.items[0], marks=cell.marks),))
            self._take(line, at)

    def _enter(self, frame: str) -> None:
        """Another frame is another box."""
        if frame != self.frame:
            self.close()
            self.words.clear()
            self.drawing += not (frame and self.frame)
            self.frame = frame

    def _take(self, line: Line, at: Printed) -> None:
        """One line of a box, or one that may be the name of the next."""
        if line.is_words:
            self._name(line.text)
        elif line.headings:
            self._head(line, at)
        elif self.box is None and not (self.frame and line.items):
            self.words.clear()
        else:
            self._fill(self.box or self._open(), line, at)

    def _name(self, words: str) -> None:
        """Words name the next unit; with figures among them, in an open box, they are strange."""
        box = self.box
        if box is not None and self.frame and not box.total:
            has_digits = any(map(str.isdigit, words))
            box.is_strange |= has_digits
            if has_digits or not (box.stated and box.items):
                box.others += [words] if box.items and not has_digits else []
                return
        self.close()
        self.words = [*self.words, words][-NAMED:]

    def _open(self) -> Box:
        """Begin a box; a line such as "1 Registrar" above its list is no name."""
        self.close()
        named = self.words if self.frame else _nearest(self.words)
        self.box = Box(self.frame, self.drawing, tuple(named), year=self.year)
        self.box.is_strange = any(map(_COUNTED.match, named))
        self.words = []
        return self.box

    def _head(self, line: Line, at: Printed) -> None:
        box = self.box
        if box is None or self._begins(box, line, at):
            box = self._open()
        if at.column is None:
            box.covers.clear()
        for printed, heading in enumerate(line.headings, at.column or 0):
            known = (column for column, each in box.headings.items() if _alike(each, heading))
            free = max(box.headings) + 1 if printed in box.headings else printed
            column = next(known, free)
            box.headings.setdefault(column, heading)
            for covered in range(printed, printed + (at.columns if at.column is not None else 1)):
                box.covers[covered] = column
            if heading.count is not None:
                box.stated[column] = Placed(heading.count, at)

    def _begins(self, box: Box, line: Line, at: Printed) -> bool:
        """Whether a heading begins the next box; in a frame a unit may have several lists."""
        if not self.frame:
            return bool(box.items or (box.headings and at.column is None))
        again = any(_alike(one, other) for one in line.headings for other in box.headings.values())
        return box.total is not None or (again and bool(box.stated))

    def _fill(self, box: Box, line: Line, at: Printed) -> None:
        """The posts, counts or total of the open box."""
        if line.total is not None and not box.owns(at):
            box.is_strange |= box.total is not None
            box.total = Placed(line.total, at)
            return
        found = (line.total,) if line.total is not None else line.items or line.counts
        columns = _columns(box, found, at)
        for column, count in zip(columns, found, strict=True):
            heading = box.headings.get(column)
            is_late = column in box.stated and (heading is None or heading.count is None)
            if line.items:
                box.items.append((column, Placed(count, at)))
                box.is_strange |= is_late
            else:
                box.is_strange |= is_late or len(found) > max(len(box.headings), 1)
                box.stated[column] = Placed(count, at)


def _alike(one: Heading, other: Heading) -> bool:
    """Whether two headings name the same source of funds."""
    return one.printed.casefold() == other.printed.casefold()


def _nearest(words: Sequence[str]) -> Sequence[str]:
    """The name of a box without a frame: the line above it, and one more above brackets."""
    return words[-2:] if words and words[-1].startswith("(") else words[-1:]


def _columns(box: Box, found: tuple[Count, ...], at: Printed) -> list[int]:
    """To which sources the figures of a line belong."""
    if at.column is not None:
        return [box.covers.get(at.column, at.column)] * len(found)
    if len(set(box.covers.values())) <= 1:
        return [next(iter(box.covers.values()), 0)] * len(found)
    columns = [0]
    for one, other in pairwise(found):
        between = at.text[at.start + one.end : at.start + other.start]
        columns.append(columns[-1] + (SEPARATOR not in between))
    return [box.covers.get(column, column) for column in columns]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with its place in the smoothed text."""
    start = 0
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words:
            yield start, words
            start += len(words) + 1
