"""The command as a process of its own: pipes that close, screens that are not UTF-8, real files."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.reports import whole_report
from unbudget_check.cli.outputs import handed_on
from unbudget_check.cli.screen import blinking

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = [sys.executable, "-m", "unbudget_check"]


def run_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 our own command
        [*COMMAND, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", **environment},
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table in a file, with a total that is 1.0 too high and a letter beyond ASCII."""
    path = tmp_path / "résumé [1].csv"
    rows = [
        "Item,2024,2025,2026",
        "Salariés [all],10.0,11.0,12.5",
        "Travel,1.0,2.0,2.5",
        "Supplies,4.0,4.5,5.0",
        "Total,15.0,17.5,21.0",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_real_file_is_checked_from_end_to_end(table: Path) -> None:
    ran = run_process("check", str(table), "-o", "json")
    assert ran.returncode == 1, ran.stderr.decode()
    (finding,) = json.loads(ran.stdout)["findings"]
    assert (finding["stated"], finding["computed"]) == ("21.0", "20.0")


def test_a_screen_that_is_not_utf8_shows_the_code_of_a_letter(table: Path) -> None:
    ran = run_process("check", str(table), "-o", "full", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 1, ran.stderr.decode()
    text = ran.stdout.decode("ascii")
    assert "Salari\\xe9s [all]" in text


def test_json_is_utf8_on_every_screen(table: Path) -> None:
    ran = run_process("check", str(table), "-o", "json", PYTHONIOENCODING="ascii")
    assert "résumé [1].csv" in json.loads(ran.stdout.decode("utf-8"))["documents"][0]["path"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_who_stops_early_is_no_error(table: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, "check", str(table), "-o", "full"]
    ran = subprocess.run(  # noqa: S603 our own command
        command, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110


@FULL
@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "--help-all"], ["rules"], ["check"]]
)
def test_a_full_disk_is_no_mistake_of_the_program(table: Path, arguments: list[str]) -> None:
    given = [*arguments, str(table)] if arguments == ["check"] else arguments
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = subprocess.run(  # noqa: S603 our own command
            [*COMMAND, *given], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr.decode().endswith(
        "unbudget-check: standard output cannot be written: no space left on device\n"
    )


@FULL
def test_a_report_that_finds_no_room_is_named(table: Path) -> None:
    ran = run_process("check", str(table), "-o", "html=/dev/full")
    assert ran.returncode == 2
    assert b"/dev/full: the file cannot be written: no space left on device" in ran.stderr


@FULL
@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-"])
def test_standard_error_that_takes_nothing_changes_no_result(table: Path, stderr: str) -> None:
    for stdout, code in ((">/dev/null", 1), (">/dev/full", 2)):
        for paths in ([table], [table, table.parent]):
            line = f'"$@" {stdout} {stderr}'
            command = ["sh", "-c", line, "sh", *COMMAND, "check", *map(str, paths)]
            assert subprocess.run(command, check=False).returncode == code  # noqa: S603


def test_a_missing_document_does_not_stop_the_others(table: Path) -> None:
    ran = run_process("check", "missing.docx", str(table))
    assert ran.returncode == 1
    assert b"ARI" in ran.stdout
    assert b"unreadable: missing.docx" in ran.stdout


def test_a_missing_document_alone_is_incomplete() -> None:
    ran = run_process("check", "missing.docx")
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(("color", "is_colored"), [("auto", True), ("never", False)])
def test_the_bar_on_a_terminal_heeds_the_colours(
    table: Path, color: str, *, is_colored: bool
) -> None:
    """A bar moves the cursor and erases itself in any case; colours and bold are styles."""
    ran = subprocess.run(  # noqa: S603 our own command, at a terminal of its own
        [
            *(sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])"),
            *(*COMMAND, "check", str(table), str(table), "--color", color),
        ],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "", "COLUMNS": "80"},
    )
    assert b"column-total" in ran.stdout
    assert (re.search(rb"\x1b\[[0-9;]*m", ran.stdout) is not None) is is_colored


def at_terminal(*arguments: str) -> str:
    """What a person sees on a terminal of 80 columns."""
    ran = subprocess.run(  # noqa: S603 our own command, at a terminal of its own
        [
            *(sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])"),
            *(*COMMAND, *arguments),
        ],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "80"},
    )
    return ran.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_a_terminal_says_how_to_hand_on_what_was_found(table: Path) -> None:
    last = at_terminal("check", str(table)).rstrip().splitlines()[-1]
    assert last == "As a page to send: add -o html=report.html"
    assert "As a page to send" not in at_terminal("check", str(table), "-q")
    assert "As a page to send" not in at_terminal("check", str(table), "-o", "concise")
    assert b"As a page to send" not in run_process("check", str(table), "-o", "full").stdout


def test_the_line_names_the_copies_that_there_are_of_such_documents() -> None:
    first, *_ = whole_report().documents

    def told(*paths: str) -> str:
        documents = tuple(replace(first, path=path) for path in paths)
        return handed_on(replace(whole_report(), documents=documents))

    assert told("a/b.docx").endswith("; marked copy: -o docx=marked.docx")
    assert told("a/b.PDF").endswith("; marked copy: -o pdf=marked.pdf")
    assert told("b.md").endswith("; marked copy: -o page=marked.html")
    assert told("b.txt") == "As a page to send: add -o html=report.html"
    assert len(told("a/b.docx")) <= 80  # as wide as the narrowest terminal
    assert told("b.docx", "c.docx", "d.xlsx").endswith("; marked copy: -o docx=marked/")


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_one_large_document_shows_that_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with blinking(["a/large section.docx"], quiet=False) as blink:
        assert blink is not None
        assert not screen.getvalue()  # a small document is done before the first blink
        blink()
        blink()
        assert re.search(r"large section\.docx.*0:00:00", screen.getvalue())
    assert screen.getvalue().endswith("\x1b[2K")  # nothing of it stays


@pytest.mark.parametrize(
    ("paths", "quiet", "terminal"),
    [(["a.docx"], True, True), (["a.docx", "b.docx"], False, True), (["a.docx"], False, False)],
)
def test_nothing_blinks_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, paths: list[str], *, quiet: bool, terminal: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal() if terminal else io.StringIO())
    with blinking(paths, quiet=quiet) as blink:
        assert blink is None
