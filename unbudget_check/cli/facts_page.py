"""What ``inspect`` prints of a document: its places, tables and footing trees.

The footing tree of a table: which rows add up to which total, and how many columns say so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.diagnosis.places import heading_of, label_of
from unbudget_check.messages import call, say, tell
from unbudget_check.model.facts import ColumnRole, RowRole
from unbudget_check.reporters.terminal.layout import cut, hung, padded
from unbudget_check.reporters.words import count_of, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.engine import UnderstoodDocument
    from unbudget_check.model.facts import Column, Footing, TableFacts, Tie


INDENT, STEP = 4, 3
PARTS_MOST = 8

TABLE_INDENT = 4
NAMES_MOST, NAME_WIDTH = 6, 40
FIGURELESS = {ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS}
SPECIAL = (RowRole.HEADING, RowRole.MEMO, RowRole.NUMBERING, RowRole.HEADER)


@dataclass(frozen=True, slots=True)
class FootingTree:
    """The table whose sums are shown, all tables of its document, and how to show them."""

    table: TableFacts
    tables: Sequence[TableFacts]
    width: int
    verbose: bool
    lang: str


def footing_rows(tree: FootingTree) -> Iterator[Text]:
    """Every total with its parts below it, the outermost total first."""
    footings = tree.table.footings
    inner = {part for footing in footings for part in footing.parts}
    roots = [footing for footing in footings if footing.total not in inner]
    # Footings that run in a circle have no root; they are shown all the same.
    for footing in roots or footings:
        yield _row(tree, _said(tree, footing), 0)
        yield from _parts(tree, footing, 1, {footing.total})


def row_name(table: TableFacts, row: int, lang: str) -> str:
    """A row's label with its marker, safe to print."""
    return shown(label_of(table, row) or "") or say(lang, "inspect.no_label")


def _parts(tree: FootingTree, footing: Footing, depth: int, seen: set[int]) -> Iterator[Text]:
    for number, row in footing.above:
        above = tree.tables[number]
        name = row_name(above, row, tree.lang)
        if above.part:
            name = say(tree.lang, "inspect.of_part", name=name, part=shown(above.part))
        yield _row(tree, f"+ {name}", depth)
    inner = {each.total: each for each in tree.table.footings if each.total not in seen}
    leaves = [part for part in footing.parts if part not in inner]
    # One row that is left out would take the row that says so.
    most = len(leaves) if tree.verbose or len(leaves) <= PARTS_MOST + 1 else PARTS_MOST
    hidden = set(leaves[most:])
    for part in footing.parts:
        if part in inner:
            yield _row(tree, f"+ {_said(tree, inner[part])}", depth)
            yield from _parts(tree, inner[part], depth + 1, seen | {part})
        elif part not in hidden:
            yield _row(tree, f"+ {row_name(tree.table, part, tree.lang)}", depth)
    if hidden:
        left = count_of(len(hidden), "more row", tree.lang)
        yield _row(tree, "+ " + say(tree.lang, "inspect.hidden", rows=left), depth)


def _said(tree: FootingTree, footing: Footing) -> str:
    """A total with the votes for its parts; its label is cut before they are."""
    lang = tree.lang
    columns = count_of(footing.weight.said, "column", lang)
    votes = say(lang, "inspect.votes", agreed=footing.weight.held, voted=columns)
    if not footing.weight.said:
        votes = say(lang, "inspect.unvoted")
    if not footing.labelled:
        votes = say(lang, "inspect.unlabelled", votes=votes)
    room = tree.width - INDENT - STEP * 2 - cell_len(votes) - 4
    return f"{cut(row_name(tree.table, footing.total, lang), max(room, 12))}  ({votes})"


def _row(tree: FootingTree, text: str, depth: int) -> Text:
    indent = INDENT + STEP * depth
    return Text(" " * indent + cut(text, tree.width - indent))


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How wide the rows are, in which language, and whether everything is wanted."""

    width: int
    lang: str
    verbose: bool


def document_rows(
    found: UnderstoodDocument, tables: Sequence[TableFacts], page: PageOptions
) -> Iterator[Text]:
    """The page of a document and of some of its tables."""
    width, lang = page.width, page.lang
    facts = found.facts
    symbol = f"{shown(facts.symbol)}  " if facts.symbol else ""
    yield from (Text(row, "bold") for row in hung(f"{symbol}{shown(facts.path)}", width))
    spoken, tabled = shown(facts.language), count_of(len(facts.tables), "table", lang)
    yield Text(say(lang, "inspect.head", language=spoken, tables=tabled))
    counted = say(lang, "inspect.nameable", counts=_coverage(found, facts.tables, lang))
    yield from map(Text, hung(counted, width, hanging=2))
    yield from _places(found.regimes, page)
    for remark in facts.remarks:
        told = say(lang, "inspect.remark", text=shown(tell(lang, remark)))
        yield from map(Text, hung(told, width, hanging=2))
    for table in tables:
        yield Text()
        yield from _table(found, table, page)


def _coverage(found: UnderstoodDocument, tables: Iterable[TableFacts], lang: str) -> str:
    """How many figures are checked at all, and how many of them could be named if wrong."""
    figures = {number for table in tables for row in table.grid for number in row if number >= 0}
    checked, crossed = len(figures & found.checked), len(figures & found.crossed)
    counted = count_of(len(figures), "figure", lang)
    return say(lang, "inspect.counts", figures=counted, checked=checked, crossed=crossed)


def _places(places: Mapping[str, str], page: PageOptions) -> Iterator[Text]:
    """Where sums hold to the last digit, and where rounding makes them drift."""
    for manner in dict.fromkeys(places.values()):
        named = (_place_name(each, page.lang) for each, kind in places.items() if kind == manner)
        label = call(page.lang, "manners", manner)
        told = say(page.lang, "full.labelled", label=label, text=listed(named, page.lang))
        yield from map(Text, hung(told, page.width, hanging=2))


def _place_name(place: str, lang: str) -> str:
    return " ".join(call(lang, "roles", word) for word in shown(place).split(" "))


def _table(found: UnderstoodDocument, table: TableFacts, page: PageOptions) -> Iterator[Text]:
    width, lang = page.width, page.lang
    named = " ".join(shown(each) for each in (table.number, table.part) if each)
    title = " ".join(shown(each) for each in (table.title, table.part_title) if each)
    number = say(lang, "places.table", name=named) if named else say(lang, "inspect.unnumbered")
    heading = f"{number[:1].upper()}{number[1:]}  {title}".rstrip()
    yield from (Text(row, "bold") for row in hung(heading, width))
    counts = Counter(row.role for row in table.rows)
    roles = [
        say(lang, "inspect.role", count=counts[role], role=call(lang, "roles", role))
        for role in RowRole
        if counts[role]
    ]
    rows = listed(roles, lang) or say(lang, "inspect.no_rows")
    told = say(lang, "inspect.rows", unit=_unit(table, lang), rows=rows)
    yield from map(Text, hung(told, width, indent=2))
    yield from map(Text, hung(_coverage(found, [table], lang), width, indent=2, hanging=2))
    if table.doubt:
        doubt = say(lang, "inspect.doubt", text=shown(tell(lang, table.doubt)))
        yield from map(Text, hung(doubt, width, indent=2))
    yield from _section("columns", lang, _columns(table, page))
    tree = FootingTree(table, found.facts.tables, width, page.verbose, lang)
    yield from _section("footings", lang, footing_rows(tree))
    yield from _section("ties", lang, _ties(table, page))
    if page.verbose:
        yield from _section("all_rows", lang, _all_rows(table, page))
    else:
        yield from _section("special", lang, _special_rows(table, page))
    unclear = (
        row
        for text in (*table.unclear, *table.unclear_columns)
        for row in hung(shown(text), width, indent=TABLE_INDENT)
    )
    yield from _section("unclear", lang, map(Text, unclear))


def _unit(table: TableFacts, lang: str) -> str:
    if not table.unit:
        return say(lang, "inspect.no_unit")
    unit = call(lang, "roles", shown(table.unit))
    scaled = {3: "inspect.thousands", 6: "inspect.millions"}.get(table.scale)
    return say(lang, scaled, unit=unit) if scaled else unit


def _section(name: str, lang: str, rows: Iterable[Text]) -> Iterator[Text]:
    told = list(rows)
    if told:
        yield Text("  " + say(lang, f"inspect.{name}"), "bold")
        yield from told


def _columns(table: TableFacts, page: PageOptions) -> Iterator[Text]:
    roles = [_role(column, page.lang) for column in table.columns]
    widest = max(map(cell_len, roles), default=0)
    for number, (column, role) in enumerate(zip(table.columns, roles, strict=True), start=1):
        head = f"{number:>2}  {padded(role, widest)}  "
        text = head + cut(_printed(column), page.width - TABLE_INDENT - cell_len(head))
        yield Text(" " * TABLE_INDENT + text, "dim" if column.role in FIGURELESS else "")


def _role(column: Column, lang: str) -> str:
    year = f" {column.year}" if column.year else ""
    return f"{call(lang, 'roles', column.role)}{year}"


def _printed(column: Column) -> str:
    """A heading as printed, under the one that spans it, with its printed number or formula."""
    named = [each for each in (column.group, column.heading) if each]
    printed = column.formula or column.mark
    return shown(" / ".join(dict.fromkeys(named)) + (f"  {printed}" if printed else ""))


def _ties(table: TableFacts, page: PageOptions) -> Iterator[Text]:
    for tie in table.ties:
        rows = count_of(tie.voted, "row", page.lang)
        votes = say(page.lang, "inspect.votes", agreed=tie.agreed, voted=rows)
        origin = call(page.lang, "origins", tie.origin)
        sums = _equation(table, tie, page.lang)
        text = say(page.lang, "inspect.tie", equation=sums, origin=origin, votes=votes)
        yield from map(Text, hung(text, page.width, indent=TABLE_INDENT, hanging=2))


def _equation(table: TableFacts, tie: Tie, lang: str) -> str:
    terms = [
        f"{'-' if coefficient < 0 else '+'} {_name(table, column, lang)}"
        for column, coefficient in tie.parts
    ]
    return f"{_name(table, tie.stated, lang)} = {' '.join(terms).removeprefix('+ ')}"


def _name(table: TableFacts, column: int, lang: str) -> str:
    unnamed = say(lang, "places.column", name=str(column + 1))
    return shown(heading_of(table, column) or "") or unnamed


def _special_rows(table: TableFacts, page: PageOptions) -> Iterator[Text]:
    """Rows that are no addends: headings, notes, column numbers."""
    for role in SPECIAL:
        names = [
            cut(row_name(table, number, page.lang), NAME_WIDTH)
            for number, row in enumerate(table.rows)
            if row.role == role and row.label
        ]
        left = say(page.lang, "sites.more", count=len(names) - NAMES_MOST)
        more = [left] if len(names) > NAMES_MOST else []
        if names:
            told = say(page.lang, "closing.documents_joint").join([*names[:NAMES_MOST], *more])
            label = call(page.lang, "roles", role)
            text = say(page.lang, "full.labelled", label=label, text=told)
            yield from map(Text, hung(text, page.width, indent=TABLE_INDENT, hanging=2))


def _all_rows(table: TableFacts, page: PageOptions) -> Iterator[Text]:
    for number, row in enumerate(table.rows):
        role, unit = (call(page.lang, "roles", each) for each in (row.role, row.unit))
        head = f"{number + 1:>3}  {padded(role, 9)}  {padded(unit, 10)}  "
        name = "  " * row.depth + row_name(table, number, page.lang)
        yield Text(
            " " * TABLE_INDENT + head + cut(name, page.width - TABLE_INDENT - cell_len(head))
        )
