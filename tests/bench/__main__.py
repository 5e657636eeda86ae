"""Runs the measurements and prints them: all of them, or those named after ``-m tests.bench``."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = ("matrix", "verdicts", "oracle", "documents", "growth", "crowd", "data_files", "pages")


def run(names: Sequence[str], package: str, parts: Sequence[str]) -> int:
    """Print the report of each part as soon as it is there; 2 for a name that is none."""
    unknown = sorted(set(names) - set(parts))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(parts)}")  # noqa: T201
        return 2
    for name in names or parts:
        print(*import_module(f"{package}.{name}").report(), "", sep="\n", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], "tests.bench", PARTS))
