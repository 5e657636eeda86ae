"""The page as people start it: a process of its own, whose address a browser opens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[str]:
    """Start ``unbudget-check open`` in a folder; the address that it prints."""
    command = [sys.executable, "-u", "-m", "unbudget_check", "open", "--no-browser", *arguments]
    with subprocess.Popen(  # noqa: S603
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env=_environment()
    ) as process:
        assert process.stdout
        address = re.search(r"http\S+", process.stdout.readline())
        assert address
        try:
            yield address[0]
        finally:
            process.terminate()
            process.wait(20)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT)}
