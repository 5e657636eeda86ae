"""What a reader is given: the bytes of one file and the wishes that concern reading."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TidyMapping:
    """Which columns of a data file (one row a figure or one row an item) mean what.

    ``labels`` name the columns that identify an item, outermost level first when ``hierarchy``
    is true; ``measures`` the columns with figures. In files with one row a figure, ``measure``
    names the column that says which measure the figure in ``value`` is.
    """

    labels: tuple[str, ...]
    measures: tuple[str, ...] = ()
    measure: str | None = None
    value: str | None = None
    unit: str = ""
    table: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: revisions as "accepted" or "original"; a language code, or None to detect."""

    revisions: str = "accepted"
    language: str | None = None
    tidy: Mapping[str, TidyMapping] = field(default_factory=dict)  # path pattern -> mapping


@dataclass(frozen=True, slots=True)
class Source:
    """One file: the path as it was given, its bytes, and how to read them."""

    path: str
    data: bytes
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes."""
        return hashlib.sha256(self.data).hexdigest()
