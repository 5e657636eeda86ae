"""What one rule is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unbudget_check.model.finding import Confidence, Severity


@dataclass(frozen=True, slots=True)
class StatedFinding:
    """One finding that an example must give.

    ``at`` is "row label / column heading", or in running text "29E.97 (a)", else the address.

    ``stated`` and ``computed`` are figures as printed; ``computed`` is empty where there is no
    figure to propose.
    """

    at: str
    stated: str
    computed: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A small table as printed (cells separated by ``|``) and exactly what is found in it.

    ``kind`` is "fails", "passes" or "rounding" (differences that rounding alone explains, or,
    for rules about counts and notation, the nearest case where it is no excuse). ``before`` are
    the lines above the table: caption, title, unit. How ``table`` is written is described in
    :mod:`unbudget_check.rulebook.example_tables`.
    """

    what: str
    kind: str
    table: str
    before: tuple[str, ...] = ()
    language: str = "en"
    findings: tuple[StatedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise that is checked, with the words that explain it, by language.

    ``path`` is the file that the rule was read from; ``origin`` the folder of one's own or the
    installed package that it came with, empty where it came with the program.
    """

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
    parameters: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    since: str = "0.1"
    path: Path = field(default=Path(), compare=False)
    origin: str = field(default="", compare=False)

    @property
    def examples(self) -> tuple[Example, ...]:
        """Read from the rule's file when asked for: most runs do not need them, and time counts."""
        from unbudget_check.rulebook.examples import read_examples  # it needs the values above

        return read_examples(self.path)
