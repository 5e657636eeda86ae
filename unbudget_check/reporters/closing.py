"""The block that ends a report: what was read and checked, what was not and why, and the result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from unbudget_check.messages import say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.words import (
    count_of,
    listed,
    names_of,
    place_of,
    reason_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Coverage, DocumentResult, Report, Unchecked

PLACES_MOST = 3


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One row of the block: ``kind`` names it in every language, ``label`` in the reader's own.

    ``tone`` is "good", "bad", "doubtful" or empty.
    """

    label: str
    text: str
    tone: str = ""
    kind: str = ""


def closing_rows(
    report: Report, *, verbose: bool, held_back: Mapping[str, int] | None = None
) -> tuple[ClosingRow, ...]:
    """All rows of the block, the result last; ``verbose`` names every place.

    ``held_back`` is rule code -> how many findings were not shown because there are so many.
    """
    coverage, lang = report.coverage, report.lang
    rows = [
        _row(report, "documents", _documents(report)),
        *(
            _row(report, "unreadable", reason_of(each, lang), "bad")
            for each in report.documents
            if each.status == "unreadable"
        ),
        *setup_rows(report, verbose=verbose),
        *_rules(report),
        _row(report, "tables", tables_told(coverage, lang)),
        _row(report, "figures", figures_told(coverage, lang)),
        _row(report, "relations", relations_told(coverage, lang)),
        *_sentences(report, verbose=verbose),
    ]
    rows += _reasons(report, "unchecked", coverage.unchecked, verbose=verbose)
    rows += _reasons(report, "untied", coverage.untied, verbose=verbose)
    rows += _reasons(report, "remarks", coverage.remarks, verbose=verbose)
    rows += _held_back(report, held_back or {})
    return (*rows, result_of(report))


def _row(report: Report, kind: str, text: str, tone: str = "") -> ClosingRow:
    return ClosingRow(say(report.lang, f"labels.{kind}"), text, tone, kind)


def result_of(report: Report) -> ClosingRow:
    """The one sentence to remember; it never sounds well where nothing was checked."""
    lang = report.lang
    unreadable = sum(each.status == "unreadable" for each in report.documents)
    torn = count_of(unreadable, "document", lang)
    missing = say(lang, "closing.missing", documents=torn) if unreadable else ""
    judged, faults = report.coverage.judged, report.coverage.faults
    missing += say(lang, "closing.faulty", faults=count_of(faults, "fault", lang)) if faults else ""
    silent = sum(each.is_silent for each in report.documents) - unreadable
    if silent and judged:
        missing += say(lang, "closing.silent", documents=count_of(silent, "document", lang))
    tone = "doubtful" if unreadable or silent or faults or not judged else "good"
    findings = [each for each in report.findings if each.status == "open"]
    if findings:
        tone = "bad" if any(each.severity == "error" for each in findings) else "doubtful"
        found, severe = count_of(len(findings), "finding", lang), severities_of(report)
        text = say(lang, "closing.findings", findings=found, severities=severe, missing=missing)
    elif not report.documents:
        text = say(lang, "closing.no_document")
    elif not judged:
        text = say(lang, "closing.nothing_missing", nothing=nothing_checked(lang), missing=missing)
    elif report.findings:
        known = count_of(len(report.findings), "finding", lang)
        is_mixed = any(each.is_rejected for each in report.findings)
        name = "closing.nothing_open" if is_mixed else "closing.nothing_new"
        text = say(lang, name, findings=known, missing=missing)
    else:
        held = count_of(judged, "relation", lang)
        text = say(lang, "closing.clean", relations=held, missing=missing)
    return _row(report, "result", text, tone)


def silence_of(document: DocumentResult, lang: str) -> str:
    """What is said of one document with figures of which none came to a verdict."""
    nothing = nothing_checked(lang)
    return say(lang, "closing.document", document=shown(document.path), text=nothing)


def nothing_checked(lang: str) -> str:
    """What is said of documents in which nothing could be checked."""
    return say(lang, "closing.nothing")


def severities_of(report: Report) -> str:
    """How many open findings there are of each severity, the worst first."""
    lang = report.lang
    counts = Counter(each.severity for each in report.findings if each.status == "open")
    told = [count_of(counts[severity], severity, lang) for severity in reversed(SEVERITIES)]
    return listed([*told, *settled_told(report.findings, lang)], lang)


def settled_told(findings: Iterable[Finding], lang: str) -> list[str]:
    """How many findings were accepted, by whatever file, and how many were rejected as wrong."""
    settled = [each for each in findings if each.status != "open"]
    wrong = sum(each.is_rejected for each in settled)
    counts = {"accepted": len(settled) - wrong, "rejected": wrong}
    return [say(lang, f"closing.{name}", count=count) for name, count in counts.items() if count]


def share_of(part: int, whole: int) -> str:
    """A share in per cent, rounded down so that only everything is 100.0%."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def _held_back(report: Report, counts: Mapping[str, int]) -> list[ClosingRow]:
    told = [
        say(report.lang, "closing.held_back", count=count, code=code)
        for code, count in sorted(counts.items())
    ]
    text = say(report.lang, "closing.all_held_back", counts=listed(told, report.lang))
    return [_row(report, "held_back", text, "doubtful")] if told else []


def _documents(report: Report) -> str:
    read = [each for each in report.documents if each.status != "unreadable"]
    silent = sum(not each.coverage.judged for each in read)
    name = "documents_silent" if silent else "documents"
    torn = len(report.documents) - len(read)
    return say(report.lang, f"closing.{name}", read=len(read), silent=silent, unreadable=torn)


def setup_rows(report: Report, *, verbose: bool = False) -> Iterator[ClosingRow]:
    """The files that the run heeded, what that took away, and the documents that nobody reads."""
    lang, setup = report.lang, report.setup
    if setup.files:
        told = (say(lang, f"heeded.{each.kind}", path=shown(each.path)) for each in setup.files)
        yield _row(report, "settings", listed(told, lang))
    for each in setup.effects:
        source = shown(each.where.document)
        text = say(lang, "closing.effect", text=shown(each.reason), source=source)
        yield _row(report, "effects", text, "doubtful")
    if setup.passed:
        most = len(setup.passed) if verbose else PLACES_MOST
        names = [shown(path) for path in setup.passed[:most]]
        left = say(lang, "lists.and_places", count=len(setup.passed) - most)
        names += [left] if len(setup.passed) > most else []
        text = say(lang, "closing.passed", paths=listed(names, lang))
        yield _row(report, "passed", text, "doubtful")


def _rules(report: Report) -> list[ClosingRow]:
    chosen = (("only", report.select), ("without", report.ignore))
    told = [
        say(report.lang, f"closing.{name}", rules=shown(", ".join(rules)))
        for name, rules in chosen
        if rules
    ]
    return [_row(report, "rules", listed(told, report.lang))] if told else []


def tables_told(coverage: Coverage, lang: str) -> str:
    """How many tables were read and checked."""
    read, checked = coverage.tables_read, coverage.tables_checked
    return say(lang, "closing.tables", read=read, checked=checked)


def figures_told(coverage: Coverage, lang: str) -> str:
    """How many figures were read and checked, with the share of these."""
    read, checked = coverage.figures_read, coverage.figures_checked
    if not read:
        return say(lang, "closing.figures", read=read, checked=checked)
    share = share_of(checked, read)
    return say(lang, "closing.figures_share", read=read, checked=checked, share=share)


def _sentences(report: Report, *, verbose: bool) -> list[ClosingRow]:
    """How many sentences were read and tied; ``verbose`` says it document by document."""
    coverage, lang = report.coverage, report.lang
    if not coverage.sentences_read:
        return []
    told = [sentences_told(coverage, lang)]
    if verbose and len(report.documents) > 1:
        names = names_of(report.documents)
        told += [
            _tied_in(each, names[each.path], lang)
            for each in report.documents
            if each.coverage.sentences_read
        ]
    return [_row(report, "sentences", text) for text in told]


def _tied_in(document: DocumentResult, name: str, lang: str) -> str:
    tied = sentences_told(document.coverage, lang)
    return say(lang, "closing.document", document=name, text=tied)


def sentences_told(coverage: Coverage, lang: str) -> str:
    """How many sentences were read, and how many tied."""
    read, tied = coverage.sentences_read, coverage.sentences_tied
    return say(lang, "closing.sentences", read=read, tied=tied)


def relations_told(coverage: Coverage, lang: str) -> str:
    """How the relations came out."""
    return say(
        lang,
        "closing.relations",
        exact=coverage.exact,
        rounding=coverage.rounding,
        broken=coverage.broken,
        unchecked=coverage.relations_unchecked,
    )


def _reasons(
    report: Report, kind: str, items: Sequence[Unchecked], *, verbose: bool
) -> Iterable[ClosingRow]:
    """One row a reason, the one that concerns most figures first."""
    lang = report.lang
    groups: dict[str, list[Unchecked]] = {}
    for item in items:
        groups.setdefault(shown(item.reason), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: -sum(each.figures for each in group[1]))
    for reason, members in ordered:
        figures, text = sum(each.figures for each in members), reason
        if figures:
            counted = count_of(figures, "figure", lang)
            text = say(lang, "closing.reason_figures", reason=reason, figures=counted)
        places = _places(report, members, verbose=verbose)
        if places:
            text = say(lang, "closing.reason", reason=text, places=places)
        yield _row(report, kind, text)


def _places(report: Report, members: Sequence[Unchecked], *, verbose: bool) -> str:
    """Where, document by document, each place once; only the first few unless all are wanted.

    A whole document is named by its file, and not at all where there is no other.
    """
    lang, several = report.lang, len(report.documents) > 1
    joint = say(lang, "closing.documents_joint")
    files = names_of(report.documents)
    names = dict.fromkeys(
        (each.where.document, place_of(each.where, lang=lang)) for each in members
    )
    most = len(names) if verbose else PLACES_MOST
    told: list[str] = []
    for document, group in groupby(list(names)[:most], key=itemgetter(0)):
        whole = say(lang, "places.document")
        places = joint.join(place for _, place in group if place != whole)
        name = files.get(document) or shown(document)
        named = say(lang, "closing.document", document=name, text=places) if places else name
        told.append(named if several else places)
    left = say(lang, "lists.and_places", count=len(names) - most)
    told += [say(lang, "lists.and_more", more=left)] if len(names) > most else []
    return joint.join(filter(None, told))
