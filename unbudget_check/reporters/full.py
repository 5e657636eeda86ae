"""The report for a terminal: by document and table, each finding with its piece of the table.

Texts of documents are printed as they stand (square brackets are no markup here), severities are
words and never colours alone, and no figure is ever split.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from unbudget_check.model.finding import Localisation
from unbudget_check.model.location import Where
from unbudget_check.reporters.canvas import drawn
from unbudget_check.reporters.closing import closing_rows
from unbudget_check.reporters.drawn_proof import draw_proof
from unbudget_check.reporters.layout import hung, wrapped
from unbudget_check.reporters.selection import findings_told
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    equation_of,
    place_of,
    proof_sentence,
    sentence_of,
    shown,
    sums_of,
    suspect_sentence,
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
        rows += _document(document, findings, options, width)
    if not options.quiet:
        closing = closing_rows(report, verbose=options.verbose, held_back=held_back)
        rows += _closing(closing, width)
    return drawn(rows, color=options.color)


def _document(
    document: DocumentResult, told: Sequence[Finding], options: RenderOptions, width: int
) -> Iterator[Text]:
    if not told:
        return
    name = f"{shown(document.symbol)}  {shown(document.path)}" if document.symbol else ""
    for row in wrapped(name or shown(document.path), width):
        yield Text(row, "bold underline")
    yield Text()
    for _, group in groupby(told, key=_table_key):
        findings = list(group)
        yield from _table_heading(findings, width)
        for finding in findings:
            yield from _finding(finding, options, width)


def _table_key(finding: Finding) -> tuple[str, str]:
    title = finding.excerpt.title if finding.excerpt else ""
    return table_of(finding.where), title


def _table_heading(findings: Iterable[Finding], width: int) -> Iterator[Text]:
    first = next(iter(findings))
    named = table_of(first.where)
    title = shown(first.excerpt.title) if first.excerpt else ""
    unit = shown(first.excerpt.unit) if first.excerpt else ""
    heading = "  ".join(each for each in (named[:1].upper() + named[1:], title) if each)
    if heading:
        yield from (Text(row, "bold") for row in wrapped(heading, width))
        yield from (Text(row, "dim") for row in wrapped(unit, width) if row)
        yield Text()


def _finding(finding: Finding, options: RenderOptions, width: int) -> Iterator[Text]:
    head = Text("  ")
    head.append(finding.severity, SEVERITY_STYLES[finding.severity])
    head.append(f" {shown(finding.code)} {shown(finding.name)}", "bold")
    head.append(f"  {doubt_of(finding)}".rstrip(), "dim")
    yield head
    here = finding.where
    place = place_of(here, Where(here.document, here.table, here.part))
    yield from map(Text, hung(place, width, indent=INDENT))
    yield Text()
    proof = draw_proof(finding, width - INDENT, whole=options.verbose)
    yield from (Text(" " * INDENT).append_text(row) for row in proof)
    yield from [Text()] if proof else []
    yield from (Text(" " * INDENT + row) for row in _sums(finding, width - INDENT))
    yield from map(Text, hung(sentence_of(finding), width, indent=INDENT))
    yield from _labelled("what to do", [shown(finding.advice)] if finding.advice else [], width)
    yield from _labelled("may be", _suspects(finding, options), width)
    if options.proofs:
        equations = [equation_of(each, finding.where) for each in finding.relations]
        yield from _labelled("proof", equations, width)
    else:
        yield from _labelled("breaks too", _further(finding, options), width)
    yield from _labelled("waiver", [shown(finding.acceptance)] if finding.acceptance else [], width)
    if options.verbose:
        yield from _labelled("address", [shown(here.address)] if here.address else [], width)
        yield from _labelled("identity", [finding.fingerprint], width)
    yield Text()


def _sums(finding: Finding, room: int) -> Iterator[str]:
    """Stated, computed, difference and allowance in as few rows as they need."""
    row = ""
    for name, figure in sums_of(finding):
        piece = f"{name} {figure}"
        if row and len(row) + len(piece) + 3 > room:
            yield row
            row = ""
        row = f"{row}   {piece}" if row else piece
    yield row


def _suspects(finding: Finding, options: RenderOptions) -> list[str]:
    """The cells of which one is to blame; those that are named were said already."""
    if finding.localisation is not Localisation.ALTERNATIVES:
        return []
    said = [suspect_sentence(each, finding.where) for each in finding.suspects]
    return _some(said, "figure", every=options.verbose)


def _further(finding: Finding, options: RenderOptions) -> list[str]:
    """The other relations that the same cell breaks."""
    others = [proof_sentence(each, finding.where) for each in finding.relations[1:]]
    return _some(others, "relation", every=options.verbose)


def _some(sentences: list[str], noun: str, *, every: bool) -> list[str]:
    """The first few sentences, and how many more there are."""
    most = len(sentences) if every else MORE_MOST
    more = [f"and {count_of(len(sentences) - most, f'more {noun}')}"] if sentences[most:] else []
    return [*sentences[:most], *more]


def _closing(rows: Sequence[ClosingRow], width: int) -> Iterator[Text]:
    column = max(len(row.label) for row in rows) + 2
    before = ""
    for row in rows:
        label = row.label if row.label != before else ""
        before = row.label
        for text in wrapped(row.text, width - column):
            yield Text().append(label.ljust(column), "bold").append(text, TONES[row.tone])
            label = ""


def _labelled(label: str, sentences: Iterable[str], width: int) -> Iterator[Text]:
    """Sentences under one name, each starting a row of its own."""
    for sentence in sentences:
        text = f"{label}: {sentence}"
        yield from map(Text, hung(text, width, indent=INDENT, hanging=2))
