"""What a reader is given: the bytes of one file and the wishes that concern reading."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import PurePath
from typing import TYPE_CHECKING

from unbudget_check.model.options import TidyMapping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


__all__ = ["MappedFile", "ReadOptions", "Source", "TidyMapping", "mapping_for"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: revisions as "accepted" or "original"; a language code, or None to detect.

    ``convert`` allows files of old office programs to be converted by LibreOffice.
    """

    revisions: str = "accepted"
    language: str | None = None
    tidy: Mapping[str, TidyMapping] = field(default_factory=dict)  # path pattern -> mapping
    convert: bool = False
    password: str = ""  # of files that ask for one


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


@dataclass(frozen=True, slots=True)
class MappedFile:
    """A data file and the meaning of its columns; it is checked column by column, never printed.

    ``fetch`` opens it: its bytes may be many, and are let go once its columns are loaded.
    """

    path: str
    mapping: TidyMapping
    fetch: Callable[[], Source]


def mapping_for(path: str, tidy: Mapping[str, TidyMapping]) -> TidyMapping | None:
    """The first configured mapping whose pattern fits a path; None for files as printed."""
    for pattern, mapping in tidy.items():
        if fnmatch(path, pattern) or PurePath(path).match(pattern):
            return mapping
    return None
