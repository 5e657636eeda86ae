"""Runs the measurements of accuracy and prints them; the same figures on every machine."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("tables", "documents", "share")


def main(names: list[str]) -> int:
    """Print the report of each part as soon as it is there; 2 for a name that is none."""
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(PARTS)}")  # noqa: T201
        return 2
    for name in names or PARTS:
        module = import_module(f"tests.bench.accuracy.{name}")
        print(*module.report(), "", sep="\n", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
