"""How far a document was checked, in words: findings, what was read, what was not and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.languages.messages import say
from unbudget_check.model.finding import SEVERITIES
from unbudget_check.reporters.closing import (
    figures_told,
    relations_told,
    sentences_told,
    tables_told,
)
from unbudget_check.reporters.html.proofs import place_in_words
from unbudget_check.reporters.html.spots import SETTLED
from unbudget_check.reporters.words import count_of, shown

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


def counts_of(findings: Iterable[Finding], lang: str) -> tuple[Count, ...]:
    """How many open findings there are of each severity, the worst first, and how many settled."""
    listed = tuple(findings)
    counts = Counter(str(each.severity) for each in listed if each.status == "open")
    settled = sum(each.status != "open" for each in listed)
    worst_first = [str(each) for each in reversed(SEVERITIES)]
    return (
        *(Count(each, counts[each], count_of(counts[each], each, lang)) for each in worst_first),
        Count(SETTLED, settled, say(lang, "closing.accepted", count=settled)),
    )


def coverage_of(coverage: Coverage, lang: str) -> tuple[tuple[str, str], ...]:
    """What was read and what was checked, each statement under its name."""
    told = [
        (say(lang, "html.tables"), tables_told(coverage, lang)),
        (say(lang, "html.figures"), figures_told(coverage, lang)),
        (say(lang, "html.relations"), relations_told(coverage, lang)),
    ]
    if coverage.sentences_read:
        told.append((say(lang, "html.sentences"), sentences_told(coverage, lang)))
    return tuple(told)


def gaps_of(coverage: Coverage, lang: str) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    """The gaps under three names; a name without gaps is left out."""
    named = (
        (say(lang, "html.gaps_unchecked"), coverage.unchecked),
        (say(lang, "html.gaps_untied"), coverage.untied),
        (say(lang, "html.gaps_remarks"), coverage.remarks),
    )
    return tuple((name, _grouped(items, lang)) for name, items in named if items)


def _grouped(items: Iterable[Unchecked], lang: str) -> tuple[Gap, ...]:
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
            count_of(figures, "figure", lang) if figures else "",
            tuple(dict.fromkeys(place_in_words(each.where, lang) for each in members)),
        )
        for figures, reason, members in sorted(counted, key=lambda each: -each[0])
    )
