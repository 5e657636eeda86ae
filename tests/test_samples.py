"""End to end: each broken sample gives exactly its findings, each clean one none at all."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.compose.cases import CASES
from unbudget_check.engine import check, understand
from unbudget_check.model.number import number_of, printed
from unbudget_check.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.compose.cases import Case
    from unbudget_check.model.finding import Finding
    from unbudget_check.model.report import Report

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder)
# The samples that hold the section from its title to its annex.
WHOLE_TEXTS = {"pdf", "slid-text", "pdf-text", "chinese", "web-page"}
WHOLE = [case for case in CASES if case.folder in WHOLE_TEXTS]
FIELDS = (
    "code",
    *("table", "part", "row", "column"),  # of a cell
    *("paragraph", "item", "figure"),  # of a piece of running text
    *("stated", "computed"),
)


def check_sample(project: Path, kind: str, case: Case) -> Report:
    path = project / "sample_data" / kind / case.folder / case.name
    settings = load_settings(None, str(path.parent))
    return check([str(path)], settings.wishes)


def found(finding: Finding) -> tuple[str, ...]:
    where = finding.where
    is_data = not any((where.row, where.table, where.paragraph, where.figure))
    row = where.address if is_data else where.row
    computed = "" if finding.computed is None else printed(number_of(finding.computed))
    place = (where.table, where.part, row, where.column, where.paragraph, where.item, where.figure)
    texts = (finding.code, *(text or "" for text in place), finding.stated_text, computed)
    return tuple(text.replace("\u00a0", " ") for text in texts)


def stated(finding: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(finding.get(field, "") for field in FIELDS)


@EACH
def test_a_broken_sample_gives_exactly_its_findings(project: Path, case: Case) -> None:
    folder = project / "sample_data" / "broken" / case.folder
    must = tomllib.loads((folder / "findings.toml").read_text(encoding="utf-8"))["finding"]
    report = check_sample(project, "broken", case)
    assert sorted(map(found, report.findings)) == sorted(map(stated, must))


@EACH
def test_a_clean_sample_is_checked_and_nothing_is_found(project: Path, case: Case) -> None:
    report = check_sample(project, "clean", case)
    assert not report.findings
    assert report.coverage.tables_checked
    assert report.coverage.exact
    assert not report.coverage.broken


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.folder)
def test_the_whole_section_means_the_same_in_every_format(project: Path, case: Case) -> None:
    """The same tables under the same numbers, with the same ties between their figures."""
    word, other = (understand_sample(project, each) for each in (CASES[0], case))
    assert other == word


def understand_sample(project: Path, case: Case) -> dict[tuple[str, str], tuple[int, int, int]]:
    """How many figures and ties each table has that stands under a number."""
    path = project / "sample_data" / "clean" / case.folder / case.name
    facts = understand(str(path)).facts
    return {
        (table.number, table.part or ""): (
            sum(figure >= 0 for row in table.grid for figure in row),
            len(table.footings),
            len(table.ties),
        )
        for table in facts.tables
        if table.number
    }
