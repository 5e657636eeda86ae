"""Real documents: the whole program beside what merely opening the files costs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tests.bench.stopwatch import against_target, medians
from unbudget_check import check, processes

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "docx"
RUNS = 5
# What the run may cost beside reading the files, and beside a start of pandas.
TO_PARSE, TO_IMPORT = 2.5, 1.5
# Checks the named documents in a process of its own and says how much memory that took. (The
# figure of getrusage would not do: a process inherits it from the one that started it.)
STATUS = Path("/proc/self/status")
PROBE = f"""
import sys
from unbudget_check import check, processes
processes.MOST_PROCESSES = 1  # each of several takes as much as its largest document
check(sys.argv[1:])
print(*[row.split()[1] for row in open({str(STATUS)!r}) if row.startswith("VmHWM")])
"""


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    title = "Documents: Word fascicles"
    if not FOLDER.is_dir():
        return [title, f"  skipped: there is no {FOLDER.name} in ../shared/corpus"]
    paths = sorted(FOLDER.iterdir(), key=lambda path: path.stat().st_size)
    size = sum(path.stat().st_size for path in paths) / 2**20
    return [
        f"{title}, {len(paths)} of them, {size:.1f} MiB",
        *_together([str(path) for path in paths]),
        *_alone(str(paths[len(paths) // 2])),
    ]


def open_bare(paths: Sequence[str]) -> None:
    """Unzip the main text of each document and parse it, and nothing else."""
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            etree.fromstring(archive.read("word/document.xml"))


def check_in_one_process(paths: Sequence[str]) -> None:
    """The same check where nothing is done at once, which shows how much work it is."""
    most, processes.MOST_PROCESSES = processes.MOST_PROCESSES, 1
    try:
        check(paths)
    finally:
        processes.MOST_PROCESSES = most


def _together(paths: list[str]) -> list[str]:
    """All documents at once, by a program that has started."""
    opening, checking, alone = "unzip and parse with lxml", "check", "check, one process"
    seconds = medians(
        {
            opening: lambda: open_bare(paths),
            checking: lambda: check(paths),
            alone: lambda: check_in_one_process(paths),
        },
        RUNS,
    )
    work = seconds[alone] / seconds[opening]
    return [
        *(f"  {name:<62}{each:>8.3f} s" for name, each in seconds.items()),
        against_target("check / unzip and parse", seconds[checking] / seconds[opening], TO_PARSE),
        f"  {'check, one process / unzip and parse (no target)':<62}{work:>8.2f}",
        *_memory({"all documents, one process": paths, "the largest": paths[-1:], "none": []}),
    ]


def _memory(loads: dict[str, list[str]]) -> list[str]:
    """The most memory that a process takes which checks some documents."""
    if not STATUS.exists():
        return ["  peak memory: skipped, this system does not tell it"]
    peaks = {name: int(_run(["-c", PROBE, *paths])) / 1024 for name, paths in loads.items()}
    return [f"  {'peak memory, ' + name:<62}{peak:>8.0f} MiB" for name, peak in peaks.items()]


def _alone(path: str) -> list[str]:
    """One document from a cold start: the interpreter, all imports, the check, the report."""
    importing, checking = "python -c 'import pandas'", "unbudget-check check (middle size)"
    command = ["-m", "unbudget_check", "check", path, "-o", "concise"]
    seconds = medians(
        {importing: lambda: _run(["-c", "import pandas"]), checking: lambda: _run(command)}, RUNS
    )
    ratio = seconds[checking] / seconds[importing]
    return [
        *(f"  {name:<62}{each:>8.3f} s" for name, each in seconds.items()),
        against_target("cold check / import pandas", ratio, TO_IMPORT),
    ]


def _run(arguments: list[str]) -> str:
    """What a fresh interpreter prints; findings are no failure."""
    command = [sys.executable, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode not in {0, 1}:
        raise RuntimeError(result.stderr)
    return result.stdout
