"""What one rule is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.finding import Confidence, Severity


@dataclass(frozen=True, slots=True)
class StatedFinding:
    """One finding that an example must give: ``at`` is "row label / column heading"."""

    at: str
    stated: str
    computed: str


@dataclass(frozen=True, slots=True)
class Example:
    """A small table as printed (cells separated by ``|``) and exactly what is found in it.

    ``kind`` is "fails", "passes" or "rounding" (differences that rounding alone explains).
    ``before`` are the lines above the table: caption, title, unit.
    """

    what: str
    kind: str
    table: str
    before: tuple[str, ...] = ()
    language: str = "en"
    findings: tuple[StatedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise that is checked, with the words that explain it, by language."""

    code: str
    name: str
    family: str
    check: str
    severity: Severity
    confidence: Confidence
    title: Mapping[str, str]
    message: Mapping[str, str]
    why: Mapping[str, str]
    fix: Mapping[str, str]
    parameters: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    since: str = "0.1"
    examples: tuple[Example, ...] = ()
