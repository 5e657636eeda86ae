"""A document as a reader hands it on: paragraphs, tables, workbook cells, and where each stands.

Where a figure stands, as an officer would say it and as a machine finds it again.

What a workbook stores beside what it shows: formulas, and values with all their digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Number


_PAGE = re.compile(r"page (\d+)(?:,|$)")
# Row and column, counted from 0.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document; every field that does not apply is None.

    ``table``, ``paragraph`` and ``figure`` are the printed numbers (29E.24, 29E.96, 29E.VII),
    ``row`` and ``column`` the printed labels, ``address`` the machine's own (sheet and cell,
    block and cell of the XML, line and span of a text, page and box of a PDF file). ``cell`` names
    the cell in the tables that a report carries along: ``t3r12c4`` is the thirteenth row and the
    fifth column of table t3. ``below`` says in print where a table or a text without a number
    stands: below which paragraph number, or which words in quotation marks.
    """

    document: str
    table: str | None = None
    part: str | None = None
    row: str | None = None
    column: str | None = None
    paragraph: str | None = None
    item: str | None = None
    figure: str | None = None
    page: str | None = None
    line: int | None = None
    address: str | None = None
    cell: str | None = None
    below: str | None = None


def page_of(address: str | None) -> str | None:
    """The number of the page that an address begins with, where its document has pages."""
    found = _PAGE.match(address or "")
    return found[1] if found else None


def cell_key(table: int, row: int, column: int) -> str:
    """The name of a cell by the numbers of its table, row and column, all from 0."""
    return f"t{table}r{row}c{column}"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The cells of one sheet as they are stored.

    ``formulas`` are written as in the sheet, without the sign before them, shared ones written out
    for each cell (ECMA-376 part 1, 18.3.1.40); ``special`` says of some what they are besides:
    "array" or "table". ``values`` are the numbers, those that formulas came to among them,
    ``texts`` the cells that hold words, ``errors`` those whose formula came to an error.
    ``missing`` are formulas of which no result was stored. Hidden rows matter to some functions.
    """

    name: str
    formulas: Mapping[Place, str] = field(default_factory=dict)
    values: Mapping[Place, Decimal] = field(default_factory=dict)
    texts: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()
    missing: frozenset[Place] = frozenset()
    special: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Worksheets:
    """All sheets of a workbook, and its defined names with what each stands for."""

    sheets: tuple[Worksheet, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any formula."""
        return any(sheet.formulas for sheet in self.sheets)


class Flaw(StrEnum):
    """What a reader noticed about one cell that its text alone cannot say."""

    NONE = ""
    TEXT = "text"  # a workbook cell that shows a number but holds text
    CODE = "code"  # digits that name something: a line number, an account
    UNCALCULATED = "uncalculated"  # a formula whose result was never stored
    HIDDEN = "hidden"  # in a hidden row, column or sheet of a workbook
    CHOSEN = "chosen"  # column borders were lost; arithmetic chose among equal readings


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text as it stands, its place in the grid and its address.

    ``row`` and ``column`` count from 0; a merged cell covers ``rows`` x ``columns`` places and is
    listed once, at its first place. ``marks`` are footnote marks that were set as superscripts
    (they are not part of ``text``). ``indent`` grows with the printed indentation of the label.
    ``drawn`` is the value that a chart draws, in plain digits, where ``text`` is its printed label.
    ``number`` is the figure that a worksheet shows, whatever its format prints around it, and
    ``held`` the one that it keeps, where that has more digits; both None where only the text says.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    marks: str = ""
    indent: int = 0
    address: str = ""
    line: int | None = None
    flaw: Flaw = Flaw.NONE
    drawn: str = ""
    number: Number | None = None
    held: Number | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables: a caption, a unit, a heading, a sentence or a footnote.

    ``label`` is the number that the text begins with where a program prints it by itself: it
    stands in no run of the file, so a place in the text is that much further left there.
    ``frame`` is the address of the text box that it stands in, if any.
    """

    text: str
    address: str = ""
    line: int | None = None
    label: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, row by row; places covered by a merged cell are absent from the rows.

    ``doubt`` is empty, or says in one sentence why the reader is not sure of the grid; findings
    in such a table carry a lower confidence. ``sheet`` names the worksheet, where there is one.
    A ``chart`` is what a drawing shows: categories in the first column, one more for each series.
    ``frame`` is the address of the text box that it stands in, if any. ``is_by_order`` says that
    print has lost where the headings stood, and that they are set over the columns as they follow
    one another.
    """

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    address: str = ""
    doubt: str = ""
    sheet: str = ""
    chart: bool = False
    frame: str = ""
    is_by_order: bool = False


# Why a table is doubted whose headings are not those of the figures below them.
UNPLACED = "The headings could not be assigned to the columns."

Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """One document that was read, or the reason why it could not be.

    ``remarks`` are things to say in the coverage ("sheet Old is hidden; it was read").
    ``complaints`` are (place, what is wrong) pairs about data files whose rows do not fit the
    declared columns; they become findings. ``worksheets`` are what a workbook with formulas stores.
    """

    path: str
    sha256: str = ""
    blocks: tuple[Block, ...] = ()
    symbol: str | None = None
    language: str | None = None
    unreadable: str = ""
    remarks: tuple[Message, ...] = ()
    complaints: tuple[tuple[str, Message], ...] = ()
    worksheets: Worksheets = field(default_factory=Worksheets)
