"""What a format hands over that is written as files: copies of documents, or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from unbudget_check.model.report import DocumentResult
from unbudget_check.readers.paths import FORMATS

# The bytes of a document, from wherever it was checked.
Original = Callable[[DocumentResult], bytes]


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file to be written; ``copy_of`` is the path of the document that it copies, if any."""

    content: bytes
    copy_of: str | None = None


def format_of(document: DocumentResult) -> str | None:
    """Which kind of document this is, by the ending of its name: docx, xlsx, csv, text."""
    return FORMATS.get(PurePath(document.path).suffix.lower())
