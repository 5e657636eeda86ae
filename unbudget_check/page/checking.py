"""Have the documents of a page checked in a process of its own, so that the page always answers.

That process has no threads, so it may split itself as ``processes`` does: each document is checked
within the bounds that hold on the command line. If it ends nevertheless, the documents that it was
at are tried one by one, the one that it ended with is named, and another process goes on.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unbudget_check.messages import ENGLISH, tell
from unbudget_check.model.message import saying
from unbudget_check.model.report import Coverage, DocumentResult, Report, Tool
from unbudget_check.page.session import Draft
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from unbudget_check.engine import Examined
    from unbudget_check.model.comparison import Comparison
    from unbudget_check.model.message import Message
    from unbudget_check.model.options import Wishes
    from unbudget_check.page.session import Entry, Session

# A process that is over its time is given so much longer before it is ended from outside.
GRACE_SECONDS = 20
# The page comes first; then the process that checks is made ready, before anybody drops anything.
WARM_SECONDS = 1
# What is said of a document that asks for a password: on the command line, and on the page.
LOCKED = {"file-password-pdf": "file-locked", "file-password-wrong": "file-locked-wrong"}


class LostError(Exception):
    """The process ended, or had to be ended, before it answered."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to check: its name, and its bytes unless it is a file of this computer.

    ``password`` is the one that was typed for it, empty where none was.
    """

    name: str
    data: bytes | None
    password: str = ""


def check_all(tasks: Sequence[Task], wishes: Wishes) -> tuple[Draft, ...]:
    """What was found in each document, before anything is decided on its findings."""
    from unbudget_check import engine  # loads numpy, which the page itself does without

    drafts = {}
    for password in dict.fromkeys(each.password for each in tasks):
        some = [each for each in tasks if each.password == password]
        given = {each.name: each.data for each in some if each.data is not None}
        plain = replace(wishes, given=given, decisions=(), password=password or wishes.password)
        found = engine.examine([each.name for each in some], plain)
        for document in found.report.documents:
            report = _alone(found.report, _locked_here(document))
            drafts[document.path] = Draft(report, found.cases.get(document.path, b""))
    return tuple(drafts[each.name] for each in tasks)


def _locked_here(document: DocumentResult) -> DocumentResult:
    """A document that asks for a password says so as the page does, not as the command line."""
    if document.told is None or document.told.name not in LOCKED:
        return document
    told = saying(LOCKED[document.told.name], path=document.path)
    return replace(document, told=told, reason=tell(ENGLISH, told))


def compare_drafts(before: Draft, now: Draft, wishes: Wishes) -> Comparison:
    """What changed from one version of a document to the next."""
    if not (before.is_kept and now.is_kept):
        from unbudget_check.triage.differences import compare

        return compare(before.report, now.report)
    from unbudget_check.compare.versions import compare_runs

    plain = replace(wishes, decisions=())
    old, new = (replace(plain, given=_by_path(each, each.data)) for each in (before, now))
    return compare_runs(_run(before), _run(now), old, new)


def _run(draft: Draft) -> Examined:
    from unbudget_check.engine import Examined

    return Examined(draft.report, _by_path(draft, draft.case or None))


def _by_path(draft: Draft, content: bytes | None) -> dict[str, bytes]:
    return {} if content is None else {draft.report.documents[0].path: content}


def _alone(report: Report, document: DocumentResult) -> Report:
    """The report on one document of a run, with the rules that speak of it."""
    spoken = {each.code for each in document.findings} | {each.code for each in document.tallies}
    rules = tuple(each for each in report.rules if each.code in spoken)
    return replace(report, documents=(document,), rules=rules)


def documents_below(paths: Sequence[str], wishes: Wishes) -> tuple[str, ...]:
    """The documents that the paths name, each once, in order."""
    from unbudget_check.readers.ahead import files_of

    return tuple(path for path, _ in files_of(paths, wishes).files)


class Helper:
    """A process beside this one that calls one function after another for it."""

    def __init__(self) -> None:
        self._running: tuple[SpawnProcess, Connection] | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def start(self) -> Connection:
        """Begin the process where there is none; raises LostError after ``close``."""
        with self._lock:
            if self._is_closed:
                raise LostError
            if self._running is None:
                from multiprocessing import get_context

                context = get_context("spawn")
                pipe, theirs = context.Pipe()
                # No daemon: it must be able to split off processes of its own.
                process = context.Process(target=_serve, args=(theirs,), daemon=False)
                process.start()
                theirs.close()
                self._running = process, pipe
            return self._running[1]

    def call(self, seconds: int, function: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - what the function gives
        """What the function makes of what is given; raises LostError, or what it raised."""
        pipe = self.start()
        try:
            pipe.send((function, given))
            is_answer, answer = pipe.recv() if pipe.poll(seconds) else (False, None)
        except (EOFError, OSError):
            is_answer, answer = False, None
        if answer is None:
            self._stop()
            raise LostError
        if is_answer:
            return answer
        raise answer

    def close(self) -> None:
        """End the process and those that it began, for good."""
        self._is_closed = True
        self._stop()

    def _stop(self) -> None:
        with self._lock:
            if self._running is None:
                return
            process, pipe = self._running
            self._running = None
            process.terminate()
            process.join(2)
            process.kill()
            process.join()
            pipe.close()


def _serve(pipe: Connection) -> None:
    """Call what is asked for until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the page ends this process when it ends
    signal.signal(signal.SIGTERM, _leave)
    while True:
        try:
            function, given = pipe.recv()
        except (EOFError, OSError):
            return
        answer: tuple[bool, object]
        try:
            answer = True, function(*given)
        except Exception as error:  # noqa: BLE001  raised where the answer is awaited
            answer = False, error
        pipe.send(answer)


def _leave(*_: object) -> None:
    raise SystemExit


class Checker(threading.Thread):
    """Checks the documents of a session as they come, some at a time, until it ends."""

    def __init__(self, session: Session, wishes: Wishes, paths: Sequence[str] = ()) -> None:
        super().__init__(name="checker", daemon=True)
        self._session, self._wishes, self._paths = session, wishes, paths
        self._helper = Helper()
        self._batch = 2 * (os.cpu_count() or 1)

    def run(self) -> None:
        """Look for the documents that were named, then check whatever there is."""
        with suppress(LostError):  # the page has ended
            if not self._paths:
                self._session.wait(WARM_SECONDS)
            self._helper.start()
            if self._paths:
                self._session.add_paths(self._listed())
            while entries := self._session.take(self._batch):
                self._check(entries)

    def stop(self) -> None:
        """End at once, whatever is being checked."""
        self._helper.close()
        self.join(5)

    def _listed(self) -> Sequence[str]:
        seconds = self._wishes.bounds.seconds
        try:
            found: tuple[str, ...] = self._helper.call(
                seconds, documents_below, self._paths, self._wishes
            )
        except LostError:
            return self._paths
        return found

    def _check(self, entries: Sequence[Entry]) -> None:
        tasks = [Task(each.name, self._bytes_of(each), each.password) for each in entries]
        seconds = self._wishes.bounds.seconds
        try:
            drafts = self._helper.call(
                seconds * len(tasks) + GRACE_SECONDS, check_all, tasks, self._wishes
            )
        except Exception as error:  # noqa: BLE001  one document never stops the page
            self._helper.start()
            if len(entries) > 1:
                for each in entries:
                    self._check([each])
                return
            drafts = [Draft(_lost(entries[0].name, error))]
        for entry, task, found in zip(entries, tasks, drafts, strict=True):
            draft = found if found.case else replace(found, data=task.data)
            self._session.settle(entry, draft, self._compared(entry, draft))

    def _compared(self, entry: Entry, draft: Draft) -> Comparison | None:
        """What changed since the draft before; None where there is none, or it takes too long."""
        if entry.earlier is None:
            return None
        seconds = 2 * self._wishes.bounds.seconds + GRACE_SECONDS
        found: Comparison
        try:
            found = self._helper.call(seconds, compare_drafts, entry.earlier, draft, self._wishes)
        except Exception:  # noqa: BLE001  what was found is reported without it
            return None
        return found

    def _bytes_of(self, entry: Entry) -> bytes | None:
        """The bytes of a document; None where its reader has to see for itself."""
        if entry.data is not None:
            return entry.data
        path, most = Path(entry.name), self._session.limits.file_bytes
        try:
            return path.read_bytes() if path.stat().st_size <= most else None
        except (OSError, ValueError):
            return None


def _lost(name: str, error: Exception) -> Report:
    """The report on a document that there is no answer to."""
    is_lost = isinstance(error, LostError)
    told: Message | None = saying("file-died", path=name) if is_lost else None
    reason = tell(ENGLISH, told) if told else str(error)
    result = DocumentResult(name, None, None, "", "unreadable", reason, Coverage(), told=told)
    return Report(Tool("unbudget-check", __version__, ""), (result,))
