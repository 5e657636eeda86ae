"""Whatever files say, a terminal obeys nothing of it, and no row of a log is a command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

    Command = Callable[..., Ran]

HARM = "\x1b]0;title\x07\u202e"
OBEYED = {"\x1b", "\x07", "\u202e"}
COMMAND = "\n::error::injected\n"
TABLE = "Item,2024\nPorts,3.5\n   ::stop-commands::x,4.5\nTotal,9.0\n"
PROGRAM = [sys.executable, "-m", "unbudget_check"]


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    path = tmp_path / "ports.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def harmful(folder: Path, kind: str, text: str) -> list[str]:
    """The options that make a run read a file of this kind in which a word is harmful."""
    key = json.dumps(text)
    match kind:
        case "settings":
            return ["--config", written(folder, "a.toml", f"{key} = 1\n")]
        case "rules":
            (folder / "own").mkdir()
            written(folder / "own", "x.toml", f"{key} = 1\n")
            return ["--rules-dir", str(folder / "own")]
        case "waivers":
            return ["--waivers", written(folder, "w.toml", f"[[waivers]]\nrule = {key}\n")]
        case _:
            return ["--baseline", written(folder, "b.json", f'{{"version": {key}}}')]


@pytest.mark.parametrize("kind", ["settings", "rules", "waivers", "baseline"])
def test_what_a_file_says_is_shown_and_not_obeyed(command: Command, ports: Path, kind: str) -> None:
    ran = command("check", str(ports), *harmful(ports.parent, kind, HARM + COMMAND))
    assert ran.code == 2
    assert not OBEYED & set(ran.err)
    assert not any(row.lstrip().startswith("::") for row in ran.err.splitlines())


def test_a_saved_report_is_shown_and_not_obeyed(command: Command, ports: Path) -> None:
    text = json.dumps({"schema_version": HARM + COMMAND})
    ran = command("render", written(ports.parent, "r.json", text))
    assert ran.code == 2
    assert not OBEYED & set(ran.err)
    assert not any(row.lstrip().startswith("::") for row in ran.err.splitlines())


@pytest.mark.parametrize("name", ["full", "concise", "markdown"])
def test_no_row_of_a_log_begins_like_a_command(
    command: Command, ports: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    told = command("check", str(ports), "-o", name).out
    assert "stop-commands" in told or name == "concise"
    assert not any(row.lstrip().startswith("::") for row in told.splitlines())
    annotations = command("check", str(ports), "-o", "github").out
    assert annotations.startswith("::")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_no_mistake_of_the_program(ports: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(  # noqa: S603 our own command
            [*PROGRAM, "check", str(ports), "-o", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr == (
        "unbudget-check: standard output cannot be written: no space left on device\n"
    )


@pytest.mark.parametrize(
    ("redirected", "said"),
    [
        ("check {} -o json >&-", "standard output is closed"),
        ("check - <&-", "standard input is closed"),
        ("render - <&-", "standard input is closed"),
    ],
)
def test_a_closed_stream_is_no_mistake_of_the_program(
    ports: Path, redirected: str, said: str
) -> None:
    line = f"{sys.executable} -m unbudget_check {redirected.format(ports)}"
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "internal error" not in ran.stderr
