"""The documents of one page: which there are, what was found in them, and which are done."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.page.uploads import Limits, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unbudget_check.model.comparison import Comparison
    from unbudget_check.model.report import Report
    from unbudget_check.page.uploads import Dropped

NOTICES_MOST = 20


class State(StrEnum):
    """How far a document is."""

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of a document that was checked, as far as comparing it with another one needs it.

    ``case`` is what was understood of it, packed. Of a data file with a mapping, ``data`` holds the
    bytes instead. Neither is there where it could not be read, or there was no room.
    """

    report: Report
    case: bytes = b""
    data: bytes | None = None

    @property
    def is_kept(self) -> bool:
        """Whether its figures can be compared with those of another version."""
        return bool(self.case) or self.data is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the page.

    ``data`` is None for a file of this computer, which is read where it lies. ``version`` counts
    its drafts and tries; ``seen`` is the draft that was checked, ``earlier`` the one before it,
    and ``comparison`` says what changed since. ``password`` opens it, where somebody typed one.
    """

    number: int
    name: str
    data: bytes | None
    version: int = 1
    state: State = State.WAITING
    report: Report | None = None
    seen: Draft | None = None
    earlier: Draft | None = None
    comparison: Comparison | None = None
    password: str = ""
    is_done: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is a file of this computer."""
        return self.data is None


class Session:
    """What the page holds while it is open; every method may be called from any thread."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._entries: dict[int, Entry] = {}
        self._last = 0
        self._change = 0
        self._notices: tuple[Refusal, ...] = ()
        self._is_over = False
        self._news = threading.Condition()

    @property
    def limits(self) -> Limits:
        """The bounds of what is taken in."""
        return self._limits

    @property
    def change(self) -> int:
        """A number that grows with every change."""
        return self._change

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All documents, in the order in which they came."""
        with self._news:
            return tuple(self._entries.values())

    @property
    def notices(self) -> tuple[Refusal, ...]:
        """What was not taken in, the latest last."""
        return self._notices

    def entry(self, number: int) -> Entry | None:
        """One document, None where there is none of this number."""
        return self._entries.get(number)

    def room(self) -> int:
        """How many bytes more may be taken in."""
        with self._news:
            return self._room()

    def add_paths(self, paths: Iterable[str]) -> None:
        """Take in files of this computer."""
        with self._news:
            for path in paths:
                self._put(path, None)
            self._changed()

    def add(self, files: Iterable[Dropped], refused: Iterable[Refusal] = ()) -> None:
        """Take in files that were dropped; one with the name of another is its next draft."""
        notices = list(refused)
        with self._news:
            for each in files:
                known = self._named(each.name)
                if len(each.data) > self._room():
                    notices.append(Refusal("page.no_room", each.name))
                elif known is not None:
                    self._renew(known, each.data)
                elif len(self._entries) >= self._limits.files:
                    notices.append(Refusal("page.too_many", each.name))
                else:
                    self._put(each.name, each.data)
            self._notices = tuple(notices)[:NOTICES_MOST]
            self._changed()

    def renew(self, number: int, data: bytes | None, name: str = "") -> None:
        """Another draft of a document; None reads a file of this computer again.

        The document keeps its name, but a draft in another format ends as its own ``name`` does.
        """
        with self._news:
            entry = self._entries.get(number)
            if entry is None:
                return
            if data is not None and len(data) > self._room():
                self._notices = (Refusal("page.no_room", entry.name),)
            elif data is not None or entry.data is None:
                ending = PurePath(name).suffix
                other = str(PurePath(entry.name).with_suffix(ending)) if ending else entry.name
                is_free = self._named(other) is None
                self._renew(replace(entry, name=other) if is_free else entry, data)
            self._changed()

    def unlock(self, number: int, password: str) -> None:
        """Check a document again, with a password."""
        with self._news:
            entry = self._entries.get(number)
            if entry is not None:
                again = replace(entry, password=password, version=entry.version + 1)
                self._entries[number] = replace(again, state=State.WAITING, report=None)
                self._changed()

    def remove(self, number: int) -> None:
        """Forget a document."""
        with self._news:
            if self._entries.pop(number, None):
                self._changed()

    def wait(self, seconds: int) -> None:
        """Wait so long for the first document to check, or for the end."""
        with self._news:
            self._news.wait_for(lambda: self._is_over or self._waiting(), seconds)

    def take(self, most: int) -> tuple[Entry, ...]:
        """The next documents to check, once there are any; none at all when the page ends."""
        with self._news:
            self._news.wait_for(lambda: self._is_over or self._waiting())
            taken = () if self._is_over else self._waiting()[:most]
            for each in taken:
                self._entries[each.number] = replace(each, state=State.CHECKING)
            self._changed()
            return taken

    def settle(self, entry: Entry, draft: Draft, comparison: Comparison | None = None) -> None:
        """What was found in a document, unless another draft of it came meanwhile."""
        with self._news:
            now = self._entries.get(entry.number)
            if now is None or now.version != entry.version:
                return
            if _size(draft, now.data) > self._room():
                draft = Draft(draft.report)
            self._entries[now.number] = replace(
                now,
                state=State.CHECKED,
                report=draft.report,
                seen=draft,
                comparison=comparison,
            )
            self._changed()

    def touch(self) -> None:
        """Something that belongs to the documents is another now."""
        with self._news:
            self._changed()

    def end(self) -> None:
        """Let go of everything."""
        with self._news:
            self._is_over = True
            self._entries.clear()
            self._changed()

    def _waiting(self) -> tuple[Entry, ...]:
        return tuple(each for each in self._entries.values() if each.state is State.WAITING)

    def _room(self) -> int:
        return self._limits.total_bytes - sum(map(_held, self._entries.values()))

    def _named(self, name: str) -> Entry | None:
        return next((each for each in self._entries.values() if each.name == name), None)

    def _put(self, name: str, data: bytes | None) -> None:
        self._last += 1
        self._entries[self._last] = Entry(self._last, name, data)

    def _renew(self, entry: Entry, data: bytes | None) -> None:
        earlier, version = entry.seen or entry.earlier, entry.version + 1
        again = Entry(entry.number, entry.name, data, version, earlier=earlier)
        again = replace(again, password=entry.password)
        self._entries[entry.number] = again

    def _changed(self) -> None:
        self._change += 1
        self._news.notify_all()


def _held(entry: Entry) -> int:
    """How many bytes a document takes, with its drafts."""
    drafts = [each for each in (entry.seen, entry.earlier) if each is not None]
    return len(entry.data or b"") + sum(_size(each, entry.data) for each in drafts)


def _size(draft: Draft, data: bytes | None) -> int:
    """How many bytes a draft takes besides the ``data`` of its document: they are there once."""
    return len(draft.case) + (0 if draft.data is data else len(draft.data or b""))
