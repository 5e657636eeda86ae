"""Decisions on findings: applied to a report, added to those that are kept, and undone.

A decision is on one difference: when the difference is another one, or when its last day has
passed, the finding stands again and says so. What is accepted or rejected as wrong lets no run
fail; what is to be done or was corrected stays open, and says so.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.lexicon import normalise
from unbudget_check.messages.telling import accepted, unchecked
from unbudget_check.model.decision import Decision, DecisionState, Verdict
from unbudget_check.model.document import Where
from unbudget_check.model.message import saying
from unbudget_check.rulebook.select import is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.message import Message
    from unbudget_check.model.report import DocumentResult

WAIVED = "waived"
PLACES = ("table", "part", "paragraph", "figure", "row", "column", "item")
SETTLING = {Verdict.ACCEPT, Verdict.WRONG}
_OPENNESS = list(Verdict)


def apply_decisions(
    document: DocumentResult, decisions: Sequence[Decision], today: date
) -> DocumentResult:
    """The document with its findings as people decided, and a remark on what is not needed."""
    own = [each for each in decisions if concerns(each, document)]
    if not own:
        return document
    index = _index(document)
    meant = [(each, _meant(each, index)) for each in newest(own)]
    on_finding: dict[int, list[Decision]] = {}
    for each, found in meant:
        for number in found:
            on_finding.setdefault(number, []).append(each)
    findings = tuple(
        _decided(finding, on_finding.get(number, ()), today)
        for number, finding in enumerate(document.findings)
    )
    remarks = tuple(
        unchecked(_where(document, each), _unused(each))
        for each, found in meant
        if not found and each.verdict in SETTLING
    )
    told = dict.fromkeys((*document.coverage.remarks, *remarks))
    coverage = replace(document.coverage, remarks=tuple(told))
    return replace(document, findings=findings, coverage=coverage)


def states_of(
    decisions: Iterable[Decision], document: DocumentResult, today: date
) -> tuple[DecisionState, ...]:
    """What becomes of each decision in one document."""
    index = _index(document)
    return tuple(
        _state(each, [document.findings[at] for at in _meant(each, index)], today)
        if concerns(each, document)
        else DecisionState.ELSEWHERE
        for each in decisions
    )


def _state(decision: Decision, meant: Sequence[Finding], today: date) -> DecisionState:
    if not meant:
        is_settling = decision.verdict in SETTLING
        return DecisionState.UNUSED if is_settling else DecisionState.DONE
    if _is_over(decision, today):
        return DecisionState.EXPIRED
    if all(each.residual != decision.difference for each in meant):
        return DecisionState.LAPSED
    is_corrected = decision.verdict is Verdict.CORRECTED
    return DecisionState.STILL if is_corrected else DecisionState.USED


def concerns(decision: Decision, document: DocumentResult) -> bool:
    """Whether a decision speaks of this document, by its symbol or by a pattern of its path."""
    if document.status != "checked":
        return False
    if decision.below and not _lies_below(document.path, decision.below):
        return False
    return is_named(decision.document, document.path, document.symbol)


def _lies_below(path: str, folder: str) -> bool:
    whole, above = os.path.abspath(path), os.path.abspath(folder)  # noqa: PTH100 - links stay
    return whole.startswith(os.path.join(above, ""))  # noqa: PTH118


def decision_on(  # noqa: PLR0913 - each is a wish of its own, said by name
    meant: Decision,
    verdict: Verdict,
    *,
    by: str,
    on: date,
    reason: str = "",
    owner: str = "",
    until: date | None = None,
) -> Decision:
    """The decision of ``by`` on the finding that is ``meant``, as it is today."""
    return replace(
        meant,
        verdict=verdict,
        by=by.strip(),
        on=on,
        reason=reason.strip(),
        owner=owner.strip(),
        until=until,
    )


def document_names(documents: Iterable[DocumentResult]) -> dict[str, str]:
    """Path -> what decisions call the document: its symbol, or else its file name.

    Where several files of a run have one name, it comes with the folders that tell them apart, so
    that nobody decides on a file that another person has never seen.
    """
    listed = tuple(documents)
    parts = {each.path: each.path.replace("\\", "/").split("/") for each in listed}
    names = {each.path: each.symbol or parts[each.path][-1] for each in listed}
    bare = [each.path for each in listed if not each.symbol]
    for depth in range(2, max(map(len, parts.values()), default=0) + 1):
        taken = Counter(names[path] for path in bare)
        names |= {p: "/".join(parts[p][-depth:]) for p in bare if taken[names[p]] > 1}
    return names


def finding_meant(finding: Finding, symbol: str | None) -> Decision:
    """What names a finding, before anything is decided.

    ``symbol`` is that of its document, or what ``document_names`` calls it.
    """
    place = {name: getattr(finding.where, name) for name in PLACES}
    return Decision(
        rule=finding.code,
        document=symbol or finding.document.replace("\\", "/").rpartition("/")[2],
        place={name: label for name, label in place.items() if label},
        difference=finding.residual,
        finding=finding.fingerprint,
    )


def refuse_incomplete(decision: Decision, today: date) -> None:
    """Raise UserError where a decision lacks what its verdict needs, or is over before it began.

    The sentence begins with the place of a decision that was read from a file.
    """
    needed = {Verdict.ACCEPT: ("reason", "owner", "until"), Verdict.WRONG: ("reason",)}
    words = {"reason": "a reason", "owner": "an owner", "until": "a last day"}
    place = f"{decision.source}: " if decision.source else ""
    for name in needed.get(decision.verdict, ()):
        if not getattr(decision, name):
            message = f"{place}the decision '{decision.verdict}' needs {words[name]}"
            raise UserError(message)
    if not decision.by:
        message = f"{place}a decision needs the name of whoever made it"
        raise UserError(message)
    if decision.until and decision.until < today:
        message = f"{place}the last day, {decision.until}, is over; give today or a later day"
        raise UserError(message)


def added(decisions: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions, with the new ones in the place of earlier ones on the same findings."""
    later = newest(new)
    return (*undone(newest(decisions), later), *later)


def undone(decisions: Iterable[Decision], undo: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions without those on the same findings as some others."""
    gone = {_identity(each) for each in undo}
    return tuple(each for each in decisions if _identity(each) not in gone)


def newest(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """One decision a finding: the newest, and of those of one day the one that hides least.

    Two people's files that were merged may hold two. Waivers without a day are all kept.
    """
    every = tuple(decisions)
    best: dict[tuple[str, ...], Decision] = {}
    for each in every:
        before = best.get(_identity(each))
        if before is None or _rank(before) < _rank(each):
            best[_identity(each)] = each
    return tuple(each for each in every if each.on is None or best[_identity(each)] is each)


def decisions_on(
    finding: Finding, document: DocumentResult, decisions: Iterable[Decision]
) -> tuple[Decision, ...]:
    """The decisions that speak of one finding of a document, whether they hold or not."""
    number, index = document.findings.index(finding), _index(document)
    return tuple(
        each for each in decisions if concerns(each, document) and number in _meant(each, index)
    )


def _identity(decision: Decision) -> tuple[str, ...]:
    """What two decisions on the same finding have in common."""
    place = sorted(f"{name}={normalise(label)}" for name, label in decision.place.items())
    named = (decision.finding,) if decision.finding else tuple(place)
    return (normalise(decision.document), normalise(decision.rule), *named)


def _rank(decision: Decision) -> tuple[int, int]:
    day = decision.on.toordinal() if decision.on else 0
    return day, _OPENNESS.index(decision.verdict)


def _decided(finding: Finding, decisions: Sequence[Decision], today: date) -> Finding:
    """A finding under the newest decision that holds; else what keeps one from holding."""
    holding = [
        each
        for each in decisions
        if not _is_over(each, today) and each.difference == finding.residual
    ]
    if not holding:
        return accepted(finding, _objections(finding, decisions, today))
    decision = max(holding, key=_rank)
    status = WAIVED if decision.verdict in SETTLING else finding.status
    told = replace(finding, status=status, decision=decision)
    return accepted(told, _sayings(decision))


def _is_over(decision: Decision, today: date) -> bool:
    """Whether the last day of a decision has passed; that of a task is the day it is due."""
    return decision.verdict in SETTLING and decision.until is not None and decision.until < today


def _sayings(decision: Decision) -> Iterator[Message]:
    by, on = decision.by, decision.on.isoformat() if decision.on else ""
    match decision.verdict:
        case Verdict.ACCEPT:
            yield _about(decision, "accepted")
            return
        case Verdict.WRONG:
            yield saying("decision-wrong", by=by, on=on, reason=decision.reason)
            return
        case Verdict.CORRECTED:
            yield saying("decision-corrected", by=by, on=on)
        case Verdict.TODO:
            yield saying("decision-todo", by=by, on=on)
    if decision.owner:
        yield saying("decision-owner", owner=decision.owner)
    if decision.until:
        yield saying("decision-due", until=decision.until.isoformat())
    if decision.reason:
        yield saying("decision-comment", reason=decision.reason)


def _objections(finding: Finding, decisions: Sequence[Decision], today: date) -> Iterator[Message]:
    for each in decisions:
        if _is_over(each, today):
            is_waiver = each.verdict is Verdict.ACCEPT
            yield _about(each, "waiver-expired" if is_waiver else "decision-expired")
        elif each.verdict is not Verdict.ACCEPT:
            yield saying("decision-lapsed", by=each.by, on=each.on.isoformat() if each.on else "")
        elif each.difference is None:
            yield _about(each, "waiver-no-difference", now=str(finding.residual))
        elif finding.residual is None:
            yield _about(each, "waiver-no-sum", difference=str(each.difference))
        else:
            difference, now = str(each.difference), str(finding.residual)
            yield _about(each, "waiver-lapsed", difference=difference, now=now)


def _index(document: DocumentResult) -> dict[tuple[str, ...], set[int]]:
    """The numbers of the findings by fingerprint, by rule, and by rule and each step of the place.

    A document may have thousands of findings, and as many decisions on them.
    """
    index: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, finding in enumerate(document.findings):
        index["", finding.fingerprint].add(number)
        labels = [(name, normalise(getattr(finding.where, name) or "")) for name in PLACES]
        for rule in {normalise(finding.code), finding.name}:
            index[(rule,)].add(number)
            for name, label in labels:
                index[rule, name, label].add(number)
    return index


def _meant(decision: Decision, index: Mapping[tuple[str, ...], set[int]]) -> set[int]:
    """The numbers of the findings that a decision speaks of, whatever their difference.

    A fingerprint tells those at one place apart; where nothing has it any more, the place counts.
    """
    nothing: set[int] = set()
    same = index.get(("", decision.finding), nothing) if decision.finding else nothing
    if same:
        return same
    rule = normalise(decision.rule)
    found = [index.get((rule,), nothing)]
    for name, label in decision.place.items():
        found.append(index.get((rule, name, normalise(label)), nothing))
    return set.intersection(*sorted(found, key=len))


def _unused(decision: Decision) -> Message:
    if decision.verdict is Verdict.ACCEPT:
        return _about(decision, "waiver-unused", rule=decision.rule)
    return saying("decision-unused", by=decision.by, rule=decision.rule)


def _about(decision: Decision, name: str, **more: str) -> Message:
    until = decision.until.isoformat() if decision.until else ""
    owner = decision.owner or decision.by
    return saying(name, owner=owner, until=until, reason=decision.reason, **more)


def _where(document: DocumentResult, decision: Decision) -> Where:
    said = decision.place.get
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
