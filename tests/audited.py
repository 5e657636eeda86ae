"""What people said of every finding of an earlier build on real documents, and what is said now.

Each verdict file lists findings with their place and a verdict: *true*, *badly* (true, but placed
badly), *dup* (the same root cause told again), *doubt*, *false* or *note*. A finding of today is
the same where it names the place in any of its suspects or proofs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unbudget_check.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from unbudget_check.model.document import Where
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import DocumentResult

TRUE = frozenset({"true", "badly", "dup"})
# Columns are named by long headings; so many characters tell them apart.
HEADING_CHARS = 60
Verdict = dict[str, Any]


@dataclass(slots=True)
class Held:
    """One document against its verdicts."""

    name: str
    kept: list[Verdict] = field(default_factory=list)
    lost: list[Verdict] = field(default_factory=list)
    false: list[Finding] = field(default_factory=list)  # told again though a person refuted them
    true: list[Finding] = field(default_factory=list)
    fresh: list[Finding] = field(default_factory=list)  # nobody has audited these


def verdicts_of(folder: Path, name: str) -> list[Verdict]:
    """The verdicts on a document, or nothing where it was not audited."""
    path = folder / f"{name}.json"
    found: list[Verdict] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return found


def hold(result: DocumentResult, verdicts: Iterable[Verdict]) -> Held:
    """What is still told of a document, finding by finding."""
    told = [each for each in result.findings if each.severity is not Severity.NOTE]
    held = Held(result.path)
    known: dict[int, str] = {}
    for verdict in verdicts:
        is_true = verdict["verdict"] in TRUE
        same = [
            at
            for at, finding in enumerate(told)
            if any(_is_there(verdict, where) for where in _places(finding))
            and (is_true or finding.code == verdict["code"])
        ]
        if is_true:
            (held.kept if same else held.lost).append(verdict)
        for at in same:
            if is_true or _is_there(verdict, told[at].where):
                known[at] = "true" if is_true or known.get(at) == "true" else verdict["verdict"]
    for at, finding in enumerate(told):
        kind = known.get(at)
        list_of = {"true": held.true, "false": held.false, None: held.fresh}.get(kind)
        if list_of is not None:
            list_of.append(finding)
    return held


def _is_there(verdict: Verdict, where: Where) -> bool:
    """Whether a verdict is about a place.

    Tables whose number only a list prints had none when the findings were audited.
    """
    named = where.paragraph or where.item
    asked = verdict.get("paragraph") or verdict.get("item")
    heads = ((verdict.get("column") or "")[:HEADING_CHARS], (where.column or "")[:HEADING_CHARS])
    return (
        (verdict.get("table") in (None, where.table))
        and asked == named
        and verdict.get("figure") == where.figure
        and _is_row(verdict.get("row") or "", where.row or "")
        and heads[0] == heads[1]
        and (verdict.get("table") is None or verdict.get("part") == where.part)
    )


def _is_row(asked: str, told: str) -> bool:
    """Whether two labels name one row; a marker that stood alone has its label behind it now."""
    return asked == told or (asked.endswith(".") and told.startswith(f"{asked} "))


def _places(finding: Finding) -> Iterator[Where]:
    """All places that a finding names: its own, those of its suspects and of its proofs."""
    yield finding.where
    yield from (suspect.where for suspect in finding.suspects)
    yield from (proof.where for proof in finding.relations)
