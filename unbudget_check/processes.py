"""Many documents at once, each in a process of its own, where the machine can do that safely."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Done = TypeVar("Done")

# Below so many bytes of documents, starting processes costs more than it saves.
WORTH = 1024 * 1024
# More processes than that wait for each other's memory.
MOST = 8
# What a process was started for; a process that was split off finds it here.
_work: list[Callable[[Any], Any]] = []


def processes_for(paths: Sequence[str]) -> int:
    """How many processes to check these files with; 1 where it is better done in this one.

    Only Linux splits off a process at no cost and without starting the program anew, and only a
    program without other threads may be split safely.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    sizes = [size for size in map(_size, paths) if size]
    return min(len(os.sched_getaffinity(0)), len(sizes), MOST) if sum(sizes) >= WORTH else 1


def in_processes(
    work: Callable[[Task], Done], tasks: Sequence[tuple[str, Task]], count: int
) -> Iterator[Done]:
    """What ``work`` makes of each task, in their order; the largest files are begun first.

    ``tasks`` come with their paths. Where no process is to be had, or one dies for want of memory,
    nothing is lost: what is left is done here.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = set(active_children())
    try:
        pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (work,))
    except (ImportError, NotImplementedError, OSError):  # a sandbox without locks
        yield from (work(task) for _, task in tasks)
        return
    with pool:
        begun = _begun(pool, tasks)
        try:
            for at, (_, task) in enumerate(tasks):
                yield _result(begun.get(at), work, task)
        except BaseException:  # interrupted, failed, or nobody asks any more
            for child in set(active_children()) - others:
                child.terminate()
            raise


def _begun(pool: ProcessPoolExecutor, tasks: Sequence[tuple[str, Any]]) -> dict[int, Future[Any]]:
    """The tasks that processes will do; none where the system has no process left."""
    largest = sorted(range(len(tasks)), key=lambda at: -_size(tasks[at][0]))
    with warnings.catch_warnings():
        # Threads of numpy, which we never ask to work, look like threads of ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return {at: pool.submit(_do, tasks[at][1]) for at in largest}
        except (OSError, RuntimeError):  # or the first ones died at once
            return {}


def _result(future: Future[Done] | None, work: Callable[[Task], Done], task: Task) -> Done:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return work(task) if future is None else future.result()
    except BrokenProcessPool:
        return work(task)


def _begin(work: Callable[[Any], Any]) -> None:
    """What a new process does first: Ctrl-C ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _work[:] = [work]


def _do(task: Any) -> Any:  # noqa: ANN401  whatever the work is about
    return _work[0](task)


def _size(path: str) -> int:
    """How large a file is; 0 where there is none."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):  # no file, or a name that none can have
        return 0
