"""How long things take, side by side: medians of runs that alternate, so that noise hits all."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def medians(contenders: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median of so many runs of each contender, in seconds; one run before is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for run in range(runs + 1):
        for name, work in contenders.items():
            started = time.perf_counter()
            work()
            if run:
                seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(each) for name, each in seconds.items()}


def against_target(what: str, measured: float, target: float) -> str:
    """One printed row: what was measured, what is wanted, and whether it holds."""
    word = "holds" if measured <= target else "MISSED"
    return f"  {what:<62}{measured:>8.2f}  target {target:>6.2f}  {word}"
