"""Reports in files: whole or not at all, and never over a document."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unbudget_check.cli.outputs import write_files
from unbudget_check.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import FakeEngine, Ran

    Command = Callable[..., Ran]

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and devices of POSIX")


def test_a_report_is_written_and_the_screen_still_shows_one(
    command: Command, engine: FakeEngine, tmp_path: Path
) -> None:
    path, page = tmp_path / "report.json", tmp_path / "page.txt"
    ran = command("check", "a.docx", "-o", f"json={path}", "-o", f"full={page}")
    assert len(json.loads(path.read_bytes())["findings"]) == len(engine.report.findings)
    assert "Table 4.7 (1)" in page.read_text(encoding="utf-8")
    assert "result: 3 findings" in ran.out
    assert sorted(each.name for each in tmp_path.iterdir()) == ["page.txt", "report.json"]


def test_a_file_is_never_coloured(command: Command, engine: FakeEngine, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    command("check", "a.docx", "-o", f"full={page}", "--color", "always")
    assert "\x1b" not in page.read_text(encoding="utf-8")
    assert engine.paths


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("missing/report.json", "create it first"),
        ("", "give a file after '='"),
        (".", "this is a folder"),
        ("section.docx", "one of the documents"),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_the_work(
    command: Command, engine: FakeEngine, tmp_path: Path, target: str, said: str
) -> None:
    document = tmp_path / "section.docx"
    document.write_bytes(b"kept")
    place = tmp_path / target if target else ""
    ran = command("check", str(document), "-o", f"json={place}")
    assert ran.code == 2
    assert said in ran.err
    assert engine.paths == ()
    assert document.read_bytes() == b"kept"


def test_a_document_found_in_a_folder_is_not_written_over(
    command: Command, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = tmp_path / engine.report.documents[0].path
    found.parent.mkdir()
    found.write_bytes(b"kept")
    assert command("check", ".", "-o", f"json={found}").code == 2
    ran = command("check", ".", "-o", f"json={found}", "--force")
    assert ran.code == 2
    assert "one of the documents" in ran.err
    assert found.read_bytes() == b"kept"


def test_two_reports_do_not_share_a_file(
    command: Command, engine: FakeEngine, tmp_path: Path
) -> None:
    path = tmp_path / "report"
    ran = command("check", "a.docx", "-o", f"json={path}", "-o", f"full={path}")
    assert ran.code == 2
    assert "two formats" in ran.err
    assert engine.paths == ()


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    first = tmp_path / "first.json"
    first.write_text("before", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        write_files([(first, "after"), (tmp_path / "gone" / "second.json", "after")])
    assert first.read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["first.json"]


@ON_POSIX
def test_permissions_of_a_report_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    write_files([(path, "after")])
    assert path.read_text(encoding="utf-8") == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@ON_POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "report.json", tmp_path / "latest.json"
    path.write_text("before", encoding="utf-8")
    link.symlink_to(path)
    write_files([(link, "after")])
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "after"


@ON_POSIX
def test_a_device_is_written_to_and_not_replaced(command: Command, engine: FakeEngine) -> None:
    assert command("check", "a.docx", "-o", f"json={os.devnull}").code == 1
    assert Path(os.devnull).is_char_device()
    assert engine.paths
