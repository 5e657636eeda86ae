"""The block that ends a report: what was read and checked, what was not and why, and the result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.words import NOTHING, count_of, place_of, reason_of, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.report import Coverage, Report, Unchecked

PLACES_MOST = 3


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One row of the block. ``tone`` is "good", "bad", "doubtful" or empty."""

    label: str
    text: str
    tone: str = ""


def closing_rows(
    report: Report, *, verbose: bool, held_back: Mapping[str, int] | None = None
) -> tuple[ClosingRow, ...]:
    """All rows of the block, the result last; ``verbose`` names every place.

    ``held_back`` is rule code -> how many findings were not shown because there are so many.
    """
    coverage = report.coverage
    rows = [
        ClosingRow("documents", _documents(report)),
        *(
            ClosingRow("unreadable", reason_of(each), "bad")
            for each in report.documents
            if each.status == "unreadable"
        ),
        *_rules(report),
        ClosingRow("tables", f"{coverage.tables_read} read, {coverage.tables_checked} checked"),
        ClosingRow("figures", _figures(coverage)),
        ClosingRow("relations", _relations(coverage)),
        *_sentences(report, verbose=verbose),
    ]
    several = len(report.documents) > 1
    rows += _reasons("not checked", coverage.unchecked, several=several, verbose=verbose)
    rows += _reasons("not tied", coverage.untied, several=several, verbose=verbose)
    rows += _reasons("remark", coverage.remarks, several=several, verbose=verbose)
    rows += _held_back(held_back or {})
    return (*rows, result_of(report))


def result_of(report: Report) -> ClosingRow:
    """The one sentence to remember; it never sounds well where nothing was checked."""
    unreadable = sum(each.status == "unreadable" for each in report.documents)
    missing = f"; {count_of(unreadable, 'document')} could not be read" if unreadable else ""
    findings = [each for each in report.findings if each.status == "open"]
    if findings:
        tone = "bad" if any(each.severity == "error" for each in findings) else "doubtful"
        found = f"{count_of(len(findings), 'finding')}: {severities_of(report)}"
        return ClosingRow("result", f"{found}{missing}.", tone)
    if not report.documents:
        return ClosingRow("result", "nothing was checked: no document was found.", "doubtful")
    judged = report.coverage.judged
    if not judged:
        return ClosingRow("result", f"{NOTHING}{missing}.", "doubtful")
    if report.findings:
        known = f"nothing new; {count_of(len(report.findings), 'finding')} accepted before"
        return ClosingRow("result", f"{known}{missing}.", "doubtful" if unreadable else "good")
    held = f"no contradiction found in {count_of(judged, 'relation')}"
    return ClosingRow("result", f"{held}{missing}.", "doubtful" if unreadable else "good")


def severities_of(report: Report) -> str:
    """How many open findings there are of each severity, the worst first."""
    counts = Counter(each.severity for each in report.findings if each.status == "open")
    settled = sum(each.status != "open" for each in report.findings)
    said = [count_of(counts[severity], severity) for severity in reversed(SEVERITIES)]
    said += [f"{settled} accepted before"] if settled else []
    return ", ".join(said)


def share_of(part: int, whole: int) -> str:
    """A share in per cent, rounded down so that only everything is 100.0%."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def _held_back(counts: Mapping[str, int]) -> Iterator[ClosingRow]:
    if counts:
        said = ", ".join(f"{spaced(count)} of {code}" for code, count in sorted(counts.items()))
        yield ClosingRow("not shown", f"{said} (--max-per-rule)", "doubtful")


def _documents(report: Report) -> str:
    read = [each for each in report.documents if each.status != "unreadable"]
    silent = sum(not each.coverage.judged for each in read)
    said = f"{len(read)} read"
    if silent:
        said += f" ({silent} with nothing to check)"
    return f"{said}, {len(report.documents) - len(read)} unreadable"


def _rules(report: Report) -> list[ClosingRow]:
    said = [f"only {shown(', '.join(report.select))}"] if report.select else []
    said += [f"without {shown(', '.join(report.ignore))}"] if report.ignore else []
    return [ClosingRow("rules", ", ".join(said))] if said else []


def _figures(coverage: Coverage) -> str:
    said = f"{spaced(coverage.figures_read)} read, {spaced(coverage.figures_checked)} checked"
    if not coverage.figures_read:
        return said
    return f"{said} ({share_of(coverage.figures_checked, coverage.figures_read)})"


def _sentences(report: Report, *, verbose: bool) -> list[ClosingRow]:
    """How many sentences were read and tied; ``verbose`` says it document by document."""
    coverage = report.coverage
    if not coverage.sentences_read:
        return []
    rows = [ClosingRow("sentences", _tied(coverage))]
    if verbose and len(report.documents) > 1:
        rows += [
            ClosingRow("sentences", f"{shown(PurePath(each.path).name)}: {_tied(each.coverage)}")
            for each in report.documents
            if each.coverage.sentences_read
        ]
    return rows


def _tied(coverage: Coverage) -> str:
    read, tied = spaced(coverage.sentences_read), spaced(coverage.sentences_tied)
    return f"{read} with amounts read, {tied} tied to other statements of the same facts"


def _relations(coverage: Coverage) -> str:
    return (
        f"{spaced(coverage.exact)} held exactly, {spaced(coverage.rounding)} by rounding, "
        f"{spaced(coverage.broken)} broken, {spaced(coverage.relations_unchecked)} unchecked"
    )


def _reasons(
    label: str, items: Sequence[Unchecked], *, several: bool, verbose: bool
) -> Iterable[ClosingRow]:
    """One row a reason, the one that concerns most figures first."""
    groups: dict[str, list[Unchecked]] = {}
    for item in items:
        groups.setdefault(shown(item.reason), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: -sum(each.figures for each in group[1]))
    for reason, members in ordered:
        figures = sum(each.figures for each in members)
        counted = f" ({count_of(figures, 'figure')})" if figures else ""
        places = _places(members, several=several, verbose=verbose)
        yield ClosingRow(label, f"{reason}{counted}: {places}")


def _places(members: Sequence[Unchecked], *, several: bool, verbose: bool) -> str:
    """Where, document by document, each place once; only the first few unless all are wanted."""
    names = dict.fromkeys((each.where.document, place_of(each.where)) for each in members)
    most = len(names) if verbose else PLACES_MOST
    chosen = list(names)[:most]
    said = []
    for document, group in groupby(chosen, key=itemgetter(0)):
        places = ", ".join(place for _, place in group)
        said.append(f"{shown(PurePath(document).name)}: {places}" if several else places)
    more = [f"and {spaced(len(names) - most)} more (-v names all)"] if len(names) > most else []
    return "; ".join([*said, *more])
