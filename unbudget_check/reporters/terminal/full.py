"""The report for a terminal: by document and table, each finding with its piece of the table.

Texts of documents are printed as they stand (square brackets are no markup here), severities are
words and never colours alone, and no figure is ever split.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from unbudget_check.messages import say
from unbudget_check.model.finding import Localisation
from unbudget_check.reporters.closing import closing_rows
from unbudget_check.reporters.options import findings_told
from unbudget_check.reporters.terminal.layout import drawn, hung, padded, wrapped
from unbudget_check.reporters.terminal.proofs import draw_proof
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    equation_of,
    number_of_finding,
    place_of,
    proof_sentence,
    sentence_of,
    severity_of,
    shown,
    sums_of,
    suspect_sentence,
    table_at,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.closing import ClosingRow
    from unbudget_check.reporters.options import RenderOptions

TONES = {"good": "green", "bad": "bold red", "doubtful": "yellow", "": ""}
SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
INDENT = 4
MORE_MOST = 3
LEAST_WIDTH = 40


def render(report: Report, options: RenderOptions) -> str:
    """All findings with their proofs, then the closing block."""
    width = max(options.width, LEAST_WIDTH)
    rows: list[Text] = []
    told, held_back = findings_told(report, options)
    for document, findings in told:
        rows += _document(document, findings, ScreenPage(width, options, report.lang))
    if not options.quiet:
        closing = closing_rows(report, verbose=options.verbose, held_back=held_back)
        rows += _closing(closing, width)
    return drawn(rows, color=options.color)


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """How wide the rows are, what is wanted in them, and in which language."""

    width: int
    options: RenderOptions
    lang: str


def _document(
    document: DocumentResult, told: Sequence[Finding], page: ScreenPage
) -> Iterator[Text]:
    width = page.width
    if not told:
        return
    name = f"{shown(document.symbol)}  {shown(document.path)}" if document.symbol else ""
    for row in wrapped(name or shown(document.path), width):
        yield Text(row, "bold underline")
    yield Text()
    for _, group in groupby(told, key=_table_key):
        findings = list(group)
        yield from _table_heading(findings, page)
        for finding in findings:
            yield from _finding(finding, page)


def _table_key(finding: Finding) -> tuple[str, str]:
    title = finding.excerpt.title if finding.excerpt else ""
    return table_of(finding.where), title


def _table_heading(findings: Iterable[Finding], page: ScreenPage) -> Iterator[Text]:
    first, width = next(iter(findings)), page.width
    named = table_of(first.where, page.lang)
    title = shown(first.excerpt.title) if first.excerpt else ""
    unit = shown(first.excerpt.unit) if first.excerpt else ""
    heading = "  ".join(each for each in (named[:1].upper() + named[1:], title) if each)
    if heading:
        yield from (Text(row, "bold") for row in wrapped(heading, width))
        yield from (Text(row, "dim") for row in wrapped(unit, width) if row)
        yield Text()


def _finding(finding: Finding, page: ScreenPage) -> Iterator[Text]:
    width, lang = page.width, page.lang
    head = Text(f"  {number_of_finding(finding)}")
    head.append(severity_of(finding, lang), SEVERITY_STYLES[finding.severity])
    head.append(f" {shown(finding.code)} {shown(finding.name)}", "bold")
    head.append(f"  {doubt_of(finding, lang)}".rstrip(), "dim")
    yield head
    here = finding.where
    title = finding.excerpt.title if finding.excerpt else ""
    place = place_of(here, table_at(here, title), lang)
    yield from map(Text, hung(place, width, indent=INDENT))
    yield Text()
    proof = draw_proof(finding, width - INDENT, whole=page.options.verbose, lang=lang)
    yield from (Text(" " * INDENT).append_text(row) for row in proof)
    yield from [Text()] if proof else []
    yield from (Text(" " * INDENT + row) for row in _sums(finding, page))
    yield from map(Text, hung(sentence_of(finding), width, indent=INDENT))
    for name, sentences in _sentences(finding, page):
        yield from _labelled(name, sentences, page)
    yield Text()


def _sentences(finding: Finding, page: ScreenPage) -> Iterator[tuple[str, list[str]]]:
    """What is said below the proof, each under its name."""
    yield "advice", [shown(finding.advice)]
    yield "suspects", _suspects(finding, page)
    if page.options.proofs:
        told = (equation_of(each, finding, page.lang) for each in finding.relations)
        yield "proof", list(dict.fromkeys(told))
    else:
        yield "further", _further(finding, page)
    yield "waiver", [shown(finding.acceptance)]
    if page.options.verbose:
        yield "address", [shown(finding.where.address or "")]
        yield "identity", [finding.fingerprint]


def _sums(finding: Finding, page: ScreenPage) -> Iterator[str]:
    """Stated, computed, difference and allowance in as few rows as they need."""
    row, room = "", page.width - INDENT
    for name, figure in sums_of(finding, page.lang):
        piece = f"{name} {figure}"
        if row and cell_len(row) + cell_len(piece) + 3 > room:
            yield row
            row = ""
        row = f"{row}   {piece}" if row else piece
    yield row


def _suspects(finding: Finding, page: ScreenPage) -> list[str]:
    """The cells of which one is to blame; those that are named were said already."""
    if finding.localisation is not Localisation.ALTERNATIVES or finding.is_misplaced:
        return []
    told = [suspect_sentence(each, finding, page.lang) for each in finding.suspects]
    return _some(told, "more figure", page)


def _further(finding: Finding, page: ScreenPage) -> list[str]:
    """The other relations that the same cell breaks."""
    told = [proof_sentence(each, finding, page.lang) for each in finding.relations]
    return _some([each for each in dict.fromkeys(told) if each != told[0]], "more relation", page)


def _some(sentences: list[str], noun: str, page: ScreenPage) -> list[str]:
    """The first few sentences, and how many more there are."""
    most = len(sentences) if page.options.verbose else MORE_MOST
    left = count_of(len(sentences) - most, noun, page.lang)
    more = [say(page.lang, "lists.and_more", more=left)] if sentences[most:] else []
    return [*sentences[:most], *more]


def _closing(rows: Sequence[ClosingRow], width: int) -> Iterator[Text]:
    column = max(cell_len(row.label) for row in rows) + 2
    before = ""
    for row in rows:
        label = row.label if row.label != before else ""
        before = row.label
        for text in wrapped(row.text, width - column):
            yield Text().append(padded(label, column), "bold").append(text, TONES[row.tone])
            label = ""


def _labelled(name: str, sentences: Iterable[str], page: ScreenPage) -> Iterator[Text]:
    """Sentences under one name, each starting a row of its own; those without words are none."""
    label = say(page.lang, f"full.{name}")
    for sentence in filter(None, sentences):
        text = say(page.lang, "full.labelled", label=label, text=sentence)
        yield from map(Text, hung(text, page.width, indent=INDENT, hanging=2))
