"""The verb ``report diff``: its exit codes, its files, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.edits import edited
from tests.reports import WORD, column_total, empty_report, lone_relation, notation, whole_report
from tests.spoiled import with_findings
from unbudget_check.reporters.data.json import render
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran
    from unbudget_check.model.report import Report

    Command = Callable[..., Ran]


@pytest.fixture
def diff(command: Command, tmp_path: Path) -> Callable[..., Ran]:
    """Saves two reports and compares them with these further arguments."""

    def ran(before: Report, now: Report, *arguments: str) -> Ran:
        paths = [tmp_path / "old.json", tmp_path / "new.json"]
        for path, report in zip(paths, (before, now), strict=True):
            path.write_text(render(report, RenderOptions()), encoding="utf-8")
        return command("report", "diff", *map(str, paths), *arguments)

    return ran


ERROR, WARNING, NOTE = (
    with_findings(replace(each, document=WORD))
    for each in (column_total(), lone_relation(), notation())
)
CLEAN = with_findings()


@pytest.mark.parametrize(
    ("before", "now", "fail_on", "code"),
    [
        (CLEAN, ERROR, "error", 1),
        (CLEAN, WARNING, "error", 0),
        (CLEAN, WARNING, "warning", 1),
        (CLEAN, NOTE, "warning", 0),
        (CLEAN, NOTE, "note", 1),
        (CLEAN, ERROR, "never", 0),
        (ERROR, CLEAN, "note", 0),
        (ERROR, ERROR, "note", 0),
        (CLEAN, empty_report(), "error", 3),
        (CLEAN, whole_report(), "error", 1),
        (whole_report(), whole_report(), "error", 3),
    ],
)
def test_the_exit_code_says_whether_something_was_broken(
    diff: Callable[..., Ran], before: Report, now: Report, fail_on: str, code: int
) -> None:
    assert diff(before, now, "--fail-on", fail_on).code == code
    assert diff(before, now, "--fail-on", fail_on, "-o", "json").code == code


def test_errors_fail_by_default(diff: Callable[..., Ran]) -> None:
    assert diff(CLEAN, ERROR).code == 1
    assert diff(CLEAN, WARNING).code == 0


def test_it_prints_one_format_and_writes_others(diff: Callable[..., Ran], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    ran = diff(*edited(), "-o", f"markdown={page}", "-o", "json")
    assert json.loads(ran.out)["counts"]["fixed"] == 2
    assert "### 3 new" in page.read_text(encoding="utf-8")
    assert "  2 new" in diff(*edited()).out


def test_the_edit_of_a_document_is_told(command: Command, tmp_path: Path, project: Path) -> None:
    sample = project / "sample_data" / "broken" / "slid-text" / "section-40.txt"
    text = sample.read_text(encoding="utf-8-sig").partition("\n40.11 ")[0]
    edited_text = f"A paragraph before all others.\n\n{text}"
    for row, was, now in (
        ("Travel of representatives\t128.8\t136.5\t–\t9.4\t–\t9.4\t9.6", "9.6", "6.9"),
        ("Supplies and materials\t61.0\t66.3\t–\t–\t(2.8)\t(2.8)", "(2.8)", "(2.9)"),
    ):
        assert text.count(row) == 1
        edited_text = edited_text.replace(row, row.removesuffix(was) + now)
    for name, content in (("old", text), ("new", edited_text)):
        (tmp_path / "section-40.txt").write_text(content, encoding="utf-8")
        draft, saved = tmp_path / "section-40.txt", tmp_path / f"{name}.json"
        assert command("check", str(draft), "-o", f"json={saved}").code == 1
    ran = command("report", "diff", str(tmp_path / "old.json"), str(tmp_path / "new.json"))
    assert ran.code == 1
    assert "1 new (1 error), 1 fixed, 3 unchanged." in " ".join(ran.out.split())
    broken, fixed = ran.out.split("1 fixed")[:2]
    assert "row Supplies and materials, column Total" in broken
    assert "row Travel of representatives, column Percentage" in fixed


def test_it_speaks_the_language_that_is_asked_for(diff: Callable[..., Ran]) -> None:
    assert "  新增 2 处\n" in diff(*edited(), "--lang", "zh").out
    assert "### 新增 3 处\n" in diff(*edited(), "--lang", "zh", "-o", "markdown").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("old.json",),
        ("old.json", "no such.json"),
        ("old.json", "page.txt"),
        ("old.json", "old.json", "-o", "sarif"),
        ("old.json", "old.json", "-o", "json=old.json"),
        ("old.json", "old.json", "--fail-on", "grave"),
    ],
)
def test_wrong_use_is_refused(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = render(whole_report(), RenderOptions())
    (tmp_path / "old.json").write_text(saved, encoding="utf-8")
    (tmp_path / "page.txt").write_text("Table 1", encoding="utf-8")
    ran = command("report", "diff", *arguments)
    assert ran.code == (3 if "no such.json" in arguments else 2)
    assert not ran.out
    assert (tmp_path / "old.json").read_text(encoding="utf-8") == saved
