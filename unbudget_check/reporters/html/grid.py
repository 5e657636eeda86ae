"""Render a printed table as HTML cells, marked and linked to the findings.

Cells are marked as the one to blame, as in doubt, or as part of a proof. A long table is drawn with
the rows of its findings only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES, Localisation
from unbudget_check.reporters.words import adds_up, names_of, shown
from unbudget_check.triage.decisions import document_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import PrintedTable

    Item = TypeVar("Item")
    from unbudget_check.model.report import DocumentResult

    Stretches = Mapping[str, tuple[range, ...]]
    from unbudget_check.model.report import PrintedCell


# How a cell belongs to a finding, and the letter of it in the style: it is to blame, or perhaps;
# and in the proof it is added, taken away, stated for the sum, or what other relations need.
BLAMED, DOUBTED = "s", "u"
PLUS, MINUS, STATED, OTHER = "p", "m", "e", "o"
# The tone of a finding is its severity, unless it is settled.
SETTLED = "settled"
TONES = (SETTLED, *map(str, SEVERITIES))

CELL = re.compile(r"(t\d+)r(\d+)c(\d+)", re.ASCII)
# Longer tables than those of budget documents come from data files; their rows are alike.
MOST_ROWS_WHOLE = 120
ROWS_AROUND = 4
ENDS = 12  # parts at either end of a long sum

UNSAFE = re.compile(r"[^0-9A-Za-z_-]+")

INDENT_MOST = 6
# The style of the first column, whose labels stay in sight.
KEY = "k"
# What may stand in a cell besides words: figures, dashes, brackets, per cent.
WORDY = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Badge:
    """The number of a finding at a cell that may be to blame, with the link to it."""

    number: int
    anchor: str
    severity: str
    tone: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class CellSpot:
    """All that findings say of one cell; ``style`` names how each of them uses it."""

    anchor: str
    badges: tuple[Badge, ...]
    style: str
    findings: frozenset[int]


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number in its document and its name on the page."""

    number: int
    anchor: str
    finding: Finding


def find_spots(
    findings: Iterable[NumberedFinding], document: str, prefix: str
) -> dict[str, CellSpot]:
    """The spots of one document by the name of the cell; ``prefix`` begins their own names."""
    badges: dict[str, list[Badge]] = defaultdict(list)
    uses: dict[str, dict[int, str]] = defaultdict(dict)
    for each in findings:
        for where, is_certain in _suspects(each.finding):
            if where.cell and where.document == document:
                badges[where.cell].append(_badge(each, is_certain=is_certain))
        for cell, letters in _uses(each.finding, document).items():
            uses[cell][each.number] = letters
    return {
        cell: CellSpot(
            f"{prefix}{cell}",
            tuple(badges.get(cell, ())),
            _style(badges.get(cell, ()), used),
            frozenset(used),
        )
        for cell, used in uses.items()
    }


def tone_of(finding: Finding) -> str:
    """How a finding is coloured: by its severity, or as one that was accepted."""
    return str(finding.severity) if finding.status == "open" else SETTLED


def _badge(each: NumberedFinding, *, is_certain: bool) -> Badge:
    severity = str(each.finding.severity)
    return Badge(each.number, each.anchor, severity, tone_of(each.finding), is_certain)


def _style(badges: Iterable[Badge], uses: Mapping[int, str]) -> str:
    """The names of the style: the gravest finding, whether it is certain, and every use."""
    listed = tuple(badges)
    names = ["part"]
    if listed:
        worst = max((each.tone for each in listed), key=TONES.index)
        names = ["x", worst, *([] if any(each.is_certain for each in listed) else ["doubt"])]
    used = (f"{letter}{number}" for number, letters in uses.items() for letter in letters)
    return " ".join([*names, *used])


def _suspects(finding: Finding) -> Iterator[tuple[Where, bool]]:
    """The places to mark, each once, and whether it is certain that they are to blame."""
    told = {each.where.cell: each.where for each in finding.suspects}
    every = {finding.where.cell: finding.where, **told}.values()
    match finding.localisation:
        case Localisation.CELL | Localisation.CELLS:
            yield from ((where, True) for where in every)
        case Localisation.ALTERNATIVES:
            yield from ((where, False) for where in every)
        case _:
            yield finding.where, False


def _uses(finding: Finding, document: str) -> dict[str, str]:
    """The letters that say how the finding uses each cell: perhaps who is to blame, and its role.

    The role is the one in the first relation that needs the cell.
    """
    roles: dict[str, str] = {}
    for position, proof in enumerate(finding.relations):
        is_first, is_sum = position == 0, adds_up(proof)
        _use(roles, proof.where, document, STATED if is_first else OTHER)
        for part in proof.parts:
            letter = MINUS if part.coefficient < 0 else PLUS
            _use(roles, part.where, document, letter if is_first and is_sum else OTHER)
    blamed: dict[str, str] = {}
    for where, is_certain in _suspects(finding):
        _use(blamed, where, document, BLAMED if is_certain else DOUBTED)
    return {cell: blamed.get(cell, "") + roles.get(cell, "") for cell in {**blamed, **roles}}


def _use(uses: dict[str, str], where: Where, document: str, letter: str) -> None:
    if where.cell and where.document == document:
        uses.setdefault(where.cell, letter)


def rows_told(findings: Iterable[Finding]) -> Mapping[tuple[str, str], set[int]]:
    """The rows that the cards of findings name, by document and key of the table."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for finding in findings:
        for where in _places(finding):
            named = CELL.fullmatch(where.cell or "")
            if named:
                rows[where.document, named[1]].add(int(named[2]))
    return rows


def stretches_of(table: PrintedTable, told: Iterable[int]) -> tuple[range, ...]:
    """The rows below the headings that are drawn, in runs without a gap."""
    first, last = table.head, len(table.rows)
    if last - first <= MOST_ROWS_WHOLE:
        return (range(first, last),) if last > first else ()
    wanted = set(range(first, first + ROWS_AROUND))
    for row in told:
        wanted |= set(range(row - ROWS_AROUND, row + ROWS_AROUND + 1))
    return tuple(_runs(sorted(row for row in wanted if first <= row < last)))


def ends_of(parts: Sequence[Item]) -> tuple[Sequence[Item], int, Sequence[Item]]:
    """The beginning of a long list, how many follow that are left out, and its end."""
    left_out = len(parts) - 2 * ENDS
    return (parts[:ENDS], left_out, parts[-ENDS:]) if left_out > 1 else (parts, 0, ())


def _places(finding: Finding) -> Iterator[Where]:
    """The places that the card of a finding names."""
    yield finding.where
    yield from (suspect.where for suspect in finding.suspects)
    for proof in finding.relations:
        yield proof.where
        start, _, end = ends_of(proof.parts)
        yield from (part.where for part in (*start, *end))


def _runs(rows: Iterable[int]) -> Iterator[range]:
    """Rising numbers as ranges; a gap of one row is not worth telling."""
    run: range | None = None
    for row in rows:
        if run is not None and row <= run.stop + 1:
            run = range(run.start, row + 1)
            continue
        if run is not None:
            yield run
        run = range(row, row + 1)
    if run is not None:
        yield run


@dataclass(frozen=True, slots=True)
class Anchors:
    """What is drawn where: documents by path, tables by key, cells by their own name.

    ``stretches`` are the rows that are drawn of each table, ``names`` what documents are called,
    and ``decided`` what decisions call them; ``lang`` is the language of the page.
    """

    numbers: Mapping[str, int]
    stretches: Mapping[str, Stretches]
    drawn: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    decided: Mapping[str, str]
    lang: str


def anchors_of(documents: Iterable[DocumentResult], lang: str) -> Anchors:
    """The names that the cells of these documents have on one page."""
    listed = tuple(documents)
    # The proof of one document may stand in a table of another.
    told = rows_told(finding for each in listed for finding in each.findings)
    stretches = {
        each.path: {
            table.key: stretches_of(table, told.get((each.path, table.key), ()))
            for table in each.tables
        }
        for each in listed
    }
    return Anchors(
        {each.path: number for number, each in enumerate(listed, 1)},
        stretches,
        {
            each.path: frozenset(
                name
                for table in each.tables
                for name in _cells(table, stretches[each.path][table.key])
            )
            for each in listed
        },
        names_of(listed, symbols=True),
        document_names(listed),
        lang,
    )


def cell_name(key: str, row: int, column: int) -> str:
    """The name that a report gives to a cell."""
    return f"{key}r{row}c{column}"


def cell_anchor(number: int, cell: str) -> str:
    """The name of a cell of the document with this number."""
    return f"d{number}-{cell}"


def link_to(where: Where, anchors: Anchors) -> str:
    """The link to a place in a table; empty where it is not drawn on the page."""
    if not where.cell or where.cell not in anchors.drawn.get(where.document, frozenset()):
        return ""
    return f"#{cell_anchor(anchors.numbers[where.document], where.cell)}"


def finding_anchor(fingerprint: str, taken: set[str]) -> str:
    """The name of a finding, the same in every report; twins are distinguished by a number."""
    name = f"f-{UNSAFE.sub('', fingerprint) or 'finding'}"
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique)
    return unique


def rule_anchor(code: str) -> str:
    """The name of the place where a rule is reported."""
    return f"rule-{UNSAFE.sub('', code)}"


def _cells(table: PrintedTable, stretches: Iterable[range]) -> Iterator[str]:
    """The cells that are drawn; what a merged one covers has no name of its own."""
    for rows in (range(table.head), *stretches):
        for at in rows:
            yield from (cell_name(table.key, at, cell.column) for cell in table.rows[at])


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as the page draws it; ``scope`` is empty for a cell that is no heading."""

    text: str
    rows: int = 1
    columns: int = 1
    scope: str = ""
    marks: str = ""
    style: str = ""
    spot: CellSpot | None = None


@dataclass(frozen=True, slots=True)
class DrawnRows:
    """Rows that follow each other, and how many before them are left out."""

    left_out: int
    rows: tuple[tuple[DrawnCell, ...], ...]


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """The rows of headings, those of figures, and how many after the last are left out."""

    columns: int
    head: tuple[tuple[DrawnCell, ...], ...]
    body: tuple[DrawnRows, ...]
    left_out: int


def draw_table(
    table: PrintedTable, stretches: Iterable[range], spots: Mapping[str, CellSpot]
) -> DrawnTable:
    """The table as printed, with the cells that findings speak of marked."""
    end = table.head
    body = []
    for stretch in stretches:
        body.append(DrawnRows(stretch.start - end, tuple(_rows(table, stretch, spots))))
        end = stretch.stop
    head = tuple(_rows(table, range(table.head), spots))
    return DrawnTable(table.columns, head, tuple(body), len(table.rows) - end)


def _rows(
    table: PrintedTable, stretch: range, spots: Mapping[str, CellSpot]
) -> Iterator[tuple[DrawnCell, ...]]:
    """The rows of one part of the table; what a merged cell covers ends with the part."""
    covered: set[tuple[int, int]] = set()
    for at in stretch:
        drawn: list[DrawnCell] = []
        free = 0
        for cell in table.rows[at]:
            drawn += _gap(at, free, cell.column, covered)
            height = max(min(cell.rows, stretch.stop - at), 1)
            width = max(min(cell.columns, table.columns - cell.column), 1)
            covered |= {
                (at + down, cell.column + across)
                for down in range(height)
                for across in range(width)
            }
            spot = spots.get(cell_name(table.key, at, cell.column))
            drawn.append(_drawn(cell, (height, width), table, at, spot))
            free = cell.column + width
        drawn += _gap(at, free, table.columns, covered)
        yield tuple(drawn)


def _gap(row: int, start: int, end: int, covered: set[tuple[int, int]]) -> Iterator[DrawnCell]:
    """Empty cells for the places that no cell covers."""
    for column in range(start, end):
        if (row, column) not in covered:
            yield DrawnCell("", style="" if column else KEY)


def _drawn(
    cell: PrintedCell, size: tuple[int, int], table: PrintedTable, row: int, spot: CellSpot | None
) -> DrawnCell:
    text = shown(cell.text)
    in_head = row < table.head
    is_wordy = WORDY.search(text) is not None
    styles = [] if cell.column else [KEY]
    styles += ["w"] if is_wordy and (not in_head or not cell.column) else []
    styles += [f"i{min(cell.indent, INDENT_MOST)}"] if cell.indent else []
    return DrawnCell(
        text,
        *size,
        scope=_scope(cell, size, table, row) if text else "",
        marks=shown(cell.marks),
        style=" ".join(styles),
        spot=spot,
    )


def _scope(cell: PrintedCell, size: tuple[int, int], table: PrintedTable, row: int) -> str:
    """What a heading is the heading of; empty for a figure."""
    height, width = size
    if row < table.head:
        return "colgroup" if width > 1 else "col"
    if cell.column:
        return ""
    if width >= table.columns:
        # A row over the whole table is the heading of those below it.
        return "colgroup" if width > 1 else ""
    return "rowgroup" if height > 1 else "row"
