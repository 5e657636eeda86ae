"""What was not checked in a document: every reason with all the places that it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unbudget_check.reporters.html.proofs import place_in_words
from unbudget_check.reporters.words import count_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.report import Coverage, Unchecked


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason, how many figures it concerns, and where."""

    reason: str
    figures: str
    places: tuple[str, ...]


def gaps_of(coverage: Coverage) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    """The gaps under three names; a name without gaps is left out."""
    named = (
        ("Tables and figures that were not checked", coverage.unchecked),
        ("Sentences that were read but not tied to other statements", coverage.untied),
        ("Remarks", coverage.remarks),
    )
    return tuple((name, _grouped(items)) for name, items in named if items)


def _grouped(items: Iterable[Unchecked]) -> tuple[Gap, ...]:
    """One gap a reason, the one that concerns most figures first."""
    groups: dict[str, list[Unchecked]] = {}
    for item in items:
        groups.setdefault(shown(item.reason), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: -sum(each.figures for each in group[1]))
    return tuple(
        Gap(
            reason,
            _count(sum(each.figures for each in members)),
            tuple(dict.fromkeys(place_in_words(each.where) for each in members)),
        )
        for reason, members in ordered
    )


def _count(figures: int) -> str:
    return count_of(figures, "figure") if figures else ""
