"""The few names that other programs use: ``check``, ``facts``, ``read``, ``Report``."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import unbudget_check
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.model.document import Table

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "Item,2024,2025\nPosts,10.0,11.0\nTravel,1.0,2.0\nSupplies,4.0,4.5\nTotal,15.0,18.5\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["path", "text", "list"])
def test_documents_are_checked(table: Path, form: str) -> None:
    paths = {"path": table, "text": str(table), "list": [table]}[form]
    report = unbudget_check.check(paths)  # type: ignore[arg-type]
    assert isinstance(report, unbudget_check.Report)
    (finding,) = report.findings
    assert (finding.code, finding.where.row, finding.stated_text) == ("ARI101", "Total", "18.5")
    assert report.tool.version == unbudget_check.__version__


def test_rules_are_chosen(table: Path) -> None:
    assert not unbudget_check.check(table, ignore=["ARI"]).findings
    assert unbudget_check.check(table, select=["column-total"]).findings


def test_a_settings_file_is_used_only_when_it_is_named(table: Path) -> None:
    settings = table.with_name("unbudget-check.toml")
    settings.write_text('ignore = ["ARI"]\n', encoding="utf-8")
    assert unbudget_check.check(table).findings
    assert not unbudget_check.check(table, config=str(settings)).findings


def test_an_unknown_rule_is_said(table: Path) -> None:
    with pytest.raises(UserError, match="column-totl"):
        unbudget_check.check(table, select=["column-totl"])


def test_a_document_is_read(table: Path) -> None:
    document = unbudget_check.read(table)
    (block,) = [each for each in document.blocks if isinstance(each, Table)]
    assert [cell.text for cell in block.rows[1]] == ["Posts", "10.0", "11.0"]


def test_facts_are_found_again_by_their_meaning(project: Path) -> None:
    rows = unbudget_check.facts(project / "sample_data" / "clean" / "word" / "section-40.docx")
    proposed = [
        row.value
        for row in rows
        if (row.table, row.entity, row.measure, row.kind, row.year)
        == ("40.3", "overall", "resources", "proposed", 2026)
    ]
    assert proposed == [Decimal(15679900)]
    assert str(proposed[0]) == "15679900"


def test_a_missing_document_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"missing\.docx"):
        unbudget_check.read(tmp_path / "missing.docx")


def test_importing_is_instant() -> None:
    heavy = "import sys, unbudget_check; print(*sorted(sys.modules))"
    command = [sys.executable, "-c", heavy]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(ran.stdout.split())
    assert not loaded & {"numpy", "lxml", "click", "rich", "pandas", "unbudget_check.engine"}
