"""Read a document although this program fails to read a part of it: that part alone is left out.

It is searched for by halves: all that comes before it can be read, and with it no longer. A part is
a table, a paragraph, a page or a sheet, never less: half a table would add up to something else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from unbudget_check.errors import UserError
from unbudget_check.model.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

    from unbudget_check.model.document import Document
    from unbudget_check.readers.source import Source

    # The numbers of a part below the whole, below that part, and so on.
    Path = tuple[int, ...]

# What is left out as a whole.
WHOLE = frozenset({"p", "h", "tbl", "table"})
FAULTS_MOST = 20
# So much of the text of a part tells which it is.
SHOWN = 60


class Parts(Protocol):
    """A document in parts, each of which can be left out."""

    def read(self, without: Sequence[Path]) -> Document:
        """The document without some of its parts."""

    def below(self, path: Path) -> int:
        """How many parts a part has; 0 where it is left out as a whole."""

    def text(self, path: Path) -> str:
        """What tells a reader which part it is."""


@dataclass(frozen=True, slots=True)
class TreeParts:
    """The elements below the body of a document, which ``opened`` parses afresh every time."""

    source: Source
    opened: Callable[[Source], tuple[etree._Element, Callable[[], Document]]]

    def read(self, without: Sequence[Path]) -> Document:
        """The document with some of its elements empty; all others keep their places."""
        body, read = self.opened(self.source)
        for path in sorted(without, key=len, reverse=True):
            element = _at(body, path)
            tail = element.tail
            element.clear()
            element.tail = tail
        return read()

    def below(self, path: Path) -> int:
        """How many elements stand right below one that is no table or paragraph."""
        element = _at(self.opened(self.source)[0], path)
        return 0 if str(element.tag).rpartition("}")[2] in WHOLE else len(element)

    def text(self, path: Path) -> str:
        """The beginning of its text."""
        texts = _at(self.opened(self.source)[0], path).itertext()
        return " ".join(" ".join(map(str, texts)).split())[:SHOWN]


def _at(body: etree._Element, path: Path) -> etree._Element:
    for number in path:
        body = body[number]
    return body


def read_fenced(path: str, read: Callable[[], Document], parts_of: Callable[[], Parts]) -> Document:
    """What ``read`` returns; if it fails, the document without the parts with which it does.

    Each of them is noted in its remarks. Raises UserError as ``read`` does, and its fault where no
    part bears it alone.
    """
    try:
        return read()
    except (UserError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  one part never stops the others
        fault = error
    parts, faults = parts_of(), Faults(path)
    without: list[Path] = []
    for _ in range(FAULTS_MOST):
        part = _failing(parts, without)
        if not part:
            break
        faults.note(fault, "internal-fault-block", text=parts.text(part))
        without.append(part)
        again = _fault(parts, without)
        if again is None:
            found = parts.read(without)
            told = (each for _, each in faults.found)
            return replace(found, remarks=(*found.remarks, *told))
        fault = again
    raise fault


def _failing(parts: Parts, without: Sequence[Path]) -> Path:
    """The first part with which reading fails; none where it fails without any part, too."""
    path: Path = ()
    while count := parts.below(path):
        below = [(*path, number) for number in range(count)]
        if _fault(parts, [*without, *below]) is not None:
            break
        sound, failing = 0, count
        while failing - sound > 1:
            middle = (sound + failing) // 2
            if _fault(parts, [*without, *below[middle:]]) is None:
                sound = middle
            else:
                failing = middle
        path = below[sound]
    return path


def _fault(parts: Parts, without: Sequence[Path]) -> Exception | None:
    """How reading fails; where nothing is left to be read, it does not."""
    try:
        parts.read(without)
    except UserError:
        return None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  this is what is searched for
        return error
    return None
