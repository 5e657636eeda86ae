"""Data files in memory, checked as the command would check them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unbudget_check import engine
from unbudget_check.messages import tell
from unbudget_check.model.options import TidyMapping, Wishes

if TYPE_CHECKING:
    from unbudget_check.model.report import DocumentResult


def checked(
    data: str | bytes, mapping: TidyMapping, name: str = "data.csv", **wishes: object
) -> DocumentResult:
    """The result of one data file under a mapping."""
    given = {name: data.encode() if isinstance(data, str) else data}
    asked = Wishes(given=given, tidy={name: mapping}, **wishes)  # type: ignore[arg-type]
    return engine.check([name], asked).documents[0]


def told(result: DocumentResult) -> list[tuple[str, str, str, str]]:
    """Code, row, column and what it should be of every finding; complaints by place and text."""
    return [
        (f.code, f.where.row or f.where.address or "", f.where.column or "", str(f.computed or ""))
        for f in result.findings
    ]


def relations(result: DocumentResult) -> tuple[int, int, int]:
    """How many relations are exact, hold by rounding, are broken."""
    coverage = result.coverage
    return coverage.exact, coverage.rounding, coverage.broken


def reasons(result: DocumentResult) -> list[str]:
    """What was not checked, and what is to be said of the file, in English."""
    listed = (*result.coverage.unchecked, *result.coverage.remarks)
    return [tell("en", each.told) for each in listed if each.told]
