"""Findings that somebody accepted: they stay in the report, and let no run fail.

A waiver accepts one difference for one reason until one day. When the day has passed, or when the
difference is another one, the finding stands again and says so; a waiver without a finding is a
remark about its document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.languages import normalise
from unbudget_check.languages.telling import accepted, unchecked
from unbudget_check.model.location import Where
from unbudget_check.model.saying import saying
from unbudget_check.model.waiver import Waiver, WaiverState
from unbudget_check.rulebook.overrides import is_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult
    from unbudget_check.model.saying import Saying

WAIVED = "waived"
PLACES = ("table", "part", "paragraph", "figure", "row", "column", "item")


def waive(document: DocumentResult, waivers: Sequence[Waiver], today: date) -> DocumentResult:
    """The document with its accepted findings marked, and a remark on every unused waiver."""
    own = [each for each in waivers if concerns(each, document)]
    if not own:
        return document
    findings = tuple(_settled(finding, own, today) for finding in document.findings)
    unused = [each for each in own if state_of(each, document, today) is WaiverState.UNUSED]
    remarks = tuple(unchecked(_where(document, each), _unused(each)) for each in unused)
    coverage = replace(document.coverage, remarks=(*document.coverage.remarks, *remarks))
    return replace(document, findings=findings, coverage=coverage)


def state_of(waiver: Waiver, document: DocumentResult, today: date) -> WaiverState:
    """What becomes of a waiver in one document."""
    if not concerns(waiver, document):
        return WaiverState.ELSEWHERE
    meant = [finding for finding in document.findings if _means(waiver, finding)]
    if not meant:
        return WaiverState.UNUSED
    if waiver.until < today:
        return WaiverState.EXPIRED
    is_accepted = any(finding.residual == waiver.difference for finding in meant)
    return WaiverState.USED if is_accepted else WaiverState.LAPSED


def concerns(waiver: Waiver, document: DocumentResult) -> bool:
    """Whether a waiver speaks of this document, by its symbol or by a pattern of its path."""
    if document.status != "checked":
        return False
    return is_named(waiver.document, document.path, document.symbol)


def waiver_of(finding: Finding, symbol: str | None, terms: tuple[str, str, date]) -> Waiver:
    """The waiver that accepts a finding as it is; ``terms`` are reason, owner and last day."""
    reason, owner, until = terms
    place = {name: getattr(finding.where, name) for name in PLACES}
    return Waiver(
        finding.code,
        symbol or finding.document.replace("\\", "/").rpartition("/")[2],
        reason,
        owner,
        until,
        {name: label for name, label in place.items() if label},
        finding.residual,
    )


def _settled(finding: Finding, waivers: Sequence[Waiver], today: date) -> Finding:
    """A finding under the first waiver that accepts it; else what keeps one from accepting it."""
    meant = [each for each in waivers if _means(each, finding)]
    for waiver in meant:
        if waiver.until >= today and waiver.difference == finding.residual:
            return accepted(replace(finding, status=WAIVED), [_accepted(waiver)])
    return accepted(finding, _objections(finding, meant, today))


def _objections(finding: Finding, waivers: Sequence[Waiver], today: date) -> Iterator[Saying]:
    for waiver in waivers:
        if waiver.until < today:
            yield _about(waiver, "waiver-expired")
        elif waiver.difference is None:
            yield _about(waiver, "waiver-no-difference", now=str(finding.residual))
        elif finding.residual is None:
            yield _about(waiver, "waiver-no-sum", difference=str(waiver.difference))
        else:
            difference, now = str(waiver.difference), str(finding.residual)
            yield _about(waiver, "waiver-lapsed", difference=difference, now=now)


def _means(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver speaks of this finding, whatever its difference."""
    if normalise(waiver.rule) not in {normalise(finding.code), finding.name}:
        return False
    return all(
        normalise(label) == normalise(getattr(finding.where, name) or "")
        for name, label in waiver.place.items()
    )


def _accepted(waiver: Waiver) -> Saying:
    return _about(waiver, "accepted")


def _unused(waiver: Waiver) -> Saying:
    return _about(waiver, "waiver-unused", rule=waiver.rule)


def _about(waiver: Waiver, name: str, **more: str) -> Saying:
    until = waiver.until.isoformat()
    return saying(name, owner=waiver.owner, until=until, reason=waiver.reason, **more)


def _where(document: DocumentResult, waiver: Waiver) -> Where:
    said = waiver.place.get
    return Where(
        document.path,
        table=said("table"),
        part=said("part"),
        row=said("row"),
        column=said("column"),
        paragraph=said("paragraph"),
        item=said("item"),
        figure=said("figure"),
    )
