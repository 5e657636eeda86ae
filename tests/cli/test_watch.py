"""``check --watch`` as a process: files change under its eyes, and Ctrl-C ends it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.adopting.test_hooks import BAD, GOOD
from unbudget_check.rulebook.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Ran

PATIENCE = 60  # seconds; a machine may be busy
SILENCE = 1  # second without a report are taken for none
CLEAN, BROKEN = "result: no contradiction", "result: 1 finding"


class Watching:
    """A running watch, and what it has said since it was last asked."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def until(self, cue: str) -> str:
        """What is said up to the chunk with the cue in it."""
        assert self.process.stdout
        said, end = "", time.monotonic() + PATIENCE
        while cue not in said:
            ready, _, _ = select.select([self.process.stdout], [], [], end - time.monotonic())
            assert ready, f"no {cue!r} in: {said!r}"
            more = self.process.stdout.read(4096)
            assert more, f"the watch ended without {cue!r}: {said!r}"
            said += more.decode("utf-8")
        return said

    def is_silent(self) -> bool:
        """Whether nothing is said for a while."""
        assert self.process.stdout
        return not select.select([self.process.stdout], [], [], SILENCE)[0]


@contextmanager
def watch(*arguments: str, folder: Path) -> Iterator[Watching]:
    """A watch that has reported once and waits for changes."""
    if find_spec("watchfiles") is None:
        pytest.skip("watchfiles is not installed here")
    with subprocess.Popen(  # noqa: S603 our own command
        [sys.executable, "-m", "unbudget_check", "check", *arguments, "--watch"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "80"},
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "documents" / "figures.csv"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C as a signal of POSIX")
def test_changes_of_documents_and_settings_are_checked_and_ctrl_c_ends_it(document: Path) -> None:
    with watch("figures.csv", "-o", "xlsx=book.xlsx", folder=document.parent) as watching:
        assert CLEAN in watching.until("Ctrl-C ends it")
        assert document.with_name("book.xlsx").exists()  # and is written anew each time
        document.write_text(BAD, encoding="utf-8")
        said = watching.until(BROKEN)
        assert "changed: figures.csv; checking again" in said
        assert "figures.csv:5: error ARI101" in said

        settings = document.with_name("unbudget-check.toml")
        settings.write_text('ignore = ["ARI1', encoding="utf-8")
        assert "this is not valid TOML" in watching.until("not valid TOML")
        settings.write_text('ignore = ["ARI101"]', encoding="utf-8")
        assert "rules: without ARI101" in watching.until("result: nothing was checked")
        settings.unlink()
        watching.until(BROKEN)

        saved = document.with_name("saved")
        saved.write_text(GOOD, encoding="utf-8")
        saved.replace(document)  # as office programs save
        assert "\x1b" not in watching.until(CLEAN)

        watching.process.send_signal(signal.SIGINT)
        said = watching.until("no longer watching")
        assert watching.process.wait(PATIENCE) == 0
        assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="pipes that can be waited for")
def test_a_folder_is_watched_with_what_is_new_in_it_and_without_reports(document: Path) -> None:
    folder = document.parent
    reports = (*("-o", "csv=documents/report.csv"), *("-o", "json=documents/report.json"))
    with watch("documents", *reports, folder=folder.parent) as watching:
        watching.until("Ctrl-C ends it")
        assert (folder / "report.csv").exists()
        assert watching.is_silent()
        (folder / "notes.md").write_text("Nobody asked for this.", encoding="utf-8")
        (folder / ".hidden.csv").write_text(BAD, encoding="utf-8")
        assert watching.is_silent()
        (folder / "report.csv").unlink()
        (folder / "deeper").mkdir()
        watching.until("changed: deeper")
        (folder / "deeper" / "more.csv").write_text(BAD, encoding="utf-8")
        assert "more.csv:5: error ARI101" in watching.until("1 finding: 1 error")


def test_rules_of_ones_own_are_watched(document: Path) -> None:
    own = document.parent / "ours" / "footing" / "our-total.toml"
    own.parent.mkdir(parents=True)
    (rule,) = (each for each in load_rules() if each.code == "ARI101")
    source = rule.path.read_text(encoding="utf-8")
    text = source.replace("ARI101", "OUR101").replace('"column-total"', '"our-total"')
    own.write_text(text, encoding="utf-8")
    document.write_text(BAD, encoding="utf-8")
    settings = document.with_name("unbudget-check.toml")
    settings.write_text('rules = "ours"\nselect = ["OUR"]\n', encoding="utf-8")
    with watch("figures.csv", folder=document.parent) as watching:
        assert "error OUR101 our-total" in watching.until("Ctrl-C ends it")
        own.write_text(text.replace('severity = "error"', 'severity = "note"'), encoding="utf-8")
        assert "note OUR101 our-total" in watching.until("0 errors, 0 warnings, 1 note")


def test_what_cannot_be_watched_is_said(command: Callable[..., Ran], document: Path) -> None:
    ran = command("check", "-", "--watch")
    assert (ran.code, ran.out) == (2, "")
    assert "--watch watches files" in ran.err
    if find_spec("watchfiles") is not None:
        ran = command("check", str(document), "--watch", "--select", "XYZ")
        assert (ran.code, ran.out) == (2, "")
        assert "XYZ" in ran.err


def test_a_missing_package_is_one_clear_sentence(
    command: Callable[..., Ran], document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ran = command("check", str(document), "--watch")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "unbudget-check: --watch needs one more package: pip install 'unbudget-check[watch]'\n"
    )
