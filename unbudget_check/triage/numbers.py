"""The number of a finding: one in all formats, the most certain findings first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unbudget_check.model.finding import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.finding import Finding


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one document, given in reading order, in the order of their numbers.

    The most certain come first, then reading order. Accepted findings keep their place in it, so
    that accepting one changes no other number.
    """
    ordered = sorted(findings, key=lambda each: -CONFIDENCES.index(each.confidence))
    return tuple(replace(each, number=number) for number, each in enumerate(ordered, 1))
