"""What a format hands over that is written as files: copies of documents, or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from unbudget_check.model.report import DocumentResult

# Ending of a document -> the format whose copies of it carry the findings.
MARKED = {".docx": "docx", ".docm": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx"}
# The bytes of a document, from wherever it was checked.
Original = Callable[[DocumentResult], bytes]


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file to be written; ``copy_of`` is the path of the document that it copies, if any."""

    content: bytes
    copy_of: str | None = None


def format_of(document: DocumentResult) -> str | None:
    """Of which kind a marked copy of this document can be made, by the ending of its name."""
    return MARKED.get(PurePath(document.path).suffix.lower())
