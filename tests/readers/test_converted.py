"""Files of old office programs: one sentence without LibreOffice, read with it, within bounds."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from tests.readers.word_file import row, table, word_file
from unbudget_check.engine import check
from unbudget_check.model.options import Wishes
from unbudget_check.readers import converted

if TYPE_CHECKING:
    from pathlib import Path

WRONG = word_file(
    table(row("Item", "2026"), row("A", "1 361.5"), row("B", "2 518.4"), row("Total", "3 789.9"))
)
RTF = rb"{\rtf1\ansi " + b"".join(
    rb"\trowd\cellx3000\cellx6000\intbl %b\cell %b\cell\row " % each
    for each in ((b"Item", b"2026"), (b"A", b"1361.5"), (b"B", b"2518.4"), (b"Total", b"3789.9"))
)
RTF += b"}"
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a script of POSIX")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private folders are made, so that a test sees whether any is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a script in the place of LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    monkeypatch.setattr(converted, "PROGRAMS", (str(path),))


def reason(path: Path, *, convert: bool) -> str:
    (document,) = check([str(path)], Wishes(convert=convert)).documents
    assert document.status == "unreadable"
    return document.reason


@pytest.mark.parametrize("ending", [".doc", ".rtf", ".RTF"])
def test_without_being_asked_nothing_is_converted(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(RTF)
    assert "save it as .docx" in reason(path, convert=False)
    assert "--convert" in reason(path, convert=False)


def test_where_there_is_no_libreoffice_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converted, "PROGRAMS", ("no-such-program",))
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    assert "LibreOffice is not installed here" in reason(path, convert=True)


@ON_POSIX
def test_what_it_becomes_is_read_under_its_own_name(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(WRONG)
    script = f'for last; do :; done; cp {tmp_path / "made.docx"} "${{last%.doc}}.docx"'
    program(tmp_path, monkeypatch, script)
    path = tmp_path / "a.doc"
    path.write_bytes(b"old")
    (document,) = check([str(path)], Wishes(convert=True)).documents
    assert document.path == str(path)
    assert [each.code for each in document.findings] == ["ARI101"]
    assert any("LibreOffice converted" in each.reason for each in document.coverage.remarks)
    assert not list(scratch.iterdir())


@ON_POSIX
@pytest.mark.parametrize(
    ("script", "told"),
    [("exit 1", "makes nothing of it"), ("sleep 60 & wait", "took longer than 1 seconds")],
)
def test_a_program_that_fails_or_hangs_is_ended(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    monkeypatch.setattr(converted, "CONVERSION_SECONDS", 1)
    program(tmp_path, monkeypatch, script)
    path = tmp_path / "a.doc"
    path.write_bytes(b"old")
    begun = time.monotonic()
    assert told in reason(path, convert=True)
    assert time.monotonic() - begun < 20
    assert not list(scratch.iterdir())


def test_a_folder_names_what_is_not_read_and_holds_it_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.rtf").write_bytes(RTF)
    report = check([str(tmp_path)])
    assert not report.documents
    assert report.setup.passed == (str(tmp_path / "a.rtf"),)
    monkeypatch.setattr(converted, "PROGRAMS", ("no-such-program",))
    (document,) = check([str(tmp_path)], Wishes(convert=True)).documents
    assert "not installed" in document.reason


@pytest.mark.skipif(not shutil.which("soffice"), reason="there is no LibreOffice here")
def test_libreoffice_itself(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    (document,) = check([str(path)], Wishes(convert=True)).documents
    assert [each.code for each in document.findings] == ["ARI101"]
    assert not list(scratch.iterdir())
