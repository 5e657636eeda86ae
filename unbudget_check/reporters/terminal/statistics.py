"""Counts by rule: how many findings, and out of how many relations that were checked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from unbudget_check.messages import say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import result_of, setup_rows
from unbudget_check.reporters.terminal.layout import padded
from unbudget_check.reporters.words import shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.report import Report
    from unbudget_check.reporters.options import RenderOptions

WORST_FIRST = tuple(reversed(SEVERITIES))
HEADINGS = ("rule", *(f"{severity}s" for severity in WORST_FIRST), "relations")
GAP = "  "


def render(report: Report, options: RenderOptions) -> str:
    """A row for each rule that checked or found something, the one with most findings first.

    The relations are those that the rule checked; a rule about words, references or numbering
    checks none. Findings that people accepted are counted by ``verbose`` only.
    """
    headings = tuple(say(report.lang, f"statistics.{each}") for each in HEADINGS)
    rows = [headings, *_rows(report, verbose=options.verbose)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    told = [
        GAP.join(padded(text, width, right=at > 0) for at, (text, width) in enumerate(pairs))
        for pairs in (zip(row, widths, strict=True) for row in rows)
    ]
    if not options.quiet:
        closing = (*setup_rows(report, verbose=options.verbose), result_of(report))
        told.append("")
        told += (say(report.lang, "full.labelled", label=e.label, text=e.text) for e in closing)
    return "".join(f"{row}\n" for row in told)


def _rows(report: Report, *, verbose: bool) -> Iterator[Sequence[str]]:
    names = {each.code: each.name for each in report.rules}
    found: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        if finding.status == "open" or verbose:
            found[finding.code, finding.severity] += 1
    checked: Counter[str] = Counter()
    for document in report.documents:
        for tally in document.tallies:
            checked[tally.code] += tally.exact + tally.rounding + tally.broken
    totals = {code: sum(found[code, each] for each in SEVERITIES) for code in names}
    for code in sorted(names, key=lambda each: (-totals[each], each)):
        counts = (*(found[code, each] for each in WORST_FIRST), checked[code])
        yield shown(f"{code} {names[code]}"), *map(spaced, counts)
