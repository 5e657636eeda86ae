"""Where a figure stands, as an officer would say it and as a machine finds it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document; every field that does not apply is None.

    ``table``, ``paragraph`` and ``figure`` are the printed numbers (29E.24, 29E.96, 29E.VII),
    ``row`` and ``column`` the printed labels, ``address`` the machine's own (sheet and cell,
    block and cell of the XML, line and span of a text).
    """

    document: str
    table: str | None = None
    part: str | None = None
    row: str | None = None
    column: str | None = None
    paragraph: str | None = None
    item: str | None = None
    figure: str | None = None
    page: str | None = None
    line: int | None = None
    address: str | None = None
