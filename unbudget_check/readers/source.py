"""What a reader is given: the bytes of one file and the wishes that concern reading."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from unbudget_check.model.wishes import TidyMapping

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["ReadOptions", "Source", "TidyMapping"]


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
