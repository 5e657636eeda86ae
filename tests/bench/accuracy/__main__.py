"""Runs the measurements of accuracy and prints them; the same figures on every machine."""

from __future__ import annotations

import sys

from tests.bench.__main__ import run

PARTS = ("tables", "annotated", "documents", "wording", "calibration", "share", "pairs")

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], "tests.bench.accuracy", PARTS))
