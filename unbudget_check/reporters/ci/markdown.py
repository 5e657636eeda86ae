"""Markdown for the summary of a job or a comment on a change: result, coverage, findings.

Texts of documents mark up nothing. Proofs are folded. A comment holds about 65,000 characters: the
gravest findings come in first, then as many of their proofs as there is room for, and what did
not fit is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.reporters.ci.hosting import (
    advice_of,
    fenced,
    headings_of,
    headline_of,
    in_markdown,
    open_findings,
    stable_path,
    within,
)
from unbudget_check.reporters.closing import closing_rows
from unbudget_check.reporters.terminal.layout import cut
from unbudget_check.reporters.terminal.proofs import draw_proof
from unbudget_check.reporters.words import (
    count_of,
    doubt_of,
    listed,
    number_of_finding,
    severity_of,
    sums_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult, Report
    from unbudget_check.reporters.closing import ClosingRow
    from unbudget_check.reporters.options import RenderOptions

MOST_COMMENT_CHARS = 65_536  # as many characters a comment holds
ROOM = 48_000  # for the findings
LIST_ROOM = 6_000  # for the unreadable documents, and for what was not checked
BETWEEN = 6  # blank rows around an entry
TEXT_MOST = 1_000  # of one message, or of one row of the coverage
PROOF_WIDTH = 90
# Rows of the closing block that may be many; they are folded.
FOLDED = ("unchecked", "untied", "remarks")


def render(report: Report, options: RenderOptions) -> str:
    """The whole page; ``quiet`` leaves the result and the findings."""
    lang, closing = report.lang, closing_rows(report, verbose=False)
    blocks = [f"## {in_markdown(report.tool.name)}: {in_markdown(closing[-1].text)}"]
    unread = [f"- **{row.label}**: {in_markdown(row.text)}" for row in _unreadable(closing)]
    blocks += ["\n".join(within(unread, LIST_ROOM, lang))] if unread else []
    found = open_findings(report)
    headings = {each.path: _heading(each, options) for each in report.documents}
    entries = _entries(found, headings, lang)
    for path, heading in headings.items():
        listed = zip(found, entries, strict=False)
        own = [(each.number, entry) for each, entry in listed if each.document == path]
        blocks += ["\n".join([f"{heading}\n", *(text for _, text in sorted(own))])] if own else []
    missing = len(found) - len(entries)
    if missing:
        more = count_of(missing, "more finding", lang)
        blocks.append(say(lang, "sites.none_graver", more=more))
    if not options.quiet:
        blocks += _coverage(closing[:-1], lang)
    return "\n\n".join(blocks) + "\n"


def _unreadable(rows: Sequence[ClosingRow]) -> list[ClosingRow]:
    return [row for row in rows if row.kind == "unreadable"]


def _heading(document: DocumentResult, options: RenderOptions) -> str:
    names = (document.symbol, stable_path(document.path, options))
    return f"### {' – '.join(in_markdown(each) for each in names if each)}"


def _entries(found: Sequence[Finding], headings: Mapping[str, str], lang: str) -> list[str]:
    """One entry for each of the gravest findings, and their proofs, as long as there is room."""
    lengths = {path: len(text) for path, text in headings.items()}
    entries: list[str] = []
    used = 0
    for finding in found:
        entry = _entry(finding, lang)
        used += len(entry) + lengths.pop(finding.document, 0) + BETWEEN
        if used > ROOM:
            return entries
        entries.append(entry)
    for at, finding in enumerate(found):
        proof = _proof(finding, lang)
        if used + len(proof) <= ROOM:
            entries[at] += proof
            used += len(proof)
    return entries


def _entry(finding: Finding, lang: str) -> str:
    doubt = f" *({doubt_of(finding, lang)})*" if doubt_of(finding, lang) else ""
    severity = f"**{number_of_finding(finding)}{severity_of(finding, lang)}**"
    head = f"{severity} {in_markdown(f'{finding.code} {finding.name}')}"
    return f"- {head}{doubt}: {in_markdown(cut(headline_of(finding, lang), TEXT_MOST))}"


def _proof(finding: Finding, lang: str) -> str:
    """The proof of a finding, folded, as further blocks of its entry in the list."""
    drawn = "\n".join(row.plain for row in draw_proof(finding, PROOF_WIDTH, lang=lang))
    sums = listed(
        (f"{name} {in_markdown(figure)}" for name, figure in sums_of(finding, lang)), lang
    )
    blocks = [
        f"<details><summary>{say(lang, 'sites.proof')}</summary>",
        fenced(drawn) if drawn else "",
        sums[:1].upper() + sums[1:],
        in_markdown(advice_of(finding, lang)),
        "</details>",
    ]
    text = "\n\n".join(block for block in blocks if block)
    rows = (f"  {row}" if row else "" for row in text.split("\n"))
    return "\n" + "\n".join(rows) + "\n"


def _coverage(rows: Sequence[ClosingRow], lang: str) -> Iterator[str]:
    """What was checked as a table, and what was not, with its reasons, folded."""
    folded = [row for row in rows if row.kind in FOLDED]
    plain = [row for row in rows if row not in (*folded, *_unreadable(rows))]
    cells = [f"| {row.label} | {in_markdown(cut(row.text, TEXT_MOST))} |" for row in plain]
    yield "\n".join([f"### {say(lang, 'sites.coverage')}\n", *headings_of(lang), *cells])
    if folded:
        reasons = [f"- {row.label}: {in_markdown(row.text)}" for row in folded]
        summary = say(lang, "sites.unchecked", count=len(reasons))
        head = f"<details><summary>{summary}</summary>\n"
        yield "\n".join([head, *within(reasons, LIST_ROOM, lang), "\n</details>"])
