"""An icon that opens the page without a terminal, for the desktop of each system."""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "unbudget-check"
# Stands in every launcher, so that no other file is ever replaced.
MARK = "written by unbudget-check open --install-launcher"
# What means something between the quotes of a menu entry.
SPECIAL = re.compile(r'(["`$\\\\])')
ENTRY = """[Desktop Entry]
# {mark}
Type=Application
Name={name}
Comment=Check the figures of budget documents
Exec={command} %F
Terminal=false
Categories=Office;
"""


@dataclass(frozen=True, slots=True)
class Launcher:
    """A file that starts the page: where it goes, what stands in it, and its permissions."""

    path: Path
    text: str
    mode: int = 0o644


def own_command() -> tuple[str, ...]:
    """What starts this program, wherever one stands."""
    if getattr(sys, "frozen", False):  # a folder of its own, with Python inside
        return (sys.executable, "open")
    return (sys.executable, "-m", "unbudget_check", "open")


def launcher_for(
    platform: str, command: Sequence[str], home: Path, environment: Mapping[str, str]
) -> Launcher:
    """The launcher for a system, as Python calls it; files dropped on it are opened on the page."""
    if platform == "win32":
        words = " ".join(f'"{word}"' for word in command).replace("%", "%%")
        text = f"@echo off\r\nrem {MARK}\r\nchcp 65001 >nul\r\n{words} %*\r\n"
        return Launcher(home / "Desktop" / f"{NAME}.bat", text)
    if platform == "darwin":
        text = f'#!/bin/sh\n# {MARK}\nexec {shlex.join(command)} "$@"\n'
        return Launcher(home / "Desktop" / f"{NAME}.command", text, 0o755)
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    text = ENTRY.format(mark=MARK, name=NAME, command=" ".join(map(_quoted, command)))
    return Launcher(data / "applications" / f"{NAME}.desktop", text)


def _quoted(word: str) -> str:
    """A word of a command as a menu entry writes it: its string rules apply over its quotes."""
    inner = SPECIAL.sub(r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")
    return f'"{inner}"'


def install_launcher() -> Path:
    """Write the launcher for this system; raises UserError where another file has its place."""
    made = launcher_for(sys.platform, own_command(), Path.home(), os.environ)
    try:
        if made.path.exists() and MARK.encode() not in made.path.read_bytes():
            message = f"{made.path}: another file has this name; move it away first"
            raise UserError(message)
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_bytes(made.text.encode())
        made.path.chmod(made.mode)
    except OSError as error:
        message = f"{made.path}: the launcher cannot be written: {error.strerror}"
        raise UserError(message) from None
    return made.path
