"""Documents in processes of their own, each within bounds: what fails, fails alone.

A process does one document at a time. One that takes too long is killed, and one that dies (for
want of memory, or because a library crashed) is replaced: the document is named, all others are
done. The bound of memory is one of the system's on the process, so that a document that wants more
gets a MemoryError instead of taking the machine along.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from unbudget_check.model.options import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Task = TypeVar("Task")
Done = TypeVar("Done")

# Below so many bytes of documents, a second process costs more than it saves.
WORTH = 1024 * 1024
# More processes than that wait for each other's memory.
MOST_PROCESSES = 8
MIB = 1024 * 1024
SECOND = 1_000_000_000  # nanoseconds
BLINK = 200_000_000  # nanoseconds between two signs that a document is still being checked
# A process that nobody watches any more ends itself, so many seconds after its bound.
GRACE_SECONDS = 5
# A process that holds so much of its bound after a document leaves the next one to a new process.
TIRED_SHARE = 2


class Lost(StrEnum):
    """Why there is no answer to a task."""

    DIED = "died"  # its process ended
    TOO_LONG = "too-long"
    TOO_DEAR = "too-dear"  # there was not memory enough


def processes_for(sizes: Sequence[int]) -> int:
    """How many processes to check files of these sizes with; 0 where it is better done in this one.

    A small document alone is done here, and all are where processes cannot be split off.
    """
    return _worth(sizes) if is_splittable() else 0


def lacks_bounds(sizes: Sequence[int]) -> bool:
    """Whether files of these sizes should be checked within bounds, and cannot be."""
    return _worth(sizes) > 0 and not (is_splittable() or _is_worker())


def is_splittable() -> bool:
    """Whether this program can split off processes that are bounded.

    Only Linux does so at no cost and without starting the program anew, and only a program without
    other threads may be split safely.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and not _is_worker()


def _is_worker() -> bool:
    """Whether this is such a process itself, which is bounded and may not be split again."""
    loaded = sys.modules.get("multiprocessing.process")
    return loaded is not None and loaded.current_process().daemon


def _worth(sizes: Sequence[int]) -> int:
    filled = [size for size in sizes if size]
    if sum(filled) >= WORTH:
        return (
            min(len(os.sched_getaffinity(0)), len(filled), MOST_PROCESSES)
            if hasattr(os, "sched_getaffinity")
            else 1
        )
    return 1 if len(filled) > 1 else 0


def in_processes(
    work: Callable[[Task], Done],
    tasks: Sequence[tuple[int, Task]],
    count: int,
    bounds: Bounds | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Iterator[Done | Lost]:
    """What ``work`` makes of each task, in their order; the largest are begun first.

    ``tasks`` come with their sizes; ``on_wait`` is called some times a second until all are done.
    Where no process is to be had, all is done here, without bounds. An exception of ``work`` is
    raised here.
    """
    crew = _Crew(work, [task for _, task in tasks], bounds or Bounds())
    try:
        if not crew.has_grown(count):
            yield from (work(task) for _, task in tasks)
            return
        crew.waiting = sorted(range(len(tasks)), key=lambda at: tasks[at][0])  # the last is next
        for at in range(len(tasks)):
            while at not in crew.answers:
                crew.go_on(on_wait)
            answer = crew.answers.pop(at)
            if isinstance(answer, _Raised):
                raise answer.error
            yield answer
    finally:
        crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Raised:
    """The exception that a task ended with."""

    error: Exception


@dataclass(slots=True)
class _Worker:
    """One process, the task that it does, if any, and when it has to be done."""

    process: ForkProcess
    pipe: Connection
    at: int | None = None
    until: int = 0  # nanoseconds of the monotonic clock


class _Crew(Generic[Task, Done]):
    """The processes at work: who does what, and what has been answered."""

    def __init__(self, work: Callable[[Task], Done], tasks: Sequence[Task], bounds: Bounds) -> None:
        self.waiting: list[int] = []
        self.answers: dict[int, Done | Lost | _Raised] = {}
        self._work, self._tasks, self._bounds = work, tasks, bounds
        self._workers: list[_Worker] = []

    def has_grown(self, count: int) -> bool:
        """Whether there are processes now: ``count``, or as many as the system gives."""
        while len(self._workers) < count and self._split():
            pass
        return bool(self._workers)

    def go_on(self, on_wait: Callable[[], None] | None = None) -> None:
        """Hand out tasks, wait until something happens, and take it in."""
        from multiprocessing.connection import wait

        for worker in self._workers:
            if worker.at is None and self.waiting:
                worker.at = self.waiting.pop()
                worker.until = time.monotonic_ns() + self._bounds.seconds * SECOND
                worker.pipe.send(worker.at)
        busy = [each for each in self._workers if each.at is not None]
        until = min(each.until for each in busy)
        left = max(until - time.monotonic_ns(), 0)
        if on_wait is not None:
            on_wait()
            left = min(left, BLINK)
        ready = wait([each.pipe for each in busy], left / SECOND)
        for worker in busy:
            if worker.pipe in ready:
                self._take_in(worker)
            elif time.monotonic_ns() >= worker.until:
                self._lose(worker, Lost.TOO_LONG)

    def dismiss(self) -> None:
        """End all processes at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _take_in(self, worker: _Worker) -> None:
        try:
            answer, is_tired = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, Lost.DIED)
            return
        if worker.at is not None:
            self.answers[worker.at] = answer
        worker.at = None
        if is_tired:
            self._replace(worker)

    def _lose(self, worker: _Worker, why: Lost) -> None:
        if worker.at is not None:
            self.answers[worker.at] = why
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """Another process for this one; where none is to be had, the others go on alone."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        if self._split() or self._workers:
            return
        for at in self.waiting:  # nobody is left to do these
            self.answers[at] = Lost.DIED
        self.waiting.clear()

    def _split(self) -> bool:
        """Whether one more process could be split off."""
        try:
            from multiprocessing import get_context

            context = get_context("fork")
            here, there = context.Pipe()
            process = context.Process(target=self._serve, args=(here, there), daemon=True)
            with warnings.catch_warnings():
                # Threads of numpy, which we never ask to work, look like threads of ours.
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
        except (ImportError, NotImplementedError, OSError):  # a sandbox, or no process left
            return False
        there.close()
        self._workers.append(_Worker(process, here))
        return True

    def _serve(self, theirs: Connection, pipe: Connection) -> None:
        """What a process does: one task after another, until nobody asks any more."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C and kill end it without a word
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for end in (theirs, *(other.pipe for other in self._workers)):
            end.close()  # else no process would see that nobody asks any more
        limit = _bounded(self._bounds.mebibytes)
        while True:
            try:
                at = pipe.recv()
            except (EOFError, OSError):
                return
            signal.alarm(self._bounds.seconds + GRACE_SECONDS)  # should nobody watch any more
            answer: object
            try:
                answer = self._work(self._tasks[at])
            except MemoryError:
                answer = Lost.TOO_DEAR
            except Exception as error:  # noqa: BLE001  raised where the answer is awaited
                answer = _Raised(error)
            signal.alarm(0)
            try:
                pipe.send((answer, limit and _held() * TIRED_SHARE > limit))
            except MemoryError:  # the answer is too large to be told
                answer = None
                pipe.send((Lost.TOO_DEAR, True))
            except OSError:
                return


def _bounded(mebibytes: int) -> int:
    """Bound the memory of this process to so much more than it has; the bound in bytes, 0 if none.

    The system counts addresses, not pages in use: numpy and the program have taken theirs already.
    """
    import resource

    with Path("/proc/self/statm").open(encoding="ascii") as stream:
        taken = int(stream.read().split()[0]) * resource.getpagesize()
    limit = mebibytes * MIB
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + limit
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    return limit


def _held() -> int:
    """How many bytes of memory this process has in use."""
    import resource

    with Path("/proc/self/statm").open(encoding="ascii") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize()
