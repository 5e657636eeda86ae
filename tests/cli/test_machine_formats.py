"""Formats for machines from the command: files, exit codes, paths, and the summary of a job."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.reports import column_total, empty_report, whole_report
from tests.spoiled import with_findings
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import FakeEngine, Ran

    Command = Callable[..., Ran]

EACH = pytest.mark.parametrize("name", FORMATS)
MACHINES = ["jsonl", "csv", "sarif", "junit", "github", "markdown"]


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the tests run, the command is not told of a job."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@EACH
@pytest.mark.parametrize("given", ["error", "nothing", "clean"])
def test_the_exit_code_knows_no_format(
    command: Command, engine: FakeEngine, tmp_path: Path, name: str, given: str
) -> None:
    engine.report = {"error": whole_report(), "nothing": empty_report(), "clean": with_findings()}[
        given
    ]
    code = {"error": 1, "nothing": 3, "clean": 0}[given]
    assert command("check", "a.docx", "-o", f"{name}={tmp_path / 'report'}").code == code
    exit_zero = command(
        "check", "a.docx", "--exit-zero", "-o", f"{name}={tmp_path / 'report'}"
    ).code
    assert exit_zero == (3 if code else 0)


@pytest.mark.parametrize("name", MACHINES)
def test_a_saved_report_renders_as_it_would_have_at_once(
    command: Command, engine: FakeEngine, tmp_path: Path, name: str
) -> None:
    saved, page = tmp_path / "report.json", tmp_path / "page"
    saved.write_text(render(engine.report, RenderOptions()), encoding="utf-8")
    checked = command("check", "a.docx", "-o", name)
    rendered = command("render", str(saved), "-o", name)
    command("render", str(saved), "-o", f"{name}={page}")
    assert rendered.out == checked.out
    assert page.read_bytes().decode("utf-8") == checked.out


@pytest.mark.usefixtures("engine")
def test_paths_are_said_from_the_top_of_the_repository(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "budget").mkdir()
    monkeypatch.chdir(tmp_path / "budget")
    run = json.loads(command("check", "a.docx", "-o", "sarif").out)["runs"][0]
    uris = [each["location"]["uri"] for each in run["artifacts"]]
    assert uris[1] == "budget/annual/outlay.xlsx"
    assert "file=budget/annual/torn.docx" in command("check", "a.docx", "-o", "github").out


def test_accepted_findings_stay_in_sarif_when_asked_for(
    command: Command, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.report = with_findings(replace(column_total(), status="waived"))
    saved = tmp_path / "report.json"
    command("check", "a.docx", "-o", f"json={saved}")
    for arguments in (["check", "a.docx"], ["render", str(saved)]):
        plain = json.loads(command(*arguments, "-o", "sarif").out)
        asked = json.loads(command(*arguments, "-o", "sarif", "--sarif-suppressions").out)
        assert plain["runs"][0]["results"] == []
        assert asked["runs"][0]["results"][0]["suppressions"]


class TestTheSummaryOfAJob:
    """GitHub names a file; it is added to when annotations are printed, and only then."""

    @pytest.mark.usefixtures("engine")
    def test_it_is_the_report_in_markdown(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        summary = tmp_path / "summary.md"
        summary.write_text("before\n", encoding="utf-8")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
        markdown = command("check", "a.docx", "-o", "markdown").out
        command("check", "a.docx", "-o", f"github={os.devnull}")
        assert summary.read_text(encoding="utf-8") == "before\n"
        ran = command("check", "a.docx", "-o", "github")
        assert ran.out.startswith("::error ")
        assert summary.read_text(encoding="utf-8") == f"before\n{markdown}"

    @pytest.mark.usefixtures("engine")
    def test_without_a_name_nothing_is_written(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert command("check", "a.docx", "-o", "github").code == 1
        assert list(tmp_path.iterdir()) == []

    def test_one_that_cannot_be_written_is_said_and_decides_nothing(
        self,
        command: Command,
        engine: FakeEngine,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        engine.report = with_findings()
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
        ran = command("check", "a.docx", "-o", "github")
        assert ran.code == 0
        assert "the summary of the job could not be written" in ran.err
