"""What was understood of a document, as a page: its places, then table by table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.cli.footing_tree import Tree, footing_rows, row_name
from unbudget_check.diagnose.places import heading_of
from unbudget_check.languages.messages import ENGLISH, tell
from unbudget_check.model.facts import ColumnRole, RowRole
from unbudget_check.reporters.layout import cut, hung
from unbudget_check.reporters.words import count_of, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.engine import Understood
    from unbudget_check.model.facts import Column, TableFacts, Tie

INDENT = 4
NAMES_MOST, NAME_WIDTH = 6, 40
FIGURELESS = {ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.DETAILS}
SPECIAL = (RowRole.HEADING, RowRole.MEMO, RowRole.NUMBERING, RowRole.HEADER)
SCALES = {3: ", in thousands", 6: ", in millions"}
MANNERS = {"exact": "sums hold to the last digit", "drifts": "sums drift by rounding"}
ORIGINS = {
    "formula": "printed in the heading",
    "heading": "from the headings",
    "found": "found in the figures",
}


def document_rows(
    found: Understood, tables: Sequence[TableFacts], width: int, *, verbose: bool
) -> Iterator[Text]:
    """The page of a document and of some of its tables."""
    facts = found.facts
    symbol = f"{shown(facts.symbol)}  " if facts.symbol else ""
    yield from (Text(row, "bold") for row in hung(f"{symbol}{shown(facts.path)}", width))
    yield Text(f"language {shown(facts.language)}, {count_of(len(facts.tables), 'table')}")
    counted = f"{_coverage(found, facts.tables)}: a wrong one of these can be named"
    yield from map(Text, hung(counted, width, hanging=2))
    yield from _places(found.regimes, width)
    for remark in facts.remarks:
        yield from map(Text, hung(f"remark: {shown(tell(ENGLISH, remark))}", width, hanging=2))
    for table in tables:
        yield Text()
        yield from _table(found, table, width, verbose=verbose)


def _coverage(found: Understood, tables: Iterable[TableFacts]) -> str:
    """How many figures are checked at all, and how many of them could be named if wrong."""
    figures = {number for table in tables for row in table.grid for number in row if number >= 0}
    checked, crossed = len(figures & found.checked), len(figures & found.crossed)
    counted = f"{count_of(len(figures), 'figure')}, {spaced(checked)} checked"
    return f"{counted}, {spaced(crossed)} by two independent relations"


def _places(places: Mapping[str, str], width: int) -> Iterator[Text]:
    """Where sums hold to the last digit, and where rounding makes them drift."""
    for manner in dict.fromkeys(places.values()):
        names = ", ".join(shown(place) for place, found in places.items() if found == manner)
        yield from map(Text, hung(f"{MANNERS.get(manner, manner)}: {names}", width, hanging=2))


def _table(found: Understood, table: TableFacts, width: int, *, verbose: bool) -> Iterator[Text]:
    named = " ".join(shown(each) for each in (table.number, table.part) if each)
    title = " ".join(shown(each) for each in (table.title, table.part_title) if each)
    heading = f"Table {named or 'without a number'}  {title}".rstrip()
    yield from (Text(row, "bold") for row in hung(heading, width))
    counts = Counter(row.role for row in table.rows)
    roles = ", ".join(f"{counts[role]} {role}" for role in RowRole if counts[role])
    unit = shown(table.unit) + SCALES.get(table.scale, "") if table.unit else "no unit is printed"
    yield from map(Text, hung(f"{unit}; rows: {roles or 'none'}", width, indent=2))
    yield from map(Text, hung(_coverage(found, [table]), width, indent=2, hanging=2))
    if table.doubt:
        yield from map(
            Text, hung(f"read with doubt: {shown(tell(ENGLISH, table.doubt))}", width, indent=2)
        )
    yield from _section("columns", _columns(table, width))
    tree = Tree(table, found.facts.tables, width, verbose)
    yield from _section("rows that add up", footing_rows(tree))
    yield from _section("columns that add up", _ties(table, width))
    if verbose:
        yield from _section("all rows", _all_rows(table, width))
    else:
        yield from _section("rows beside the sums", _special_rows(table, width))
    unclear = (
        row
        for text in (*table.unclear, *table.unclear_columns)
        for row in hung(shown(text), width, indent=INDENT)
    )
    yield from _section("unclear", map(Text, unclear))


def _section(name: str, rows: Iterable[Text]) -> Iterator[Text]:
    listed = list(rows)
    if listed:
        yield Text(f"  {name}", "bold")
        yield from listed


def _columns(table: TableFacts, width: int) -> Iterator[Text]:
    roles = [_role(column) for column in table.columns]
    widest = max(map(len, roles), default=0)
    for number, (column, role) in enumerate(zip(table.columns, roles, strict=True), start=1):
        head = f"{number:>2}  {role:<{widest}}  "
        text = head + cut(_printed(column), width - INDENT - len(head))
        yield Text(" " * INDENT + text, "dim" if column.role in FIGURELESS else "")


def _role(column: Column) -> str:
    year = f" {column.year}" if column.year else ""
    return f"{column.role}{year}"


def _printed(column: Column) -> str:
    """A heading as printed, under the one that spans it, with its printed number or formula."""
    named = [each for each in (column.group, column.heading) if each]
    printed = column.formula or column.mark
    return shown(" / ".join(dict.fromkeys(named)) + (f"  {printed}" if printed else ""))


def _ties(table: TableFacts, width: int) -> Iterator[Text]:
    for tie in table.ties:
        votes = f"{tie.agreed} of {count_of(tie.voted, 'row')} agree"
        origin = ORIGINS.get(tie.origin, tie.origin)
        text = f"{_equation(table, tie)} ({origin}; {votes})"
        yield from map(Text, hung(text, width, indent=INDENT, hanging=2))


def _equation(table: TableFacts, tie: Tie) -> str:
    terms = [
        f"{'-' if coefficient < 0 else '+'} {_name(table, column)}"
        for column, coefficient in tie.parts
    ]
    return f"{_name(table, tie.stated)} = {' '.join(terms).removeprefix('+ ')}"


def _name(table: TableFacts, column: int) -> str:
    return shown(heading_of(table, column) or "") or f"column {column + 1}"


def _special_rows(table: TableFacts, width: int) -> Iterator[Text]:
    """Rows that are no addends: headings, notes, column numbers."""
    for role in SPECIAL:
        names = [
            cut(row_name(table, number), NAME_WIDTH)
            for number, row in enumerate(table.rows)
            if row.role == role and row.label
        ]
        more = [f"and {len(names) - NAMES_MOST} more"] if len(names) > NAMES_MOST else []
        if names:
            text = f"{role}: {'; '.join([*names[:NAMES_MOST], *more])}"
            yield from map(Text, hung(text, width, indent=INDENT, hanging=2))


def _all_rows(table: TableFacts, width: int) -> Iterator[Text]:
    for number, row in enumerate(table.rows):
        head = f"{number + 1:>3}  {row.role:<9}  {row.unit:<10}  "
        name = "  " * row.depth + row_name(table, number)
        yield Text(" " * INDENT + head + cut(name, width - INDENT - len(head)))
