"""Several documents at once: the same answers in the same order, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import pytest

from unbudget_check import engine, processes
from unbudget_check.errors import PluginError
from unbudget_check.processes import in_processes, processes_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
HERE = os.getpid()
TASKS = [(str(number), number) for number in range(9)]


@pytest.fixture
def lonely(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other threads: other tests may have left a browser's."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("lonely")
def test_a_folder_gives_the_same_report_in_one_process_and_in_several(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(project / "sample_data")
    heard: list[str] = []
    alone = engine.check([folder, "nowhere.docx"])
    monkeypatch.setattr(processes, "WORTH", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    shared = engine.check(
        [folder, "nowhere.docx"], on_document=lambda done: heard.append(done.path)
    )
    assert shared == alone
    assert heard == [each.path for each in alone.documents]
    assert alone.documents[-1].status == "unreadable"


@pytest.mark.usefixtures("lonely")
def test_a_few_small_files_are_not_worth_a_process(tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(b"x" * (processes.WORTH // 4 - 1))
        paths.append(str(path))
    assert processes_for([]) == processes_for(["nowhere.docx"]) == processes_for(paths) == 1
    paths.append(paths[0])
    assert processes_for(paths) == min(len(os.sched_getaffinity(0)), 5)


def test_a_program_with_threads_is_not_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "WORTH", 1)
    path = tmp_path / "a.csv"
    path.write_text("x", encoding="utf-8")
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes_for([str(path)] * 4) == 1
    finally:
        done.set()
        thread.join()


def slowest_first(number: int) -> int:
    time.sleep((9 - number) / 100)
    return number


def test_answers_come_in_the_order_of_the_tasks() -> None:
    assert list(in_processes(slowest_first, TASKS, 3)) == list(range(9))


def dies(number: int) -> int:
    if number == 4 and os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_what_a_dead_process_left_is_done_here() -> None:
    assert list(in_processes(dies, TASKS, 2)) == list(range(9))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("__init__", ImportError("no locks here")),
        ("submit", OSError(11, "no process left")),
        ("submit", BrokenProcessPool("the first one died at once")),
    ],
)
def test_where_no_process_is_to_be_had_all_is_done_here(
    monkeypatch: pytest.MonkeyPatch, name: str, error: Exception
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(ProcessPoolExecutor, name, refused)
    assert list(in_processes(slowest_first, TASKS, 3)) == list(range(9))


def fails(number: int) -> int:
    message = f"a package is broken: {number}"
    raise PluginError(message)


def test_a_failure_is_told_with_its_words() -> None:
    with pytest.raises(PluginError, match="a package is broken: 0"):
        list(in_processes(fails, TASKS, 2))


def first_of(work: Callable[[int], int]) -> int:
    return next(iter(in_processes(work, TASKS, 2)))


def test_who_stops_asking_gets_no_more() -> None:
    assert first_of(slowest_first) == 0


SLEEPS = """
import os, time
from unbudget_check.processes import in_processes

def sleep(number):
    os.write(1, b"begun\\n")
    time.sleep(60)

list(in_processes(sleep, [("a", 1), ("b", 2)], 2))
"""


def test_an_interrupt_ends_all_processes_without_a_word_of_theirs() -> None:
    running = subprocess.Popen(  # noqa: S603  our own program
        (sys.executable, "-c", SLEEPS),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    for _ in range(2):
        assert running.stdout.readline() == "begun\n"
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert said.count("Traceback") <= 1  # that of the program itself, which the command line hides
    assert "KeyboardInterrupt" in said
