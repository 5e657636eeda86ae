"""The page of a rule for `explain` and the site, and the card that a report carries of it.

What a report tells of the rules that it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.messages import ENGLISH, call, say, tell
from unbudget_check.model.document import Paragraph
from unbudget_check.model.report import RuleCard
from unbudget_check.rulebook.example_tables import document_of
from unbudget_check.rulebook.rule import EXAMPLE_KINDS, rule_text, rule_texts, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.document import Cell, Table
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.rulebook.rule import Example, Rule, StatedFinding


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
    heading: str
    what: str
    language: str
    blocks: tuple[str | ShownTable, ...]
    findings: tuple[StatedFinding, ...]


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
    lang: str = ENGLISH

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
        tuple(_particulars(rule, language)),
        rule_text(rule, "why", language),
        rule_text(rule, "fix", language),
        tuple(_shown(each, language) for each in ordered),
        language,
    )


def _particulars(rule: Rule, lang: str) -> Iterator[tuple[str, str]]:
    severity = call(lang, "severities", rule.severity)
    confidence = call(lang, "confidences", rule.confidence)
    graded = say(lang, "rule.severity_told", severity=severity, confidence=confidence)
    yield say(lang, "rule.severity"), graded
    yield say(lang, "rule.family"), rule.family
    parameters = ", ".join(f"{key} = {value}" for key, value in rule.parameters.items())
    told = say(lang, "rule.check_told", check=rule.check, parameters=parameters)
    yield say(lang, "rule.check"), told if parameters else rule.check
    if rule.source:
        yield say(lang, "rule.source"), rule.source
    if rule.origin:
        yield say(lang, "rule.origin"), rule.origin


def _shown(example: Example, lang: str) -> ShownExample:
    document = document_of(example)
    blocks = (
        block.text if isinstance(block, Paragraph) else _table(block, example.findings)
        for block in document.blocks
    )
    complaints = (
        say(lang, "lists.reason", thing=place, reason=tell(lang, complaint))
        for place, complaint in document.complaints
    )
    return ShownExample(
        example.kind,
        say(lang, f"rule.{example.kind}"),
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


def finding_text(finding: StatedFinding, lang: str = ENGLISH) -> str:
    """What an example's finding says: ``Total / 2026: stated 12.0, computed 11.7``."""
    figures = {"stated": finding.stated, "computed": finding.computed}
    told = [say(lang, f"rule.{name}", figure=each) for name, each in figures.items() if each]
    reason = say(lang, "lists.joint").join(told)
    return say(lang, "lists.reason", thing=finding.at, reason=reason) if told else finding.at


def cards_of(rules: Iterable[Rule], documents: Iterable[DocumentResult]) -> tuple[RuleCard, ...]:
    """A card for every rule that has a finding or a relation in some document, by code."""
    told: set[str] = set()
    for document in documents:
        told.update(finding.code for finding in document.findings)
        told.update(tally.code for tally in document.tallies)
    languages = {document.language for document in documents if document.language}
    ordered = sorted(rules, key=lambda rule: rule.code)
    return tuple(_card(rule, languages) for rule in ordered if rule.code in told)


def _card(rule: Rule, languages: Iterable[str]) -> RuleCard:
    return RuleCard(
        rule.code,
        rule.name,
        rule.family,
        rule.severity,
        rule.confidence,
        rule_texts(rule, "title"),
        rule_texts(rule, "why"),
        rule_texts(rule, "fix"),
        rule.source,
        rule_texts(rule, "message", languages),
    )
