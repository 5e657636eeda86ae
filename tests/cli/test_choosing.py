"""Profiles, severities, exceptions for some documents, and how much of a long report is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

HEAD = "Object of expenditure,2025 appropriation,2026 estimate\n"
WRONG = "Posts,100.0,200.0\nTravel,20.0,30.0\nSupplies,5.0,6.0\nTotal,125.0,263.0\n"
# The spent amounts add up to 125.3: each was rounded by itself.
ROUNDED = """Object of expenditure,2024 expenditure,2025 appropriation,2026 estimate
Posts,100.1,100.0,200.0
Travel,20.1,20.0,30.0
Supplies,5.1,5.0,6.0
Total,125.4,125.0,263.0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ports", "pilots"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "costs.csv").write_text(HEAD + WRONG, encoding="utf-8")
    return tmp_path


def settings(folder: Path, text: str) -> None:
    (folder / "unbudget-check.toml").write_text(text, encoding="utf-8")


def test_a_rule_is_as_grave_as_the_settings_say(command: Command, folder: Path) -> None:
    settings(folder, '[severity]\nARI = "note"\ncolumn-total = "warning"\n')
    ran = command("check", str(folder))
    assert ran.code == 0
    assert ran.out.count("warning ARI101 column-total") == 2
    assert command("check", str(folder), "--fail-on", "warning").code == 1


def test_some_documents_have_rules_of_their_own(command: Command, folder: Path) -> None:
    settings(folder, '[per-document."pilots/*"]\nignore = ["ARI"]\n')
    ran = command("check", str(folder))
    assert "ports/costs.csv" in ran.out
    assert "pilots/costs.csv!" not in ran.out
    settings(folder, '[per-document."pilots/*"]\nseverity = {ARI101 = "note"}\n')
    assert command("check", str(folder)).out.count("note ARI101") == 1


@pytest.mark.parametrize(
    "text",
    [
        '[severity]\nARI999 = "note"\n',
        '[per-document."*"]\nignore = ["ARI999"]\n',
        '[per-document."*"]\nseverity = {ARI999 = "note"}\n',
    ],
)
def test_a_word_that_names_no_rule_is_refused(command: Command, folder: Path, text: str) -> None:
    settings(folder, text)
    ran = command("check", str(folder))
    assert (ran.code, ran.out) == (2, "")
    assert "there is no rule, prefix or family 'ARI999'" in ran.err


def test_a_profile_says_how_much_is_told(command: Command, folder: Path) -> None:
    document = folder / "rounded.csv"
    document.write_text(ROUNDED, encoding="utf-8")

    def told(profile: str) -> list[tuple[str, ...]]:
        ran = command("check", str(document), "--profile", profile, "-o", "json")
        findings = json.loads(ran.out)["findings"]
        return [(each["severity"], each["stated_text"]) for each in findings]

    error, note = ("error", "263.0"), ("note", "125.4")
    assert (told("gate"), told("publication"), told("audit")) == ([error], [error], [error, note])
    audit = command("check", str(document), "--profile", "audit").out
    assert "its 3 parts add up to 125.3 (difference 0.1). The difference is within" in audit


def test_the_gate_keeps_back_what_is_not_an_error_and_says_so(
    command: Command, folder: Path
) -> None:
    settings(folder, 'profile = "gate"\n[severity]\nARI101 = "warning"\n')
    ran = command("check", str(folder), "--fail-on", "note")
    assert ran.code == 0
    assert "remark: profile gate reports only errors that are certain" in ran.out
    assert "2 findings" in command("check", str(folder), "--profile", "publication").out


def test_isolated_heeds_no_settings(command: Command, folder: Path) -> None:
    settings(folder, 'ignore = ["ALL"]\n')
    assert command("check", str(folder)).code == 3
    assert command("check", str(folder), "--isolated").code == 1
    ran = command("check", str(folder), "--isolated", "--config", "a.toml")
    assert ran.code == 2
    assert "leave one of them out" in ran.err


def test_files_of_a_folder_can_be_left_out(command: Command, folder: Path) -> None:
    for options in (["--exclude", "pilots/*"], ["--exclude", "none/*", "--exclude", "pilots/*"]):
        ran = command("check", str(folder), *options)
        assert "documents: 1 read" in ran.out
    settings(folder, 'exclude = ["pilots/*"]\n')
    assert "documents: 1 read" in command("check", str(folder)).out
    named = str(folder / "pilots" / "costs.csv")
    assert "documents: 1 read" in command("check", named).out  # what is named is meant


def test_nothing_left_says_so(command: Command, folder: Path) -> None:
    ran = command("check", str(folder), "--exclude", "*.csv")
    assert ran.code == 3


def test_statistics_count_by_rule(command: Command, folder: Path) -> None:
    ran = command("check", str(folder), "--statistics")
    assert ran.code == 1
    head, row, *_ = ran.out.splitlines()
    assert head.split() == ["rule", "errors", "warnings", "notes", "checks"]
    assert row.split() == ["ARI101", "column-total", "2", "0", "0", "4"]


def test_a_long_report_shows_some_of_each_rule(command: Command, folder: Path) -> None:
    for form in ("concise", "full"):
        ran = command("check", str(folder), "--max-per-rule", "1", "-o", form)
        assert ran.code == 1
        assert ran.out.count("error ARI101") == 1
        assert "1 of ARI101 (--max-per-rule)" in ran.out
        assert "2 findings" in ran.out
        everything = command("check", str(folder), "--max-per-rule", "2", "-o", form)
        assert "--max-per-rule" not in everything.out
