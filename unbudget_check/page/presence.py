"""Whether somebody still has the page open: it ends by itself some minutes after the last tab."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Somebody may close a tab and open the next one, or look for a file meanwhile.
CLOSED_SECONDS = 5 * 60
# A page without script says nothing, and a browser puts tabs that nobody looks at to sleep.
SILENT_SECONDS = 3 * 60 * 60


class Presence:
    """The tabs that are open, as they say themselves, and when the last of them was heard."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tabs: set[str] = set()
        self._was_open = False
        self._heard = clock()
        self._is_ended = False
        self._lock = threading.Lock()

    def seen(self, tab: str = "") -> None:
        """Somebody asked for something; a tab that has a name is open."""
        with self._lock:
            self._heard = self._clock()
            if tab:
                self._tabs.add(tab)
                self._was_open = True

    def closed(self, tab: str) -> None:
        """A tab says that it is being closed, or goes to another page."""
        with self._lock:
            self._heard = self._clock()
            self._tabs.discard(tab)

    def end(self) -> None:
        """Somebody ends the page."""
        self._is_ended = True

    @property
    def is_over(self) -> bool:
        """Whether nobody needs the page any more."""
        with self._lock:
            is_closed = self._was_open and not self._tabs
            patience = CLOSED_SECONDS if is_closed else SILENT_SECONDS
            return self._is_ended or self._clock() - self._heard > patience
