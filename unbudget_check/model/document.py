"""A document as a reader hands it on: paragraphs and tables in order, nothing understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.model.worksheets import Worksheets

if TYPE_CHECKING:
    from unbudget_check.model.number import Number
    from unbudget_check.model.saying import Saying


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
    ``frame`` is the address of the text box that it stands in, if any.
    """

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    address: str = ""
    doubt: str = ""
    sheet: str = ""
    chart: bool = False
    frame: str = ""


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
    remarks: tuple[Saying, ...] = ()
    complaints: tuple[tuple[str, Saying], ...] = ()
    worksheets: Worksheets = field(default_factory=Worksheets)
