"""The page of a rule: everything that ``explain`` and the site say of it, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.document import Paragraph
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.rule_shape import EXAMPLE_KINDS
from unbudget_check.rulebook.words import ENGLISH, title_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.document import Cell, Table
    from unbudget_check.rulebook.rule import Example, Rule, StatedFinding

HEADINGS = {
    "fails": "This is found",
    "passes": "This holds",
    "rounding": "How far rounding excuses",
}
WHY, FIX = "Why", "How to put it right"


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of an example: its first ``depth`` rows are headings, ``stated`` its wrong cells.

    ``header`` is what stands above each column, a merged heading over each of its columns.
    ``stated`` are (row, column) from the first row of headings.
    """

    table: Table
    depth: int
    header: tuple[str, ...]
    stated: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example as it would look in print: paragraphs and tables, and what is found in them."""

    kind: str
    what: str
    language: str
    blocks: tuple[str | ShownTable, ...]
    findings: tuple[StatedFinding, ...]

    @property
    def heading(self) -> str:
        """What the example shows."""
        return HEADINGS[self.kind]


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule in words: its promise, what it is made of, its reason, its remedy, its examples.

    ``examples`` come by kind (found, holds, rounding), those in the language of the page first.
    """

    code: str
    name: str
    title: str
    particulars: tuple[tuple[str, str], ...]
    why: str
    fix: str
    examples: tuple[ShownExample, ...]

    @property
    def one_of_each(self) -> tuple[ShownExample, ...]:
        """The first example of each kind."""
        return tuple({each.kind: each for each in reversed(self.examples)}.values())[::-1]


def page_of(rule: Rule, language: str = ENGLISH) -> RulePage:
    """The page of a rule in a language; what was not translated is in English."""
    ordered = sorted(
        rule.examples, key=lambda each: (EXAMPLE_KINDS.index(each.kind), each.language != language)
    )
    return RulePage(
        rule.code,
        rule.name,
        title_of(rule, language),
        tuple(_particulars(rule)),
        words_in(rule.why, language),
        words_in(rule.fix, language),
        tuple(map(_shown, ordered)),
    )


def _particulars(rule: Rule) -> Iterator[tuple[str, str]]:
    parameters = ", ".join(f"{key} = {value}" for key, value in rule.parameters.items())
    yield "severity", f"{rule.severity} ({rule.confidence} confidence)"
    yield "family", rule.family
    yield "check", f"{rule.check}, with {parameters}" if parameters else rule.check
    if rule.source:
        yield "source", rule.source
    if rule.origin:
        yield "comes from", rule.origin


def _shown(example: Example) -> ShownExample:
    document = document_of(example)
    blocks = (
        block.text if isinstance(block, Paragraph) else _table(block, example.findings)
        for block in document.blocks
    )
    complaints = (f"{place}: {complaint}" for place, complaint in document.complaints)
    return ShownExample(
        example.kind,
        example.what,
        example.language,
        (*blocks, *complaints),
        example.findings,
    )


def _table(table: Table, findings: Sequence[StatedFinding]) -> ShownTable:
    depth = _heading_depth(table)
    header = [" ".join(texts).strip() for texts in zip(*_spread(table, depth), strict=True)]
    stated = tuple(
        (cell.row, column)
        for cells in table.rows[depth:]
        for cell in cells
        for column in range(cell.column, cell.column + cell.columns)
        if any(_is_at(finding, printed(cells[0]), header[column]) for finding in findings)
        if column
    )
    return ShownTable(table, depth, tuple(header), stated)


def _heading_depth(table: Table) -> int:
    """How many rows are heading: one, and one more below each row with merged cells."""
    depth = 1
    while depth < len(table.rows) and any(cell.columns > 1 for cell in table.rows[depth - 1]):
        depth += 1
    return depth


def _spread(table: Table, depth: int) -> list[list[str]]:
    """The rows of the heading, a merged cell's text over each of its columns."""
    return [
        [printed(cell) for cell in cells for _ in range(cell.columns)]
        for cells in table.rows[:depth]
    ]


def printed(cell: Cell) -> str:
    """A cell with its footnote marks."""
    return cell.text + cell.marks


def _is_at(finding: StatedFinding, label: str, heading: str) -> bool:
    """Whether a finding stands in this cell; its heading may be said without the one above it."""
    row, _, column = finding.at.rpartition(" / ")
    return row == label and (heading == column or heading.endswith(f" {column}"))


def finding_text(finding: StatedFinding) -> str:
    """What an example's finding says: ``Total / 2026: stated 12.0, computed 11.7``."""
    said = [f"stated {finding.stated}"] if finding.stated else []
    said += [f"computed {finding.computed}"] if finding.computed else []
    return finding.at + (f": {', '.join(said)}" if said else "")
