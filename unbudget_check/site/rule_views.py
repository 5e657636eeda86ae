"""The pages of rules made ready for their template: tables with spans, wrong figures marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.words import shown
from unbudget_check.rulebook.page import finding_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Cell
    from unbudget_check.rulebook.page import ShownExample, ShownTable
    from unbudget_check.rulebook.rule import StatedFinding


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text and marks, over how many columns, and whether it is the wrong one."""

    text: str
    marks: str
    columns: int
    stated: bool
    is_figure: bool
    drawn: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: the rows of its heading and of its body."""

    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    chart: bool


@dataclass(frozen=True, slots=True)
class TextView:
    """A paragraph around the figure that is found in it; ``stated`` is empty where none is."""

    before: str
    stated: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ExampleView:
    """An example: what it shows, its blocks, and what is found in them."""

    heading: str
    kind: str
    what: str
    language: str
    blocks: tuple[TableView | TextView, ...]
    findings: tuple[str, ...]


def example_view(example: ShownExample, lang: str) -> ExampleView:
    """An example for the template, what is found in it in this language."""
    blocks = tuple(
        _text(block, example.findings) if isinstance(block, str) else _table(block)
        for block in example.blocks
    )
    findings = tuple(finding_text(each, lang) for each in example.findings)
    return ExampleView(
        example.heading, example.kind, example.what, example.language, blocks, findings
    )


def _table(table: ShownTable) -> TableView:
    rows = tuple(tuple(_cells(row, table)) for row in table.table.rows)
    return TableView(rows[: table.depth], rows[table.depth :], table.table.chart)


def _cells(row: Sequence[Cell], table: ShownTable) -> Iterator[CellView]:
    for cell in row:
        text = shown(cell.text)
        yield CellView(
            text,
            cell.marks,
            cell.columns,
            (cell.row, cell.column) in table.stated,
            not any(map(str.isalpha, text)),
            cell.drawn,
        )


def _text(text: str, findings: Sequence[StatedFinding]) -> TextView:
    """The paragraph, cut around the one figure that a finding states, where it is there once."""
    for stated in (shown(each.stated) for each in findings if each.stated):
        before, found, after = shown(text).partition(stated)
        if found and stated not in after and not _continues(before, after):
            return TextView(before, found, after)
    return TextView(shown(text))


def _continues(before: str, after: str) -> bool:
    """Whether a figure is only a piece of a longer one."""
    return before[-1:].isdigit() or after[:1].isdigit()
