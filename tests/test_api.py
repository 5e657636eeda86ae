"""The few names that other programs use: ``check``, ``facts``, ``read``, ``Report``."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import unbudget_check
from unbudget_check.errors import UnreadableError, UserError
from unbudget_check.model.document import Table
from unbudget_check.triage.baseline import baseline_of, written

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


def test_everything_that_the_command_takes_can_be_asked_for(table: Path) -> None:
    folder = table.parent
    report = unbudget_check.check(table)
    (finding,) = report.findings
    note = unbudget_check.check(table, profile="audit").findings
    assert [each.code for each in note] == ["ARI101"]
    with pytest.raises(UserError, match="profile 'gait': use one of gate, publication, audit"):
        unbudget_check.check(table, profile="gait")
    (folder / "baseline.json").write_text(
        written(baseline_of(report, {finding.fingerprint: ""}).values()), encoding="utf-8"
    )
    known = unbudget_check.check(table, baseline=folder / "baseline.json")
    assert [each.status for each in known.findings] == ["baselined"]
    decided = """
[[waivers]]
rule = "ARI101"
document = "*/table.csv"
difference = 0.5
reason = "Rounded by the publisher"
owner = "A. Officer"
until = 9999-12-31
"""
    residual = f"{finding.residual}"
    decided = decided.replace("0.5", residual)
    (folder / "decisions.toml").write_text(decided, encoding="utf-8")
    rejected = unbudget_check.check(table, decisions=folder / "decisions.toml")
    assert [each.status for each in rejected.findings] == ["waived"]
    assert [each.path for each in rejected.setup.files] == [str(folder / "decisions.toml")]
    with pytest.raises(UserError, match="cannot be read"):
        unbudget_check.check(table, decisions=folder / "none.toml")
    with pytest.raises(UserError, match="none"):
        unbudget_check.check(table, rules=folder / "none")


def test_a_frame_takes_the_same_wishes() -> None:
    frame = pd.DataFrame(
        {"item": ["Posts", "Travel", "Total"], "2025": [1.5, 2.0, 4.5], "2026": [2.5, 3.0, 5.5]}
    )
    mapping = {"labels": ["item"], "measures": ["2025", "2026"], "totals": ["Total"]}
    assert unbudget_check.check_frame(frame, mapping).findings
    assert not unbudget_check.check_frame(frame, mapping, ignore=["ARI"]).findings
    with pytest.raises(UserError, match="ARI999"):
        unbudget_check.check_frame(frame, mapping, select=["ARI999"])


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("report.html", b"<!doctype html>"),
        ("report.json", b"{"),
        ("report.jsonl", b"{"),
        ("report.csv", b"\xef\xbb\xbf"),
        ("report.sarif", b"{"),
        ("report.xml", b"<?xml"),
        ("report.md", b"## "),
        ("report.txt", b"/"),
        ("report.xlsx", b"PK"),
    ],
)
def test_a_report_is_written_as_its_ending_says(table: Path, name: str, begins: bytes) -> None:
    path = table.with_name(name)
    unbudget_check.check(table).write(path)
    assert path.read_bytes().lstrip().startswith(begins)


def test_another_format_is_named(table: Path) -> None:
    path = table.with_name("counts")
    unbudget_check.check(table).write(str(path), format="statistics")
    assert b"ARI101" in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "form", "told"),
    [
        ("report.odd", "", "no format has this ending"),
        ("report.html", "htlm", "htlm"),
        ("table.csv", "", "one of the documents"),
        ("nowhere/report.html", "", "cannot be written"),
        ("copy.docx", "", "docx"),
    ],
)
def test_what_cannot_be_written_is_said(table: Path, name: str, form: str, told: str) -> None:
    report = unbudget_check.check(table)
    with pytest.raises(UserError, match=told):
        report.write(table.parent / name, format=form)
    assert table.read_text(encoding="utf-8") == ROWS
