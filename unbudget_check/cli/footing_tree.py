"""The footing tree of a table: which rows add up to which total, and how many columns say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.diagnose.places import label_of
from unbudget_check.languages.messages import say
from unbudget_check.reporters.layout import cut
from unbudget_check.reporters.words import count_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.facts import Footing, TableFacts

INDENT, STEP = 4, 3
PARTS_MOST = 8


@dataclass(frozen=True, slots=True)
class Tree:
    """The table whose sums are shown, all tables of its document, and how to show them."""

    table: TableFacts
    tables: Sequence[TableFacts]
    width: int
    verbose: bool
    lang: str


def footing_rows(tree: Tree) -> Iterator[Text]:
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


def _parts(tree: Tree, footing: Footing, depth: int, seen: set[int]) -> Iterator[Text]:
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


def _said(tree: Tree, footing: Footing) -> str:
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


def _row(tree: Tree, text: str, depth: int) -> Text:
    indent = INDENT + STEP * depth
    return Text(" " * indent + cut(text, tree.width - indent))
