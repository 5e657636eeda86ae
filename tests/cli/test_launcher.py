"""The icon that opens the page: what it starts on each system; it replaces nothing else."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unbudget_check.cli.launcher import MARK, install_launcher, launcher_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ran

ODD = ('/home/a b/"py" $x`y` \\100%/python', "-m", "unbudget_check", "open")
HOME = Path("/home/officer")


def test_a_menu_entry_starts_the_page_with_what_is_dropped_on_it(tmp_path: Path) -> None:
    made = launcher_for("linux", ODD, HOME, {"XDG_DATA_HOME": str(tmp_path)})
    assert made.path == tmp_path / "applications" / "unbudget-check.desktop"
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(made.text)
    command = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")  # the rule of all values
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', command)
    words = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]
    assert words == [*ODD]
    assert command.endswith(" %F")
    assert launcher_for("linux", ODD, HOME, {}).path.is_relative_to(HOME / ".local/share")


def test_the_menu_takes_the_entry(tmp_path: Path) -> None:
    validate = shutil.which("desktop-file-validate") or pytest.skip("no validator is here")
    made = launcher_for("linux", ODD, HOME, {})
    path = tmp_path / "x.desktop"
    path.write_text(made.text, encoding="utf-8")
    subprocess.run([validate, str(path)], check=True)  # noqa: S603


@pytest.mark.parametrize("shell", ["sh", "bash", "dash", "zsh", "ksh"])
def test_a_command_file_runs_its_words_as_they_are(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell) or pytest.skip(f"{shell} is not here")
    told = "import sys; print(sys.argv[1:])"
    made = launcher_for("darwin", (sys.executable, "-c", told, "a b'c"), HOME, {})
    assert (made.path.name, made.mode) == ("unbudget-check.command", 0o755)
    path = tmp_path / "x.command"
    path.write_text(made.text, encoding="utf-8")
    ran = subprocess.run(  # noqa: S603
        [program, str(path), "dropped file"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[\"a b'c\", 'dropped file']\n"


@pytest.mark.parametrize("name", ["a b", "100%", "R&D (x) ^|<>", "%PATH%", "预算", "!"])
def test_a_batch_file_runs_its_words_as_they_are(name: str) -> None:
    """Read by the rules of cmd.exe, which is not here: per cent signs first, then quotes."""
    command = (f"C:\\Users\\{name}\\python.exe", "-m", "unbudget_check", "open")
    made = launcher_for("win32", command, HOME, {})
    assert made.text.encode("ascii" if name.isascii() else "utf-8")
    *_, code_page, line = made.text.removesuffix("\r\n").split("\r\n")
    assert code_page.startswith("chcp 65001")  # UTF-8, before any name is read
    whole = re.sub(r"%(%|\*)", lambda sign: {"%": "%", "*": '"dropped file"'}[sign[1]], line)
    words = re.findall(r'"([^"]*)"', whole)
    assert words == [*command, "dropped file"]
    assert not re.sub(r'"[^"]*"', "", whole).strip()  # nothing stands outside of the quotes


def test_a_batch_file_keeps_signs_of_its_own_apart() -> None:
    command = ("C:\\Users\\a b\\100%\\python.exe", "-m", "unbudget_check", "open")
    made = launcher_for("win32", command, HOME, {})
    assert made.text.startswith("@echo off\r\n")
    assert '"C:\\Users\\a b\\100%%\\python.exe" "-m" "unbudget_check" "open" %*\r\n' in made.text


def test_a_launcher_is_written_again_but_no_other_file_is_replaced(
    command: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = install_launcher()
    ran = command("open", "--install-launcher")
    assert (ran.code, ran.out) == (0, f"The launcher is {path}\n")
    assert MARK in path.read_text(encoding="utf-8")
    path.write_text("theirs", encoding="utf-8")
    ran = command("open", "--install-launcher")
    assert ran.code == 2
    assert "another file has this name" in ran.err
    assert path.read_text(encoding="utf-8") == "theirs"
