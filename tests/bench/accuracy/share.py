"""How much of a run goes into diagnosis: it may add a fifth to checking without it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.stopwatch import against_target
from unbudget_check import engine
from unbudget_check.diagnose.findings import find

if TYPE_CHECKING:
    from unbudget_check.diagnose.proofs import Case
    from unbudget_check.model.finding import Finding

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "docx"
RUNS = 5


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    title = "Diagnosis of all fascicles together"
    if not FOLDER.is_dir():
        return [title, f"  skipped: there is no {FOLDER.name} in ../shared/corpus"]
    paths = [str(path) for path in sorted(FOLDER.iterdir())]
    whole, diagnosing = min(_measured(paths) for _ in range(RUNS))
    added = 100 * diagnosing / (whole - diagnosing)
    return [
        title,
        f"  {'check':<62}{whole:>8.3f} s",
        f"  {'of which findings, from suspects to sentences':<62}{diagnosing:>8.3f} s",
        against_target("added to the run, %", added, 20.0),
    ]


def _measured(paths: list[str]) -> tuple[float, float]:
    """Seconds of a whole run, and those spent in ``find``."""
    spent = 0.0

    def timed(case: Case) -> tuple[Finding, ...]:
        nonlocal spent
        started = time.perf_counter()
        found = find(case)
        spent += time.perf_counter() - started
        return found

    setattr(engine, "find", timed)  # noqa: B010  the engine lends its name for a while
    try:
        started = time.perf_counter()
        engine.check(paths)
        return time.perf_counter() - started, spent
    finally:
        setattr(engine, "find", find)  # noqa: B010
