"""What was understood of a document, and the readings that the figures bore out or refuted.

Readings: decisions about a document that write many ties at once, and how they came out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from unbudget_check.model.document import Worksheets
from unbudget_check.model.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from unbudget_check.model.charts import Chart, FigureLabel, Organization
    from unbudget_check.model.document import Cell
    from unbudget_check.model.meaning import Fact
    from unbudget_check.model.message import Message
    from unbudget_check.model.number import Number
    from unbudget_check.model.prose import Span


# What stands in a grid of figure numbers where there is no figure.
# UNREAD is a cell with digits that do not form a figure (ca. 8).
BLANK, UNCALCULATED, WORDS, UNREAD = -1, -2, -3, -4


class Standing(StrEnum):
    """How a reading came out against the figures."""

    BORNE_OUT = "borne out"  # its failing ties are findings
    UNDECIDED = "undecided"  # too few figures: a note at most
    REFUTED = "refuted"  # nothing is reported, and the coverage lists it


@dataclass(frozen=True, slots=True)
class Weight:
    """What the figures say of one reading.

    ``held`` and ``failed`` count the ties that say something of their own: nil figures, and ties
    that follow from others, do not. ``gain`` are the bits of those that hold, ``loss`` the bits of
    those that fail, ``prior`` what words say before any figure is looked at.
    """

    held: int = 0
    failed: int = 0
    gain: int = 0
    loss: int = 0
    prior: int = 0

    @property
    def bits(self) -> int:
        """The evidence for the reading: the logarithm (base 2) of its odds."""
        return self.prior + self.gain - self.loss

    @property
    def said(self) -> int:
        """How many ties say something."""
        return self.held + self.failed


@dataclass(frozen=True, slots=True)
class Reading:
    """One interpretation under which a check writes ties.

    ``kind`` names it in the message files ("reading-..."), ``at`` is the first of the figures that
    it is about, and ``other`` names what they are read against, as printed. ``prior`` are the bits
    of its words. Of several readings with the same ``contest`` only one can be right; those that
    have something ``alike`` (the same headings in another table) are mostly right together.
    ``witnesses`` are ties, as (figure, coefficient), that speak for or against it whether or not
    the check that announces it writes them. ``sums`` is true where it adds up parts.
    """

    kind: str
    at: Spot | Span
    other: str = ""
    prior: int = 0
    contest: Hashable = None
    alike: tuple[Hashable, ...] = ()
    witnesses: tuple[tuple[tuple[int, int], ...], ...] = ()
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A reading with its evidence, and the evidence of the best other one of the same contest."""

    reading: Reading
    weight: Weight
    standing: Standing
    runner_up: Weight | None = None

    @property
    def margin(self) -> int:
        """By how many bits the reading stands above nothing, or above its runner-up."""
        other = self.runner_up.bits if self.runner_up is not None else 0
        return self.weight.bits - max(other, 0)


class CellKind(StrEnum):
    """What stands in a cell."""

    FIGURE = "figure"
    NIL = "nil"  # a dash: nothing, to the column's precision
    BLANK = "blank"
    ABSENT = "absent"  # n/a and the like: no figure applies here
    TEXT = "text"
    MALFORMED = "malformed"  # meant as a figure, but not one


class Defect(StrEnum):
    """What is wrong with the notation of a figure."""

    NONE = ""
    GROUPING = "grouping"  # 2.679.6, 1 23.4
    BRACKET = "bracket"  # an opening or closing bracket without its partner
    SIGN = "sign"  # a sign printed twice
    LETTER = "letter"  # a letter among the digits


@dataclass(frozen=True, slots=True)
class Numeral:
    """One cell read as a number: what it is, its exact value and what is wrong with its notation.

    ``number`` is present for FIGURE and NIL, and for MALFORMED where a value can be made out;
    ``marks`` are footnote marks that were glued to it.
    """

    reading: CellKind
    number: Number | None = None
    defect: Defect = Defect.NONE
    marks: str = ""


class ColumnRole(StrEnum):
    """What a column is in its table."""

    LABEL = "label"
    EXPENDITURE = "expenditure"
    BASE = "base"  # the appropriation, approval or estimate that the changes start from
    TECHNICAL = "technical"
    MANDATES = "mandates"
    OTHER = "other"
    FACTOR = "factor"  # part of a change, in words of its own
    CHANGE = "change"
    PERCENTAGE = "percentage"
    ESTIMATE = "estimate"  # what is proposed
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    SHARE = "share"
    RATE = "rate"  # a quotient of other columns, or their average
    NUMBER = "number"
    DETAILS = "details"
    TEXT = "text"
    AMOUNT = "amount"  # figures whose heading says nothing that is known


# Figures of these columns are never added up: a percentage of a total is no sum of percentages.
# The unit of rows that are rates, means and the like.
IN_PER_CENT = "percentage"
RATES = frozenset({ColumnRole.PERCENTAGE, ColumnRole.SHARE, ColumnRole.RATE})
UNSUMMED = frozenset({ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS, *RATES})


class RowRole(StrEnum):
    """What a row is in its table."""

    HEADING = "heading"
    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    MEMO = "memo"  # of which, rates, notes: not an addend
    NUMBERING = "numbering"  # (1) (2) (3)=(2)-(1)
    HEADER = "header"
    SPACER = "spacer"


ROWS_OF_TOTALS = frozenset({RowRole.TOTAL, RowRole.SUBTOTAL})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as printed, its role and year, and a formula printed in the heading.

    ``group`` is the heading that spans it (Changes, Regular budget); ``mark`` its printed number,
    such as (3). ``side`` counts the sets of columns that stand side by side, each with a change
    of its own (regular budget, other assessed, extrabudgetary).
    """

    index: int
    heading: str
    role: ColumnRole
    group: str = ""
    year: int | None = None
    mark: str = ""
    formula: str = ""
    concept: str = ""
    side: int = 0


def meaning_of(column: Column) -> tuple[str, str, int] | None:
    """What tells a column in another part of the same table, or None where nothing does.

    Columns with a known role are identified by it; others only by the same heading.
    """
    if column.role is not ColumnRole.AMOUNT:
        return column.role.value, "", column.side
    heading = " ".join(column.heading.casefold().split())
    return (column.role.value, heading, column.side) if heading else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label as printed, without its marker, its role and its depth in the outline.

    ``unit`` is the unit of its figures; ``block`` counts the blocks of a table that holds several
    (money above, posts below). ``code`` are the code, the date or the number that stand in columns
    of their own before the label; ``above`` is the position of the row
    of whose code its own is a part, or -1.
    """

    index: int
    label: str
    role: RowRole
    marker: str = ""
    depth: int = 0
    unit: str = "money"
    block: int = 0
    grade: str = ""
    concept: str = ""
    reference: str = ""  # the marker that a total names: Subtotal, B
    code: str = ""
    above: int = -1


@dataclass(frozen=True, slots=True)
class Footing:
    """A total row and the rows it adds up, with what the columns say of that.

    Rows are positions in ``TableFacts.rows``. ``labelled`` says that the labels alone suggest the
    same. ``above`` are rows of earlier parts of the same table, as (table, row): the last row of
    the last part totals all of them. ``kind`` is "column", "posts", "items", "blocks" or "parts".
    ``signs``, where there are any, say how ``parts`` and then ``above`` enter: net = gross -
    deductions. ``weight`` is the evidence; its prior is what words and the other totals of the
    table say. ``exceptions`` are columns in which a footing that was found is not believed in.
    """

    total: int
    parts: tuple[int, ...]
    labelled: bool
    above: tuple[tuple[int, int], ...] = ()
    kind: str = "column"
    signs: tuple[int, ...] = ()
    weight: Weight = field(default_factory=Weight)
    exceptions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """An equation across the columns of a table: ``stated`` = sum of coefficient x column.

    ``origin`` is "formula" (printed in the headings), "heading" (a total column and the columns
    that it spans) or "found" (nearly all rows agree, though no heading says so). ``meant`` is what
    a formula in the heading should be, where the one that is printed names a wrong column.
    ``exceptions`` are rows, as positions, in which a tie that was found is not believed in.
    """

    stated: int
    parts: tuple[tuple[int, int], ...]
    agreed: int
    voted: int
    origin: str
    meant: str = ""
    exceptions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ratio:
    """Figures of one line that are quotients of those of two others, place by place.

    ``across`` says that the lines are columns, else they are rows; ``stated``, ``part`` and
    ``base`` number them. Stated is the part over the base, times ten to ``power``; with ``growth``
    it is what the part has more than the base, over the base. ``rounded`` says that whole numbers
    were rounded, too, when they were divided.
    """

    stated: int
    part: int
    base: int
    power: int
    growth: bool
    weight: Weight
    rounded: bool = False
    across: bool = True


@dataclass(frozen=True, slots=True)
class Average:
    """Figures of one line that are the averages of those of others, place by place.

    Where ``blanks`` count, a blank is nil; else it is left out of the average.
    """

    stated: int
    parts: tuple[int, ...]
    weight: Weight
    blanks: bool = False
    across: bool = True


@dataclass(frozen=True, slots=True)
class Turned:
    """A column that is the difference of two others, with the sign that ``signs`` say row by row.

    A variance in favour of the budget is positive: more revenue, and less expenditure.
    """

    stated: int
    parts: tuple[int, int]
    signs: tuple[int, ...]
    weight: Weight


@dataclass(frozen=True, slots=True)
class GradeList:
    """A list of grades in a cell: ``items`` are (grade, figure number) in printed order.

    ``beside`` is the number of the figure that the list explains; ``year`` says which column of a
    grade table shows the same posts.
    """

    row: int
    column: int
    beside: int
    items: tuple[tuple[str, int], ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One understood table or part of a table.

    ``grid[r][c]`` is the number of a figure in the document's vector, or BLANK, UNCALCULATED (a
    formula without a value), WORDS or UNREAD; r and c are positions
    in ``rows`` and ``columns``. ``numerals`` and ``cells`` have the same shape. ``doubt`` says why
    the table was read with doubt; ``unclear`` names the rows, ``unclear_columns`` the columns that
    are called totals of others, without its being understood of which. ``marks`` are the footnote
    marks of all its cells, those of the headings with them.
    """

    ordinal: int
    number: str | None
    part: str | None
    title: str
    unit: str
    scale: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    numerals: tuple[tuple[Numeral, ...], ...]
    grid: tuple[tuple[int, ...], ...]
    footings: tuple[Footing, ...] = ()
    ties: tuple[Tie, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    averages: tuple[Average, ...] = ()
    turned: tuple[Turned, ...] = ()
    lists: tuple[GradeList, ...] = ()
    doubt: str = ""
    unclear: tuple[str, ...] = ()
    unclear_columns: tuple[str, ...] = ()
    address: str = ""
    part_title: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure of the vector stands: table, row and column positions.

    ``item`` numbers the figures of a cell that holds a list, from 1; it is 0 elsewhere.
    """

    table: int
    row: int
    column: int
    item: int = 0


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document, understood: small, self-contained, picklable.

    ``labels`` say where in a chart the figures stand whose spots are pieces of drawings;
    ``worksheets`` is what a workbook with formulas stores; ``unread`` are the addresses of tables
    that print figures, so many of each, which are none of this vector.
    """

    path: str
    symbol: str | None
    language: str
    tables: tuple[TableFacts, ...]
    numbers: tuple[Number, ...]
    counts: tuple[bool, ...]
    spots: tuple[Spot | Span, ...]
    remarks: tuple[Message, ...] = field(default=())
    prose: Prose = field(default_factory=Prose)
    meanings: tuple[Fact, ...] = ()
    charts: tuple[Chart, ...] = ()
    organizations: tuple[Organization, ...] = ()
    labels: Mapping[Span, FigureLabel] = field(default_factory=dict)
    worksheets: Worksheets = field(default_factory=Worksheets)
    unread: tuple[tuple[str, int], ...] = ()


_WORDLESS = frozenset({CellKind.FIGURE, CellKind.NIL, CellKind.BLANK, CellKind.ABSENT})


def worded_cells(tables: Iterable[TableFacts]) -> Mapping[str, list[Spot]]:
    """What is printed, and where, in reading order: the same labels stand in many tables."""
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for table in tables:
        for r, (cells, numerals) in enumerate(zip(table.cells, table.numerals, strict=True)):
            for c, (cell, numeral) in enumerate(zip(cells, numerals, strict=True)):
                if cell is not None and numeral.reading not in _WORDLESS:
                    found[cell.text].append(Spot(table.ordinal, r, c))
    return found
