"""How far a document was checked, in words: findings, what was read, what was not and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import share_of
from unbudget_check.reporters.html.phrases import say
from unbudget_check.reporters.html.proofs import place_in_words
from unbudget_check.reporters.html.spots import SETTLED
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Coverage, Unchecked


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings of one tone there are; the tone is a severity or "settled"."""

    tone: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason, how many figures it concerns, and where."""

    reason: str
    figures: str
    places: tuple[str, ...]


def counts_of(findings: Iterable[Finding]) -> tuple[Count, ...]:
    """How many open findings there are of each severity, the worst first, and how many settled."""
    listed = tuple(findings)
    counts = Counter(str(each.severity) for each in listed if each.status == "open")
    settled = sum(each.status != "open" for each in listed)
    worst_first = [str(each) for each in reversed(SEVERITIES)]
    return (
        *(
            Count(each, counts[each], say(f"count, {each}", count=counts[each]))
            for each in worst_first
        ),
        Count(SETTLED, settled, say("count, accepted", count=settled)),
    )


def coverage_of(coverage: Coverage) -> tuple[tuple[str, str], ...]:
    """What was read and what was checked, each statement under its name."""
    figures = {"read": coverage.figures_read, "checked": coverage.figures_checked}
    share = share_of(coverage.figures_checked, coverage.figures_read) if figures["read"] else ""
    shared = say("read, checked, share", **figures, share=share)
    said = [
        (
            say("tables"),
            say("read, checked", read=coverage.tables_read, checked=coverage.tables_checked),
        ),
        (say("figures"), shared if share else say("read, checked", **figures)),
        (
            say("relations"),
            say(
                "relations, told",
                exact=coverage.exact,
                rounding=coverage.rounding,
                broken=coverage.broken,
                unchecked=coverage.relations_unchecked,
            ),
        ),
    ]
    if coverage.sentences_read:
        told = {"read": coverage.sentences_read, "tied": coverage.sentences_tied}
        said.append((say("sentences"), say("sentences, told", **told)))
    return tuple(said)


def gaps_of(coverage: Coverage) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    """The gaps under three names; a name without gaps is left out."""
    named = (
        (say("gaps, unchecked"), coverage.unchecked),
        (say("gaps, untied"), coverage.untied),
        (say("gaps, remarks"), coverage.remarks),
    )
    return tuple((name, _grouped(items)) for name, items in named if items)


def _grouped(items: Iterable[Unchecked]) -> tuple[Gap, ...]:
    """One gap a reason, the one that concerns most figures first."""
    groups: dict[str, list[Unchecked]] = {}
    for item in items:
        groups.setdefault(shown(item.reason), []).append(item)
    counted = [
        (sum(each.figures for each in members), reason, members)
        for reason, members in groups.items()
    ]
    return tuple(
        Gap(
            reason,
            say("gap, figures", count=figures) if figures else "",
            tuple(dict.fromkeys(place_in_words(each.where) for each in members)),
        )
        for figures, reason, members in sorted(counted, key=lambda each: -each[0])
    )
