"""What settings, decisions, a baseline or a profile removed from a report.

A file that lies beside the documents may turn a run green; whoever trusts the report must see that.

What a run tells under a profile; that something is kept back is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.messages.telling import unchecked
from unbudget_check.model.document import Where
from unbudget_check.model.finding import SEVERITIES, Confidence, Severity
from unbudget_check.model.message import saying
from unbudget_check.model.options import Profile
from unbudget_check.model.report import HeededFile, HeededKind, Setup
from unbudget_check.rulebook.select import is_named, rules_for, with_severities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.message import Message
    from unbudget_check.model.options import Wishes
    from unbudget_check.model.report import DocumentResult, Unchecked
    from unbudget_check.rulebook.rule import Rule


KEPT_BACK = "kept-back"
LIMITS = "--limit-time, --limit-memory"


def setup_of(
    results: Sequence[DocumentResult],
    wishes: Wishes,
    rules: Sequence[Rule],
    excluded: Sequence[str] = (),
    passed: Sequence[str] = (),
    *,
    unbounded: bool = False,
) -> Setup:
    """The files that were heeded and their effects on these documents.

    ``rules`` are all rules that can be used, graded as their own files say. ``unbounded`` says that
    documents that should be checked within bounds of time and memory were not.
    """
    heeded = wishes.heeded
    named = {
        HeededKind.SETTINGS: (heeded.settings,),
        HeededKind.RULES: (heeded.rules,),
        HeededKind.WAIVERS: heeded.waivers,
        HeededKind.BASELINE: (heeded.baseline,),
    }
    files = tuple(HeededFile(kind, path) for kind, paths in named.items() for path in paths if path)
    effects = (_told(source, told) for source, told in _effects(results, wishes, rules, excluded))
    unheeded = (_told(path, saying("effect-unheeded")) for path in heeded.unheeded)
    told = [
        *effects,
        *unheeded,
        *([_told(LIMITS, saying("effect-unbounded"))] if unbounded else []),
    ]
    return Setup(files, tuple(told), tuple(passed))


def _told(source: str, told: Message) -> Unchecked:
    return unchecked(Where(source), told)


def _effects(
    results: Sequence[DocumentResult],
    wishes: Wishes,
    rules: Sequence[Rule],
    excluded: Sequence[str],
) -> Iterator[tuple[str, Message]]:
    """Each effect with who asked for it."""
    by = wishes.heeded.source_of
    if excluded:
        yield by("exclude"), saying("effect-excluded", count=len(excluded))
    for name, own in wishes.per_document.items():
        count = sum(is_named(name, each.path, each.symbol) for each in results)
        if own.ignore and count:
            left = ", ".join(own.ignore)
            yield by("per-document"), saying("effect-without-in", rules=left, count=count)
    for (usual, now), count in _lowered(results, wishes, rules).items():
        yield by("severity"), _lowering(usual, now, count)
    if wishes.profile is Profile.GATE:
        yield by("profile"), saying("effect-gate")
    if wishes.heeded.never_fails:
        yield wishes.heeded.never_fails, saying("effect-never")
    settled = Counter(
        "rejected" if found.is_rejected else found.status
        for each in results
        for found in each.findings
    )
    decided = ", ".join(wishes.heeded.waivers)
    for what, path, name in (
        ("waived", decided, "effect-accepted"),
        ("rejected", decided, "effect-rejected"),
        ("baselined", wishes.heeded.baseline, "effect-accepted"),
    ):
        if settled[what]:
            yield path, saying(name, count=settled[what])


def _lowering(usual: Severity, now: Severity, count: int) -> Message:
    if now is Severity.WARNING:
        return saying("effect-lowered-error-warning", count=count)
    if usual is Severity.ERROR:
        return saying("effect-lowered-error-note", count=count)
    return saying("effect-lowered-warning-note", count=count)


def _lowered(
    results: Sequence[DocumentResult], wishes: Wishes, rules: Sequence[Rule]
) -> Counter[tuple[Severity, Severity]]:
    """How many findings are less grave than their rules usually make them, by both severities."""
    counts: Counter[tuple[Severity, Severity]] = Counter()
    if not wishes.severities and not any(e.severities for e in wishes.per_document.values()):
        return counts
    usual = {rule.code: rule.severity for rule in rules}
    graded = with_severities(rules, wishes.severities)
    for document in results:
        own = rules_for(graded, document.path, document.symbol, wishes.per_document)
        now = {rule.code: rule.severity for rule in own}
        for found in document.findings:
            before, after = usual.get(found.code), now.get(found.code)
            if before is None or after is None or found.severity != after:
                continue
            if SEVERITIES.index(after) < SEVERITIES.index(before):
                counts[before, after] += 1
    return counts


def narrowed(document: DocumentResult, profile: Profile) -> DocumentResult:
    """The document with the findings of a profile, and a remark where it leaves some out."""
    if profile is not Profile.GATE:
        return document
    kept = tuple(each for each in document.findings if _is_certain(each))
    if len(kept) == len(document.findings):
        return document
    remarks = (*document.coverage.remarks, unchecked(Where(document.path), KEPT_BACK))
    coverage = replace(document.coverage, remarks=remarks)
    return replace(document, findings=kept, coverage=coverage)


def _is_certain(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.confidence is Confidence.HIGH
