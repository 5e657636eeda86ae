"""How much of a run goes into diagnosis, and how much into words, charts and references.

Diagnosis may add a fifth to checking without it, all that reads running text two fifths.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.bench.stopwatch import against_target
from unbudget_check import engine
from unbudget_check.checks import load_check
from unbudget_check.diagnosis.findings import find
from unbudget_check.readers.docx import charts, document
from unbudget_check.rulebook.load import load_rules
from unbudget_check.understand import understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "docx"
RUNS = 5
# Families of rules that go beyond single tables, and what is read for them alone.
WORDS = {"agreement", "annexes", "charts", "measures", "names", "references", "statements"}
READ = ("boxes_of", "charts_of", "entities_of", "organizations_of", "prose_of")


def report() -> list[str]:
    """All measurements of this file as printed rows."""
    title = "Diagnosis, and words, in a run over all fascicles"
    if not FOLDER.is_dir():
        return [title, f"  skipped: there is no {FOLDER.name} in ../shared/corpus"]
    paths = [str(path) for path in sorted(FOLDER.iterdir())]
    engine.check(paths)
    whole, diagnosing = min(_measured(paths, _diagnosis) for _ in range(RUNS))
    beside, reading = min(_measured(paths, _words) for _ in range(RUNS))
    return [
        title,
        f"  {'check':<62}{whole:>8.3f} s",
        f"  {'of which findings, from suspects to sentences':<62}{diagnosing:>8.3f} s",
        against_target("added to the run, %", _added(whole, diagnosing), 20.0),
        f"  {'of which words, charts, references, names':<62}{reading:>8.3f} s",
        against_target("added to the run, %", _added(beside, reading), 40.0),
    ]


def _added(whole: float, part: float) -> float:
    return 100 * part / (whole - part)


class _Watch:
    """Adds up the time of some functions; one inside another counts once."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.depth = 0

    def timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function under the watch."""

        @wraps(work)
        def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401  whatever it takes
            self.depth += 1
            started = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.spent += time.perf_counter() - started

        return watched


@contextmanager
def _diagnosis(watch: _Watch) -> Iterator[None]:
    with patch.object(engine, "find", watch.timed(find)):
        yield


@contextmanager
def _words(watch: _Watch) -> Iterator[None]:
    """What reads text, draws charts and ties both to tables."""
    kinds = {rule.check for rule in load_rules() if rule.family in WORDS}

    def load(kind: str) -> Callable[..., Any]:
        check = load_check(kind)
        return watch.timed(check) if kind in kinds else check

    with ExitStack() as patched:
        for name in READ:
            work = watch.timed(getattr(understand, name))
            patched.enter_context(patch.object(understand, name, work))
        by_host = watch.timed(charts.charts_by_host)
        patched.enter_context(patch.object(document, "charts_by_host", by_host))
        patched.enter_context(patch.object(engine, "load_check", load))
        yield


def _measured(paths: list[str], part: Callable[[_Watch], Any]) -> tuple[float, float]:
    """Seconds of a whole run, and those spent in a part of it."""
    watch = _Watch()
    with part(watch):
        started = time.perf_counter()
        engine.check(paths)
        return time.perf_counter() - started, watch.spent
