"""The rules of a report for a page: what each claims, and how its relations came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import ENGLISH
from unbudget_check.reporters.html.anchors import rule_anchor
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.report import Report, RuleCard


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with how its relations came out; ``spoken`` is the language of its texts."""

    anchor: str
    code: str
    name: str
    spoken: str
    title: str
    why: str
    fix: str
    source: str
    exact: int
    rounding: int
    broken: int
    findings: int


def rule_views(report: Report) -> tuple[RuleView, ...]:
    """All rules that have a finding or a relation."""
    found = Counter(each.code for each in report.findings)
    totals: dict[str, list[int]] = {}
    for document in report.documents:
        for tally in document.tallies:
            total = totals.setdefault(tally.code, [0, 0, 0])
            for at, count in enumerate((tally.exact, tally.rounding, tally.broken)):
                total[at] += count
    nothing = [0, 0, 0]
    return tuple(
        _view(each, totals.get(each.code, nothing), found, report.lang) for each in report.rules
    )


def _view(card: RuleCard, total: list[int], found: Mapping[str, int], lang: str) -> RuleView:
    texts = (card.title, card.why, card.fix)
    spoken = lang if all(lang in each for each in texts) else ENGLISH
    title, why, fix = (shown(each[spoken]) for each in texts)
    exact, rounding, broken = total
    return RuleView(
        rule_anchor(card.code),
        shown(card.code),
        shown(card.name),
        shown(spoken),
        title,
        why,
        fix,
        shown(card.source),
        exact,
        rounding,
        broken,
        found[card.code],
    )
