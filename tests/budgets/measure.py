"""What the program says of a budget: findings with the cells that they name, and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.budgets.book import letters
from unbudget_check.engine import check
from unbudget_check.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.budgets.book import Book, Ref
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report


@dataclass(frozen=True, slots=True)
class Told:
    """The errors and warnings of one file, and how many of its figures were checked."""

    findings: tuple[Finding, ...]
    read: int
    checked: int
    judged: int

    @property
    def said(self) -> str:
        """The findings in a few words."""
        return "; ".join(
            f"{f.severity.value} {f.code} at {f.where.address}: {f.message}" for f in self.findings
        )


def tell(path: Path) -> Told:
    """Check one file."""
    return told(check([str(path)]))


def told(report: Report) -> Told:
    """What a report says."""
    loud = tuple(f for f in report.findings if f.severity is not Severity.NOTE)
    coverage = report.coverage
    return Told(loud, coverage.figures_read, coverage.figures_checked, coverage.judged)


def address(book: Book, at: Ref, suffix: str) -> str:
    """How a report names a cell of this book."""
    if suffix in {"csv", "tsv"}:
        return f"row {at.row + 1}, column {letters(at.column)}"
    name = book.sheets[at.sheet].name
    plain = name.isidentifier()
    quoted = name if plain else "'" + name.replace("'", "''") + "'"
    return f"{quoted}!{at.name}"


def named(finding: Finding) -> Iterator[str]:
    """The addresses of all cells that a finding names: its own, its suspects', its proofs'."""
    yield finding.where.address or ""
    for suspect in finding.suspects:
        yield suspect.where.address or ""
    for proof in finding.relations:
        yield proof.where.address or ""
        for part in proof.parts:
            yield part.where.address or ""
