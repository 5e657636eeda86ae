"""Files beside the documents may turn a run green; every report says which did, and what they took.

What a run cannot read, or reads without a verdict, never looks green either.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.reports import whole_report
from unbudget_check import check
from unbudget_check.reporters import FORMATS
from unbudget_check.reporters.added import renderer_of
from unbudget_check.reporters.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

RIGHT = "Item,2024,2025\nWards,120.5,131.0\nTheatres,41.5,44.0\nTotal,162.0,175.0\n"
WRONG = RIGHT.replace("175.0", "157.0")
UNTIED = "Item,2024,2025\nWards,120.5,131.0\nTheatres,41.5,44.0\n"
SETTINGS, WAIVERS = "unbudget-check.toml", "unbudget-waivers.toml"


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """A folder with a right document and a wrong one."""
    (tmp_path / "right.csv").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.csv").write_text(WRONG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def waived(wards: Path, command: Command) -> Path:
    """The same with a file of waivers that accepts the only finding."""
    saved = wards / "saved.json"
    command("check", str(wards), "-o", f"json={saved}")
    (finding,) = json.loads(saved.read_text(encoding="utf-8"))["findings"]
    terms = ["--reason", "as agreed", "--owner", "A. Clerk", "--until", "2999-12-31"]
    target = ["--waivers", str(wards / WAIVERS)]
    assert not command("waivers", "add", str(saved), finding["fingerprint"], *terms, *target).code
    return wards


def test_waivers_that_lie_about_are_heeded_only_where_all_is_trusted(
    command: Command, waived: Path
) -> None:
    ran = command("check", str(waived))
    assert ran.code == 0
    assert WAIVERS in ran.out
    assert "1 finding accepted earlier" in ran.out
    for options in (["--isolated"], ["--trust", "none"], ["--trust", "config"]):
        assert command("check", str(waived), *options).code == 1, options
    named = ["--waivers", str(waived / WAIVERS)]
    assert command("check", str(waived), "--trust", "none", *named).code == 0


@pytest.mark.parametrize("name", [WAIVERS, "below/unbudget-decisions.toml"])
def test_decisions_that_a_pinned_gate_does_not_use_are_named(
    command: Command, waived: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whoever accepted a finding must learn why the action is red nevertheless."""
    monkeypatch.chdir(waived)
    (waived / "below").mkdir()
    (waived / WAIVERS).rename(waived / name)
    told = "effect: not used: name the file in the settings (waivers = ...), or add --trust all"
    ran = command("check", ".", "--trust", "config", "-o", "concise")
    assert ran.code == 1
    assert f"{told} ({name})" in ran.out
    (waived / SETTINGS).write_text(f'waivers = "{name}"', encoding="utf-8")
    ran = command("check", ".", "--trust", "config", "-o", "concise")
    assert ran.code == 0
    assert "not used" not in ran.out
    (waived / SETTINGS).unlink()
    for options in (["--trust", "all"], ["--isolated"], ["--trust", "config", "--no-waivers"]):
        assert "not used" not in command("check", ".", *options, "-o", "concise").out


def test_where_settings_name_a_file_that_is_not_there_the_others_are_named(
    command: Command, waived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(waived)
    (waived / SETTINGS).write_text('waivers = "elsewhere.toml"', encoding="utf-8")
    for trust in ("config", "all"):
        ran = command("check", ".", "--trust", trust, "-o", "concise")
        assert ran.code == 1
        assert f"or add --trust all ({WAIVERS})" in ran.out


def test_a_settings_file_that_is_named_stands_alone(command: Command, waived: Path) -> None:
    own = waived / "pinned.toml"
    own.write_text("", encoding="utf-8")
    assert command("check", str(waived), "--config", str(own)).code == 1
    own.write_text(f'waivers = "{WAIVERS}"\n', encoding="utf-8")
    assert command("check", str(waived), "--config", str(own)).code == 0
    assert command("check", str(waived), "--config", str(own), "--trust", "none").code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('exclude = ["wrong*"]\n', "1 document excluded"),
        ('[severity]\nARI = "note"\n', "1 error lowered to a note"),
        ('[severity]\nARI101 = "warning"\n', "1 error lowered to a warning"),
        ('[per-document."wrong*"]\nseverity = {ARI = "note"}\n', "1 error lowered to a note"),
        ('[per-document."wrong*"]\nignore = ["ARI"]\n', "ARI not checked in 1 document"),
        ('fail-on = "never"\n', "findings do not fail the run"),
    ],
)
def test_what_settings_take_away_is_said_even_by_a_quiet_run(
    command: Command, wards: Path, text: str, said: str
) -> None:
    (wards / SETTINGS).write_text(text, encoding="utf-8")
    ran = command("check", str(wards))
    assert f"{said} (" in ran.out
    assert SETTINGS in ran.out
    quiet = command("check", str(wards), "-q")
    assert said in quiet.err
    effects = json.loads(command("check", str(wards), "-o", "json").out)["settings"]["effects"]
    assert [each["reason"] for each in effects] == [said]
    assert effects[0]["where"]["document"].endswith(SETTINGS)


def test_an_option_that_takes_away_is_named_as_such(command: Command, wards: Path) -> None:
    ran = command("check", str(wards), "--exclude", "wrong*", "--fail-on", "never")
    assert "1 document excluded (--exclude)" in ran.out
    assert "findings do not fail the run (--fail-on)" in ran.out
    assert "(--exit-zero)" in command("check", str(wards), "--fail-on", "never", "--exit-zero").out


def test_nothing_is_said_where_nothing_was_taken_away(command: Command, wards: Path) -> None:
    (wards / SETTINGS).write_text('fail-on = "warning"\n[severity]\nARI = "error"\n', "utf-8")
    ran = command("check", str(wards))
    assert "effect" not in ran.out
    assert "settings: " in ran.out


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"csv"}))  # that is findings, one a row
def test_every_format_names_what_was_heeded(name: str) -> None:
    said = renderer_of(name)(whole_report(), RenderOptions())
    assert isinstance(said, str)
    assert "annual/unbudget-check.toml" in said
    assert "2 documents excluded" in said


def test_a_document_without_a_verdict_is_never_green(command: Command, wards: Path) -> None:
    (wards / "wrong.csv").write_text(UNTIED, encoding="utf-8")
    ran = command("check", str(wards))
    assert ran.code == 3
    assert "; nothing was checked in 1 document." in ran.out
    quiet = command("check", str(wards), "-q")
    assert quiet.code == 3
    assert "wrong.csv: nothing was checked" in quiet.err


def test_a_document_without_figures_changes_nothing(command: Command, wards: Path) -> None:
    (wards / "wrong.csv").unlink()
    (wards / "cover.txt").write_text("The budget of the wards follows.\n", encoding="utf-8")
    assert command("check", str(wards)).code == 0


def test_office_files_that_nobody_reads_are_named(command: Command, wards: Path) -> None:
    for name in ("old.doc", "slides.ppt", ".hidden.doc", "~$lock.doc"):
        (wards / name).write_bytes(b"\xd0\xcf")
    ran = command("check", str(wards / "right.csv"))
    assert "skipped" not in ran.out
    (row,) = [each for each in command("check", str(wards)).out.splitlines() if "skipped" in each]
    assert "old.doc" in row
    assert "slides.ppt" in row
    assert "hidden" not in row
    assert "lock" not in row


def test_a_link_that_leads_nowhere_is_named(command: Command, wards: Path) -> None:
    (wards / "wrong.csv").unlink()
    (wards / "gone.csv").symlink_to(wards / "nothing.csv")
    ran = command("check", str(wards))
    assert ran.code == 3
    assert "gone.csv: does not exist" in ran.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may open all")
def test_a_folder_that_may_not_be_opened_is_named(command: Command, wards: Path) -> None:
    closed = wards / "closed"
    closed.mkdir(mode=0)
    try:
        ran = command("check", str(wards))
    finally:
        closed.chmod(0o700)
    assert "closed: cannot be opened" in ran.out
    assert ran.code == 1  # the finding in wrong.csv comes first


def test_a_folder_that_fails_to_open_is_named(
    command: Command, wards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wards / "wrong.csv").unlink()
    closed = wards / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    ran = command("check", str(wards))
    assert ran.code == 3
    assert "closed: cannot be opened: permission denied" in ran.out


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0b.csv"])
def test_a_name_that_no_file_can_have_costs_no_other_document(name: str, wards: Path) -> None:
    report = check([name, str(wards / "wrong.csv")])
    torn, read = report.documents
    assert torn.status == "unreadable"
    assert read.status == "checked"
    assert len(report.findings) == 1


def test_a_long_name_on_the_command_line_costs_no_other_document(
    command: Command, wards: Path
) -> None:
    ran = command("check", "x" * 300 + ".csv", str(wards / "wrong.csv"))
    assert ran.code == 1
    assert "1 unreadable" in ran.out
