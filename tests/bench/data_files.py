"""Data files of a million rows beside the pandas script that an analyst writes: time and memory.

Both are run as commands, start-up and all; a process's own peak of memory is told by the system.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tests.bench.data_script import LEVELS, MEASURES
from tests.bench.stopwatch import against_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROWS = (10_000, 2_000_000, 1_000_000)
BOOK_ROWS = 100_000
RUNS = 3
# The slowest that is wanted, and the most memory beside the frame of the same file.
TIMES, FRAMES, BOOK_TIMES = 3, 3, 2
SETTINGS = f"""\
[tidy."*"]
labels = {LEVELS}
measures = {MEASURES}
hierarchy = true
totals = ["Total"]
"""
NOTHING = "import unbudget_check.engine, unbudget_check.tidy.check, unbudget_check.tidy.schema"


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds on the clock, seconds of work, megabytes at its peak."""

    seconds: float
    work: float
    peak: float


def compose(rows: int) -> pd.DataFrame:
    """Divisions of eight offices of ten projects of twelve items, with all totals, in cents."""
    random = np.random.default_rng(7)
    names: list[tuple[str, str, str, str]] = []
    cents: list[np.ndarray] = []
    division = 0
    while len(names) < rows:
        division += 1
        offices = []
        for office in range(8):
            projects = []
            for project in range(10):
                items = random.integers(100, 9_999_999, size=(12, 2))
                path = (f"Division {division}", f"Office {office}", f"Project {project}")
                names += [(*path, f"Item {item}") for item in range(12)]
                cents += list(items)
                names.append((*path, "Total"))
                projects.append(items.sum(axis=0))
                cents.append(projects[-1])
            names.append((f"Division {division}", f"Office {office}", "Total", ""))
            offices.append(np.sum(projects, axis=0))
            cents.append(offices[-1])
        names.append((f"Division {division}", "Total", "", ""))
        cents.append(np.sum(offices, axis=0))
    frame = pd.DataFrame(names, columns=LEVELS)
    frame[MEASURES] = np.stack(cents) / 100
    return frame


def report() -> Iterator[str]:
    """The measurements, row by row."""
    yield "data files: `unbudget-check check` beside the pandas script of the same sums"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "unbudget-check.toml").write_text(SETTINGS, encoding="utf-8")
        seconds = []
        for rows in ROWS:
            frame = compose(rows)
            path = Path(folder, f"{rows}.csv")
            frame.to_csv(path, index=False, float_format="%.2f")
            ours, theirs = _both(path)
            seconds.append(ours.work)
            yield _row(f"{len(frame):,} rows of CSV", ours, theirs)
        yield against_target("times the script, by the clock", ours.seconds / theirs.seconds, TIMES)
        yield against_target("times the script, by work", ours.work / theirs.work, TIMES)
        held = pd.read_csv(path).memory_usage(deep=True).sum() / 2**20
        idle = _best([sys.executable, "-c", NOTHING]).peak
        yield against_target("memory, in frames of the file", (ours.peak - idle) / held, FRAMES)
        grown = (seconds[1] - seconds[0]) / (seconds[2] - seconds[0])
        yield against_target("times the work from 10,000 for twice the rows", grown, 2.5)
        book = Path(folder, "book.xlsx")
        compose(BOOK_ROWS).to_excel(book, index=False)
        ours, theirs = _both(book)
        yield _row(f"{BOOK_ROWS:,} rows of XLSX", ours, theirs)
        yield against_target("times the script, by work", ours.work / theirs.work, BOOK_TIMES)


def _both(path: Path) -> tuple[Run, Run]:
    """The best run of each; they alternate, so that noise hits both."""
    check = [sys.executable, "-m", "unbudget_check", "check", str(path), "-o", "concise"]
    script = [sys.executable, "-m", "tests.bench.data_script", str(path)]
    runs = [(_run(check), _run(script)) for _ in range(RUNS)]
    ours, theirs = zip(*runs, strict=True)
    return _least(ours), _least(theirs)


def _best(command: Sequence[str]) -> Run:
    return _least([_run(command) for _ in range(RUNS)])


def _least(runs: Sequence[Run]) -> Run:
    return Run(*(min(getattr(run, name) for run in runs) for name in ("seconds", "work", "peak")))


def _run(command: Sequence[str]) -> Run:
    measured = [sys.executable, "-m", "tests.bench.measured", *command]
    ran = subprocess.run(measured, check=True, stdout=subprocess.PIPE)  # noqa: S603  our own words
    return Run(*json.loads(ran.stdout))


def _row(what: str, ours: Run, theirs: Run) -> str:
    told = (
        f"{each.seconds:6.2f} s ({each.work:.2f} s of work, {each.peak:.0f} MB)"
        for each in (ours, theirs)
    )
    return f"  {what:<24}{' pandas'.join(told)}"
