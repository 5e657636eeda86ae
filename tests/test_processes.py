"""Several documents at once: the same answers in the same order, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.context import ForkProcess
from typing import TYPE_CHECKING

import pytest

from unbudget_check import engine, processes
from unbudget_check.errors import PluginError
from unbudget_check.model.options import Bounds, Wishes
from unbudget_check.processes import Lost, in_processes, lacks_bounds, processes_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
HERE = os.getpid()
TASKS = [(0, number) for number in range(9)]


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
def test_a_small_document_alone_needs_no_process() -> None:
    sizes = [processes.WORTH // 4 - 1] * 4
    assert processes_for([]) == processes_for([0]) == processes_for(sizes[:1]) == 0
    assert processes_for(sizes) == 1
    assert processes_for([*sizes, sizes[0]]) == min(len(os.sched_getaffinity(0)), 5)
    assert not lacks_bounds(sizes)


def test_a_program_with_threads_is_not_split_and_says_so_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.csv" for name in "ab"]
    for path in paths:
        path.write_text("Item,2024\nA,1\nB,2\nTotal,3\n", encoding="utf-8")
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes_for([processes.WORTH] * 4) == 0
        several, alone = engine.check([str(tmp_path)]), engine.check([str(paths[0])])
    finally:
        done.set()
        thread.join()
    assert [each.reason for each in several.setup.effects] == [
        "documents were checked without limits on time and memory (not supported here)"
    ]
    assert not alone.setup.effects


def slowest_first(number: int) -> int:
    time.sleep((9 - number) / 100)
    return number


def test_answers_come_in_the_order_of_the_tasks() -> None:
    assert list(in_processes(slowest_first, TASKS, 3)) == list(range(9))


def test_whoever_waits_is_told_so_again_and_again() -> None:
    waits: list[None] = []
    answers = in_processes(slowest_first, TASKS, 1, on_wait=lambda: waits.append(None))
    assert list(answers) == list(range(9))
    assert len(waits) >= 9


def dies(number: int) -> int:
    if number in {4, 7}:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleeps(number: int) -> int:
    if number == 4:
        time.sleep(60)
    return number


def eats(number: int) -> int:
    if number == 4:
        return len(bytearray(2**31)) or number
    return number


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_task_that_kills_its_process_is_lost_alone(count: int) -> None:
    answers = list(in_processes(dies, TASKS, count))
    assert answers == [Lost.DIED if number in {4, 7} else number for number in range(9)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_task_that_takes_too_long_is_lost_alone(count: int) -> None:
    began = time.monotonic()
    answers = list(in_processes(sleeps, TASKS, count, Bounds(seconds=1)))
    assert answers == [Lost.TOO_LONG if number == 4 else number for number in range(9)]
    assert time.monotonic() - began < 30


def answers_at_length(number: int) -> object:
    """An answer that takes twice its memory to be sent."""
    return bytearray(160 * processes.MIB) if number == 4 else number


@pytest.mark.parametrize("work", [eats, answers_at_length])
def test_a_task_that_wants_too_much_memory_is_lost_alone(work: Callable[[int], int]) -> None:
    answers = list(in_processes(work, TASKS, 1, Bounds(mebibytes=256)))
    assert answers == [Lost.TOO_DEAR if number == 4 else number for number in range(9)]


@pytest.mark.parametrize("error", [OSError(11, "no process left"), NotImplementedError()])
def test_where_no_process_is_to_be_had_all_is_done_here(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(ForkProcess, "start", refused)
    assert list(in_processes(slowest_first, TASKS, 3)) == list(range(9))


@pytest.mark.usefixtures("lonely")
def test_the_documents_that_fail_are_named_and_all_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["right", "hangs", "wants", "dies", "wrong"]
    for name in names:
        (tmp_path / f"{name}.csv").write_text("Item,2024\nA,1\nB,2\nTotal,4\n", encoding="utf-8")
    check_opened = engine._check_opened

    def spoiled(path: str, *rest: object, **more: object) -> object:
        if "hangs" in path:
            time.sleep(60)
        if "dies" in path:
            os.kill(os.getpid(), signal.SIGKILL)
        if "wants" in path:
            return engine._failed(path, MemoryError())
        return check_opened(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_check_opened", spoiled)
    paths = [str(tmp_path / f"{name}.csv") for name in names]
    report = engine.check(paths, Wishes(bounds=Bounds(seconds=2)))
    right, hangs, wants, dead, wrong = report.documents
    assert [right.status, wrong.status] == ["checked", "checked"]
    assert "longer than 2 seconds" in hangs.reason
    assert "more memory" in wants.reason
    assert "the process that read it stopped" in dead.reason


def fails(number: int) -> int:
    message = f"a package is broken: {number}"
    raise PluginError(message)


def test_a_failure_is_told_with_its_words() -> None:
    with pytest.raises(PluginError, match="a package is broken: 0"):
        list(in_processes(fails, TASKS, 2))


def first_of(work: Callable[[int], int]) -> int | Lost:
    return next(iter(in_processes(work, TASKS, 2)))


def test_who_stops_asking_gets_no_more() -> None:
    assert first_of(slowest_first) == 0


SLEEPS = """
import os, time
from unbudget_check.processes import in_processes

def sleep(number):
    os.write(1, b"begun\\n")
    time.sleep(60)

list(in_processes(sleep, [(0, 1), (0, 2)], 2))
"""


def begun() -> subprocess.Popen[str]:
    """A program whose two processes sleep."""
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
    return running


def test_an_interrupt_ends_all_processes_without_a_word_of_theirs() -> None:
    running = begun()
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert said.count("Traceback") <= 1  # that of the program itself, which the command line hides
    assert "KeyboardInterrupt" in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_program(tmp_path: Path, how: signal.Signals) -> None:
    """The processes of a killed program end with it, or when they have done their document."""
    for number in range(2):
        (tmp_path / f"{number}.csv").write_text("A,1\n" * 10, encoding="utf-8")
    program = (
        "import os, time\n"
        "from unbudget_check import engine\n"
        "from unbudget_check.cli.main import main\n"
        "def slow(*_, **__):\n"
        "    os.write(1, b'begun %d\\n' % os.getpid())\n"
        "    time.sleep(2)\n"
        "engine._check_opened = slow\n"
        "main()\n"
    )
    running = subprocess.Popen(  # noqa: S603  our own program
        (sys.executable, "-c", program, "check", str(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    child = int(running.stdout.readline().removeprefix("begun "))
    running.send_signal(how)
    running.stdout.close()
    assert running.wait(timeout=30) == {signal.SIGTERM: 143, signal.SIGKILL: -9}[how]
    until = time.monotonic() + 30
    while os.path.exists(f"/proc/{child}/exe") and time.monotonic() < until:  # noqa: PTH110
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{child}/exe")  # noqa: PTH110
