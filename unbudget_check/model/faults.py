"""Faults of this program while it checks a document: each is noted, the rest is still checked."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from unbudget_check.errors import UserError
from unbudget_check.model.document import Where
from unbudget_check.model.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

# What the names of all reasons begin with that tell of a fault.
FAULT = "internal-fault"
# The tests raise what a run would only note, so that no mistake stays hidden.
STRICT = False
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Faults:
    """The faults met in one document: where, and what is to be said of each."""

    path: str
    found: list[tuple[Where, Message]] = field(default_factory=list)

    def guarded(
        self,
        work: Callable[[], Result],
        otherwise: Callable[[], Result],
        reason: str = "internal-fault-step",
        where: Where | None = None,
        **values: str,
    ) -> Result:
        """What ``work`` returns; if it fails, the fault is noted, and ``otherwise`` is asked.

        ``reason`` names what is said of the fault, ``values`` fill its blanks.
        """
        try:
            return work()
        except Exception as error:  # noqa: BLE001  one part never stops the others
            self.note(error, reason, where, **values)
            return otherwise()

    def note(
        self, error: Exception, reason: str, where: Where | None = None, **values: str
    ) -> None:
        """Note a fault; what an officer can put right, and want of memory, is raised again."""
        if STRICT or isinstance(error, UserError | MemoryError):
            raise error
        _LOG.debug("%s: %s", self.path, reason, exc_info=error)
        told = Message(reason, (("fault", fault_of(error)), *values.items()))
        self.found.append((where or Where(self.path), told))


def fault_of(error: Exception) -> str:
    """An exception in one line, with the place in the code where it was raised."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f" ({PurePath(code.co_filename).name}:{trace.tb_lineno})"
        trace = trace.tb_next
    return f"{type(error).__name__}: {error}{place}"
