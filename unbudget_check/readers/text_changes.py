"""What stands under a heading of changes, and the sums that such headings promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check.readers.text_ties import Sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unbudget_check.readers.text_headings import Heading

# Terms that belong to a year; the factors of a change; what makes up a change in all.
DATED = frozenset({"expenditure", "approved", "estimate", "recosted", "number"})
_FACTORS = frozenset({"technical", "mandates", "other"})
_TOTALS = frozenset({"total", "change", "subtotal"})
_UNDER_CHANGES = _FACTORS | _TOTALS | {"percentage", "share"}
PROMISED = 3  # the weight of a sum that the headings promise


def run_of_changes(concepts: Sequence[str]) -> tuple[int, int] | None:
    """The columns that a heading of changes spans, by the concepts of the headings below it.

    The first column and the number of columns of the longest run of factors, total, percentage.
    """
    best: tuple[int, int] | None = None
    first = 0
    while first < len(concepts):
        end = first
        while end < len(concepts) and concepts[end] in _UNDER_CHANGES:
            end += 1
        if end - first > 1 and (best is None or end - first > best[1]):
            best = (first, end - first)
        first = max(end, first + 1)
    return best


def known_sums(heading: Heading) -> tuple[Sum, ...]:
    """The sums that the headings promise: factors make the change, base and change the proposal."""
    concepts = [leaf.concept for leaf in heading.leaves]
    factors = tuple(at for at, concept in enumerate(concepts) if concept in _FACTORS)
    changes = [at for at, concept in enumerate(concepts) if concept == "change"]
    found: list[Sum] = []
    if len(factors) > 1:
        after = [at for at in range(factors[-1], len(concepts)) if concepts[at] in _TOTALS]
        changes = after[:1]
        found.extend(Sum(change, factors, PROMISED) for change in changes)
    dated = [at for at, leaf in enumerate(heading.leaves) if leaf.year or leaf.concept in DATED]
    if len(changes) == 1:
        before = [at for at in dated if at < (factors[0] if factors else changes[0])]
        behind = [at for at in dated if at > changes[0]]
        if before and behind:
            found.append(Sum(behind[-1], (before[-1], changes[0]), PROMISED))
    return tuple(found)
