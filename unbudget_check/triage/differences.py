"""What an edit fixed and what it broke: a later report compared with an earlier one, by identity.

Findings are compared by their fingerprints, never by counts or places in a list. A finding is fixed
only where its document was read again and something of its rule was still checked there; and a
difference that is smaller now is no new mistake, while one that grew is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from unbudget_check.model.comparison import Comparison, Fate, Turn, TurnedDocument, TurnedFinding
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.model.message import saying
from unbudget_check.triage.effects import KEPT_BACK
from unbudget_check.triage.identity import identified

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.message import Message
    from unbudget_check.model.report import DocumentResult, Report, Tally

    Pair = tuple[DocumentResult | None, DocumentResult | None]

UNREADABLE = "unreadable"
OPEN = "open"
ORDER = tuple(Turn)
NOWHERE = (None, None)  # the table and part of relations between places in no table


def compare(before: Report, now: Report) -> Comparison:
    """Everything that changed from one report to a later one, in the order of the later one."""
    pairs = _paired(before.documents, now.documents)
    documents = tuple(_document(*pair) for pair in pairs)
    return Comparison(before, now, documents, tuple(_remarks(before, now)))


def _remarks(before: Report, now: Report) -> Iterator[Message]:
    if before.tool.version != now.tool.version:
        yield saying("reports-versions", before=before.tool.version, now=now.tool.version)
    if before.tool.rules_hash != now.tool.rules_hash:
        yield saying("reports-rules")
    if (before.select, before.ignore) != (now.select, now.ignore):
        yield saying("reports-choices")
    if _is_kept_back(before) != _is_kept_back(now):
        yield saying("reports-profiles")


def _is_kept_back(report: Report) -> bool:
    return any(each.reason == KEPT_BACK for each in report.coverage.remarks)


def _paired(before: Sequence[DocumentResult], now: Sequence[DocumentResult]) -> list[Pair]:
    """Which document is which: by path, names, symbol or content; else the only two.

    Each step pairs only what one document on each side has in common. The missing ones come last.
    """
    partners: dict[int, DocumentResult] = {}
    left = list(before)
    by: tuple[Callable[[DocumentResult], str | None], ...] = (
        lambda each: each.path,
        *(partial(_tail, depth) for depth in range(_depth(before, now), 1, -1)),
        lambda each: each.symbol,
        partial(_tail, 1),
        lambda each: each.sha256,
        lambda _: "the only one" if len(before) == len(now) == 1 else None,
    )
    for name_of in by:
        open_now = [each for each in now if id(each) not in partners]
        for document in open_now:
            same = [each for each in left if name_of(each) == name_of(document)]
            alone = sum(name_of(each) == name_of(document) for each in open_now) == 1
            if name_of(document) and len(same) == 1 and alone:
                partners[id(document)] = same[0]
                left.remove(same[0])
    return [*((partners.get(id(each)), each) for each in now), *((each, None) for each in left)]


def _depth(*sides: Sequence[DocumentResult]) -> int:
    return max((len(_steps(each)) for side in sides for each in side), default=0)


def _steps(document: DocumentResult) -> list[str]:
    return document.path.replace("\\", "/").split("/")


def _tail(depth: int, document: DocumentResult) -> str | None:
    """The last names of a path; None where it has fewer."""
    steps = _steps(document)
    return "/".join(steps[-depth:]) if len(steps) >= depth else None


def _file_name(document: DocumentResult) -> str:
    return _steps(document)[-1]


def _document(before: DocumentResult | None, now: DocumentResult | None) -> TurnedDocument:
    """What became of one document; at least one of the two is there."""
    if now is None or now.status == UNREADABLE:
        fate = Fate.DISAPPEARED if now is None else Fate.UNREADABLE
        lost = [each for each in before.findings if each.status == OPEN] if before else []
        return TurnedDocument(fate, before, now, unknown=len(lost))
    if before is None or before.status == UNREADABLE:
        fate = Fate.APPEARED if before is None else Fate.READABLE
        return TurnedDocument(fate, before, now, tuple(_turned({}, _by_identity(now), set())))
    known, found = _identified(before, now)
    asked = {identity for identity, each in known.items() if _is_asked_still(each, before, now)}
    return TurnedDocument(Fate.COMPARED, before, now, tuple(_turned(known, found, asked)))


def _by_identity(document: DocumentResult) -> dict[str, Finding]:
    return {each.fingerprint: each for each in document.findings}


def _identified(
    before: DocumentResult, now: DocumentResult
) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The findings of both by identity; a document under another name keeps its findings."""
    if (before.symbol or _file_name(before)) != (now.symbol or _file_name(now)):
        name = now.symbol or _file_name(now)
        before, now = (
            replace(each, findings=tuple(identified(each.findings, name))) for each in (before, now)
        )
    return _by_identity(before), _by_identity(now)


def _turned(
    known: Mapping[str, Finding], found: Mapping[str, Finding], asked: Collection[str]
) -> list[TurnedFinding]:
    """What became of every finding, the worst first; ``asked`` are those still checked for."""
    turned = [
        TurnedFinding(_turn_of(known.get(identity), now), known.get(identity), now)
        for identity, now in found.items()
    ]
    turned += [
        TurnedFinding(Turn.FIXED if identity in asked else Turn.GONE, before, None)
        for identity, before in known.items()
        if identity not in found
    ]
    return sorted(turned, key=_gravity)


def _gravity(turned: TurnedFinding) -> tuple[int, int]:
    return ORDER.index(turned.turn), -SEVERITIES.index(turned.told.severity)


def _turn_of(before: Finding | None, now: Finding) -> Turn:
    if now.status != OPEN:
        return Turn.ACCEPTED if before is None or before.status == OPEN else Turn.SAME
    if before is None:
        return Turn.BROKEN
    if _is_worse(before, now):
        return Turn.WORSE
    if before.status != OPEN:
        return Turn.REOPENED
    return Turn.SAME if _measure(before) == _measure(now) else Turn.CHANGED


def _is_worse(before: Finding, now: Finding) -> bool:
    if SEVERITIES.index(now.severity) > SEVERITIES.index(before.severity):
        return True
    if before.residual is None or now.residual is None:
        return False
    return now.residual.copy_abs() > before.residual.copy_abs()


def _measure(finding: Finding) -> tuple[str, object]:
    """How wrong it is: the difference; the figure as printed where there is none."""
    wrong = finding.stated_text if finding.residual is None else finding.residual
    return finding.severity, wrong


def _is_asked_still(finding: Finding, before: DocumentResult, now: DocumentResult) -> bool:
    """Whether the later report, too, checked something of this rule in this table.

    Rules that count no relations, such as those on names, are not in question. Of a sentence the
    rule says how it is wrong (an increase for a decrease): once it is right, its amount is counted
    by another rule of the same hundred.
    """
    return _is_counted(finding, now) or not _is_counted(finding, before)


def _is_counted(finding: Finding, document: DocumentResult) -> bool:
    place = finding.where.table, finding.where.part
    if place[0] is None:
        return any(_hundred(tally.code) == _hundred(finding.code) for tally in document.tallies)
    return any(
        tally.code == finding.code and _place(tally) in {place, NOWHERE}
        for tally in document.tallies
    )


def _hundred(code: str) -> str:
    """The rules to which one belongs: ``TXT1`` of ``TXT103``."""
    return code[:-2]


def _place(tally: Tally) -> tuple[str | None, str | None]:
    return tally.where.table, tally.where.part
