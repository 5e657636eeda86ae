"""Where a figure or a sentence stands, in an officer's words, and what is printed around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from unbudget_check.model.document import Table, Where, cell_key, page_of
from unbudget_check.model.facts import ColumnRole, RowRole, Spot
from unbudget_check.model.finding import Excerpt, Quote
from unbudget_check.model.prose import CaptionKind, PassageKind, Span
from unbudget_check.model.report import PrintedCell, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.document import Cell, Document
    from unbudget_check.model.facts import DocumentFacts, TableFacts
    from unbudget_check.model.finding import Finding


# So much of a heading tells which one it is.
LONGEST_HEADING_CHARS = 60
# Characters on each side of a quotation; it is the whole sentence where that is shorter.
AROUND = 240
CUT = "…"
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d(“\"])|(?<=[。！？；])|(?<=;)\s+")

# A line of sums with more rows is thinned out by the reporters; more are never carried along.
MOST_ROWS_SHOWN = 60
WIDE_TABLE_COLUMNS = 12

_TABLE = re.compile(r"t(\d+)")
_NAME = re.compile(r"[^\W\d_]{2}")  # a heading, not a symbol


def where_in(facts: DocumentFacts, span: Span) -> Where:
    """The place of a piece of text: paragraph and item as printed, or label in a chart."""
    passage = facts.prose.passages[span.passage]
    label = facts.labels.get(span)
    if label is not None:
        return Where(
            facts.path,
            row=label.row or None,
            column=label.column or None,
            item=label.item or None,
            figure=label.figure or None,
            page=page_of(passage.address),
            line=passage.line,
            address=passage.address or None,
        )
    numbers = _captioned(facts, span)
    return Where(
        facts.path,
        table=numbers.get(CaptionKind.TABLE),
        figure=numbers.get(CaptionKind.FIGURE),
        paragraph=passage.number or None,
        item=" ".join(passage.items) or None,
        page=page_of(passage.address),
        line=passage.line,
        address=passage.address or None,
        below=None if passage.number or numbers else _above(facts, span.passage),
    )


def _captioned(facts: DocumentFacts, span: Span) -> dict[CaptionKind, str]:
    """The kind and the number of the caption to which a piece of text belongs."""
    if facts.prose.passages[span.passage].kind is not PassageKind.CAPTION:
        return {}
    above = [each for each in facts.prose.captions if each.passage <= span.passage]
    return {above[-1].kind: above[-1].number} if above and above[-1].number else {}


def text_in(facts: DocumentFacts, span: Span) -> str:
    """A piece of text as printed."""
    return facts.prose.passages[span.passage].text[span.start : span.end]


def quote_of(facts: DocumentFacts, span: Span) -> Quote:
    """The sentence in which a piece of text stands; a very long one is cut around it."""
    text = facts.prose.passages[span.passage].text
    low, high = max(span.start - AROUND, 0), min(span.end + AROUND, len(text))
    # Where sentences end further away does not matter; an end shows by the two characters there.
    ends = [found.start() for found in _END.finditer(text, max(low - 1, 0), high + 2)]
    begin = max((end for end in ends if end <= span.start), default=0)
    begin += len(text[begin:high]) - len(text[begin:high].lstrip())
    finish = min((end for end in ends if end >= span.end), default=len(text))
    low, high = max(begin, low), min(finish, high)
    before, after = CUT * (low > begin), CUT * (high < finish)
    shift = len(before) - low
    return Quote(before + text[low:high] + after, span.start + shift, span.end + shift)


def where_of(facts: DocumentFacts, spot: Spot | Span) -> Where:
    """The place of a cell, as table, part, row and column are printed, or of a piece of text."""
    if isinstance(spot, Span):
        return where_in(facts, spot)
    table = facts.tables[spot.table]
    cell = table.cells[spot.row][spot.column]
    address = (cell.address or None) if cell else table.address or None
    return Where(
        facts.path,
        table=table.number,
        part=table.part,
        row=label_of(table, spot.row),
        column=heading_of(table, spot.column),
        item=_item_of(table, spot),
        page=page_of(address),
        line=cell.line if cell else None,
        address=address,
        below=below_table(facts, table),
        cell=cell_key(table.ordinal, cell.row, cell.column) if cell else None,
    )


def below_table(facts: DocumentFacts, table: TableFacts) -> str | None:
    """What is printed above a table without a number: its title, else a heading or a number.

    None where the address says it as well: in a workbook and in lines of text.
    """
    if table.number or "!" in table.address:
        return None
    passages = facts.prose.passages
    above = passages[: bisect_right(passages, table.ordinal, key=attrgetter("follows"))]
    if above and above[-1].line is not None:
        return None
    if table.title and not (above and above[-1].number and above[-1].text == table.title):
        return _quoted(table.title)
    for passage in reversed(above):
        if passage.number:
            return passage.number
        if passage.kind is PassageKind.HEADING and _NAME.search(passage.text):
            return _quoted(passage.text)
    return None


def _numbered_above(facts: DocumentFacts, end: int) -> str | None:
    """The number of the last paragraph before a passage that has one."""
    above = (each for each in reversed(facts.prose.passages[:end]) if each.number)
    return next((each.number for each in above if each.line is None), None)


def _above(facts: DocumentFacts, end: int) -> str | None:
    """What stands above a passage without a number: a paragraph with one, else a heading."""
    number = _numbered_above(facts, end)
    if number or "!" in facts.prose.passages[end].address:
        return number
    above = reversed(facts.prose.passages[:end])
    headings = (each for each in above if each.kind is PassageKind.HEADING and each.line is None)
    return next((_quoted(each.text) for each in headings if _NAME.search(each.text)), None)


def _quoted(text: str) -> str:
    cut = text[:LONGEST_HEADING_CHARS].rstrip()
    return f"“{cut}{CUT * (len(cut) < len(text))}”"


def _item_of(table: TableFacts, spot: Spot) -> str | None:
    """The grade of a figure that stands in a list of grades."""
    for found in table.lists:
        if spot.item and (found.row, found.column) == (spot.row, spot.column):
            return found.items[spot.item - 1][0]
    return None


def label_of(table: TableFacts, row: int) -> str | None:
    """The label of a row with its code or marker; unlabelled rows keep what is printed."""
    found = table.rows[row]
    if found.code and found.label:
        return f"{found.code} {found.label}"
    if found.marker and found.label:
        dotted = "" if found.marker.startswith("(") else "."
        return f"{found.marker}{dotted} {found.label}"
    return found.label or None


def heading_of(table: TableFacts, column: int) -> str | None:
    """The heading of a column; where the same words stand over several, with their group."""
    found = table.columns[column]
    if found.group and any(
        other.heading == found.heading and other.index != column for other in table.columns
    ):
        return f"{found.group}, {found.heading}"
    return found.heading or None


def text_of(facts: DocumentFacts, spot: Spot | Span) -> str:
    """The cell or the piece of text as printed."""
    if isinstance(spot, Span):
        return text_in(facts, spot)
    cell = facts.tables[spot.table].cells[spot.row][spot.column]
    return " ".join(cell.text.split()) if cell else ""


def excerpt_of(
    facts: DocumentFacts, spot: Spot, parts: Sequence[tuple[Spot | Span, int]]
) -> Excerpt:
    """The rows that a finding is about, under the table's headings, with the cells marked."""
    table = facts.tables[spot.table]
    cells = [(part, sign) for part, sign in parts if isinstance(part, Spot)]
    near = [(part, sign) for part, sign in cells if part.table == spot.table][:MOST_ROWS_SHOWN]
    rows = sorted({spot.row, *(part.row for part, _ in near)})
    rows = [r for r in rows if r == spot.row or table.rows[r].role is not RowRole.SPACER]
    columns = _columns_around(table, {spot.column, *(part.column for part, _ in near)})
    placed = {row: at for at, row in enumerate(rows)}
    across = {column: at for at, column in enumerate(columns)}
    marked = [
        (placed[p.row], across[p.column], sign) for p, sign in near if p != spot and p.row in placed
    ]
    return Excerpt(
        tuple(heading_of(table, column) or "" for column in columns),
        tuple(
            tuple(
                label_of(table, row) or "" if column == 0 else text_of_cell(table, row, column)
                for column in columns
            )
            for row in rows
        ),
        (placed[spot.row], across[spot.column]),
        tuple((row, column) for row, column, _ in marked),
        tuple(table.rows[row].index + 1 for row in rows),
        tuple(sign for _, _, sign in marked),
        table.title,
        table.part_title,
    )


def text_of_cell(table: TableFacts, row: int, column: int) -> str:
    """One printed cell on one line."""
    cell = table.cells[row][column]
    return " ".join(cell.text.split()) if cell else ""


def _columns_around(table: TableFacts, wanted: set[int]) -> list[int]:
    """The label column, the columns of the proof, and those near them that hold figures."""
    low, high = min(wanted) - WIDE_TABLE_COLUMNS, max(wanted) + WIDE_TABLE_COLUMNS
    return [
        c.index
        for c in table.columns
        if c.index in wanted
        or (c.role is not ColumnRole.TEXT and (c.index == 0 or low <= c.index <= high))
    ]


def printed_tables(
    document: Document, facts: DocumentFacts, findings: Iterable[Finding]
) -> tuple[PrintedTable, ...]:
    """Every table with a cell of a finding, of a suspect or of a proof, in reading order."""
    wanted = {int(found[1]) for place in _places(findings) if (found := _named(place))}
    if not wanted:
        return ()
    printed = {each.address: each for each in document.blocks if isinstance(each, Table)}
    tables = (facts.tables[ordinal] for ordinal in sorted(wanted))
    return tuple(_drawn(table, printed[table.address]) for table in tables)


def _places(findings: Iterable[Finding]) -> Iterator[Where]:
    for finding in findings:
        yield finding.where
        yield from (suspect.where for suspect in finding.suspects)
        for proof in finding.relations:
            yield proof.where
            yield from (part.where for part in proof.parts)


def _named(place: Where) -> re.Match[str] | None:
    return _TABLE.match(place.cell) if place.cell else None


def _drawn(facts: TableFacts, table: Table) -> PrintedTable:
    return PrintedTable(
        f"t{facts.ordinal}",
        tuple(tuple(map(_cell, row)) for row in table.rows),
        table.columns,
        facts.rows[0].index if facts.rows else len(table.rows),
        facts.number,
        facts.part,
        facts.title,
        facts.part_title,
        facts.address,
    )


def _cell(cell: Cell) -> PrintedCell:
    return PrintedCell(
        " ".join(cell.text.split()),
        cell.row,
        cell.column,
        cell.rows,
        cell.columns,
        cell.marks,
        cell.indent,
    )
