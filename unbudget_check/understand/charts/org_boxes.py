"""The boxes of organization charts, line by line: sources of funds, posts by grade, counts, total.

In Word they are text boxes, with a small table inside or plain lines; text taken from a PDF keeps
only their lines. There a box begins at its sources of funds (RB: XB:) and ends at its total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from unbudget_check.lexicon import load_language
from unbudget_check.model.document import Paragraph
from unbudget_check.notation.years import YEAR_ALONE
from unbudget_check.profiles import sources
from unbudget_check.understand.charts.words import loose_key, loose_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.lexicon import Language
    from unbudget_check.model.document import Block, Cell, Table


# Counts that stand side by side: one for each source of funds.
MOST_COUNTS_ABREAST = 4
# What may remain of a list of posts: separators, and footnote marks set apart.
_REST = re.compile(r"(?:[\s,;.]|(?<![a-z])[a-z]{1,4}(?![a-z]))*")
_MARKS = re.compile(r"(?:[a-z][\s,]*)+$")
_COUNTS = re.compile(rf"\d{{1,4}}(?:\s+\d{{1,4}}){{0,{MOST_COUNTS_ABREAST - 1}}}")

# A line of a chart is no longer, and the name of a unit takes no more lines.
LONGEST_LINE_CHARS = 100
NAMED = 3
# Posts with it between them stand in one list, others in columns.
SEPARATOR = ","
_COUNTED = re.compile(r"\d{1,3}\s")


@dataclass(frozen=True, slots=True)
class PrintedCount:
    """A printed number of posts, at ``start`` to ``end`` of the line; ``name`` is its grade.

    ``marks`` are the footnote marks of that entry of a list, as far as the line tells whose they
    are.
    """

    value: int
    start: int
    end: int
    name: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A source of funds as printed, with the number of its posts where that stands beside it."""

    source: str
    printed: str
    count: PrintedCount | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: only one of the fields is filled, none where it is words."""

    text: str
    headings: tuple[SourceHeading, ...] = ()
    items: tuple[PrintedCount, ...] = ()
    counts: tuple[PrintedCount, ...] = ()
    total: PrintedCount | None = None

    @property
    def is_words(self) -> bool:
        """Whether the line says nothing of posts."""
        return not (self.headings or self.items or self.counts or self.total)


@dataclass(frozen=True, slots=True)
class _SourcePatterns:
    """The forms of a language, compiled once."""

    heading: re.Pattern[str]
    total: re.Pattern[str]
    item: re.Pattern[str]
    sources: dict[str, str]
    grades: dict[str, str]


def read_line(text: str, language: Language) -> Line:
    """What a line says; its figures are placed as characters of the line."""
    patterns = _patterns(language.code)
    if _COUNTS.fullmatch(text.strip()):
        found = re.finditer(r"\d+", text)
        return Line(text, counts=tuple(PrintedCount(int(f[0]), f.start(), f.end()) for f in found))
    headings = _headings(text, patterns)
    if headings:
        return Line(text, headings=headings)
    total = patterns.total.fullmatch(text)
    if total:
        return Line(text, total=PrintedCount(int(total[1]), total.start(1), total.end(1)))
    if not any(map(str.isdigit, text)):
        return Line(text)
    items = list(_items(text, patterns))
    if not items or not _REST.fullmatch(patterns.item.sub(" ", text)):
        return Line(text)
    return Line(text, items=tuple(_marked(text, items)))


def _headings(text: str, patterns: _SourcePatterns) -> tuple[SourceHeading, ...]:
    """The sources of funds, where a line consists of them."""
    plain = text.casefold()
    if not any(source in plain for source in patterns.sources):
        return ()
    found = list(patterns.heading.finditer(text))
    if not found or patterns.heading.sub("", text).strip():
        return ()
    return tuple(
        SourceHeading(
            patterns.sources[each["source"].casefold()],
            each["source"],
            PrintedCount(int(each["count"]), *each.span("count")) if each["count"] else None,
        )
        for each in found
    )


def _items(text: str, patterns: _SourcePatterns) -> Iterator[PrintedCount]:
    for found in patterns.item.finditer(text):
        grade = patterns.grades[loose_key(found["grade"])]
        yield PrintedCount(int(found["count"]), *found.span("count"), grade)


def _marked(text: str, items: Sequence[PrintedCount]) -> Iterator[PrintedCount]:
    """The entries of a line with their footnote marks, which stand together at its end.

    Where there are fewer marks than entries, the last ones carry them.
    """
    found = _MARKS.search(text)
    letters = "".join(filter(str.isalpha, found[0])) if found else ""
    if len(items) == 1:
        yield replace(items[0], marks=letters)
        return
    known = letters if len(letters) <= len(items) else ""
    for each, mark in zip(items, known.rjust(len(items)), strict=True):
        yield replace(each, marks=mark.strip())


@lru_cache(maxsize=8)
def _patterns(code: str) -> _SourcePatterns:
    language = load_language(code)
    funds = {term: name for name in sources() for term in language.charts[name]}
    grades = {loose_key(term): grade for grade, terms in language.grades.items() for term in terms}
    printed = sorted({t for terms in language.grades.values() for t in terms}, key=len)[::-1]
    counted = _any(language.charts["counted"])
    return _SourcePatterns(
        re.compile(
            rf"(?P<source>{_any(funds)})(?!\w)\s*(?:[:\uff1a]|\(\s*(?P<count>\d{{1,4}})\s*"
            rf"(?:{counted})\s*\)|(?=\s*$))\s*",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\s*(?:{_any(language.rows['total'])})\s*[:\uff1a]?\s*(\d{{1,5}})\s*", re.IGNORECASE
        ),
        re.compile(
            rf"(?<![\w-])(?P<count>\d{{1,4}})\s*(?P<grade>{'|'.join(map(loose_pattern, printed))})"
            rf"(?=[a-z]{{0,4}}(?![\w/]))(?:[a-z]{{1,4}}(?![a-z]))?",
            re.IGNORECASE,
        ),
        funds,
        grades,
    )


def _any(terms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class PrintedLine:
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
class PlacedCount:
    """A count and the line that prints it."""

    count: PrintedCount
    at: PrintedLine


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
    headings: dict[int, SourceHeading] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)
    stated: dict[int, PlacedCount] = field(default_factory=dict)
    items: list[tuple[int, PlacedCount]] = field(default_factory=list)
    total: PlacedCount | None = None
    is_strange: bool = False

    def owns(self, at: PrintedLine) -> bool:
        """Whether a total stands in the cell of one source of several, below its list."""
        lists = any(each.at.address == at.address for _, each in self.items)
        return lists and at.column is not None and len(self.headings) > 1


def boxes_of(blocks: Iterable[Block], language: Language) -> tuple[tuple[Box, ...], frozenset[str]]:
    """All boxes that list posts, in reading order, and the addresses of the tables inside them."""
    reading = _BoxReader(language)
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
class _BoxReader:
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
        if not self.frame and len(paragraph.text) > LONGEST_LINE_CHARS:
            self.leave()
            return
        text = " ".join(paragraph.text.split())
        years = [] if self.frame else YEAR_ALONE.findall(text)
        self.year = int(years[0]) if len(years) == 1 else self.year
        for start, words in _lines(paragraph.text):
            at = PrintedLine(paragraph.address, text, start, paragraph.line)
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
            at = PrintedLine(cell.address, text, start, cell.line, column, cell.columns)
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

    def _take(self, line: Line, at: PrintedLine) -> None:
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

    def _head(self, line: Line, at: PrintedLine) -> None:
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
                box.stated[column] = PlacedCount(heading.count, at)

    def _begins(self, box: Box, line: Line, at: PrintedLine) -> bool:
        """Whether a heading begins the next box; in a frame a unit may have several lists."""
        if not self.frame:
            return bool(box.items or (box.headings and at.column is None))
        again = any(_alike(one, other) for one in line.headings for other in box.headings.values())
        return box.total is not None or (again and bool(box.stated))

    def _fill(self, box: Box, line: Line, at: PrintedLine) -> None:
        """The posts, counts or total of the open box."""
        if line.total is not None and not box.owns(at):
            box.is_strange |= box.total is not None
            box.total = PlacedCount(line.total, at)
            return
        found = (line.total,) if line.total is not None else line.items or line.counts
        columns = _columns(box, found, at)
        for column, count in zip(columns, found, strict=True):
            heading = box.headings.get(column)
            is_late = column in box.stated and (heading is None or heading.count is None)
            if line.items:
                box.items.append((column, PlacedCount(count, at)))
                box.is_strange |= is_late
            else:
                box.is_strange |= is_late or len(found) > max(len(box.headings), 1)
                box.stated[column] = PlacedCount(count, at)


def _alike(one: SourceHeading, other: SourceHeading) -> bool:
    """Whether two headings name the same source of funds."""
    return one.printed.casefold() == other.printed.casefold()


def _nearest(words: Sequence[str]) -> Sequence[str]:
    """The name of a box without a frame: the line above it, and one more above brackets."""
    return words[-2:] if words and words[-1].startswith("(") else words[-1:]


def _columns(box: Box, found: tuple[PrintedCount, ...], at: PrintedLine) -> list[int]:
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
