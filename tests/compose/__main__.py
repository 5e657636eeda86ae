"""Writes sample_data: ``python -m tests.compose``, or ``make samples``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.compose.cases import samples

ROOT = Path(__file__).resolve().parents[2] / "sample_data"

for path, data in samples(ROOT).items():
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {len(data):,} bytes\n")
